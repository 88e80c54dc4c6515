"""Reckoning what is due in all cases anew, in short pieces of work, each kept for itself.

Cases are gone through by their ids; how far one has come stands beside the rules, so that it goes on there after a
lock or a loss of power. What is written in a case meanwhile is reckoned by the rules in force in any way.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from referral_desk.nrm import mechanism
from referral_desk.nrm.case import Case
from referral_desk.store import due
from referral_desk.store.tables import About, DueRow, Purpose

if TYPE_CHECKING:
    from referral_desk.store.desk import Desk
    from referral_desk.store.work import Work

PIECE = 0.04
"""Seconds of a piece, on any computer; then others have their turn."""
FEW = 30
"""Cases between two looks at the clock."""

_BEGINNING = UUID(int=0)
_WITH = "@"
"""Between the rules and the last case that was reckoned by them, until all are."""


@dataclass(frozen=True)
class HowFar:
    """How many cases have been reckoned anew, and of how many."""

    done: int
    of: int


def how_far(session: Session) -> HowFar | None:
    """None where every case was reckoned by the rules and values in force."""
    reached = _reached(session)
    return None if reached is None else _how_far(session, reached)


def has_reached(session: Session, case_id: UUID) -> bool:
    """Whether what is due in a case was reckoned by the rules in force."""
    reached = _reached(session)
    return reached is None or case_id <= reached


def go_on(work: Work) -> HowFar | None:
    """Reckon a piece more of the cases; how far it has come, None where all of them are reckoned."""
    session, end = work.session, time.monotonic() + PIECE
    reached, is_over = _reached(session), False
    if reached is None:
        return None
    while not is_over:
        ids = list(session.scalars(select(Case.id).where(Case.id > reached).order_by(Case.id).limit(FEW)))
        _reckon(work, ids)
        if len(ids) < FEW:
            session.get_one(About, 1).reckoned = _in_force()
            work.has_written = True
            return None
        reached, is_over = ids[-1], time.monotonic() >= end
    session.get_one(About, 1).reckoned = f"{_in_force()}{_WITH}{reached.hex}"
    return _how_far(session, reached)


def finish(desk: Desk, tell: Callable[[HowFar], object] = lambda _far: None) -> None:
    """Reckon all that is left, piece by piece; `tell` hears after each how far it has come."""
    far: HowFar | None = HowFar(0, 0)
    while far:
        with desk.work(unsealed=False) as work:
            far = go_on(work)
        if far:
            tell(far)


def _reckon(work: Work, ids: list[UUID]) -> None:
    found = [row for case in work.cases(ids) for row in due.rows(case)]
    work.session.execute(delete(DueRow).where(DueRow.case_id.in_(ids)))
    if found:
        work.session.execute(insert(DueRow), found)


def _reached(session: Session) -> UUID | None:
    """The last case that was reckoned by what is in force; None where all of them are."""
    about = session.get_one(About, 1)
    rules, _with, case_id = about.reckoned.partition(_WITH)
    if about.purpose == Purpose.EVALUATION.value:  # nothing in public data is ever due
        return None
    if rules != _in_force():
        return _BEGINNING
    return UUID(case_id) if case_id else None


def _how_far(session: Session, reached: UUID) -> HowFar:
    count = select(func.count()).select_from(Case)
    return HowFar(session.scalar(count.where(Case.id <= reached)) or 0, session.scalar(count) or 0)


def _in_force() -> str:
    return due.stamp(*mechanism.in_force())
