"""A desk that is open: its keys, its engine, its lock, and the door to its records."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from referral_desk.errors import DeskError, DeskInUse, DiskFull, KeeperNeeded
from referral_desk.nrm import mechanism
from referral_desk.store import engine, state
from referral_desk.store.acts import Acts
from referral_desk.store.aside import Reading
from referral_desk.store.breaking import Breaking
from referral_desk.store.memory import Memory
from referral_desk.store.name_index import NameIndex
from referral_desk.store.roster import member
from referral_desk.store.tables import MemberRow, Purpose
from referral_desk.store.work import Work
from referral_desk.vault import members
from referral_desk.vault.keyfile import KeyFile
from referral_desk.vault.opening import OpenedKeys
from referral_desk.vault.sealing import Seal

Clock = Callable[[], datetime]


def now() -> datetime:
    """The wall clock, with the zone of this computer."""
    return datetime.now(UTC).astimezone()


class Desk:
    """An open desk. `seal` is None for a member who may not know names; close() lets go of everything."""

    def __init__(self, folder: Path, made: Engine, lock: ExitStack, keys: OpenedKeys, clock: Clock) -> None:
        self.folder = folder
        self.engine = made
        self.keys = keys
        self.member = keys.slot_id
        self.clock = clock
        self.seal: Seal | None = None
        self.roles: frozenset[str] = frozenset()
        self.must_change_passphrase = False
        self.was_interrupted = False
        self.purpose = Purpose.REAL
        self.mechanism = "COE"
        self.own_values: mechanism.Own = {}
        self.memory = Memory()
        self.generation = 0
        self.reading = Reading()
        self.is_closed = False
        self.breaking = Breaking(made)
        self.undo: list[Callable[[], None]] = []
        self._lock = lock

    @property
    def names(self) -> NameIndex:
        return self.memory.names

    @property
    def acts(self) -> Acts:
        return self.memory.acts

    @property
    def entitled(self) -> bool:
        """Whether this member may know names."""
        return self.seal is not None

    @property
    def is_kept_by_me(self) -> bool:
        """Whether this member keeps the desk: members, backups, journal. Recovery key and backup passphrase do, too."""
        return bool(self.roles & (members.STRONG | {members.KEEPER}))

    @contextmanager
    def work(self, *, unsealed: bool = True) -> Iterator[Work]:
        """A piece of work, kept whole or not at all. Without the seal no sealed answer can be read or written.

        What it did beside the store it takes back, if it is not kept, by what it added to `undo`.
        """
        self.undo.clear()
        here = mechanism.at_desk(self.mechanism, self.own_values)
        with here, engine.told_apart(self.folder), Session(self.engine, expire_on_commit=False) as session:
            work = Work(session, self.memory, self.seal if unsealed else None, self.member, self.clock())
            try:
                yield work
                work.finish()
                session.commit()
            except BaseException:
                session.rollback()
                self._take_back()
                work.finish()
                session.commit()
                raise
            finally:
                work.is_over = True
            work.kept()
        if work.has_written:
            with suppress(DeskInUse):
                self.checkpoint()

    def checkpoint(self, *, closing: bool = False) -> None:
        """Bring what is committed into the main file, and say in the state file how far it has come.

        It is safe in the log where the disk has no room for that.
        """
        with suppress(DiskFull), engine.told_apart(self.folder):
            key, generation = self.keys.database_key, self.generation
            state.write(self.folder, self.engine, database_key=key, generation=generation, closed=closing)
            engine.checkpoint(self.engine)

    def _take_back(self) -> None:
        while self.undo:
            with suppress(DeskError):
                self.undo.pop()()

    def identity_key(self) -> bytes:
        """The key under names, for who changes members; KeeperNeeded for anybody else."""
        if not self.is_kept_by_me or self.seal is None:
            raise KeeperNeeded
        with Session(self.engine) as session:
            row = session.get(MemberRow, self.member)
            if row is None:
                raise KeeperNeeded
            return members.identity_key_of(member(row), self.keys.private_key, store_salt=self.keys.store_salt)

    def continue_in(self, made: Engine, keys: OpenedKeys, in_force: KeyFile) -> None:
        """Go on in another generation of the store."""
        former, self.engine, self.keys, self.generation = self.engine, made, keys, in_force.generation
        former.dispose()
        self.memory.making = None  # the places of its rows were those of the former file
        self.breaking.watch(made)
        self.checkpoint()

    def close(self) -> None:
        """Bring everything into the main file and let go of the folder."""
        self.is_closed = True
        self.reading.end()
        try:
            self.checkpoint(closing=True)
        finally:
            self.engine.dispose()
            self._lock.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_reason: object) -> None:
        self.close()
