"""A table of one's own: two or three questions of a family, and at once what that would cost."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from referral_desk.errors import DeskError
from referral_desk.gui import desk_own_table
from referral_desk.gui.desk import Door
from referral_desk.gui.layouts import Flow
from referral_desk.gui.pieces import SteadyBox, button, card, column, emptied, label, notice, row
from referral_desk.gui.secret_field import captioned
from referral_desk.words import _, ngettext

ENOUGH_FOR_EACH = 5


class OwnTableCard(QWidget):
    """Three boxes, the cost, and the act."""

    made = Signal(object)
    """The publication of the table."""

    def __init__(self, door: Door) -> None:
        super().__init__()
        self.door = door
        self.family = ""
        self.periods: list[str] = []
        self.boxes = [_box(text) for text in (_("First question"), _("Second question"), _("Third question"))]
        self.told = QVBoxLayout()
        self.add = button(_("Add this table"), self.make, icon="plus")
        self.add.setEnabled(False)
        for box in self.boxes:
            box.activated.connect(lambda _at: self.look())
        fields = Flow([captioned(box.accessibleName(), box) for box in self.boxes], gap=16)
        advice = _("A table is added to the closed periods for ever. What is published already stays as it is.")
        heading, said = label(_("A table of your own"), "heading"), label(advice, "muted", wraps=True)
        self.setLayout(column(card(heading, said, fields, self.told, row(self.add, 1), gap=10)))

    def offer(self, family: str, periods: list[str]) -> None:
        """For which family and periods a table can be made."""
        self.periods = periods
        if family != self.family:
            self.family = family
            desk_own_table.dimensions_of(self.door, family, self._offer)

    def chosen(self) -> list[str]:
        return list(dict.fromkeys(box.currentData() for box in self.boxes if box.currentData()))

    def look(self) -> None:
        """Say what the table would cost."""
        if len(self.chosen()) > 1:
            desk_own_table.cost(self.door, self.family, self.chosen(), self._show)
        else:
            self._tell("", allowed=False)

    def make(self) -> None:
        self.add.setEnabled(False)
        self._tell(_("The table is being rounded and checked …"), allowed=False)
        desk_own_table.own_table(self.door, self.family, self.periods, self.chosen(), self._made, self._refused)

    def _offer(self, dimensions: list[tuple[str, str]]) -> None:
        for box in self.boxes:
            box.clear()
            box.addItem(_("Nothing"), None)
            for name, text in dimensions:
                box.addItem(text, name)
        self._tell("", allowed=False)

    def _show(self, cost: Any) -> None:
        if cost.refused:
            self._tell(cost.refused, allowed=False)
            return
        if cost.was_added:
            self._tell(_("This table was added before. It can be shown again."), allowed=bool(self.periods))
            return
        if not cost.figures:
            self._tell(_("This table is published already: tick it above."), allowed=False)
            return
        added = ngettext(
            "It adds %(count)d figure to each period", "It adds %(count)d figures to each period", cost.figures
        )
        said = added % {"count": cost.figures}
        each = _("%(each)s cases for each place; a figure is off by about %(error)s.") % {
            "each": round(cost.cases_for_each, 1),
            "error": round(cost.usual_error, 1),
        }
        if not self.periods:
            most = _("At most %(figures)s more figures in each block; each is off by about %(error)s.")
            self._tell(most % {"figures": cost.figures, "error": round(cost.usual_error, 1)}, allowed=True)
            return
        empty = _("Most figures will be 0.") if cost.cases_for_each < ENOUGH_FOR_EACH else ""
        self._tell(f"{said}: {each} {empty}".strip(), allowed=True)

    def _made(self, told: object) -> None:
        kept = _("The table is added, and will be in every period that is closed from now on.")
        self._tell("" if told else kept, allowed=False)
        if told:
            self.made.emit(told)

    def _refused(self, error: DeskError) -> None:
        emptied(self.told)
        self.told.addWidget(notice(str(error), "danger", icon="circle-alert"))

    def _tell(self, text: str, *, allowed: bool) -> None:
        emptied(self.told)
        if text:
            self.told.addWidget(label(text, wraps=True))
        self.add.setEnabled(allowed)


def _box(name: str) -> SteadyBox:
    made = SteadyBox(22)
    made.setAccessibleName(name)
    return made
