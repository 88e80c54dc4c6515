"""How a desk stands: what a keeper must not overlook, the most urgent first, and what puts it right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from referral_desk import words
from referral_desk.errors import (
    DeskDamaged,
    DeskError,
    OtherGeneration,
    PlaceAway,
    PlaceFull,
    PlaceUnsound,
    RecoveryAltered,
)
from referral_desk.journal import Act
from referral_desk.store import Desk, Purpose, Work, backups
from referral_desk.vault import backup
from referral_desk.words import N_, _, ngettext

_DAMAGED = N_(
    "The desk looked itself over and found damage in its files. Write nothing more into it: restore the last backup."
)
A_YEAR = timedelta(days=365)

_TYPED = (Act.CREATED, Act.PROVED_RECOVERY, Act.RENEWED_RECOVERY, Act.RESTORED, Act.OPENED_BY_RECOVERY)
"""Acts for which somebody had the recovery key on paper and typed it."""

_NO_BACKUP = N_(
    "No backup of this desk was ever made and opened. If this computer breaks, everything that was recorded is lost."
)
_NO_PLACE = N_(
    "Every backup lies on this computer: a thief or a fire takes them, too. Name a second place for them, "
    "such as a stick."
)
_SAME_DISK = N_(
    "The second place for backups is on the same disk as the desk: what destroys one destroys the other. "
    "Name another place."
)
_NEVER_THERE = N_("No backup has reached the second place yet. Plug in the stick, or name another place.")
_UNPROVEN = N_(
    "Nobody has typed the recovery key for more than a year. Look whether the paper is where it should be, "
    "and prove it."
)


class Remedy(Enum):
    """What puts something right."""

    BACK_UP = "make a backup"
    PLACE = "name another second place, or plug in the stick"
    RECOVERY = "prove the recovery key"
    RESTORE = "restore a backup"


@dataclass(frozen=True)
class Concern:
    """Something that must not be overlooked; `level` is warn or danger."""

    level: str
    sentence: str
    remedy: Remedy


@dataclass(frozen=True)
class Standing:
    """How the desk stands now; `sentence` tells of the last backup, times are UTC."""

    sentence: str
    backups: backups.Status
    recovery_proven_at: datetime | None
    concerns: tuple[Concern, ...]


def read(desk: Desk) -> Standing:
    """How the desk stands. A practice or evaluation desk holds nobody's only record and gives no concern."""
    status = backups.status(desk)
    with desk.work(unsealed=False) as work:
        concerns = list(_concerns(work, status)) if desk.purpose is Purpose.REAL else []
        proven_at = work.last(Act.PROVED_RECOVERY)
    concerns.sort(key=lambda one: one.level != "danger")
    return Standing(_sentence(status), status, proven_at, tuple(concerns))


def found(hindered: DeskError) -> Concern:
    """What hindered the desk from looking itself over and backing itself up."""
    if isinstance(hindered, DeskDamaged | OtherGeneration):
        return Concern("danger", _(_DAMAGED), Remedy.RESTORE)
    if isinstance(hindered, RecoveryAltered):
        return Concern("danger", str(hindered), Remedy.RECOVERY)
    about_place = isinstance(hindered, PlaceAway | PlaceFull | PlaceUnsound)
    return Concern("warn", str(hindered), Remedy.PLACE if about_place else Remedy.BACK_UP)


def _sentence(status: backups.Status) -> str:
    if status.last is None or status.last.opened_at is None:
        return _("There is no backup yet.")
    told = {"made": words.moment(status.last.made_at), "opened": words.moment(status.last.opened_at)}
    isolated = {name: words.isolate(text) for name, text in told.items()}
    return _("The last backup was made on %(made)s and last opened on %(opened)s.") % isolated


def _concerns(work: Work, status: backups.Status) -> Iterator[Concern]:
    if status.days is None:
        yield Concern(status.level, _(_NO_BACKUP), Remedy.BACK_UP)
    elif status.level != "good":
        old = ngettext(
            "The last backup that was opened is %(count)d day old.",
            "The last backup that was opened is %(count)d days old.",
            status.days,
        )
        yield Concern(status.level, old % {"count": status.days}, Remedy.BACK_UP)
    yield from _about_the_place(work, status)
    if work.now - max(filter(None, map(work.last, _TYPED)), default=work.now) > A_YEAR:
        yield Concern("warn", _(_UNPROVEN), Remedy.RECOVERY)


def _about_the_place(work: Work, status: backups.Status) -> Iterator[Concern]:
    reached = status.place_reached_at
    days = (work.now - reached).days if reached else 0
    if not status.place:
        yield Concern("warn", _(_NO_PLACE), Remedy.PLACE)
    elif not status.place_is_apart:
        yield Concern("warn", _(_SAME_DISK), Remedy.PLACE)
    elif reached is None:
        yield Concern("danger", _(_NEVER_THERE), Remedy.PLACE)
    elif backup.level(days) != "good":
        away = ngettext(
            "No backup has reached the second place for %(count)d day. Plug in the stick, or name another place.",
            "No backup has reached the second place for %(count)d days. Plug in the stick, or name another place.",
            days,
        )
        yield Concern(backup.level(days), away % {"count": days}, Remedy.PLACE)
