"""The families of this program: what is published of those who come, and of those whose case is closed.

The minimum is what EU statistics (Directive 2011/36/EU, art. 19a), SDG indicator 16.2.2 and national rapporteurs ask
for. A person is counted once when she or he comes and once when the case is closed; what is known on the day a period
is closed counts. Both families share gender and age group and nothing else: see `joint`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Any

from sqlalchemy import ColumnElement

from referral_desk.statistics import families, sources
from referral_desk.statistics.counting import CASES
from referral_desk.statistics.families import UNKNOWN, Family, Impossible, Names
from referral_desk.statistics.sources import ADULT, CHILD, NONE, NOT_CHILD, TRANS, Source

INTAKE, CLOSURE = "intake", "closure"

GENDER, AGE_GROUP, AGE_BAND = "person.gender", "person.age_group", "person.age_band"
SHARED: Names = (GENDER, AGE_GROUP)
"""What both families count: the table by which the closures are held to be no more than those who came."""

CITIZENSHIP, FORM, CONTROL = "person.citizenships", "interview.exploitation", "interview.control"
_TRANS = {"TF": TRANS, "TM": TRANS, "NC": TRANS}


@dataclass(frozen=True)
class Counted:
    """A family, where its dimensions are read, and the day that says in which period a case belongs."""

    family: Family
    sources: tuple[Source, ...]
    day: ColumnElement[Any]


@cache
def counted(name: str) -> Counted:
    """One of the families by its name."""
    return _intake() if name == INTAKE else _closure()


def names() -> tuple[str, ...]:
    """The families there are."""
    return (INTAKE, CLOSURE) if sources.is_known("closure.reason") else (INTAKE,)


def _intake() -> Counted:
    found = [
        sources.question(GENDER, parents=_TRANS),
        sources.age(),
        sources.country(CITIZENSHIP),
        sources.each(FORM),
        sources.each(CONTROL),
        sources.question("first_contact.contact"),
        sources.country("interview.country_of_exploitation"),
        sources.question("decision.status"),
    ]
    forms, means = (sources.names_of(found[at : at + 1]) for at in (3, 4))
    tables: list[Names] = [SHARED, (GENDER, AGE_BAND), (AGE_GROUP, AGE_BAND), (GENDER, CITIZENSHIP)]
    tables.append((AGE_GROUP, CITIZENSHIP))
    tables += [(other, form) for form in forms for other in (GENDER, AGE_GROUP, CITIZENSHIP)]
    tables += [(GENDER, one) for one in means]
    for single in ("first_contact.contact", "interview.country_of_exploitation", "decision.status"):
        tables += [(GENDER, single), (AGE_GROUP, single)]
    return Counted(_family(INTAKE, found, tables), tuple(found), CASES.c.opened_on)


def _closure() -> Counted:
    ended = sources.closed_on()
    found = [sources.question(GENDER, parents=_TRANS), sources.age(), sources.duration(ended), sources.services()]
    found += [sources.question(name) for name in ("closure.reason", "reflection.granted") if sources.is_known(name)]
    made = {
        "return.manner": sources.returned,
        "referral_answer.decline_reason": sources.referred,
        "permit.permit": sources.permit,
        "award.result": sources.compensation,
    }
    found += [make() for name, make in made.items() if sources.is_known(name)]
    found += [
        sources.of_children(name) for name in ("guardian.status", "best_interests.decision") if sources.is_known(name)
    ]
    every = sources.names_of(found)
    single = [name for name in every if name not in (*SHARED, AGE_BAND)]
    tables: list[Names] = [SHARED, (GENDER, AGE_BAND), (AGE_GROUP, AGE_BAND)]
    tables += [table for name in single for table in ((GENDER, name), (AGE_GROUP, name))]
    tables += [pair for pair in _PAIRS if set(pair) <= set(every)]
    return Counted(_family(CLOSURE, found, tables), tuple(found), ended)


_PAIRS: tuple[Names, ...] = (
    ("return.manner", "monitoring.retrafficked"),
    ("referral.answer_time", "referral_answer.decline_reason"),
)


def _family(name: str, found: list[Source], tables: list[Names]) -> Family:
    dimensions = {one.name: one for source in found for one in source.dimensions}
    impossible = tuple(rule for rule in _impossible(dimensions) if {rule.one, rule.other} <= set(dimensions))
    return families.checked(Family(name, tuple(dimensions.values()), tuple(tables), impossible=impossible))


def _impossible(dimensions: dict[str, Any]) -> list[Impossible]:
    """What cannot be together by the meaning of the words, and is read so that it never is."""
    rules = []
    if AGE_BAND in dimensions:
        group = dict(dimensions[AGE_BAND].parents)
        pairs = product((CHILD, ADULT, UNKNOWN), dimensions[AGE_BAND].codes)
        rules += [(AGE_GROUP, one, AGE_BAND, band) for one, band in pairs if group.get(band, UNKNOWN) != one]
    for name in ("guardian.status", "best_interests.decision"):
        if name in dimensions:
            pairs = product((CHILD, ADULT, UNKNOWN), dimensions[name].codes)
            rules += [(AGE_GROUP, one, name, code) for one, code in pairs if (one == CHILD) == (code == NOT_CHILD)]
    rules += [("return.manner", sources.NO_RETURN, "monitoring.retrafficked", said) for said in ("YES", "NO")]
    if _PAIRS[1][1] in dimensions:
        reasons = [code for code in dimensions[_PAIRS[1][1]].codes if code != UNKNOWN]
        rules += [(_PAIRS[1][0], open_, _PAIRS[1][1], code) for open_ in (sources.OPEN, NONE) for code in reasons]
    return [Impossible(*rule) for rule in rules]
