"""What the desk holds in memory of names, made in pieces beside the work at the desk.

Each piece is given the piece of work in which it is done, and may be the last that is ever done. What is recorded
between two pieces is known, too; what is changed throughout begins it anew.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from referral_desk.journal import Act
from referral_desk.nrm.case import Step
from referral_desk.nrm.circumstances import IdentityDocument
from referral_desk.nrm.person import Person
from referral_desk.store import named
from referral_desk.store.likenesses import Likenesses
from referral_desk.store.name_index import NameIndex

if TYPE_CHECKING:
    from referral_desk.store.work import Work

T = TypeVar("T")

PIECE = 0.04
"""Seconds of a piece, on any computer; then others have their turn."""
FEW = 100
"""Records between two looks at the clock."""


class Making:
    """The index of names, what else tells persons from others, and all that the first search would make.

    With `for_entitled` it needs the seal; else codes alone are in it.
    """

    def __init__(self, *, for_entitled: bool) -> None:
        self.for_entitled = for_entitled
        self.names = NameIndex(named=for_entitled)
        self.likenesses = Likenesses()
        self.is_done = False
        self._read: dict[str, str] = {}
        self._numbers: list[tuple[str, named.Held]] = []
        self._lines: list[tuple[UUID, str]] = []
        self._late: list[tuple[UUID, str]] = []
        self._dropped: set[UUID] = set()
        self._steps = self._make()
        self._at: Work

    @property
    def knows_names(self) -> bool:
        return self.names.serves(named=self.for_entitled)

    def go_on(self, work: Work) -> None:
        """Make a piece more of it."""
        end = time.monotonic() + PIECE
        self._advance(work, lambda: time.monotonic() >= end)

    def finish_names(self, work: Work) -> None:
        """Somebody searches now."""
        self._advance(work, lambda: self.knows_names)

    def finish(self, work: Work) -> None:
        """Somebody has to know now who may be the same person."""
        self._advance(work, lambda: self.likenesses.knows_numbers)

    def name(self, case_id: UUID, text: str) -> None:
        """A case was opened or named between two pieces."""
        if not self.knows_names:
            self._late.append((case_id, text))

    def drop(self, case_id: UUID) -> None:
        """A case was erased between two pieces."""
        self._read.pop(case_id.hex, None)
        self._numbers = [one for one in self._numbers if one[0] != case_id.hex]
        self._dropped.add(case_id)
        self._lines, self._late = ([one for one in some if one[0] != case_id] for some in (self._lines, self._late))
        self.likenesses.drop(case_id)

    def _advance(self, work: Work, is_enough: Callable[[], bool]) -> None:
        """At least one step, so that it comes to an end on the slowest computer."""
        self._at = work
        while not self.is_done:
            self.is_done = next(self._steps, _DONE) is _DONE
            if is_enough():
                break
        del self._at

    def _make(self) -> Iterator[None]:
        if self.for_entitled:
            yield from self._read_names()
        cases: list[named.Listed] = []
        for some in self._pages(named.cases_after):
            cases += some
            yield
        leads = named.merged(cases)
        yield
        for number, case in enumerate(named.newest_first(cases)):
            self._lines.append(named.line(case, self._read, leads))
            if number % FEW == 0:
                yield
        self.names.fill(line for line in self._lines if line[0] not in self._dropped)
        for case_id, text in self._late:
            self.names.add(case_id, text)
        self._read, self._lines, self._late = {}, [], []
        yield
        while self.names.make_more():
            yield
        if self.for_entitled:
            yield from self._read_numbers()

    def _read_names(self) -> Iterator[None]:
        for case_id, told in named.of_merged(self._at):
            self._learn(case_id, told)
        for some in self._held(Person):
            for case_id, told in some:
                self._learn(case_id, told)
                self.likenesses.note(case_id, told)
            yield

    def _learn(self, case_id: str, told: named.Held) -> None:
        if not self._read:
            self._at.note(Act.LISTED_NAMES)
        self._read[case_id] = named.names_in(told)

    def _read_numbers(self) -> Iterator[None]:
        for some in self._held(IdentityDocument):
            self._numbers += some
            yield
        self.likenesses.note_numbers(self._numbers)
        self._numbers = []

    def _held(self, kind: type[Step]) -> Iterator[list[tuple[str, named.Held]]]:
        return self._pages(lambda work, place, most: named.held_after(work, kind, place, most))

    def _pages(self, after: Callable[[Work, int, int], tuple[list[T], int | None]]) -> Iterator[list[T]]:
        """What stands in the store, by so many."""
        place: int | None = 0
        while place is not None:
            some, place = after(self._at, place, FEW)
            yield some


_DONE = object()
