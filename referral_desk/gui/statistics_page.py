"""Statistics: what is published, sums of several shelters, records for others, and the true figures for ourselves."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from referral_desk.gui.choices import Chip
from referral_desk.gui.desk import Door
from referral_desk.gui.figures_panel import FiguresPanel
from referral_desk.gui.inside_panel import InsidePanel
from referral_desk.gui.layouts import Flow
from referral_desk.gui.merging_panel import MergingPanel
from referral_desk.gui.pieces import column, label, scrolled
from referral_desk.gui.records_panel import RecordsPanel
from referral_desk.words import N_, _

PARTS: tuple[tuple[str, str, Callable[[Door], QWidget]], ...] = (
    ("figures", N_("Publish"), FiguresPanel),
    ("merging", N_("Sums of several shelters"), MergingPanel),
    ("records", N_("Records for others"), RecordsPanel),
    ("inside", N_("True figures, for us only"), InsidePanel),
)


class StatisticsPage(QWidget):
    """Four parts, one in sight; each is made when somebody goes there."""

    help_name = "statistics"

    def __init__(self, door: Door) -> None:
        super().__init__()
        self.door = door
        self.part: QWidget = QWidget()
        self.room = QVBoxLayout()
        self.group = QButtonGroup(self)
        self.chips = {name: self._chip(name, _(text)) for name, text, _made in PARTS}
        title = label(_("Statistics"), "title")
        choice = Flow(list(self.chips.values()), gap=8)
        self.setLayout(column(scrolled(column(title, choice, self.room, 1, gap=16, margin=24))))
        self.go("figures")

    def go(self, name: str) -> None:
        """Show a part, made anew."""
        if self.chips[name].isChecked():
            self._show(name)
        else:
            self.chips[name].setChecked(True)

    def _show(self, name: str) -> None:
        make = next(make for known, _text, make in PARTS if known == name)
        former, self.part = self.part, make(self.door)
        self.room.addWidget(self.part)
        self.room.removeWidget(former)
        former.hide()
        former.deleteLater()

    def _chip(self, name: str, text: str) -> Chip:
        made = Chip(text)
        made.setProperty("look", "chip")
        made.setCheckable(True)
        made.setAccessibleName(text)
        # Tab reaches the one that is chosen, the arrow keys choose another: neither of them is a click.
        made.toggled.connect(lambda on: self._show(name) if on else None)
        self.group.addButton(made)
        return made
