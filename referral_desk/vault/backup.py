"""Which backups are kept, how they are called, and their key file: strong ways in only.

A stick gets lost. What lies on it opens with the recovery key and with no colleague's passphrase.
"""

import hashlib
import re
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from referral_desk.vault.changing import regranted
from referral_desk.vault.keyfile import FIRST_DATABASE, KeyFile

DAYS = 7
WEEKS = 5
MONTHS = 12
NEWEST = 3
AMBER_DAYS = 7
RED_DAYS = 14

_NAME = re.compile(r"([0-9a-f]{6})-(\d{8}-\d{6})")
_WRITTEN = "%Y%m%d-%H%M%S"


def desk_mark(store_salt: bytes) -> str:
    """Return six characters by which a desk finds its own backups beside others; they tell nothing else."""
    return hashlib.sha256(b"rd1/desk/" + store_salt).hexdigest()[:6]


def folder_name(store_salt: bytes, at: datetime) -> str:
    """Return the name of a backup made at this time (UTC), to the second."""
    return f"{desk_mark(store_salt)}-{at.strftime(_WRITTEN)}"


def made_at(name: str, store_salt: bytes) -> datetime | None:
    """Return when (UTC) a backup of this desk was made; None for any other name."""
    read = read_name(name)
    return read[1] if read and read[0] == desk_mark(store_salt) else None


def read_name(name: str) -> tuple[str, datetime] | None:
    """Return of which desk (its mark) and when (UTC) a backup was made; None for any other name."""
    parts = _NAME.fullmatch(name)
    with suppress(ValueError):
        if parts:
            return parts[1], datetime.strptime(parts[2], _WRITTEN)  # noqa: DTZ007 - the store keeps UTC without saying so
    return None


def kept(made: Iterable[datetime]) -> frozenset[datetime]:
    """Return the backups that stay: the newest three, and the newest of each of the last days, weeks and months.

    Counted are days, weeks and months that have a backup, so that a long holiday removes nothing.
    """
    return frozenset(tiers(made))


def tiers(made: Iterable[datetime]) -> dict[datetime, str]:
    """Return as what each backup stays that does: newest, day, week or month, the first of these that holds."""
    newest_first = sorted(made, reverse=True)
    found = dict.fromkeys(newest_first[:NEWEST], "newest")
    for tier, period, count in (("day", "%Y-%m-%d", DAYS), ("week", "%G-%V", WEEKS), ("month", "%Y-%m", MONTHS)):
        last: dict[str, datetime] = {}
        for at in newest_first:
            last.setdefault(at.strftime(period), at)
        for at in list(last.values())[:count]:
            found.setdefault(at, tier)
    return found


def strong_keyfile(keyfile: KeyFile, *, database_key: bytes, strong: Mapping[str, bytes]) -> KeyFile:
    """Return the key file of a backup: `strong` maps the slots that may open it to their public keys."""
    granted = regranted(keyfile, database=FIRST_DATABASE, database_key=database_key, public_keys=strong)
    return replace(granted, generation=1)


def level(days: int | None) -> str:
    """Return how urgent the age of the last opened backup is: good, warn or danger; None is no backup at all."""
    if days is None or days >= RED_DAYS:
        return "danger"
    return "warn" if days >= AMBER_DAYS else "good"


def own(names: Collection[str], store_salt: bytes) -> dict[str, datetime]:
    """Return the backups of this desk among names, with the time each was made."""
    dated = {name: made_at(name, store_salt) for name in names}
    return {name: at for name, at in dated.items() if at is not None}
