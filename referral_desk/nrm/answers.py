"""One written form for every kind of answer: in sealed blocks, drafts, commands, imports and JSON alike.

A term is its code, a date is `YYYY-MM-DD`, several terms are a list of codes, anything else is its text.
"""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import Any

from referral_desk.errors import NotANumber, OneAnswer, TooLong
from referral_desk.nrm.dates import PartialDate, day_of
from referral_desk.nrm.fields import Question

LONGEST = 100_000
LONGEST_LINE = 10_000
"""In characters: long and short texts. More is a slip of the clipboard."""

LONGEST_NUMBER = 6
"""In digits: what a desk counts by hand."""

_NO_TEXT = frozenset({"Cc", "Cs"})
"""Control characters and halves of characters: nobody can have meant to write them."""

Written = str | list[str] | None


def written(question: Question, answer: Any) -> Written:
    """The written form of an answer; None for none."""
    if answer is None:
        return None
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
        return frozenset(question.many.of(code) for code in codes if code)
    if isinstance(text, list):
        raise OneAnswer(label=question.label)
    return _read_one(question, text.strip())


def shown(question: Question, answer: Any) -> str:
    """The answer in words, in the language spoken."""
    if answer is None:
        return ""
    if question.many:
        return ", ".join(sorted(entry.label for entry in answer))
    if question.one:
        return str(answer.label)
    if isinstance(answer, date):
        return str(PartialDate.of(answer.isoformat()))
    return str(answer)


def _read_one(question: Question, text: str) -> Any:
    if question.one:
        return question.one.of(text)
    if question.kind is date:
        return day_of(text, label=question.label)
    if question.kind is PartialDate:
        return PartialDate.of(text, label=question.label)
    if question.kind is int:
        return _number(question, text)
    if len(text) > (LONGEST if question.long else LONGEST_LINE):
        raise TooLong(label=question.label)
    return "".join(sign for sign in text if sign in "\n\t" or unicodedata.category(sign) not in _NO_TEXT)


def _number(question: Question, text: str) -> int:
    """A whole number, in the digits of any script."""
    if not text.isdecimal() or len(text) > LONGEST_NUMBER:
        raise NotANumber(label=question.label)
    return int(text)
