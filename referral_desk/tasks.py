"""The tasks of one case as a page shows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from referral_desk.nrm.case import Case
from referral_desk.nrm.keeping import Task, TaskDone


@dataclass(frozen=True)
class TaskRow:
    """Something a colleague will do; what has come to an end is in the timeline."""

    id: UUID
    what: str
    who: str
    due_on: date | None
    is_overdue: bool


def waiting(case: Case, on: date) -> tuple[TaskRow, ...]:
    """What waits, the earliest first; what has no day comes last."""
    ended = {step.task for step in case.taken(TaskDone)}
    given = [step for step in case.taken(Task) if step.id not in ended]
    given.sort(key=lambda step: step.due_on or date.max)
    return tuple(TaskRow(s.id, s.what, s.who or "", s.due_on, bool(s.due_on and s.due_on < on)) for s in given)
