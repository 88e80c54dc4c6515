"""The one place that knows the SQLCipher driver.

Every connection is keyed, hardened and checked before anything else happens on it; the standard
library's sqlite3 is never fallen back to.
"""

from __future__ import annotations

import os
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
    event.listen(made, "commit", _count_change)
    return made


def connect(file: Path, database_key: bytes, *, create: bool = False) -> Any:
    """A keyed connection, outside any transaction; a missing file is an error unless it is to be created."""
    if not create and not file.exists():
        raise DeskDamaged
    mode = "rwc" if create else "rw"
    with told_apart(connecting=True):
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


def copy_rekeyed(file: Path, target: Path, database_key: bytes, new_key: bytes) -> None:
    """Write the whole store under another key, on the disk before this returns; `target` must not exist.

    DeskDamaged if a page that is read on the way is not as it was written.
    """
    source = connect(file, database_key)
    # VACUUM attaches the file it writes; nothing but this one statement runs on the connection.
    source.set_authorizer(None)
    try:
        with told_apart():
            source.execute("VACUUM INTO ?", (f"{target.absolute().as_uri()}?key=x%27{new_key.hex()}%27",))
    finally:
        source.close()
    with target.open("rb+") as written:
        os.fsync(written.fileno())


def checkpoint(made: Engine) -> None:
    """Bring all committed work into the main file and empty the write-ahead log."""
    with _raw(made) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def is_whole(made: Engine) -> bool:
    """Whether every page, index and reference is as it should be; others may write meanwhile.

    After a checkpoint only: pages in the log are not looked at.
    """
    with _raw(made) as connection:
        found = connection.execute("PRAGMA integrity_check").fetchall()
        return found == [("ok",)] and not connection.execute("PRAGMA foreign_key_check").fetchall()


def changes(made: Engine) -> int:
    """How many transactions have changed the store since it was made."""
    with _raw(made) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


@contextmanager
def told_apart(*, connecting: bool = False) -> Iterator[None]:
    """Turn what the driver reports into what a person can put right. Its own text never travels on."""
    try:
        yield
    except DBAPIError as error:
        raise _meaning(str(error.orig), connecting=connecting) or error from None
    except dbapi2.Error as error:
        raise _meaning(str(error), connecting=connecting) or error from None


def _meaning(report: str, *, connecting: bool) -> Exception | None:
    if "file is not a database" in report:
        return OtherGeneration()
    damage = ("malformed", "disk I/O error", "unable to open", "no such table")
    if any(sign in report for sign in damage):
        return DeskDamaged()
    if "readonly" in report:
        # Said at once it is the folder; said later, SQLCipher has met a page that is not as it was written.
        return UnwritableTarget(file=_("The folder of the desk")) if connecting else DeskDamaged()
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
    connection.info["rows_changed"] = connection.connection.total_changes


def _count_change(connection: Any) -> None:
    """Let every transaction that changes a row count itself, in the header of the file and together with the rest."""
    if connection.connection.total_changes == connection.info["rows_changed"]:
        return
    cursor = connection.connection.cursor()
    [number] = cursor.execute("PRAGMA user_version").fetchone()
    cursor.execute(f"PRAGMA user_version = {number + 1}")


@contextmanager
def _raw(made: Engine) -> Iterator[Any]:
    """A connection outside any transaction."""
    connection = made.raw_connection()
    try:
        yield connection.cursor()
    finally:
        connection.close()


def _authorize(action: int, first: str | None, second: str | None, *_where: object) -> int:
    """No statement may open another file, load code, or send temporary tables to the disk."""
    denied = (
        action in (dbapi2.SQLITE_ATTACH, dbapi2.SQLITE_DETACH)
        or (action == dbapi2.SQLITE_PRAGMA and first == "temp_store" and second is not None)
        or (action == dbapi2.SQLITE_FUNCTION and second == "load_extension")
    )
    return int(dbapi2.SQLITE_DENY if denied else dbapi2.SQLITE_OK)
