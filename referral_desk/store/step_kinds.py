"""Which kinds of step a case holds: looking for them in the index of every kind costs more than to read them all.

The database keeps the list itself, so that no way of writing a step can forget it. A kind stays in it once it was
taken: one too many costs an empty reading, one too few would hide a step.
"""

from __future__ import annotations

from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from referral_desk.nrm.case import KINDS, Step

_NOTE = """
    CREATE TRIGGER IF NOT EXISTS {kind}_{moment}_is_listed AFTER {event} ON {kind} BEGIN
        INSERT INTO step_kinds (case_id, kinds) VALUES (new.case_id, '{kind}')
        ON CONFLICT (case_id) DO UPDATE SET kinds = kinds || ' {kind}'
        WHERE instr(' ' || kinds || ' ', ' {kind} ') = 0;
    END
"""
_EVENTS = {"taken": "INSERT", "moved": "UPDATE OF case_id"}

_OF_CASE = "SELECT kinds FROM step_kinds WHERE case_id = :id"


def in_case(cursor: Any, case_id: UUID) -> list[type[Step]]:
    """The kinds that a case holds or once held."""
    found = cursor.execute(_OF_CASE, {"id": case_id.hex}).fetchone()
    return [KINDS[kind] for kind in found[0].split(" ")] if found else []


def keep(connection: Connection) -> None:
    """Have the database list the kinds from now on, and list what is there; whenever tables have changed."""
    for kind in KINDS:
        for moment, event in _EVENTS.items():
            connection.exec_driver_sql(_NOTE.format(kind=kind, moment=moment, event=event))
    connection.exec_driver_sql("DELETE FROM step_kinds")
    connection.exec_driver_sql(_everything_there())


@cache
def _everything_there() -> str:
    each = " UNION ALL ".join(f"SELECT DISTINCT case_id, '{kind}' AS kind FROM {kind}" for kind in KINDS)  # noqa: S608
    return f"INSERT INTO step_kinds SELECT case_id, group_concat(kind, ' ') FROM ({each}) GROUP BY case_id"  # noqa: S608
