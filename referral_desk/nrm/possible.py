"""Which dates of a step are possible: by today, and by one another."""

from __future__ import annotations

from datetime import date

from referral_desk.errors import DeskError, ImpossibleDate
from referral_desk.nrm.case import Step
from referral_desk.nrm.dates import PartialDate

_EARLIEST = date(1900, 1, 1)
"""Nobody whose file this is was met before; an earlier date is a slip."""


def day_faults(step: Step, on: date, *, may_lie_ahead: bool) -> dict[str, DeskError]:
    """A day that has not come yet cannot have happened, unless it may lie ahead; nothing ends before it begins."""
    found: dict[str, DeskError] = {}
    for question in step.questions:
        given = _span(step, question.name)
        if given is None or question.derived:
            continue
        begun, ended = _span(step, question.not_before), _span(step, question.not_after)
        is_past = question.past or (question.name == "day" and not may_lie_ahead)
        lies_outside = (begun and given[1] < begun[0]) or (ended and given[0] > ended[1])
        if (is_past and given[0] > on) or given[1] < _EARLIEST or lies_outside:
            found[question.name] = ImpossibleDate(label=question.label)
    return found


def _span(step: Step, name: str) -> tuple[date, date] | None:
    """The days that an answer may mean, the first and the last; None where it names none."""
    given = getattr(step, name) if name else None
    if isinstance(given, PartialDate):
        return given.first, given.last
    return (given, given) if isinstance(given, date) else None
