"""A desk did not open: what to do next. Each kind of failure has a sentence of its own and its own ways on."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from referral_desk.errors import (
    ChangesMissing,
    DeskDamaged,
    DeskError,
    MemberAltered,
    NoDesk,
    OtherGeneration,
    OtherHistory,
    WrongPassphrase,
)
from referral_desk.gui.layouts import Flow
from referral_desk.gui.pieces import button, column, emptied, label
from referral_desk.words import N_, _

_LOOK_FIRST = N_(
    "Look first whether a newer copy of the folder lies somewhere, such as on another computer. What is missing cannot "
    "be added later; the journal notes that you opened the desk without it."
)
_RECOVERY = N_("Until then the recovery key opens the desk: type it here in the place of the passphrase.")
_FORGOTTEN = N_(
    "Forgotten? A keeper of the desk can give you a new passphrase. Whoever has the recovery key may type it here in "
    "the place of the passphrase."
)
_NOT_YOU = N_("It is not your passphrase. A backup brings the desk back as it was on the day of the backup.")

HINTS: dict[type[DeskError], str] = {
    WrongPassphrase: _FORGOTTEN,
    DeskDamaged: _NOT_YOU,
    OtherGeneration: _NOT_YOU,
    ChangesMissing: _LOOK_FIRST,
    OtherHistory: _LOOK_FIRST,
    MemberAltered: _RECOVERY,
}
MAY_BE_OPENED = (ChangesMissing, OtherHistory)
MAY_BE_RESTORED = (NoDesk, DeskDamaged, OtherGeneration, *MAY_BE_OPENED)


class WaysOn(QWidget):
    """A hint, and the buttons that lead on; takes no room while all is well."""

    def __init__(self, open_as_it_is: Callable[[], object], restore: Callable[[], object]) -> None:
        super().__init__()
        self.open_as_it_is, self.restore = open_as_it_is, restore
        self.offers_restoring = False
        self.room = column(gap=8)
        self.setLayout(self.room)
        self.hide()

    def forget(self) -> None:
        emptied(self.room)
        self.hide()

    def show_ways(self, error: DeskError) -> None:
        """What may be done after this failure."""
        self.forget()
        self.offers_restoring = isinstance(error, MAY_BE_RESTORED)
        hint, buttons = HINTS.get(type(error), ""), self._buttons(error)
        if hint:
            self.room.addWidget(label(_(hint), "small", wraps=True))
        if buttons:
            self.room.addLayout(Flow(buttons))
        self.setVisible(bool(hint or buttons))

    def _buttons(self, error: DeskError) -> list[QWidget]:
        found: list[QWidget] = []
        if self.offers_restoring:
            found.append(button(_("Restore a backup…"), self.restore, icon="history"))
        if isinstance(error, MAY_BE_OPENED):
            found.append(button(_("Open it as it is"), self.open_as_it_is, icon="lock-open"))
        return found
