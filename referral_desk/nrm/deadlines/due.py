"""One thing that is due, and how its day is counted.

Nothing here looks at a clock. Days are counted by the mechanism of the desk: its numbers, holidays and weekend.
Where hours count, they run from the hour of the recording, if it was recorded on its day; else a day is given for
every 24 of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar
from uuid import UUID

from referral_desk.nrm import mechanism
from referral_desk.nrm.case import Case, Step
from referral_desk.nrm.dates import Period, Unit
from referral_desk.nrm.schedule import Deadline, deadlines

S = TypeVar("S", bound=Step)


@dataclass(frozen=True)
class Due:
    """Something to be done until a day; from `shown_on` it is shown as coming.

    `due_at` (UTC) where hours count. `kind` is the step that answers it, empty where none does; `step_id` the step
    from which it is counted.
    """

    key: str
    due_on: date
    shown_on: date
    kind: str
    due_at: datetime | None = None
    step_id: UUID | None = None

    @property
    def deadline(self) -> Deadline:
        return deadlines()[self.key]

    @property
    def label(self) -> str:
        return self.deadline.label

    @property
    def calendar(self) -> Unit | None:
        """What it was counted in; None where the record or the law named the day."""
        period = mechanism.home().period(self.key)
        return period.unit if period else None

    def is_overdue(self, on: date, now: datetime | None = None) -> bool:
        """Whether its time has passed; `now` (UTC) tells it to the hour."""
        if self.due_at is not None and now is not None:
            return self.due_at < now
        return self.due_on < on


Reckoner = Callable[[Case], Iterable[Due]]

RECKONERS: list[tuple[Reckoner, bool]] = []
"""What finds something due in a case, and whether it still does in a case that is closed."""


def reckons(reckoner: Reckoner) -> Reckoner:
    """Declare what finds something due while a case is open."""
    RECKONERS.append((reckoner, False))
    return reckoner


def reckons_always(reckoner: Reckoner) -> Reckoner:
    """Declare what finds something due even when a case is closed."""
    RECKONERS.append((reckoner, True))
    return reckoner


def counted(key: str, start: Step | date, kind: type[Step], *, period: Period | None = None) -> Iterable[Due]:
    """Due a period after a day or a step; nothing where nobody knows the period."""
    home = mechanism.home()
    period = period or home.period(key)
    if period is None:
        return
    day = start if isinstance(start, date) else start.day
    at = period.end_at(_recorded(start)) if isinstance(start, Step) and _recorded(start).date() == day else None
    last = at.date() if at else period.end(day, home.calendar)
    yield from named(key, last, kind, step=None if isinstance(start, date) else start, at=at)


def named(
    key: str, day: date | None, kind: type[Step] | None, *, step: Step | None = None, at: datetime | None = None
) -> Iterable[Due]:
    """Due on a day that a record names; nothing where it names none."""
    if day is None:
        return
    shown = day - timedelta(days=deadlines()[key].before)
    yield Due(key, day, shown, kind.kind if kind else "", at, step.id if step else None)


def since(case: Case, kind: type[S], step: Step) -> list[S]:
    """The steps of a kind on or after the day of a step, but not that step itself."""
    return [one for one in case.taken(kind) if one.day >= step.day and one is not step]


def _recorded(step: Step) -> datetime:
    return step.recorded_at or datetime.min  # noqa: DTZ901 - the store keeps UTC without saying so
