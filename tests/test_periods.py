"""Days and calendar months, partial dates, and whom a reflection period protects on which day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_desk.errors import ImpossibleDate
from referral_desk.nrm import mechanism
from referral_desk.nrm.dates import PartialDate, Period, Unit
from referral_desk.nrm.reflection import under_reflection
from tests.cast import TODAY, a_woman, days_ago, tells


def test_three_months_are_not_ninety_days() -> None:
    start = date(2026, 11, 30)

    assert Period(3, Unit.MONTHS).end(start) == date(2027, 2, 28)
    assert Period(90, Unit.DAYS).end(start) == date(2027, 2, 28)
    assert Period(3, Unit.MONTHS).end(date(2027, 11, 30)) == date(2028, 2, 29)
    assert Period(90, Unit.DAYS).end(date(2027, 11, 30)) == date(2028, 2, 28)


@pytest.mark.parametrize(
    ("code", "last_day"),
    [
        ("COE", date(2026, 12, 31)),
        ("SRB", date(2027, 3, 1)),
        ("MDA", date(2026, 12, 31)),
        ("MKD", date(2027, 2, 1)),
        ("ALB", date(2027, 3, 1)),
        ("ROU", date(2027, 3, 1)),
        ("NOR", date(2027, 6, 1)),
    ],
)
def test_each_mechanism_gives_its_last_protected_day(code: str, last_day: date) -> None:
    assert mechanism.of(code).reflection.period.end(date(2026, 12, 1)) == last_day


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(1, 36))
def test_calendar_months_never_skip_one(start: date, months: int) -> None:
    end = Period(months, Unit.MONTHS).end(start)

    assert (end.year - start.year) * 12 + end.month - start.month == months
    assert end.day <= start.day


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_a_whole_date_is_read_back_as_it_was_written(day: date) -> None:
    partial = PartialDate.of(day.isoformat())

    assert partial.first == partial.last == day
    assert partial.written == day.isoformat()


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2019", date(2019, 1, 1), date(2019, 12, 31)),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("2004~", date(2004, 1, 1), date(2004, 12, 31)),
        ("2018/2020-06", date(2018, 1, 1), date(2020, 6, 30)),
    ],
)
def test_a_date_may_be_known_in_part(written: str, first: date, last: date) -> None:
    partial = PartialDate.of(written)

    assert (partial.first, partial.last) == (first, last)


@pytest.mark.parametrize("written", ["2026-02-30", "12.3.2026", "2026-13", "soon", "2020/2018", "0000", "20-1-1"])
def test_an_impossible_date_is_refused(written: str) -> None:
    with pytest.raises(ImpossibleDate):
        PartialDate.of(written)


def test_the_period_protects_from_its_first_to_its_last_day() -> None:
    case = a_woman()
    tells(case, "reflection", 30, granted="GRANTED", mechanism="COE")

    assert under_reflection(case, days_ago(30))
    assert under_reflection(case, TODAY)
    assert not under_reflection(case, TODAY + timedelta(days=1))
    assert not under_reflection(case, days_ago(31))


def test_a_refused_period_protects_nobody_and_a_named_day_counts() -> None:
    refused, named = a_woman(), a_woman()
    tells(refused, "reflection", 10, granted="REFUSED", mechanism="SRB")
    tells(named, "reflection", 10, granted="GRANTED", mechanism="SRB", granted_until=days_ago(2).isoformat())

    assert not under_reflection(refused, TODAY)
    assert under_reflection(named, days_ago(2))
    assert not under_reflection(named, TODAY)


def test_an_end_closes_one_period_and_not_the_next() -> None:
    case = a_woman()
    tells(case, "reflection", 40, granted="GRANTED", mechanism="SRB")
    tells(case, "reflection_end", 30, ground="PERSON_ENDED")
    tells(case, "reflection", 10, granted="GRANTED", mechanism="SRB")

    assert under_reflection(case, TODAY)
    assert not under_reflection(case, days_ago(20))


def test_an_ended_period_no_longer_protects() -> None:
    case = a_woman()
    tells(case, "reflection", 10, granted="GRANTED", mechanism="SRB")
    tells(case, "reflection_end", 2, ground="PERSON_ENDED")

    assert under_reflection(case, days_ago(3))
    assert not under_reflection(case, TODAY)
