"""What the pages send through the door: plain functions of a piece of work, run in its thread.

They bring back frozen data in the language spoken, never records.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from referral_desk import pages
from referral_desk.nrm import answers, pathway
from referral_desk.nrm.answers import Written
from referral_desk.nrm.case import Step
from referral_desk.nrm.person import FirstContact

Form = dict[str, Written]


@dataclass(frozen=True)
class Beginning:
    """What a form starts from: the draft or the step to be corrected, and what stands in the way so far."""

    today: str
    case_code: str
    draft: Form | None
    former: Form | None


@dataclass(frozen=True)
class Unfinished:
    """A form that was left before it was saved."""

    kind: str
    label: str
    case_id: UUID | None
    case_code: str


def case_ids(work: Any, text: str) -> tuple[list[UUID], int]:
    """The cases that a search finds, and how many there are at all."""
    return work.case_ids(text), len(work.case_ids())


def case_rows(work: Any, ids: Sequence[UUID]) -> list[pages.CaseRow]:
    return [pages.case_row(case, work.today) for case in work.cases(ids, kinds=pages.ROW_KINDS)]


def case_page(work: Any, case_id: UUID) -> pages.CasePage:
    return pages.case_page(work.case(case_id), work.today)


def former_steps(work: Any, kind: str, step_id: UUID) -> list[pages.TakenStep]:
    """What a step said before it was corrected, oldest first."""
    return [pages.taken_step(step) for step in work.revisions(pathway.kind_of(kind), step_id)[:-1]]


def unfinished(work: Any) -> list[Unfinished]:
    """Every form that waits to be finished, the latest first."""
    return [_unfinished(work, kind, case_id) for kind, case_id, _kept_at in work.drafts()]


def begin_form(work: Any, kind: str, case_id: UUID | None, step_id: UUID | None) -> Beginning:
    case = work.case(case_id) if case_id else None
    former = written_step(_step(case, step_id)) if case and step_id else None
    draft = None if step_id else work.draft(kind, case_id)
    return Beginning(work.today.isoformat(), case.code if case else "", draft, former)


def keep_draft(work: Any, kind: str, case_id: UUID | None, form: Form) -> None:
    work.keep_draft(kind, case_id, form)


def drop_draft(work: Any, kind: str, case_id: UUID | None) -> None:
    work.drop_draft(kind, case_id)


def take_step(work: Any, kind: str, case_id: UUID | None, form: Form) -> UUID:
    """Take a step, or open a case with its first; the draft of it is no longer needed."""
    step = pathway.step_from(pathway.kind_of(kind), form)
    if case_id is None and isinstance(step, FirstContact):
        opened: UUID = work.open_case(step).id
    else:
        case = work.case(case_id)
        work.take(case, step)
        opened = case.id
    work.drop_draft(kind, case_id)
    return opened


def correct_step(work: Any, case_id: UUID | None, step_id: UUID, form: Form, why: str) -> UUID | None:
    """A new revision with the answers of the form; what the form left out has no answer any more."""
    case = work.case(case_id)
    former = _step(case, step_id)
    work.correct(case, former, {q.name: form.get(q.name) for q in former.questions if _is_open(q)}, why=why)
    return case_id


def written_step(step: Step) -> Form:
    """The answers of a step as a form holds them."""
    given = {q.name: answers.written(q, step.answer(q)) for q in step.questions if _is_open(q)}
    why_none = {name: f"?{code}" for name, code in step.unanswered.items()}
    return {name: answer for name, answer in (given | why_none).items() if answer is not None}


def _is_open(question: Any) -> bool:
    return question.derived is None and question.name != "why_corrected"


def _step(case: Any, step_id: UUID) -> Step:
    return next(step for step in case.steps if step.id == step_id)


def _unfinished(work: Any, kind: str, case_id: UUID | None) -> Unfinished:
    code = work.case(case_id).code if case_id else ""
    return Unfinished(kind, pathway.kind_of(kind).label(), case_id, code)
