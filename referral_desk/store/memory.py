"""What an open desk holds in memory and nowhere else; it is gone with the process."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from referral_desk.store.acts import Acts
from referral_desk.store.likeness import Identity
from referral_desk.store.likenesses import Likenesses
from referral_desk.store.making import Making
from referral_desk.store.name_index import NameIndex
from referral_desk.store.warnings import Warnings


@dataclass
class Memory:
    """`making` is what is still to come of names and likenesses; until the names are read there, these know nobody."""

    names: NameIndex = field(default_factory=NameIndex)
    warnings: Warnings = field(default_factory=Warnings)
    likenesses: Likenesses = field(default_factory=Likenesses)
    acts: Acts = field(default_factory=Acts)
    making: Making | None = None

    def take_over(self, making: Making) -> None:
        """Have what is made so far, and go on with it."""
        self.making = None if making.is_done else making
        if making.knows_names:
            self.names, self.likenesses = making.names, making.likenesses

    def name(self, case_id: UUID, text: str) -> None:
        """Let a case that is new, or newly named, be found."""
        self.names.add(case_id, text)
        if self.making is not None and self.making.names is not self.names:
            self.making.name(case_id, text)

    def know(self, case_id: UUID, identity: Identity) -> None:
        """Know the person of a case, or know her or him better."""
        self.likenesses.add(case_id, identity)
        if self.making is not None and self.making.likenesses is not self.likenesses:
            self.making.likenesses.add(case_id, identity)

    def drop(self, case_id: UUID) -> None:
        """Know nothing of one case any more."""
        self.names.drop(case_id)
        self.likenesses.drop(case_id)
        self.warnings.forget()
        if self.making is not None:
            self.making.drop(case_id)

    def forget_who_is_who(self) -> None:
        """Know nobody any more, so that it is made anew."""
        self.names, self.likenesses, self.making = NameIndex(), Likenesses(), None
        self.warnings.forget()
