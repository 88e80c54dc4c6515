"""One written form for every kind of answer: in sealed blocks, drafts, commands, imports and JSON alike.

A term is its code, a date is `YYYY-MM-DD`, several terms are a list of codes, graded ones a list of `CODE=GRADE`,
an earlier step is its id, a number is its digits, anything else is its text.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from referral_desk import words
from referral_desk.errors import NotAnAmount, NotANumber, OneAnswer, TooLong, UnknownCode
from referral_desk.nrm.dates import PartialDate, day_of
from referral_desk.nrm.fields import Question

LONGEST = 100_000
LONGEST_LINE = 10_000
"""In characters: long and short texts. More is a slip of the clipboard."""

LONGEST_NUMBER = 6
"""In digits: what a desk counts by hand."""
LONGEST_AMOUNT = 15

_NO_TEXT = frozenset({"Cc", "Cs"})
"""Control characters and halves of characters: nobody can have meant to write them."""

_JOINERS = "\u200c\u200d"
_LAST_EUROPEAN = "\u058f"
"""Persian, Urdu and the scripts of India need joiners within a word; Latin, Greek, Cyrillic and Armenian do not."""

_SEEN_ALL_THE_SAME = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u08e2")
"""Arabic signs around numbers: written, and yet counted among those without width."""

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


def reopened(question: Question, text: Written) -> Any:
    """The answer that was sealed so. A text is read whatever its length: limits are for what is typed today."""
    is_text = isinstance(text, str) and not (question.many or question.one or question.kind in _READERS)
    return text if is_text else read(question, text)


def shown(question: Question, answer: Any) -> str:
    """The answer in words, in the language spoken."""
    if answer is None:
        return ""
    if question.graded:
        return "; ".join(f"{entry.label}: {answer[entry].label}" for entry in question.many.every() if entry in answer)
    if question.many:
        return ", ".join(sorted(entry.label for entry in answer))
    return str(answer.label) if question.one else _shown_plain(answer)


def _shown_plain(answer: Any) -> str:
    if isinstance(answer, date):
        return str(PartialDate.of(answer.isoformat()))
    if isinstance(answer, UUID):
        return str(answer)[:8]  # whoever has the case at hand says more: see Step.in_short
    return words.number(answer) if isinstance(answer, int | Decimal) else str(answer)


def _graded(question: Question, text: str) -> tuple[Any, Any]:
    code, _equals, grade = text.partition("=")
    return question.many.of(code.strip()), question.graded.of(grade.strip())


def _step_id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise UnknownCode(code=text[:40], list="id") from None


def _amount(text: str, label: str) -> Decimal:
    """A sum of money, without a sign; a comma may stand for the point."""
    plain = text.replace(",", ".")
    if not plain.isascii() or not plain.replace(".", "", 1).isdigit() or len(plain) > LONGEST_AMOUNT:
        raise NotAnAmount(label=label)
    return Decimal(plain)


def _read_one(question: Question, text: str) -> Any:
    if question.one:
        return question.one.of(text)
    if question.kind in _READERS:
        return _READERS[question.kind](text, question.label)
    if len(text) > (LONGEST if question.long else LONGEST_LINE):
        raise TooLong(label=question.label)
    return text if text.isprintable() else "".join(sign for at, sign in enumerate(text) if _is_meant(text, at))


def _is_meant(text: str, at: int) -> bool:
    """Whether a character can be seen, or joins and parts letters that are written so; nothing else hides in a name."""
    sign, category = text[at], unicodedata.category(text[at])
    if category == "Cf":
        return sign in _SEEN_ALL_THE_SAME or (sign in _JOINERS and _is_within_a_word(text, at))
    return sign in "\n\t" or category not in _NO_TEXT


def _is_within_a_word(text: str, at: int) -> bool:
    return 0 < at < len(text) - 1 and _is_joined(text[at - 1]) and _is_joined(text[at + 1])


def _is_joined(sign: str) -> bool:
    return sign > _LAST_EUROPEAN and unicodedata.category(sign)[0] in "LM"


def _number(text: str, label: str) -> int:
    """A whole number, in the digits of any script."""
    if not text.isdecimal() or len(text) > LONGEST_NUMBER:
        raise NotANumber(label=label)
    return int(text)


_READERS: dict[type, Callable[[str, str], Any]] = {
    date: lambda text, label: day_of(text, label=label),
    PartialDate: lambda text, label: PartialDate.of(text, label=label),
    UUID: lambda text, _label: _step_id(text),
    Decimal: _amount,
    int: _number,
}
