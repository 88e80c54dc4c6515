"""Rules of closing a case, and of the person's rights over the data (Z)."""

from __future__ import annotations

from datetime import date

from referral_desk.nrm.case import Case, Step
from referral_desk.nrm.closing import Closure, ClosureReason
from referral_desk.nrm.consent import Consent, ConsentGiver, ConsentStatus
from referral_desk.nrm.dates import Period, Unit
from referral_desk.nrm.identification import Interview
from referral_desk.nrm.inclusion import CheckIn
from referral_desk.nrm.justice import ENDED, Proceeding
from referral_desk.nrm.keeping import Contacted
from referral_desk.nrm.redress import AwardResult, CompensationAward, CompensationClaim
from referral_desk.nrm.referral import Referral
from referral_desk.nrm.referral_news import is_open
from referral_desk.nrm.residence import PersonDecision
from referral_desk.nrm.risk import RiskAssessment, RiskPurpose, is_valid
from referral_desk.nrm.safe_return import Monitored, Monitoring, ReturnDecision
from referral_desk.nrm.safeguards.rule import Severity, held_elsewhere, in_time, must_hold, should_hold
from referral_desk.nrm.support import NeedsAssessment, PlanReview, ServiceEvent
from referral_desk.nrm.terms import YesNo
from referral_desk.words import N_

LOST_AFTER = Period(3, Unit.MONTHS)

_NOT_SPOKEN_WITH = frozenset({Monitored.UNREACHABLE, Monitored.DECEASED})
_ENDS_A_CLAIM = frozenset({AwardResult.PAID, AwardResult.REFUSED, AwardResult.WITHDRAWN})
"""Awarded is not paid, and paid in part is not paid."""

_NO_SAFETY_TO_ASSESS = frozenset({ClosureReason.DECEASED, ClosureReason.ERROR})


@must_hold(
    Closure,
    N_("Before a case is closed safety is looked at once more: a risk assessment for closing, within thirty days."),
    id="Z1",
    source="Inter-agency case management guidelines",
)
def safe_to_close(case: Case, on: date, closing: Closure | None) -> bool:
    if closing is not None and closing.reason in _NO_SAFETY_TO_ASSESS:
        return True
    day = _closing_day(closing, on)
    made = [step for step in case.taken(RiskAssessment) if step.purpose is RiskPurpose.CLOSURE and step.day <= day]
    return bool(made) and is_valid(made[-1], day)


def _closing_day(closing: Closure | None, on: date) -> date:
    """What is written down days later is judged by the day on which the case was closed."""
    return on if closing is None or closing.day is None else min(on, closing.day)


@must_hold(
    Closure,
    N_("A second person approves that a case is closed."),
    id="Z1",
    source="Inter-agency case management guidelines",
)
def closing_is_approved(_case: Case, _on: date, closing: Closure | None) -> bool:
    return closing is None or closing.approved is YesNo.YES


@must_hold(
    Closure,
    N_("Contact counts as lost after three months, and not before."),
    id="Z1",
    source="Inter-agency case management guidelines",
)
def contact_is_lost(case: Case, on: date, closing: Closure | None) -> bool:
    if closing is None or closing.reason is not ClosureReason.LOST_CONTACT:
        return True
    ended = _closing_day(closing, on)
    met = (step.day for step in case.steps if _was_met(step) and step.day <= ended)
    last = max((day for day in (closing.last_contact, *met) if day), default=case.opened_on)
    return LOST_AFTER.end(last) <= ended


def _was_met(step: Step) -> bool:
    """Whether somebody spoke with the person then."""
    if isinstance(step, Contacted | CheckIn):
        return step.reached is YesNo.YES
    if isinstance(step, Monitoring):
        return step.result not in _NOT_SPOKEN_WITH
    if isinstance(step, Consent):
        return step.status is not ConsentStatus.OTHER_GROUND and step.given_by in (None, ConsentGiver.PERSON)
    if isinstance(step, NeedsAssessment | PlanReview):
        return step.participated is not YesNo.NO
    return isinstance(step, Interview | ServiceEvent | PersonDecision | ReturnDecision)


@should_hold(
    Closure,
    N_("Referrals, proceedings or claims are still open: who goes on with them?"),
    id="Z2",
    source="Working rule of this program",
)
def nothing_is_left_open(case: Case, on: date, _closing: Closure | None) -> bool:
    waits = any(is_open(case, referral, on) for referral in case.taken(Referral))
    return not waits and not _in_court(case) and not _claims_wait(case)


def _in_court(case: Case) -> bool:
    proceedings = case.taken(Proceeding)
    continued = {step.continues for step in proceedings}
    return any(step.status not in ENDED for step in proceedings if step.id not in continued)


def _claims_wait(case: Case) -> bool:
    ended = {step.claim for step in case.taken(CompensationAward) if step.result in _ENDS_A_CLAIM}
    return any(step.id not in ended for step in case.taken(CompensationClaim))


held_elsewhere(
    Severity.INFORM,
    N_("A year after closing it is asked whether the case must still be kept; a legal hold stops its erasure."),
    id="Z3",
    source="GDPR, art. 5(1)(e)",
    by=N_("The page of today says when; the list of ended times shows them, and what is on hold is not erased."),
)
held_elsewhere(
    Severity.BLOCK,
    N_("What is erased cannot come back."),
    id="Z4",
    source="GDPR, art. 17",
    by=N_("Its rows are overwritten, and a ledger clears it from every backup that is restored."),
)
in_time(
    N_("A request for access is answered within a month, or within three if the person was told."),
    id="Z5",
    source="GDPR, art. 12(3) and 15",
    keys=("access", "access_extended"),
)
in_time(
    N_(
        "The authority is told of a breach within 72 hours, and the person, where it puts her or him in danger; unless "
        "what was lost was encrypted."
    ),
    id="Z6",
    source="GDPR, art. 33 and 34",
    keys=("breach", "breach_person"),
)
held_elsewhere(
    Severity.INFORM,
    N_("Who gets access learns nothing about others, and is not put in danger by the answer."),
    id="Z7",
    source="GDPR, art. 15(4)",
    by=N_("Every answer in somebody's own words is read and let out or held back before the sheets are made."),
)
held_elsewhere(
    Severity.WARN,
    N_("A backup is no older than a few days, and was opened."),
    id="Z8",
    source="GDPR, art. 32(1)(c) and (d)",
    by=N_("The desk backs itself up once a day, opens what it made, and says above every page when that failed."),
)
