"""A desk to practise on: invented cases of every kind and stage, told by the rules of the pathway."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from random import Random

from referral_desk.errors import RealCases
from referral_desk.exchange import invented, stories
from referral_desk.nrm.case import Case
from referral_desk.nrm.directory import ListedService, Location, Organisation
from referral_desk.store import Desk, Purpose, Work, listed

_TELL_EVERY = 100


def fill(desk: Desk, *, cases: int, seed: int = 1, on_progress: Callable[[int, int], None] | None = None) -> int:
    """Fill an empty practice desk with invented cases; returns how many. RealCases for any other desk.

    The same seed on the same day invents the same people; ids, codes and references are random all the same.
    """
    with desk.work() as work:
        prepare(desk, work)
        told = _told(cases, Random(seed), work.today, desk.mechanism)  # noqa: S311 - stories are no secret
        return work.bring_in(_reported(told, cases, on_progress))


def prepare(desk: Desk, work: Work) -> None:
    """What an empty practice desk has before its cases: who keeps it, and a directory. RealCases for any other desk."""
    if desk.purpose is not Purpose.PRACTICE or work.case_ids():
        raise RealCases
    work.describe(organisation=invented.SHELTER, contact=invented.SHELTER_PHONE)
    _fill_directory(work)


def _fill_directory(work: Work) -> None:
    """The organisations to which the invented cases are referred: some verified lately, some not, one closed."""
    for number, name in enumerate(invented.ORGANISATIONS):
        told = invented.organisation(name, number, work.today)
        one = listed.add(work, Organisation, told)
        listed.add(work, ListedService, invented.service(number, work.today), of=one.id)
        listed.add(work, Location, invented.location(number), of=one.id)


def _told(cases: int, rng: Random, today: date, mechanism: str) -> Iterator[Case]:
    for _number in range(cases):
        yield stories.tell(rng, today=today, mechanism=mechanism)


def _reported(told: Iterator[Case], of: int, on_progress: Callable[[int, int], None] | None) -> Iterator[Case]:
    for done, case in enumerate(told, 1):
        yield case
        if on_progress and (done % _TELL_EVERY == 0 or done == of):
            on_progress(done, of)
