"""What the forms of steps and of entries share: their groups of questions, and which of them an error speaks of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QFrame

from referral_desk.errors import AnswersMissing, DeskError, FormAtFault
from referral_desk.gui.pieces import card, label
from referral_desk.gui.question_field import QuestionField
from referral_desk.nrm import answers
from referral_desk.nrm.answers import Written
from referral_desk.words import _, ngettext

TYPING_PAUSE = 800
WIDEST = 820


def summary(error: DeskError, marked: int) -> str:
    """What is wrong in one sentence; what is marked at its question needs no list."""
    if not isinstance(error, AnswersMissing | FormAtFault) or not marked:
        return str(error)
    if isinstance(error, FormAtFault) and not error.is_only_incomplete:
        said = ngettext(
            "%(count)d answer is missing or cannot be; it is marked.",
            "%(count)d answers are missing or cannot be; they are marked.",
            marked,
        )
        return said % {"count": marked}
    said = ngettext(
        "%(count)d answer is missing; it is marked.", "%(count)d answers are missing; they are marked.", marked
    )
    return said % {"count": marked}


def said_of(error: DeskError, fields: Sequence[QuestionField]) -> dict[QuestionField, str]:
    """What is said beside each question of which an error speaks."""
    if isinstance(error, FormAtFault):
        return {f: _said(error.faults[f.question.name], f) for f in fields if f.question.name in error.faults}
    return {field: _said(error, field) for field in fields if _concerns(error, field)}


def _said(error: DeskError, field: QuestionField) -> str:
    if isinstance(error, AnswersMissing):
        return field.editor.trouble() or _("Please answer this.")
    return str(error)


def _concerns(error: DeskError, field: QuestionField) -> bool:
    if isinstance(error, AnswersMissing):
        return field.question.required and not field.written()
    return error.evidence.get("label") == field.question.label


def read_answer(field: QuestionField) -> Any:
    """The answer itself, for the questions that depend on it; None while it cannot be read."""
    written: Written = field.written()
    if isinstance(written, str) and written.startswith("?"):
        return None
    try:
        return answers.read(field.question, written)
    except DeskError:
        return None


def sections_of(fields: list[QuestionField]) -> list[tuple[QFrame, list[QuestionField]]]:
    """The questions under their headings, each group a card."""
    groups: list[list[QuestionField]] = []
    for field in fields:
        if not groups or field.question.heading:
            groups.append([])
        groups[-1].append(field)
    return [(_section(group), group) for group in groups]


def _section(fields: list[QuestionField]) -> QFrame:
    heading = fields[0].question.heading
    return card(label(_(heading), "heading") if heading else None, *fields, gap=18, margin=20)
