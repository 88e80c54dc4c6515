"""What an open desk holds in memory and nowhere else; it is gone with the process."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from referral_desk.store.acts import Acts
from referral_desk.store.likenesses import Likenesses
from referral_desk.store.name_index import NameIndex
from referral_desk.store.warnings import Warnings


@dataclass(frozen=True)
class Memory:
    names: NameIndex = field(default_factory=NameIndex)
    warnings: Warnings = field(default_factory=Warnings)
    likenesses: Likenesses = field(default_factory=Likenesses)
    acts: Acts = field(default_factory=Acts)

    def drop(self, case_id: UUID) -> None:
        """Know nothing of one case any more."""
        self.names.drop(case_id)
        self.likenesses.drop(case_id)
        self.warnings.forget()

    def forget_who_is_who(self) -> None:
        """Know nobody any more, so that it is made anew."""
        self.names.forget()
        self.warnings.forget()
        self.likenesses.forget()
