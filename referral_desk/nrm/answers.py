"""One written form for every kind of answer: in sealed blocks, drafts, commands, imports and JSON alike.

A term is its code, a date is `YYYY-MM-DD`, several terms are a list of codes, graded ones a list of `CODE=GRADE`,
an earlier step is its id, a number is its digits, anything else is its text.
"""

from __future__ import annotations

import unicodedata
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from referral_desk import words
from referral_desk.errors import NotANumber, OneAnswer, TooLong, UnknownCode
from referral_desk.nrm.dates import PartialDate, day_of
from referral_desk.nrm.fields import Question

LONGEST = 100_000
LONGEST_LINE = 10_000
"""In characters: long and short texts. More is a slip of the clipboard."""

_NO_TEXT = frozenset({"Cc", "Cs"})
"""Control characters and halves of characters: nobody can have meant to write them."""

Written = str | list[str] | None


def written(question: Question, answer: Any) -> Written:
    """The written form of an answer; None for none."""
    if answer is None:
        return None
    if question.graded:
        return sorted(f"{entry.code}={grade.code}" for entry, grade in answer.items())
    if question.many:
        return sorted(entry.code for entry in answer)
    if question.one:
        return str(answer.code)
    if isinstance(answer, PartialDate):
        return answer.written
    return answer.isoformat() if isinstance(answer, date) else str(answer)


def read(question: Question, text: Written) -> Any:
    """The answer that was written so; UnknownCode or ImpossibleDate where it cannot be one."""
    if text is None or text in ("", []):
        return None
    if question.many:
        codes = [part.strip() for part in text.split(",")] if isinstance(text, str) else text
        if question.graded:
            return dict(_graded(question, code) for code in codes if code)
        return frozenset(question.many.of(code) for code in codes if code)
    if isinstance(text, list):
        raise OneAnswer(label=question.label)
    return _read_one(question, text.strip())


def shown(question: Question, answer: Any) -> str:
    """The answer in words, in the language spoken."""
    if answer is None:
        return ""
    if question.graded:
        return "; ".join(f"{entry.label}: {answer[entry].label}" for entry in question.many.every() if entry in answer)
    if question.many:
        return ", ".join(sorted(entry.label for entry in answer))
    if question.one:
        return str(answer.label)
    if isinstance(answer, date):
        return str(PartialDate.of(answer.isoformat()))
    if isinstance(answer, UUID):
        return str(answer)[:8]  # whoever has the case says more: see `pathway.told_of`
    return words.number(answer) if isinstance(answer, int | Decimal) else str(answer)


def _graded(question: Question, text: str) -> tuple[Any, Any]:
    code, _equals, grade = text.partition("=")
    return question.many.of(code.strip()), question.graded.of(grade.strip())


def _step_id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise UnknownCode(code=text[:40], list="id") from None


def _number(question: Question, text: str) -> int | Decimal:
    """A count or a sum, without a sign; a comma may stand for the point."""
    plain = text.replace(",", ".")
    if not (plain.isascii() and plain.replace(".", "", 1).isdigit()) or len(plain) > _DIGITS:
        raise NotANumber(label=question.label)
    try:
        return int(plain) if question.kind is int else Decimal(plain)
    except (ValueError, InvalidOperation):
        raise NotANumber(label=question.label) from None


_DIGITS = 15


def _read_one(question: Question, text: str) -> Any:
    if question.one:
        return question.one.of(text)
    if question.kind is date:
        return day_of(text, label=question.label)
    if question.kind is PartialDate:
        return PartialDate.of(text, label=question.label)
    if question.kind is UUID:
        return _step_id(text)
    if question.kind in (int, Decimal):
        return _number(question, text)
    if len(text) > (LONGEST if question.long else LONGEST_LINE):
        raise TooLong(label=question.label)
    return "".join(sign for sign in text if sign in "\n\t" or unicodedata.category(sign) not in _NO_TEXT)
