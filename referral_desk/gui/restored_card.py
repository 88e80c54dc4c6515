"""After a restore: what had been published comes back, or it is said that nothing was."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from referral_desk.errors import DeskError
from referral_desk.gui import desk_figures
from referral_desk.gui.desk import Door
from referral_desk.gui.layouts import Flow
from referral_desk.gui.open_files import ask_files
from referral_desk.gui.pieces import button, card, column, emptied, label, notice
from referral_desk.words import _, ngettext

RDF = "Referral Desk (*.rdf)"


class RestoredCard(QWidget):
    """Hidden where nothing is to be settled."""

    settled = Signal()

    def __init__(self, door: Door) -> None:
        super().__init__()
        self.door = door
        self.said = QVBoxLayout()
        why = _(
            "Were figures published, or tables sealed for a round, after that backup was made? If so, bring back the "
            "saved blocks of this desk. Of that time nothing else is published any more, so that nobody is counted "
            "twice."
        )
        back = button(_("Bring back a saved block…"), self.ask, icon="folder-open")
        every = button(_("That is all that was published"), lambda: self.settle(was_published=True), icon="check")
        none = button(_("Nothing was published"), lambda: self.settle(was_published=False), icon="check")
        heading = label(_("This desk was restored from a backup"), "heading", wraps=True)
        self.setLayout(
            column(card(heading, label(why, wraps=True), self.said, Flow([back, every, none], gap=8), gap=10))
        )
        self.hide()

    def ask(self) -> None:
        ask_files(self, _("Bring back a saved block"), RDF, self.bring_back)

    def bring_back(self, paths: Sequence[str]) -> None:
        desk_figures.bring_back(self.door, paths, self._back, self._refused)

    def settle(self, *, was_published: bool) -> None:
        desk_figures.settle(self.door, was_published=was_published, then=self._settled, refused=self._refused)

    def _back(self, count: int) -> None:
        said = ngettext(
            "%(count)d block is back as it was published.", "%(count)d blocks are back as they were published.", count
        )
        self._tell(said % {"count": count}, "good", "circle-check")
        self.settled.emit()

    def _settled(self, _nothing: None) -> None:
        emptied(self.said)
        self.settled.emit()

    def _refused(self, error: DeskError) -> None:
        self._tell(str(error), "danger", "circle-alert")

    def _tell(self, text: str, tone: str, icon: str) -> None:
        emptied(self.said)
        self.said.addWidget(notice(text, tone, icon=icon))
