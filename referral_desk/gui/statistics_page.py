"""Statistics: one or two questions, and the table exactly as it will be published."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from referral_desk import files
from referral_desk.errors import DeskError
from referral_desk.gui.desk import Door
from referral_desk.gui.pieces import SteadyBox, button, column, emptied, label, notice, row, scrolled
from referral_desk.gui.save_file import ask_file
from referral_desk.gui.secret_field import captioned
from referral_desk.words import _


class StatisticsPage(QWidget):
    """Asks what is to be counted and shows what may be told."""

    def __init__(self, door: Door) -> None:
        super().__init__()
        self.door = door
        self.table: Any = None
        self.by, self.across = _box(_("Count by")), _box(_("And by"))
        self.shown = QVBoxLayout()
        self.notices = QVBoxLayout()
        self.save_csv = button(_("Save as CSV…"), partial(self.ask_save, "csv"), icon="save")
        self.save_xlsx = button(_("Save as Excel…"), partial(self.ask_save, "xlsx"), icon="save")
        self.by.activated.connect(lambda _at: self.refresh())
        self.across.activated.connect(lambda _at: self.refresh())
        self.setLayout(column(scrolled(self._content())))
        door.ask(_dimensions, self._offer)

    def refresh(self) -> None:
        """Count again; the same numbers are shown and saved."""
        chosen = [box.currentData() for box in (self.by, self.across) if box.currentData()]
        self.door.ask(partial(_count, dimensions=chosen), self._show, refused=self._refused)

    def ask_save(self, ending: str) -> None:
        ask_file(self, _("Save the table"), f"statistics.{ending}", f"{ending.upper()} (*.{ending})", self.save_as)

    def save_as(self, path: str) -> None:
        try:
            files.write(Path(path), _file(self.table, path))
        except DeskError as error:
            self._refused(error)
        else:
            self._tell(_("Saved."), "good", "circle-check")

    def _offer(self, dimensions: list[tuple[str, str]]) -> None:
        self.across.addItem(_("Nothing else"), None)
        for name, text in dimensions:
            self.by.addItem(text, name)
            self.across.addItem(text, name)
        self.refresh()

    def _show(self, table: Any) -> None:
        self.table = table
        emptied(self.notices)
        emptied(self.shown)
        self.shown.addWidget(notice("\n".join(table.note), "warn", icon="info"))
        self.shown.addWidget(table_view(table))

    def _refused(self, error: DeskError) -> None:
        self._tell(str(error), "danger", "circle-alert")

    def _tell(self, text: str, tone: str, icon: str) -> None:
        emptied(self.notices)
        self.notices.addWidget(notice(text, tone, icon=icon))

    def _content(self):
        choice = row(captioned(_("Count by"), self.by), captioned(_("And by"), self.across), 1, gap=16)
        buttons = row(self.save_csv, self.save_xlsx, 1)
        self.shown.setSpacing(12)
        return column(label(_("Statistics"), "title"), self.notices, choice, self.shown, buttons, 1, gap=16, margin=24)


def table_view(table: Any) -> QTableWidget:
    """The table, as high and wide as its content."""
    headings, *lines = table.lines
    made = QTableWidget(len(lines), len(headings) - 1)
    made.setAccessibleName(_("The table as it will be published"))
    made.setHorizontalHeaderLabels([str(heading) for heading in headings[1:]])
    made.setVerticalHeaderLabels([str(line[0]) for line in lines])
    made.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
    made.setTabKeyNavigation(False)
    for at, line in enumerate(lines):
        for place, figure in enumerate(line[1:]):
            made.setItem(at, place, _figure(figure, is_total=at == len(lines) - 1))
    _fit(made)
    return made


def _figure(figure: object, *, is_total: bool) -> QTableWidgetItem:
    item = QTableWidgetItem(str(figure))
    item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
    font = item.font()
    font.setBold(is_total)
    item.setFont(font)
    return item


def _fit(table: QTableWidget) -> None:
    """Show every row at once, and let the page scroll instead of the table; wide tables scroll sideways."""
    for header in (table.horizontalHeader(), table.verticalHeader()):
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setHighlightSections(False)
    table.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
    table.horizontalHeader().setMinimumSectionSize(90)
    table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    height = table.verticalHeader().length() + table.horizontalHeader().sizeHint().height()
    table.setMinimumHeight(height + table.horizontalScrollBar().sizeHint().height() + 4)
    table.setMaximumWidth(table.verticalHeader().sizeHint().width() + table.horizontalHeader().length() + 4)


def _dimensions(_work: Any) -> list[tuple[str, str]]:
    from referral_desk import statistics

    return [(one.name, one.label) for one in statistics.dimensions()]


def _count(work: Any, dimensions: list[str]) -> Any:
    from referral_desk import statistics

    return statistics.count(work, dimensions)


def _file(table: Any, path: str) -> bytes:
    from referral_desk import statistics

    content: bytes = statistics.as_xlsx(table) if path.endswith(".xlsx") else statistics.as_csv(table)
    return content


def _box(name: str) -> SteadyBox:
    made = SteadyBox(32)
    made.setAccessibleName(name)
    return made
