"""A case is a person's file: a list of dated steps, each kind of step its own typed table.

A step is never overwritten. A correction is a new revision of the same id; the former one stays.
The classes can be used without a database: rules see plain objects.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime
from typing import Any, ClassVar, TypeVar
from uuid import UUID, uuid4

from sqlalchemy import Date, ForeignKey, Index, String, Uuid
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from referral_desk import words
from referral_desk.nrm import answers
from referral_desk.nrm.fields import Question, Reach
from referral_desk.nrm.record import Record
from referral_desk.nrm.surroundings import Surroundings
from referral_desk.nrm.terms import DataItem, Track
from referral_desk.words import N_

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_PREFIXES = ("RD", "RF", "RC")

_NOT_RECORDED_YET = datetime.max  # noqa: DTZ901 - the store keeps UTC without saying so

KINDS: dict[str, type[Step]] = {}
"""Every kind of step by its code, in the order of declaration."""


class Base(DeclarativeBase):
    """The tables of a desk."""


class Case(Base):
    """A person's file. `steps` holds the current revision of each step, oldest first.

    `merged_into` is the case of the same person that this one leads to. `around` is what rules may ask beyond this
    case: the directory, and whom other cases warn of.
    """

    __tablename__ = "cases"

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    code: Mapped[str] = mapped_column(String, unique=True)
    opened_on: Mapped[date] = mapped_column(Date, index=True)
    merged_into: Mapped[UUID | None] = mapped_column(Uuid)

    def __init__(self, *, opened_on: date, id: UUID | None = None, code: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id or uuid4(), opened_on=opened_on, code=code or random_code())

    @property
    def steps(self) -> list[Step]:
        found: list[Step] = self.__dict__.setdefault("_steps", [])
        return found

    @property
    def around(self) -> Surroundings:
        found: Surroundings = self.__dict__.setdefault("_around", Surroundings())
        return found

    def stands_in(self, around: Surroundings) -> None:
        self.__dict__["_around"] = around

    def without(self, step: Step) -> Case:
        """The same case as if this step had not been taken."""
        others = Case(opened_on=self.opened_on, id=self.id, code=self.code)
        others.steps.extend(one for one in self.steps if one is not step)
        others.stands_in(self.around)
        return others

    def taken(self, kind: type[S]) -> list[S]:
        """The steps of one kind, oldest first; of two on one day the later recorded comes last."""
        found: list[S] = self._by_kind().get(kind, [])
        return sorted(found, key=_when) if len(found) > 1 else found.copy()

    @property
    def kinds(self) -> Collection[type[Step]]:
        """The kinds of step that were taken."""
        return self._by_kind().keys()

    def latest(self, kind: type[S]) -> S | None:
        found: list[S] = self._by_kind().get(kind, [])
        return self.taken(kind)[-1] if len(found) > 1 else found[0] if found else None

    def _by_kind(self) -> dict[type[Step], list[Any]]:
        """The steps by kind, sorted out anew whenever others are there: rules ask for some hundred times."""
        steps: list[Step]
        found: dict[type[Step], list[Any]]
        steps, found = self.__dict__.get("_sorted_out", ([], {}))
        if steps != self.steps:
            steps, found = self.steps.copy(), {}
            for step in steps:
                found.setdefault(type(step), []).append(step)
            self.__dict__["_sorted_out"] = steps, found
        return found


class Step(Record, Base):
    """Something that happened in a case on a day. Subclasses declare questions; see `fields`.

    Class keywords: `kind` (stable code and table name), `label`, `track`, `when` (the label of the day),
    `once` (at most one per case), `after` (the kind that must have come first), `item` (the consent item of
    questions that name none), `htcds` (the field of HTCDS 2.0 that asks for the day).
    """

    __abstract__ = True

    kind = "any"
    english = N_("Any step")
    track: ClassVar[Track]
    once: ClassVar[bool]
    after: ClassVar[type[Step] | None]

    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"))
    day: Mapped[date] = mapped_column(Date)

    def __init_subclass__(  # noqa: PLR0913 - each is one thing that can be said of a kind
        cls,
        *,
        kind: str,
        label: str,
        track: Track,
        when: str,
        once: bool = False,
        after: type[Step] | None = None,
        item: DataItem | None = None,
        htcds: str = "",
        **more: Any,
    ) -> None:
        cls.kind, cls.english, cls.track, cls.once, cls.after = kind, label, track, once, after
        day = Question("day", when, kind=date, required=True, htcds=htcds)
        cls.questions = tuple(_with_item(question, item) for question in cls.declare(vars(cls), before=[day]))
        cls.__tablename__ = kind
        cls.__table_args__ = (Index(f"ix_{kind}_case", "case_id", "current"),)
        super().__init_subclass__(**more)
        KINDS[kind] = cls

    def in_short(self) -> str:
        """The step as others point at it: its kind, its day, and the first thing that tells it from its like."""
        texts = (answers.shown(q, self.answer(q)) for q in self.questions[1:] if _tells(q))
        parts = [self.label(), words.day(self.day), next((text for text in texts if text), "")]
        return " · ".join(part for part in parts if part)


S = TypeVar("S", bound=Step)


def _when(step: Step) -> tuple[date, datetime]:
    return step.day or date.min, step.recorded_at or _NOT_RECORDED_YET


def _tells(question: Question) -> bool:
    return question.reach is not Reach.SEALED and not (question.points_at or question.graded or question.derived)


def _with_item(question: Question, item: DataItem | None) -> Question:
    return question if question.item else replace(question, item=item)


def random_code(prefix: str = "RD") -> str:
    """A reference such as RD-7K3M-9QXF: 35 random bits and a check character, nothing of the person in it."""
    return code_from(secrets.randbits(35), prefix)


def code_from(number: int, prefix: str) -> str:
    """The reference that holds the last 35 bits of a number."""
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
