"""Who went into a sealed sum: whatever is corrected, merged or opened again later, each person stands in one sum only.

A desk too small for blocks of its own knows it from nothing else.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import CTE, ColumnElement, Select, String, delete, exists, insert, literal, or_, select
from sqlalchemy import cast as as_type

from referral_desk.statistics.blocks import Period
from referral_desk.statistics.counting import CASES
from referral_desk.statistics.standard import Counted
from referral_desk.store import Work
from referral_desk.store.figure_tables import SealedRow

SEALED = SealedRow.__table__


def note(work: Work, family: str, which: ColumnElement[bool], round_id: str, period: Period) -> None:
    """Remember whose case went into a round."""
    told = (literal(family), CASES.c.id, literal(round_id), literal(period.first), literal(period.last))
    columns = ["family", "case_id", "round_id", "first_day", "last_day"]
    work.session.execute(insert(SealedRow).from_select(columns, select(*told).where(which)))


def forget(work: Work, round_id: str) -> None:
    """Of a round that was given up there never is a sum."""
    work.session.execute(delete(SealedRow).where(SealedRow.round_id == round_id))


def with_later(told: Select[Any]) -> CTE:
    """Some cases, and those into which they were merged: the first column is the case, the others stay."""
    every = told.cte(recursive=True)
    later = select(CASES.c.merged_into, *list(every.c)[1:])
    return every.union(later.where(CASES.c.id == every.c.case_id, CASES.c.merged_into.is_not(None)))


def is_in_another_sum(counted: Counted, period: Period | None = None) -> ColumnElement[bool]:
    """Whether a person is in a sealed sum of another time than this period, or than the one where she or he stands."""
    own = select(SEALED.c.case_id, SEALED.c.first_day, SEALED.c.last_day)
    told = with_later(own.where(SEALED.c.family == counted.family.name))
    first, last = (as_type(day, String) for day in (told.c.first_day, told.c.last_day))
    if period is None:
        day = as_type(counted.day, String)
        elsewhere = or_(day < first, day > last)
    else:
        elsewhere = or_(first != period.first.isoformat(), last != period.last.isoformat())
    return exists().where(told.c.case_id == CASES.c.id, elsewhere)
