"""Counting cases in the store itself: no record is loaded and nothing sealed is read.

What leaves this module is exact, and therefore only for `tables`, which protects it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from operator import gt
from typing import Any

from sqlalchemy import (
    Exists,
    FromClause,
    Select,
    String,
    Subquery,
    and_,
    case,
    func,
    literal,
    select,
    true,
    tuple_,
    type_coerce,
)
from sqlalchemy.orm import Session

from referral_desk.errors import UnknownQuestion, WrongDimensions
from referral_desk.nrm.case import Case, Step
from referral_desk.nrm.fields import Question
from referral_desk.nrm.pathway import KINDS
from referral_desk.nrm.terms import Unanswered
from referral_desk.words import _

REASON = "?"
"""Stands before the code of why there is no answer, as in commands: `?DECLINED`."""

NONE_OF_THESE = f"{REASON}NONE"
NOT_ASKED = f"{REASON}{Unanswered.NOT_ASKED.code}"

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
    if len(names) not in (1, 2):
        raise WrongDimensions(count=len(names))
    return tuple(_named(name) for name in names)


def unprotected(session: Session, by: Sequence[Dimension]) -> dict[Codes, int]:
    """Exact numbers of cases by the codes of their answers; only `tables` and tests may ask for them.

    Without a dimension the one number is that of all cases. A question with one answer is counted by the
    latest step of its kind, one with many by the answers of all of them, each case once in each answer.
    """
    return {tuple(codes): number for *codes, number in session.execute(_statement(by))}


def _named(name: str) -> Dimension:
    found = next((dimension for dimension in dimensions() if dimension.name == name), None)
    if found is None:
        step, _dot, question = name.rpartition(".")
        raise UnknownQuestion(question=question, step=step)
    return found


def _statement(by: Sequence[Dimension]) -> Select[Any]:
    cases = Case.__table__
    source: FromClause = cases
    codes = []
    for dimension in by:
        parts = (_values(dimension), _latest(dimension)) if dimension.has_many else (_latest(dimension),)
        nothing_yet = [part.c.code.is_(None) for part in parts[:-1]]
        for part, needed in zip(parts, ((), nothing_yet), strict=False):
            source = source.outerjoin(part, and_(part.c.case_id == cases.c.id, *needed))
        codes.append(func.coalesce(*(part.c.code for part in parts), NOT_ASKED))
    counted = select(*codes, func.count()).select_from(source).group_by(*codes)
    # In the order of arrival the steps of neighbours lie together; by id they would be fetched from all over the file.
    return counted.with_hint(cases, "NOT INDEXED", "sqlite")


def _latest(dimension: Dimension) -> Subquery:
    """`case_id` and `code` of the latest step of each case: the answer, or why there is none."""
    steps = dimension.kind.__table__
    found = select(steps.c.case_id, _code(dimension, steps).label("code")).where(steps.c.current)
    return (found if dimension.kind.once else found.where(~_a_later_one(steps))).subquery()


def _a_later_one(steps: FromClause) -> Exists:
    other = steps.alias()
    moments = (tuple_(each.c.day, each.c.recorded_at, each.c.id) for each in (other, steps))
    return select(1).where(other.c.case_id == steps.c.case_id, other.c.current, gt(*moments)).exists()


def _values(dimension: Dimension) -> Subquery:
    """`case_id` and `code` of every answer to a question with many, each once."""
    steps = dimension.kind.__table__
    each = func.json_each(steps.c[dimension.question.name]).table_valued("value")
    found = select(steps.c.case_id, each.c.value.label("code")).select_from(steps.join(each, true()))
    found = found.where(steps.c.current)
    return (found if dimension.kind.once else found.distinct()).subquery()


def _code(dimension: Dimension, steps: FromClause) -> Any:
    answer = type_coerce(steps.c[dimension.question.name], String)
    why = literal(REASON) + func.json_extract(steps.c.unanswered, f"$.{dimension.question.name}")
    if dimension.has_many:
        return case((answer == "[]", NONE_OF_THESE), (answer.is_(None), why))
    return func.coalesce(answer, why)
