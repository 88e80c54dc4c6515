"""The small parts that every page is put together from."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStyledItemDelegate,
    QVBoxLayout,
    QWidget,
)

from referral_desk import words
from referral_desk.gui import icons

SMALLEST_WINDOW = (960, 600)
GAP = 8
ROOM = 16
CONTROL = Qt.KeyboardModifier.ControlModifier

Content = QWidget | QLayout | int | None
"""A part of a row or column; a number is a stretch, None is left out."""


def label(text: str, look: str = "", *, wraps: bool = False, tone: str = "") -> QLabel:
    """A text, never read as markup: what people typed is shown as they typed it."""
    made = QLabel(directed(text))
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wraps)
    made.setProperty("look", look)
    made.setProperty("tone", tone)
    if look == "pill":
        made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    return made


def directed(text: str) -> str:
    """The text, standing on the side of the language even where it begins with a code or a number."""
    return f"\u200f{text}" if words.is_right_to_left() and text else text


def apart(text: str) -> str:
    """A text that may run the other way than the window, such as a name: it stands where all others begin."""
    return f"\u2068{text}\u2069" if text else ""


def button(
    text: str, pressed: Callable[[], object], *, icon: str = "", look: str = "", tone: str = "", says: str = ""
) -> QPushButton:
    """A button; `says` is its name for those who hear the window where the text alone is not enough."""
    made = Button(f" {text}" if icon and text else text)
    made.setProperty("look", look)
    made.setAccessibleName(says or text.replace("&", ""))
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    made.clicked.connect(lambda _checked=False: pressed())
    if icon:
        made.setIcon(icons.icon(icon, tone or {"primary": "accent_ink", "quiet": "accent_text"}.get(look, "ink")))
    return made


class Button(QPushButton):
    """Enter presses it, as people expect; Qt alone would do that in dialogs only."""

    def keyPressEvent(self, event) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & CONTROL:
            self.click()
        else:
            super().keyPressEvent(event)


class WrappingButton(Button):
    """A button whose parts lie in a layout and whose text may take two lines, where a card is narrow."""

    def __init__(self, pressed: Callable[[], object], look: str, says: str, *parts: Content) -> None:
        super().__init__()
        self.setProperty("look", look)
        self.setAccessibleName(says)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(lambda _checked=False: pressed())
        self.setLayout(row(*parts, gap=8, margin=(8, 4, 8, 4)))
        for part in self.findChildren(QLabel):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(self.layout().hasHeightForWidth())
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        return self.layout().hasHeightForWidth()

    def heightForWidth(self, width: int) -> int:
        return self.layout().totalHeightForWidth(width)

    def sizeHint(self) -> QSize:
        return self.layout().totalSizeHint()

    def minimumSizeHint(self) -> QSize:
        return self.layout().totalMinimumSize()


class SteadyBox(QComboBox):
    """A list that the wheel scrolls past instead of changing an answer behind one's back.

    It opens below the box: Fusion's own way, as a menu over the box, cuts the last entry where entries have padding.
    """

    def __init__(self, shortest: int = 24) -> None:
        super().__init__()
        self.setStyleSheet("QComboBox { combobox-popup: 0; } QAbstractItemView::item { padding: 3px 5px; }")
        self.setItemDelegate(QStyledItemDelegate(self))
        self.view().setWordWrap(True)
        self.view().setTextElideMode(Qt.TextElideMode.ElideNone)
        self.view().setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMaxVisibleItems(14)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(shortest)

    def wheelEvent(self, event) -> None:
        event.ignore()


def rename(made: QPushButton, text: str) -> None:
    """Let a button say something else, to the eye and to the ear."""
    made.setText(text if made.icon().isNull() else f" {text}")
    made.setAccessibleName(text)


def image(icon: str, colour: str = "muted", size: int = 18) -> QLabel:
    """An icon that stands beside a text that says the same."""
    made = QLabel()
    made.setPixmap(icons.picture(icon, colour, size, 2.0))
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return made


def row(*parts: Content, gap: int = GAP, margin: int | tuple[int, int, int, int] = 0) -> QHBoxLayout:
    return filled(QHBoxLayout(), parts, gap, margin)


def column(*parts: Content, gap: int = GAP, margin: int | tuple[int, int, int, int] = 0) -> QVBoxLayout:
    return filled(QVBoxLayout(), parts, gap, margin)


def filled(layout, parts, gap, margin):
    layout.setSpacing(gap)
    layout.setContentsMargins(*(margin if isinstance(margin, tuple) else (margin,) * 4))
    for part in parts:
        if isinstance(part, QLayout):
            layout.addLayout(part)
        elif isinstance(part, int):
            layout.addStretch(part)
        elif part is not None:
            layout.addWidget(part)
    return layout


def frame(look: str, layout: QLayout, *, tone: str = "") -> QFrame:
    made = QFrame()
    made.setProperty("look", look)
    made.setProperty("tone", tone)
    made.setLayout(layout)
    return made


def card(*parts: Content, gap: int = GAP, margin: int | tuple[int, int, int, int] = ROOM) -> QFrame:
    return frame("card", column(*parts, gap=gap, margin=margin))


def line() -> QFrame:
    return frame("line", QHBoxLayout())


def notice(text: str, tone: str = "accent", *buttons: QWidget, icon: str = "info") -> QFrame:
    """A sentence that must not be missed, with what can be done about it."""
    colour = tone if tone != "accent" else "accent_text"
    said = label(text, wraps=True)
    made = frame("notice", row(image(icon, colour), said, *buttons, gap=10, margin=(12, 9, 12, 9)), tone=tone)
    made.layout().setStretch(1, 1)
    made.setAccessibleName(text)
    return made


def tell_in(notices: QVBoxLayout, text: str, tone: str, icon: str) -> None:
    """Say in the place for it what came of a button, instead of what was said there before, and let it be seen."""
    emptied(notices)
    said = notice(text, tone, icon=icon)
    notices.addWidget(said)
    _bring_into_view(said)


def _bring_into_view(said: QWidget) -> None:
    """Scroll a long page to what was just said on it; whoever pressed a button at its end would see nothing happen."""

    def scroll() -> None:
        above = said.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(said, 0, 40)

    QTimer.singleShot(0, said, scroll)


def plain_widget(layout: QLayout, name: str = "") -> QWidget:
    made = QWidget()
    made.setObjectName(name)
    made.setLayout(layout)
    return made


def scrolled(content: QLayout) -> QScrollArea:
    """A page that may be longer than the window, never wider."""
    area = QScrollArea()
    area.setObjectName("page")
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(plain_widget(content, "ground"))
    return area


def narrow(content: QLayout, widest: int = 820) -> QHBoxLayout:
    """Lines that are not long are read best."""
    inner = plain_widget(content)
    inner.setMaximumWidth(widest)
    made = row(1, inner, 1)
    made.setStretch(1, 1000)
    return made


def emptied(layout: QLayout) -> QLayout:
    """The same layout without anything in it."""
    while layout.count():
        item = layout.takeAt(0)
        widget, inner = item.widget(), item.layout()
        if widget:
            widget.hide()
            widget.deleteLater()
        elif inner:
            emptied(inner)
    return layout


def at_top(part: QWidget) -> QVBoxLayout:
    """A part that stays above when its neighbours are higher."""
    return column(part, 1)


def refreshed(widget: QWidget) -> None:
    """Let the style sheet look at a property again that has changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def say_why_not(widget: QWidget, text: str) -> None:
    """The same reason for those who hover, those who hear, and those who ask."""
    widget.setToolTip(text)
    widget.setAccessibleDescription(text)
