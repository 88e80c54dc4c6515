"""The rules: each stated once, with its sentence, its source and its condition.

A condition returns whether the safeguard holds. It sees the case and the day; one that must see the answers
being given takes the step as a third argument, which is None while a page only asks what stands in the way.
Windows, commands, importer, printed list and tests all read SAFEGUARDS.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from referral_desk.nrm.assistance import AssistanceEnd, EndReason
from referral_desk.nrm.case import Case, Step
from referral_desk.nrm.children import (
    BestInterests,
    BestInterestsDecision,
    FamilyTracing,
    family_contact_is_wanted_for,
)
from referral_desk.nrm.consent import items_shared_with, may_share_with_anyone
from referral_desk.nrm.justice import Remedies
from referral_desk.nrm.never_tell import tells_on
from referral_desk.nrm.person import is_child
from referral_desk.nrm.referral import Referral
from referral_desk.nrm.reflection import RightsInformation, RightsTopic, under_reflection
from referral_desk.nrm.risk import return_assessment
from referral_desk.nrm.safe_return import Return, has_decided_to_return
from referral_desk.nrm.terms import Service, YesNo
from referral_desk.words import N_, _

Condition = Callable[[Case, date, Any], bool]


@dataclass(frozen=True)
class Safeguard:
    """One rule. `id` is that of the field's rule list; `sentence` is English, to be looked up when shown.

    One of `Step` itself is a rule for steps of every kind.
    """

    id: str
    kind: type[Step]
    sentence: str
    source: str
    holds: Condition

    @property
    def label(self) -> str:
        return _(self.sentence)


SAFEGUARDS: list[Safeguard] = []


def must_hold(kind: type[Step], sentence: str, *, id: str, source: str) -> Callable[[Any], Any]:  # noqa: A002
    """Declare that a step of this kind may not be taken unless the condition holds."""

    def declare(condition: Any) -> Any:
        sees_answers = len(inspect.signature(condition).parameters) == 3
        holds = condition if sees_answers else lambda case, on, _step: condition(case, on)
        SAFEGUARDS.append(Safeguard(id, kind, sentence, source, holds))
        return condition

    return declare


def unmet(case: Case, wanted: type[Step] | Step, on: date) -> tuple[Safeguard, ...]:
    """Every safeguard that stands in the way of a kind of step, or of a step with its answers, on a day."""
    kind, step = (wanted, None) if isinstance(wanted, type) else (type(wanted), wanted)
    return tuple(guard for guard in SAFEGUARDS if issubclass(kind, guard.kind) and not guard.holds(case, on, step))


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


@must_hold(
    Step,
    N_(
        "Somebody named here must never learn of the person: choose another, or record first that the person took "
        "it back (Never tell)."
    ),
    id="N1",
    source="GDPR, art. 7(3) and 32; NRM Handbook 2022, confidentiality",
)
def nobody_learns_who_must_not(case: Case, on: date, step: Step | None) -> bool:
    return step is None or not tells_on(case, step, on)


@must_hold(
    Step,
    N_(
        "A phone, an address, an e-mail or a name given here is recorded in a case of this desk for somebody who "
        "exploited a person. Nobody is to be reached through it; to say that it must be avoided, record “Never tell”."
    ),
    id="N2",
    source="CETS 197, art. 12(2); Directive 2012/29/EU, art. 18",
)
def no_exploiter_is_trusted(case: Case, _on: date, step: Step | None) -> bool:
    return step is None or not case.around.exploiter_signs(step)
