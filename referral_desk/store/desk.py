"""A desk that is open: its keys, its engine, its lock, and the door to its records."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Self

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from referral_desk import journal
from referral_desk.errors import DeskDamaged, DiskFull, NotEntitled, WrongPassphrase
from referral_desk.journal import Act
from referral_desk.store import engine, migrating
from referral_desk.store import folder as places
from referral_desk.store.names import NameIndex
from referral_desk.store.tables import About, MemberRow, Purpose
from referral_desk.store.work import Work
from referral_desk.vault import keyfile, members, opening
from referral_desk.vault.derivation import new_key
from referral_desk.vault.passphrases import is_recovery_key
from referral_desk.vault.sealing import Seal
from referral_desk.vault.slots import Cost, calibrated

CASEWORKER = "caseworker"
RECOVERY = "recovery"

Clock = Callable[[], datetime]


def _now() -> datetime:
    return datetime.now(UTC).astimezone()


class Desk:
    """An open desk. `seal` is None for a member who may not know names; close() lets go of everything."""

    def __init__(self, made: Engine, lock: IO[bytes], keys: opening.OpenedKeys, clock: Clock) -> None:
        self.engine = made
        self.member = keys.slot_id
        self.clock = clock
        self.seal: Seal | None = None
        self.purpose = Purpose.REAL
        self.mechanism = "COE"
        self.names = NameIndex()
        self._lock = lock

    @property
    def entitled(self) -> bool:
        """Whether this member may know names."""
        return self.seal is not None

    @contextmanager
    def work(self, *, unsealed: bool = True) -> Iterator[Work]:
        """A piece of work, kept whole or not at all. Without the seal no sealed answer can be read or written."""
        with engine.told_apart(), Session(self.engine, expire_on_commit=False) as session:
            work = Work(session, self.names, self.seal if unsealed else None, self.member, self.clock())
            try:
                yield work
                work.finish()
                session.commit()
            except BaseException:
                session.rollback()
                work.finish()
                session.commit()
                raise
            finally:
                work.is_over = True
            work.kept()
        if work.has_written:
            self.checkpoint()

    def checkpoint(self) -> None:
        """Bring what is committed into the main file; it is safe in the log where the disk has no room for that."""
        with suppress(DiskFull), engine.told_apart():
            engine.checkpoint(self.engine)

    def close(self) -> None:
        """Bring everything into the main file and let go of the folder."""
        try:
            self.checkpoint()
        finally:
            self.engine.dispose()
            self._lock.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_reason: object) -> None:
        self.close()


def create(  # noqa: PLR0913 - each says one thing of the new desk
    folder: Path | str,
    *,
    passphrase: str,
    recovery_key: str,
    login: str = "",
    cost: Cost | None = None,
    purpose: Purpose = Purpose.REAL,
    mechanism: str = "COE",
    clock: Clock = _now,
) -> Desk:
    """A new desk in an empty folder. The key file is written last: before it there is no desk."""
    place = Path(folder)
    places.prepare(place)
    new = opening.create(passphrase, login=login, recovery_key=recovery_key, cost=cost or calibrated())
    about = About(id=1, purpose=purpose.value, mechanism=mechanism, organisation="", contact="")
    try:
        _build(place / new.keyfile.database, new, about, clock())
        keyfile.write(places.key_file(place), new.keyfile)
    except BaseException:
        for left_over in place.glob("data-*"):
            left_over.unlink()
        raise
    return _opened(place, new.keyfile, new.founder, clock)


def open_desk(folder: Path | str, *, passphrase: str, login: str = "", clock: Clock = _now) -> Desk:
    """Open a desk with a passphrase, or with the recovery key in its place: about a second, best in a thread.

    Raises NoDesk, WrongPassphrase, DeskInUse, DeskDamaged, OtherGeneration or DeskNewer.
    """
    place = Path(folder)
    read = keyfile.read(places.key_file(place))
    keys = _keys(read, login, passphrase)
    return _opened(place, read, keys, clock)


def _keys(read: keyfile.KeyFile, login: str, passphrase: str) -> opening.OpenedKeys:
    try:
        return opening.open_with_passphrase(read, login=login, passphrase=passphrase)
    except WrongPassphrase:
        if not is_recovery_key(passphrase):
            raise
        return opening.open_with_recovery(read, passphrase)


def _build(file: Path, new: opening.NewDesk, about: About, at: datetime) -> None:
    """The store of a new desk, whole and closed again."""
    engine.connect(file, new.founder.database_key, create=True).close()
    made = engine.engine(file, new.founder.database_key)
    try:
        migrating.migrate(made)
        with engine.told_apart():
            _found(made, new, about, at)
            engine.checkpoint(made)
    finally:
        made.dispose()


def _found(made: Engine, new: opening.NewDesk, about: About, at: datetime) -> None:
    """The first rows: what the desk is, its first member, and the recovery key as a member."""
    identity_key = new_key()
    with Session(made) as session, session.begin():
        session.add(about)
        for keys, role in ((new.founder, CASEWORKER), (new.recovery, RECOVERY)):
            member = members.make_member(
                identity_key,
                slot_id=keys.slot_id,
                public_key=keys.public_key,
                role=role,
                reads_names=True,
                store_salt=keys.store_salt,
            )
            session.add(MemberRow(**vars(member)))
        journal.note(session, Act.CREATED, at=_stored(at), by=new.founder.slot_id)


def _opened(place: Path, read: keyfile.KeyFile, keys: opening.OpenedKeys, clock: Clock) -> Desk:
    lock = places.hold(place)
    file = place / read.database
    made = engine.engine(file, keys.database_key)
    try:
        with engine.told_apart():
            migrated = not migrating.is_current(made)
            if migrated:
                migrating.migrate_after_copy(made, file, keys.database_key)
            desk = Desk(made, lock, keys, clock)
            _enter(desk, keys, migrated=migrated)
    except BaseException:
        made.dispose()
        lock.close()
        raise
    return desk


def _enter(desk: Desk, keys: opening.OpenedKeys, *, migrated: bool) -> None:
    """Learn what the desk is and what this member may know, and note the opening."""
    with Session(desk.engine) as session, session.begin():
        about = session.get(About, 1)
        row = session.get(MemberRow, keys.slot_id)
        if about is None or row is None:
            raise DeskDamaged
        desk.purpose, desk.mechanism = Purpose(about.purpose), about.mechanism
        desk.seal = _seal(row, keys)
        for act in (Act.MIGRATED, Act.OPENED) if migrated else (Act.OPENED,):
            journal.note(session, act, at=_stored(desk.clock()), by=desk.member)


def _seal(row: MemberRow, keys: opening.OpenedKeys) -> Seal | None:
    member = members.Member(row.slot_id, row.public_key, row.role, row.identity_grant, row.mac)
    try:
        return Seal(members.identity_key_of(member, keys.private_key, store_salt=keys.store_salt))
    except NotEntitled:
        return None


def _stored(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(tzinfo=None)
