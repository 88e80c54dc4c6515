"""A step in words: one line for each answer, as frozen data in the language spoken."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Any
from uuid import UUID

from referral_desk import words
from referral_desk.nrm import answers
from referral_desk.nrm.case import Step
from referral_desk.nrm.fields import SEALED_MARK, Question, Reach
from referral_desk.nrm.terms import Unanswered


@dataclass(frozen=True)
class Line:
    """One answered question. A sealed answer reads as SEALED_MARK where the seal is not in force."""

    name: str
    label: str
    text: str
    reach: Reach

    @property
    def is_sealed(self) -> bool:
        return self.reach is Reach.SEALED


@dataclass(frozen=True)
class TakenStep:
    id: UUID
    revision: int
    kind: str
    label: str
    track: str
    day: date
    lines: tuple[Line, ...]


def taken_step(step: Step, called: Mapping[UUID, str] = MappingProxyType({})) -> TakenStep:
    """A step in words; `called` names the steps of its case that it may point at."""
    silent = _CORRECTED if step.revision > 1 else _NOT_CORRECTED
    why = step.unanswered
    lines = [
        _line(question, answer, why, called) for question, answer in step.answered() if question.name not in silent
    ]
    told = tuple([line for line in lines if line])
    return TakenStep(step.id, step.revision, step.kind, step.label(), step.track.code, step.day, told)


_CORRECTED = frozenset({"day"})
_NOT_CORRECTED = frozenset({"day", "why_corrected"})


def in_short(steps: Collection[Step]) -> dict[UUID, str]:
    """The steps that others point at, by their names in short."""
    meant = {step.answer(q) for step in steps for q in _pointing(type(step))}
    return {step.id: step.in_short() for step in steps if step.id in meant}


@cache
def _pointing(kind: type[Step]) -> tuple[Question, ...]:
    return tuple(question for question in kind.questions if question.points_at)


def _line(question: Question, answer: Any, why: Mapping[str, str], called: Mapping[UUID, str]) -> Line | None:
    told = None if answer is None else _told(question, answer, called)
    if told is None and question.name in why:
        return _line_of(question, Unanswered.of(why[question.name]).label)
    return told


def _told(question: Question, answer: Any, called: Mapping[UUID, str]) -> Line | None:
    if answer == SEALED_MARK:
        return _sealed_line(question)
    if (question.one or question.many) and not question.graded:
        return _coded_line(question, answer)
    text = called.get(answer) if question.points_at else None
    return _line_of(question, text or answers.shown(question, answer))


@words.said_once
def _sealed_line(question: Question) -> Line | None:
    return _line_of(question, SEALED_MARK)


@words.said_once
def _coded_line(question: Question, answer: Any) -> Line | None:
    return _line_of(question, answers.shown(question, answer))


def _line_of(question: Question, text: str) -> Line | None:
    return Line(question.name, question.label, text, question.reach) if text else None
