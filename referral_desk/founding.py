"""What a desk is told about itself: all that is laid down when it is founded, and what may be changed later."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from referral_desk import store
from referral_desk.errors import KeeperNeeded, PlaceAway
from referral_desk.store import Desk, Purpose, backups
from referral_desk.store import folder as places
from referral_desk.vault.slots import Cost


def found(  # noqa: PLR0913 - each says one thing of the new desk
    folder: Path | str,
    *,
    passphrase: str,
    recovery_key: str,
    login: str = "",
    name: str = "",
    organisation: str = "",
    contact: str = "",
    second_place: Path | None = None,
    mechanism: str = "COE",
    purpose: Purpose = Purpose.REAL,
    cost: Cost | None = None,
) -> Desk:
    """Make a desk and stay in it. What cannot be is refused before there is one: see `store.create`, `check_place`."""
    if second_place:
        backups.check_place(second_place)
    desk = store.create(
        folder,
        login=login,
        name=name.strip(),
        passphrase=passphrase,
        recovery_key=recovery_key,
        purpose=purpose,
        mechanism=mechanism,
        cost=cost,
    )
    if organisation or contact:
        describe(desk, organisation=organisation, contact=contact)
    if second_place:
        # A stick pulled in this very moment must not take the desk with it; that it is away is shown from then on.
        with suppress(PlaceAway):
            backups.name_place(desk, second_place)
    return desk


def describe(desk: Desk, *, organisation: str, contact: str) -> None:
    """Say who the sender of every letter is. KeeperNeeded."""
    if not desk.is_kept_by_me:
        raise KeeperNeeded
    with desk.work(unsealed=False) as work:
        work.describe(organisation=organisation.strip(), contact=contact.strip())


def check_place(folder: Path) -> None:
    """Refuse a folder that cannot become a desk, before anything is made. UnsafePlace, DeskExists, UnwritableTarget."""
    places.look_at(folder)


def check_backup_place(folder: Path) -> None:
    """Refuse a folder that cannot take backups. UnsafePlace or PlaceAway."""
    backups.check_place(folder)
