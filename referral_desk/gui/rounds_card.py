"""Rounds of sealed exact tables: begun, followed, counted, given up."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from referral_desk.errors import DeskError
from referral_desk.exchange.figure_fields import ENDING
from referral_desk.exchange.rosters import FEWEST, OPEN, PUBLISHED, VOID
from referral_desk.gui import desk_figures, desk_rounds
from referral_desk.gui.desk import Door
from referral_desk.gui.layouts import Flow
from referral_desk.gui.open_files import FIGURES, ask_files
from referral_desk.gui.pieces import (
    SteadyBox,
    apart,
    button,
    card,
    column,
    directed,
    emptied,
    label,
    line,
    plain_widget,
    row,
    tell_in,
)
from referral_desk.gui.save_file import ask_file
from referral_desk.gui.secret_field import captioned
from referral_desk.words import N_, _, isolate, listed

STATES = {
    OPEN: (N_("waiting for tables"), "accent"),
    PUBLISHED: (N_("counted"), "good"),
    VOID: (N_("void"), "plain"),
}


class RoundsCard(QWidget):
    """Level 2: more exact, and more to agree on beforehand. What came of a button is said in the card itself."""

    changed = Signal()
    counted = Signal(object)

    def __init__(self, door: Door) -> None:
        super().__init__()
        self.door = door
        self.family = ""
        self.period = SteadyBox(14)
        self.period.setAccessibleName(_("Period of the round"))
        self.roster: dict[str, QCheckBox] = {}
        self.members, self.rounds, self.notices = QVBoxLayout(), QVBoxLayout(), QVBoxLayout()
        self.begin = button(_("Begin the round, and save the invitation…"), self.ask_begin, icon="users")
        follow = button(
            _("Follow an invitation…"),
            lambda: ask_files(self, _("Follow an invitation"), FIGURES, self.follow, many=False),
            icon="send",
        )
        hear = button(
            _("A round was given up…"),
            lambda: ask_files(self, _("Bring in the notice"), FIGURES, self.hear_of_void, many=False),
            icon="x",
        )
        advice = _(
            "Exact tables, never records, sealed so that only the desk that adds up can open them. Who takes part is "
            "fixed beforehand, three at least; if one drops out, the round is void, and with the notice of it "
            "everybody can send rounded blocks. Who sent those of a period takes part in no round of it."
        )
        self.setLayout(
            column(
                card(
                    label(_("Rounds of sealed tables (level 2)"), "heading"),
                    label(advice, "muted", wraps=True),
                    self.notices,
                    self.rounds,
                    line(),
                    captioned(_("Period of the round"), self.period),
                    label(_("Who takes part:"), "label"),
                    self.members,
                    Flow([self.begin, follow, hear], gap=8),
                    gap=10,
                )
            )
        )

    def show_rounds(self, found: desk_figures.Together, family: str) -> None:
        """Who could take part, and the rounds begun here."""
        self.family = family
        emptied(self.members)
        self.roster = {}
        for one in (found.us, *(known.party for known in found.known if known.confirmed)):
            box = QCheckBox(apart(one.name))
            box.setAccessibleName(one.name)
            self.roster[one.identity] = box
            self.members.addWidget(box)
        if self.period.count() == 0:
            for period in found.periods:
                self.period.addItem(isolate(period.label), period)
        emptied(self.rounds)
        for one in found.rounds:
            self.rounds.addWidget(self._row(one))
        self.begin.setEnabled(len(self.roster) >= FEWEST)

    def chosen(self) -> list[str]:
        return [identity for identity, box in self.roster.items() if box.isChecked()]

    def ask_begin(self) -> None:
        ask_file(self, _("Save the invitation"), f"round{ENDING}", FIGURES, self.begin_as)

    def begin_as(self, path: str) -> None:
        said = _("The round has begun. Send the invitation to everybody on it.")
        desk_rounds.begin_round(
            self.door,
            self.family,
            self.period.currentData(),
            self.chosen(),
            path,
            partial(self._done, said),
            self._refused,
        )

    def follow(self, paths: Sequence[str]) -> None:
        """Look at an invitation, and ask where our sealed tables are to be saved."""
        invitation = paths[0]
        ask_file(self, _("Save our sealed tables"), f"tables{ENDING}", FIGURES, partial(self.follow_as, invitation))

    def follow_as(self, invitation: str, path: str) -> None:
        said = _("Sealed and saved. Only the desk that invited can open it: send it there.")
        desk_rounds.contribute(self.door, self.family, invitation, path, partial(self._done, said), self._refused)

    def ask_give_up(self, round_id: str) -> None:
        what = _("Save the notice that the round is void")
        ask_file(self, what, f"void{ENDING}", FIGURES, partial(self.give_up_as, round_id))

    def give_up_as(self, round_id: str, path: str) -> None:
        said = _("The round is void. Send the notice to everybody on it, so that they can send rounded blocks.")
        desk_rounds.give_up_round(self.door, round_id, path, partial(self._done, said), self._refused)

    def hear_of_void(self, paths: Sequence[str]) -> None:
        desk_rounds.hear_of_void_round(self.door, paths[0], self._heard, self._refused)

    def count(self, round_id: str, paths: Sequence[str]) -> None:
        desk_rounds.count_round(self.door, round_id, self.family, paths, self._counted, self._refused)

    def _row(self, one: Any) -> QWidget:
        state, tone = STATES[one.state]
        who = listed(apart(party.name) for party in one.roster)
        head = row(label(isolate(one.period.label), "heading"), label(_(state), "pill", tone=tone), 1, gap=10)
        names = {"period": one.period.name}
        count = button(
            _("Add up their tables…"),
            lambda: ask_files(self, _("Add up their tables"), FIGURES, partial(self.count, one.id)),
            icon="chart-column",
            says=_("Add up the tables of %(period)s") % names,
        )
        give_up = button(
            _("Give the round up…") if one.state == OPEN else _("Save the notice again…"),
            partial(self.ask_give_up, one.id),
            icon="x" if one.state == OPEN else "save",
            look="quiet",
            says=(
                _("Give the round of %(period)s up, and save the notice")
                if one.state == OPEN
                else _("Save the notice again that the round of %(period)s is void")
            )
            % names,
        )
        show = button(
            _("Show the sum"),
            lambda: self.count(one.id, ()),
            icon="chart-column",
            says=_("Show the sum of %(period)s") % names,
        )
        buttons = {OPEN: [count, give_up], PUBLISHED: [show], VOID: [give_up]}[one.state]
        for each in (count, give_up, show):
            each.setVisible(each in buttons)
        return plain_widget(column(head, label(directed(who), "muted", wraps=True), Flow(buttons, gap=8), gap=6))

    def _counted(self, told: object) -> None:
        self.counted.emit(told)
        self.changed.emit()

    def _heard(self, period: Any) -> None:
        self._done(_("The round is void; %(period)s is free for rounded blocks.") % {"period": isolate(period.label)})

    def _done(self, said: str, _nothing: object = None) -> None:
        self._tell(said, "good", "circle-check")
        self.changed.emit()

    def _refused(self, error: DeskError) -> None:
        self._tell(str(error), "danger", "circle-alert")

    def _tell(self, text: str, tone: str, icon: str) -> None:
        tell_in(self.notices, text, tone, icon)
