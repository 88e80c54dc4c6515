"""The laptop is turned to the person: a consent explained in her or his language, large, calm, and nothing else.

No name, no code, no other case. It is left by a key chord alone, which the caseworker has tried beforehand; the lock
works from here as from everywhere. What the person ticks goes back into the open form and is saved by nobody else.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QLabel, QStackedWidget, QVBoxLayout, QWidget

from referral_desk import words
from referral_desk.gui import theme
from referral_desk.gui.lock import UrgentKeys
from referral_desk.gui.pieces import Button, column, directed, label, narrow, row, scrolled
from referral_desk.gui.turned_words import ISO, Asking, afterwards, before, what
from referral_desk.nrm.answers import Written
from referral_desk.words import _, isolate

CHORD = "Ctrl+Shift+Backspace"
"""No letter: it lies on the same keys in every layout, and nobody presses it by chance."""
WIDEST = 900

DECISIONS = ("GIVEN", "REFUSED", "")


class TurnedView(QWidget):
    """One thought on each page, with large controls. Speaks `language`, whatever the window speaks."""

    left = Signal()

    def __init__(self, asked: Asking, language: str) -> None:
        super().__init__()
        self.asked, self.language = asked, language
        self.setObjectName("page")
        self.pages = QStackedWidget()
        with words.speaking(language):
            self._make()
        self.keys = UrgentKeys(self, {CHORD: self.left.emit})
        self._show(0)

    def answers(self) -> dict[str, Written]:
        """What the person has said so far, as the form of a consent holds it; what was not said is not there."""
        said: dict[str, Written] = {"status": self.decision, "items": self.ticked(), "language": ISO[self.language]}
        return {name: answer for name, answer in said.items() if answer}

    def ticked(self) -> list[str]:
        return [code for code, box in self.boxes.items() if box.isChecked()]

    @property
    def decision(self) -> str:
        """The code of the status; empty while the person thinks about it."""
        at = self.choices.checkedId()
        return DECISIONS[at] if at >= 0 else ""

    def event(self, event) -> bool:
        """What is asked of a window by its keys stops here; only the urgent ones are heard before."""
        if event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Escape:
            return True
        return super().event(event)

    def _make(self) -> None:
        self.setLayoutDirection(_direction())
        self.setFont(theme.font())
        self.boxes: dict[str, QCheckBox] = {}
        self.choices = QButtonGroup(self)
        for page in self._pages():
            self.pages.addWidget(page)
        self.back = _large(_("Back"), self._go_back)
        self.next = _large(_("Go on"), self._go_on, look="turned-primary")
        self.at = label("", "turned-small")
        foot = row(self.back, 1, self.at, 1, self.next, gap=16, margin=(48, 16, 48, 32))
        self.setLayout(column(self.pages, foot, gap=0))
        self.pages.setObjectName("page")

    def _pages(self) -> list[QWidget]:
        made = [_page(_("Before you decide"), before()), _page(_("What we ask you"), what(self.asked))]
        if self.asked.is_about_sharing:
            made.append(_page(_("What may we tell them?"), [_("Tick what you agree to.")], *self._ticks()))
        made.append(_page(_("Afterwards"), afterwards(self.asked)))
        made.append(_page(_("What do you decide?"), [], *self._decisions()))
        made.append(_page(_("Thank you"), [_("Please give the computer back.")]))
        return made

    def _ticks(self) -> list[QWidget]:
        for code, text in self.asked.items_asked:
            self.boxes[code] = _tick(text)
        return list(self.boxes.values())

    def _decisions(self) -> list[QWidget]:
        texts = (_("Yes, I agree"), _("No, I do not agree"), _("I want to think about it"))
        made: list[QWidget] = []
        for at, text in enumerate(texts):
            choice = Button(text)
            choice.setAccessibleName(text)
            choice.setProperty("look", "turned-choice")
            choice.setCheckable(True)
            self.choices.addButton(choice, at)
            made.append(choice)
        return made

    def _go_back(self) -> None:
        self._show(self.pages.currentIndex() - 1)

    def _go_on(self) -> None:
        self._show(self.pages.currentIndex() + 1)

    def _show(self, at: int) -> None:
        last = self.pages.count() - 1
        at = max(0, min(at, last))
        self.pages.setCurrentIndex(at)
        self.back.setVisible(at > 0)
        self.next.setVisible(at < last)
        with words.speaking(self.language):
            told = _("%(page)d of %(count)d") % {"page": at + 1, "count": last + 1}
            self.at.setText(directed(isolate(told)))
        (self.next if at < last else self.back).setFocus()


def _page(title: str, sentences: list[str], *controls: QWidget) -> QWidget:
    heading = label(title, "turned-title", wraps=True)
    said: list[QLabel] = [label(sentence, "turned", wraps=True) for sentence in sentences]
    inner = column(heading, *said, *controls, 1, gap=22, margin=(48, 48, 48, 16))
    whole = QWidget()
    whole.setObjectName("page")
    area = scrolled(narrow(inner, WIDEST))
    holder = QVBoxLayout(whole)
    holder.setContentsMargins(0, 0, 0, 0)
    holder.addWidget(area)
    whole.setAccessibleName(" ".join([title, *sentences]))
    return whole


def _tick(text: str) -> QCheckBox:
    made = QCheckBox(directed(text))
    made.setAccessibleName(text)
    made.setProperty("look", "turned")
    return made


def _large(text: str, pressed, *, look: str = "turned") -> Button:
    made = Button(text)
    made.setAccessibleName(text)
    made.setProperty("look", look)
    made.clicked.connect(lambda _checked=False: pressed())
    return made


def _direction() -> Qt.LayoutDirection:
    return Qt.LayoutDirection.RightToLeft if words.is_right_to_left() else Qt.LayoutDirection.LeftToRight
