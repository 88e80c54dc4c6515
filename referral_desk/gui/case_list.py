"""The list of cases, searched as one types: the ids are in memory, the rows come page by page."""

from __future__ import annotations

from collections import OrderedDict
from functools import partial
from uuid import UUID

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QListView, QVBoxLayout, QWidget

from referral_desk.gui import icons
from referral_desk.gui.case_row import CaseRowPainter
from referral_desk.gui.desk import Door
from referral_desk.gui.errands import Unfinished, case_ids, case_rows, unfinished
from referral_desk.gui.pieces import button, column, directed, emptied, label, notice, row
from referral_desk.gui.secret_field import private_line
from referral_desk.pages import CaseRow
from referral_desk.words import _, isolate, ngettext

ROWS_A_PAGE = 64
PAGES_KEPT = 40
TYPING_PAUSE = 150
UNBROKEN_HYPHEN = "\u2011"
ROW = Qt.ItemDataRole.UserRole


class CaseRows(QAbstractListModel):
    """Knows the ids of all cases found, and the rows of those lately looked at."""

    def __init__(self, door: Door, parent: QObject) -> None:
        super().__init__(parent)
        self.door = door
        self.ids: list[UUID] = []
        self._pages: OrderedDict[int, list[CaseRow]] = OrderedDict()
        self._asked: set[int] = set()

    def show(self, ids: list[UUID]) -> None:
        """Show other cases; the same ones stay as they are, so that the list does not jump."""
        if ids == self.ids:
            return
        self.beginResetModel()
        self.ids = ids
        self._pages.clear()
        self._asked.clear()
        self.endResetModel()
        if ids:
            self._ask_for(0)

    def renew(self, case_id: UUID) -> None:
        """Ask again for the row of a case that has changed."""
        if case_id in self.ids:
            number = self.ids.index(case_id) // ROWS_A_PAGE
            self._asked.discard(number)
            self._ask_for(number)

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        return len(self.ids)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role not in (ROW, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        found = self._row(index.row())
        return found if role == ROW else spoken(found)

    def _row(self, at: int) -> CaseRow | None:
        number = at // ROWS_A_PAGE
        if number in self._pages:
            self._pages.move_to_end(number)
            page = self._pages[number]
            return page[at % ROWS_A_PAGE] if at % ROWS_A_PAGE < len(page) else None
        self._ask_for(number)
        return None

    def _ask_for(self, number: int) -> None:
        if number not in self._asked:
            self._asked.add(number)
            wanted = self.ids[number * ROWS_A_PAGE : (number + 1) * ROWS_A_PAGE]
            self.door.ask(partial(case_rows, ids=wanted), partial(self._take_in, self.ids, number))

    def _take_in(self, ids: list[UUID], number: int, rows: list[CaseRow]) -> None:
        """Keep a page of rows, unless another search has been made meanwhile."""
        if ids is self.ids:
            self._asked.discard(number)
            self._pages[number] = rows
            while len(self._pages) > PAGES_KEPT:
                self._pages.popitem(last=False)
            self.dataChanged.emit(self.index(number * ROWS_A_PAGE), self.index(len(ids) - 1))


class CaseList(QWidget):
    """Search, list and what was left unfinished."""

    chosen = Signal(object)
    wants_new = Signal()
    wants_form = Signal(object)

    def __init__(self, door: Door) -> None:
        super().__init__()
        self.door = door
        self.marked: UUID | None = None
        self.search = _search_line()
        self.rows = CaseRows(door, self)
        self.view = _case_view(self.rows)
        self.count = label("", "small")
        self.waiting = QVBoxLayout()
        self.new = button(_("New case"), self.wants_new.emit, icon="plus", look="primary")
        self.new.setToolTip("Ctrl+N")
        head = row(label(_("Cases"), "page"), 1, self.new)
        top = column(head, self.search, self.waiting, self.count, gap=10, margin=(14, 14, 14, 8))
        self.none = label(_("No case has all these words in its code or name."), "muted", wraps=True)
        self.none.setContentsMargins(14, 12, 14, 12)
        self.none.hide()
        self.setLayout(column(top, self.none, self.view, gap=0))
        self.typing = QTimer(self, singleShot=True, interval=TYPING_PAUSE)
        self.typing.timeout.connect(self.refresh)
        self.search.textChanged.connect(self._typed)
        self.search.returnPressed.connect(self._take_first)
        self.view.selectionModel().currentChanged.connect(self._choose)
        self.view.clicked.connect(self._choose)
        door.changed.connect(self._changed)
        self.rows.dataChanged.connect(self._get_ready, Qt.ConnectionType.SingleShotConnection)
        self.refresh()

    def _get_ready(self) -> None:
        """Now that the list is in sight."""
        self.door.pieces.learn_names()
        self.door.pieces.reckon()

    def _typed(self, _text: str) -> None:
        self.typing.start()

    def refresh(self) -> None:
        """Search again, and look again for what was left unfinished."""
        text = self.search.text()
        # The first search for words reads every name, unless that was done meanwhile; from then on the index is asked.
        self.door.ask(partial(case_ids, text=text), partial(self._show, text), unsealed=True)
        self.look_for_unfinished()

    def look_for_unfinished(self) -> None:
        self.door.ask(unfinished, self._show_unfinished)

    def forget(self, case_id: UUID) -> None:
        """Leave out a case that is gone, and what was searched for: it may have been the name, and Ctrl+Z knew it."""
        self.marked = None if self.marked == case_id else self.marked
        self.search.setText("")
        self.rows.show([id_ for id_ in self.rows.ids if id_ != case_id])

    def select(self, case_id: UUID) -> None:
        """Mark a case in the list without opening it again."""
        self.marked = case_id
        if case_id in self.rows.ids:
            quiet = self.view.selectionModel().blockSignals(True)
            self.view.setCurrentIndex(self.rows.index(self.rows.ids.index(case_id)))
            self.view.selectionModel().blockSignals(quiet)
            self.view.viewport().update()

    def _changed(self, case_id: UUID | None) -> None:
        if case_id is not None:
            self.rows.renew(case_id)
        self.refresh()

    def _show(self, text: str, found: tuple[list[UUID], int]) -> None:
        if text != self.search.text():
            return
        ids, among = found
        self.rows.show(ids)
        self.count.setText(directed(counted(len(ids), among)))
        self.none.setVisible(bool(among) and not ids)
        if self.marked:
            self.select(self.marked)

    def _show_unfinished(self, forms: list[Unfinished]) -> None:
        emptied(self.waiting)
        self.waiting.setContentsMargins(0, 0, 0, 0)
        for form in forms[:2]:
            self.waiting.addWidget(self._reminder(form))

    def _reminder(self, form: Unfinished) -> QFrame:
        code = form.case_code.replace("-", UNBROKEN_HYPHEN)
        about = {"step": form.label, "case": isolate(code) if code else _("a new case")}
        text = _("Not finished: %(step)s, %(case)s") % about
        go_on = button(_("Go on"), lambda: self.wants_form.emit(form), look="quiet", says=_("Go on: %(step)s") % about)
        return notice(text, "warn", go_on, icon="pencil")

    def _choose(self, current: QModelIndex, _former: QModelIndex | None = None) -> None:
        """A row was reached or clicked; the one already marked may be clicked too, to leave a form for its case."""
        if current.isValid():
            self.marked = self.rows.ids[current.row()]
            self.chosen.emit(self.rows.ids[current.row()])

    def _take_first(self) -> None:
        if self.rows.ids:
            self.view.setFocus()
            self.view.setCurrentIndex(self.rows.index(0))


def counted(found: int, among: int) -> str:
    if found == among:
        return ngettext("%(count)d case", "%(count)d cases", among) % {"count": among}
    return _("%(found)d of %(count)d cases") % {"found": found, "count": among}


def spoken(found: CaseRow | None) -> str:
    """A row as it is read aloud."""
    if found is None:
        return _("Loading")
    return ", ".join([found.code, found.summary, *(mark.text for mark in found.marks)])


def _search_line():
    made = private_line(_("Search cases"))
    made.setPlaceholderText(_("Search by code or name"))
    made.setProperty("look", "search")
    made.setClearButtonEnabled(True)
    made.addAction(QAction(icons.icon("search", "muted"), "", made), made.ActionPosition.LeadingPosition)
    return made


def _case_view(rows: CaseRows) -> QListView:
    made = QListView()
    made.setProperty("look", "cases")
    made.setAccessibleName(_("Cases"))
    made.setModel(rows)
    made.setItemDelegate(CaseRowPainter(made))
    made.setUniformItemSizes(True)
    made.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    made.setMouseTracking(True)
    return made
