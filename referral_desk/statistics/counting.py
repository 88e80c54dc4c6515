"""Counting cases in the store itself: no record is loaded and nothing sealed is read.

What leaves this module is exact, and therefore only for `tables`, which protects it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import product
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    String,
    and_,
    case,
    func,
    literal,
    literal_column,
    select,
    type_coerce,
)
from sqlalchemy.orm import Session

from referral_desk.errors import UnknownQuestion, WrongDimensions
from referral_desk.nrm.case import Case, Step
from referral_desk.nrm.consent import UNWILLING, Consent, ConsentScope
from referral_desk.nrm.fields import Question
from referral_desk.nrm.pathway import KINDS
from referral_desk.nrm.terms import Unanswered
from referral_desk.words import _

REASON = "?"
"""Stands before the code of why there is no answer, as in commands: `?DECLINED`."""

NONE_OF_THESE = f"{REASON}NONE"
NOT_ASKED = f"{REASON}{Unanswered.NOT_ASKED.code}"

NO_CODES = "[]"

CASES = Case.__table__

Codes = tuple[str, ...]


@dataclass(frozen=True)
class Dimension:
    """A question whose answers may be counted."""

    kind: type[Step]
    question: Question

    @property
    def name(self) -> str:
        """Such as `person.gender`."""
        return f"{self.kind.kind}.{self.question.name}"

    @property
    def label(self) -> str:
        """With the step, because `Why?` alone says little."""
        return _("%(step)s: %(question)s") % {"step": self.kind.label(), "question": self.question.label}

    @property
    def has_many(self) -> bool:
        """Whether a case can have several answers, and then is counted in each."""
        return self.question.many is not None


@cache
def dimensions() -> tuple[Dimension, ...]:
    """Every question whose answers may be counted, in the order of declaration."""
    every = ((kind, question) for kind in KINDS.values() for question in kind.questions)
    return tuple(Dimension(kind, question) for kind, question in every if question.counted)


def chosen(names: Sequence[str]) -> tuple[Dimension, ...]:
    """The dimensions of a table by their names; WrongDimensions or UnknownQuestion where there is no such table."""
    if len(names) not in (1, 2) or len(set(names)) < len(names):
        raise WrongDimensions(count=len(names))
    return tuple(_named(name) for name in names)


@dataclass(frozen=True)
class Counts:
    """Exact numbers of cases, for `tables` and tests alone: in all, by each dimension, and by all together."""

    total: int
    margins: tuple[Counter[str], ...]
    cells: Counter[Codes]


def unprotected(session: Session, by: Sequence[Dimension]) -> Counts:
    """Count all cases of the desk.

    A question with one answer is counted by the latest step of its kind, one with many by the answers of all
    of them: a case once in each. Without any answer it is counted under why there is none.
    """
    total = 0
    margins: tuple[Counter[str], ...] = tuple(Counter() for _dimension in by)
    cells: Counter[Codes] = Counter()
    for *told, number in session.execute(_statement(tuple(by))):
        answers = [codes_in(text, dimension.question.vocabulary) for text, dimension in zip(told, by, strict=True)]
        total += number
        for margin, codes in zip(margins, answers, strict=True):
            for code in codes:
                margin[code] += number
        for place in product(*answers):
            cells[place] += number
    return Counts(total, margins, cells)


def _named(name: str) -> Dimension:
    found = next((dimension for dimension in dimensions() if dimension.name == name), None)
    if found is None:
        step, _dot, question = name.rpartition(".")
        raise UnknownQuestion(question=question, step=step)
    return found


@lru_cache(64)
def _statement(by: tuple[Dimension, ...]) -> Select[Any]:
    """How many cases tell the same: one row for each combination of what told_by gives."""
    alone = {dimension.kind: _the_only_one(dimension.kind) for dimension in by}
    told = [told_by(one, alone[one.kind]).label(f"told_{place}") for place, one in enumerate(by)]
    # Always true; but asking for the code makes SQLite go through the cases in the order in which they came,
    # where the steps of neighbours lie together. By id alone it would fetch them from all over the file.
    every = select(*told, literal(1).label("one")).where(func.length(CASES.c.code) > 0, *countable())
    joined: FromClause = CASES
    for kind, only in alone.items():
        joined = joined.outerjoin(only, and_(*of_the_case(only), CASES.c.id.not_in(_with_several(kind))))
    told_apart = every.select_from(joined).subquery()
    columns = [told_apart.c[column.name] for column in told]
    return select(*columns, func.count()).select_from(told_apart).group_by(*columns)


def _the_only_one(kind: type[Step]) -> FromClause:
    """The step of a kind where a case has but one: all that is asked of it is then read at once, and nothing sorted."""
    return kind.__table__.alias(f"only_{kind.kind}")


def _with_several(kind: type[Step]) -> Select[Any]:
    steps = kind.__table__.c
    return select(steps.case_id).where(steps.current).group_by(steps.case_id).having(func.count() > 1)


def countable() -> tuple[ColumnElement[bool], ...]:
    """The cases that figures tell of: each person once, and nobody whose last word on statistics is no.

    Asked as the index ix_consent_statistics answers it.
    """
    said = Consent.__table__.c
    order = type_coerce(said.day, String) + type_coerce(said.recorded_at, String) + type_coerce(said.id, String)
    # With max(), SQLite takes the other columns from the same row (https://sqlite.org/lang_select.html#bareagg).
    last = (
        select(said.case_id, said.status, func.max(order))
        .where(said.current, type_coerce(said.scope, String) == literal_column(f"'{ConsentScope.STATS.code}'"))
        .group_by(said.case_id)
        .subquery()
    )
    unwilling = select(last.c.case_id).where(last.c.status.in_(UNWILLING))
    return CASES.c.merged_into.is_(None), CASES.c.id.not_in(unwilling)


def told_by(dimension: Dimension, only: FromClause | None = None) -> ColumnElement[str]:
    """What a case tells: a code, or lists of codes as they are stored, or why there is no answer.

    `only` is the one step of the kind, if it is joined to the cases that have but one; else all are looked through.
    """
    told = _told_by_all(dimension)
    if only is not None:
        alone = func.coalesce(_answer(dimension, only), _silence(dimension, only))
        told = case((only.c.id.is_(None), told), else_=alone)
    return func.coalesce(told, NOT_ASKED)


def _told_by_all(dimension: Dimension) -> ColumnElement[str]:
    steps = dimension.kind.__table__
    answer, silence = _answer(dimension, steps), _silence(dimension, steps)
    if not dimension.has_many:
        return of_latest(steps, func.coalesce(answer, silence))
    lists = select(func.group_concat(answer)).where(*of_the_case(steps), answer.is_not(None))
    return func.coalesce(lists.scalar_subquery(), of_latest(steps, silence))


def _answer(dimension: Dimension, steps: FromClause) -> ColumnElement[str]:
    answer = type_coerce(steps.c[dimension.question.name], String)
    return func.nullif(answer, NO_CODES) if dimension.has_many else answer


def _silence(dimension: Dimension, steps: FromClause) -> ColumnElement[str]:
    """Why a step has no answer, if it says so."""
    why = REASON + func.json_extract(steps.c.unanswered, f"$.{dimension.question.name}", type_=String)
    if not dimension.has_many:
        return why
    return case((type_coerce(steps.c[dimension.question.name], String) == NO_CODES, NONE_OF_THESE), else_=why)


def of_latest(steps: FromClause, what: ColumnElement[str], *only: ColumnElement[bool]) -> ColumnElement[str]:
    """What the latest step that says it says; `only` narrows down which steps are meant."""
    order = (steps.c.day.desc(), steps.c.recorded_at.desc(), steps.c.id.desc())
    # A later step that says nothing on it does not unsay what was answered.
    return select(what).where(*of_the_case(steps), what.is_not(None), *only).order_by(*order).limit(1).scalar_subquery()


def of_the_case(steps: FromClause) -> tuple[ColumnElement[bool], ...]:
    return steps.c.case_id == CASES.c.id, steps.c.current


@lru_cache(4096)
def codes_in(told: str, vocabulary: Any) -> frozenset[str]:
    """The codes in `SEX`, in `["LAB", "SEX"],["SEX"]` or in `?DECLINED`; a former code of a term as that of today."""
    lists = json.loads(f"[{told}]") if told.startswith("[") else [[told]]
    codes = (code for codes in lists for code in codes)
    return frozenset(code if code.startswith(REASON) else vocabulary.of(code).code for code in codes)
