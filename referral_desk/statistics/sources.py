"""Where the dimensions of the families come from: columns of the store, and how a case is placed by what they say.

Only what may be counted is read, and of days only how many lie between them. What hangs together in life is one
dimension, or a pair of which some are impossible: otherwise two figures rounded apart would tell of each other.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Table, case, func, select, type_coerce
from sqlalchemy import String as Text
from sqlalchemy import cast as as_type

from referral_desk import resources
from referral_desk.nrm.case import KINDS
from referral_desk.nrm.person import AgeBand
from referral_desk.nrm.residence import STANDING_PERMIT
from referral_desk.nrm.terms import Country, Term
from referral_desk.statistics import counting
from referral_desk.statistics.counting import CASES, NOT_ASKED, REASON, codes_in, of_latest, of_the_case
from referral_desk.statistics.families import NO, UNKNOWN, YES, Codes, Dimension

SEVERAL = "SEVERAL"
"""More than one citizenship."""

CHILD, ADULT, NOT_CHILD = "CHILD", "ADULT", "NOT_CHILD"
TRANS = "TRANS"
GIVEN, UNMET = "GIVEN", "UNMET"
NO_RETURN, ASSESSED, UNASSESSED = "NO_RETURN", "ASSESSED", "UNASSESSED"
NONE, OPEN, CLAIMED = "NONE", "OPEN", "CLAIMED"

DURATIONS = {"D30": 30, "D90": 90, "D180": 180, "D365": 365, "LONGER": 10**6}
ANSWER_TIMES = {"IN_3": 3, "IN_14": 14, "LATER": 10**6}
"""Codes of bands by the last day that belongs to them."""

NO_ANSWERS = ("SENT", "CHASED", "NO_RESPONSE_CLOSED", "CANCELLED", "REVOKED")
STANDING_PERMITS = tuple(status.code for status in STANDING_PERMIT)


@dataclass(frozen=True)
class Source:
    """Dimensions that are read together: what each of them says of a case is told by the same columns."""

    dimensions: tuple[Dimension, ...]
    columns: tuple[ColumnElement[Any], ...]
    read: Callable[..., Codes]


def question(name: str, *, at_most: int = 30, parents: Mapping[str, str] | None = None) -> Source:
    """A question with one answer."""
    found = asked(name)
    codes = (*(term.code for term in found.question.vocabulary.every()), UNKNOWN)
    dimension = Dimension(name, codes, parents, at_most)
    return Source((dimension,), (counting.told_by(found),), lambda told: (_one(told, found),))


def country(name: str, *, at_most: int = 20) -> Source:
    """A question about countries; a country folds into its region, a region into its continent."""
    found = asked(name)
    codes = (*Country.codes(), *([SEVERAL] if found.has_many else []), UNKNOWN)
    return Source(
        (Dimension(name, codes, regions(), at_most),),
        (counting.told_by(found),),
        lambda told: (_one(told, found),),
    )


def each(name: str) -> Source:
    """A question with several answers: a yes or no for each of them."""
    found = asked(name)
    codes = [term.code for term in found.question.vocabulary.every()]
    dimensions = tuple(Dimension(f"{name}={code}", (YES, NO)) for code in codes)

    def read(told: str) -> Codes:
        said = codes_in(told, found.question.vocabulary)
        return tuple(YES if code in said else NO for code in codes)

    return Source(dimensions, (counting.told_by(found),), read)


def age() -> Source:
    """Child or adult, and the band."""
    found = asked("person.age_band")
    group = {band.code: CHILD if band.is_child else ADULT for band in AgeBand}
    dimensions = (
        Dimension("person.age_group", (CHILD, ADULT, UNKNOWN)),
        Dimension("person.age_band", (*group, UNKNOWN), group),
    )

    def read(told: str) -> Codes:
        band = _one(told, found)
        return group.get(band, UNKNOWN), band

    return Source(dimensions, (counting.told_by(found),), read)


def of_children(name: str) -> Source:
    """What is asked of children only: everybody else is NOT_CHILD, whatever the records say."""
    found, band = asked(name), asked("person.age_band")
    children = {band.code for band in AgeBand if band.is_child}
    codes = (*(term.code for term in found.question.vocabulary.every()), NONE, NOT_CHILD)

    def read(told: str, band_told: str) -> Codes:
        said = _one(told, found)
        return (NOT_CHILD if _one(band_told, band) not in children else NONE if said == UNKNOWN else said,)

    return Source((Dimension(name, codes),), (counting.told_by(found), counting.told_by(band)), read)


def services() -> Source:
    """Of each service: given, asked for elsewhere and not given (an unmet need), or neither."""
    given, wanted = asked("assistance.services"), asked("referral.services")
    codes = [term.code for term in given.question.vocabulary.every()]

    def read(told: str, wanted_told: str) -> Codes:
        had = codes_in(told, given.question.vocabulary)
        missed = codes_in(wanted_told, wanted.question.vocabulary)
        return tuple(GIVEN if code in had else UNMET if code in missed else NO for code in codes)

    dimensions = tuple(Dimension(f"service={code}", (GIVEN, UNMET, NO)) for code in codes)
    return Source(dimensions, (counting.told_by(given), counting.told_by(wanted)), read)


def returned() -> Source:
    """The manner of return, each with and without a risk assessment before it; and being trafficked again."""
    manner = asked("return.manner")
    risk = KINDS["risk"].__table__
    assessed = _any(risk, _code(risk.c.purpose) == "PRE_RETURN")
    again = _optional("monitoring.retrafficked")
    manners = [term.code for term in manner.question.vocabulary.every()]
    parents = {f"{code}.{way}": code for code in manners for way in (ASSESSED, UNASSESSED)}
    dimensions = (
        Dimension("return.manner", (*parents, NO_RETURN), parents),
        Dimension("monitoring.retrafficked", (YES, NO, UNKNOWN)),
    )

    def read(told: str, has_risk: int, again_told: str) -> Codes:
        code = _one(told, manner)
        if code == UNKNOWN:
            return NO_RETURN, UNKNOWN
        heard = again_told if again_told in (YES, NO) else UNKNOWN
        return f"{code}.{ASSESSED if has_risk else UNASSESSED}", heard

    return Source(dimensions, (counting.told_by(manner), assessed, again), read)


def referred() -> Source:
    """How long the first answer to the first referral took, and why one was declined."""
    referral = KINDS["referral"].__table__
    asked_on = select(func.min(referral.c.day)).where(*of_the_case(referral)).scalar_subquery()
    answered_on, why = _answers()
    reasons = _terms("referral_answer.decline_reason")
    dimensions = (
        Dimension("referral.answer_time", (*ANSWER_TIMES, OPEN, NONE)),
        Dimension("referral_answer.decline_reason", (*reasons, UNKNOWN)),
    )

    def read(asked_day: str | None, answered_day: str | None, why_told: str) -> Codes:
        if not asked_day or not answered_day:
            return OPEN if asked_day else NONE, UNKNOWN
        return _band(asked_day, answered_day, ANSWER_TIMES), why_told if why_told in reasons else UNKNOWN

    return Source(dimensions, (_day(asked_on), answered_on, why), read)


def duration(ended: ColumnElement[Any]) -> Source:
    """How long a case was open."""

    def read(opened_on: str, ended_on: str) -> Codes:
        return (_band(opened_on, ended_on, DURATIONS),)

    return Source((Dimension("closure.duration", tuple(DURATIONS)),), (_day(CASES.c.opened_on), _day(ended)), read)


def permit() -> Source:
    """The latest residence permit that stands."""
    steps = KINDS["permit"].__table__
    standing = of_latest(steps, _code(steps.c.permit), _code(steps.c.status).in_(STANDING_PERMITS))
    codes = _terms("permit.permit")
    dimension = Dimension("permit.permit", (*codes, NONE))
    return Source((dimension,), (standing,), lambda told: (told if told in codes else NONE,))


def compensation() -> Source:
    """Whether compensation was claimed, and what came of it."""
    claims = KINDS["claim"].__table__
    award = _optional("award.result")
    codes = _terms("award.result")
    dimension = Dimension("award.result", (*codes, CLAIMED, NONE))

    def read(has_claim: int, told: str) -> Codes:
        return (NONE if not has_claim else told if told in codes else CLAIMED,)

    return Source((dimension,), (_any(claims), award), read)


def is_known(*names: str) -> bool:
    """Whether the desk asks these questions."""
    return set(names) <= {one.name for one in counting.dimensions()}


def asked(name: str) -> counting.Dimension:
    return next(one for one in counting.dimensions() if one.name == name)


def closed_on() -> ColumnElement[Any]:
    """The day on which the case was closed, if it has not been opened again since."""
    closure, reopening = KINDS["closure"].__table__, KINDS["reopening"].__table__
    closed, opened = (
        select(func.max(steps.c.day)).where(*of_the_case(steps)).correlate(CASES).scalar_subquery()
        for steps in (closure, reopening)
    )
    return case((func.coalesce(as_type(opened, Text), "") < as_type(closed, Text), closed))


@cache
def regions() -> Mapping[str, str]:
    """The parent of each country and region, by M49."""
    with resources.path("regions.toml").open("rb") as file:
        data = tomllib.load(file)
    countries = {code: region for region, codes in data["countries"].items() for code in codes.split()}
    return countries | dict(data["within"])


def _one(told: str, found: counting.Dimension) -> str:
    """The one code that is told; UNKNOWN for any reason why there is none."""
    codes = [code for code in codes_in(told, found.question.vocabulary) if not code.startswith(REASON)]
    return codes[0] if len(codes) == 1 else SEVERAL if codes else UNKNOWN


def _optional(name: str) -> ColumnElement[Any]:
    return counting.told_by(asked(name))


def _terms(name: str) -> tuple[str, ...]:
    vocabulary: type[Term] = asked(name).question.vocabulary
    return tuple(term.code for term in vocabulary.every())


def _answers() -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    steps = KINDS["referral_answer"].__table__
    is_answer = _code(steps.c.news).not_in(NO_ANSWERS)
    first = select(func.min(steps.c.day)).where(*of_the_case(steps), is_answer).scalar_subquery()
    return _day(first), _optional("referral_answer.decline_reason")


def _any(steps: Table | Any, *only: ColumnElement[bool]) -> ColumnElement[Any]:
    return select(func.count() > 0).select_from(steps).where(*of_the_case(steps), *only).scalar_subquery()


def _code(answer: ColumnElement[Any]) -> ColumnElement[str]:
    """As it is stored."""
    return type_coerce(answer, Text)


def _day(day: ColumnElement[Any]) -> ColumnElement[Any]:
    """As it is stored: reading two days as dates costs more than all else that is counted."""
    return as_type(day, Text)


def _band(first: str, last: str, bands: Mapping[str, int]) -> str:
    days = (date.fromisoformat(last) - date.fromisoformat(first)).days
    return next(code for code, longest in bands.items() if days <= longest)


def names_of(sources: Iterable[Source]) -> list[str]:
    return [dimension.name for source in sources for dimension in source.dimensions]


__all__ = ["NOT_ASKED", "Source"]
