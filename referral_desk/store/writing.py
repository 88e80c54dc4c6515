"""Writing a backup: a copy of the store under a key of its own, which only strong slots open."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from referral_desk import files
from referral_desk.store import engine, keys, roster
from referral_desk.store import folder as places
from referral_desk.store.aside import Aside, Phase, Stopped
from referral_desk.store.copying import ANCHOR, look_into
from referral_desk.store.desk import Desk
from referral_desk.vault import backup, keyfile
from referral_desk.vault.derivation import new_key
from referral_desk.vault.keyfile import FIRST_DATABASE, KeyFile


@dataclass(frozen=True)
class Order:
    """What a backup is made from, as the desk stood when somebody asked for it."""

    at: datetime
    folder: Path
    in_force: KeyFile
    database: Path
    database_key: bytes = field(repr=False)
    key: bytes = field(repr=False)
    strong: dict[str, bytes]


def ordered(desk: Desk, own: Path) -> Order:
    """Bring everything into the main file, and take down what the copy is made from. RecoveryAltered."""
    desk.checkpoint()
    files.make_folder(own)
    name, at = _free_name(desk, own)
    in_force = keys.read(desk)
    return Order(
        at=at,
        folder=own / name,
        in_force=in_force,
        database=desk.folder / in_force.database,
        database_key=desk.keys.database_key,
        key=new_key(),
        strong=_strong(desk),
    )


def write(desk: Desk, order: Order, part: Path, aside: Aside) -> str:
    """Write and open the copy; its key file names the strong ways in alone."""
    _copy(desk, order, part / FIRST_DATABASE, aside)
    strong = backup.strong_keyfile(order.in_force, database_key=order.key, strong=order.strong)
    keyfile.write(places.key_file(part), strong)
    aside.tell(Phase.OPENING, 0.0)
    head = look_into(part, order.key, stops=aside.stops)
    aside.go_on()
    files.keep(part / ANCHOR, f"{head}\n".encode())
    return head


def _copy(desk: Desk, order: Order, target: Path, aside: Aside) -> None:
    whole = max(order.database.stat().st_size, 1)

    def stops() -> bool:
        aside.tell(Phase.WRITING, min(1.0, target.stat().st_size / whole) if target.exists() else 0.0)
        return wanted()

    with desk.reading.beside(aside) as wanted:
        engine.copy_rekeyed(order.database, target, order.database_key, order.key, stops=stops)
        if stops():
            raise Stopped


def _free_name(desk: Desk, own: Path) -> tuple[str, datetime]:
    """A name that no backup has: names count seconds."""
    with desk.work(unsealed=False) as work:
        at = work.now
    while (own / backup.folder_name(desk.keys.store_salt, at)).exists():
        at += timedelta(seconds=1)
    return backup.folder_name(desk.keys.store_salt, at), at


def _strong(desk: Desk) -> dict[str, bytes]:
    """Recovery key and backup passphrase, with their public keys; verified where the maker can tell."""
    identity_key = desk.identity_key() if desk.is_kept_by_me and desk.entitled else None
    with desk.work(unsealed=False) as work:
        return roster.strong_public_keys(work.session, identity_key)
