"""One declaration per question, and the one word that says how far its answer may travel.

    needs: Mapped[frozenset[Need]] = field(N_("What does the person need now?"), many=Need, reach=Reach.LETTER)

Column, form, letter line, statistics dimension, command-line option and catalogue entry all derive from this.
A sealed question has no column of its own: the sealed answers of a record lie together in one block.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import IntEnum
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import Date, Integer, String, Uuid
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import mapped_column
from sqlalchemy.types import TypeDecorator

from referral_desk.errors import NotEntitled
from referral_desk.nrm.dates import PartialDate
from referral_desk.nrm.terms import Currency, DataItem, YesNo
from referral_desk.words import N_, _

SEALED_MARK = "▓▓▓▓"

ORGANISATIONS, COLLEAGUES = "organisations", "colleagues"
"""What a question may offer while one types: those of the directory, those who work at the desk."""


class Reach(IntEnum):
    """How far an answer may travel: each reach includes those below it."""

    SEALED = 0
    """Second layer of encryption; only those who may know names."""
    DESK = 1
    """Everyone who may open the desk."""
    LETTER = 2
    """May stand on an anonymised letter, where the person agreed to share that item with this recipient."""
    STATISTICS = 3
    """May be counted."""


@dataclass(frozen=True, eq=False)
class Question:
    """What one declaration says; it equals itself alone.

    `one`/`many` is a vocabulary; without one the answer is text or `kind`.
    Where `graded` is a vocabulary, too, each entry of `many` gets one of its grades. `points_at` is the code of the
    kind whose earlier step is the answer, held by its id. `htcds` is the field of HTCDS 2.0 that asks the same.
    """

    name: str
    text: str
    hint: str = ""
    reach: Reach = Reach.DESK
    one: Any = None
    many: Any = None
    graded: Any = None
    points_at: str = ""
    kind: type = str
    long: bool = False
    heading: str = ""
    required: bool = False
    required_when: Callable[[Mapping[str, Any]], bool] | None = None
    item: DataItem | None = None
    asked_when: Callable[[Mapping[str, Any]], bool] | None = None
    derived: Callable[[Any], Any] | None = None
    not_before: str = ""
    not_after: str = ""
    past: bool = False
    request: bool = False
    weighty: bool = False
    htcds: str = ""
    offers: str = ""
    trusted: bool = False
    exploiter: bool = False

    @property
    def label(self) -> str:
        return _(self.text)

    @property
    def vocabulary(self) -> Any:
        return self.one or self.many

    @property
    def counted(self) -> bool:
        return self.reach is Reach.STATISTICS

    def is_asked(self, answers: Mapping[str, Any]) -> bool:
        """Whether the answers given so far make this a question at all."""
        return self.derived is None and (self.asked_when is None or self.asked_when(answers))

    def is_required(self, answers: Mapping[str, Any]) -> bool:
        """Whether there must be an answer, beside the answers given so far."""
        return self.required or (self.required_when is not None and self.required_when(answers))

    def is_dropped(self, answers: Mapping[str, Any]) -> bool:
        """Whether other answers have made this no question any more. What no form ever asks is not dropped."""
        return self.asked_when is not None and self.asked_when is not never and not self.asked_when(answers)


def never(_answers: Mapping[str, Any]) -> bool:
    """For what is recorded beside the answers of a form, such as why a step was corrected."""
    return False


def field(  # noqa: PLR0913 - each is one thing that can be said of a question
    text: str,
    *,
    hint: str = "",
    reach: Reach = Reach.DESK,
    one: Any = None,
    many: Any = None,
    graded: Any = None,
    points_at: str = "",
    kind: type = str,
    long: bool = False,
    heading: str = "",
    required: bool = False,
    required_when: Callable[[Mapping[str, Any]], bool] | None = None,
    item: DataItem | None = None,
    asked_when: Callable[[Mapping[str, Any]], bool] | None = None,
    derived: Callable[[Any], Any] | None = None,
    not_before: str = "",
    not_after: str = "",
    past: bool = False,
    request: bool = False,
    weighty: bool = False,
    htcds: str = "",
    offers: str = "",
    trusted: bool = False,
    exploiter: bool = False,
) -> Any:
    """Declare a question; the record class turns it into a column or a sealed answer.

    `not_before` and `not_after` name the date question of the same step before or after which this date cannot lie;
    `past` marks what has happened, so that it cannot lie ahead. `request` marks what is asked of the recipient rather
    than told about the person, and needs no consent item; `weighty` what a reader must see first. `offers` names what
    is suggested while one types (ORGANISATIONS, COLLEAGUES). `trusted` marks who or what the person is to rely on (a
    safe contact, host, sponsor, interpreter, recipient), `exploiter` what tells who exploited: the first is compared
    with the second of every case of the desk.
    """
    given = {name: value for name, value in locals().items() if name != "text"}
    return Question("", text, **given)


def yes_no(text: str, **more: Any) -> Any:
    """Declare a question that is answered with yes or no (or not at all)."""
    return field(text, one=YesNo, **more)


def earlier_step(text: str, kind: str, **more: Any) -> Any:
    """Declare a question that is answered by pointing at an earlier step of a kind, in the same case."""
    return field(text, points_at=kind, kind=UUID, **more)


def amount(text: str, **more: Any) -> Any:
    """Declare a question for a sum of money; its currency is a question of its own, beside it."""
    return field(text, kind=Decimal, **more)


def currency(*amounts: str, **more: Any) -> Any:
    """Declare the question for the currency of these sums: a sum without one says nothing, a currency alone neither."""
    asked_when = lambda given: any(given.get(name) is not None for name in amounts)  # noqa: E731
    return field(N_("Currency"), one=Currency, required=True, asked_when=asked_when, **more)


def declared(namespace: Mapping[str, Any]) -> dict[str, Question]:
    """The questions of a class body by name, in the order written."""
    return {name: replace(value, name=name) for name, value in namespace.items() if isinstance(value, Question)}


def column(question: Question) -> Any:
    """What stands in the mapped class for this question."""
    if question.reach is Reach.SEALED:
        return SealedAnswer(question)
    # Never NOT NULL: a question added later has no answer in the rows there are; completeness is the pathway's.
    return mapped_column(_column_type(question), nullable=True)


class SealedAnswer:
    """Reads and writes one answer inside the sealed block of its record.

    Without the seal in force it reads as SEALED_MARK, and changing it raises NotEntitled.
    """

    def __init__(self, question: Question) -> None:
        self.question = question

    def __get__(self, record: Any, owner: type) -> Any:
        if record is None:
            return self
        answers = record.sealed_answers()
        return SEALED_MARK if answers is None else answers.get(self.question.name)

    def __set__(self, record: Any, answer: Any) -> None:
        answers = record.sealed_answers()
        if answers is None:
            raise NotEntitled
        answers[self.question.name] = answer


def _column_type(question: Question) -> Any:
    if question.graded:
        return Grades(question.many, question.graded)
    if question.many:
        return Codes(question.many)
    if question.one:
        return Code(question.one)
    plain = {date: Date(), PartialDate: WrittenDate(), int: Integer(), Decimal: Sum(), UUID: Uuid()}
    return plain.get(question.kind, String())


class Code(TypeDecorator[Any]):
    """One entry of a vocabulary, stored as its code."""

    impl = String
    cache_ok = True

    def __init__(self, vocabulary: Any) -> None:
        super().__init__()
        self.vocabulary = vocabulary

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ARG002
        return None if value is None else value.code

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:  # noqa: ARG002
        return None if value is None else self.vocabulary.of(value)


class Codes(TypeDecorator[Any]):
    """Several entries of a vocabulary, stored as a sorted JSON list of codes; NULL means not asked."""

    impl = String
    cache_ok = True

    def __init__(self, vocabulary: Any) -> None:
        super().__init__()
        self.vocabulary = vocabulary

    def process_bind_param(self, value: Iterable[Any] | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        return None if value is None else json.dumps(sorted(entry.code for entry in value))

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:  # noqa: ARG002
        return None if value is None else _entries(self.vocabulary, value)


@lru_cache(maxsize=4096)
def _entries(vocabulary: Any, written: str) -> frozenset[Any]:
    """What a list of codes stands for; the same few lists stand in most records."""
    return frozenset(vocabulary.of(code) for code in json.loads(written))


class Grades(TypeDecorator[Any]):
    """A grade for each of several entries, stored as a sorted JSON object of codes; NULL means not asked."""

    impl = String
    cache_ok = True

    def __init__(self, vocabulary: Any, graded: Any) -> None:
        super().__init__()
        self.vocabulary, self.graded = vocabulary, graded

    def process_bind_param(self, value: Mapping[Any, Any] | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        if value is None:
            return None
        return json.dumps({entry.code: grade.code for entry, grade in value.items()}, sort_keys=True)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:  # noqa: ARG002
        if value is None:
            return None
        return {self.vocabulary.of(code): self.graded.of(grade) for code, grade in json.loads(value).items()}


class Sum(TypeDecorator[Any]):
    """A sum of money, stored as it is written, so that no cent is lost to binary fractions."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:  # noqa: ARG002
        return None if value is None else Decimal(value)


class WrittenDate(TypeDecorator[Any]):
    """A partial date, stored as it is written."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: PartialDate | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        return None if value is None else value.written

    def process_result_value(self, value: str | None, dialect: Dialect) -> PartialDate | None:  # noqa: ARG002
        return None if value is None else PartialDate.of(value)
