"""How a case ends, and begins again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Mapped

from referral_desk.nrm.case import Case, Step
from referral_desk.nrm.fields import COLLEAGUES, ORGANISATIONS, Reach, earlier_step, field, yes_no
from referral_desk.nrm.terms import Term, Track, YesNo
from referral_desk.words import N_


class ClosureReason(Term):
    """CL-CLOSE. None of them is a decision of an authority."""

    GOALS_MET = "GOALS_MET", N_("The aims are met")
    PERSON_DECLINED = "PERSON_DECLINED", N_("The person does not want it any more")
    TRANSFERRED = "TRANSFERRED", N_("Another organisation has taken over")
    RETURNED = "RETURNED_HANDED_OVER", N_("Returned, and handed over")
    LOST_CONTACT = "LOST_CONTACT", N_("Contact is lost")
    MOVED = "MOVED_NO_AGENCY", N_("Moved to where no organisation helps")
    TURNED_18 = "TURNED_18_TRANSITION", N_("Turned 18, and handed over")
    NOT_THB = "NOT_THB_REFERRED_ELSEWHERE", N_("Needs other help, and was referred")
    DECEASED = "DECEASED", N_("Died")
    ERROR = "OPENED_IN_ERROR", N_("Opened in error")
    OTH = "OTH", N_("Another reason")


class CaseStatus(Term):
    """CL-CASE, as far as it is ever said: what is open is active."""

    ACTIVE = "ACTIVE", N_("Active"), "Active"
    ON_HOLD = "ON_HOLD", N_("On hold"), "Active"
    FOLLOWUP = "FOLLOWUP", N_("Follow-up"), "FollowUp"
    CLOSED = "CLOSED", N_("Closed"), "Closed"
    CLOSED_REF = "CLOSED_REF", N_("Closed, and referred"), "ClosedReferred"
    DUPLICATE = "DUPLICATE", N_("Recorded twice"), ""


class Standing(
    Step,
    kind="case_status",
    label=N_("Standing of the case"),
    track=Track.CASE,
    when=N_("Since which day?"),
):
    """Said only where it is neither simply active nor closed by a closure."""

    status: Mapped[CaseStatus] = field(
        N_("The case is"), one=CaseStatus, reach=Reach.STATISTICS, required=True, htcds="cas_Status"
    )
    why: Mapped[str | None] = field(N_("Why?"), reach=Reach.SEALED, long=True)


HANDED_OVER = frozenset({ClosureReason.TRANSFERRED, ClosureReason.NOT_THB, ClosureReason.RETURNED})
"""Somebody else goes on."""


def _handed_over(given: Mapping[str, Any]) -> bool:
    return given.get("reason") in HANDED_OVER


class Closure(
    Step,
    kind="closure",
    label=N_("Closing the case"),
    track=Track.CASE,
    when=N_("On which day?"),
):
    """The work ends, for a reason, with the person's knowledge and after a last look at safety. It may come back."""

    reason: Mapped[ClosureReason] = field(
        N_("Why?"),
        one=ClosureReason,
        reach=Reach.STATISTICS,
        required=True,
        htcds="cas_ReasonForCaseClosure",
    )
    person_agrees: Mapped[YesNo | None] = yes_no(N_("Does the person agree?"))
    risk: Mapped[UUID | None] = earlier_step(N_("On which risk assessment does it rest?"), "risk")
    last_contact: Mapped[date | None] = field(
        N_("When was the last contact?"),
        kind=date,
        not_after="day",
        asked_when=lambda given: given.get("reason") is ClosureReason.LOST_CONTACT,
    )
    taken_over_by: Mapped[str | None] = field(
        N_("Which organisation goes on?"), asked_when=_handed_over, offers=ORGANISATIONS
    )
    contacts_given: Mapped[YesNo | None] = yes_no(N_("Does the person know whom to call?"))
    may_come_back: Mapped[YesNo | None] = yes_no(N_("Was it said that the person may come back at any time?"))
    feedback_offered: Mapped[YesNo | None] = yes_no(N_("Was the person asked what was good and what was not?"))
    approved: Mapped[YesNo | None] = yes_no(N_("Has a second person approved it?"))
    approved_by: Mapped[str | None] = field(
        N_("Who approved it?"), offers=COLLEAGUES, asked_when=lambda given: given.get("approved") is YesNo.YES
    )
    note: Mapped[str | None] = field(N_("Circumstances"), reach=Reach.SEALED, long=True)


class ReopeningReason(Term):
    PERSON_CAME_BACK = "PERSON_CAME_BACK", N_("The person came back")
    RETRAFFICKED = "RETRAFFICKED", N_("Trafficked again")
    NEW_NEED = "NEW_NEED", N_("A new need")
    PROCEEDINGS = "PROCEEDINGS", N_("Proceedings")
    ERROR = "CLOSED_IN_ERROR", N_("Closed in error")
    OTH = "OTH", N_("Another reason")


class Reopening(
    Step,
    kind="reopening",
    label=N_("Reopening the case"),
    track=Track.CASE,
    after=Closure,
    when=N_("On which day?"),
):
    """The case is taken up again; nothing that was told before need be told again."""

    reason: Mapped[ReopeningReason] = field(N_("Why?"), one=ReopeningReason, reach=Reach.STATISTICS, required=True)
    retrafficked: Mapped[YesNo | None] = yes_no(N_("Was the person trafficked again?"), reach=Reach.STATISTICS)
    safe_now: Mapped[YesNo | None] = yes_no(N_("Is the person safe at this moment?"))
    note: Mapped[str | None] = field(N_("What was said"), reach=Reach.SEALED, long=True)


def is_closed(case: Case, on: date) -> bool:
    """Whether the last closure stands. A reopening on the day of a closure opens it again, whichever came first."""
    closed = [step.day for step in case.taken(Closure) if step.day <= on]
    return bool(closed) and not any(closed[-1] <= step.day <= on for step in case.taken(Reopening))
