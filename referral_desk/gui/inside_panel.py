"""The true figures of today, for who works at the desk: marked, and without a way into a file."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from referral_desk.errors import DeskError
from referral_desk.gui import desk_figures
from referral_desk.gui.desk import Door
from referral_desk.gui.figure_table import table_view
from referral_desk.gui.pieces import SteadyBox, column, emptied, label, notice, row
from referral_desk.gui.secret_field import captioned
from referral_desk.words import _


class InsidePanel(QWidget):
    """One or two questions, and how many cases there are today."""

    def __init__(self, door: Door) -> None:
        super().__init__()
        self.door = door
        self.by, self.across = _box(_("Count by")), _box(_("And by"))
        self.shown = QVBoxLayout()
        self.shown.setSpacing(12)
        for box in (self.by, self.across):
            box.activated.connect(lambda _at: self.refresh())
        warning = _("Not for publication")
        self.setLayout(
            column(
                notice(warning, "danger", icon="shield-alert"),
                row(captioned(_("Count by"), self.by), captioned(_("And by"), self.across), 1, gap=16),
                self.shown,
                1,
                gap=16,
            )
        )
        desk_figures.dimensions(door, self._offer)

    def refresh(self) -> None:
        """Count again."""
        chosen = [box.currentData() for box in (self.by, self.across) if box.currentData()]
        desk_figures.look_inside(self.door, chosen, self._show, self._refused)

    def _offer(self, dimensions: list[tuple[str, str]]) -> None:
        self.across.addItem(_("Nothing else"), None)
        for name, text in dimensions:
            self.by.addItem(text, name)
            self.across.addItem(text, name)
        self.refresh()

    def _show(self, table: Any) -> None:
        emptied(self.shown)
        for sentence in table.note:
            self.shown.addWidget(label(sentence, "muted", wraps=True))
        self.shown.addWidget(table_view(table.lines, _("True figures, not for publication")))

    def _refused(self, error: DeskError) -> None:
        emptied(self.shown)
        self.shown.addWidget(notice(str(error), "danger", icon="circle-alert"))


def _box(name: str) -> SteadyBox:
    made = SteadyBox(32)
    made.setAccessibleName(name)
    return made
