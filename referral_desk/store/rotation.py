"""A new database key: the store is written anew under it, and one replaced key file puts it in force.

Killed before that, the old generation is in force and the new file a stray; killed after, the other way round.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from referral_desk import files
from referral_desk.errors import DeskDamaged
from referral_desk.store import engine, migrating, roster
from referral_desk.store import folder as places
from referral_desk.store.work import Work
from referral_desk.vault import keyfile
from referral_desk.vault.changing import next_database, regranted, with_slot
from referral_desk.vault.derivation import new_key
from referral_desk.vault.slots import Slot

if TYPE_CHECKING:
    from referral_desk.store.desk import Desk

Change = Callable[[Work], "Slot | None"]


def rotate(desk: Desk, identity_key: bytes, change: Change) -> None:
    """Change members and the database key in one step, with nobody else present.

    `change` is a piece of work in the new store and may return a slot that comes in or replaces one. Whoever has no
    verified row afterwards loses the way in. A backup that is being written stops: it would have the former keys.
    """
    with desk.reading.kept_off():
        _rotate(desk, identity_key, change)


def _rotate(desk: Desk, identity_key: bytes, change: Change) -> None:
    desk.checkpoint()
    former = keyfile.read(places.key_file(desk.folder))
    new = replace(desk.keys, database_key=new_key())
    target = desk.folder / next_database(file.name for file in desk.folder.iterdir())
    with _kept_if_in_force(desk.folder, target):
        engine.copy_rekeyed(desk.folder / former.database, target, desk.keys.database_key, new.database_key)
        made = engine.engine(target, new.database_key)
        try:
            slot, public_keys = _changed(desk, made, identity_key, change)
            entered = with_slot(former, slot) if slot else former
            granted = regranted(entered, database=target.name, database_key=new.database_key, public_keys=public_keys)
            changed = replace(granted, generation=former.generation + 1)
            keyfile.write(places.key_file(desk.folder), changed)
        except BaseException:
            made.dispose()
            raise
    desk.continue_in(made, new, changed)
    clear_strays(desk.folder, target.name)


@contextmanager
def _kept_if_in_force(folder: Path, target: Path) -> Iterator[None]:
    """Remove a new store that did not come into force; the error may have come after the key file was replaced."""
    try:
        yield
    except BaseException:
        if keyfile.read(places.key_file(folder)).database != target.name:
            remove_database(target)
        raise


def _changed(desk: Desk, made: Engine, identity_key: bytes, change: Change) -> tuple[Slot | None, dict[str, bytes]]:
    """Do what changes in the new store; its slot, if there is one, and who is to be granted the new key."""
    with engine.told_apart(), Session(made) as session, session.begin():
        slot = change(Work(session, desk.memory, None, desk.member, desk.clock()))
        public_keys = roster.public_keys(session, identity_key)
    with engine.told_apart():
        engine.checkpoint(made)
        if not engine.is_whole(made):
            raise DeskDamaged
    return slot, public_keys


def clear_strays(folder: Path, in_force: str) -> None:
    """Remove what other generations left; called only after the one in force was opened and checked."""
    keyfile.forget_previous(places.key_file(folder))
    for file in (*migrating.copies(folder), *_strays(folder, in_force)):
        file.unlink(missing_ok=True)
    with suppress(OSError):
        files.sync_folder(folder)


def has_strays(folder: Path, in_force: str) -> bool:
    """Whether another generation of the store, or its log, lies here: one that a change of keys left behind."""
    return bool(_strays(folder, in_force))


def _strays(folder: Path, in_force: str) -> list[Path]:
    return [file for file in folder.glob("data-*.db*") if not file.name.startswith(in_force)]


def remove_database(file: Path) -> None:
    for part in file.parent.glob(f"{file.name}*"):
        part.unlink(missing_ok=True)
