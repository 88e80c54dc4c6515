"""How long a case is kept, and what stops its erasure (GDPR, art. 5(1)(e) and 17(3)(e))."""

from __future__ import annotations

from datetime import date

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
    reason: Mapped[str | None] = field(N_("Who needs it, and what for?"), long=True, reach=Reach.SEALED)


def on_legal_hold(case: Case) -> bool:
    """Whether more holds were laid on the case than were lifted."""
    said = [step.status for step in case.taken(LegalHold)]
    return said.count(HoldStatus.IN_FORCE) > said.count(HoldStatus.LIFTED)


def kept_until(case: Case) -> date:
    """The last day on which the case is kept without the person asking for its erasure."""
    return KEPT.end(max(step.day for step in case.steps) if case.steps else case.opened_on)
