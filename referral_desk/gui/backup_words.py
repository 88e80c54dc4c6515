"""What is said of backups and of the second place."""

from __future__ import annotations

from typing import Any

from referral_desk import words
from referral_desk.words import N_, _, isolate

TIERS = {
    "newest": N_("one of the newest"),
    "day": N_("the last of its day"),
    "week": N_("the last of its week"),
    "month": N_("the last of its month"),
    "": N_("goes with the next one"),
}


def about_place(status: Any) -> str:
    """Where the second place is, whether it is there, and when a backup last came to it."""
    told = {"folder": isolate(status.place), "size": isolate(words.size(status.place_has_room))}
    if not status.place:
        return _("There is none yet. Best is a stick that leaves the house with somebody.")
    if status.place_is_there:
        return _("%(folder)s is there, and %(size)s are free.") % told + _reached(status)
    away = _("%(folder)s is not there now. Plug in the stick: the backup is brought there by itself.") % told
    return away + _reached(status)


def _reached(status: Any) -> str:
    if status.place_reached_at is None:
        return ""
    said = _("A backup last came to the second place on %(moment)s.")
    return "\n" + said % {"moment": isolate(words.moment(status.place_reached_at))}


def line_of(one: Any, place: str) -> tuple[str, ...]:
    """One backup as a line of the list."""
    opened = words.moment(one.opened_at) if one.opened_at else _("not by this desk")
    return (words.moment(one.made_at), opened, _where(one, place), words.size(one.size), _(TIERS[one.tier]))


def _where(one: Any, place: str) -> str:
    there = any(str(folder.parent) == place for folder in one.folders)
    here = any(str(folder.parent) != place for folder in one.folders)
    if here and there:
        return _("here and in the second place")
    return _("in the second place") if there else _("here")
