"""A button that paints what it says: one widget where labels in a layout would be five.

A page of a case has some fifty such buttons, and the style sheet dresses every widget for itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPixmap
from PySide6.QtWidgets import QSizePolicy, QStyle

from referral_desk.gui import theme
from referral_desk.gui.pieces import Button, directed

GAP = 8
PILL_SIDE = 9
Margin = tuple[int, int, int, int]
"""Where the language begins, above, where it ends, below."""

_WRAPPED = Qt.TextFlag.TextWordWrap


@dataclass(frozen=True)
class Piece:
    """A picture or a text in a row. The one that `stretches` takes what is left, and more lines where it must.

    `colour` is that of the text, `ground` that of a pill behind it: names of purposes in the theme.
    """

    text: str = ""
    picture: QPixmap | None = None
    colour: str = "ink"
    ground: str = ""
    bold: bool = False
    small: bool = False
    stretches: bool = False

    def font(self, base: QFont) -> QFont:
        if not self.bold and not self.small:
            return base
        made = QFont(base)
        made.setBold(self.bold)
        if self.small:
            made.setPointSizeF(base.pointSizeF() - 1)
        return made


class _Measured:
    """A piece in the font of its button: its size in one line; `narrowest` is the width of its longest word."""

    def __init__(self, piece: Piece, base: QFont) -> None:
        self.piece = piece
        if piece.picture is not None:
            self.width, self.height = piece.picture.deviceIndependentSize().toSize().toTuple()
            self.narrowest = self.width
            return
        self.font = piece.font(base)
        self.metrics = QFontMetrics(self.font)
        self.width = self.metrics.horizontalAdvance(piece.text) + (2 * PILL_SIDE if piece.ground else 0)
        self.height = self.metrics.height() + (2 if piece.ground else 0)
        words = piece.text.split() if piece.stretches else ()
        self.narrowest = max(map(self.metrics.horizontalAdvance, words), default=self.width)

    def height_in(self, width: int) -> int:
        """How high it is where it has only so much width."""
        if width >= self.width or not self.piece.stretches or self.piece.picture is not None:
            return self.height
        return self.metrics.boundingRect(QRect(0, 0, max(width, 1), 0), _WRAPPED, self.piece.text).height()


class PaintedButton(Button):
    """Pieces in a row, on the ground that the style sheet gives to buttons of this look."""

    def __init__(self, pressed: Callable[[], object], look: str, says: str, *pieces: Piece, margin: Margin) -> None:
        super().__init__()
        self._pieces = pieces
        self._margin = margin
        self._above_and_below = margin[1] + margin[3]
        self._between = GAP * (len(pieces) - 1) + margin[0] + margin[2]
        self._known: tuple[_Measured, ...] | None = None
        self._heights: dict[int, int] = {}
        self.setProperty("look", look)
        self.setAccessibleName(says)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(lambda _checked=False: pressed())
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def painted(self) -> str:
        """What can be read on it."""
        return " ".join(piece.text for piece in self._pieces if piece.text)

    def replace(self, at: int, piece: Piece) -> None:
        """Show another piece of the same size in a place."""
        pieces = list(self._pieces)
        pieces[at] = piece
        self._pieces = tuple(pieces)
        self._forget()
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        found = self._heights.get(width)
        if found is None:
            room = self._room(width)
            found = max(one.height_in(room) for one in self._measured()) + self._above_and_below
            self._heights[width] = found
        return found

    def sizeHint(self) -> QSize:
        measured = self._measured()
        return QSize(
            sum(one.width for one in measured) + self._between,
            max(one.height for one in measured) + self._above_and_below,
        )

    def minimumSizeHint(self) -> QSize:
        narrowest = sum(one.narrowest for one in self._measured())
        return QSize(narrowest + self._between, self.sizeHint().height())

    def changeEvent(self, event) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._forget()

    def paintEvent(self, event) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for one, place in self._placed():
            _paint(painter, one, QStyle.visualRect(self.layoutDirection(), self.rect(), place))

    def _placed(self) -> Iterator[tuple[_Measured, QRect]]:
        left = self._margin[0]
        inner = self.height() - self._above_and_below
        for one in self._measured():
            width = self._room(self.width()) if one.piece.stretches else one.width
            height = min(one.height_in(width), inner)
            yield one, QRect(left, self._margin[1] + (inner - height) // 2, width, height)
            left += width + GAP

    def _room(self, width: int) -> int:
        """What is left of a width for the piece that stretches."""
        fixed = sum(one.width for one in self._measured() if not one.piece.stretches)
        return max(0, width - fixed - self._between)

    def _measured(self) -> tuple[_Measured, ...]:
        if self._known is None:
            font = self.font()
            self._known = tuple(_Measured(piece, font) for piece in self._pieces)
        return self._known

    def _forget(self) -> None:
        self._known = None
        self._heights.clear()


def _paint(painter: QPainter, one: _Measured, place: QRect) -> None:
    piece = one.piece
    if piece.picture is not None:
        painter.drawPixmap(place, piece.picture)
        return
    if piece.ground:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.colour(piece.ground)))
        painter.drawRoundedRect(place, place.height() / 2, place.height() / 2)
    painter.setFont(one.font)
    painter.setPen(QColor(theme.colour(piece.colour)))
    side = Qt.AlignmentFlag.AlignHCenter if piece.ground else Qt.AlignmentFlag.AlignLeading
    wrapped = _WRAPPED if piece.stretches else Qt.TextFlag.TextSingleLine
    painter.drawText(place, side | Qt.AlignmentFlag.AlignVCenter | wrapped, directed(piece.text))
