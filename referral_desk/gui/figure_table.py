"""A table of figures in a window."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem


def table_view(lines_of: Sequence[Sequence[str | int]], name: str) -> QTableWidget:
    """Headings, rows and totals, as high and wide as their content."""
    headings, *lines = lines_of
    made = QTableWidget(len(lines), len(headings) - 1)
    made.setAccessibleName(name)
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
    table.setFixedHeight(height + table.horizontalScrollBar().sizeHint().height() + 4)
    table.setMaximumWidth(table.verticalHeader().sizeHint().width() + table.horizontalHeader().length() + 4)
