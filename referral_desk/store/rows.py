"""Many records at once: rows as the driver takes them, past the bookkeeping that single records enjoy."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any, cast

from sqlalchemy import Connection, Dialect, Table, insert
from sqlalchemy.dialects.sqlite import dialect as sqlite_dialect
from sqlalchemy.types import TypeEngine

from referral_desk.nrm.case import Base, Case, Step

Row = dict[str, Any]
Kind = type[Base]

dialect: Dialect = sqlite_dialect(paramstyle="named")
_MANY = 1000


class WaitingRows:
    """Rows of cases and steps that are written together; `cases` counts all that ever waited."""

    def __init__(self, connection: Connection) -> None:
        self.cases = 0
        self._connection = connection
        self._waiting: dict[Kind, list[Row]] = {Case: []}

    def add(self, record: Case | Step, *, each: Iterable[Row] = ({},)) -> None:
        """Let a record that was never in the store wait, once for `each` set of columns that differ from its own."""
        kind, common = type(record), _row(record)
        rows = [common | _bound(kind, other) for other in each]
        self._waiting.setdefault(kind, []).extend(rows)
        self.cases += len(rows) if kind is Case else 0

    def put(self, kind: Kind, rows: Iterable[Row]) -> None:
        """Let rows of any table wait."""
        self._waiting.setdefault(kind, []).extend(_bound(kind, row) for row in rows)

    def write_if_many(self) -> None:
        if len(self._waiting[Case]) >= _MANY:
            self.write()

    def write(self) -> None:
        """Write all that waits, cases before their steps."""
        for kind, rows in self._waiting.items():
            if rows:
                self._connection.exec_driver_sql(_statement(kind), rows)
        self._waiting = {Case: []}


def _row(record: Case | Step) -> Row:
    held = vars(record)
    return {name: bind(held.get(name)) for name, bind in _binding(type(record)).items()}


def _bound(kind: Kind, values: Row) -> Row:
    bind = _binding(kind)
    return {name: bind[name](value) for name, value in values.items()}


@cache
def columns(kind: Kind) -> dict[str, TypeEngine[Any]]:
    """The type of every column, as SQLite has it."""
    return {column.key: column.type.dialect_impl(dialect) for column in kind.__table__.columns}


@cache
def _binding(kind: Kind) -> dict[str, Callable[[Any], Any]]:
    """For every column what turns a value of ours into one of the driver."""
    return {name: type_.bind_processor(dialect) or _as_it_is for name, type_ in columns(kind).items()}


@cache
def _statement(kind: Kind) -> str:
    return str(insert(cast("Table", kind.__table__)).compile(dialect=dialect))


def _as_it_is(value: Any) -> Any:
    return value
