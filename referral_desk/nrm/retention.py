"""How long a case is kept, and what stops its erasure (GDPR, art. 5(1)(e) and 17(3)(e))."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count

from sqlalchemy.orm import Mapped

from referral_desk.nrm.case import Case, Step
from referral_desk.nrm.dates import Period, Unit
from referral_desk.nrm.fields import Reach, field
from referral_desk.nrm.terms import Term, Track
from referral_desk.words import N_

KEPT = Period(12, Unit.MONTHS)
"""After the last step; no law of the region fixes it. An organisation's own policy may be shorter, never longer."""


class HoldStatus(Term):
    """Every hold is lifted by a step of its own."""

    IN_FORCE = "IN_FORCE", N_("In force")
    LIFTED = "LIFTED", N_("Lifted")


class LegalHold(
    Step,
    kind="legal_hold",
    label=N_("Legal hold"),
    track=Track.JUSTICE,
    when=N_("From which day?"),
):
    """A court, a prosecution or a claim needs the case: nothing of it is erased meanwhile."""

    status: Mapped[HoldStatus] = field(N_("The hold is"), one=HoldStatus, required=True)
    reason: Mapped[str | None] = field(
        N_("Who needs it, and what for?"),
        long=True,
        reach=Reach.SEALED,
        required=True,
        hint=N_("Of a hold that is lifted: who says that it has ended, and why"),
    )
    until: Mapped[date | None] = field(
        N_("Until when, as far as is known?"),
        kind=date,
        hint=N_("The hold does not end by itself on this day; the list of ended times reminds you of it."),
        asked_when=lambda given: given.get("status") is HoldStatus.IN_FORCE,
        not_before="day",
    )


def on_legal_hold(case: Case) -> bool:
    """Whether more holds were laid on the case than were lifted."""
    return bool(holds_in_force(case))


def holds_in_force(case: Case) -> list[LegalHold]:
    """The holds that are not lifted, oldest first.

    Which one a lifting meant nobody says: the oldest goes first. A lifting where there is none lifts none to come.
    """
    held: list[LegalHold] = []
    for step in case.taken(LegalHold):
        held = [*held, step] if step.status is HoldStatus.IN_FORCE else held[1:]
    return held


def likely_status(case: Case) -> HoldStatus:
    """What the next word on a hold will most likely be."""
    return HoldStatus.LIFTED if on_legal_hold(case) else HoldStatus.IN_FORCE


def kept_until(case: Case) -> date:
    """The last day on which the case is kept without the person asking for its erasure."""
    return KEPT.end(max(step.day for step in case.steps) if case.steps else case.opened_on)


def quiet_long_enough(on: date) -> date:
    """The latest day that a last step may have for its time to have ended by `on`."""
    return next(day for back in count(1) if KEPT.end(day := on - timedelta(days=back)) < on)
