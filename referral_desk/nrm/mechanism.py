"""What one country has laid down, and since when: read from resources/mechanisms/<name>.toml.

National law is data that a lawyer edits. A value that nobody verified says so wherever it is shown.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache

from referral_desk import resources, words
from referral_desk.nrm.dates import Period, Unit
from referral_desk.words import N_, _

_KINDS = {
    "minimum": N_("at least %(period)s"),
    "fixed": N_("%(period)s"),
    "maximum": N_("up to %(period)s"),
}


@dataclass(frozen=True)
class ReflectionRule:
    """How long a reflection period lasts; `since` is a year or a date as written in the source."""

    period: Period
    kind: str
    since: str
    source: str
    verified_by: str
    verified_on: str
    note: str

    @property
    def is_verified(self) -> bool:
        return bool(self.verified_by and self.verified_on)

    def __str__(self) -> str:
        return _(_KINDS[self.kind]) % {"period": self.period}

    @property
    def standing(self) -> str:
        """Whether one may rely on the value, in a sentence."""
        if not self.is_verified:
            return _("Not verified; check with a lawyer.")
        return _("Verified by %(who)s on %(day)s.") % {"who": self.verified_by, "day": self.verified_on}


@dataclass(frozen=True)
class Mechanism:
    """One file; `best_before` is the day after which its content should be checked again."""

    code: str
    name: str
    version: str
    best_before: str
    reflection: ReflectionRule

    @property
    def label(self) -> str:
        return words.country(self.code) if self.code in words.country_codes() else _(self.name)


def of(code: str) -> Mechanism:
    return _all()[code]


def codes() -> tuple[str, ...]:
    """The code of every mechanism, the Convention's floor first."""
    return tuple(sorted(_all(), key=lambda code: (code != "COE", code)))


@cache
def _all() -> dict[str, Mechanism]:
    files = sorted(resources.path("mechanisms").glob("*.toml"))
    found = [_read(file.read_text(encoding="utf-8")) for file in files]
    return {mechanism.code: mechanism for mechanism in found}


def _read(text: str) -> Mechanism:
    held = tomllib.loads(text)
    rule = held["reflection"]
    period = Period(rule["length"], Unit(rule["unit"]))
    return Mechanism(
        code=held["code"],
        name=held["name"],
        version=held["version"],
        best_before=held["best_before"],
        reflection=ReflectionRule(
            period=period,
            kind=rule["kind"],
            since=rule["since"],
            source=rule["source"],
            verified_by=rule["verified_by"],
            verified_on=rule["verified_on"],
            note=rule["note"],
        ),
    )
