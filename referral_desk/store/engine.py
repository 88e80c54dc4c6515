"""The one place that knows the SQLCipher driver.

Every connection is keyed, hardened and checked before anything else happens on it; the standard
library's sqlite3 is never fallen back to.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2

from referral_desk.errors import DeskDamaged, DeskInUse, DiskFull, OtherGeneration, UnwritableTarget
from referral_desk.vault.opening import raw_key_pragma
from referral_desk.words import _

_PLAIN_HEADER = b"SQLite format 3"
_PRAGMAS = (
    "PRAGMA temp_store = 2",
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA busy_timeout = 5000",
    "PRAGMA cache_size = -32768",
)


def engine(file: Path, database_key: bytes) -> Engine:
    """An engine over the encrypted file, which must exist."""
    made = create_engine(
        "sqlite+pysqlite://",
        module=dbapi2,
        creator=lambda: connect(file, database_key),
        poolclass=QueuePool,
        pool_size=2,
        hide_parameters=True,
    )
    event.listen(made, "begin", _begin)
    return made


def connect(file: Path, database_key: bytes, *, create: bool = False) -> Any:
    """A keyed connection, outside any transaction; a missing file is an error unless it is to be created."""
    if not create and not file.exists():
        raise DeskDamaged
    mode = "rwc" if create else "rw"
    with told_apart():
        connection = dbapi2.connect(
            f"{file.absolute().as_uri()}?mode={mode}", uri=True, isolation_level=None, check_same_thread=False
        )
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(raw_key_pragma(database_key))
        _check(connection, file)
        for pragma in _PRAGMAS:
            connection.execute(pragma)
        connection.set_authorizer(_authorize)
    return connection


def copy(file: Path, target: Path, database_key: bytes) -> None:
    """Copy the whole store under the same key; `target` must not exist."""
    source, made = connect(file, database_key), connect(target, database_key, create=True)
    try:
        with told_apart():
            source.backup(made)
    finally:
        source.close()
        made.close()


def checkpoint(made: Engine) -> None:
    """Bring all committed work into the main file and empty the write-ahead log."""
    raw = made.raw_connection()
    try:
        raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        raw.close()


@contextmanager
def told_apart() -> Iterator[None]:
    """Turn what the driver reports into what a person can put right. Its own text never travels on."""
    try:
        yield
    except DBAPIError as error:
        raise _meaning(str(error.orig)) or error from None
    except dbapi2.Error as error:
        raise _meaning(str(error)) or error from None


def _meaning(report: str) -> Exception | None:
    if "file is not a database" in report:
        return OtherGeneration()
    if any(sign in report for sign in ("malformed", "disk I/O error", "unable to open", "no such table")):
        return DeskDamaged()
    if "readonly" in report:
        return UnwritableTarget(file=_("The folder of the desk"))
    if "is full" in report:
        return DiskFull()
    return DeskInUse() if "is locked" in report else None


def _check(connection: Any, file: Path) -> None:
    """A store that is not encrypted, or a driver that cannot encrypt, must never be worked with."""
    with file.open("rb") as opened:
        if opened.read(len(_PLAIN_HEADER)) == _PLAIN_HEADER:
            raise DeskDamaged
    options = {row[0] for row in connection.execute("PRAGMA compile_options")}
    if not connection.execute("PRAGMA cipher_version").fetchone() or not options & {"TEMP_STORE=2", "TEMP_STORE=3"}:
        raise DeskDamaged
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()


def _begin(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _authorize(action: int, first: str | None, second: str | None, *_where: object) -> int:
    """No statement may open another file, load code, or send temporary tables to the disk."""
    denied = (
        action in (dbapi2.SQLITE_ATTACH, dbapi2.SQLITE_DETACH)
        or (action == dbapi2.SQLITE_PRAGMA and first == "temp_store" and second is not None)
        or (action == dbapi2.SQLITE_FUNCTION and second == "load_extension")
    )
    return int(dbapi2.SQLITE_DENY if denied else dbapi2.SQLITE_OK)
