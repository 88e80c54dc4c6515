"""What a member of the desk may do."""

from __future__ import annotations

from enum import Enum

from referral_desk.vault import members
from referral_desk.words import N_, _


class Role(Enum):
    """What a member may do; one person may hold several."""

    CASEWORKER = members.CASEWORKER
    COORDINATOR = members.COORDINATOR
    KEEPER = members.KEEPER

    @property
    def label(self) -> str:
        return _(_LABELS[self])


_LABELS = {
    Role.CASEWORKER: N_("Caseworker: cases and names"),
    Role.COORDINATOR: N_("Coordinator: cases and figures, never a name"),
    Role.KEEPER: N_("Keeper: members, backups, journal"),
}
