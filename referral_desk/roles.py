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

    @property
    def means(self) -> str:
        """What a member of this role can do and what not, in one sentence."""
        return _(_MEANINGS[self])


_LABELS = {
    Role.CASEWORKER: N_("Caseworker"),
    Role.COORDINATOR: N_("Coordinator"),
    Role.KEEPER: N_("Keeper"),
}

_MEANINGS = {
    Role.CASEWORKER: N_("Works on the cases and can read names and notes."),
    Role.COORDINATOR: N_("Works with coded facts and figures, and cannot read a name by any means."),
    Role.KEEPER: N_("Looks after backups, settings and the journal; after the members, too, if also a caseworker."),
}
