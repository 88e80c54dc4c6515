"""At the foot of a case: how long it is kept, and what the person, or a court, may ask for."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton

from referral_desk.errors import NotEntitled
from referral_desk.gui.desk import Door
from referral_desk.gui.layouts import Flow
from referral_desk.gui.pieces import button, column, label, say_why_not
from referral_desk.pages import CasePage
from referral_desk.words import _

ACCESS, ERASE, HOLD, PAPERS = "access", "erase", "legal_hold", "papers"


class RightsCard(QFrame):
    """Everything kept, erasure, legal hold. Who may not know names reads why these are for somebody else."""

    wants = Signal(str)

    def __init__(self, door: Door, page: CasePage) -> None:
        super().__init__()
        self.door = door
        self.setProperty("look", "card")
        hold = _("Lift the legal hold") if page.is_held else _("Lay a legal hold")
        asked = ((ACCESS, _("Show everything to the person"), "eye"), (ERASE, _("Erase the case"), "trash-2"))
        buttons = Flow([self._button(*one) for one in (*asked, (HOLD, hold, "gavel"))], gap=8)
        papers = button(_("Who knows what"), partial(self.wants.emit, PAPERS), icon="file-text")
        buttons.addWidget(papers)
        why_not = None if door.facts.entitled else label(str(NotEntitled()), "muted", wraps=True)
        heading = label(_("Keeping and erasing"), "heading")
        self.setLayout(column(heading, label(page.keeping, wraps=True), why_not, buttons, gap=10, margin=16))

    def _button(self, right: str, text: str, icon: str) -> QPushButton:
        if self.door.facts.entitled:
            return button(text, partial(self.wants.emit, right), icon=icon)
        sentence = str(NotEntitled())
        made = button(text, partial(self.door.refused.emit, sentence), icon="lock", tone="muted")
        say_why_not(made, sentence)
        return made
