"""Figures of this desk: whose, of which periods, exactly as they will be published; and what is not, and why."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from referral_desk.errors import DeskError
from referral_desk.exchange.figure_fields import ENDING
from referral_desk.gui import desk_figures
from referral_desk.gui.closing_card import ClosingCard
from referral_desk.gui.desk import Door
from referral_desk.gui.layouts import Flow
from referral_desk.gui.open_files import FIGURES
from referral_desk.gui.own_table_card import OwnTableCard
from referral_desk.gui.pieces import (
    SteadyBox,
    button,
    card,
    column,
    directed,
    emptied,
    label,
    row,
    tell_in,
)
from referral_desk.gui.publication_view import PublicationView
from referral_desk.gui.restored_card import RestoredCard
from referral_desk.gui.save_file import ask_file
from referral_desk.gui.secret_field import captioned
from referral_desk.words import _, isolate


class FiguresPanel(QWidget):
    """Choose, look, publish."""

    def __init__(self, door: Door) -> None:
        super().__init__()
        self.door = door
        self.family = SteadyBox(24)
        self.family.setAccessibleName(_("Who is counted"))
        self.family.activated.connect(lambda _at: self.refresh())
        self.periods: dict[str, QCheckBox] = {}
        self.period_room = Flow(gap=12)
        self.notices, self.waiting = QVBoxLayout(), QVBoxLayout()
        self.waiting.setSpacing(4)
        self.view = PublicationView(door)
        self.own = OwnTableCard(door)
        self.own.made.connect(self.view.show_publication)
        self.closing, self.restored = ClosingCard(door), RestoredCard(door)
        self.closing.closed.connect(self.refresh)
        self.restored.settled.connect(self.refresh)
        self.send = button(_("Save a block for a sum…"), self.ask_send, icon="send")
        self.rows = button(_("Save invented records…"), self.ask_invent, icon="save")
        self.setLayout(self._content())
        desk_figures.families(door, self._offer)

    def refresh(self) -> None:
        """Look which blocks are closed, and show those that are ticked."""
        if self.family.currentData():
            desk_figures.standing(self.door, self.family.currentData(), self._show)

    def chosen(self) -> list[str]:
        return [name for name, box in self.periods.items() if box.isChecked()]

    def look(self) -> None:
        """The publication of the ticked periods."""
        self.own.offer(self.family.currentData(), self.chosen())
        if self.chosen():
            desk_figures.published(
                self.door, self.family.currentData(), self.chosen(), self.view.show_publication, self._refused
            )
        else:
            self.view.hide()

    def ask_send(self) -> None:
        if len(self.chosen()) == 1:
            ask_file(self, _("Save a block for a sum"), f"block-{self.chosen()[0]}{ENDING}", FIGURES, self.send_as)
        else:
            self._tell(_("Tick the one period whose block is to be sent."), "warn", "circle-alert")

    def send_as(self, path: str) -> None:
        [period] = self.chosen()
        desk_figures.send_block(self.door, self.family.currentData(), period, path, self._sent, self._refused)

    def ask_invent(self) -> None:
        ask_file(self, _("Save invented records"), "invented-records.csv", "CSV (*.csv)", self.invent_as)

    def invent_as(self, path: str) -> None:
        self._tell(_("The file is being made …"), "accent", "clock")
        desk_figures.invent(self.door, path, self._invented, self._refused)

    def _offer(self, families: list[tuple[str, str]]) -> None:
        for name, text in families:
            self.family.addItem(text, name)
        self.refresh()

    def _show(self, standing: Any) -> None:
        self._offer_periods(standing.closed)
        emptied(self.waiting)
        for said in standing.still_open:
            self.waiting.addWidget(label(said(), wraps=True))
        self.closing.offer(due=bool(standing.due))
        self.restored.setVisible(standing.restored is not None)
        self._allow(allowed=bool(standing.closed))
        self.look()

    def _offer_periods(self, closed: Any) -> None:
        """Every closed period; ticked are those of the newest year, because each more makes sums less exact."""
        emptied(self.period_room)
        self.periods = {}
        newest = max((block.period.last.year for block in closed), default=0)
        for block in closed:
            box = QCheckBox(directed(isolate(block.period.label)))
            box.setAccessibleName(block.period.name)
            box.setChecked(block.period.last.year == newest)
            box.toggled.connect(lambda _on: self.look())
            self.periods[block.period.name] = box
            self.period_room.addWidget(box)

    def tick_all(self) -> None:
        """The whole time since the first closed period."""
        for box in self.periods.values():
            box.blockSignals(True)
            box.setChecked(True)
            box.blockSignals(False)
        self.look()

    def _allow(self, *, allowed: bool) -> None:
        for one in (self.send, self.rows):
            one.setEnabled(allowed)

    def _sent(self, _path: object) -> None:
        self._tell(_("Saved. The block is rounded and signed: send it to whoever adds up."), "good", "circle-check")

    def _invented(self, _path: object) -> None:
        said = _("Saved. Every row says that it is invented; their tables are the published ones.")
        self._tell(said, "good", "circle-check")

    def _refused(self, error: DeskError) -> None:
        self._allow(allowed=bool(self.periods))
        self._tell(str(error), "danger", "circle-alert")

    def _tell(self, text: str, tone: str, icon: str) -> None:
        tell_in(self.notices, text, tone, icon)

    def _content(self) -> QVBoxLayout:
        why = _(
            "What is withheld: figures of periods that are not closed yet, and lines for fewer than ten persons. From "
            "figures that change every month, or from small ones, somebody could be recognised."
        )
        every = button(_("All periods"), self.tick_all, look="quiet")
        chosen = column(label(_("Periods"), "label"), self.period_room, row(every, 1), gap=4)
        return column(
            row(captioned(_("Who is counted"), self.family), 1),
            chosen,
            self.notices,
            card(label(why, wraps=True), self.waiting, self.closing, gap=8),
            self.restored,
            self.view,
            Flow([self.send, self.rows], gap=8),
            self.own,
            gap=16,
        )
