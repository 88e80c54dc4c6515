"""Rules of return (T): voluntary, informed, assessed for this person, and never into danger."""

from __future__ import annotations

from datetime import date

from referral_desk.nrm.age import is_born_as_child
from referral_desk.nrm.case import Case
from referral_desk.nrm.children import BestInterests, BestInterestsDecision
from referral_desk.nrm.consent import UNWILLING, ConsentScope, has_ground, said_on
from referral_desk.nrm.justice import Proceedings, Remedies
from referral_desk.nrm.person import Person, is_child
from referral_desk.nrm.reflection import RightsInformation, RightsTopic
from referral_desk.nrm.risk import GRAVE, is_approved, is_overtaken, return_assessment
from referral_desk.nrm.safe_return import (
    Monitoring,
    Refoulement,
    Return,
    ReturnCounselling,
    ReturnPlan,
    ReturnType,
    has_decided_to_return,
)
from referral_desk.nrm.safeguards.rule import Severity, held_elsewhere, is_worth_knowing, must_hold, should_hold
from referral_desk.nrm.terms import YesNo
from referral_desk.words import N_

_BY_AUTHORITY = frozenset({ReturnType.DUBLIN, ReturnType.REMOVAL})


@must_hold(
    Return,
    N_(
        "A return requires an individual risk assessment for the return: approved as it now reads, not older than 30 "
        "days, overtaken by no other that found high risk, and with an answer on the risk to life, of torture and of "
        "inhuman treatment."
    ),
    id="T1",
    source="CETS 197, art. 16(2)",
)
def return_risk_assessed(case: Case, on: date) -> bool:
    made = return_assessment(case, on)
    if made is None or is_overtaken(case, made, on):
        return False
    return is_approved(case, made) and None not in (made.danger_to_life, made.danger_of_torture)


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
    return not (is_child(case) or _was_born_as_child(case)) or bool(decided and _in_favour_of_return(decided[-1]))


def _was_born_as_child(case: Case) -> bool:
    """Also where records from elsewhere or from before X6 say otherwise by the age group."""
    person = case.latest(Person)
    return person is not None and is_born_as_child(person) is True


def _in_favour_of_return(determination: BestInterests) -> bool:
    arranged = (determination.guardian_consents, determination.care_arranged)
    return determination.decision is BestInterestsDecision.RETURN and arranged == (YesNo.YES, YesNo.YES)


@must_hold(
    Return,
    N_(
        "Nobody is returned to a real risk to life, of torture or of inhuman treatment, or while asylum or another "
        "stay is asked for or not looked at yet: seek it, and record in a plan of the return what came of it."
    ),
    id="T6",
    source="ECHR, art. 3; 1951 Convention, art. 33",
)
def no_return_into_danger(case: Case, on: date) -> bool:
    made = return_assessment(case, on)
    is_danger = made is not None and YesNo.YES in (made.danger_to_life, made.danger_of_torture)
    return not is_danger and not _may_be_protected(case, on)


def _may_be_protected(case: Case, on: date) -> bool:
    """Whether the latest plan that says so has asylum or another stay asked for, or has not looked yet."""
    said = [step.refoulement for step in case.taken(ReturnPlan) if step.refoulement and step.day <= on]
    return bool(said) and said[-1] is not Refoulement.NOT_NEEDED


@should_hold(
    Return,
    N_("At high risk, or where the person may be trafficked again, another lasting solution is considered first."),
    id="T7",
    source="CETS 197, art. 16; Directive 2011/36/EU, art. 16",
)
def other_ways_considered(case: Case, on: date, _leaving: Return | None) -> bool:
    made, plan = return_assessment(case, on), case.latest(ReturnPlan)
    if made is None or (plan is not None and plan.alternative is YesNo.YES):
        return True
    levels = {made.level, made.danger_of_retrafficking}
    return levels.isdisjoint(GRAVE) and made.family_complicit is not YesNo.YES


@should_hold(
    Return,
    N_("A presumed victim is not transferred or removed like others; a child's best interests come first."),
    id="T8",
    source="CETS 197, art. 13 and 16; Regulation 604/2013, art. 6",
)
def not_merely_removed(_case: Case, _on: date, leaving: Return | None) -> bool:
    return leaving is None or leaving.manner not in _BY_AUTHORITY


@must_hold(
    ReturnPlan,
    N_("A body in the country of origin is told only with the person's consent to share with it there."),
    id="T9",
    source="CETS 197, art. 11",
)
def origin_is_consented(case: Case, on: date, plan: ReturnPlan | None) -> bool:
    if plan is None or not plan.receiving or plan.manner is ReturnType.INTERNAL:
        return True
    return has_ground(case, on, ConsentScope.ORIGIN, plan.receiving)


@must_hold(
    ReturnPlan,
    N_("No travel document names trafficking: papers are read on the way."),
    id="T9",
    source="OSCE/ODIHR, guiding principles on the return of trafficked persons",
)
def papers_are_silent(_case: Case, _on: date, plan: ReturnPlan | None) -> bool:
    return plan is None or plan.names_trafficking is not YesNo.YES


@should_hold(
    Return,
    N_("Somebody receives the person, and visits or calls are agreed for a year."),
    id="T10",
    source="CETS 197, art. 16(5)",
)
def somebody_waits(case: Case, _on: date, _leaving: Return | None) -> bool:
    plan = case.latest(ReturnPlan)
    return plan is None or (bool(plan.receiving) and plan.monitoring is not YesNo.NO)


held_elsewhere(
    Severity.INFORM,
    N_("After a return there is contact after a week, and after one, three, six and twelve months."),
    id="T11",
    source="Working rule of this program",
    by=N_("The page of today and the case say when; silence is followed by another try."),
)


@is_worth_knowing(
    Monitoring,
    N_("The person did not want later contact. It is made only where danger is feared: note why."),
    id="T11",
    source="GDPR, art. 7(3)",
)
def later_contact_is_not_refused(case: Case, on: date, _tried: Monitoring | None) -> bool:
    said = said_on(case, ConsentScope.CONTACT_BACK, on)
    return said is None or said.status not in UNWILLING


@should_hold(
    Return,
    N_("Proceedings are pending: the testimony is secured, or the person knows that she or he may stay or come back."),
    id="T12",
    source="CETS 197, art. 14(1)(b) and 16(2)",
)
def trial_is_not_lost(case: Case, on: date, _leaving: Return | None) -> bool:
    told, plan = case.latest(Remedies), case.latest(ReturnPlan)
    if told is None or told.proceedings is not Proceedings.PENDING:
        return True
    is_secured = YesNo.YES in (told.testimony_secured, plan.testimony_secured if plan else None)
    return is_secured or any(step.trial is YesNo.YES for step in case.taken(ReturnCounselling) if step.day <= on)
