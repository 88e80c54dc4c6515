"""Blocks: what is published once stays as it is, and what comes later comes in whole blocks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from referral_desk import one_person, store
from referral_desk.errors import AlreadyReissued
from referral_desk.exchange import practice
from referral_desk.journal import Entry
from referral_desk.nrm import pathway
from referral_desk.nrm.consent import Consent
from referral_desk.nrm.person import FirstContact, Gender, Person
from referral_desk.statistics import blocks, counting, exact, freezing, standard
from referral_desk.statistics.counting import CASES
from referral_desk.statistics.families import REMAINDER
from referral_desk.store import Desk, records
from referral_desk.store.figure_tables import CountedRow
from tests.cast import PASSPHRASE, TODAY
from tests.statistics.conftest import new_desk

INTAKE = standard.counted(standard.INTAKE).family


@pytest.fixture
def peopled(tmp_path: Path) -> Iterator[Desk]:
    """A practice desk of which a test may change what it likes."""
    with new_desk(tmp_path / "desk") as desk:
        practice.fill(desk, cases=260)
        yield desk


def frozen(desk: Desk, family: str = standard.INTAKE) -> list[freezing.Frozen]:
    with desk.work(unsealed=False) as work:
        freezing.freeze_due(work)
    with desk.work(unsealed=False) as work:
        return freezing.frozen(work, family)


def come(desk: Desk, number: int, *, ago: int, **answers: str) -> None:
    """Some people came so many days ago."""
    with desk.work() as work:
        for _one in range(number):
            day = work.today - timedelta(days=ago)
            case = work.open_case(FirstContact(day=day))
            if answers:
                work.take(case, Person(day=day, **answers))


def at(when: date) -> Callable[[], datetime]:
    return lambda: datetime(when.year, when.month, when.day, 10, tzinfo=UTC)


def test_nothing_is_frozen_before_a_period_has_ended_with_enough_cases(desk):
    come(desk, 60, ago=3)

    assert frozen(desk) == []
    with desk.work(unsealed=False) as work:
        left = freezing.still_open(work, standard.INTAKE)
        assert (left.cases, left.since) == (60, TODAY - timedelta(days=3))


def test_a_period_is_found_by_the_name_that_people_read():
    for period in (
        blocks.Period(date(2023, 10, 1), date(2024, 12, 31)),
        blocks.Period(date(2025, 1, 1), date(2025, 6, 30)),
    ):
        assert blocks.name_of(period.label) == period.name


@pytest.mark.parametrize(
    ("numbers", "names"),
    [
        ({date(2025, 2, 3): 50}, ["2025-Q1"]),
        ({date(2025, 2, 3): 49, date(2025, 5, 3): 1}, ["2025-H1"]),
        ({date(2025, 2, 3): 10, date(2025, 8, 3): 10}, ["2025"]),
        ({date(2024, 2, 3): 19}, []),
        ({date(2024, 2, 3): 19, date(2025, 11, 3): 1}, ["2024-Q1--2025-Q4"]),
        ({date(2025, 2, 3): 50, date(2025, 5, 3): 30, date(2025, 8, 3): 30}, ["2025-Q1", "2025-Q2--2025-Q4"]),
    ],
)
def test_what_is_too_small_rolls_on_to_the_half_year_the_year_and_the_next(desk, numbers, names):
    for day, number in numbers.items():
        come(desk, number, ago=(TODAY - day).days)

    assert [one.block.period.name for one in frozen(desk)] == names


def a_time_ago(desk, number: int) -> list[UUID]:
    """People who came in a quarter that is over."""
    day = date(2026, 2, 3)
    with desk.work() as work:
        return [work.open_case(FirstContact(day=day)).id for _one in range(number)]


def says(desk, case_id: UUID, status: str, *, ago: int = 0) -> None:
    with desk.work() as work:
        told = {
            "day": (work.today - timedelta(days=ago)).isoformat(),
            "scope": "STATS",
            "status": status,
            "given_by": "PERSON",
        }
        work.take(work.case(case_id), pathway.step_from(Consent, told))


def counted_in(desk) -> set[UUID]:
    frozen(desk)
    with desk.work(unsealed=False) as work:
        return set(work.session.scalars(select(CountedRow.case_id).where(CountedRow.family == standard.INTAKE)))


def test_whoever_does_not_want_to_be_counted_is_in_no_figure(desk):
    people = a_time_ago(desk, 53)
    for case_id in people[:3]:
        says(desk, case_id, "REFUSED", ago=5)
    says(desk, people[3], "GIVEN")
    says(desk, people[2], "GIVEN")

    assert counted_in(desk) == set(people[2:])
    with desk.work(unsealed=False) as work:
        assert freezing.still_open(work, standard.INTAKE).cases == 0
        assert counting.unprotected(work.session, counting.chosen(["person.gender"])).total == 51


def test_nobody_is_counted_twice_however_cases_were_merged(desk):
    early = a_time_ago(desk, 52)
    with desk.work() as work:
        one_person.merge(work, away=early[0], into=early[1])
    assert counted_in(desk) == set(early[1:])
    late = a_time_ago(desk, 52)
    with desk.work() as work:
        one_person.merge(work, away=early[1], into=late[0])
        one_person.merge(work, away=late[0], into=late[1])

    assert counted_in(desk) == {*early[1:], *late[2:]}


def test_every_block_adds_up_and_each_case_stands_in_one(peopled):
    found = frozen(peopled)

    assert found
    for one in found:
        assert blocks.adds_up(one.family, one.block)
        assert one.content == blocks.as_bytes(one.block)
        assert one.block.certificate.people == one.block.total
    with peopled.work(unsealed=False) as work:
        counted = list(work.session.scalars(select(CountedRow.case_id).where(CountedRow.family == standard.INTAKE)))
        assert len(counted) == len(set(counted))
        assert abs(sum(one.block.total for one in found) - len(counted)) <= 4 * len(found)


def test_asking_again_freezes_nothing_and_changes_nothing(peopled):
    first = frozen(peopled)

    assert first
    assert [one.content for one in frozen(peopled)] == [one.content for one in first]


def test_a_month_later_the_old_blocks_are_the_same_bytes_and_the_difference_is_whole_blocks(tmp_path):
    """Fifty came, five answers were corrected, two persons were erased."""
    place, later = tmp_path / "desk", date(2027, 1, 20)
    with new_desk(place) as desk:
        practice.fill(desk, cases=220)
        before = frozen(desk)
    assert before
    with store.open_desk(place, passphrase=PASSPHRASE, clock=at(later)) as desk:
        with desk.work() as work:
            counted = list(work.session.scalars(select(CountedRow.case_id)))
            known = [(case, case.latest(Person)) for case in work.cases(counted, kinds=[Person])]
            people = [(case, person) for case, person in known if person]
            for case, person in people[:5]:
                work.correct(case, person, {"gender": "NC"}, why="a slip")
            for case, _person in people[5:7]:
                records.erase(work.session, case.id, at=work.now)
        come(desk, 50, ago=(later - date(2026, 12, 5)).days)
        after = frozen(desk)

    assert [one.content for one in after[: len(before)]] == [one.content for one in before]
    new = after[len(before) :]
    assert new
    old_sum, new_sum = (blocks.summed(INTAKE, [one.block for one in some]) for some in (before, after))
    assert new_sum.total - old_sum.total == sum(one.block.total for one in new)


def test_whoever_is_recorded_late_comes_into_the_next_block(desk):
    come(desk, 50, ago=(TODAY - date(2026, 2, 3)).days)
    first = frozen(desk)
    come(desk, 1, ago=(TODAY - date(2026, 2, 4)).days)
    come(desk, 50, ago=(TODAY - date(2026, 8, 4)).days)

    found = frozen(desk)

    assert found[0].content == first[0].content
    assert [one.block.period.name for one in found] == ["2026-Q1", "2026-Q2--2026-Q3"] or len(found) == 1


def test_a_block_is_issued_anew_once_after_ten_changes(tmp_path):
    place = tmp_path / "desk"
    with new_desk(place) as desk:
        come(desk, 60, ago=(TODAY - date(2026, 2, 3)).days)
    tomorrow, day_after = (at(TODAY + timedelta(days=days)) for days in (1, 2))
    with store.open_desk(place, passphrase=PASSPHRASE, clock=tomorrow) as desk:
        [first] = frozen(desk)
    with store.open_desk(place, passphrase=PASSPHRASE, clock=day_after) as desk, desk.work() as work:
        ids = list(work.session.scalars(select(CountedRow.case_id)))
        for case_id in ids[:8]:
            work.take(work.case(case_id), Person(day=work.today, gender=Gender.WOMAN))
        records.erase(work.session, ids[8], at=work.now)
        assert freezing.changed(work, first) == 9
        with pytest.raises(AlreadyReissued):
            freezing.issue_anew(work, first)
        records.erase(work.session, ids[9], at=work.now)

        again = freezing.issue_anew(work, first)

        [kept] = freezing.frozen(work, standard.INTAKE)
        assert kept.block == again
        assert again.issue == 2
        assert abs(again.total - 58) < again.base
        with pytest.raises(AlreadyReissued):
            freezing.issue_anew(work, kept)


def test_small_categories_have_no_line_of_their_own(peopled):
    found = frozen(peopled)

    assert found
    for one in found:
        with peopled.work(unsealed=False) as work:
            own = select(CountedRow.case_id).where(CountedRow.block == one.id)
            true = exact.tables(work.session, standard.counted(standard.INTAKE), CASES.c.id.in_(own))
        for name, codes in one.block.lists.items():
            lines = set(codes) & set(one.family.by_name[name].codes)
            assert all(true[name,][code,] >= INTAKE.fewest for code in lines if code != REMAINDER)


def test_a_coordinator_freezes_without_the_seal_and_the_journal_tells_it(peopled):
    frozen(peopled)

    with peopled.work(unsealed=False) as work:
        entries = list(work.session.scalars(select(Entry.record).where(Entry.act == "FROZE")))
        assert entries
        assert all(entry.startswith(("intake ", "closure ")) for entry in entries)
