"""The person, and how she or he came to us: what is sealed, and what others may need to know."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Mapped

from referral_desk.nrm.case import Case, Step
from referral_desk.nrm.children import AgeAssessment, AgeResult
from referral_desk.nrm.dates import PartialDate
from referral_desk.nrm.fields import ORGANISATIONS, Reach, field, yes_no
from referral_desk.nrm.identification import SafetyCheck
from referral_desk.nrm.terms import Country, DataItem, Language, Term, Track, Year, YesNo
from referral_desk.words import N_


class Gender(Term):
    """CL-GENDER."""

    WOMAN = "F", N_("Woman"), "Feminine", "Woman"
    MAN = "M", N_("Man"), "Masculine", "Man"
    TRANS_WOMAN = "TF", N_("Trans woman"), "TransgenderFeminine", "Trans/Transgender/NonConforming"
    TRANS_MAN = "TM", N_("Trans man"), "TransgenderMasculine", "Trans/Transgender/NonConforming"
    NON_CONFORMING = "NC", N_("Non-conforming"), "NonConforming", "Trans/Transgender/NonConforming"


class AgeBand(Term):
    """CL-AGE, the bands of CTDC."""

    B00_08 = "0--8", N_("0–8 years"), "", "0--8"
    B09_17 = "9--17", N_("9–17 years"), "", "9--17"
    B18_20 = "18--20", N_("18–20 years"), "", "18--20"
    B21_23 = "21--23", N_("21–23 years"), "", "21--23"
    B24_26 = "24--26", N_("24–26 years"), "", "24--26"
    B27_29 = "27--29", N_("27–29 years"), "", "27--29"
    B30_38 = "30--38", N_("30–38 years"), "", "30--38"
    B39_47 = "39--47", N_("39–47 years"), "", "39--47"
    B48_UP = "48+", N_("48 years and older"), "", "48+"

    @property
    def is_child(self) -> bool:
        return self in (AgeBand.B00_08, AgeBand.B09_17)


class AgeBasis(Term):
    DOCUMENT = "DOCUMENT", N_("A document")
    SELF = "SELF", N_("What the person says")
    ESTIMATE = "ESTIMATE", N_("An estimate")
    ASSESSMENT = "AGE_ASSESSMENT", N_("An age assessment")


def _may_write(given: Mapping[str, Any]) -> bool:
    return given.get("may_write") is YesNo.YES


class Person(
    Step,
    kind="person",
    label=N_("The person"),
    track=Track.IDENTIFICATION,
    when=N_("On which day was this recorded?"),
    once=True,
):
    """Who the person is. Names and contacts are sealed; what may be counted is a question of its own."""

    salutation: Mapped[str | None] = field(
        N_("Form of address"), reach=Reach.SEALED, item=DataItem.NAME, heading=N_("Identity"), htcds="prs_Salutation"
    )
    title: Mapped[str | None] = field(N_("Title"), reach=Reach.SEALED, item=DataItem.NAME, htcds="prs_Title")
    first_name: Mapped[str | None] = field(
        N_("First name"), reach=Reach.SEALED, item=DataItem.NAME, htcds="prs_FirstName"
    )
    middle_name: Mapped[str | None] = field(
        N_("Middle name"), reach=Reach.SEALED, item=DataItem.NAME, htcds="prs_MiddleName"
    )
    last_name: Mapped[str | None] = field(
        N_("Last name"), reach=Reach.SEALED, item=DataItem.NAME, htcds="prs_SecondName"
    )
    other_names: Mapped[str | None] = field(
        N_("Other names"),
        reach=Reach.SEALED,
        item=DataItem.NAME,
        hint=N_("Nicknames, former names, names on false papers"),
    )
    date_of_birth: Mapped[PartialDate | None] = field(
        N_("Date of birth"),
        reach=Reach.SEALED,
        item=DataItem.DOB,
        kind=PartialDate,
        hint=N_("A year alone is enough: 2004, about: 2004~"),
        htcds="prs_Birthdate",
    )
    place_of_birth: Mapped[str | None] = field(N_("Place of birth"), reach=Reach.SEALED)
    phone: Mapped[str | None] = field(
        N_("Phone"),
        reach=Reach.SEALED,
        item=DataItem.CONTACT,
        heading=N_("Safe contact"),
        htcds="prs_MobilePhone",
        trusted=True,
    )
    other_phone: Mapped[str | None] = field(
        N_("Second phone"), reach=Reach.SEALED, item=DataItem.CONTACT, htcds="prs_HomePhone", trusted=True
    )
    email: Mapped[str | None] = field(
        N_("E-mail"), reach=Reach.SEALED, item=DataItem.CONTACT, htcds="prs_Email", trusted=True
    )
    address: Mapped[str | None] = field(N_("Where the person stays"), reach=Reach.SEALED, trusted=True)
    safe_contact: Mapped[str | None] = field(
        N_("How is it safe to make contact?"),
        reach=Reach.SEALED,
        item=DataItem.CONTACT,
        long=True,
        hint=N_("Who may answer, at which hours, whether a message may be left"),
        trusted=True,
    )
    may_leave_message: Mapped[YesNo | None] = yes_no(N_("May a message be left?"))
    code_word: Mapped[str | None] = field(
        N_("Code word"),
        reach=Reach.SEALED,
        item=DataItem.CONTACT,
        hint=N_("By which the person knows us, and we the person"),
    )
    may_write: Mapped[YesNo | None] = yes_no(N_("Is it safe to send post?"))
    post_street: Mapped[str | None] = field(
        N_("Street and number"), reach=Reach.SEALED, asked_when=_may_write, htcds="prs_MailingStreet", trusted=True
    )
    post_code: Mapped[str | None] = field(
        N_("Postal code"), reach=Reach.SEALED, asked_when=_may_write, htcds="prs_MailingPostalCode"
    )
    post_town: Mapped[str | None] = field(
        N_("Town"), reach=Reach.SEALED, asked_when=_may_write, htcds="prs_MailingCity"
    )
    post_region: Mapped[str | None] = field(
        N_("Region"), reach=Reach.SEALED, asked_when=_may_write, htcds="prs_MailingState"
    )
    post_country: Mapped[Country | None] = field(
        N_("Country"), one=Country, reach=Reach.SEALED, asked_when=_may_write, htcds="prs_MailingCountry"
    )
    gender: Mapped[Gender | None] = field(
        N_("Gender"),
        one=Gender,
        reach=Reach.STATISTICS,
        item=DataItem.GENDER,
        htcds="prs_Gender",
        heading=N_("What others may need to know"),
    )
    age_band: Mapped[AgeBand | None] = field(
        N_("Age group"), one=AgeBand, reach=Reach.STATISTICS, item=DataItem.AGE_BAND
    )
    age_basis: Mapped[AgeBasis | None] = field(N_("How is the age known?"), one=AgeBasis)
    age_in_doubt: Mapped[YesNo | None] = yes_no(
        N_("Is it in doubt whether the person is an adult?"), hint=N_("In doubt the person is treated as a child.")
    )
    citizenships: Mapped[frozenset[Country] | None] = field(
        N_("Citizenship"), many=Country, reach=Reach.STATISTICS, item=DataItem.CITIZENSHIP, htcds="prs_Citizenship"
    )
    language: Mapped[Language | None] = field(
        N_("Language"), one=Language, reach=Reach.LETTER, item=DataItem.LANGUAGE, htcds="prs_PrimaryLanguage"
    )
    second_language: Mapped[Language | None] = field(
        N_("Second language"), one=Language, item=DataItem.LANGUAGE, htcds="prs_SecondaryLanguage"
    )
    interpreter: Mapped[YesNo | None] = yes_no(
        N_("Is an interpreter needed?"), reach=Reach.LETTER, item=DataItem.LANGUAGE
    )
    communication: Mapped[str | None] = field(
        N_("What helps the person to see, hear, move or be understood?"),
        reach=Reach.LETTER,
        item=DataItem.HEALTH,
        hint=N_("It will be printed: what helps, not the diagnosis"),
    )
    unaccompanied: Mapped[YesNo | None] = yes_no(
        N_("Is the child without parents or guardian?"),
        reach=Reach.LETTER,
        item=DataItem.AGE_BAND,
        asked_when=lambda given: is_child_by(given.get("age_band"), given.get("age_in_doubt")),
    )
    guardian: Mapped[YesNo | None] = yes_no(
        N_("Does the child have a guardian?"),
        reach=Reach.LETTER,
        item=DataItem.AGE_BAND,
        asked_when=lambda given: is_child_by(given.get("age_band"), given.get("age_in_doubt")),
    )
    dependants: Mapped[str | None] = field(
        N_("Who travels or lives with the person?"),
        reach=Reach.LETTER,
        item=DataItem.CHILDREN,
        hint=N_("Number and ages only, no names"),
    )


def is_child_by(age_band: AgeBand | None, in_doubt: YesNo | None) -> bool:
    """Whoever is not known to be an adult is presumed a child (CETS 197, art. 10(3))."""
    return age_band is None or age_band.is_child or in_doubt is YesNo.YES


def is_child(case: Case) -> bool:
    """Whether the person is, or in doubt is presumed, a child: by the age group, the latest age assessment
    or, while neither says, the first questions.

    Reads nothing sealed: no date of birth says otherwise than the age group (X6).
    """
    person, assessed = case.latest(Person), case.latest(AgeAssessment)
    if person is None or "age_in_doubt" in person.unanswered:
        return True
    if assessed is not None and assessed.result is not AgeResult.ADULT:
        return True
    if is_child_by(person.age_band, person.age_in_doubt):
        return True
    return person.age_in_doubt is None and assessed is None and _may_be_one(case)


def _may_be_one(case: Case) -> bool:
    """Whether the first questions left it open; who said since that there is no doubt has the last word."""
    asked = case.latest(SafetyCheck)
    return asked is not None and asked.perhaps_child is YesNo.YES


class Contact(Term):
    """CL-CONTACT: by which way the person came to us."""

    HELPLINE = "HELPLINE", N_("Helpline")
    WALK_IN = "WALK_IN", N_("Came by herself or himself")
    OUTREACH = "OUTREACH", N_("Outreach work")
    POLICE = "POLICE", N_("Police")
    BORDER = "BORDER", N_("Border police")
    LABINSP = "LABINSP", N_("Labour inspectorate")
    HEALTH = "HEALTH", N_("Health service")
    SCHOOL = "SCHOOL", N_("School")
    SOCIAL = "SOCIAL", N_("Social services")
    NGO = "NGO", N_("Another organisation")
    EMBASSY = "EMBASSY", N_("Embassy or consulate")
    ASYLUM = "ASYLUM", N_("Asylum office")
    COURT = "COURT", N_("Court or prosecution")
    ONLINE = "ONLINE", N_("Online")
    FAMILY = "FAMILY", N_("Family or friends")
    OTHER_VICTIM = "OTHER_VICTIM", N_("Another affected person")
    EMPLOYER_CLIENT = "EMPLOYER_CLIENT", N_("Employer or client")
    OTH = "OTH", N_("Another way")


class Noticed(Term):
    """CL-DETECT: who first saw that something was wrong."""

    SELF = "SELF", N_("The person")
    HELPLINE = "HELPLINE", N_("Helpline")
    WALK_IN = "WALK_IN", N_("Open-door advice")
    OUTREACH = "OUTREACH", N_("Outreach work")
    POLICE = "POLICE", N_("Police")
    BORDER = "BORDER", N_("Border police")
    LABINSP = "LABINSP", N_("Labour inspectorate")
    HEALTH = "HEALTH", N_("Health service")
    SCHOOL = "SCHOOL", N_("School")
    SOCIAL = "SOCIAL", N_("Social services")
    NGO = "NGO", N_("Another organisation")
    EMBASSY = "EMBASSY", N_("Embassy or consulate")
    ASYLUM = "ASYLUM", N_("Asylum office")
    COURT = "COURT", N_("Court or prosecution")
    ONLINE = "ONLINE", N_("Online")
    FAMILY = "FAMILY", N_("Family or friends")
    OTHER_VICTIM = "OTHER_VICTIM", N_("Another affected person")
    EMPLOYER_CLIENT = "EMPLOYER_CLIENT", N_("Employer or client")
    OTH = "OTH", N_("Somebody else")


class ImmediateNeed(Term):
    """What cannot wait."""

    MEDICAL = "MEDICAL", N_("A doctor")
    FOOD = "FOOD", N_("Food and drink")
    SLEEP = "SLEEP", N_("A bed")
    SAFETY = "SAFETY", N_("Safety from somebody")
    HYGIENE = "HYGIENE", N_("Washing and clothes")
    CHILD_CARE = "CHILD_CARE", N_("Care for her or his children")
    INTERPRETER = "INTERPRETER", N_("An interpreter")
    CALL = "CALL", N_("A call to somebody")


class FirstContact(
    Step,
    kind="first_contact",
    label=N_("First contact"),
    track=Track.IDENTIFICATION,
    when=N_("When did the person come to us?"),
    once=True,
):
    """How the case began."""

    contact: Mapped[Contact | None] = field(N_("How did the person come to us?"), one=Contact, reach=Reach.STATISTICS)
    year: Mapped[Year | None] = field(
        N_("Year of first contact"), one=Year, reach=Reach.STATISTICS, derived=lambda step: Year(step.day.year)
    )
    noticed_by: Mapped[Noticed | None] = field(N_("Who first saw the signs?"), one=Noticed, reach=Reach.STATISTICS)
    safe_now: Mapped[YesNo | None] = yes_no(N_("Is the person safe at this moment?"))
    needs_now: Mapped[frozenset[ImmediateNeed] | None] = field(
        N_("What cannot wait?"), many=ImmediateNeed, hint=N_("First the needs, then the questions.")
    )
    lead: Mapped[str | None] = field(N_("Which organisation leads the case?"), offers=ORGANISATIONS)
    first_words: Mapped[str | None] = field(N_("What was said"), reach=Reach.SEALED, long=True)
