"""Steps as the driver reads them: SQLAlchemy takes longer for one statement than SQLite for all that a case holds.

They belong to no session: what is changed in one is not kept. No step is ever overwritten; see Work.put().
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, inspect

from referral_desk.nrm.case import KINDS, Step
from referral_desk.store.rows import columns, dialect

_CURRENT = "SELECT {columns} FROM {kind} WHERE case_id IN (SELECT value FROM json_each(:ids)) AND current"
_PROBE = "SELECT '{0}' WHERE EXISTS (SELECT 1 FROM {0} WHERE case_id = :id AND current)"


def steps(connection: Connection, ids: Collection[UUID], kinds: Iterable[type[Step]]) -> Iterator[Step]:
    """The current steps of some cases and kinds, kind by kind."""
    cursor = connection.connection.cursor()
    wanted = {"ids": json.dumps([id_.hex for id_ in ids])}
    for kind in kinds:
        cursor.execute(_statement(kind), wanted)
        made = _maker(kind)
        for row in cursor.fetchall():
            yield made(row)


def kinds_in(connection: Connection, case_id: UUID) -> list[type[Step]]:
    """The kinds of step that a case holds, found by one statement over the indices."""
    cursor = connection.connection.cursor()
    cursor.execute(_which_kinds(), {"id": case_id.hex})
    return [KINDS[code] for (code,) in cursor.fetchall()]


@cache
def _which_kinds() -> str:
    return " UNION ALL ".join(map(_PROBE.format, KINDS))


@cache
def _statement(kind: type[Step]) -> str:
    return _CURRENT.format(columns=", ".join(columns(kind)), kind=kind.kind)


@cache
def _maker(kind: type[Step]) -> Callable[[Iterable[Any]], Step]:
    """What turns a row into a step: the values of the driver into ours, where there is one."""
    names = tuple(columns(kind))
    types = {name: type_.result_processor(dialect, None) for name, type_ in columns(kind).items()}
    told = tuple((name, read) for name, read in types.items() if read)
    new = inspect(kind).class_manager.new_instance

    def made(row: Iterable[Any]) -> Step:
        held = dict(zip(names, row, strict=True))
        for name, read in told:
            if held[name] is not None:
                held[name] = read(held[name])
        step: Step = new()
        step.__dict__.update(held)
        return step

    return made
