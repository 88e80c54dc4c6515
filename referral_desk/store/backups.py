"""Backups: made every day, opened before they count, thinned out by days, weeks and months.

A backup is a folder like a desk, under a database key of its own; the desk remembers that key, so that it can open
the backup again and say so, while on the stick only recovery key and backup passphrase do.
"""

from __future__ import annotations

import re
import shutil
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from referral_desk import files
from referral_desk.errors import BackupUnreadable, DeskError, KeeperNeeded, PlaceAway
from referral_desk.journal import Act
from referral_desk.store import carrying, keys, writing
from referral_desk.store import folder as places
from referral_desk.store.aside import HERE, Aside, Phase, Stopped
from referral_desk.store.copying import ANCHOR, look_into, size, whole_or_not_at_all
from referral_desk.store.desk import Desk
from referral_desk.store.tables import BackupRow, Purpose
from referral_desk.vault import backup

FOLDER = "backups"


@dataclass(frozen=True)
class Backup:
    """One backup and where it lies; `opened_at` is None where the desk does not know its key. Times are UTC.

    `tier` says as what it is kept: see vault.backup. `size` is in bytes.
    """

    name: str
    made_at: datetime
    opened_at: datetime | None
    folders: tuple[Path, ...]
    tier: str
    size: int


@dataclass(frozen=True)
class Status:
    """How it stands: `level` is good, warn or danger; `days` since the last opened backup was made.

    `place_reached_at` (UTC) is when a backup last came to a second place, `place_is_apart` whether that is
    another disk than the one of the desk, `place_has_room` how many bytes are free there.
    """

    level: str
    days: int | None
    last: Backup | None
    place: str
    place_is_there: bool
    place_reached_at: datetime | None
    place_is_apart: bool
    place_has_room: int


def keep_up(desk: Desk, aside: Aside = HERE) -> Backup | None:
    """Make today's backup if there is none yet: for the background, after every unlocking. None if nothing was due.

    If there is one, it is brought to a second place that was away when it was made. A practice or evaluation
    desk holds nobody's only record and gets a backup when somebody asks for one.
    """
    if desk.purpose is not Purpose.REAL:
        return None
    last = aside.turn(lambda: _last_opened(desk))
    if last is None or last.made_at.date() != aside.turn(lambda: _now(desk).date()):
        return make(desk, aside)
    carry(desk, last, aside)
    return None


def make(desk: Desk, aside: Aside = HERE) -> Backup:
    """Make a backup here and, if it is there, in the second place; both are opened before they count.

    DeskDamaged where the store itself is not whole: then the last good backups stay. What goes wrong in the second
    place takes nothing from the backup that was made here: see `carry`.
    """
    order: writing.Order = aside.turn(lambda: writing.ordered(desk, desk.folder / FOLDER))
    with whole_or_not_at_all(order.folder) as part:
        head = writing.write(desk, order, part, aside)
        aside.turn(lambda: _record(desk, order, head))
    thin(desk, aside, newest=order.at)
    name = order.folder.name
    carry(desk, aside.turn(lambda: _named(desk, name)), aside)
    made: Backup = aside.turn(lambda: _named(desk, name))
    return made


def carry(desk: Desk, made: Backup, aside: Aside = HERE) -> None:
    """Bring a backup to the second place, if that is there and lacks it. PlaceAway, PlaceFull or PlaceUnsound."""
    second = aside.turn(lambda: _second_place(desk))
    if second is None or any(folder.parent == second for folder in made.folders):
        return
    key: bytes = aside.turn(lambda: _row(desk, made.name).database_key)
    carrying.carry(made.folders[0], second, key, desk.keys.store_salt, aside)
    aside.turn(lambda: _note(desk, Act.CARRIED, made.name))


def check(desk: Desk, name: str, aside: Aside = HERE) -> None:
    """Open a backup once more, wherever it lies, and remember when. BackupUnreadable if one copy does not open."""
    known: Backup = aside.turn(lambda: _named(desk, name))
    row: BackupRow = aside.turn(lambda: _row(desk, name))
    for number, folder in enumerate(known.folders):
        aside.tell(Phase.OPENING, number / len(known.folders))
        _look_again(folder, row, aside)
    aside.turn(lambda: _note(desk, Act.CHECKED_BACKUP, name))


def every(desk: Desk) -> tuple[Backup, ...]:
    """All backups of this desk that can be reached now, newest first."""
    with desk.work(unsealed=False) as work:
        opened = {row.name: row.opened_at for row in work.session.scalars(select(BackupRow))}
    found: dict[str, list[Path]] = {}
    for place in reachable(desk):
        for name in _dated(desk, place):
            found.setdefault(name, []).append(place / name)
    dated = backup.own(list(found), desk.keys.store_salt)
    tiers = backup.tiers(dated.values())
    backups = (
        Backup(name, at, opened.get(name), tuple(found[name]), tiers.get(at, ""), size(found[name][0]))
        for name, at in dated.items()
    )
    return tuple(sorted(backups, key=lambda one: one.made_at, reverse=True))


def status(desk: Desk) -> Status:
    """How old the newest backup is that was opened, and how the second place stands."""
    last, second = _last_opened(desk), _second_place(desk)
    days = (_now(desk).date() - last.made_at.date()).days if last else None
    with desk.work(unsealed=False) as work:
        named, reached_at = work.about().backup_place, work.last(Act.CARRIED)
    return Status(
        level=backup.level(days),
        days=days,
        last=last,
        place=named,
        place_is_there=second is not None,
        place_reached_at=reached_at,
        place_is_apart=second is None or not places.on_one_disk(second, desk.folder),
        place_has_room=places.room(second) if second else 0,
    )


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
        check_place(folder)
    with desk.work(unsealed=False) as work:
        work.about().backup_place = str(folder.absolute()) if folder else ""
        work.note(Act.DESCRIBED)


def check_place(folder: Path) -> None:
    """Refuse a folder that cannot take backups. UnsafePlace or PlaceAway."""
    places.refuse_copied_place(folder)
    if not places.is_there(folder):
        raise PlaceAway(folder=folder)


def thin(desk: Desk, aside: Aside = HERE, *, newest: datetime | None = None) -> None:
    """Remove backups that are neither among the newest nor the last of a day, week or month.

    The `newest` stays, whatever its name says: the clock may have been put back.
    """
    made = {newest.replace(microsecond=0)} if newest else set()
    for where in aside.turn(lambda: reachable(desk)):
        dated = _dated(desk, where)
        staying = backup.kept(dated.values()) | made
        for name, at in dated.items():
            if at not in staying:
                aside.go_on()
                shutil.rmtree(where / name, ignore_errors=True)
    aside.turn(lambda: _forget_gone(desk, made))


def anchors(desk: Desk) -> frozenset[str]:
    """The heads of the journal that lie beside the backups, out of reach for who has the database key alone."""
    found: set[str] = set()
    for one in every(desk):
        for folder in one.folders:
            with suppress(OSError), (folder / ANCHOR).open("rb") as file:
                found.update(head[1].decode() for head in [_HEAD.fullmatch(file.read(_LONGEST_HEAD))] if head)
    return frozenset(found)


_HEAD = re.compile(rb"([0-9a-f]{64})\s*")
_LONGEST_HEAD = 100


def _record(desk: Desk, order: writing.Order, head: str) -> None:
    """Remember the key of a backup that was opened. Stopped where keys have changed since it was asked for."""
    if keys.read(desk).generation != order.in_force.generation:
        raise Stopped
    with desk.work(unsealed=False) as work:
        name = order.folder.name
        row = BackupRow(name=name, made_at=order.at, database_key=order.key, head=head, opened_at=order.at)
        # One of this name may have been remembered and then not come to its place: the disk was full.
        work.session.merge(row)
        work.note(Act.BACKED_UP, name)


def _note(desk: Desk, act: Act, name: str) -> None:
    """A backup was opened once more: here, or in the second place."""
    with desk.work(unsealed=False) as work:
        row = work.session.get(BackupRow, name)
        if row is not None:
            row.opened_at = work.now
        work.note(act, name)


def _named(desk: Desk, name: str) -> Backup:
    found = next((one for one in every(desk) if one.name == name), None)
    if found is None:
        raise BackupUnreadable(name=name)
    return found


def _row(desk: Desk, name: str) -> BackupRow:
    with desk.work(unsealed=False) as work:
        found = work.session.get(BackupRow, name)
    if found is None:
        raise BackupUnreadable(name=name)
    return found


def _last_opened(desk: Desk) -> Backup | None:
    """The newest one that counts. A clock that was wrong for a day must not make the next year look safe."""
    latest = _now(desk) + timedelta(days=1)
    return next((one for one in every(desk) if one.opened_at and one.made_at < latest), None)


def _dated(desk: Desk, place: Path) -> dict[str, datetime]:
    """The backups of this desk in a place; none where the stick was pulled meanwhile."""
    with suppress(OSError):
        return backup.own([folder.name for folder in place.iterdir()], desk.keys.store_salt)
    return {}


def _look_again(folder: Path, row: BackupRow, aside: Aside) -> None:
    try:
        head = look_into(folder, row.database_key, stops=aside.stops)
    except DeskError:
        raise BackupUnreadable(name=row.name) from None
    if head != row.head:
        raise BackupUnreadable(name=row.name)


def reachable(desk: Desk, *, make: bool = False) -> list[Path]:
    """Where backups lie that can be reached now; `make` makes the desk's own place if need be."""
    own = desk.folder / FOLDER
    if make:
        files.make_folder(own)
    second = _second_place(desk)
    return [*([own] if own.is_dir() else []), *([second] if second else [])]


def _second_place(desk: Desk) -> Path | None:
    """The second place, if the stick is in."""
    named = place(desk)
    return Path(named) if named and places.is_there(Path(named)) else None


def _forget_gone(desk: Desk, made: set[datetime]) -> None:
    """Forget the keys of backups that are kept nowhere; a stick that is away may still hold one."""
    with desk.work(unsealed=False) as work:
        rows = {row.made_at.replace(microsecond=0): row for row in work.session.scalars(select(BackupRow))}
        for at in set(rows) - backup.kept(rows) - made:
            work.session.delete(rows[at])


def _now(desk: Desk) -> datetime:
    with desk.work(unsealed=False) as work:
        return work.now
