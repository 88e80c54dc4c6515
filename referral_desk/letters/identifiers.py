"""What would give away whose case it is: every sealed answer, however it might be written on paper."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from referral_desk import resources
from referral_desk.letters import marks
from referral_desk.letters.marks import Marks
from referral_desk.nrm.case import Case, Step
from referral_desk.nrm.dates import PartialDate
from referral_desk.nrm.fields import SEALED_MARK, Question, Reach

_OF_THE_RECORD = "why_corrected"
"""Says something of the record, nothing of the person."""


@dataclass(frozen=True)
class Identifier:
    """One sealed answer; `label` is that of its question."""

    label: str
    words: frozenset[str] = frozenset()
    phrases: tuple[str, ...] = ()
    numbers: frozenset[str] = frozenset()
    days: frozenset[date] = frozenset()

    def stands_in(self, text: Marks, *, apart_from: Marks) -> bool:
        """Whether it stands in a text, otherwise than by words that are the form's own."""
        left = text.without(apart_from)
        return bool(
            self.days & left.days
            or any(text.holds(phrase) and not apart_from.holds(phrase) for phrase in self.phrases)
            or any(known in number for known in self.numbers for number in left.numbers)
            or any(marks.same_word(word, name) for name in self.words for word in left.words)
        )


def of(case: Case) -> list[Identifier]:
    """Every identifier of a case; none where the seal is not in force."""
    return [found for step in case.steps for question in step.questions for found in _identifier(step, question)]


def _identifier(step: Step, question: Question) -> Iterator[Identifier]:
    answer = step.answer(question) if question.reach is Reach.SEALED and question.name != _OF_THE_RECORD else None
    if answer in (None, "", SEALED_MARK):
        return
    if isinstance(answer, PartialDate):
        yield _born(question.label, answer)
    else:
        yield _told(question, str(answer))


def _born(label: str, told: PartialDate) -> Identifier:
    """A whole date; a year or a month alone says too little to be looked for."""
    return Identifier(label, days=frozenset([told.first] if told.first == told.last else []))


def _told(question: Question, answer: str) -> Identifier:
    """Of a short answer each word that is not common, or all words together; of a long one the numbers alone."""
    found = marks.marks(answer)
    numbers = frozenset(number[-marks.TELLING_DIGITS :] for number in found.numbers)
    if question.long:
        return Identifier(question.label, numbers=numbers)
    words = found.words - common_words()
    phrases = () if words or not found.words else (found.text,)
    return Identifier(question.label, words, phrases, numbers)


@cache
def common_words() -> frozenset[str]:
    """Words that stand in many addresses and identify nobody."""
    held = tomllib.loads(resources.path("letters", "common_words.toml").read_text(encoding="utf-8"))
    return frozenset(word for listed in held.values() for word in listed)
