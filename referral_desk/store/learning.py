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
        self._index: NameIndex | None = None
        self._likenesses: Likenesses | None = None
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
        """The index of names, made anew where the desk has none that serves; the desk gets it once this is kept."""
        is_named = self._work.seal is not None
        if self._index is None and not self._memory.names.serves(named=is_named):
            self._likenesses = Likenesses()
            self._index = NameIndex(named.entries(self._work, self._likenesses.note), named=is_named)
        return self._index or self._memory.names

    def every_case(self) -> list[UUID]:
        """All cases, newest first; from the store where no index of names was needed yet."""
        is_made = self._index is not None or self._memory.names.serves(named=self._work.seal is not None)
        return self.names.every() if is_made else named.ids(self._work)

    def near(self, mine: Identity) -> dict[UUID, None]:
        """Cases that may be of the same person by something else than the name; it is still to be judged."""
        likenesses = self._likenesses_made()
        self._read_numbers(likenesses)
        return likenesses.near(mine, self._identities)

    def make_more(self) -> bool:
        """Do a piece of what the first search and the first case would wait for; whether there is more of it."""
        if self.names.make_more():
            return True
        if self._work.seal is not None:
            self._read_numbers(self._likenesses_made())
        return False

    def _read_numbers(self, likenesses: Likenesses) -> None:
        if not likenesses.knows_numbers:
            likenesses.note_numbers(named.held(self._work, IdentityDocument))

    def _likenesses_made(self) -> Likenesses:
        """Made together with the names: both are read from the same records."""
        _made = self.names
        return self._memory.likenesses if self._likenesses is None else self._likenesses

    def opened(self, case: Case) -> None:
        self._named[case.id] = case.code

    def learn(self, case: Case, step: Step) -> None:
        """A step was put."""
        self._done.append(Done(case.id, step.kind, step.id, step.revision))
        self._warned.learn(step)
        if isinstance(step, Person):
            self._named[case.id] = named.line_of(case, step)
        if self._work.seal is None:
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
        if self._index is not None:
            self._memory.names.become(self._index)
        if self._likenesses is not None:
            self._memory.likenesses.become(self._likenesses)
        for case_id, text in self._named.items():
            self._memory.names.add(case_id, text)
        self._warned.keep()
        for case_id, identity in self._identities.items():
            self._memory.likenesses.add(case_id, identity)
        self._memory.acts.add(self._done)
        if self._is_changed_throughout:
            self._memory.forget_who_is_who()
