"""What steps and entries of the directory have in common: declared questions, revisions, and one sealed block.

The classes can be used without a database: rules see plain objects.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID, uuid4

from sqlalchemy import JSON, LargeBinary, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from referral_desk.nrm import answers, fields
from referral_desk.nrm.fields import Question, Reach, field
from referral_desk.words import N_, _

BESIDE = ("why_corrected", "despite")
"""What is said beside the questions of a form: why it was corrected, and why it was done in spite of a warning."""

WHY_CORRECTED = field(N_("Why was it corrected?"), reach=Reach.SEALED, asked_when=fields.never)
DESPITE = field(N_("Why it was done in spite of a warning"), reach=Reach.SEALED, long=True, asked_when=fields.never)
"""A line for each rule: its id, a colon, the reason."""


class Record:
    """One revision of what was answered. It is never overwritten: a correction is a new revision of the same id.

    `recorded_at` is when the first revision was recorded: a correction does not make an earlier word the latest.
    """

    kind: ClassVar[str]
    english: ClassVar[str]
    questions: ClassVar[tuple[Question, ...]]

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True)
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str]
    corrected_at: Mapped[datetime | None]
    current: Mapped[bool]
    unanswered: Mapped[dict[str, str]] = mapped_column(JSON)
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)

    def __init__(self, **given: Any) -> None:
        self.__dict__["_opened"] = {}
        super().__init__(**{"id": uuid4(), "revision": 1, "current": True, "unanswered": {}} | given)

    @classmethod
    def declare(cls, declared: Mapping[str, Any], before: Iterable[Question] = ()) -> tuple[Question, ...]:
        """Turn the declarations of a class body into columns and sealed answers; returns its questions."""
        beside = {"why_corrected": WHY_CORRECTED, "despite": DESPITE}
        own = fields.declared(dict(declared) | beside)
        for name, question in own.items():
            setattr(cls, name, fields.column(question))
        cls.questions = (*before, *own.values())
        return cls.questions

    @classmethod
    def question(cls, name: str) -> Question | None:
        return next((question for question in cls.questions if question.name == name), None)

    @classmethod
    def label(cls) -> str:
        return _(cls.english)

    def answer(self, question: Question) -> Any:
        return getattr(self, question.name)

    def answered(self) -> list[tuple[Question, Any]]:
        """The questions that were answered, or of which it is said why not, with the answers."""
        # Some hundred questions for one page: past the mapper, where it need not be asked.
        held, why = self.__dict__, self.unanswered
        told = [(q, held[q.name] if q.name in held else self.answer(q)) for q in self.questions]
        return [one for one in told if one[1] is not None or one[0].name in why]

    def answers(self) -> dict[str, Any]:
        """Every answer by the name of its question; sealed ones as SEALED_MARK where the seal is not in force."""
        return {question.name: self.answer(question) for question in self.questions}

    def asked(self) -> list[Question]:
        """The questions that make sense with the answers given so far."""
        given = self.answers()
        return [question for question in self.questions if question.is_asked(given)]

    def sealed_answers(self) -> dict[str, Any] | None:
        """The opened block, to read or (in a new record) to write; None where the seal is not in force."""
        if "_opened" not in self.__dict__:
            opener = self.__dict__.get("_opener")
            self.__dict__["_opened"] = None if opener is None else self._parsed(opener())
        opened: dict[str, Any] | None = self.__dict__["_opened"]
        return opened

    @property
    def corrects(self) -> Any:
        """The revision that this one is about to take the place of, while it is judged; None in any other."""
        return self.__dict__.get("_corrects")

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
        return {q.name: answers.reopened(q, held[q.name]) for q in self.questions if q.name in held}
