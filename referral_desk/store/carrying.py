"""Bringing a backup to the second place, and opening it there before it counts."""

from __future__ import annotations

from pathlib import Path

from referral_desk import files, words
from referral_desk.errors import (
    DeskDamaged,
    DiskFull,
    OtherGeneration,
    PlaceAway,
    PlaceFull,
    PlaceUnsound,
    UnwritableTarget,
)
from referral_desk.store import copying, ledger
from referral_desk.store import folder as places
from referral_desk.store.aside import Aside, Phase


def carry(source: Path, second: Path, database_key: bytes, store_salt: bytes, aside: Aside) -> None:
    """Copy the folder of a backup into the second place, open it, and bring the ledger of the erased beside it.

    PlaceFull, PlaceUnsound where what was written reads otherwise, PlaceAway where the stick was pulled meanwhile.
    """
    needed = copying.size(source)
    if places.room(second) < needed:
        raise _full(second, needed)
    try:
        with copying.whole_or_not_at_all(second / source.name) as part:
            copying.copy_folder(source, part, aside)
            aside.tell(Phase.OPENING_THERE, 0.0)
            copying.look_into(part, database_key, stops=aside.stops)
            aside.go_on()
        _carry_ledger(source.parent, second, store_salt)
    except DiskFull:
        raise _full(second, needed) from None
    except (DeskDamaged, OtherGeneration, UnwritableTarget) as error:
        if not places.is_there(second):
            raise PlaceAway(folder=second) from None
        if isinstance(error, UnwritableTarget):
            raise
        raise PlaceUnsound(folder=second) from None


def _carry_ledger(own: Path, second: Path, store_salt: bytes) -> None:
    """The stick was perhaps away when somebody was erased; who cannot seal a ledger carries the one there is."""
    here = ledger.file_in(own, store_salt)
    if here.exists():
        files.keep(ledger.file_in(second, store_salt), here.read_bytes())


def _full(second: Path, needed: int) -> PlaceFull:
    return PlaceFull(folder=second, needed=words.size(needed), free=words.size(places.room(second)))
