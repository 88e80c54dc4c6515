"""Which periods have ended with enough cases to become a block, and whose cases may come into one."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, String, func, or_, select
from sqlalchemy import cast as as_type

from referral_desk.statistics import blocks, restored, sealed
from referral_desk.statistics.blocks import Period
from referral_desk.statistics.counting import CASES, countable
from referral_desk.statistics.standard import Counted
from referral_desk.store import Purpose, Work
from referral_desk.store.figure_tables import CountedRow, FrozenRow

ENOUGH, ENOUGH_FOR_A_YEAR = 50, 20
"""Cases that close a period, and a year."""

COUNTED = CountedRow.__table__


def enough(period: Period) -> int:
    """How many cases close a period."""
    return ENOUGH_FOR_A_YEAR if period.last.month == 12 else ENOUGH


def ends(work: Work, counted: Counted, *, stop_at_first: bool = False) -> list[tuple[Period, int]]:
    """The periods that have ended with enough cases, from the first day without a block, the shortest first."""
    day = func.substr(as_type(counted.day, String), 1, 7)
    months = work.session.execute(
        select(day, func.count()).select_from(CASES).where(*uncounted(work, counted)).group_by(day).order_by(day)
    )
    by_month = {month: number for month, number in months if month}
    if not by_month:
        return []
    first = _start(work, counted.family.name, by_month)
    since = held_back(work, counted.family.name)
    if since and blocks.quarter_of(first).last < since:
        return []
    # Of public data no more than the year is known.
    years_only = work.about().purpose == Purpose.EVALUATION.value
    found = []
    if years_only:
        first = date(first.year, 1, 1)
    quarter = blocks.quarter_of(first)
    while quarter.last < work.today:
        number = sum(count for month, count in by_month.items() if month <= quarter.last.isoformat()[:7])
        if _closes(first, quarter.last, number, years_only=years_only):
            found.append((Period(first, quarter.last), number))
            if stop_at_first:
                break
        quarter = blocks.quarter_of(date.fromordinal(quarter.last.toordinal() + 1))
    return found


def _closes(first: date, last: date, number: int, *, years_only: bool) -> bool:
    """Whether a period ends here: with a quarter, a half-year or a year, never across them without need."""
    ends_year = last.month == 12
    if number < enough(Period(first, last)):
        return False
    return ends_year or (not years_only and (last.month == 6 or blocks.quarter_of(first).last == last))


def _start(work: Work, family: str, by_month: dict[str, int]) -> date:
    """The day after the last block; later, if nobody came meanwhile: a time without cases belongs to no block."""
    year, month = map(int, min(by_month).split("-"))
    earliest = blocks.quarter_of(date(year, month, 1)).first
    last = max(filter(None, (_last_day(work, family), restored.closed_for_ever(work))), default=None)
    return max(earliest, date.fromordinal(last.toordinal() + 1)) if last else earliest


def _last_day(work: Work, family: str) -> date | None:
    return work.session.scalar(select(func.max(FrozenRow.last_day)).where(FrozenRow.family == family))


def held_back(work: Work, family: str) -> date | None:
    """The day of a restore, where a period that ended before may have been published and is not here."""
    since, last = restored.unsettled(work), _last_day(work, family)
    if since is None or (last and last >= date.fromordinal(blocks.quarter_of(since).first.toordinal() - 1)):
        return None
    return since


def uncounted(work: Work, counted: Counted) -> tuple[ColumnElement[bool], ...]:
    """Who is in no block yet, and may come into one; whoever was counted before a merge is not counted after it.

    Nor is anybody who went into a sealed sum of another time.
    """
    day, over = as_type(counted.day, String), restored.closed_for_ever(work)
    told = sealed.with_later(select(COUNTED.c.case_id).where(COUNTED.c.family == counted.family.name))
    is_counted = or_(CASES.c.id.in_(select(told.c.case_id)), sealed.is_in_another_sum(counted))
    return day > over.isoformat() if over else day.is_not(None), ~is_counted, *countable()
