"""A list of backups: one line each, chosen with the arrow keys."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from referral_desk.gui.pieces import directed

SHOWN = 6
"""How many lines are in sight at once."""


class BackupTable(QTableWidget):
    """Headings, and lines of texts; the first line is chosen to begin with."""

    def __init__(self, name: str, headings: Sequence[str]) -> None:
        super().__init__(0, len(headings))
        self.setAccessibleName(name)
        self.setHorizontalHeaderLabels(list(headings))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setStyleSheet("QTableView::item { padding: 5px 9px; }")
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(True)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)

    def show_lines(self, lines: Sequence[Sequence[str]]) -> None:
        """Show other lines, the same one chosen."""
        chosen = max(0, min(self.currentRow(), len(lines) - 1))
        self.setRowCount(len(lines))
        for at, line in enumerate(lines):
            for place, text in enumerate(line):
                item = QTableWidgetItem(directed(text))
                item.setToolTip(text)
                self.setItem(at, place, item)
        self.resizeRowsToContents()
        if lines:
            self.setCurrentCell(chosen, 0)
        self._fit(len(lines))

    def _fit(self, count: int) -> None:
        rows = sum(self.rowHeight(at) for at in range(min(count, SHOWN)))
        self.setFixedHeight(rows + self.horizontalHeader().sizeHint().height() + 6)
