"""Making a desk, and opening one: by passphrase, or by the recovery key."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from referral_desk import journal
from referral_desk.errors import (
    ChangesMissing,
    DeskDamaged,
    DeskError,
    MemberAltered,
    NotEntitled,
    OtherHistory,
    WrongPassphrase,
)
from referral_desk.journal import Act
from referral_desk.store import engine, migrating, rotation, state
from referral_desk.store import folder as places
from referral_desk.store.desk import Clock, Desk, now
from referral_desk.store.roster import member
from referral_desk.store.tables import About, MemberRow, Purpose
from referral_desk.vault import keyfile, members, opening
from referral_desk.vault.derivation import new_key
from referral_desk.vault.members import CASEWORKER, KEEPER, RECOVERY, role_of
from referral_desk.vault.passphrases import is_recovery_key
from referral_desk.vault.sealing import Seal
from referral_desk.vault.slots import Cost, calibrated

FOUNDER = role_of((CASEWORKER, KEEPER))


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
    new = opening.create(passphrase, login=login, recovery_key=recovery_key, cost=cost or calibrated())
    about = About(id=1, purpose=purpose.value, mechanism=mechanism, organisation="", contact="", backup_place="")
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
    keys = _keys(read, login, passphrase)
    return enter(place, read, keys, clock, as_it_is=as_it_is)


def open_with_recovery(folder: Path | str, *, recovery_key: str, clock: Clock = now, as_it_is: bool = False) -> Desk:
    """Open a desk with the recovery key as somebody typed it: it reads names and changes members.

    Raises WrongRecoveryKey, and what `open_desk` raises.
    """
    place = Path(folder)
    read = keyfile.read(places.key_file(place))
    keys = opening.open_with_recovery(read, recovery_key)
    return enter(place, read, keys, clock, as_it_is=as_it_is)


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
        for keys, role, called in ((new.founder, FOUNDER, name), (new.recovery, RECOVERY, "")):
            made_row = members.make_member(
                identity_key,
                slot_id=keys.slot_id,
                public_key=keys.public_key,
                role=role,
                reads_names=True,
                store_salt=keys.store_salt,
                name=called,
            )
            session.add(MemberRow(**vars(made_row)))
        journal.note(session, Act.CREATED, at=stored(at), by=new.founder.slot_id)


def enter(
    place: Path, read: keyfile.KeyFile, keys: opening.OpenedKeys, clock: Clock, *, as_it_is: bool = False
) -> Desk:
    """Open a desk with keys that somebody has: lock it, look whether it is whole, note the opening."""
    lock = places.hold(place)
    made = engine.engine(place / read.database, keys.database_key)
    desk = Desk(place, made, lock, keys, clock)
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
    is_current = migrating.is_current(desk.engine)
    acts = [] if _is_as_left(desk, read, as_it_is=as_it_is) else [Act.OPENED_AS_IT_IS]
    if not is_current:
        migrating.migrate_after_copy(desk.engine, file, desk.keys.database_key)
        acts.append(Act.MIGRATED)
    _enter(desk, acts)
    desk.generation = read.generation
    desk.checkpoint()
    if rotation.has_strays(desk.folder, read.database):
        _clear_up(desk, read.database)


def _is_as_left(desk: Desk, read: keyfile.KeyFile, *, as_it_is: bool) -> bool:
    """Whether nothing is missing that the state file knows of; raises, unless somebody decided to go on."""
    left = state.read(desk.folder, database_key=desk.keys.database_key, generation=read.generation)
    desk.was_interrupted = left is not None and not left.closed
    try:
        if left:
            state.compare(desk.engine, left)
    except (ChangesMissing, OtherHistory) as missing:
        desk.was_interrupted = True
        return _decided(missing, as_it_is=as_it_is)
    return True


def _decided(missing: DeskError, *, as_it_is: bool) -> bool:
    if not as_it_is:
        raise missing
    return False


def _clear_up(desk: Desk, in_force: str) -> None:
    """Remove other generations of the store, once this one has proved whole."""
    if not engine.is_whole(desk.engine):
        raise DeskDamaged
    rotation.clear_strays(desk.folder, in_force)


def _enter(desk: Desk, acts: list[Act]) -> None:
    """Learn what the desk is and what this member may know, and note the opening."""
    with Session(desk.engine) as session, session.begin():
        about = session.get(About, 1)
        row = session.get(MemberRow, desk.member)
        if about is None or row is None:
            raise DeskDamaged
        desk.purpose, desk.mechanism = Purpose(about.purpose), about.mechanism
        desk.seal, desk.roles = _seal(row, desk.keys), members.roles_in(row.role)
        desk.must_change_passphrase = row.given
        opened = Act.OPENED_BY_RECOVERY if RECOVERY in desk.roles else Act.OPENED
        for act in (*acts, opened):
            journal.note(session, act, at=stored(desk.clock()), by=desk.member)


def _seal(row: MemberRow, keys: opening.OpenedKeys) -> Seal | None:
    """The seal of who may know names. MemberAltered where the row is not the one a keeper wrote for this pair."""
    try:
        return Seal(members.identity_key_of(member(row), keys.private_key, store_salt=keys.store_salt))
    except NotEntitled:
        return None
    except DeskDamaged:
        raise MemberAltered from None


def stored(at: datetime) -> datetime:
    """A time as the store keeps it: UTC, without saying so."""
    return at.astimezone(UTC).replace(tzinfo=None)
