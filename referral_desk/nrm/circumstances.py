"""The circumstances of a person's life: recorded when they matter, and again when they change.

Ethnic, religious and sexual belonging are not asked: nothing that is given or asked for needs them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Mapped

from referral_desk.nrm.case import Step
from referral_desk.nrm.fields import Reach, field, yes_no
from referral_desk.nrm.person import AgeBand, Gender
from referral_desk.nrm.terms import Country, DataItem, Term, Track, YesNo
from referral_desk.words import N_


class Residence(Term):
    """CL-RESID: on what the stay rests."""

    NATIONAL = "NATIONAL", N_("Citizen of this country")
    EU_CITIZEN = "EU_CITIZEN", N_("Citizen of the European Union")
    LAWFUL = "LAWFUL", N_("Lawful stay")
    ASYLUM_SEEKER = "ASYLUM_SEEKER", N_("Asylum seeker")
    PROTECTED = "PROTECTED", N_("Refugee or other protection")
    REFLECTION = "REFLECTION", N_("Reflection period")
    THB_PERMIT = "THB_PERMIT", N_("Residence permit as a victim of trafficking")
    HUMANITARIAN = "HUMANITARIAN", N_("Humanitarian stay")
    IRREGULAR = "IRREGULAR", N_("Without papers")
    STATELESS = "STATELESS", N_("Stateless")


class Displacement(Term):
    """CL-PROT: the person's place in migration, after the guidance of HTCDS."""

    NONE = "NONE", N_("Did not move")
    FAMILY = "FAMILY_MIGRANT", N_("Came to join the family")
    VISITOR = "VISITOR", N_("Visitor")
    LABOUR = "LABOUR_MIGRANT", N_("Came to work")
    STUDENT = "STUDENT", N_("Student")
    IRREGULAR = "IRREGULAR_MIGRANT", N_("Irregular migrant")
    ASYLUM_SEEKER = "ASYLUM_SEEKER", N_("Asylum seeker")
    REFUGEE = "REFUGEE", N_("Refugee")
    COMPLEMENTARY = "COMPLEMENTARY", N_("Complementary protection")
    STATELESS = "STATELESS", N_("Stateless")
    ENVIRONMENTAL = "ENVIRONMENTAL", N_("Fled from the loss of land or water")
    STRANDED = "STRANDED", N_("Stranded on the way")
    FORCED = "FORCED", N_("Forced migrant")
    DEPORTEE = "DEPORTEE", N_("Deported before")
    IDP = "IDP", N_("Displaced within the country")
    SEPARATED_CHILD = "SEPARATED_CHILD", N_("Separated or unaccompanied child")
    RETURNEE = "RETURNEE", N_("Returned before")
    EX_COMBATANT = "EX_COMBATANT", N_("Former member of an armed group")


class Marital(Term):
    """CL-MARITAL."""

    SINGLE = "SINGLE", N_("Single"), "Single"
    MARRIED = "MARRIED", N_("Married"), "Married"
    WIDOWED = "WIDOWED", N_("Widowed"), "Widowed"
    DIVORCED = "DIVORCED", N_("Divorced"), "Divorced"
    SEPARATED = "SEPARATED", N_("Separated"), "Separated"
    PARTNERSHIP = "PARTNERSHIP", N_("Registered partnership"), "RegisteredPartnership"


class Schooling(Term):
    """CL-ISCED, the levels of ISCED 2011."""

    NONE = "NONE", N_("No schooling")
    EARLY = "ISCED0", N_("Early childhood education"), "EarlyChildhoodEducation"
    PRIMARY = "ISCED1", N_("Primary education"), "PrimaryEducation"
    LOWER = "ISCED2", N_("Lower secondary education"), "LowerSecondaryEducation"
    UPPER = "ISCED3", N_("Upper secondary education"), "UpperSecondaryEducation"
    POST = "ISCED4", N_("Post-secondary, not tertiary"), "PostSecondaryNonTertiaryEducation"
    SHORT = "ISCED5", N_("Short-cycle tertiary education"), "ShortCycleTertiaryEducation"
    BACHELOR = "ISCED6", N_("Bachelor's or equivalent"), "BachelorsOrEquivalentLevel"
    MASTER = "ISCED7", N_("Master's or equivalent"), "MastersOrEquivalentLevel"
    DOCTOR = "ISCED8", N_("Doctoral or equivalent"), "DoctoralOrEquivalentLevel"


class Employment(Term):
    """CL-EMPL: before the exploitation."""

    FORMAL = "EMPLOYED_FORMAL", N_("Employed with a contract")
    INFORMAL = "EMPLOYED_INFORMAL", N_("Employed without a contract")
    SELF = "SELF_EMPLOYED", N_("Self-employed")
    SEEKING = "JOB_SEEKING", N_("Looking for work")
    NOT_ALLOWED = "NOT_ALLOWED_TO_WORK", N_("Not allowed to work")
    EDUCATION = "IN_EDUCATION", N_("In education")
    UNABLE = "UNABLE", N_("Unable to work")
    CARING = "CARING", N_("Caring for others")
    RETIRED = "RETIRED", N_("Retired")


class Difficulty(Term):
    """CL-DISAB: the areas of the Washington Group."""

    SEEING = "SEEING", N_("Seeing")
    HEARING = "HEARING", N_("Hearing")
    WALKING = "WALKING", N_("Walking")
    REMEMBERING = "REMEMBERING", N_("Remembering or concentrating")
    SELF_CARE = "SELF_CARE", N_("Washing and dressing")
    COMMUNICATING = "COMMUNICATING", N_("Understanding and being understood")
    PSYCHOSOCIAL = "PSYCHOSOCIAL", N_("Fear, sadness, being with others")


class HowDifficult(Term):
    NONE = "NONE", N_("No difficulty")
    SOME = "SOME", N_("Some difficulty")
    A_LOT = "A_LOT", N_("A lot of difficulty")
    CANNOT = "CANNOT", N_("Cannot at all")


class Vulnerability(Term):
    """CL-VULN: what made it easier to exploit the person."""

    ADDICTION = "ADDICTION", N_("Addiction"), "Addiction"
    SOCIAL_GROUP = "SOCIAL_GROUP", N_("Belonging to an excluded group"), "SocialGroup"
    DISCRIMINATION = "DISCRIMINATION", N_("Discrimination"), "Discrimination"
    POVERTY = "POVERTY", N_("Poverty"), "Poverty"
    HEALTH = "HEALTH", N_("Disability or physical health"), "DisabilityAndPhysicalHealth"
    MENTAL_HEALTH = "MENTAL_HEALTH", N_("Mental health"), "MentalHealth"
    MIGRATION = "MIGRATION", N_("Migration"), "Migration"
    HOMELESSNESS = "HOMELESSNESS", N_("Homelessness"), "Homelessness"
    ONLINE_ABUSE = "ABUSE_ONLINE", N_("Abuse online"), "AbuseSocialMedia"
    PHYSICAL_ABUSE = "ABUSE_PHYSICAL", N_("Violence"), "AbusePhysical"
    EDUCATION = "EDUCATION", N_("Little schooling"), "Education"
    WORK = "WORK", N_("Conditions of work"), "WorkEnvironment"


class Children(Term):
    """How many; a number alone could tell who it is."""

    NONE = "0", N_("None")
    ONE = "1", N_("One")
    TWO = "2", N_("Two")
    MORE = "3+", N_("Three or more")


class Circumstances(
    Step,
    kind="circumstances",
    label=N_("Circumstances of life"),
    track=Track.IDENTIFICATION,
    when=N_("On which day was this recorded?"),
):
    """What is known of the person's life; only what somebody needs to know in order to help."""

    residence: Mapped[Residence | None] = field(
        N_("On what does the stay rest?"), one=Residence, reach=Reach.STATISTICS, item=DataItem.LEGAL_STATUS
    )
    displacement: Mapped[Displacement | None] = field(
        N_("Place in migration"), one=Displacement, reach=Reach.STATISTICS, item=DataItem.LEGAL_STATUS
    )
    country_of_birth: Mapped[Country | None] = field(N_("Country of birth"), one=Country, item=DataItem.CITIZENSHIP)
    country_of_residence: Mapped[Country | None] = field(
        N_("Country of residence before"), one=Country, reach=Reach.STATISTICS, item=DataItem.CITIZENSHIP
    )
    stateless: Mapped[YesNo | None] = yes_no(N_("Is the person stateless?"), item=DataItem.CITIZENSHIP)
    marital: Mapped[Marital | None] = field(
        N_("Marital status"), one=Marital, item=DataItem.FAMILY, heading=N_("Family"), htcds="prs_MaritalStatus"
    )
    children: Mapped[Children | None] = field(
        N_("How many children?"),
        one=Children,
        reach=Reach.STATISTICS,
        item=DataItem.CHILDREN,
        htcds="prs_NumberOfChildren",
    )
    children_here: Mapped[Children | None] = field(
        N_("How many of them are with the person?"), one=Children, item=DataItem.CHILDREN
    )
    pregnant: Mapped[YesNo | None] = yes_no(N_("Is the person pregnant?"), item=DataItem.HEALTH)
    schooling: Mapped[Schooling | None] = field(
        N_("Highest level of education"),
        one=Schooling,
        reach=Reach.STATISTICS,
        item=DataItem.NEEDS,
        heading=N_("School and work"),
        htcds="prs_HighestLevelOfEducation",
    )
    employment: Mapped[Employment | None] = field(
        N_("Work before the exploitation"), one=Employment, reach=Reach.STATISTICS, item=DataItem.NEEDS
    )
    difficulties: Mapped[dict[Difficulty, HowDifficult] | None] = field(
        N_("What is difficult for the person?"),
        many=Difficulty,
        graded=HowDifficult,
        item=DataItem.HEALTH,
        heading=N_("Health and needs"),
    )
    disability: Mapped[YesNo | None] = yes_no(
        N_("Does the person live with a disability?"), reach=Reach.STATISTICS, item=DataItem.HEALTH
    )
    own: Mapped[frozenset[Vulnerability] | None] = field(
        N_("What made the person vulnerable?"),
        many=Vulnerability,
        reach=Reach.STATISTICS,
        item=DataItem.EXPLOITATION_DETAIL,
        htcds="vic_Vulnerabilities",
    )
    household: Mapped[frozenset[Vulnerability] | None] = field(
        N_("And in the household?"), many=Vulnerability, item=DataItem.EXPLOITATION_DETAIL
    )
    community: Mapped[frozenset[Vulnerability] | None] = field(
        N_("And in the community?"), many=Vulnerability, item=DataItem.EXPLOITATION_DETAIL
    )
    details: Mapped[str | None] = field(
        N_("More on this"), reach=Reach.SEALED, long=True, htcds="vic_DetailsOfVulnerabilities"
    )


class Paper(Term):
    """CL-IDDOC."""

    PASSPORT = "PASSPORT", N_("Passport")
    NATIONAL_ID = "NATIONAL_ID", N_("Identity card")
    RESIDENCE = "RESIDENCE", N_("Residence permit")
    BIRTH_CERT = "BIRTH_CERT", N_("Birth certificate")
    TRAVEL_LETTER = "TRAVEL_LETTER", N_("Travel letter")
    ASYLUM_CARD = "ASYLUM_CARD", N_("Asylum card")
    NONE = "NONE", N_("None")


class Holder(Term):
    """Who has the paper now."""

    PERSON = "PERSON", N_("The person")
    EXPLOITER = "EXPLOITER", N_("Those who exploited the person")
    AUTHORITY = "AUTHORITY", N_("An authority")
    LOST = "LOST", N_("Lost")
    NEVER = "NEVER", N_("There never was one")


class IdentityDocument(
    Step,
    kind="identity_document",
    label=N_("Identity document"),
    track=Track.IDENTIFICATION,
    when=N_("On which day was this recorded?"),
    item=DataItem.ID_DOCS,
):
    """One paper, who has it, and what is done to get it back. A copy of it stays outside the desk."""

    paper: Mapped[Paper] = field(N_("Which document?"), one=Paper, required=True)
    holder: Mapped[Holder | None] = field(N_("Who has it now?"), one=Holder)
    country: Mapped[Country | None] = field(N_("Issued by which country?"), one=Country)
    number: Mapped[str | None] = field(N_("Number"), reach=Reach.SEALED, htcds="prs_IdentityNumber")
    valid_until: Mapped[date | None] = field(N_("Valid until"), kind=date)
    false_name: Mapped[YesNo | None] = yes_no(N_("Is it in another name?"))
    asked_back: Mapped[YesNo | None] = yes_no(N_("Is it being asked back?"))


class Relation(Term):
    CHILD = "CHILD", N_("Child")
    PARENT = "PARENT", N_("Parent")
    PARTNER = "PARTNER", N_("Partner")
    SIBLING = "SIBLING", N_("Brother or sister")
    RELATIVE = "RELATIVE", N_("Another relative")
    FRIEND = "FRIEND", N_("Friend")
    CO_VICTIM = "CO_VICTIM", N_("Exploited together")
    OTH = "OTH", N_("Somebody else")


def _is_near(given: Mapping[str, Any]) -> bool:
    return given.get("relation") is not Relation.CO_VICTIM


class RelatedPerson(
    Step,
    kind="related_person",
    label=N_("Family member or other close person"),
    track=Track.IDENTIFICATION,
    when=N_("On which day was this recorded?"),
    item=DataItem.FAMILY,
):
    """Somebody close, who may need protection, too, or may be a danger."""

    relation: Mapped[Relation] = field(N_("Who is it to the person?"), one=Relation, required=True)
    name: Mapped[str | None] = field(N_("Name"), reach=Reach.SEALED, trusted=True)
    contact: Mapped[str | None] = field(N_("Contact"), reach=Reach.SEALED, trusted=True)
    gender: Mapped[Gender | None] = field(N_("Gender"), one=Gender)
    age_band: Mapped[AgeBand | None] = field(N_("Age group"), one=AgeBand)
    same_household: Mapped[YesNo | None] = yes_no(N_("Do they live together?"), asked_when=_is_near)
    in_danger: Mapped[YesNo | None] = yes_no(N_("Is she or he in danger, too?"))
    complicit: Mapped[YesNo | None] = yes_no(N_("Did she or he take part in the exploitation?"))
    may_know: Mapped[YesNo | None] = yes_no(N_("May she or he know where the person is?"))
    note: Mapped[str | None] = field(N_("More on this"), reach=Reach.SEALED, long=True)
