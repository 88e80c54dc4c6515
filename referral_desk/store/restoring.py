"""From a backup to a desk again: a summary first, and only into a new folder."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from sqlalchemy.orm import Session

from referral_desk import journal
from referral_desk.errors import BackupUnreadable, DeskDamaged, OtherGeneration
from referral_desk.journal import Act
from referral_desk.store import engine, ledger, migrating, opening, records, roster
from referral_desk.store import folder as places
from referral_desk.store.desk import Clock, Desk, now
from referral_desk.store.rotation import remove_database
from referral_desk.vault import backup, keyfile, members
from referral_desk.vault.derivation import new_key
from referral_desk.vault.keyfile import FIRST_DATABASE, KeyFile
from referral_desk.vault.opening import OpenedKeys, open_with_recovery
from referral_desk.vault.sealing import Seal


@dataclass(frozen=True)
class Summary:
    """What a backup holds, for somebody who is about to restore it. `as_of` is the last act in it, in UTC."""

    organisation: str
    cases: int
    first_opened: date | None
    last_opened: date | None
    as_of: datetime


def summary(folder: Path, recovery_key: str) -> Summary:
    """Open a backup without changing it. NoDesk, WrongRecoveryKey or BackupUnreadable."""
    read, keys = _opened(folder, recovery_key)
    connection = engine.connect(folder / read.database, keys.database_key)
    try:
        # By name, and not by what the program declares today: a backup may be older than the last migration.
        [organisation] = connection.execute("SELECT organisation FROM about").fetchone()
        cases, first, last = connection.execute("SELECT count(*), min(opened_on), max(opened_on) FROM cases").fetchone()
        [as_of] = connection.execute("SELECT max(at) FROM journal").fetchone()
    finally:
        connection.close()
    return Summary(organisation, cases, _day(first), _day(last), datetime.fromisoformat(as_of))


def restore(folder: Path, target: Path, recovery_key: str, *, ledgers: Iterable[Path] = (), clock: Clock = now) -> Desk:
    """Make a desk of a backup in a new folder, under a new key, without anybody who was erased since.

    Who was erased stands in the ledger beside the backup, and in more `ledgers` where a stick was away since. The
    desk opens with the recovery key; members keep name and role and get a new passphrase by a reset. NoDesk,
    WrongRecoveryKey, BackupUnreadable, DeskExists or UnsafePlace.
    """
    read, keys = _opened(folder, recovery_key)
    places.prepare(target)
    new = replace(keys, database_key=new_key())
    try:
        engine.copy_rekeyed(folder / read.database, target / FIRST_DATABASE, keys.database_key, new.database_key)
        known = (ledger.file_in(folder.parent, keys.store_salt), *ledgers)
        strong = _cleared(folder.name, target, read, new, known, clock())
        keyfile.write(places.key_file(target), strong)
    except BaseException as error:
        remove_database(target / FIRST_DATABASE)
        if isinstance(error, DeskDamaged | OtherGeneration):
            raise BackupUnreadable(name=folder.name) from None
        raise
    return opening.enter(target, strong, new, clock)


def _opened(folder: Path, recovery_key: str) -> tuple[KeyFile, OpenedKeys]:
    try:
        read = keyfile.read(places.key_file(folder))
    except DeskDamaged:
        raise BackupUnreadable(name=folder.name) from None
    return read, open_with_recovery(read, recovery_key)


def _cleared(
    name: str, target: Path, read: KeyFile, keys: OpenedKeys, ledgers: Iterable[Path], at: datetime
) -> KeyFile:
    """Bring the copy up to date, erase who was erased, and return its key file."""
    made = engine.engine(target / FIRST_DATABASE, keys.database_key)
    try:
        if not migrating.is_current(made):
            migrating.migrate(made)
        with engine.told_apart(), Session(made) as session, session.begin():
            row = roster.member(roster.row(session, keys.slot_id))
            identity_key = members.identity_key_of(row, keys.private_key, store_salt=keys.store_salt)
            seal = Seal(identity_key)
            for case_id in frozenset().union(*(ledger.read(file, seal) for file in ledgers)):
                records.erase(session, case_id, at=opening.stored(at))
            journal.note(session, Act.RESTORED, at=opening.stored(at), by=keys.slot_id, record=name)
        with engine.told_apart():
            engine.checkpoint(made)
            if not engine.is_whole(made):
                raise DeskDamaged
    finally:
        made.dispose()
    return backup.strong_keyfile(read, database_key=keys.database_key, strong={row.slot_id: row.public_key})


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None
