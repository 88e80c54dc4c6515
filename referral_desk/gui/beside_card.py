"""Above the tracks of a case: who must never learn of it. At its foot: what was taken back."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from referral_desk.beside import Beside, beside
from referral_desk.gui.desk import Door
from referral_desk.gui.pieces import apart, button, emptied, notice
from referral_desk.words import _, ngettext


class BesideCard(QWidget):
    """Takes no room where there is nothing to be known. With `unsealed` it names persons, too."""

    wants_taken_back = Signal()

    def __init__(self, door: Door, case_id: UUID, *, unsealed: bool) -> None:
        super().__init__()
        self.door = door
        self.shown = QVBoxLayout()
        self.shown.setContentsMargins(0, 0, 0, 0)
        self.shown.setSpacing(8)
        self.setLayout(self.shown)
        self.hide()
        door.ask(partial(beside, case_id=case_id), self._show, unsealed=unsealed)

    def _show(self, known: Beside) -> None:
        emptied(self.shown)
        if known.never_tell:
            names = " · ".join(apart(name) for name in known.never_tell)
            self.shown.addWidget(notice(_("Never tell: %(names)s") % {"names": names}, "danger", icon="shield-alert"))
        if known.taken_back:
            self.shown.addWidget(self._taken_back(known.taken_back))
        self.setVisible(self.shown.count() > 0)

    def _taken_back(self, count: int) -> QWidget:
        said = ngettext("%(count)d step was taken back.", "%(count)d steps were taken back.", count) % {"count": count}
        show = button(_("Show"), self.wants_taken_back.emit, look="quiet", says=_("Show what was taken back"))
        return notice(said, "plain", show, icon="undo-2")
