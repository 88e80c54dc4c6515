"""What must not be overlooked, above every page, with the button that puts it right. It blocks nothing."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from referral_desk.gui.desk_backups import Upkeep
from referral_desk.gui.pieces import button, column, emptied, notice
from referral_desk.words import N_, _

BUTTONS = {
    "BACK_UP": N_("Back up now"),
    "PLACE": N_("Choose a second place…"),
    "RECOVERY": N_("Prove the recovery key…"),
    "RESTORE": N_("Restore a backup…"),
}
ICONS = {"BACK_UP": "archive", "PLACE": "folder-open", "RECOVERY": "key-round", "RESTORE": "history"}


class WarningBanner(QWidget):
    """The most urgent concern; all of them stand on the page of the backups."""

    wanted = Signal(str)
    """What puts it right: a key of BUTTONS."""

    def __init__(self, upkeep: Upkeep) -> None:
        super().__init__()
        self.upkeep = upkeep
        self.room = column()
        self.does: QPushButton | None = None
        self.setLayout(self.room)
        upkeep.changed.connect(self.refresh)
        upkeep.beside.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show what is most urgent now; nothing takes no room."""
        had_focus = self.does is not None and self.does.hasFocus()
        emptied(self.room)
        concerns = self.upkeep.concerns()
        self.does = None
        self.setVisible(bool(concerns))
        if concerns:
            self.room.setContentsMargins(12, 12, 12, 0)
            self.room.addWidget(self._shown(concerns[0]))
            if had_focus:
                self.does.setFocus()

    def _shown(self, concern: Any) -> QWidget:
        remedy = concern.remedy.name
        is_doing = remedy == "BACK_UP" and self.upkeep.beside.in_hand is not None
        text = _("Backing up…") if is_doing else _(BUTTONS[remedy])
        self.does = button(text, lambda: self.wanted.emit(remedy), icon=ICONS[remedy])
        return notice(concern.sentence, concern.level, self.does, icon="triangle-alert")
