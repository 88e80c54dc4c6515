"""A case is a person's file: a list of dated steps, each kind of step its own typed table.

A step is never overwritten. A correction is a new revision of the same id; the former one stays.
The classes can be used without a database: rules see plain objects.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any, ClassVar, TypeVar
from uuid import UUID, uuid4

from sqlalchemy import JSON, Date, ForeignKey, Index, LargeBinary, String, Uuid
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from referral_desk.nrm import answers, fields
from referral_desk.nrm.fields import Question, Reach, field
from referral_desk.nrm.terms import DataItem, Track
from referral_desk.words import N_, _

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_PREFIXES = ("RD", "RF", "RC")

_NOT_RECORDED_YET = datetime.max  # noqa: DTZ901 - the store keeps UTC without saying so

KINDS: dict[str, type[Step]] = {}
"""Every kind of step by its code, in the order of declaration."""


class Base(DeclarativeBase):
    """The tables of a desk."""


class Case(Base):
    """A person's file. `steps` holds the current revision of each step, oldest first."""

    __tablename__ = "cases"

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    code: Mapped[str] = mapped_column(String, unique=True)
    opened_on: Mapped[date] = mapped_column(Date, index=True)

    def __init__(self, *, opened_on: date, id: UUID | None = None, code: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id or uuid4(), opened_on=opened_on, code=code or random_code())

    @property
    def steps(self) -> list[Step]:
        found: list[Step] = self.__dict__.setdefault("_steps", [])
        return found

    def taken(self, kind: type[S]) -> list[S]:
        """The steps of one kind, oldest first; of two on one day the later recorded comes last."""
        steps = [step for step in self.steps if isinstance(step, kind)]
        return sorted(steps, key=lambda step: (step.day or date.min, step.recorded_at or _NOT_RECORDED_YET))

    def latest(self, kind: type[S]) -> S | None:
        found = self.taken(kind)
        return found[-1] if found else None


class Step(Base):
    """Something that happened in a case on a day. Subclasses declare questions; see `fields`.

    `recorded_at` is when the first revision was recorded: a correction does not make an earlier word the latest.

    Class keywords: `kind` (stable code and table name), `label`, `track`, `when` (the label of the day),
    `once` (at most one per case), `after` (the kind that must have come first), `item` (the consent item of
    questions that name none).
    """

    __abstract__ = True

    kind: ClassVar[str]
    english: ClassVar[str]
    track: ClassVar[Track]
    once: ClassVar[bool]
    after: ClassVar[type[Step] | None]
    questions: ClassVar[tuple[Question, ...]]

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"))
    day: Mapped[date] = mapped_column(Date)
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str]
    corrected_at: Mapped[datetime | None]
    current: Mapped[bool]
    unanswered: Mapped[dict[str, str]] = mapped_column(JSON)
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)

    def __init_subclass__(
        cls,
        *,
        kind: str,
        label: str,
        track: Track,
        when: str,
        once: bool = False,
        after: type[Step] | None = None,
        item: DataItem | None = None,
        **more: Any,
    ) -> None:
        cls.kind, cls.english, cls.track, cls.once, cls.after = kind, label, track, once, after
        own = fields.declared(vars(cls) | {"why_corrected": _WHY_CORRECTED})
        day = Question("day", when, kind=date, required=True)
        cls.questions = (day, *(_with_item(question, item) for question in own.values()))
        for name, question in own.items():
            setattr(cls, name, fields.column(question))
        cls.__tablename__ = kind
        cls.__table_args__ = (Index(f"ix_{kind}_case", "case_id", "current"),)
        super().__init_subclass__(**more)
        KINDS[kind] = cls

    def __init__(self, **given: Any) -> None:
        self.__dict__["_opened"] = {}
        super().__init__(**{"id": uuid4(), "revision": 1, "current": True, "unanswered": {}} | given)

    @classmethod
    def question(cls, name: str) -> Question | None:
        return next((question for question in cls.questions if question.name == name), None)

    @classmethod
    def label(cls) -> str:
        return _(cls.english)

    def answer(self, question: Question) -> Any:
        return getattr(self, question.name)

    def answers(self) -> dict[str, Any]:
        """Every answer by the name of its question; sealed ones as SEALED_MARK where the seal is not in force."""
        return {question.name: self.answer(question) for question in self.questions}

    def asked(self) -> list[Question]:
        """The questions that make sense with the answers given so far."""
        given = self.answers()
        return [question for question in self.questions if question.is_asked(given)]

    def sealed_answers(self) -> dict[str, Any] | None:
        """The opened block, to read or (in a new step) to write; None where the seal is not in force."""
        if "_opened" not in self.__dict__:
            opener = self.__dict__.get("_opener")
            self.__dict__["_opened"] = None if opener is None else self._parsed(opener())
        opened: dict[str, Any] | None = self.__dict__["_opened"]
        return opened

    def open_by(self, opener: Callable[[], bytes | None]) -> None:
        """Let sealed answers be read on request; `opener` gives the plaintext of the block."""
        self.__dict__["_opener"] = opener

    def sealed_text(self) -> bytes | None:
        """The plaintext of the block that is to be sealed; None where no sealed question has an answer."""
        opened = self.sealed_answers() or {}
        held = {q.name: answers.written(q, opened[q.name]) for q in self.questions if opened.get(q.name) is not None}
        return json.dumps(held, ensure_ascii=False).encode() if held else None

    def _parsed(self, block: bytes | None) -> dict[str, Any]:
        held = json.loads(block) if block else {}
        return {q.name: answers.read(q, held[q.name]) for q in self.questions if q.name in held}


S = TypeVar("S", bound=Step)

_WHY_CORRECTED = field(N_("Why was it corrected?"), reach=Reach.SEALED, asked_when=lambda _answers: False)


def _with_item(question: Question, item: DataItem | None) -> Question:
    return question if question.item else replace(question, item=item)


def random_code(prefix: str = "RD") -> str:
    """A reference such as RD-7K3M-9QXF: 35 random bits and a check character, nothing of the person in it."""
    return code_of_number(secrets.randbits(35), prefix)


def code_of_number(number: int, prefix: str) -> str:
    """A reference for a number of 35 bits."""
    body = "".join(_CROCKFORD[number >> shift & 31] for shift in range(0, 35, 5))
    text = body + _check_character(body)
    return f"{prefix}-{text[:4]}-{text[4:]}"


def is_code(text: str) -> bool:
    """Whether a reference was copied without a slip: any one wrong or two swapped characters are noticed."""
    plain = text.upper().replace("-", "")
    body = plain[2:] if len(plain) == 10 and plain[:2] in _PREFIXES else plain
    return len(body) == 8 and set(body) <= set(_CROCKFORD) and _check_character(body[:7]) == body[7]


def _check_character(body: str) -> str:
    # Odd weights are invertible modulo 32, and neighbours differ by 2, which finds all but one kind of swap.
    return _CROCKFORD[sum((2 * at + 1) * _CROCKFORD.index(letter) for at, letter in enumerate(body)) % 32]
