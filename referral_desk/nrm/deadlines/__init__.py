"""What is due when in a case: derived from its records, never typed in. A task vanishes when its step is taken."""

from datetime import date, datetime

from referral_desk.nrm import kinds
from referral_desk.nrm.case import Case
from referral_desk.nrm.closing import is_closed
from referral_desk.nrm.deadlines import beginning, later
from referral_desk.nrm.deadlines.due import RECKONERS, Due

__all__ = ["Due", "beginning", "kinds", "later", "overdue", "what_is_due"]


def what_is_due(case: Case) -> tuple[Due, ...]:
    """Everything due in a case, whenever one looks: the earliest first. Of a closed case what does not end with it."""
    closed = is_closed(case, date.max)
    found = [due for reckoner, always in RECKONERS if always or not closed for due in reckoner(case)]
    return tuple(sorted(found, key=lambda due: (due.due_on, due.key)))


def overdue(case: Case, on: date, now: datetime | None = None) -> tuple[Due, ...]:
    """What should have been done before a day; `now` (UTC) tells it to the hour."""
    return tuple(due for due in what_is_due(case) if due.is_overdue(on, now))
