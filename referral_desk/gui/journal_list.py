"""The entries of the journal under their days: the numbers are in memory, the sentences come page by page."""

from __future__ import annotations

from collections import OrderedDict
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from referral_desk import chronicle, words
from referral_desk.chronicle import Told, Wanted, on_this_clock
from referral_desk.gui import theme
from referral_desk.gui.case_row import ROW, smaller
from referral_desk.gui.desk import Door
from referral_desk.gui.pieces import directed
from referral_desk.words import _

ROWS_A_PAGE = 64
PAGES_KEPT = 40
EDGE, SIDE, TIME_LETTERS = 6, 16, 8

Rows = list[date | int]
"""Days, and below each the numbers of its entries."""


class JournalRows(QAbstractListModel):
    """Knows what stands in every row, and the sentences of those lately looked at."""

    def __init__(self, door: Door, parent: QObject) -> None:
        super().__init__(parent)
        self.door = door
        self.rows: Rows = []
        self._pages: OrderedDict[int, dict[int, Told]] = OrderedDict()
        self._asked: set[int] = set()

    def show(self, rows: Rows) -> None:
        self.beginResetModel()
        self.rows = rows
        self._pages.clear()
        self._asked.clear()
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        return len(self.rows)

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:
        """A day is a heading: neither the keyboard nor the mouse stops at it."""
        is_entry = index.isValid() and isinstance(self.rows[index.row()], int)
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable if is_entry else Qt.ItemFlag.NoItemFlags

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role not in (ROW, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        held = self.rows[index.row()]
        shown = self.told(index.row()) if isinstance(held, int) else held
        return shown if role == ROW else spoken(shown)

    def told(self, at: int) -> Told | None:
        """The entry in a row; None while it is asked for."""
        number = at // ROWS_A_PAGE
        if number not in self._pages:
            self._ask_for(number)
            return None
        self._pages.move_to_end(number)
        held = self.rows[at]
        return self._pages[number].get(held) if isinstance(held, int) else None

    def _ask_for(self, number: int) -> None:
        if number not in self._asked:
            self._asked.add(number)
            page = self.rows[number * ROWS_A_PAGE : (number + 1) * ROWS_A_PAGE]
            wanted = [held for held in page if isinstance(held, int)]
            self.door.at_desk(partial(chronicle.these, numbers=wanted), partial(self._take_in, self.rows, number))

    def _take_in(self, rows: Rows, number: int, told: tuple[Told, ...]) -> None:
        """Keep a page, unless something else was looked for meanwhile."""
        if rows is self.rows:
            self._asked.discard(number)
            self._pages[number] = {entry.number: entry for entry in told}
            while len(self._pages) > PAGES_KEPT:
                self._pages.popitem(last=False)
            last = min(len(rows), (number + 1) * ROWS_A_PAGE) - 1
            self.dataChanged.emit(self.index(number * ROWS_A_PAGE), self.index(last))


class JournalRowPainter(QStyledItemDelegate):
    """One line: the time and the sentence; or a day above its entries."""

    def sizeHint(self, option, index) -> QSize:
        return QSize(0, QFontMetrics(option.font).height() + 2 * EDGE)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index) -> None:
        painter.save()
        held = index.data(ROW)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        ground = "raised" if isinstance(held, date) else "accent_soft" if chosen else "card"
        painter.fillRect(option.rect, QColor(theme.colour(ground)))
        inner = option.rect.adjusted(SIDE, 0, -SIDE, 0)
        if isinstance(held, date):
            bold = QFont(option.font)
            bold.setBold(True)
            _write(painter, option, inner, directed(words.day(held)), bold, "ink")
        elif held is not None:
            _paint_entry(painter, option, inner, held)
        painter.restore()


def _paint_entry(painter: QPainter, option: QStyleOptionViewItem, inner: QRect, told: Told) -> None:
    small = smaller(option.font)
    wide = TIME_LETTERS * QFontMetrics(small).averageCharWidth()
    time, rest = QRect(inner), QRect(inner)
    time.setWidth(wide)
    rest.setLeft(inner.left() + wide)
    beside = partial(QStyle.visualRect, option.direction, inner)
    _write(painter, option, beside(time), f"{on_this_clock(told.at):%H:%M}", small, "muted")
    _write(painter, option, beside(rest), directed(told.sentence), option.font, "ink")


def _write(painter, option, place: QRect, text: str, font: QFont, colour: str) -> None:
    painter.setFont(font)
    painter.setPen(QColor(theme.colour(colour)))
    shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, place.width())
    side = QStyle.visualAlignment(option.direction, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    painter.drawText(place, side | Qt.AlignmentFlag.AlignAbsolute, shown)


def spoken(held: Told | date | None) -> str:
    """A row as it is read aloud, and as it stands below the list in full."""
    if held is None:
        return _("Loading")
    if isinstance(held, date):
        return words.day(held)
    return f"{words.isolate(f'{on_this_clock(held.at):%H:%M:%S}')} · {held.sentence}"


def rows_of(desk: Any, wanted: Wanted) -> Rows:
    """What the list shows, found and put in order off the windows' thread."""
    rows: Rows = []
    for day, numbers in chronicle.find(desk, wanted):
        rows += [day, *numbers]
    return rows


def journal_view(rows: JournalRows) -> QListView:
    made = QListView()
    made.setProperty("look", "journal")
    made.setAccessibleName(_("Journal"))
    made.setModel(rows)
    made.setItemDelegate(JournalRowPainter(made))
    made.setUniformItemSizes(True)
    made.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return made
