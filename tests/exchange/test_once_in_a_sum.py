"""Each person stands in one sum only, though a shelter be too small to close a period of its own."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import func, select

from referral_desk import one_person
from referral_desk.exchange import figure_files, our_figures, partners, void_rounds
from referral_desk.nrm.person import FirstContact
from referral_desk.statistics import ended, standard
from referral_desk.statistics.blocks import Period
from referral_desk.statistics.counting import CASES
from referral_desk.store import records
from referral_desk.store.figure_tables import SealedRow
from tests.exchange.shelters import NEXT, YEAR, Shelter

INTAKE = standard.counted(standard.INTAKE)
OFFICE = Shelter("Office", bytes([77] * 32), {})
ROUNDS = {YEAR: "a" * 32, NEXT: "b" * 32}


@pytest.fixture
def work(desk):
    with desk.work() as made:
        yield made


def came(work, day: date, number: int) -> list[UUID]:
    return [work.open_case(FirstContact(day=day)).id for _one in range(number)]


def given(work, period: Period, folder: Path) -> int:
    """How many the office finds in what we seal for a round of this period."""
    OFFICE.introduced(work, folder)
    others = tuple(Shelter(f"Other {number}", bytes([90 + number] * 32), {}).party for number in (1, 2))
    roster = (partners.ourselves(work), *others)
    made = figure_files.RoundFile(OFFICE.party, ROUNDS[period], INTAKE.family.hash, 5, period, roster)
    invitation, target = folder / "invitation.rdf", folder / "tables.rdf"
    invitation.write_bytes(figure_files.round_file(made, OFFICE.secret))
    target.write_bytes(our_figures.contribution(work, standard.INTAKE, invitation))
    tables = figure_files.read_tables(target)
    return int(figure_files.unsealed(tables, OFFICE.secret, INTAKE.family, target)[()].get((), 0))


def uncounted(work) -> int:
    return int(work.session.scalar(select(func.count()).select_from(CASES).where(*ended.uncounted(work, INTAKE))) or 0)


def in_sums(work) -> int:
    return int(work.session.scalar(select(func.count()).select_from(SealedRow)) or 0)


def test_whoever_went_into_a_sealed_sum_is_in_no_later_one(work, tmp_path):
    early, late = came(work, date(2025, 5, 4), 8), came(work, date(2026, 2, 3), 9)
    assert given(work, YEAR, tmp_path) == 8

    one_person.merge(work, away=early[0], into=late[0])
    one_person.merge(work, away=early[1], into=early[2])
    moved = work.case(early[3])
    work.correct(moved, moved.steps[0], {"day": "2026-01-07"}, why="The year was wrong.")

    assert given(work, NEXT, tmp_path) == 8
    assert in_sums(work) == 16


def test_whoever_went_into_a_sealed_sum_is_in_no_block_of_another_time(work, tmp_path):
    early, late = came(work, date(2025, 5, 4), 8), came(work, date(2026, 2, 3), 9)
    given(work, YEAR, tmp_path)
    before = uncounted(work)

    one_person.merge(work, away=early[0], into=late[0])
    moved = work.case(early[3])
    work.correct(moved, moved.steps[0], {"day": "2026-01-07"}, why="The year was wrong.")

    assert uncounted(work) == before - 3


def test_of_a_round_that_was_given_up_nobody_is_remembered(work, tmp_path):
    early, late = came(work, date(2025, 5, 4), 8), came(work, date(2026, 2, 3), 9)
    given(work, YEAR, tmp_path)
    notice = tmp_path / "void.rdf"
    notice.write_bytes(void_rounds.notice(OFFICE.party, ROUNDS[YEAR], OFFICE.secret))

    void_rounds.bring_in(work, notice)
    one_person.merge(work, away=early[0], into=late[0])

    assert in_sums(work) == 0
    assert given(work, NEXT, tmp_path) == 9


def test_whoever_is_erased_is_forgotten_here_too(work, tmp_path):
    early = came(work, date(2025, 5, 4), 3)
    given(work, YEAR, tmp_path)

    records.erase(work.session, early[0], at=work.now)

    assert in_sums(work) == 2
