"""Steps as the driver reads them: SQLAlchemy takes longer for one statement than SQLite for all that a case holds.

They belong to no session: what is changed in one is not kept. No step is ever overwritten; see Work.put().
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cache, lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Connection, Uuid, inspect
from sqlalchemy.types import TypeEngine

from referral_desk.nrm.case import Step
from referral_desk.nrm.fields import Code, Codes
from referral_desk.store import step_kinds
from referral_desk.store.rows import columns, dialect

_OF_ONE = "SELECT {columns} FROM {kind} WHERE case_id = :id AND current"
_OF_MANY = "SELECT {columns} FROM {kind} WHERE case_id IN (SELECT value FROM json_each(:ids)) AND current"
_STATE = "_sa_instance_state"
_NOTHING = "{}"
_KEPT = 256
_uuid = lru_cache(_KEPT)(UUID)
"""Most ids in a step are those of its case, and of steps that were just read."""


def steps(connection: Connection, ids: Collection[UUID], kinds: Iterable[type[Step]]) -> Iterator[Step]:
    """The current steps of some cases and kinds, kind by kind."""
    wanted = {"ids": json.dumps([id_.hex for id_ in ids])}
    return _read(connection.connection.cursor(), _OF_MANY, wanted, kinds)


def whole(connection: Connection, case_id: UUID) -> Iterator[Step]:
    """All current steps of one case, kind by kind."""
    cursor = connection.connection.cursor()
    return _read(cursor, _OF_ONE, {"id": case_id.hex}, step_kinds.in_case(cursor, case_id))


def _read(cursor: Any, which: str, wanted: dict[str, str], kinds: Iterable[type[Step]]) -> Iterator[Step]:
    for kind in kinds:
        cursor.execute(_statement(which, kind), wanted)
        made = _maker(kind)
        for row in cursor.fetchall():
            yield made(row)


@cache
def _statement(which: str, kind: type[Step]) -> str:
    return which.format(columns=", ".join(columns(kind)), kind=kind.kind)


@cache
def _maker(kind: type[Step]) -> Callable[[Iterable[Any]], Step]:
    """What turns a row into a step: the values of the driver into ours, where there is one."""
    names = tuple(columns(kind))
    told = tuple((name, read) for name, type_ in columns(kind).items() if (read := _reader(type_)))
    new = inspect(kind).class_manager.new_instance

    def made(row: Iterable[Any]) -> Step:
        held = dict(zip(names, row, strict=True))
        for name, read in told:
            if (written := held[name]) is not None:
                held[name] = read(written)
        step: Step = new()
        # In the place of its own, which holds nothing else yet: to fill that one takes longer than to make the step.
        held[_STATE] = step.__dict__[_STATE]
        step.__dict__ = held
        return step

    return made


def _reader(type_: TypeEngine[Any]) -> Callable[[Any], Any] | None:
    """What turns a value of the driver into ours, None where nothing does. The same few codes stand in most records."""
    read: Callable[[Any], Any] | None = type_.result_processor(dialect, None)
    if isinstance(type_, JSON):
        return lambda written: {} if written == _NOTHING else read(written) if read else written
    if isinstance(type_, Uuid):
        return _uuid
    return lru_cache(_KEPT)(read) if read and isinstance(type_, (Code, Codes)) else read
