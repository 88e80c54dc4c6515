"""Making a desk, and opening one: by passphrase, or by the recovery key."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.orm import Session, configure_mappers

from referral_desk import files, journal
from referral_desk.errors import (
    ChangesMissing,
    DeskDamaged,
    DiskFull,
    MemberAltered,
    NotEntitled,
    OtherHistory,
    WrongPassphrase,
)
from referral_desk.journal import Act
from referral_desk.store import due, engine, keys, migrating, profile, rotation, state
from referral_desk.store import folder as places
from referral_desk.store.desk import Clock, Desk, now
from referral_desk.store.figure_tables import FiguresKey
from referral_desk.store.roster import member
from referral_desk.store.tables import About, MemberRow, Purpose
from referral_desk.vault import keyfile, members, opening
from referral_desk.vault.changing import with_slot
from referral_desk.vault.derivation import new_key
from referral_desk.vault.passphrases import is_recovery_key
from referral_desk.vault.sealing import Seal
from referral_desk.vault.slots import Cost, calibrated


def get_ready() -> None:
    """Do beforehand what the first opening of a desk would have to do: it can be done while somebody types."""
    migrating.revisions()
    configure_mappers()


def create(  # noqa: PLR0913 - each says one thing of the new desk
    folder: Path | str,
    *,
    passphrase: str,
    recovery_key: str,
    login: str = "",
    name: str = "",
    cost: Cost | None = None,
    purpose: Purpose = Purpose.REAL,
    mechanism: str = "COE",
    clock: Clock = now,
) -> Desk:
    """A new desk in an empty folder. The key file is written last: before it there is no desk."""
    place = Path(folder)
    places.prepare(place)
    stretch = cost or calibrated()
    new = opening.create(passphrase, login=login, recovery_key=recovery_key, cost=stretch, about=(name, login))
    about = About(id=1, purpose=purpose.value, mechanism=mechanism, organisation="", contact="", backup_place="")
    about.reckoned = due.stamp(mechanism, {})
    try:
        _build(place / new.keyfile.database, new, about, name=name, at=clock())
        keyfile.write(places.key_file(place), new.keyfile)
    except BaseException:
        for left_over in place.glob("data-*"):
            left_over.unlink()
        raise
    return enter(place, new.keyfile, new.founder, clock)


def open_desk(
    folder: Path | str, *, passphrase: str, login: str = "", clock: Clock = now, as_it_is: bool = False
) -> Desk:
    """Open a desk with a passphrase, or with the recovery key in its place: about a second, best in a thread.

    Raises NoDesk, WrongPassphrase, DeskInUse, DeskDamaged, OtherGeneration or DeskNewer; also ChangesMissing
    or OtherHistory, unless somebody has decided to open the desk `as_it_is`.
    """
    place = Path(folder)
    read = keyfile.read(places.key_file(place))
    return enter(place, read, _keys(read, login, passphrase), clock, as_it_is=as_it_is)


def open_with_recovery(folder: Path | str, *, recovery_key: str, clock: Clock = now, as_it_is: bool = False) -> Desk:
    """Open a desk with the recovery key as somebody typed it: it reads names and changes members.

    Raises WrongRecoveryKey, and what `open_desk` raises.
    """
    place = Path(folder)
    read = keyfile.read(places.key_file(place))
    return enter(place, read, opening.open_with_recovery(read, recovery_key), clock, as_it_is=as_it_is)


def _keys(read: keyfile.KeyFile, login: str, passphrase: str) -> opening.OpenedKeys:
    try:
        return opening.open_with_passphrase(read, login=login, passphrase=passphrase)
    except WrongPassphrase:
        if not is_recovery_key(passphrase):
            raise
        return opening.open_with_recovery(read, passphrase)


def _build(file: Path, new: opening.NewDesk, about: About, *, name: str, at: datetime) -> None:
    """The store of a new desk, whole and closed again."""
    engine.connect(file, new.founder.database_key, create=True).close()
    made = engine.engine(file, new.founder.database_key)
    try:
        migrating.migrate(made)
        with engine.told_apart():
            _found(made, new, about, name=name, at=at)
            engine.checkpoint(made)
    finally:
        made.dispose()


def _found(made: Engine, new: opening.NewDesk, about: About, *, name: str, at: datetime) -> None:
    """The first rows: what the desk is, its first member, and the recovery key as a member."""
    identity_key = new_key()
    with Session(made) as session, session.begin():
        session.add(about)
        for pair, called in ((new.founder, name), (new.recovery, "")):
            made_row = members.make_member(
                identity_key,
                slot_id=pair.slot_id,
                public_key=pair.public_key,
                role=pair.role,
                reads_names=True,
                store_salt=pair.store_salt,
                name=called,
            )
            session.add(MemberRow(**vars(made_row)))
        # From the first day, so that it is in every backup: a restored desk rounds as the lost one did.
        session.add(FiguresKey(id=1, secret=new_key()))
        journal.note(session, Act.CREATED, at=stored(at), by=new.founder.slot_id)


def enter(
    place: Path, read: keyfile.KeyFile, opened: opening.OpenedKeys, clock: Clock, *, as_it_is: bool = False
) -> Desk:
    """Open a desk with keys that somebody has: lock it, look whether it is whole, note the opening."""
    lock = places.hold(place)
    made = engine.engine(place / read.database, opened.database_key)
    desk = Desk(place, made, lock, opened, clock)
    try:
        with engine.told_apart():
            _prepare(desk, read, as_it_is=as_it_is)
    except BaseException:
        made.dispose()
        lock.close()
        raise
    return desk


def _prepare(desk: Desk, read: keyfile.KeyFile, *, as_it_is: bool) -> None:
    """Everything between the keys and the first piece of work; the order is: look, then touch."""
    file = desk.folder / read.database
    is_current, missing = _looked_at(desk, read, as_it_is=as_it_is)
    acts = [(Act.OPENED_AS_IT_IS, missing)] if missing else []
    if not is_current:
        migrating.migrate_after_copy(desk.engine, file, desk.keys.database_key)
        acts.append((Act.MIGRATED, ""))
    role = _enter(desk, acts)
    desk.generation = read.generation
    _bind(desk, role)
    keys.forget_former(desk)  # of a change of passphrase that was cut off
    files.clear_parts(desk.folder)
    desk.checkpoint()
    if rotation.has_strays(desk.folder, read.database):
        _clear_up(desk, read.database)


def _looked_at(desk: Desk, read: keyfile.KeyFile, *, as_it_is: bool) -> tuple[bool, str]:
    """Whether the store is up to date, and how many changes are missing; see `_missing`.

    A desk that is refused stays as it is, to the byte: an older log would be brought into the main file as soon as
    somebody who may write lets go of it, and the true log, found again, would be of no use any more.
    """
    looking = engine.engine(desk.folder / read.database, desk.keys.database_key, looking=True)
    try:
        return migrating.is_current(looking), _missing(desk, looking, read, as_it_is=as_it_is)
    finally:
        looking.dispose()


def _missing(desk: Desk, looking: Engine, read: keyfile.KeyFile, *, as_it_is: bool) -> str:
    """How many changes are missing that the state file knows of; raises, unless somebody decided to go on."""
    left = state.read(desk.folder, database_key=desk.keys.database_key, generation=read.generation)
    desk.was_interrupted = left is not None and not left.closed
    try:
        if left:
            state.compare(looking, left)
    except (ChangesMissing, OtherHistory) as missing:
        desk.was_interrupted = True
        if not as_it_is:
            raise
        return str(missing.evidence.get("count", "?"))
    return ""


def _clear_up(desk: Desk, in_force: str) -> None:
    """Remove other generations of the store, once this one has proved whole."""
    if not engine.is_whole(desk.engine):
        raise DeskDamaged
    rotation.clear_strays(desk.folder, in_force)


def _bind(desk: Desk, role: str) -> None:
    """Put the role into a slot of the first format: from now on nobody else can give this member another one."""
    if desk.keys.bound:
        with suppress(DiskFull):
            keys.write(desk, with_slot(keys.read(desk), desk.keys.bound(role)))


def _enter(desk: Desk, acts: list[tuple[Act, str]]) -> str:
    """Learn what the desk is and what this member may know, and note the opening; the role as it is written."""
    with Session(desk.engine) as session, session.begin():
        about = session.get(About, 1)
        row = session.get(MemberRow, desk.member)
        if about is None:
            raise DeskDamaged
        if row is None:
            raise MemberAltered
        desk.purpose, desk.mechanism = Purpose(about.purpose), about.mechanism
        desk.own_values = profile.own(session)
        desk.seal, desk.roles = _seal(row, desk.keys), members.roles_in(row.role)
        desk.must_change_passphrase = row.given
        for act, record in (*acts, (_OPENED.get(row.role, Act.OPENED), "")):
            journal.note(session, act, at=stored(desk.clock()), by=desk.member, record=record)
        return row.role


_OPENED = {members.RECOVERY: Act.OPENED_BY_RECOVERY, members.BACKUP: Act.OPENED_BY_BACKUP}


def _seal(row: MemberRow, opened: opening.OpenedKeys) -> Seal | None:
    """The seal of who may know names. MemberAltered where the row is not the one a keeper wrote for this pair."""
    salt, role = opened.store_salt, opened.role
    try:
        return Seal(members.identity_key_of(member(row), opened.private_key, store_salt=salt, role=role))
    except NotEntitled:
        return None
    except DeskDamaged:
        raise MemberAltered from None


def stored(at: datetime) -> datetime:
    """A time as the store keeps it: UTC, without saying so."""
    return at.astimezone(UTC).replace(tzinfo=None)
