"""Rules of risk (K): looked at in time, for a purpose, and never by one person alone where it is grave."""

from __future__ import annotations

from datetime import date, timedelta

from referral_desk.nrm.case import Case, Step
from referral_desk.nrm.justice import CourtHearing, HearingWay
from referral_desk.nrm.referral import Anonymity, Referral
from referral_desk.nrm.risk import GRAVE, RiskAssessment, RiskPurpose, is_valid, return_assessment
from referral_desk.nrm.safe_return import Return, ReturnPlan, ReturnType
from referral_desk.nrm.safeguards.rule import Severity, held_elsewhere, in_time, must_hold, should_hold
from referral_desk.nrm.terms import YesNo
from referral_desk.words import N_

_A_WEEK = timedelta(days=7)
_IN_PERSON = (None, HearingWay.IN_COURT, HearingWay.VIDEO, HearingWay.CHILD_ROOM)
_SAFETY = frozenset({RiskPurpose.PRE_REFERRAL, RiskPurpose.INITIAL_SAFETY, RiskPurpose.PERIODIC})

in_time(
    N_("A first safety check is made within a day."),
    id="K1",
    source="Working rule of this program",
    keys=("safety_check",),
)


@must_hold(
    Referral,
    N_("A referral that names the person requires a risk assessment that is not older than thirty days."),
    id="K2",
    source="NRM Handbook (ODIHR 2022)",
)
def assessed_before_naming(case: Case, on: date, referral: Referral | None) -> bool:
    names = referral is not None and referral.anonymity is Anonymity.IDENTIFIED
    return not names or _assessed_for(case, on, _SAFETY)


@must_hold(
    CourtHearing,
    N_("Before a person is heard in court the risk of testifying is assessed, not longer than thirty days before."),
    id="K2",
    source="CETS 197, art. 28 and 30",
)
def assessed_before_testimony(case: Case, on: date, summons: CourtHearing | None) -> bool:
    goes = summons is not None and summons.wishes_to_go is YesNo.YES and summons.way in _IN_PERSON
    return not goes or _assessed_for(case, on, frozenset({RiskPurpose.PRE_TESTIMONY}))


held_elsewhere(
    Severity.BLOCK,
    N_("A return requires an assessment for the return that is not older than thirty days."),
    id="K2",
    source="CETS 197, art. 16(2)",
    by=N_("Rule T1."),
)
held_elsewhere(
    Severity.INFORM,
    N_("Severity times likelihood, added up, suggests a level; one grave and likely danger alone is extreme."),
    id="K3",
    source="Working rule of this program, no standard",
    by=N_("The level is suggested; who judges otherwise says why, and the reason is sealed with the assessment."),
)
in_time(
    N_("At high risk a second person reads the assessment within a day, and there is a safety plan."),
    id="K4",
    source="Working rule of this program",
    keys=("sign_off", "safety_plan"),
)


@should_hold(
    RiskAssessment,
    N_("At high risk the next review is within a week."),
    id="K4",
    source="Working rule of this program",
)
def reviewed_soon(_case: Case, _on: date, made: RiskAssessment | None) -> bool:
    if made is None or made.level not in GRAVE or made.next_review is None:
        return True
    return made.next_review - made.day <= _A_WEEK


@should_hold(
    RiskAssessment,
    N_("An independent organisation takes part in the assessment before a return."),
    id="K5",
    source="CETS 197, art. 16(2); NRM Handbook (ODIHR 2022)",
)
def independently_assessed(_case: Case, _on: date, made: RiskAssessment | None) -> bool:
    if made is None or made.purpose is not RiskPurpose.PRE_RETURN:
        return True
    return made.ngo_involved is not YesNo.NO


def _not_to_those_who_sold(case: Case, on: date, step: Step | None) -> bool:
    to_family = getattr(step, "manner", None) is ReturnType.FAMILY or getattr(step, "to_family", None) is YesNo.YES
    made = return_assessment(case, on) or case.latest(RiskAssessment)
    return not to_family or made is None or made.family_complicit is not YesNo.YES


for _kind in (Return, ReturnPlan):
    should_hold(
        _kind,
        N_("Somebody of the family took part in the exploitation: going back to the family is never the obvious way."),
        id="K6",
        source="CETS 197, art. 16; Directive 2011/36/EU, art. 13",
    )(_not_to_those_who_sold)


def _assessed_for(case: Case, on: date, purposes: frozenset[RiskPurpose]) -> bool:
    made = (step for step in case.taken(RiskAssessment) if step.purpose in purposes and step.day <= on)
    return any(is_valid(step, on) for step in made)
