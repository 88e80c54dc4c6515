"""Ways to lay parts out: words that wrap, cards in as many columns as fit, and a list with lines between."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QGridLayout, QLayout, QLayoutItem, QSizePolicy, QVBoxLayout, QWidget

from referral_desk import words
from referral_desk.gui import theme


class Flow(QLayout):
    """Parts beside each other like words in a text, from the side where the language begins or towards the other."""

    def __init__(self, parts: Sequence[QWidget] = (), gap: int = 6, *, at_end: bool = False) -> None:
        super().__init__()
        self._at_end = at_end
        self._items: list[QLayoutItem] = []
        self.setSpacing(gap)
        self.setContentsMargins(0, 0, 0, 0)
        for part in parts:
            self.addWidget(part)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._placed(QRect(0, 0, width, 0), really=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._placed(rect, really=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        sizes = [item.minimumSize() for item in self._items]
        return QSize(max((s.width() for s in sizes), default=0), max((s.height() for s in sizes), default=0))

    def _placed(self, rect: QRect, *, really: bool) -> int:
        """Put every part in its place if `really`; the height all of them need either way."""
        y = 0
        for line in self._lines(rect.width()):
            if really:
                self._place(line, rect, y)
            y += max(item.sizeHint().height() for item in line) + self.spacing()
        return max(0, y - self.spacing())

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = []
        for item in (item for item in self._items if not item.isEmpty()):
            if lines and self._width_of([*lines[-1], item]) <= width:
                lines[-1].append(item)
            else:
                lines.append([item])
        return lines

    def _width_of(self, line: list[QLayoutItem]) -> int:
        return sum(item.sizeHint().width() for item in line) + (len(line) - 1) * self.spacing()

    def _place(self, line: list[QLayoutItem], rect: QRect, y: int) -> None:
        x = max(0, rect.width() - self._width_of(line)) if self._at_end else 0
        for item in line:
            size = item.sizeHint()
            left = rect.width() - x - size.width() if words.is_right_to_left() else x
            item.setGeometry(QRect(rect.topLeft() + QPoint(left, y), size))
            x += size.width() + self.spacing()


class CardGrid(QWidget):
    """Cards of one width, as many beside each other as fit; `narrowest` is in widths of a letter.

    `expected` is the width in pixels that it will probably have: cards are laid out once where that is right.
    """

    def __init__(self, cards: Sequence[QWidget], *, narrowest: int, gap: int = 12, expected: int = 700) -> None:
        super().__init__()
        self._cards = list(cards)
        self._narrowest = narrowest
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(gap)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._lay_out(self.columns_for(expected))

    def columns_for(self, width: int) -> int:
        """How many columns a width holds, such that the last row is as full as can be."""
        least = self._narrowest * self.fontMetrics().averageCharWidth() + self._grid.spacing()
        most = max(1, min(len(self._cards), (width + self._grid.spacing()) // least))
        rows = -(-len(self._cards) // most) if self._cards else 1
        return -(-len(self._cards) // rows) if self._cards else 1

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self._lay_out(self.columns_for(event.size().width()))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def _lay_out(self, columns: int) -> None:
        if columns == self._columns:
            return
        for at in range(max(columns, self._columns)):
            self._grid.setColumnStretch(at, 1 if at < columns else 0)
        self._columns = columns
        for place, one in enumerate(self._cards):
            self._grid.addWidget(one, place // columns, place % columns)


class Ruled(QWidget):
    """Parts below each other with a fine line between them: painted, since a widget for each line costs as much."""

    def __init__(self, parts: Sequence[QWidget], gap: int = 6) -> None:
        super().__init__()
        self._parts = list(parts)
        self._gap = gap
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2 * gap + 1)
        for part in parts:
            layout.addWidget(part)

    def paintEvent(self, _event) -> None:
        painter = QPainter(self)
        for part in self._parts[1:]:
            painter.fillRect(0, part.y() - self._gap - 1, self.width(), 1, QColor(theme.colour("line")))
