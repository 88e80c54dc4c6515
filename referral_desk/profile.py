"""The country profile: what the office knows better than the files, with who verified it and when.

A keeper edits it. The journal says that a value was put in force, by its country and key, never the value.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from referral_desk import words
from referral_desk.errors import ImpossibleDate, KeeperNeeded, UnknownCode
from referral_desk.journal import Act
from referral_desk.nrm import mechanism
from referral_desk.nrm.dates import day_of
from referral_desk.nrm.mechanism import SETTINGS, Mechanism, Value
from referral_desk.nrm.sources import said
from referral_desk.store import Desk, profile
from referral_desk.words import N_, _


@dataclass(frozen=True)
class Laid:
    """One line of a country: `text` and `standing` say that nothing is known where nothing is."""

    key: str
    label: str
    text: str
    standing: str
    written: str = ""
    source: str = ""
    since: str = ""
    note: str = ""
    verified_by: str = ""
    verified_on: str = ""
    is_verified: bool = False
    is_own: bool = False


@dataclass(frozen=True)
class Country:
    """Everything a mechanism says, as the desk goes by it; `freshness` says how old its content is."""

    code: str
    label: str
    version: str
    best_before: str
    freshness: str
    is_past_its_best: bool
    laid_down: tuple[Laid, ...]


def country(code: str, *, on: date) -> Country:
    """UnknownCode where there is no such mechanism."""
    found = _mechanism(code)
    lines = tuple(_laid(key, found) for key in SETTINGS)
    past = found.is_past_its_best(on)
    return Country(found.code, found.label, found.version, found.best_before, freshness(found, on), past, lines)


def freshness(found: Mechanism, on: date) -> str:
    """How old the content is, in a sentence."""
    said = N_("Content of %(version)s, best before %(day)s.")
    if found.is_past_its_best(on):
        said = N_("Content of %(version)s: its best-before date %(day)s has passed. Have it checked again.")
    day = words.isolate(words.day(date.fromisoformat(found.best_before)))
    return _(said) % {"version": words.isolate(found.version), "day": day}


def put(desk: Desk, code: str, key: str, value: Value) -> None:
    """Put a value of the office in force. KeeperNeeded, UnknownCode, UnreadableValue or ImpossibleDate."""
    if not desk.is_kept_by_me:
        raise KeeperNeeded
    code = _mechanism(code).code
    written = mechanism.checked(key, value.written)
    if value.verified_on and day_of(value.verified_on, label=_("Verified on")) > desk.clock().date():
        raise ImpossibleDate(label=_("Verified on"))
    kept = Value(written, value.source, value.since, "", value.verified_by, value.verified_on, value.note)
    with desk.work(unsealed=False) as work:
        profile.put(work.session, code, key, kept)
        work.note(Act.SET_VALUE, f"{code}.{key}")
        in_force = profile.own(work.session)
    desk.own_values = in_force


def drop(desk: Desk, code: str, key: str) -> bool:
    """Let the file speak again; whether the office had said anything. KeeperNeeded or UnknownCode."""
    if not desk.is_kept_by_me:
        raise KeeperNeeded
    code = _mechanism(code).code
    with desk.work(unsealed=False) as work:
        dropped = profile.drop(work.session, code, key)
        if dropped:
            work.note(Act.DROPPED_VALUE, f"{code}.{key}")
        in_force = profile.own(work.session)
    desk.own_values = in_force
    return dropped


def _mechanism(code: str) -> Mechanism:
    if code not in mechanism.codes():
        raise UnknownCode(code=code, list="NationalMechanism")
    return mechanism.of(code)


def _laid(key: str, found: Mechanism) -> Laid:
    label, value = SETTINGS[key].label, found.values.get(key)
    if value is None:
        return Laid(key, label, text=_("Not known"), standing=_("Ask a lawyer, and enter it."))
    return Laid(
        key,
        label,
        text=in_words(key, value),
        standing=value.standing,
        written=value.written,
        source=said(value.source),
        since=value.since,
        note=value.note,
        verified_by=value.verified_by,
        verified_on=value.verified_on,
        is_verified=value.is_verified,
        is_own=value.is_own,
    )


def in_words(key: str, value: Value) -> str:
    """A value in the language spoken."""
    if key == mechanism.REFLECTION:
        return str(mechanism.ReflectionRule.of(value))
    if value.written in ("YES", "NO"):
        return _("Yes") if value.written == "YES" else _("No")
    period = mechanism.as_period(key, value)
    return str(period) if period else value.written
