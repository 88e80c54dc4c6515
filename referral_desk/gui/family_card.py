"""The tables of all: which a ministry asks for, brought in from its file, or saved for everybody."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from referral_desk.gui import desk_family
from referral_desk.gui.desk import Door
from referral_desk.gui.layouts import Flow
from referral_desk.gui.open_files import ask_files
from referral_desk.gui.pieces import button, card, column, emptied, label
from referral_desk.gui.save_file import ask_file
from referral_desk.words import _, isolate

RDF = "Referral Desk (*.rdf)"


class FamilyCard(QWidget):
    """Who sends figures brings the tables in; who adds up composes and saves them."""

    told = Signal(str)
    refused = Signal(object)
    changed = Signal()

    def __init__(self, door: Door) -> None:
        super().__init__()
        self.door, self.family = door, ""
        self.tables = QVBoxLayout()
        bring = button(_("Bring in the tables of a ministry…"), self.ask_bring, icon="folder-open")
        save = button(_("Save our tables for everybody…"), self.ask_save, icon="save")
        why = _(
            "Figures of several organisations add up only if all publish the same tables. Whoever adds up makes them "
            "as tables of their own beside the figures, and saves them here; all others bring that file in."
        )
        heading, said = label(_("Tables of all"), "heading"), label(why, "muted", wraps=True)
        self.setLayout(column(card(heading, said, self.tables, Flow([bring, save], gap=8), gap=10)))

    def show_family(self, family: str) -> None:
        self.family = family
        desk_family.added(self.door, family, self._show)

    def ask_bring(self) -> None:
        ask_files(self, _("Bring in the tables of a ministry"), RDF, self.bring_in, many=False)

    def bring_in(self, paths: Sequence[str]) -> None:
        for path in paths:
            desk_family.bring_in(self.door, path, self._brought, self.refused.emit)

    def ask_save(self) -> None:
        ask_file(self, _("Save our tables for everybody"), f"tables-{self.family}.rdf", RDF, self.save_as)

    def save_as(self, path: str) -> None:
        desk_family.save(self.door, self.family, path, self._saved, self.refused.emit)

    def _show(self, titles: list[str]) -> None:
        emptied(self.tables)
        for title in titles:
            self.tables.addWidget(label(isolate(title), wraps=True))
        if not titles:
            self.tables.addWidget(label(_("Only the tables that every desk publishes."), wraps=True))

    def _brought(self, _nothing: None) -> None:
        self.told.emit(_("These tables are now published here, too: in closed periods and in those to come."))
        self.changed.emit()

    def _saved(self, _nothing: None) -> None:
        self.told.emit(_("Saved. Give the file to everybody whose figures you add up."))
        self.changed.emit()
