"""Identification: what the person tells, and what those decide who may decide.

A presumed victim is helped before proof; no decision and no score closes a door.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Mapped

from referral_desk.nrm.case import Step
from referral_desk.nrm.dates import PartialDate
from referral_desk.nrm.fields import COLLEAGUES, Reach, field, yes_no
from referral_desk.nrm.terms import Country, DataItem, Service, Term, Track, YesNo
from referral_desk.words import N_


class Exploitation(Term):
    """CL-EXPL."""

    SEX = "SEX", N_("Sexual exploitation"), "SexualExploitation", "isSexualExploit"
    LAB = "LAB", N_("Forced labour or services"), "ForcedLabour", "isForcedLabour"
    DOM = "DOM", N_("Domestic servitude"), "Servitude", "isForcedLabour"
    SLV = "SLV", N_("Slavery or similar practices"), "Other", "isOtherExploit"
    BEG = "BEG", N_("Forced begging"), "ForcedBegging", "isForcedLabour"
    CRIM = "CRIM", N_("Forced criminality"), "Other", "isOtherExploit"
    FRAUD = "FRAUD", N_("Benefit, identity or financial fraud"), "Other", "isOtherExploit"
    MARR = "MARR", N_("Forced marriage"), "ForcedMarriage", "isOtherExploit"
    ADOPT = "ADOPT", N_("Illegal or forced adoption"), "ForcedAdoption", "isOtherExploit"
    SURR = "SURR", N_("Exploitation of surrogacy"), "Surrogacy", "isOtherExploit"
    ORG = "ORG", N_("Organ removal"), "OrganRemoval", "isOtherExploit"
    MIL = "MIL", N_("Recruitment by armed groups"), "ForcedMilitaryByNonStateActors", "isOtherExploit"
    CHLAB = "CHLAB", N_("Child labour"), "ChildLabour", "isForcedLabour"
    OTH = "OTH", N_("Another form of exploitation"), "Other", "isOtherExploit"


class Control(Term):
    """CL-CTRL: by what means the person was controlled."""

    DEBT = "DEBT", N_("Debt bondage"), "DebtBondage", "meansDebtBondageEarnings"
    EARN = "EARN", N_("Earnings taken"), "TakesEarnings", "meansDebtBondageEarnings"
    FIN = "FIN", N_("No access to money"), "RestrictsFinancialAccess", "meansDenyBasicNeeds"
    THR = "THR", N_("Threats"), "PhysicalThreats", "meansThreats"
    THRFAM = "THRFAM", N_("Threats against children or family"), "ThreatensChildrenFamily", "meansThreats"
    CHILD = "CHILD", N_("Children used, or kept away"), "ThreatensChildrenFamily", "meansThreats"
    LAW = "LAW", N_("Threats with the authorities"), "ThreatsLawEnforcement", "meansThreats"
    PSY = "PSY", N_("Psychological abuse"), "PsychologicalAbuse", "meansAbusePsyPhySex"
    PHY = "PHY", N_("Physical abuse"), "PhysicalAbuse", "meansAbusePsyPhySex"
    SEXA = "SEXA", N_("Sexual abuse"), "SexualAbuse", "meansAbusePsyPhySex"
    FALSE = "FALSE", N_("False promises"), "FalsePromises", "meansFalsePromises"
    DRUG = "DRUG", N_("Drugs or alcohol"), "PsychoactiveSubstance", "meansDrugsAlcohol"
    MOVE = "MOVE", N_("No freedom of movement"), "Other", "meansDenyBasicNeeds"
    MED = "MED", N_("No medical care"), "RestrictsMedicalCare", "meansDenyBasicNeeds"
    NEC = "NEC", N_("Necessities withheld"), "WithholdsNecessities", "meansDenyBasicNeeds"
    HOURS = "HOURS", N_("Excessive working hours"), "ExcessiveWorkingHours", "meansExcessiveWorkHours"
    DOCS = "DOCS", N_("Documents taken or destroyed"), "WithholdsDocuments", "meansWithholdDocs"
    OTH = "OTH", N_("Another means"), "Other", ""


class SafetyCheck(
    Step,
    kind="safety_check",
    label=N_("First safety check"),
    track=Track.IDENTIFICATION,
    when=N_("When was it made?"),
    item=DataItem.RISK,
):
    """The first questions, before all others: within a day of the first contact."""

    in_danger: Mapped[YesNo] = yes_no(N_("Is the person in danger now?"), required=True)
    can_speak: Mapped[YesNo | None] = yes_no(N_("Can the person speak freely?"))
    exploiter_near: Mapped[YesNo | None] = yes_no(N_("Are those who exploited the person near, or do they call?"))
    traceable: Mapped[YesNo | None] = yes_no(N_("Can the person be found by phone or online?"))
    medical_emergency: Mapped[YesNo | None] = yes_no(N_("Is a doctor needed at once?"))
    self_harm: Mapped[YesNo | None] = yes_no(N_("Does the person think of taking her or his life?"))
    children_in_danger: Mapped[YesNo | None] = yes_no(N_("Are children in danger?"))
    perhaps_child: Mapped[YesNo | None] = yes_no(N_("Could the person be under 18?"))
    place_safe: Mapped[YesNo | None] = yes_no(N_("Is there a safe place for tonight?"))
    done: Mapped[str | None] = field(N_("What was done"), reach=Reach.SEALED, long=True)


class Tool(Term):
    """By which list the interview went."""

    DELPHI_ADULT = "DELPHI_LAB_A", N_("Indicators of the ILO, labour, adults")
    DELPHI_CHILD = "DELPHI_LAB_C", N_("Indicators of the ILO, labour, children")
    UNODC = "UNODC", N_("Checklist of UNODC")
    CUSTOM = "CUSTOM", N_("A list of our own")
    NONE = "NONE", N_("None, a conversation")


class Place(Term):
    SHELTER = "SHELTER", N_("In the shelter")
    OFFICE = "OFFICE", N_("In our office")
    POLICE = "POLICE", N_("At the police")
    BORDER = "BORDER", N_("At the border")
    HOSPITAL = "HOSPITAL", N_("In a hospital")
    CENTRE = "CENTRE", N_("In a reception centre")
    DETENTION = "DETENTION", N_("In detention")
    STREET = "STREET", N_("In the street")
    PHONE = "PHONE", N_("By phone or video")
    OTH = "OTH", N_("Somewhere else")


class Present(Term):
    """Who else was there."""

    NOBODY = "NOBODY", N_("Nobody else")
    INTERPRETER = "INTERPRETER", N_("An interpreter")
    LAWYER = "LAWYER", N_("A lawyer")
    GUARDIAN = "GUARDIAN", N_("The guardian")
    SUPPORT = "SUPPORT", N_("Somebody whom the person trusts")
    PSYCHOLOGIST = "PSYCHOLOGIST", N_("A psychologist")
    POLICE = "POLICE", N_("The police")
    CHILDREN = "CHILDREN", N_("Her or his children")
    OTH = "OTH", N_("Somebody else")


class Topic(Term):
    """What was asked, so that nobody asks it again."""

    JOURNEY = "JOURNEY", N_("The journey")
    RECRUITMENT = "RECRUITMENT", N_("How it began")
    WORK = "WORK", N_("Work and living there")
    CONTROL = "CONTROL", N_("Control and violence")
    SEXUAL_VIOLENCE = "SEXUAL_VIOLENCE", N_("Sexual violence")
    EXPLOITERS = "EXPLOITERS", N_("Those who exploited the person")
    HEALTH = "HEALTH", N_("Health")
    FAMILY = "FAMILY", N_("Family")
    MONEY = "MONEY", N_("Money and debts")
    PAPERS = "PAPERS", N_("Documents")
    WISHES = "WISHES", N_("Wishes for the future")


def _with_interpreter(given: Mapping[str, Any]) -> bool:
    return given.get("interpreter_present") is YesNo.YES


class Interview(
    Step,
    kind="interview",
    label=N_("Identification interview"),
    track=Track.IDENTIFICATION,
    when=N_("When was the interview held?"),
    item=DataItem.NEEDS,
):
    """What the person told us, and what the interviewer saw."""

    agreed: Mapped[YesNo | None] = yes_no(N_("Did the person agree to the interview?"), heading=N_("Setting"))
    in_private: Mapped[YesNo | None] = yes_no(N_("Was it held in private?"))
    tool: Mapped[Tool | None] = field(N_("By which list?"), one=Tool)
    place: Mapped[Place | None] = field(N_("Where was it held?"), one=Place)
    interviewer: Mapped[str | None] = field(N_("Who asked?"), offers=COLLEAGUES)
    wished_interviewer: Mapped[YesNo | None] = yes_no(N_("Could the person choose who asks?"))
    others_present: Mapped[frozenset[Present] | None] = field(N_("Who else was there?"), many=Present)
    interpreter_present: Mapped[YesNo | None] = yes_no(N_("Was an interpreter present?"))
    interpreter: Mapped[str | None] = field(
        N_("Name of the interpreter"), reach=Reach.SEALED, asked_when=_with_interpreter, trusted=True
    )
    interpreter_bound: Mapped[YesNo | None] = yes_no(
        N_("Has the interpreter signed to keep silence?"), asked_when=_with_interpreter
    )
    breaks: Mapped[YesNo | None] = yes_no(N_("Were there breaks, and could the person stop?"))
    needs: Mapped[frozenset[Service] | None] = field(
        N_("What does the person need now?"), many=Service, reach=Reach.LETTER, heading=N_("What the person told us")
    )
    exploitation: Mapped[frozenset[Exploitation] | None] = field(
        N_("Forms of exploitation"),
        many=Exploitation,
        reach=Reach.STATISTICS,
        item=DataItem.EXPLOITATION_TYPE,
        htcds="vic_TypeOfExploitation",
    )
    control: Mapped[frozenset[Control] | None] = field(
        N_("Means of control"),
        many=Control,
        reach=Reach.STATISTICS,
        item=DataItem.EXPLOITATION_DETAIL,
        htcds="vic_MethodsOfControl",
    )
    country_of_exploitation: Mapped[Country | None] = field(
        N_("Country of exploitation"), one=Country, reach=Reach.STATISTICS, item=DataItem.EXPLOITATION_DETAIL
    )
    began: Mapped[PartialDate | None] = field(
        N_("When did it begin?"),
        kind=PartialDate,
        past=True,
        hint=N_("2019, 2019-05, about: 2019~, between: 2018/2020"),
    )
    still_in_danger: Mapped[YesNo | None] = yes_no(N_("Do those who exploited the person still have a hold?"))
    topics: Mapped[frozenset[Topic] | None] = field(
        N_("What was talked about?"),
        many=Topic,
        hint=N_("Nobody needs to ask it again."),
        heading=N_("So that it is asked once"),
    )
    may_reuse: Mapped[YesNo | None] = yes_no(N_("May the account be used again, instead of asking anew?"))
    account: Mapped[str | None] = field(
        N_("The person's own account"),
        long=True,
        reach=Reach.SEALED,
        hint=N_("In the person's own words; do not probe, and do not ask twice."),
    )
