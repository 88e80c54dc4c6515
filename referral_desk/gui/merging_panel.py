"""Sums of several shelters: who we are to others, whom we know, what came, and what comes of it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from referral_desk.errors import DeskError
from referral_desk.exchange.figure_fields import ENDING
from referral_desk.gui import desk_figures
from referral_desk.gui.desk import Door
from referral_desk.gui.family_card import FamilyCard
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
from referral_desk.gui.publication_view import PublicationView
from referral_desk.gui.rounds_card import RoundsCard
from referral_desk.gui.save_file import ask_file
from referral_desk.gui.secret_field import captioned, private_line
from referral_desk.words import _, isolate, ngettext


class MergingPanel(QWidget):
    """Everything about figures that travel as files; at the end the sum, as it would be published."""

    def __init__(self, door: Door) -> None:
        super().__init__()
        self.door = door
        self.family = SteadyBox(20)
        self.family.setAccessibleName(_("Who is counted"))
        self.family.activated.connect(lambda _at: self.refresh())
        self.notices = QVBoxLayout()
        self.us, self.others, self.blocks = QVBoxLayout(), QVBoxLayout(), QVBoxLayout()
        self.tables = FamilyCard(door)
        self.tables.told.connect(self.tell)
        self.tables.refused.connect(self.refused)
        self.tables.changed.connect(self.refresh)
        self.rounds = RoundsCard(door)
        self.rounds.changed.connect(self.refresh)
        self.rounds.counted.connect(self.show_sum)
        self.result = PublicationView(door)
        self.name = private_line(_("Name of this desk in sums"))
        self.name.editingFinished.connect(self.call_us)
        self.setLayout(self._content())
        desk_figures.families(door, self._offer)

    def refresh(self) -> None:
        if self.family.currentData():
            desk_figures.together(self.door, self.family.currentData(), self._show)
            self.tables.show_family(self.family.currentData())

    def tell(self, text: str, tone: str = "good", icon: str = "circle-check") -> None:
        tell_in(self.notices, text, tone, icon)

    def refused(self, error: DeskError) -> None:
        self.tell(str(error), "danger", "circle-alert")

    def call_us(self) -> None:
        if self.name.isModified():
            self.name.setModified(False)
            desk_figures.call_us(self.door, self.name.text(), self._done)

    def save_introduction_as(self, path: str) -> None:
        said = _("Saved. Give the file to the other desk, and read the six words to each other by phone.")
        desk_figures.save_introduction(self.door, path, partial(self._done_saying, said), self.refused)

    def bring_in(self, paths: Sequence[str]) -> None:
        for path in paths:
            desk_figures.bring_in(self.door, path, self._brought_in, self.refused)

    def take_in(self, paths: Sequence[str]) -> None:
        desk_figures.take_in(self.door, self.family.currentData(), paths, self._taken_in, self.refused)

    def add_up(self) -> None:
        desk_figures.sum_of_blocks(self.door, self.family.currentData(), self.show_sum, self.refused)

    def show_sum(self, told: Any) -> None:
        """The sum as it would be published."""
        self.result.show_publication(told)
        self.result.tables.setFocus()

    def _offer(self, families: list[tuple[str, str]]) -> None:
        for name, text in families:
            self.family.addItem(text, name)
        self.refresh()

    def _show(self, found: desk_figures.Together) -> None:
        self.name.setText(found.us.name)
        emptied(self.us)
        self.us.addWidget(_words_of(found.words))
        emptied(self.others)
        for one in found.known:
            self.others.addWidget(line())
            self.others.addWidget(self._known(one))
        if not found.known:
            self.others.addWidget(label(_("No other desk has introduced itself yet."), "muted", wraps=True))
        emptied(self.blocks)
        for one in found.received:
            self.blocks.addWidget(_block(one))
        if not found.received:
            self.blocks.addWidget(label(_("No block has come yet."), "muted"))
        self.sum.setEnabled(bool(found.received))
        self.rounds.show_rounds(found, self.family.currentData())

    def _known(self, one: Any) -> QWidget:
        state = _("words compared") if one.confirmed else _("words not compared yet")
        mark = label(state, "pill", tone="good" if one.confirmed else "warn")
        identity, name = one.party.identity, one.party.name
        same = button(
            _("The words are the same"),
            lambda: desk_figures.confirm(self.door, identity, self._done),
            icon="check",
            says=_("The words are the same: %(name)s") % {"name": name},
        )
        same.setVisible(not one.confirmed)
        gone = button(
            _("Forget"),
            lambda: desk_figures.forget(self.door, identity, self._done),
            icon="x",
            look="quiet",
            says=_("Forget %(name)s") % {"name": name},
        )
        head = row(label(apart(name), "heading", wraps=True), mark, gap=10)
        head.setStretch(0, 1)
        return plain_widget(column(head, _words_of(one.words), Flow([same, gone], gap=8), gap=6))

    def _brought_in(self, one: Any) -> None:
        self.refresh()
        self.tell(
            _("%(name)s has introduced itself. Call them and compare the six words before you count anything.")
            % {"name": apart(one.party.name)},
            "warn",
            "phone",
        )

    def _taken_in(self, count: int) -> None:
        said = ngettext("%(count)d block was taken in.", "%(count)d blocks were taken in.", count)
        self._done_saying(said % {"count": count})

    def _done_saying(self, said: str, _nothing: object = None) -> None:
        self.tell(said)
        self.refresh()

    def _done(self, _nothing: object = None) -> None:
        self.refresh()

    def _content(self) -> QVBoxLayout:
        return column(
            row(captioned(_("Who is counted"), self.family), 1),
            self.notices,
            self._our_card(),
            self._others_card(),
            self.tables,
            self._blocks_card(),
            self.rounds,
            self.result,
            gap=16,
        )

    def _our_card(self) -> QFrame:
        save = button(
            _("Save our introduction…"),
            lambda: ask_file(
                self, _("Save our introduction"), f"introduction{ENDING}", FIGURES, self.save_introduction_as
            ),
            icon="save",
        )
        hint = _("It may be a pseudonym: it stands beside your figures in every sum.")
        return card(
            label(_("This desk"), "heading"),
            captioned(_("Name of this desk in sums"), self.name, hint),
            label(_("Our six words, to be read out by phone:"), "small", wraps=True),
            self.us,
            row(save, 1),
            gap=10,
        )

    def _others_card(self) -> QFrame:
        bring = button(
            _("Bring in an introduction…"),
            lambda: ask_files(self, _("Bring in an introduction"), FIGURES, self.bring_in),
            icon="user-plus",
        )
        advice = _(
            "A file says whom it comes from, but anybody could write that. Call the organisation at a number that you "
            "know already, let them read their six words to you, and compare."
        )
        return card(
            label(_("Desks that we know"), "heading"),
            label(advice, "muted", wraps=True),
            self.others,
            row(bring, 1),
            gap=10,
        )

    def _blocks_card(self) -> QFrame:
        take = button(
            _("Take in blocks…"),
            lambda: ask_files(self, _("Take in blocks"), FIGURES, self.take_in),
            icon="folder-open",
        )
        self.sum = button(_("Show the sum"), self.add_up, icon="chart-column", look="primary")
        advice = _(
            "Rounded blocks are public: nothing in them can give anybody away. Their sum is a little less exact than "
            "each of them, and says by how much."
        )
        return card(
            label(_("Rounded blocks (level 1)"), "heading"),
            label(advice, "muted", wraps=True),
            self.blocks,
            Flow([take, self.sum], gap=8),
            gap=10,
        )


def _words_of(words: Sequence[str]) -> QWidget:
    made = label(isolate("  ·  ".join(words)), "heading", wraps=True)
    made.setAccessibleName(" ".join(words))
    return made


def _block(one: Any) -> QWidget:
    said = _("%(period)s: %(name)s, %(total)s persons") % {
        "period": isolate(one.block.period.label),
        "name": apart(one.shelter.name),
        "total": one.block.total,
    }
    return label(directed(said), wraps=True)
