"""Backups: made every day, opened before they count, thinned out by days, weeks and months.

A backup is a folder like a desk, under a database key of its own; the desk remembers that key, so that it can open
the backup again and say so, while on the stick only the recovery key does.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from referral_desk import files, journal
from referral_desk.errors import BackupUnreadable, DeskDamaged, DeskError, KeeperNeeded, PlaceAway
from referral_desk.journal import Act
from referral_desk.store import engine, keys, ledger, roster
from referral_desk.store import folder as places
from referral_desk.store.copying import copy_folder
from referral_desk.store.desk import Desk
from referral_desk.store.tables import BackupRow, Purpose
from referral_desk.vault import backup, keyfile, members
from referral_desk.vault.derivation import new_key
from referral_desk.vault.keyfile import FIRST_DATABASE

FOLDER = "backups"
PART = ".part"


@dataclass(frozen=True)
class Backup:
    """One backup and where it lies; `opened_at` is None where the desk does not know its key. Times are UTC."""

    name: str
    made_at: datetime
    opened_at: datetime | None
    folders: tuple[Path, ...]


@dataclass(frozen=True)
class Status:
    """How it stands: `level` is good, warn or danger; `days` since the last opened backup was made."""

    level: str
    days: int | None
    last: Backup | None
    place: str
    place_is_there: bool


def keep_up(desk: Desk) -> Backup | None:
    """Make today's backup if there is none yet: for the background, after every unlocking. None if nothing was due.

    A practice or evaluation desk holds nobody's only record and gets a backup when somebody asks for one.
    """
    last = next(iter(every(desk)), None)
    today = _now(desk).date()
    if desk.purpose is not Purpose.REAL or (last and last.made_at.date() == today):
        return None
    return make(desk)


def make(desk: Desk) -> Backup:
    """Make a backup here and, if it is there, in the second place; both are opened before they count.

    DeskDamaged where the store itself is not whole: then the last good backups stay.
    """
    own = desk.folder / FOLDER
    own.mkdir(mode=0o700, exist_ok=True)
    name, at = _free_name(desk, own)
    key = new_key()
    with _whole_or_not_at_all(own / name) as part:
        head = _write(desk, part, key)
    second = _second_place(desk)
    if second:
        with _whole_or_not_at_all(second / name) as part:
            copy_folder(own / name, part)
            look_into(part, key)
        _carry_ledger(desk, second)
    with desk.work(unsealed=False) as work:
        work.session.add(BackupRow(name=name, made_at=at, database_key=key, head=head, opened_at=at))
        work.note(Act.BACKED_UP, name)
    thin(desk)
    return next(one for one in every(desk) if one.name == name)


def check(desk: Desk, name: str) -> None:
    """Open a backup once more, wherever it lies, and remember when. BackupUnreadable if one copy does not open."""
    known = next((one for one in every(desk) if one.name == name), None)
    with desk.work(unsealed=False) as work:
        row = work.session.get(BackupRow, name)
        if known is None or row is None:
            raise BackupUnreadable(name=name)
        for folder in known.folders:
            _look_again(folder, row)
        row.opened_at = work.now
        work.note(Act.CHECKED_BACKUP, name)


def every(desk: Desk) -> tuple[Backup, ...]:
    """All backups of this desk that can be reached now, newest first."""
    with desk.work(unsealed=False) as work:
        opened = {row.name: row.opened_at for row in work.session.scalars(select(BackupRow))}
    found: dict[str, list[Path]] = {}
    for place in reachable(desk):
        for name in backup.own([folder.name for folder in place.iterdir()], desk.keys.store_salt):
            found.setdefault(name, []).append(place / name)
    dated = backup.own(list(found), desk.keys.store_salt)
    backups = (Backup(name, at, opened.get(name), tuple(found[name])) for name, at in dated.items())
    return tuple(sorted(backups, key=lambda one: one.made_at, reverse=True))


def status(desk: Desk) -> Status:
    """How old the newest backup is that was opened, and whether the second place can be reached."""
    last = next((one for one in every(desk) if one.opened_at), None)
    days = (_now(desk).date() - last.made_at.date()).days if last else None
    named = place(desk)
    return Status(backup.level(days), days, last, named, _second_place(desk) is not None)


def place(desk: Desk) -> str:
    """The second place that somebody named; empty where nobody did."""
    with desk.work(unsealed=False) as work:
        return work.about().backup_place


def name_place(desk: Desk, folder: Path | None) -> None:
    """Name the second place, best a stick that leaves the room; None for no second place any more.

    KeeperNeeded, PlaceAway where it is not there, UnsafePlace where a program copies it to other computers.
    """
    if not desk.is_kept_by_me:
        raise KeeperNeeded
    if folder is not None:
        places.refuse_copied_place(folder)
        if not folder.is_dir():
            raise PlaceAway(folder=folder)
    with desk.work(unsealed=False) as work:
        work.about().backup_place = str(folder.absolute()) if folder else ""
        work.note(Act.DESCRIBED)


def thin(desk: Desk) -> None:
    """Remove backups that are neither among the newest nor the last of a day, week or month."""
    for where in reachable(desk):
        dated = backup.own([folder.name for folder in where.iterdir()], desk.keys.store_salt)
        staying = backup.kept(dated.values())
        for name, at in dated.items():
            if at not in staying:
                shutil.rmtree(where / name, ignore_errors=True)
    _forget_gone(desk)


def anchors(desk: Desk) -> frozenset[str]:
    """The heads of the journal that lie beside the backups, out of reach for who has the database key alone."""
    found = set()
    for one in every(desk):
        for folder in one.folders:
            with suppress(OSError):
                found.add((folder / ANCHOR).read_text(encoding="ascii").strip())
    return frozenset(found)


ANCHOR = "head.txt"


def look_into(folder: Path, database_key: bytes) -> str:
    """Open a backup, read every page of it, and return the head of its journal; DeskDamaged if it is not whole."""
    read = keyfile.read(places.key_file(folder))
    made = engine.engine(folder / read.database, database_key)
    try:
        with engine.told_apart():
            if not engine.is_whole(made):
                raise DeskDamaged
            with Session(made) as session:
                return journal.head(session)[1]
    finally:
        made.dispose()


def _write(desk: Desk, part: Path, key: bytes) -> str:
    """Write and open the copy; its key file names the recovery key alone."""
    desk.checkpoint()
    in_force = keys.read(desk)
    engine.copy_rekeyed(desk.folder / in_force.database, part / FIRST_DATABASE, desk.keys.database_key, key)
    strong = backup.strong_keyfile(in_force, database_key=key, strong=_strong(desk))
    keyfile.write(places.key_file(part), strong)
    head = look_into(part, key)
    (part / ANCHOR).write_text(f"{head}\n", encoding="ascii")
    return head


def _free_name(desk: Desk, own: Path) -> tuple[str, datetime]:
    """A name that no backup has: names count seconds."""
    at = _now(desk)
    while (own / backup.folder_name(desk.keys.store_salt, at)).exists():
        at += timedelta(seconds=1)
    return backup.folder_name(desk.keys.store_salt, at), at


def _strong(desk: Desk) -> dict[str, bytes]:
    """The slots of 128 bits and more, with their public keys; verified where the maker can tell."""
    identity_key = desk.identity_key() if desk.is_kept_by_me and desk.entitled else None
    with desk.work(unsealed=False) as work:
        rows = [roster.member(row) for row in roster.rows(work.session) if row.role == members.RECOVERY]
    if identity_key and not all(members.is_genuine(identity_key, row) for row in rows):
        raise DeskDamaged
    return {row.slot_id: row.public_key for row in rows}


@contextmanager
def _whole_or_not_at_all(folder: Path) -> Iterator[Path]:
    """A folder to fill, which gets its name when it is whole."""
    part = folder.with_name(folder.name + PART)
    mark = folder.name.partition("-")[0]
    for left in folder.parent.glob(f"{mark}-*{PART}"):
        shutil.rmtree(left, ignore_errors=True)
    part.mkdir(mode=0o700)
    try:
        yield part
        part.replace(folder)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise


def _look_again(folder: Path, row: BackupRow) -> None:
    try:
        head = look_into(folder, row.database_key)
    except DeskError:
        raise BackupUnreadable(name=row.name) from None
    if head != row.head:
        raise BackupUnreadable(name=row.name)


def reachable(desk: Desk, *, make: bool = False) -> list[Path]:
    """Where backups lie that can be reached now; `make` makes the desk's own place if need be."""
    own = desk.folder / FOLDER
    if make:
        own.mkdir(mode=0o700, exist_ok=True)
    second = _second_place(desk)
    return [*([own] if own.is_dir() else []), *([second] if second else [])]


def _second_place(desk: Desk) -> Path | None:
    """The second place, if the stick is in."""
    named = place(desk)
    return Path(named) if named and Path(named).is_dir() else None


def _carry_ledger(desk: Desk, second: Path) -> None:
    """The stick was perhaps away when somebody was erased; who cannot seal a ledger carries the one there is."""
    own = ledger.file_in(desk.folder / FOLDER, desk.keys.store_salt)
    if own.exists():
        files.write(ledger.file_in(second, desk.keys.store_salt), own.read_bytes())


def _forget_gone(desk: Desk) -> None:
    """Forget the keys of backups that are kept nowhere; a stick that is away may still hold one."""
    with desk.work(unsealed=False) as work:
        rows = {row.made_at.replace(microsecond=0): row for row in work.session.scalars(select(BackupRow))}
        for at in set(rows) - backup.kept(rows):
            work.session.delete(rows[at])


def _now(desk: Desk) -> datetime:
    with desk.work(unsealed=False) as work:
        return work.now
