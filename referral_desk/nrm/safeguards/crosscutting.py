"""Rules that hold everywhere (X): keeping as little as possible, and no price for help."""

from __future__ import annotations

from datetime import date, timedelta

from referral_desk.nrm.age import is_born_as_child
from referral_desk.nrm.assistance import AssistanceEnd, EndReason
from referral_desk.nrm.case import Case, Step
from referral_desk.nrm.children import AgeAssessment
from referral_desk.nrm.circumstances import Circumstances, IdentityDocument, RelatedPerson
from referral_desk.nrm.consent import Consent, ConsentScope, ConsentStatus, brings_back, has_ground, said_on
from referral_desk.nrm.dates import PartialDate
from referral_desk.nrm.experience import TraffickingExperience
from referral_desk.nrm.fields import Reach
from referral_desk.nrm.person import AgeBand, FirstContact, Person
from referral_desk.nrm.record import BESIDE
from referral_desk.nrm.referral import Referral
from referral_desk.nrm.reflection import ReflectionExtension, last_day_without
from referral_desk.nrm.safeguards.rule import (
    OTHER_GROUND,
    Severity,
    held_elsewhere,
    is_worth_knowing,
    must_hold,
    should_hold,
)
from referral_desk.nrm.status import IdentificationDecision
from referral_desk.nrm.terms import DataItem, Service, YesNo
from referral_desk.words import N_

SAFETY_NOTE = timedelta(days=1)
"""On the day of first contact and the next a name may be noted for safety's sake; a working rule of ours."""

EARLIER_DECISION = timedelta(days=365)
"""An authority may have decided before the person came to us, but hardly longer ago."""

_UNLIKE_AT_ENTRY = {True: YesNo.NO, False: YesNo.YES}
"""What cannot be said of whether the person was a child at any time of it, by whether she or he was one at entry."""

_LEGAL = frozenset({Service.LEGINF, Service.LEGREP, Service.COMP, Service.WIT})


def _may_keep_names(case: Case, on: date, step: Step | None) -> bool:
    if step is not None and not _names_somebody(step):
        return True
    said = said_on(case, ConsentScope.STORE, on)
    return has_ground(case, on) if said else on - _first_recorded(case) <= SAFETY_NOTE


def _names_somebody(step: Step) -> bool:
    given = step.sealed_answers() or {}
    sealed = (q.name for q in step.questions if q.reach is Reach.SEALED and q.name not in BESIDE)
    return any(given.get(name) is not None for name in sealed)


def _first_recorded(case: Case) -> date:
    first = case.latest(FirstContact)
    return first.recorded_at.date() if first and first.recorded_at else case.opened_on


for _kind in (Person, IdentityDocument, RelatedPerson):
    must_hold(
        _kind,
        N_(
            "Names and contacts are kept only with the person's consent, or on another recorded ground in law; for a "
            "day after first contact they may be noted for safety's sake."
        ),
        id="X1",
        source="GDPR, art. 6 and 9",
        otherwise=OTHER_GROUND,
    )(_may_keep_names)


@must_hold(
    AssistanceEnd,
    N_("Assistance never depends on speaking to the authorities: this is no reason to end it."),
    id="X2",
    source="CETS 197, art. 12(6); Directive 2011/36/EU, art. 11(3)",
)
def assistance_is_unconditional(_case: Case, _on: date, end: AssistanceEnd | None) -> bool:
    return end is None or end.reason not in (EndReason.NO_COOPERATION, EndReason.NOT_IDENTIFIED)


held_elsewhere(
    Severity.BLOCK,
    N_("No table holds the number of a case, a day, a free text or a place finer than a country."),
    id="X3",
    source="Practice of k-anonymity",
    by=N_(
        "Only coded answers are counted, and a year is the finest time; every figure is protected before it is shown."
    ),
)
held_elsewhere(
    Severity.BLOCK,
    N_("Whoever may not know names opens none, by any means."),
    id="X4",
    source="Need to know",
    by=N_("Names are sealed under a key of their own, which a coordinator is never given."),
)
held_elsewhere(
    Severity.WARN,
    N_("Nothing on an anonymous form may look like a phone, an address, a number or a name of the case."),
    id="X5",
    source="Working rule of this program",
    by=N_("The finished form is read before it is printed; what is found is replaced, removed or kept with a reason."),
)


@must_hold(
    Person,
    N_("Nobody is born after today."),
    id="X6",
    source="Working rule of this program",
)
def is_born(_case: Case, on: date, person: Person | None) -> bool:
    born = person.date_of_birth if person else None
    return not isinstance(born, PartialDate) or born.first <= on


@must_hold(
    Person,
    N_(
        "Date of birth and age group cannot both be right: by one the person was a child when this was recorded, by "
        "the other an adult. Correct one of them or the day, or say that it is in doubt whether she or he is an adult."
    ),
    id="X6",
    source="CETS 197, art. 10(3)",
)
def is_of_one_age(_case: Case, _on: date, person: Person | None) -> bool:
    if person is None or person.age_band is None or person.age_in_doubt is YesNo.YES:
        return True
    return is_born_as_child(person) in (None, person.age_band.is_child)


@must_hold(
    TraffickingExperience,
    N_("Nothing ends before it begins, nobody was older then than now, and nobody was a child and a grown-up at once."),
    id="X6",
    source="Working rule of this program",
)
def is_possible(case: Case, on: date, told: TraffickingExperience | None) -> bool:
    if told is None:
        return True
    ends_first = told.began is not None and told.ended is not None and told.ended.last < told.began.first
    person, bands = case.latest(Person), list(AgeBand)
    known = person is not None and person.age_band is not None and told.age_at_entry is not None
    is_older = known and bands.index(told.age_at_entry) > bands.index(person.age_band)  # type: ignore[arg-type, union-attr]
    is_both = told.age_at_entry is not None and told.as_child is _UNLIKE_AT_ENTRY[told.age_at_entry.is_child]
    return not (ends_first or is_older or is_both) and all(
        at is None or at.first <= on for at in (told.began, told.ended)
    )


@must_hold(
    IdentificationDecision,
    N_("A decision more than a year before the case was opened is a slip, or belongs to another case."),
    id="X6",
    source="Working rule of this program",
)
def is_of_this_case(case: Case, _on: date, decided: IdentificationDecision | None) -> bool:
    return decided is None or decided.day is None or decided.day >= case.opened_on - EARLIER_DECISION


@must_hold(
    ReflectionExtension,
    N_("An extension does not end before the period that it extends."),
    id="X6",
    source="Working rule of this program",
)
def extends(case: Case, _on: date, extension: ReflectionExtension | None) -> bool:
    until = None if extension is None else last_day_without(case, extension)
    return extension is None or until is None or extension.until >= until


@must_hold(
    AgeAssessment,
    N_("The youngest age that is possible is not above the oldest."),
    id="X6",
    source="Working rule of this program",
)
def ages_are_in_order(_case: Case, _on: date, made: AgeAssessment | None) -> bool:
    ages = (None, None) if made is None else (made.youngest, made.oldest)
    return ages[0] is None or ages[1] is None or ages[0] <= ages[1]


held_elsewhere(
    Severity.INFORM,
    N_("What is not known is not “no”."),
    id="X7",
    source="Codebook of the Counter-Trafficking Data Collaborative",
    by=N_("Not asked, declined, not known and no are four different answers; what has none stays empty everywhere."),
)


@should_hold(
    Circumstances,
    N_("Health and disability are written down for a purpose: with consent, or on another ground in law."),
    id="X8",
    source="GDPR, art. 5(1)(c) and 9",
)
def has_purpose(case: Case, on: date, told: Circumstances | None) -> bool:
    if told is None or not (told.pregnant or told.difficulties or told.disability):
        return True
    return has_ground(case, on) or has_ground(case, on, ConsentScope.SERVICES)


@must_hold(
    Referral,
    N_("Nothing of those who exploited the person goes on a form, but to a lawyer or the police, with consent to it."),
    id="X9",
    source="GDPR, art. 10",
)
def exploiters_stay_here(case: Case, on: date, referral: Referral | None) -> bool:
    if referral is None or DataItem.EXPLOITER not in (referral.shares or ()):
        return True
    to_police = said_on(case, ConsentScope.SHARE_POLICE, on, referral.recipient) is not None
    return to_police or bool((referral.services or frozenset()) & _LEGAL)


@is_worth_knowing(
    Consent,
    N_("Write down the language in which consent was explained, and that the interpreter keeps silence."),
    id="X10",
    source="CETS 197, art. 12(1)(c) and (d)",
)
def was_understood(_case: Case, _on: date, given: Consent | None) -> bool:
    if given is None or given.status not in (ConsentStatus.GIVEN, ConsentStatus.REFUSED):
        return True
    return given.language is not None and _is_bound(given)


@should_hold(
    Consent,
    N_(
        "With this correction something counts as agreed that the person refused or withdrew. Who agrees anew says so "
        "in a consent of its own day; if it was written down wrongly, say how you know."
    ),
    id="X1",
    source="GDPR, art. 7(1) and 7(3)",
)
def corrections_bring_nothing_back(case: Case, _on: date, given: Consent | None) -> bool:
    former = given.corrects if given is not None else None
    return given is None or not isinstance(former, Consent) or not brings_back(case, former, given)


def _is_bound(given: Consent) -> bool:
    return given.interpreter is not YesNo.YES or given.interpreter_bound is YesNo.YES
