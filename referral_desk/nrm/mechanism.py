"""What one country has laid down, and since when: read from resources/mechanisms/<name>.toml.

National law is data that a lawyer edits. A value that nobody verified says so wherever it is shown. An office may put
its own value in the place of any; while it works, `at_desk` says which country and which values are its own.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from typing import Any

from referral_desk import resources, words
from referral_desk.errors import UnreadableValue
from referral_desk.nrm.dates import Period, Unit
from referral_desk.nrm.schedule import deadlines
from referral_desk.nrm.working_days import WorkingDays, weekend_of
from referral_desk.words import N_, _

REFLECTION = "reflection"
FLOOR = Period(30, Unit.DAYS)
"""The least for every Party to the Convention (CETS 197, art. 13(1))."""


@dataclass(frozen=True)
class Value:
    """One thing laid down, as it is written (`30 days`, `YES`); `since` is a year or a date as in the source.

    `is_own` where the office of this desk put it in the place of what the files say.
    """

    written: str
    source: str = ""
    since: str = ""
    confidence: str = ""
    verified_by: str = ""
    verified_on: str = ""
    note: str = ""
    is_own: bool = False

    @property
    def is_verified(self) -> bool:
        return bool(self.verified_by and self.verified_on)

    @property
    def standing(self) -> str:
        """Whether one may rely on the value, in a sentence."""
        if self.is_verified:
            return _("Verified by %(who)s on %(day)s.") % {"who": self.verified_by, "day": self.verified_on}
        believed = _CONFIDENCE.get(self.confidence, "")
        return " ".join(filter(None, [_("Not verified; check with a lawyer."), _(believed)]))


_CONFIDENCE = {
    "high": N_("Our own confidence is high."),
    "medium": N_("Our own confidence is medium."),
    "low": N_("Our own confidence is low."),
    "working rule": N_("It is a working rule of this program, no law."),
}


@dataclass(frozen=True)
class ReflectionRule:
    """How long a reflection period lasts; no `period` where none is known or it is left to each country."""

    value: Value
    kind: str
    period: Period | None
    longest: Period | None = None

    @classmethod
    def of(cls, value: Value) -> ReflectionRule:
        """From `at least 30 days`, `3 months`, `30 days to 6 months`, `national` or `none`; ValueError otherwise."""
        written = value.written.strip()
        if written in _WITHOUT_PERIOD:
            return cls(value, written, None)
        for kind, sign in _SIGNS.items():
            if written.startswith(sign):
                return cls(value, kind, Period.of(written.removeprefix(sign)))
        shortest, _to, longest = written.partition(" to ")
        if longest:
            return cls(value, "range", Period.of(shortest), Period.of(longest))
        return cls(value, "fixed", Period.of(written))

    @property
    def source(self) -> str:
        return self.value.source

    @property
    def since(self) -> str:
        return self.value.since

    @property
    def verified_by(self) -> str:
        return self.value.verified_by

    @property
    def is_verified(self) -> bool:
        return self.value.is_verified

    @property
    def standing(self) -> str:
        return self.value.standing

    def __str__(self) -> str:
        return _(_KINDS[self.kind]) % {"period": self.period, "longest": self.longest}


_SIGNS = {"minimum": "at least ", "maximum": "up to "}
_WITHOUT_PERIOD = frozenset({"national", "none"})
_KINDS = {
    "minimum": N_("at least %(period)s"),
    "fixed": N_("%(period)s"),
    "maximum": N_("up to %(period)s"),
    "range": N_("%(period)s to %(longest)s"),
    "national": N_("as long as each country decides"),
    "none": N_("no period is known"),
}


@dataclass(frozen=True)
class Setting:
    """One thing that a country can lay down; `form` shows how it is written, `check` refuses what is not so."""

    key: str
    english: str
    form: str
    check: Callable[[str], object]

    @property
    def label(self) -> str:
        return _(self.english)


def _yes_or_no(written: str) -> None:
    if written not in ("YES", "NO"):
        raise ValueError(written)


def _country(written: str) -> None:
    if written.partition("-")[0] not in words.country_codes():
        raise ValueError(written)


_PERIOD = "24 hours, 30 days, 5 working days, 3 months, 2 years"

SETTINGS = {
    setting.key: setting
    for setting in (
        Setting(
            REFLECTION,
            N_("Reflection period"),
            "30 days, at least 30 days, up to 3 months, 30 days to 6 months, national, none",
            lambda written: ReflectionRule.of(Value(written)),
        ),
        Setting("reflection_for_nationals", N_("It is for nationals, too"), "YES, NO", _yes_or_no),
        Setting("who_identifies", N_("Who decides on formal identification"), N_("A few words"), str),
        Setting("ngo_may_identify", N_("Organisations may identify formally"), "YES, NO", _yes_or_no),
        Setting("decision_time", N_("Time for the decision on identification"), _PERIOD, Period.of),
        Setting("appeal_time", N_("Time to appeal against a decision"), _PERIOD, Period.of),
        Setting("compensation_time", N_("Time to claim compensation"), _PERIOD, Period.of),
        Setting("weekend", N_("Days of the week that are free"), "SAT,SUN", weekend_of),
        Setting("holidays", N_("Whose national holidays are free"), "SRB, DEU-BY", _country),
    )
} | {
    deadline.key: Setting(deadline.key, deadline.english, _PERIOD, Period.of)
    for deadline in deadlines().values()
    if deadline.time
}
"""Everything a mechanism can say, by key, in the order shown; last how long what may take."""

WORKING_RULE = "working rule"


@dataclass(frozen=True)
class Mechanism:
    """One file, and what the office says of that country; `best_before`: from then on it should be checked again."""

    code: str
    name: str
    version: str
    best_before: str
    values: Mapping[str, Value] = field(repr=False)

    @property
    def label(self) -> str:
        return words.country(self.code) if self.code in words.country_codes() else _(self.name)

    @property
    def reflection(self) -> ReflectionRule:
        return ReflectionRule.of(self.values[REFLECTION])

    @property
    def calendar(self) -> WorkingDays:
        """The working days of the country; its own holidays where nothing else is said."""
        weekend, of = self.values.get("weekend"), self.values.get("holidays")
        country = of.written if of else self.code if self.code in words.country_codes() else ""
        return WorkingDays(country, weekend_of(weekend.written) if weekend else None)

    def period(self, key: str) -> Period | None:
        value = self.values.get(key)
        return Period.of(value.written) if value else None

    def says_yes(self, key: str) -> bool | None:
        """None where nobody knows."""
        value = self.values.get(key)
        return value.written == "YES" if value else None

    def is_past_its_best(self, on: date) -> bool:
        return date.fromisoformat(self.best_before) < on


Own = Mapping[tuple[str, str], Value]
"""What an office put in the place of the files, by code and key."""

_HERE: ContextVar[tuple[str, Own] | None] = ContextVar("here", default=None)
_process: list[tuple[str, Own]] = [("COE", {})]


def of(code: str) -> Mechanism:
    published = _all()[code]
    own = {key: value for (of, key), value in _desk()[1].items() if of == code and key in SETTINGS}
    return replace(published, values={**published.values, **own}) if own else published


def as_period(key: str, value: Value) -> Period | None:
    """The length of time that a value is; None for a value of another kind."""
    return Period.of(value.written) if SETTINGS[key].form == _PERIOD else None


def in_force() -> tuple[str, Own]:
    """The country of the desk at which one works, and the values of its office."""
    return _desk()


def home() -> Mechanism:
    """The mechanism of the desk at which one works; the Convention's floor where there is none."""
    return of(_desk()[0])


def codes() -> tuple[str, ...]:
    """The code of every mechanism, the Convention's floor first."""
    return tuple(sorted(_all(), key=lambda code: (code != "COE", code)))


def checked(key: str, written: str) -> str:
    """A value as it may be kept; UnreadableValue with its form where it cannot be read."""
    setting = SETTINGS.get(key)
    if setting is None:
        raise UnreadableValue(key=key, form=", ".join(SETTINGS))
    try:
        setting.check(written.strip())
    except ValueError:
        raise UnreadableValue(key=key, form=_(setting.form)) from None
    return written.strip()


@contextmanager
def at_desk(home: str, own: Own) -> Iterator[None]:
    """Work under the mechanism of a desk, with its own values, in this thread."""
    token = _HERE.set((home, own))
    try:
        yield
    finally:
        _HERE.reset(token)


def use(home: str, own: Own) -> None:
    """Show what this desk says from now on, in every thread that works at none."""
    _process[0] = (home, own)


def _desk() -> tuple[str, Own]:
    return _HERE.get() or _process[0]


@cache
def _all() -> dict[str, Mechanism]:
    files = sorted(resources.path("mechanisms").glob("*.toml"))
    found = [_read(file.read_text(encoding="utf-8")) for file in files]
    return {mechanism.code: mechanism for mechanism in found}


def _read(text: str) -> Mechanism:
    held = tomllib.loads(text)
    about = {name: held[name] for name in ("code", "name", "version", "best_before")}
    rule = _value(held[REFLECTION], _reflection(held[REFLECTION]))
    others = {key: _value(table, table["value"]) for key, table in held.get("values", {}).items()}
    usual = {one.key: Value(one.time, one.source, confidence=WORKING_RULE) for one in deadlines().values() if one.time}
    return Mechanism(**about, values={REFLECTION: rule, **usual, **others})


def _value(table: Mapping[str, Any], written: str) -> Value:
    names = ("source", "since", "confidence", "verified_by", "verified_on", "note")
    return Value(written, **{name: table.get(name, "") for name in names})


def _reflection(table: Mapping[str, Any]) -> str:
    """The written form of what a file says in parts."""
    if table["kind"] in _WITHOUT_PERIOD:
        return str(table["kind"])
    longest = f" to {table['longest']} {table['longest_unit']}" if table["kind"] == "range" else ""
    return f"{_SIGNS.get(table['kind'], '')}{table['length']} {table['unit']}{longest}"
