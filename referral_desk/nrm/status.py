"""What those decide who may decide, whether anybody is asked to, and what the law wants to be told.

“Not confirmed” closes nothing, and a person who wants no formal identification is helped all the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Mapped

from referral_desk.nrm.case import Step
from referral_desk.nrm.fields import Reach, earlier_step, field, yes_no
from referral_desk.nrm.terms import DataItem, Term, Track, YesNo
from referral_desk.words import N_


class TraffickingStatus(Term):
    """CL-TSTATUS. “Not confirmed” closes nothing: help and referral go on."""

    PRESUMED = "PRESUMED", N_("Presumed victim"), "PossibleVictimOfTrafficking"
    IDENTIFIED = "IDENTIFIED", N_("Identified victim"), "ActualVictimOfTrafficking"
    NOT_CONFIRMED = "NOT_CONFIRMED", N_("Not confirmed by the authority"), "NotAVictimOfTrafficking"
    PENDING = "PENDING", N_("Decision pending")


class Decider(Term):
    """CL-DECIDER."""

    POLICE = "POLICE", N_("Police"), "Police"
    NGO = "NGO", N_("Non-governmental organisation"), "NGO"
    COURT = "COURT", N_("Court or prosecution"), "CourtOrProsecution"
    GOV = "GOV", N_("Another public authority"), "NonPoliceGovernmentalOrganization"
    OTH = "OTH", N_("Another body"), "Other"


class Threshold(Term):
    INDICATORS = "INDICATORS", N_("Indicators")
    REASONABLE_GROUNDS = "REASONABLE_GROUNDS", N_("Reasonable grounds")
    CONCLUSIVE = "CONCLUSIVE", N_("Conclusive grounds")
    COURT = "COURT", N_("A judgment")


def _may_be_appealed(given: Mapping[str, Any]) -> bool:
    return given.get("status") is TraffickingStatus.NOT_CONFIRMED


class IdentificationDecision(
    Step,
    kind="decision",
    label=N_("Identification decision"),
    track=Track.IDENTIFICATION,
    when=N_("When was it decided?"),
    item=DataItem.LEGAL_STATUS,
):
    """What was decided about the status, and by whom; each decision is a step of its own."""

    status: Mapped[TraffickingStatus] = field(
        N_("Decision"),
        one=TraffickingStatus,
        reach=Reach.STATISTICS,
        required=True,
        htcds="vic_TraffickingStatus",
    )
    decided_by: Mapped[Decider] = field(
        N_("Who decided?"),
        one=Decider,
        reach=Reach.STATISTICS,
        required=True,
        htcds="vic_TraffickingStatusDecisionMakingOrg",
    )
    body: Mapped[str | None] = field(N_("Which office?"))
    threshold: Mapped[Threshold | None] = field(
        N_("On which threshold does it rest?"), one=Threshold, reach=Reach.STATISTICS
    )
    valid_until: Mapped[date | None] = field(N_("Valid until"), kind=date, not_before="day")
    told_on: Mapped[date | None] = field(N_("When was the person told?"), kind=date, not_before="day", past=True)
    appeal_by: Mapped[date | None] = field(
        N_("Until when can it be appealed?"), kind=date, not_before="day", asked_when=_may_be_appealed
    )
    appealed: Mapped[YesNo | None] = yes_no(N_("Is it appealed?"), asked_when=_may_be_appealed)
    reference: Mapped[str | None] = field(N_("Reference number of the authority"), reach=Reach.SEALED)
    note: Mapped[str | None] = field(N_("Reasons given"), reach=Reach.SEALED, long=True)


class AppealResult(Term):
    PENDING = "PENDING", N_("Lodged, no answer yet")
    ALLOWED = "ALLOWED", N_("Successful")
    DISMISSED = "DISMISSED", N_("Dismissed")
    WITHDRAWN = "WITHDRAWN", N_("Withdrawn")


class Appeal(
    Step,
    kind="appeal",
    label=N_("Appeal against a decision"),
    track=Track.IDENTIFICATION,
    after=IdentificationDecision,
    when=N_("When was it lodged, or answered?"),
    item=DataItem.LEGAL_STATUS,
):
    """Each word in an appeal is a step of its own; help goes on meanwhile."""

    decision: Mapped[UUID] = earlier_step(N_("Against which decision?"), "decision", required=True)
    result: Mapped[AppealResult] = field(
        N_("Where does it stand?"), one=AppealResult, reach=Reach.STATISTICS, required=True
    )
    lawyer: Mapped[str | None] = field(N_("Name and contact of the lawyer"), reach=Reach.SEALED, trusted=True)
    note: Mapped[str | None] = field(N_("Reasons given"), reach=Reach.SEALED, long=True)


class Submitting(Term):
    """What became of the question whether to ask the authority for formal identification."""

    SUBMITTED = "SUBMITTED", N_("Submitted")
    CHILD = "CHILD_AUTOMATIC", N_("Submitted, as for every child")
    REFUSED = "PERSON_REFUSED", N_("The person does not want it")
    LATER = "LATER", N_("The person wants to think about it")


class WhyNot(Term):
    FEAR_EXPLOITER = "FEAR_EXPLOITER", N_("Fear of those who exploited the person")
    FEAR_AUTHORITY = "FEAR_AUTHORITY", N_("Fear of the authorities")
    FAMILY = "FAMILY", N_("For the sake of the family")
    STAY = "STAY", N_("Fear of losing the stay")
    NO_TRUST = "NO_TRUST", N_("No trust that it helps")
    FORGET = "FORGET", N_("Wants to leave it behind")
    OTH = "OTH", N_("Another reason")


def _was_submitted(given: Mapping[str, Any]) -> bool:
    return given.get("outcome") in (Submitting.SUBMITTED, Submitting.CHILD)


class FormalSubmission(
    Step,
    kind="submission",
    label=N_("Submission for formal identification"),
    track=Track.IDENTIFICATION,
    when=N_("When was it submitted, or decided not to?"),
    item=DataItem.LEGAL_STATUS,
):
    """The person's case goes to the authority that identifies, or does not. Help is the same either way."""

    outcome: Mapped[Submitting] = field(N_("What was decided?"), one=Submitting, reach=Reach.STATISTICS, required=True)
    authority: Mapped[str | None] = field(N_("To which authority?"), asked_when=_was_submitted, required=True)
    views: Mapped[YesNo | None] = yes_no(N_("Are the child's views recorded?"), asked_when=_was_submitted)
    why_not: Mapped[frozenset[WhyNot] | None] = field(
        N_("Why not?"), many=WhyNot, asked_when=lambda given: given.get("outcome") is Submitting.REFUSED
    )
    answer_by: Mapped[date | None] = field(
        N_("Until when is a decision due?"), kind=date, not_before="day", asked_when=_was_submitted
    )
    reference: Mapped[str | None] = field(N_("Reference number of the authority"), reach=Reach.SEALED)
    note: Mapped[str | None] = field(N_("What the person said"), reach=Reach.SEALED, long=True)


class DutyGround(Term):
    """Why the law may ask for a notification."""

    CHILD = "CHILD", N_("A child is in danger")
    DANGER = "IMMINENT_DANGER", N_("A life is in danger")
    LAW = "NATIONAL_LAW", N_("National law asks for it")
    NONE = "NONE", N_("No duty")


class Notifying(Term):
    NOT_NEEDED = "NOT_NEEDED", N_("Not needed")
    ANONYMOUS = "ANONYMOUS", N_("Made without a name")
    NAMED = "NAMED", N_("Made with the name")
    PENDING = "PENDING", N_("Still to be made")


def _was_notified(given: Mapping[str, Any]) -> bool:
    return given.get("outcome") in (Notifying.ANONYMOUS, Notifying.NAMED)


class Notification(
    Step,
    kind="notification",
    label=N_("Duty to notify"),
    track=Track.IDENTIFICATION,
    when=N_("When was it looked at, or made?"),
    item=DataItem.LEGAL_STATUS,
):
    """Whether the law asks for a notification, and what was told. Without the person's word it stays anonymous."""

    ground: Mapped[DutyGround] = field(N_("Does a duty apply?"), one=DutyGround, required=True)
    outcome: Mapped[Notifying] = field(N_("What was done?"), one=Notifying, reach=Reach.STATISTICS, required=True)
    to_whom: Mapped[str | None] = field(N_("To which authority?"), asked_when=_was_notified, required=True)
    told_before: Mapped[YesNo | None] = yes_no(N_("Was the person told beforehand?"), asked_when=_was_notified)
    why_not_told: Mapped[str | None] = field(
        N_("Why not?"),
        reach=Reach.SEALED,
        long=True,
        asked_when=lambda given: given.get("told_before") is YesNo.NO,
    )
    told: Mapped[str | None] = field(N_("What was told"), reach=Reach.SEALED, long=True, asked_when=_was_notified)
