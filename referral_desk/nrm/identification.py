"""Identification: what the person tells, and what those decide who may decide.

A presumed victim is helped before proof; no decision and no score closes a door.
"""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from referral_desk.nrm.case import Step
from referral_desk.nrm.dates import PartialDate
from referral_desk.nrm.fields import Reach, field, yes_no
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


class Interview(
    Step,
    kind="interview",
    label=N_("Identification interview"),
    track=Track.IDENTIFICATION,
    when=N_("When was the interview held?"),
    item=DataItem.NEEDS,
):
    """What the person told us, and what the interviewer saw."""

    in_private: Mapped[YesNo | None] = yes_no(N_("Was it held in private?"), heading=N_("Setting"))
    interpreter_present: Mapped[YesNo | None] = yes_no(N_("Was an interpreter present?"))
    needs: Mapped[frozenset[Service] | None] = field(
        N_("What does the person need now?"), many=Service, reach=Reach.LETTER, heading=N_("What the person told us")
    )
    exploitation: Mapped[frozenset[Exploitation] | None] = field(
        N_("Forms of exploitation"), many=Exploitation, reach=Reach.STATISTICS, item=DataItem.EXPLOITATION_TYPE
    )
    control: Mapped[frozenset[Control] | None] = field(
        N_("Means of control"), many=Control, reach=Reach.STATISTICS, item=DataItem.EXPLOITATION_DETAIL
    )
    country_of_exploitation: Mapped[Country | None] = field(
        N_("Country of exploitation"), one=Country, reach=Reach.STATISTICS, item=DataItem.EXPLOITATION_DETAIL
    )
    began: Mapped[PartialDate | None] = field(
        N_("When did it begin?"), kind=PartialDate, hint=N_("2019, 2019-05, about: 2019~, between: 2018/2020")
    )
    still_in_danger: Mapped[YesNo | None] = yes_no(N_("Do those who exploited the person still have a hold?"))
    account: Mapped[str | None] = field(
        N_("The person's own account"),
        long=True,
        reach=Reach.SEALED,
        hint=N_("In the person's own words; do not probe, and do not ask twice."),
    )


class TraffickingStatus(Term):
    """CL-TSTATUS. “Not confirmed” closes nothing: help and referral go on."""

    PRESUMED = "PRESUMED", N_("Presumed victim"), "PossibleVictimOfTrafficking"
    IDENTIFIED = "IDENTIFIED", N_("Identified victim"), "ActualVictimOfTrafficking"
    NOT_CONFIRMED = "NOT_CONFIRMED", N_("Not confirmed by the authority"), "NotAVictimOfTrafficking"
    PENDING = "PENDING", N_("Decision pending")


class Decider(Term):
    """CL-DECIDER."""

    POLICE = "POLICE", N_("Police"), "Police"
    NGO = "NGO", N_("Non-governmental organisation"), "NGO"
    COURT = "COURT", N_("Court or prosecution"), "CourtOrProsecution"
    GOV = "GOV", N_("Another public authority"), "NonPoliceGovernmentalOrganization"
    OTH = "OTH", N_("Another body"), "Other"


class IdentificationDecision(
    Step,
    kind="decision",
    label=N_("Identification decision"),
    track=Track.IDENTIFICATION,
    when=N_("When was it decided?"),
    item=DataItem.LEGAL_STATUS,
):
    """What was decided about the status, and by whom; each decision is a step of its own."""

    status: Mapped[TraffickingStatus] = field(
        N_("Decision"), one=TraffickingStatus, reach=Reach.STATISTICS, required=True
    )
    decided_by: Mapped[Decider] = field(N_("Who decided?"), one=Decider, reach=Reach.STATISTICS, required=True)
    reference: Mapped[str | None] = field(N_("Reference number of the authority"), reach=Reach.SEALED)
    note: Mapped[str | None] = field(N_("Reasons given"), reach=Reach.SEALED, long=True)
