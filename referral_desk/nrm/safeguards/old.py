"""Rules."""

from __future__ import annotations

from datetime import date

from referral_desk.nrm import mechanism
from referral_desk.nrm.assistance import AssistanceEnd, EndReason
from referral_desk.nrm.case import Case
from referral_desk.nrm.children import (
    BestInterests,
    BestInterestsDecision,
    FamilyTracing,
    family_contact_is_wanted_for,
)
from referral_desk.nrm.consent import items_shared_with, may_share_with_anyone
from referral_desk.nrm.justice import Remedies
from referral_desk.nrm.person import is_child
from referral_desk.nrm.referral import Referral
from referral_desk.nrm.reflection import Granting, ReflectionPeriod, RightsInformation, RightsTopic, under_reflection
from referral_desk.nrm.risk import return_assessment
from referral_desk.nrm.safe_return import Return, has_decided_to_return
from referral_desk.nrm.safeguards.rule import must_hold, should_hold
from referral_desk.nrm.terms import Service, YesNo
from referral_desk.words import N_


@must_hold(
    AssistanceEnd,
    N_("Assistance never depends on speaking to the authorities: this is no reason to end it."),
    id="X2",
    source="CETS 197, art. 12(6); Directive 2011/36/EU, art. 11(3)",
)
def assistance_is_unconditional(_case: Case, _on: date, end: AssistanceEnd | None) -> bool:
    return end is None or end.reason not in (EndReason.NO_COOPERATION, EndReason.NOT_IDENTIFIED)


@must_hold(
    Return,
    N_("Nobody is returned during the reflection period, unless the person asked for it in writing after counselling."),
    id="F5",
    source="CETS 197, art. 13(1)",
)
def reflection_is_respected(case: Case, on: date) -> bool:
    return not under_reflection(case, on) or has_decided_to_return(case, on)


@must_hold(
    AssistanceEnd,
    N_("The end of the reflection period ends no assistance."),
    id="F6",
    source="CETS 197, art. 12(6) and 13(2)",
)
def reflection_ends_alone(_case: Case, _on: date, end: AssistanceEnd | None) -> bool:
    return end is None or end.reason is not EndReason.REFLECTION_OVER


@must_hold(
    Return,
    N_(
        "A return requires an individual risk assessment for the return: approved, not older than 30 days, "
        "and with an answer on the risk to life, of torture and of inhuman treatment."
    ),
    id="T1",
    source="CETS 197, art. 16(2)",
)
def return_risk_assessed(case: Case, on: date) -> bool:
    made = return_assessment(case, on)
    return made is not None and made.approved is YesNo.YES and None not in (made.danger_to_life, made.danger_of_torture)


@must_hold(
    Return,
    N_("A return requires that every right was explained, in a language in which the person understood it."),
    id="T2",
    source="CETS 197, art. 15(1)",
)
def rights_explained(case: Case, on: date) -> bool:
    told = [step for step in case.taken(RightsInformation) if step.day <= on and step.understood is YesNo.YES]
    return frozenset(RightsTopic) <= frozenset().union(*(step.topics for step in told))


@must_hold(
    Return,
    N_("A return requires that legal advice was offered and that proceedings and compensation were talked about."),
    id="T3",
    source="CETS 197, art. 15 and 16(2)",
)
def remedies_opened(case: Case, on: date) -> bool:
    return any(step.day <= on and step.legal_advice is YesNo.YES for step in case.taken(Remedies))


@must_hold(
    Return,
    N_("An adult's return requires her or his own decision in writing, at least a day after counselling."),
    id="T4",
    source="CETS 197, art. 16(2)",
)
def adult_decided(case: Case, on: date) -> bool:
    return is_child(case) or has_decided_to_return(case, on)


@must_hold(
    Return,
    N_(
        "A child's return requires a best-interests determination in favour of it, "
        "the guardian's consent and care arranged at the destination."
    ),
    id="T5",
    source="CETS 197, art. 16(7); CRC, art. 3",
)
def best_interests_determined(case: Case, on: date) -> bool:
    decided = [step for step in case.taken(BestInterests) if step.day <= on]
    return not is_child(case) or bool(decided and _in_favour_of_return(decided[-1]))


def _in_favour_of_return(determination: BestInterests) -> bool:
    arranged = (determination.guardian_consents, determination.care_arranged)
    return determination.decision is BestInterestsDecision.RETURN and arranged == (YesNo.YES, YesNo.YES)


@must_hold(
    Return,
    N_("Nobody is returned to a real risk to life, of torture or of inhuman treatment: seek asylum or another stay."),
    id="T6",
    source="ECHR, art. 3; 1951 Convention, art. 33",
)
def no_return_into_danger(case: Case, on: date) -> bool:
    made = return_assessment(case, on)
    return made is None or YesNo.YES not in (made.danger_to_life, made.danger_of_torture)


@must_hold(
    FamilyTracing,
    N_("A child's family is contacted only if a best-interests determination says so."),
    id="C2",
    source="CETS 197, art. 10(4)(c)",
)
def family_contact_in_best_interests(case: Case, _on: date) -> bool:
    return not is_child(case) or family_contact_is_wanted_for(case)


@must_hold(
    Referral,
    N_("A referral that asks to trace a child's family requires a best-interests determination that says so."),
    id="C2",
    source="CETS 197, art. 10(4)(c)",
)
def tracing_in_best_interests(case: Case, _on: date, referral: Referral | None) -> bool:
    asks = referral is not None and Service.TRACE in (referral.services or ())
    return not asks or not is_child(case) or family_contact_is_wanted_for(case)


@must_hold(
    Referral,
    N_("A referral requires the person's valid consent to share with this recipient."),
    id="R1",
    source="CETS 197, art. 11 and 12(7); GDPR, art. 6(1)(a) and 7",
)
def recipient_is_consented(case: Case, on: date, referral: Referral | None) -> bool:
    if referral is None:
        return may_share_with_anyone(case, on)
    return items_shared_with(case, referral.recipient, on) is not None


@must_hold(
    Referral,
    N_("A referral tells nothing that the person did not agree to share with this recipient."),
    id="R2",
    source="GDPR, art. 5(1)(b) and (c)",
)
def only_consented_items(case: Case, on: date, referral: Referral | None) -> bool:
    if referral is None or not referral.shares:
        return True
    return referral.shares <= (items_shared_with(case, referral.recipient, on) or frozenset())


@should_hold(
    ReflectionPeriod,
    N_("A reflection period lasts at least thirty days, and at least as long as national law says."),
    id="F2",
    source="CETS 197, art. 13(1)",
)
def long_enough(_case: Case, _on: date, period: ReflectionPeriod | None) -> bool:
    if period is None or period.granted is not Granting.GRANTED or period.granted_until is None:
        return True
    rule = mechanism.of(period.mechanism).reflection
    least = rule.period.end(period.day) if rule.period and rule.kind in _BINDING else period.day
    return period.granted_until >= max(least, mechanism.FLOOR.end(period.day))


_BINDING = frozenset({"minimum", "fixed", "range"})
"""Kinds of national rule that say how long a period lasts at least; `maximum` does not."""
