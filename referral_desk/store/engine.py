"""The one place that knows the SQLCipher driver.

Every connection is keyed, hardened and checked before anything else happens on it; the standard
library's sqlite3 is never fallen back to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2

from referral_desk import files
from referral_desk.errors import DeskDamaged, DeskInUse, DiskFull, OtherGeneration, UnwritableTarget
from referral_desk.store.aside import Stopped
from referral_desk.vault.opening import raw_key_pragma
from referral_desk.words import _

_PLAIN_HEADER = b"SQLite format 3"
_PATIENCE = "PRAGMA busy_timeout = 5000"
_PRAGMAS = (
    "PRAGMA temp_store = 2",
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
    "PRAGMA synchronous = FULL",
    "PRAGMA trusted_schema = OFF",
    _PATIENCE,
    "PRAGMA cache_size = -32768",
)
_WRITING_PRAGMA = "PRAGMA journal_mode = WAL"

_NO_REASON = ("disk I/O error", "unable to open")

_STEPS_BETWEEN = 2000
"""Steps of SQLite between two questions whether to stop: about a millisecond."""


def engine(
    file: Path, database_key: bytes, *, stops: Callable[[], bool] | None = None, looking: bool = False
) -> Engine:
    """An engine over the encrypted file, which must exist. Where `stops` says so a long reading ends with Stopped.

    One that is `looking` leaves every byte of file and log as it is: another one brings the log into the file at the
    latest when it is disposed of.
    """
    made = create_engine(
        "sqlite+pysqlite://",
        module=dbapi2,
        creator=lambda: connect(file, database_key, stops=stops, looking=looking),
        poolclass=QueuePool,
        pool_size=2,
        hide_parameters=True,
    )
    if not looking:
        event.listen(made, "begin", _begin)
        event.listen(made, "commit", _count_change)
    return made


def connect(
    file: Path,
    database_key: bytes,
    *,
    create: bool = False,
    stops: Callable[[], bool] | None = None,
    looking: bool = False,
) -> Any:
    """A keyed connection, outside any transaction; a missing file is an error unless it is to be created."""
    with files.told_plainly(file):
        if not create and not file.exists():
            raise DeskDamaged
    mode = "rwc" if create else "ro" if looking else "rw"
    with told_apart(file.parent, connecting=True):
        connection = dbapi2.connect(
            f"{file.absolute().as_uri()}?mode={mode}", uri=True, isolation_level=None, check_same_thread=False
        )
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(raw_key_pragma(database_key))
        _check(connection, file)
        for pragma in _PRAGMAS if looking else (*_PRAGMAS, _WRITING_PRAGMA):
            connection.execute(pragma)
        connection.set_authorizer(_authorize)
        if stops:
            connection.set_progress_handler(stops, _STEPS_BETWEEN)
    return connection


def copy(file: Path, target: Path, database_key: bytes) -> None:
    """Copy the whole store under the same key; `target` must not exist."""
    source, made = connect(file, database_key), connect(target, database_key, create=True)
    try:
        with told_apart(target.parent):
            source.backup(made)
    finally:
        source.close()
        made.close()


def copy_rekeyed(
    file: Path, target: Path, database_key: bytes, new_key: bytes, *, stops: Callable[[], bool] | None = None
) -> None:
    """Write the whole store under another key, on the disk before this returns; `target` must not exist.

    DeskDamaged if a page that is read on the way is not as it was written.
    """
    source = connect(file, database_key, stops=stops)
    # VACUUM attaches the file it writes; nothing but this one statement runs on the connection.
    source.set_authorizer(None)
    try:
        with told_apart(target.parent):
            source.execute("VACUUM INTO ?", (f"{target.absolute().as_uri()}?key=x%27{new_key.hex()}%27",))
    finally:
        source.close()
    files.sync(target)


def checkpoint(made: Engine) -> None:
    """Bring all committed work into the main file and empty the write-ahead log.

    As much of it as goes at once: while a backup reads, the rest stays safe in the log until the next time.
    """
    with _raw(made) as connection:
        connection.execute("PRAGMA busy_timeout = 0")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute(_PATIENCE)


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
def told_apart(place: Path | None = None, *, connecting: bool = False) -> Iterator[None]:
    """Turn what the driver reports into what a person can put right. Its own text never travels on.

    `place` is the folder that is written to: where SQLite does not say why it could not write, trying does.
    """
    try:
        yield
    except (DBAPIError, dbapi2.Error) as error:
        report = str(error.orig if isinstance(error, DBAPIError) else error)
        if place and any(sign in report for sign in _NO_REASON):
            files.try_to_write_in(place)
        raise _meaning(report, connecting=connecting) or error from None


def _meaning(report: str, *, connecting: bool) -> Exception | None:
    if report == "interrupted":
        return Stopped()
    if "file is not a database" in report:
        return OtherGeneration()
    damage = (*_NO_REASON, "malformed", "no such table")
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
