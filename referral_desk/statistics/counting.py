"""Counting cases in the store itself: no record is loaded and nothing sealed is read.

What leaves this module is exact, and therefore only for `tables`, which protects it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, String, case, func, literal, select, type_coerce
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
    for *told, number in session.execute(_statement(by)):
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


def _statement(by: Sequence[Dimension]) -> Select[Any]:
    """How many cases tell the same: one row for each combination of what told_by gives."""
    told = [told_by(dimension).label(f"told_{place}") for place, dimension in enumerate(by)]
    # Always true; but asking for the code makes SQLite go through the cases in the order in which they came,
    # where the steps of neighbours lie together. By id alone it would fetch them from all over the file.
    every = select(*told, literal(1).label("one")).where(func.length(CASES.c.code) > 0, *countable()).subquery()
    columns = [every.c[column.name] for column in told]
    return select(*columns, func.count()).select_from(every).group_by(*columns)


def countable() -> tuple[ColumnElement[bool], ...]:
    """The cases that figures tell of: each person once, and nobody whose last word on statistics is no."""
    said = Consent.__table__.c
    order = type_coerce(said.day, String) + type_coerce(said.recorded_at, String) + type_coerce(said.id, String)
    # With max(), SQLite takes the other columns from the same row (https://sqlite.org/lang_select.html#bareagg).
    last = (
        select(said.case_id, said.status, func.max(order))
        .where(said.current, said.scope == ConsentScope.STATS)
        .group_by(said.case_id)
        .subquery()
    )
    unwilling = select(last.c.case_id).where(last.c.status.in_(UNWILLING))
    return CASES.c.merged_into.is_(None), CASES.c.id.not_in(unwilling)


def told_by(dimension: Dimension) -> ColumnElement[str]:
    """What a case tells: a code, or lists of codes as they are stored, or why there is no answer."""
    steps = dimension.kind.__table__
    answer = type_coerce(steps.c[dimension.question.name], String)
    why = REASON + func.json_extract(steps.c.unanswered, f"$.{dimension.question.name}", type_=String)
    if not dimension.has_many:
        return func.coalesce(of_latest(steps, func.coalesce(answer, why)), NOT_ASKED)
    lists = select(func.group_concat(answer)).where(*of_the_case(steps), answer != NO_CODES)
    silence = of_latest(steps, case((answer == NO_CODES, NONE_OF_THESE), else_=why))
    return func.coalesce(lists.scalar_subquery(), silence, NOT_ASKED)


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
