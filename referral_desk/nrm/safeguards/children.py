"""Rules of children (C): best interests first, heard alone, and a child in every doubt."""

from __future__ import annotations

from datetime import date

from referral_desk.nrm.case import Case
from referral_desk.nrm.children import (
    AgeAssessment,
    BestInterests,
    FamilyTracing,
    Profession,
    Transition,
    family_contact_is_wanted_for,
)
from referral_desk.nrm.consent import UNWILLING, ConsentScope, said_on
from referral_desk.nrm.dates import PartialDate, Period, Unit
from referral_desk.nrm.person import Person, is_child
from referral_desk.nrm.safeguards.rule import (
    Severity,
    held_elsewhere,
    in_time,
    is_worth_knowing,
    must_hold,
    should_hold,
)
from referral_desk.nrm.terms import YesNo
from referral_desk.words import N_

LEAST_OF_A_PANEL = 3
GROWN_UP = Period(18, Unit.YEARS)
AHEAD = Period(6, Unit.MONTHS)

in_time(
    N_("A child alone gets a guardian within three working days."),
    id="C1",
    source="CETS 197, art. 10(4)(a)",
    keys=("guardian",),
)


@must_hold(
    FamilyTracing,
    N_("A child's family is contacted only if a best-interests determination says so."),
    id="C2",
    source="CETS 197, art. 10(4)(c)",
)
def family_contact_in_best_interests(case: Case, _on: date) -> bool:
    return not is_child(case) or family_contact_is_wanted_for(case)


@must_hold(
    AgeAssessment,
    N_("Nobody's age is assessed without consent; until it is known the person is a child."),
    id="C3",
    source="CETS 197, art. 10(3)",
)
def assessment_is_agreed(_case: Case, _on: date, made: AgeAssessment | None) -> bool:
    return made is None or made.consented is YesNo.YES


@should_hold(
    BestInterests,
    N_("The child is heard, alone, before anything is decided about her or him."),
    id="C4",
    source="CRC, art. 12",
)
def child_is_heard(_case: Case, _on: date, decided: BestInterests | None) -> bool:
    return decided is None or decided.child_heard is not YesNo.NO


@is_worth_knowing(
    Case,
    N_("The determination does not say that the child was heard, or who sat on the panel."),
    id="C4",
    source="CRC, art. 12; UNHCR best-interests procedure guidelines",
)
def determination_says_so(case: Case, _on: date) -> bool:
    decided = case.latest(BestInterests)
    if decided is None:
        return True
    return decided.child_heard is not None and decided.panel_size is not None and bool(decided.professions)


@must_hold(
    BestInterests,
    N_("A panel has three members or more, and one of them knows child protection."),
    id="C5",
    source="UNHCR best-interests procedure guidelines",
)
def panel_is_whole(_case: Case, _on: date, decided: BestInterests | None) -> bool:
    if decided is None:
        return True
    is_small = decided.panel_size is not None and decided.panel_size < LEAST_OF_A_PANEL
    knows = not decided.professions or Profession.CHILD_PROTECTION in decided.professions
    return knows and not is_small


in_time(
    N_("A missing child is reported to the police and to child protection within a day."),
    id="C6",
    source="NRM Handbook (ODIHR 2022)",
    keys=("missing",),
)


@is_worth_knowing(
    Case,
    N_("The person turns 18 within half a year: plan it together. Nothing ends on a birthday."),
    id="C7",
    source="CRC, general comment 6",
)
def birthday_is_planned(case: Case, on: date) -> bool:
    person = case.latest(Person)
    born = person.date_of_birth if person else None
    if not isinstance(born, PartialDate) or case.taken(Transition):
        return True
    grown_up = GROWN_UP.end(born.first)
    return not on <= grown_up <= AHEAD.end(on)


@must_hold(
    FamilyTracing,
    N_("No family is looked for or spoken to against the word of the person, or of whoever decides for a child."),
    id="C2",
    source="CETS 197, art. 10(4)(c) and 11",
)
def family_contact_is_not_refused(case: Case, on: date) -> bool:
    said = said_on(case, ConsentScope.TRACE, on)
    return said is None or said.status not in UNWILLING


held_elsewhere(
    Severity.BLOCK,
    N_("Who a child is, is never made public."),
    id="C8",
    source="CETS 197, art. 11(2)",
    by=N_("Names are sealed, on no anonymous form and in no table."),
)
