"""Due at the beginning, and in what is done for the person: safety, identification, children, needs, plan, risk."""

from __future__ import annotations

from collections.abc import Iterable

from referral_desk.nrm import mechanism
from referral_desk.nrm.assistance import Assistance
from referral_desk.nrm.case import Case, Step
from referral_desk.nrm.children import (
    BestInterests,
    Guardianship,
    GuardianStatus,
    MissingFromCare,
    MissingStatus,
    ReportedTo,
)
from referral_desk.nrm.closing import Reopening
from referral_desk.nrm.dates import Period
from referral_desk.nrm.deadlines.due import Due, counted, named, reckons, reckons_always, since
from referral_desk.nrm.deadlines.later import departure
from referral_desk.nrm.identification import SafetyCheck
from referral_desk.nrm.person import FirstContact, ImmediateNeed, Person, is_child
from referral_desk.nrm.risk import GRAVE, RiskAssessment, SafetyPlan, SignOff, is_approved
from referral_desk.nrm.status import (
    Appeal,
    FormalSubmission,
    IdentificationDecision,
    Submitting,
    TraffickingStatus,
)
from referral_desk.nrm.support import (
    AgreedBy,
    NeedsAssessment,
    PlanReview,
    ReviewResult,
    ServiceEvent,
    SupportPlan,
)
from referral_desk.nrm.terms import NeedDomain, Service, Track, YesNo

_DOCTORS = frozenset({Service.MED, Service.SRH, Service.MH})
_WHO_LOOK = frozenset({ReportedTo.POLICE, ReportedTo.CHILD_PROTECTION})
_CARE = frozenset({NeedDomain.PHYSICAL_HEALTH, NeedDomain.MENTAL_HEALTH, NeedDomain.SRH})


@reckons
def first_needs(case: Case) -> Iterable[Due]:
    first = case.latest(FirstContact)
    if first and (first.safe_now is None or first.needs_now is None) and not _is_looked_at(case, first):
        yield from counted("first_needs", first, FirstContact)


@reckons
def safety_check(case: Case) -> Iterable[Due]:
    begun = case.latest(Reopening) or case.latest(FirstContact)
    if begun and not _is_looked_at(case, begun):
        yield from counted("safety_check", begun, SafetyCheck)


@reckons
def urgent_medical(case: Case) -> Iterable[Due]:
    first, needs, check = case.latest(FirstContact), case.latest(NeedsAssessment), case.latest(SafetyCheck)
    asked: list[Step] = []
    if first and ImmediateNeed.MEDICAL in (first.needs_now or ()):
        asked.append(first)
    if check and check.medical_emergency is YesNo.YES:
        asked.append(check)
    if needs and (needs.urgent or frozenset()) & _CARE:
        asked.append(needs)
    for step in sorted(asked, key=lambda step: step.day)[-1:]:
        if not _cared_for_since(case, step):
            yield from counted("urgent_medical", step, ServiceEvent)


@reckons
def child_procedure(case: Case) -> Iterable[Due]:
    person = case.latest(Person)
    opened = any(step.track is Track.CHILDREN for step in case.steps)
    if person and is_child(case) and person.guardian is not YesNo.YES and not opened:
        yield from counted("child_procedure", person, Guardianship)


@reckons
def guardian(case: Case) -> Iterable[Due]:
    person = case.latest(Person)
    if person and is_child(case) and person.unaccompanied is YesNo.YES and not has_guardian(case):
        yield from counted("guardian", person, Guardianship)


@reckons
def needs(case: Case) -> Iterable[Due]:
    first = case.latest(FirstContact)
    if first and not case.taken(NeedsAssessment):
        yield from counted("needs", first, NeedsAssessment)


@reckons
def plan(case: Case) -> Iterable[Due]:
    assessed = case.taken(NeedsAssessment)
    if assessed and not any(made.agreed_by is not AgreedBy.NOT_YET for made in case.taken(SupportPlan)):
        yield from counted("plan", assessed[0], SupportPlan)


@reckons
def plan_review(case: Case) -> Iterable[Due]:
    made: list[SupportPlan | PlanReview] = [*case.taken(SupportPlan), *case.taken(PlanReview)]
    last = max(reversed(made), key=lambda step: step.day) if made else None
    if last is None or (isinstance(last, PlanReview) and last.result is ReviewResult.ENDED):
        return
    risk = case.latest(RiskAssessment)
    is_grave = risk is not None and risk.level in GRAVE
    key = "plan_review_high" if is_grave else "plan_review"
    usual, agreed = counted(key, last, PlanReview), named(key, last.next_review, PlanReview, step=last)
    found = [*agreed] if last.next_review and not is_grave else [*usual, *agreed]
    yield from sorted(found, key=lambda due: due.due_on)[:1]


@reckons
def risk_review(case: Case) -> Iterable[Due]:
    risk = case.latest(RiskAssessment)
    if risk is None:
        return
    key = f"risk_{risk.level.code.lower()}"
    agreed = [day for day in (risk.next_review, risk.valid_until) if day]
    yield from named(key, min(agreed), RiskAssessment, step=risk) if agreed else counted(key, risk, RiskAssessment)


@reckons
def grave_risk(case: Case) -> Iterable[Due]:
    risk = case.latest(RiskAssessment)
    if risk is None or risk.level not in GRAVE:
        return
    if not is_approved(case, risk):
        yield from counted("sign_off", risk, SignOff)
    if not case.taken(SafetyPlan):
        yield from counted("safety_plan", risk, SafetyPlan)


@reckons
def decision(case: Case) -> Iterable[Due]:
    asked = case.latest(FormalSubmission)
    if asked is None or asked.outcome not in (Submitting.SUBMITTED, Submitting.CHILD):
        return
    decided = [one for one in since(case, IdentificationDecision, asked) if one.status is not TraffickingStatus.PENDING]
    if not decided:
        agreed = named("decision", asked.answer_by, IdentificationDecision, step=asked)
        yield from (
            agreed if asked.answer_by else counted("decision", asked, IdentificationDecision, period=_to_decide())
        )


@reckons
def appeal(case: Case) -> Iterable[Due]:
    decided = case.latest(IdentificationDecision)
    if decided is None or decided.status is not TraffickingStatus.NOT_CONFIRMED or decided.appealed is not None:
        return
    if any(step.decision == decided.id for step in case.taken(Appeal)):
        return
    told = decided.told_on or decided.day
    agreed = named("appeal", decided.appeal_by, Appeal, step=decided)
    yield from agreed if decided.appeal_by else counted("appeal", told, Appeal, period=_to_appeal())


@reckons
def best_interests(case: Case) -> Iterable[Due]:
    made = case.latest(BestInterests)
    if made and is_child(case) and departure(case) is None:
        agreed = named("best_interests", made.review_on, BestInterests, step=made)
        yield from agreed if made.review_on else counted("best_interests", made, BestInterests)


@reckons_always
def missing(case: Case) -> Iterable[Due]:
    last = case.latest(MissingFromCare)
    if last and last.status is MissingStatus.MISSING and not _is_reported(last):
        yield from counted("missing", last, MissingFromCare)


def _is_reported(missing: MissingFromCare) -> bool:
    """To those who look for a child; where nobody wrote down to whom, to them."""
    told = missing.reported_to
    return missing.reported_on is not None and (not told or not told.isdisjoint(_WHO_LOOK))


def _is_looked_at(case: Case, begun: Step) -> bool:
    """Whether safety was looked at since the person came, or came back."""
    looks: list[Step] = [*case.taken(SafetyCheck), *case.taken(RiskAssessment)]
    return any(one.day >= begun.day for one in looks)


def has_guardian(case: Case) -> bool:
    last, person = case.latest(Guardianship), case.latest(Person)
    if last is None:
        return person is not None and person.guardian is YesNo.YES
    return last.status in (GuardianStatus.APPOINTED, GuardianStatus.CHANGED)


def _cared_for_since(case: Case, step: Step) -> bool:
    given = any(one.service in _DOCTORS for one in since(case, ServiceEvent, step))
    return given or any(one.services & _DOCTORS for one in since(case, Assistance, step))


def _to_decide() -> Period | None:
    return mechanism.home().period("decision_time")


def _to_appeal() -> Period | None:
    return mechanism.home().period("appeal_time")
