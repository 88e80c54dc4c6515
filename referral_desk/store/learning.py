"""What a piece of work learns of persons, for what the desk holds in memory once the work is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from referral_desk.nrm.case import Case, Step
from referral_desk.nrm.circumstances import IdentityDocument
from referral_desk.nrm.keeping import LinkedCase
from referral_desk.nrm.person import Person
from referral_desk.nrm.surroundings import Surroundings
from referral_desk.store import alike, listed, named
from referral_desk.store.acts import Done
from referral_desk.store.likeness import Identity
from referral_desk.store.likenesses import Likenesses
from referral_desk.store.making import Making
from referral_desk.store.memory import Memory
from referral_desk.store.name_index import NameIndex
from referral_desk.store.signs import is_named_in
from referral_desk.store.warned import Warned

if TYPE_CHECKING:
    from referral_desk.store.work import Work


class Learning:
    def __init__(self, work: Work, memory: Memory) -> None:
        self._work = work
        self._memory = memory
        self._making: Making | None = None
        self._named: dict[UUID, str] = {}
        self._identities: dict[UUID, Identity] = {}
        self._done: list[Done] = []
        self._is_changed_throughout = False
        self._warned = Warned(work, memory.warnings)
        self.around = Surroundings(
            doubts=lambda recipient: listed.doubts(work.session, recipient, work.today),
            exploiter_signs=self._warned.signs_in,
            is_named_in=is_named_in,
            same_organisation=lambda one, other: listed.is_same(work.session, one, other),
            is_like_organisation=lambda one, other: listed.is_like(work.session, one, other),
            is_police=lambda name: listed.is_police(work.session, name),
        )

    @property
    def names(self) -> NameIndex:
        """The index of names, made where the desk has none that serves; the desk gets it once this is kept."""
        if not self.knows_names:
            self._made().finish_names(self._work)
        return self._making.names if self._making and self._making.knows_names else self._memory.names

    @property
    def knows_names(self) -> bool:
        """Whether there is nothing to be read before a search."""
        return self._memory.names.serves(named=self._is_entitled) or bool(self._making and self._making.knows_names)

    @property
    def knows_persons(self) -> bool:
        """Whether there is nothing to be read before one may say who may be the same person."""
        return self.knows_names and (self._likenesses.knows_numbers or not self._is_entitled)

    def every_case(self) -> list[UUID]:
        """All cases, newest first; from the store where no index of names was needed yet."""
        return self.names.every() if self.knows_names else named.ids(self._work)

    def near(self, mine: Identity) -> dict[UUID, None]:
        """Cases that may be of the same person by something else than the name; it is still to be judged."""
        if not self.knows_persons:
            self._made().finish(self._work)
        return self._likenesses.near(mine, self._identities)

    def make_more(self) -> bool:
        """Do a short piece of what the first search and the first case would wait for; whether there is more of it."""
        if self._memory.making is None and self.knows_persons:
            return False
        making = self._made()
        making.go_on(self._work)
        return not making.is_done

    @property
    def _is_entitled(self) -> bool:
        return self._work.seal is not None

    @property
    def _likenesses(self) -> Likenesses:
        return self._making.likenesses if self._making and self._making.knows_names else self._memory.likenesses

    def _made(self) -> Making:
        """What is being made; it is the desk's again once this is kept, so that a failed work leaves no trace."""
        if self._making is None:
            begun, self._memory.making = self._memory.making, None
            is_mine = begun is not None and begun.for_entitled is self._is_entitled
            self._making = begun if begun is not None and is_mine else Making(for_entitled=self._is_entitled)
        return self._making

    def opened(self, case: Case) -> None:
        self._named[case.id] = case.code

    def learn(self, case: Case, step: Step) -> None:
        """A step was put."""
        self._done.append(Done(case.id, step.kind, step.id, step.revision))
        self._warned.learn(step)
        if isinstance(step, Person):
            self._named[case.id] = named.line_of(case, step)
        if not self._is_entitled:
            return
        if isinstance(step, Person | IdentityDocument):
            self._identities[case.id] = alike.identity_of(case)
        if isinstance(step, LinkedCase):
            alike.say_it_there_too(self._work, case, step)

    def unlearn(self, done: Done) -> None:
        """Something was taken back: it is no act of this session any more, and what was known of it is made anew."""
        self._memory.acts.take_back(done)
        self.forget_who_is_who()

    def forget_who_is_who(self) -> None:
        """Names and numbers have changed places: what is held in memory is made anew."""
        self._is_changed_throughout = True

    def keep(self) -> None:
        """Let the desk know it; called after the commit, so that a failed work leaves no trace."""
        if self._making is not None:
            self._memory.take_over(self._making)
        for case_id, text in self._named.items():
            self._memory.name(case_id, text)
        self._warned.keep()
        for case_id, identity in self._identities.items():
            self._memory.know(case_id, identity)
        self._memory.acts.add(self._done)
        if self._is_changed_throughout:
            self._memory.forget_who_is_who()
