"""The directory: who helps with what, where, for whom, and whether there is a place today.

The model is that of Open Referral (HSDS 3): organisation, service, location, contact. What its users miss there is
added: free places with their day, who is not admitted, addresses that nobody may learn, and agreements.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import Index, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from referral_desk.errors import AnswersMissing, ImpossibleDate, NotEntitled, UnknownEntry, UnknownQuestion
from referral_desk.nrm import answers
from referral_desk.nrm.case import Base
from referral_desk.nrm.fields import Reach, field, yes_no
from referral_desk.nrm.record import Record
from referral_desk.nrm.terms import Country, Language, Service, Term, YesNo
from referral_desk.words import N_

STALE_AFTER = timedelta(days=180)
"""What nobody has looked at for half a year is shown as old."""
PLACES_STALE_AFTER = timedelta(days=3)
"""Free places are gone in days."""

ENTRIES: dict[str, type[Entry]] = {}
"""Every kind of entry by its short code, in the order of declaration."""


class OrganisationKind(Term):
    """CL-ORG."""

    NGO = "NGO", N_("Non-governmental organisation"), "NGO"
    SHELTER = "SHELTER", N_("Shelter"), "NGO"
    HELPLINE = "HELPLINE", N_("Helpline"), "NGO"
    SOCIAL = "SOC", N_("Centre for social work"), "LocalGovernmentOrganisation"
    HEALTH = "HEALTH", N_("Health service"), "HealthServiceOrganisation"
    LEGAL = "LEGAL", N_("Legal aid"), "LegalService"
    POLICE = "POL", N_("Police"), "LawEnforcement"
    PROSECUTION = "PROS", N_("Prosecution"), "LawEnforcement"
    COURT = "COURT", N_("Court"), "CentralGovernmentOrganisation"
    LABOUR = "LABINSP", N_("Labour inspectorate"), "CentralGovernmentOrganisation"
    CENTRAL = "CGOV", N_("Central government"), "CentralGovernmentOrganisation"
    LOCAL = "LGOV", N_("Local government"), "LocalGovernmentOrganisation"
    ASYLUM = "IMM", N_("Asylum or immigration service"), "ImmigrationService"
    EMBASSY = "EMB", N_("Embassy or consulate"), "CentralGovernmentOrganisation"
    INTERNATIONAL = "IO", N_("International organisation"), "NGO"
    SCHOOL = "EDU", N_("School or college"), "SchoolOrCollege"
    UNION = "UNION", N_("Trade union"), "NGO"
    FAITH = "FAITH", N_("Faith organisation"), "NGO"
    COMPANY = "CORP", N_("Company"), "CorporateBusiness"


class Audience(Term):
    """For whom a service is, or whom it does not take."""

    WOMEN = "WOMEN", N_("Women")
    MEN = "MEN", N_("Men")
    GIRLS = "GIRLS", N_("Girls")
    BOYS = "BOYS", N_("Boys")
    MOTHERS = "FAMILIES", N_("Parents with children")
    TEENAGE_SONS = "TEEN_SONS", N_("Parents with sons over twelve")
    LGBTI = "LGBTI", N_("LGBTI+ persons")
    DISABILITY = "DISABILITY", N_("Persons with disabilities")
    MENTAL_HEALTH = "ACUTE_MH", N_("Persons in an acute mental crisis")
    SUBSTANCES = "SUBSTANCES", N_("Persons who use substances")
    NO_PAPERS = "UNDOCUMENTED", N_("Persons without papers")
    ASYLUM_SEEKERS = "ASYLUM", N_("Asylum seekers")
    PETS = "PETS", N_("Persons with animals")


class Entry(Record, Base):
    """Something of the directory, in revisions; `organisation_id` says to which organisation it belongs."""

    __abstract__ = True

    code: ClassVar[str]

    organisation_id: Mapped[UUID] = mapped_column(Uuid)

    def __init_subclass__(cls, *, code: str, label: str, **more: Any) -> None:
        cls.code, cls.kind, cls.english = code, f"directory_{code}", label
        cls.declare(vars(cls))
        cls.__tablename__ = cls.kind
        cls.__table_args__ = (Index(f"ix_{cls.kind}_organisation", "organisation_id", "current"),)
        super().__init_subclass__(**more)
        ENTRIES[code] = cls

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        if self.organisation_id is None and isinstance(self, Organisation):
            self.organisation_id = self.id


class Organisation(Entry, code="organisation", label=N_("Organisation")):
    """HSDS `organization`, with what was agreed with it."""

    name: Mapped[str] = field(N_("Name"), required=True, hint=N_("As it shall stand on consents and referrals"))
    other_names: Mapped[str | None] = field(N_("Other names"), hint=N_("Short forms, and other languages and scripts"))
    sort: Mapped[OrganisationKind | None] = field(N_("What is it?"), one=OrganisationKind)
    country: Mapped[Country | None] = field(N_("Country"), one=Country)
    place: Mapped[str | None] = field(N_("Town or region"))
    languages: Mapped[frozenset[Language] | None] = field(N_("Languages spoken there"), many=Language)
    phone: Mapped[str | None] = field(N_("Phone"), heading=N_("How to reach it"))
    email: Mapped[str | None] = field(N_("E-mail"), hint=N_("Only one that is read by the right people"))
    website: Mapped[str | None] = field(N_("Website"))
    postal_address: Mapped[str | None] = field(
        N_("Where may post be sent?"), hint=N_("An office or a post box. Never the address of a shelter")
    )
    hours: Mapped[str | None] = field(N_("Opening hours"), hint=N_("Mon to Fri 9–17; at night: the phone"))
    verified_on: Mapped[date | None] = field(
        N_("When was this entry last verified?"), kind=date, heading=N_("May we refer there?")
    )
    vetted_on: Mapped[date | None] = field(
        N_("When was the organisation vetted?"),
        kind=date,
        hint=N_("Somebody looked at how it works and whether people are safe there"),
    )
    agreement: Mapped[YesNo | None] = yes_no(N_("Is there an agreement on referring (MoU)?"))
    agreed_on: Mapped[date | None] = field(
        N_("Since when?"), kind=date, asked_when=lambda given: given.get("agreement") is YesNo.YES
    )
    agreed_until: Mapped[date | None] = field(
        N_("Until when does it run?"),
        kind=date,
        not_before="agreed_on",
        asked_when=lambda given: given.get("agreement") is YesNo.YES,
    )
    data_sharing: Mapped[YesNo | None] = yes_no(N_("Is there an agreement on sharing personal data?"))
    data_sharing_on: Mapped[date | None] = field(
        N_("Since when may data be shared?"),
        kind=date,
        asked_when=lambda given: given.get("data_sharing") is YesNo.YES,
    )
    active: Mapped[YesNo | None] = yes_no(
        N_("Does it still work?"), hint=N_("No takes it out of what is offered; the entry stays.")
    )
    remark: Mapped[str | None] = field(
        N_("What colleagues should know"), reach=Reach.SEALED, long=True, hint=N_("Never printed and never exported")
    )


class ListedService(Entry, code="service", label=N_("Service")):
    """HSDS `service` with its `schedule` and eligibility, and what it lacks: places, and who is not admitted."""

    name: Mapped[str] = field(N_("What is it called?"), required=True)
    services: Mapped[frozenset[Service]] = field(N_("What does it give?"), many=Service, required=True)
    where: Mapped[str | None] = field(N_("In which town or region?"), hint=N_("A place to search by, no address"))
    audience: Mapped[frozenset[Audience] | None] = field(
        N_("For whom is it?"), many=Audience, heading=N_("Who is admitted")
    )
    not_admitted: Mapped[frozenset[Audience] | None] = field(N_("Who is not admitted?"), many=Audience)
    age_from: Mapped[int | None] = field(N_("From which age?"), kind=int)
    age_to: Mapped[int | None] = field(N_("Up to which age?"), kind=int)
    conditions: Mapped[str | None] = field(
        N_("What else decides whether somebody is taken?"), hint=N_("Papers asked for, tests, a referral by a centre …")
    )
    languages: Mapped[frozenset[Language] | None] = field(N_("Languages"), many=Language)
    interpretation: Mapped[YesNo | None] = yes_no(N_("Are interpreters called in?"))
    accessible: Mapped[YesNo | None] = yes_no(N_("Can it be reached in a wheelchair?"))
    costs: Mapped[str | None] = field(N_("What does it cost?"), hint=N_("Leave empty if it is free"))
    hours: Mapped[str | None] = field(N_("Opening hours"), heading=N_("When, and how to ask"))
    how_to_ask: Mapped[str | None] = field(N_("How is it asked for?"), hint=N_("By form, by phone before, at the door"))
    wait: Mapped[str | None] = field(N_("How long does one wait?"))
    places: Mapped[int | None] = field(N_("How many places are there?"), kind=int, heading=N_("Places"))
    free_places: Mapped[int | None] = field(N_("How many are free?"), kind=int)
    free_as_of: Mapped[date | None] = field(
        N_("On which day was that so?"),
        kind=date,
        required=True,
        asked_when=lambda given: given.get("free_places") is not None,
    )
    verified_on: Mapped[date | None] = field(N_("When was this entry last verified?"), kind=date)
    active: Mapped[YesNo | None] = yes_no(N_("Is it still given?"))


class Location(Entry, code="location", label=N_("Location")):
    """HSDS `location`. The address of a shelter is as dangerous as a name: every address is sealed."""

    name: Mapped[str] = field(
        N_("What do colleagues call it?"), required=True, hint=N_("A name that does not tell where it is")
    )
    country: Mapped[Country | None] = field(N_("Country"), one=Country)
    place: Mapped[str | None] = field(N_("Town or region"))
    confidential: Mapped[YesNo | None] = yes_no(
        N_("Is the address confidential?"),
        hint=N_("Unless the answer is no, it stands on no paper and in no file that leaves."),
    )
    address: Mapped[str | None] = field(N_("Address"), reach=Reach.SEALED)
    directions: Mapped[str | None] = field(N_("How does one get there safely?"), reach=Reach.SEALED, long=True)
    active: Mapped[YesNo | None] = yes_no(N_("Is it still used?"))


class Contact(Entry, code="contact", label=N_("Contact")):
    """HSDS `contact`: a colleague elsewhere whom one may ask for."""

    name: Mapped[str] = field(N_("Name"), required=True)
    role: Mapped[str | None] = field(N_("What does she or he do there?"))
    phone: Mapped[str | None] = field(N_("Phone"))
    email: Mapped[str | None] = field(N_("E-mail"))
    languages: Mapped[frozenset[Language] | None] = field(N_("Languages"), many=Language)
    hours: Mapped[str | None] = field(N_("When can she or he be reached?"))
    active: Mapped[YesNo | None] = yes_no(N_("Does she or he still work there?"))


class Doubt(Term):
    """What speaks against referring to an organisation (R4)."""

    NOT_LISTED = "NOT_LISTED", N_("It does not stand in the directory.")
    INACTIVE = "INACTIVE", N_("It no longer works, says the directory.")
    NOT_VETTED = "NOT_VETTED", N_("It was not vetted.")
    NO_AGREEMENT = "NO_AGREEMENT", N_("No agreement on referring is in force.")
    NO_DATA_SHARING = "NO_DATA_SHARING", N_("There is no agreement on sharing personal data.")
    STALE = "STALE", N_("Its entry was not verified for half a year.")


WARNED_OF = frozenset({Doubt.INACTIVE, Doubt.NOT_VETTED, Doubt.NO_AGREEMENT, Doubt.NO_DATA_SHARING})
"""What R4 warns of; that an organisation is not listed, or its entry is old, is only shown."""


def doubts(organisation: Organisation | None, on: date) -> tuple[Doubt, ...]:
    """What speaks against referring to an organisation on a day, the weightiest first."""
    if organisation is None:
        return (Doubt.NOT_LISTED,)
    found = {
        Doubt.INACTIVE: organisation.active is YesNo.NO,
        Doubt.NOT_VETTED: organisation.vetted_on is None or organisation.vetted_on > on,
        Doubt.NO_AGREEMENT: not _agreement_runs(organisation, on),
        Doubt.NO_DATA_SHARING: organisation.data_sharing is not YesNo.YES,
        Doubt.STALE: is_stale(organisation.verified_on, on),
    }
    return tuple(doubt for doubt, is_so in found.items() if is_so)


def is_stale(verified_on: date | None, on: date) -> bool:
    """Whether an entry was never verified, or too long ago."""
    return verified_on is None or verified_on + STALE_AFTER < on


def places_are_stale(as_of: date | None, on: date) -> bool:
    return as_of is None or as_of + PLACES_STALE_AFTER < on


def may_be_told(location: Location) -> bool:
    """Whether an address may stand on paper or in a file: only where somebody said that it is no secret."""
    return location.confidential is YesNo.NO


def _agreement_runs(organisation: Organisation, on: date) -> bool:
    since, until = organisation.agreed_on, organisation.agreed_until
    return organisation.agreement is YesNo.YES and (since is None or since <= on) and (until is None or on <= until)


def kind_of(code: str) -> type[Entry]:
    """The kind of entry with this code; UnknownEntry where there is none."""
    if code not in ENTRIES:
        raise UnknownEntry
    return ENTRIES[code]


def entry_from(kind: type[Entry], written: Mapping[str, answers.Written], *, of: UUID | None, on: date) -> Entry:
    """An entry from written answers, belonging to an organisation (None for a new one); what checked() raises."""
    return checked(_filled(kind(organisation_id=of) if of else kind(), written), on)


def corrected(former: Entry, written: Mapping[str, answers.Written], *, on: date, why: str = "") -> Entry:
    """A new revision with some answers changed. NotEntitled where sealed answers cannot be carried over."""
    if former.sealed_answers() is None:
        raise NotEntitled
    given = {question.name: former.answer(question) for question in former.questions}
    revised = type(former)(
        id=former.id,
        revision=former.revision + 1,
        organisation_id=former.organisation_id,
        **given | {"why_corrected": why or None},
    )
    revised.recorded_at = former.recorded_at
    checked(_filled(revised, written), on)
    former.current = False
    return revised


def checked(entry: Entry, on: date) -> Entry:
    """The entry itself, if it is whole and its dates are possible; AnswersMissing or ImpossibleDate."""
    given = entry.answers()
    asked = entry.asked()
    missing = [q.label for q in asked if q.required and given[q.name] in (None, "", frozenset())]
    if missing:
        raise AnswersMissing(labels=", ".join(missing))
    for question in entry.questions:
        day = given[question.name]
        if question.reach is not Reach.SEALED and question not in asked:
            setattr(entry, question.name, None)
        elif isinstance(day, date) and not _is_possible(entry, question, day, on):
            raise ImpossibleDate(label=question.label)
    return entry


def _is_possible(entry: Entry, question: Any, day: date, on: date) -> bool:
    former = getattr(entry, question.not_before) if question.not_before else None
    return (day <= on or question.name == "agreed_until") and (former is None or former <= day)


def _filled(entry: Entry, written: Mapping[str, answers.Written]) -> Entry:
    for name, text in written.items():
        question = entry.question(name)
        if question is None:
            raise UnknownQuestion(question=name, step=entry.code)
        setattr(entry, question.name, answers.read(question, text))
    return entry
