"""Rules of recovery and reflection (F): time to decide freely, and no removal meanwhile."""

from __future__ import annotations

from datetime import date

from referral_desk.nrm import mechanism
from referral_desk.nrm.assistance import AssistanceEnd, EndReason
from referral_desk.nrm.case import Case
from referral_desk.nrm.reflection import (
    EndGround,
    Granting,
    ReflectionEnd,
    ReflectionPeriod,
    is_ended,
    last_protected_day,
    under_reflection,
)
from referral_desk.nrm.residence import Decided, PersonDecision
from referral_desk.nrm.safe_return import Return, has_decided_to_return
from referral_desk.nrm.safeguards.rule import Severity, held_elsewhere, in_time, must_hold, should_hold
from referral_desk.words import N_

_BINDING = frozenset({"minimum", "fixed", "range"})
"""Kinds of national rule that say how long a period lasts at least; `maximum` does not."""

_OF_THE_PERSON = frozenset({EndGround.PERSON_ENDED, EndGround.DECIDED})
_OF_THE_CONVENTION = frozenset({EndGround.PUBLIC_ORDER, EndGround.IMPROPER_CLAIM})

in_time(
    N_("A presumed victim from another country is asked about a reflection period within two working days."),
    id="F1",
    source="CETS 197, art. 13",
    keys=("reflection_record",),
)


@should_hold(
    ReflectionPeriod,
    N_("A reflection period lasts at least thirty days, and at least as long as national law says."),
    id="F2",
    source="CETS 197, art. 13(1)",
)
def long_enough(_case: Case, _on: date, period: ReflectionPeriod | None) -> bool:
    if period is None or period.granted is not Granting.GRANTED:
        return True
    rule = mechanism.of(period.mechanism).reflection
    by_law = rule.period.end(period.day) if rule.period else None
    until = period.granted_until or by_law
    least = by_law if by_law and rule.kind in _BINDING else period.day
    return until is None or until >= max(least, mechanism.FLOOR.end(period.day))


held_elsewhere(
    Severity.INFORM,
    N_("The first day is day 0 and the last day protects; months are months of the calendar, not thirty days."),
    id="F3",
    source="Working rule of this program",
    by=N_("The last day is computed and cannot be typed; a decision that names a day is recorded beside it."),
)


@should_hold(
    Case,
    N_("The reflection period is over and the person has not decided: ask for an extension, and help to decide."),
    id="F4",
    source="CETS 197, art. 13(1)",
)
def decided_in_time(case: Case, on: date) -> bool:
    granted = [step for step in case.taken(ReflectionPeriod) if step.granted is Granting.GRANTED]
    if not granted or is_ended(case, granted[-1], on):
        return True
    last = last_protected_day(case, granted[-1], on)
    if last is None or last >= on:
        return True
    latest = {step.topic: step.decision for step in case.taken(PersonDecision) if step.day >= granted[-1].day}
    return bool(latest) and Decided.UNDECIDED not in latest.values()


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


@should_hold(
    ReflectionEnd,
    N_("Who ends a period against the person's will is named; only public order and an improper claim are grounds."),
    id="F7",
    source="CETS 197, art. 13(3)",
)
def ended_lawfully(_case: Case, _on: date, end: ReflectionEnd | None) -> bool:
    if end is None or end.ground in _OF_THE_PERSON:
        return True
    return end.ground in _OF_THE_CONVENTION and bool(end.decided_by)


held_elsewhere(
    Severity.INFORM,
    N_("Whether the person speaks to the authorities is her or his own decision, and no shelter is told."),
    id="F8",
    source="CETS 197, art. 12(6)",
    by=N_("It is a step of its own, sealed, on no form, never counted, and no rule asks for it."),
)
