"""Days and calendar months, partial dates, and whom a reflection period protects on which day."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_desk.errors import ImpossibleDate
from referral_desk.nrm import mechanism
from referral_desk.nrm.dates import PartialDate, Period, Unit
from referral_desk.nrm.reflection import under_reflection
from referral_desk.nrm.working_days import WorkingDays, weekend_of
from tests.cast import TODAY, a_woman, days_ago, happens, step, tells


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
    period = mechanism.of(code).reflection.period

    assert period
    assert period.end(date(2026, 12, 1)) == last_day


SERBIA = WorkingDays("SRB")


def test_working_days_skip_weekends_and_national_holidays() -> None:
    new_year = date(2026, 12, 31)  # a Thursday; 1 and 2 January are free, 7 January is Christmas

    assert Period(3, Unit.WORKING_DAYS).end(new_year, SERBIA) == date(2027, 1, 6)
    assert Period(4, Unit.WORKING_DAYS).end(new_year, SERBIA) == date(2027, 1, 8)
    assert Period(4, Unit.WORKING_DAYS).end(new_year, WorkingDays("GBR")) == date(2027, 1, 7)
    assert SERBIA.after(date(2027, 1, 8), -2) == date(2027, 1, 5)
    assert SERBIA.after(date(2027, 1, 3), 0) == date(2027, 1, 3)


def test_the_weekend_is_the_countrys_and_may_be_the_offices() -> None:
    thursday = date(2026, 11, 26)

    assert WorkingDays().after(thursday, 2) == date(2026, 11, 30)
    assert WorkingDays(weekend=weekend_of("FRI, SAT")).after(thursday, 1) == date(2026, 11, 29)
    assert WorkingDays("EGY").after(thursday, 1) == date(2026, 11, 29)


def test_whose_holidays_nobody_listed_has_at_least_its_weekend() -> None:
    assert WorkingDays("XKX").after(date(2026, 11, 27), 1) == date(2026, 11, 30)
    assert not WorkingDays("DEU", None).is_working(date(2027, 1, 1))
    assert WorkingDays("DEU").is_working(date(2027, 1, 6))
    assert not WorkingDays("DEU-BY").is_working(date(2027, 1, 6))


@given(st.dates(date(2020, 1, 1), date(2035, 1, 1)), st.integers(1, 30))
def test_working_days_are_counted_one_by_one(start: date, count: int) -> None:
    end = SERBIA.after(start, count)
    between = [start + timedelta(days=ahead) for ahead in range(1, (end - start).days + 1)]

    assert sum(map(SERBIA.is_working, between)) == count
    assert SERBIA.is_working(end)


def test_hours_end_at_their_hour_and_on_a_day() -> None:
    start = datetime(2026, 11, 30, 15, 20)  # noqa: DTZ001 - the store keeps UTC without saying so

    assert Period(24, Unit.HOURS).end_at(start) == start + timedelta(days=1)
    assert Period(72, Unit.HOURS).end(start.date()) == date(2026, 12, 3)
    assert Period(2, Unit.YEARS).end(date(2024, 2, 29)) == date(2026, 2, 28)
    assert Period(3, Unit.DAYS).end_at(start) is None


@pytest.mark.parametrize("written", ["24 hours", "1 days", "5 working days", "3 months", "2 years"])
def test_a_period_is_read_back_as_it_was_written(written: str) -> None:
    assert Period.of(written).written == written


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
    short = step("reflection", 10, granted="GRANTED", mechanism="SRB", granted_until=days_ago(2).isoformat())
    happens(named, short, because={"F2": "so it was decided"})

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
