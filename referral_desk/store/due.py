"""What is due in all cases, as rows: reckoned in the piece of work that changes a case, read without loading any.

Whenever the rules, their numbers or the country profile change, it is reckoned anew for every case: see `reckoning`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from referral_desk.nrm import mechanism, schedule
from referral_desk.nrm.case import Case
from referral_desk.nrm.deadlines import what_is_due
from referral_desk.store.tables import DueRow

RULES = "3"
"""Raised whenever the rules by which something is due change in code."""


@dataclass(frozen=True)
class Counted:
    """How many things with one key are overdue, due on the day, and coming."""

    overdue: int
    today: int
    coming: int


@dataclass(frozen=True)
class Waiting:
    """One thing that is due, with the reference of its case."""

    case_id: UUID
    case_code: str
    key: str
    due_on: date
    due_at: datetime | None
    kind: str
    step_id: UUID | None


def stamp(home: str, own: mechanism.Own) -> str:
    """By which rules, numbers and values something is reckoned."""
    found = mechanism.of(home)
    values = sorted(f"{code}.{key}={value.written}" for (code, key), value in own.items() if code == home)
    parts = (RULES, schedule.version(), home, found.version, *values)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def rows(case: Case) -> list[dict[str, Any]]:
    """The rows of a case, as it stands; none for one that leads to another."""
    if case.merged_into is not None:
        return []
    return [
        {
            "case_id": case.id,
            "number": number,
            "key": due.key,
            "due_on": due.due_on,
            "due_at": due.due_at,
            "shown_on": due.shown_on,
            "kind": due.kind,
            "step_id": due.step_id,
        }
        for number, due in enumerate(what_is_due(case))
    ]


def waiting(case: Case) -> list[Waiting]:
    """Everything due in a case, from its steps, whatever the store keeps of it; without its reference."""
    told = ("case_id", "key", "due_on", "due_at", "kind", "step_id")
    return [Waiting(case_code="", **{name: row[name] for name in told}) for row in rows(case)]


def reckon(session: Session, case: Case) -> None:
    """Put what is due in a case in the place of what was."""
    session.flush()
    session.execute(delete(DueRow).where(DueRow.case_id == case.id))
    if found := rows(case):
        session.execute(insert(DueRow), found)


def counts(session: Session, on: date) -> dict[str, Counted]:
    """How many of each key there are on a day; only those that are shown by then."""
    found = session.connection().exec_driver_sql(_COUNTS, {"on": on.isoformat()})
    return {key: Counted(overdue, today, coming) for key, overdue, today, coming in found}


def overdue(session: Session, on: date, most: int) -> list[Waiting]:
    """What should have been done before a day, the longest overdue first."""
    return list(_read(session, "due_on < :on", {"on": on.isoformat(), "most": most}))


def today(session: Session, on: date, most: int) -> list[Waiting]:
    return list(_read(session, "due_on = :on", {"on": on.isoformat(), "most": most}))


def coming(session: Session, on: date, most: int) -> list[Waiting]:
    """What is shown by a day and due later, the next first."""
    return list(_read(session, "due_on > :on AND shown_on <= :on", {"on": on.isoformat(), "most": most}))


def of_keys(session: Session, keys: Collection[str], on: date, most: int) -> list[Waiting]:
    """What is shown of some keys, the earliest due first: asked key by key, so that the index gives the order."""
    found = [
        one
        for key in keys
        for one in _read(
            session, "due.key = :key AND shown_on <= :on", {"key": key, "on": on.isoformat(), "most": most}
        )
    ]
    return sorted(found, key=lambda one: one.due_on)[:most]


def of_case(session: Session, case_id: UUID) -> list[Waiting]:
    """Everything due in a case, the earliest first, whether or not it is shown already; without its reference."""
    return list(_rows(session, _OF_CASE, {"case_id": case_id.hex}))


def _read(session: Session, where: str, values: dict[str, Any]) -> Iterator[Waiting]:
    return _rows(session, _STATEMENTS[where], values)


def _rows(session: Session, statement: str, values: dict[str, Any]) -> Iterator[Waiting]:
    """As the driver reads them, like steps; see `reading`."""
    return map(_waiting, session.connection().connection.cursor().execute(statement, values).fetchall())


def _waiting(row: Iterable[Any]) -> Waiting:
    case_id, code, key, due_on, due_at, kind, step_id = row
    return Waiting(
        UUID(case_id),
        code,
        key,
        date.fromisoformat(due_on),
        datetime.fromisoformat(due_at) if due_at else None,
        kind,
        UUID(step_id) if step_id else None,
    )


_COUNTS = """
    SELECT key, sum(due_on < :on), sum(due_on = :on), sum(due_on > :on)
    FROM due WHERE shown_on <= :on GROUP BY key
"""

_ROWS = """
    SELECT case_id, code, key, due_on, due_at, kind, step_id FROM due JOIN cases ON cases.id = due.case_id
    WHERE {} ORDER BY due_on LIMIT :most
"""

_OF_CASE = """
    SELECT case_id, '', key, due_on, due_at, kind, step_id FROM due WHERE case_id = :case_id ORDER BY number
"""

_STATEMENTS = {
    where: _ROWS.format(where)
    for where in (
        "due_on < :on",
        "due_on = :on",
        "due_on > :on AND shown_on <= :on",
        "due.key = :key AND shown_on <= :on",
    )
}
