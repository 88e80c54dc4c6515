"""What is measured on: a practice desk, and the same rows in plain SQLite, in a folder that is thrown away."""

from __future__ import annotations

import pickle
import sqlite3
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from datetime import date
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import select

from referral_desk import store
from referral_desk.exchange import practice, stories
from referral_desk.nrm import mechanism
from referral_desk.nrm.case import KINDS, Case
from referral_desk.store import Purpose, named
from referral_desk.store.names import folded
from referral_desk.vault.passphrases import new_recovery_key
from referral_desk.vault.slots import FLOOR

OPENED_CASES = 200
MECHANISM = "SRB"
TOLD_AT_ONCE, AHEAD = 100, 8
PASSPHRASE = "lantern gravel otter puzzle meadow"

_PRAGMAS = ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "cache_size = -32768")


def new_desk(folder: Path, purpose: Purpose) -> store.Desk:
    recovery_key = new_recovery_key()
    return store.create(
        folder, passphrase=PASSPHRASE, recovery_key=recovery_key, cost=FLOOR, purpose=purpose, mechanism=MECHANISM
    )


def desk(ground: Path) -> store.Desk:
    return store.open_desk(ground / "desk", passphrase=PASSPHRASE)


def plain(file: Path) -> sqlite3.Connection:
    """SQLite as the standard library brings it, as careful on the disk as ours."""
    connection = sqlite3.connect(file, isolation_level=None)
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    return connection


def invent(ground: Path, cases: int) -> int:
    """A practice desk, its stories told on all processors: of a hundred thousand that is half of the time.

    What is due is reckoned from each of them, as always.
    """
    with new_desk(ground / "desk", Purpose.PRACTICE) as made, made.work() as work:
        practice.prepare(made, work)
        return work.bring_in(_told(cases, work.today))


def _told(cases: int, today: date) -> Iterator[Case]:
    """Stories, some hundred ahead of what is written."""
    counts = [min(TOLD_AT_ONCE, cases - begin) for begin in range(0, cases, TOLD_AT_ONCE)]
    with ProcessPoolExecutor() as pool:
        coming = deque(pool.submit(_tell, today, *one) for one in enumerate(counts[:AHEAD]))
        number = len(coming)
        while coming:
            yield from pickle.loads(coming.popleft().result())  # noqa: S301 - from our own process
            for count in counts[number : number + 1]:
                coming.append(pool.submit(_tell, today, number, count))
                number += 1


def _tell(today: date, number: int, count: int) -> bytes:
    """In a process of its own; pickled here, so that it costs the other one little."""
    mechanism.use(MECHANISM, {})
    rng = Random(number)
    return pickle.dumps([stories.tell(rng, today=today, mechanism=MECHANISM) for _case in range(count)])


def copy_plainly(ground: Path) -> None:
    """Write the practice desk into plain SQLite, and beside it the names that a search finds."""
    part = ground / "plain.part"
    with desk(ground) as opened, closing(plain(part)) as target:
        target.execute("BEGIN")
        copy_tables(opened, target, ["cases", *KINDS, "due"])
        target.execute("CREATE TABLE names (case_id TEXT, line TEXT)")
        target.executemany("INSERT INTO names VALUES (?, ?)", _names(opened))
        target.execute("COMMIT")
    part.rename(ground / "plain.db")


def count(ground: Path) -> int:
    """How many cases there are."""
    with closing(plain(ground / "plain.db")) as store:
        [cases] = store.execute("SELECT count(*) FROM cases").fetchone()
        return int(cases)


def steps(ground: Path) -> float:
    """How many steps a case has, on the average."""
    with closing(plain(ground / "plain.db")) as store:
        counted = (store.execute(f"SELECT count(*) FROM {kind} WHERE current").fetchone()[0] for kind in KINDS)  # noqa: S608
        return float(sum(counted)) / count(ground)


def some_cases(opened: store.Desk) -> list[UUID]:
    with opened.work(unsealed=False) as work:
        ids = list(work.session.scalars(select(Case.id).order_by(Case.id)))
    return Random(1).sample(ids, min(OPENED_CASES, len(ids)))


def cases_of(opened: store.Desk, steps: int) -> list[UUID]:
    """Cases with so many steps: those of the stories have half as many again."""
    each = " UNION ALL ".join(f"SELECT case_id FROM {kind} WHERE current" for kind in KINDS)  # noqa: S608 - our own
    counted = f"SELECT case_id FROM ({each}) GROUP BY case_id HAVING count(*) = {steps} ORDER BY case_id"  # noqa: S608
    with opened.work(unsealed=False) as work:
        ids = [UUID(id_) for (id_,) in work.session.connection().exec_driver_sql(counted)]
    return Random(1).sample(ids, min(OPENED_CASES, len(ids)))


def copy_tables(source: store.Desk, target: sqlite3.Connection, tables: list[str]) -> None:
    """Copy tables with their indices."""
    with closing(source.engine.raw_connection()) as raw:
        for table in tables:
            for statement in definitions(raw.cursor(), table):
                target.execute(statement)
            put(target, table, raw.cursor().execute(f"SELECT * FROM {table}"))  # noqa: S608 - our own tables


def definitions(cursor: Any, table: str) -> list[str]:
    found = cursor.execute(
        "SELECT sql FROM sqlite_master WHERE tbl_name = ? AND sql <> '' AND type <> 'trigger' ORDER BY type DESC",
        (table,),
    )
    return [statement for (statement,) in found.fetchall()]


def put(target: sqlite3.Connection, table: str, rows: Iterable[Any]) -> None:
    width = len(target.execute(f"SELECT * FROM {table} LIMIT 0").description)  # noqa: S608
    places = ", ".join("?" * width)
    target.executemany(f"INSERT INTO {table} VALUES ({places})", rows)  # noqa: S608


def _names(opened: store.Desk) -> Iterator[tuple[str, str]]:
    """What the index holds of each case; read there, because reading case by case fills the journal."""
    with opened.work() as work:
        yield from ((id_.hex, folded(text)) for id_, text in named.entries(work))
