"""From a backup to a desk again: a summary first, and only into a new folder."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from referral_desk import journal
from referral_desk.errors import BackupUnreadable, DeskDamaged, OtherGeneration
from referral_desk.journal import Act
from referral_desk.store import engine, ledger, migrating, opening, records, roster
from referral_desk.store import folder as places
from referral_desk.store.aside import HERE, Aside
from referral_desk.store.backups import FOLDER
from referral_desk.store.desk import Clock, Desk, now
from referral_desk.store.rotation import remove_database
from referral_desk.vault import backup, keyfile, members
from referral_desk.vault.derivation import new_key
from referral_desk.vault.keyfile import FIRST_DATABASE, KeyFile
from referral_desk.vault.members import Member
from referral_desk.vault.opening import OpenedKeys, open_strongly
from referral_desk.vault.sealing import Seal

_COLLEAGUES = frozenset({members.CASEWORKER, members.COORDINATOR, members.KEEPER})


@dataclass(frozen=True)
class Found:
    """A backup that lies somewhere. `made_at` is UTC, `mark` is alike for all backups of one desk."""

    folder: Path
    made_at: datetime | None
    mark: str


@dataclass(frozen=True)
class Summary:
    """What a backup holds, for somebody who is about to restore it. `as_of` is the last act in it, in UTC.

    `erased` is how many of its cases were erased since and will not come back.
    """

    organisation: str
    cases: int
    first_opened: date | None
    last_opened: date | None
    as_of: datetime
    members: int
    erased: int


def find(place: Path) -> tuple[Found, ...]:
    """The backups in a place, newest first: on a stick, in the folder of a desk, or the one backup chosen itself."""
    found = [one for folder in (place, *_inside(place), *_inside(place / FOLDER)) if (one := _found(folder))]
    if not found and places.key_file(place).is_file():
        found = [Found(place, None, "")]
    return tuple(sorted(found, key=lambda one: one.made_at or datetime.min, reverse=True))  # noqa: DTZ901 - UTC, unsaid


def summary(folder: Path, key: str, *, ledgers: Iterable[Path] = ()) -> Summary:
    """Open a backup without changing it; `key` is the recovery key or the backup passphrase, as typed.

    NoDesk, WrongRecoveryKey, WrongPassphrase or BackupUnreadable.

    Who was erased since stands in the ledger beside the backup and in more `ledgers`, as for `restore`.
    """
    read, keys = _opened(folder, key)
    known = _ledgers(folder, keys, ledgers)
    try:
        connection = engine.connect(folder / read.database, keys.database_key)
        with engine.told_apart():
            return _told(connection, keys, known)
    except (DeskDamaged, OtherGeneration):
        raise BackupUnreadable(name=folder.name) from None


def _told(connection: Any, keys: OpenedKeys, ledgers: Iterable[Path]) -> Summary:
    # By name, and not by what the program declares today: a backup may be older than the last migration.
    try:
        [organisation] = connection.execute("SELECT organisation FROM about").fetchone()
        cases, first, last = connection.execute("SELECT count(*), min(opened_on), max(opened_on) FROM cases").fetchone()
        [as_of] = connection.execute("SELECT max(at) FROM journal").fetchone()
        rows = _members(connection, keys)
        ids = {UUID(id_) for (id_,) in connection.execute("SELECT id FROM cases")}
    finally:
        connection.close()
    identity_key = members.identity_key_of(rows[0], keys.private_key, store_salt=keys.store_salt, role=keys.role)
    return Summary(
        organisation=organisation,
        cases=cases,
        first_opened=_day(first),
        last_opened=_day(last),
        as_of=datetime.fromisoformat(as_of),
        members=sum(members.roles_in(one.role) <= _COLLEAGUES for one in rows),
        erased=len(ids & _erased(ledgers, Seal(identity_key))),
    )


def restore(
    folder: Path,
    target: Path,
    key: str,
    *,
    ledgers: Iterable[Path] = (),
    clock: Clock = now,
    aside: Aside = HERE,
) -> Desk:
    """Make a desk of a backup in a new folder, under a new key, without anybody who was erased since.

    Who was erased stands in the ledger beside the backup, and in more `ledgers` where a stick was away since. The
    desk opens with what opened the backup; members keep name and role and get a new passphrase by a reset. NoDesk,
    WrongRecoveryKey, WrongPassphrase, BackupUnreadable, DeskExists or UnsafePlace.
    """
    read, keys = _opened(folder, key)
    places.prepare(target)
    new = replace(keys, database_key=new_key())
    try:
        source, copied = folder / read.database, target / FIRST_DATABASE
        engine.copy_rekeyed(source, copied, keys.database_key, new.database_key, stops=aside.stops)
        aside.go_on()
        known = _ledgers(folder, keys, ledgers)
        strong = _cleared(folder.name, target, read, new, known, clock())
        keyfile.write(places.key_file(target), strong)
    except BaseException as error:
        remove_database(target / FIRST_DATABASE)
        if isinstance(error, DeskDamaged | OtherGeneration):
            raise BackupUnreadable(name=folder.name) from None
        raise
    return opening.enter(target, strong, new, clock)


def _opened(folder: Path, key: str) -> tuple[KeyFile, OpenedKeys]:
    try:
        read = keyfile.read(places.key_file(folder))
    except DeskDamaged:
        raise BackupUnreadable(name=folder.name) from None
    return read, open_strongly(read, key)


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
            salt, role = keys.store_salt, keys.role
            identity_key = members.identity_key_of(row, keys.private_key, store_salt=salt, role=role)
            strong = roster.strong_public_keys(session, identity_key)
            seal = Seal(identity_key)
            for case_id in _erased(ledgers, seal):
                records.erase(session, case_id, at=opening.stored(at))
            journal.note(session, Act.RESTORED, at=opening.stored(at), by=keys.slot_id, record=name)
        with engine.told_apart():
            engine.checkpoint(made)
            if not engine.is_whole(made):
                raise DeskDamaged
    finally:
        made.dispose()
    return backup.strong_keyfile(read, database_key=keys.database_key, strong=strong)


def _ledgers(folder: Path, keys: OpenedKeys, more: Iterable[Path]) -> tuple[Path, ...]:
    return (ledger.file_in(folder.parent, keys.store_salt), *more)


def _erased(ledgers: Iterable[Path], seal: Seal) -> frozenset[UUID]:
    return frozenset[UUID]().union(*(ledger.read(file, seal) for file in ledgers))


def _members(connection: Any, keys: OpenedKeys) -> list[Member]:
    """The member rows of a backup, that of these keys first."""
    cursor = connection.execute("SELECT * FROM member")
    names = [column[0] for column in cursor.description]
    rows = [dict(zip(names, row, strict=True)) for row in cursor]
    held = {field.name for field in fields(Member)}
    found = [Member(**{name: value for name, value in row.items() if name in held}) for row in rows]
    if not any(one.slot_id == keys.slot_id for one in found):
        raise DeskDamaged
    return sorted(found, key=lambda one: one.slot_id != keys.slot_id)


def _inside(place: Path) -> list[Path]:
    with suppress(OSError):
        return list(place.iterdir())
    return []


def _found(folder: Path) -> Found | None:
    named = backup.read_name(folder.name)
    return Found(folder, named[1], named[0]) if named and places.key_file(folder).is_file() else None


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None
