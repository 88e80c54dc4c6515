"""Risk: assessed again and again, for a purpose, with the person (CETS 197, art. 16(2); ECHR, art. 3)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Mapped

from referral_desk.nrm.case import Case, Step
from referral_desk.nrm.consent import same_name
from referral_desk.nrm.fields import COLLEAGUES, Reach, earlier_step, field, yes_no
from referral_desk.nrm.terms import DataItem, Term, Track, YesNo
from referral_desk.words import N_

VALID_FOR = timedelta(days=30)
"""How long an assessment stands before a return; a working rule of ours, not a standard."""


class RiskPurpose(Term):
    """CL-RAPURP."""

    INITIAL_SAFETY = "INITIAL_SAFETY", N_("First safety check")
    PERIODIC = "PERIODIC", N_("Regular review")
    PRE_REFERRAL = "PRE_REFERRAL", N_("Before a referral")
    PRE_TESTIMONY = "PRE_TESTIMONY", N_("Before a testimony")
    PRE_RETURN = "PRE_RETURN", N_("Before a return")
    POST_RETURN = "POST_RETURN", N_("After a return")
    CLOSURE = "CLOSURE", N_("Before closing the case")


class RiskLevel(Term):
    """CL-RLEVEL."""

    LOW = "LOW", N_("Low")
    MEDIUM = "MEDIUM", N_("Medium")
    HIGH = "HIGH", N_("High")
    EXTREME = "EXTREME", N_("Extreme")


GRAVE = frozenset({RiskLevel.HIGH, RiskLevel.EXTREME})


class RiskFactor(Term):
    """CL-RISK."""

    WHEREABOUTS = "EXPLOITERS_KNOW_WHEREABOUTS", N_("Those who exploit know where the person is")
    FREE = "EXPLOITERS_FREE_UNKNOWN", N_("Those who exploit are free, or nobody knows where")
    THREATS = "THREATS_TO_PERSON", N_("Threats to the person")
    THREATS_FAMILY = "THREATS_TO_FAMILY", N_("Threats to the family")
    DEBT = "DEBT_OUTSTANDING", N_("A debt is claimed")
    DOCUMENTS = "DOCUMENTS_WITH_EXPLOITER", N_("Documents are with those who exploit")
    WITNESS = "PERSON_IS_WITNESS_COMPLAINANT", N_("The person is a witness or has complained")
    NETWORK = "NETWORK_REACHES_DESTINATION", N_("The network reaches the destination")
    FAMILY = "FAMILY_COMPLICIT", N_("The family took part")
    STIGMA = "STIGMA_HONOUR", N_("Stigma, or violence in the name of honour")
    NO_INCOME = "NO_INCOME_HOUSING", N_("No income or housing at the destination")
    NO_SUPPORT = "NO_SUPPORT_ORGANISATION", N_("No organisation that helps there")
    NO_PROTECTION = "NO_STATE_PROTECTION", N_("Corruption, or no protection by the state")
    BEFORE = "PRIOR_TRAFFICKING", N_("Trafficked before, or a return that failed")
    PROSECUTION = "PROSECUTION_RISK", N_("Prosecution for acts done under force")
    PERSECUTION = "PERSECUTION_GROUND", N_("Persecution in the country of origin")
    HEALTH = "HEALTH_UNMET", N_("Health needs that nobody meets there")
    SUICIDE = "SUICIDE_SELF_HARM", N_("Thoughts of taking one's life, self-harm")
    SUBSTANCE = "SUBSTANCE_DEPENDENCE", N_("Dependence on substances")
    CHILDREN = "CHILD_DEPENDANTS", N_("Children who depend on the person")
    PREGNANCY = "PREGNANCY", N_("Pregnancy")
    MINORITY = "MINORITY_DISCRIMINATION", N_("Discrimination of a minority")
    ORIENTATION = "ORIENTATION_IDENTITY", N_("Sexual orientation or gender identity")
    DIGITAL = "DIGITAL_TRACING", N_("Can be traced by phone or online")
    MEDIA = "MEDIA_EXPOSURE", N_("Known to the media")


class Threat(Term):
    """Severity and likelihood, 1 to 3 each; `score` is their product."""

    ABSENT = "0", N_("Not there")
    UNKNOWN = "UNK", N_("not known")
    S1L1 = "1x1", N_("Slight, unlikely")
    S1L2 = "1x2", N_("Slight, possible")
    S1L3 = "1x3", N_("Slight, likely")
    S2L1 = "2x1", N_("Serious, unlikely")
    S2L2 = "2x2", N_("Serious, possible")
    S2L3 = "2x3", N_("Serious, likely")
    S3L1 = "3x1", N_("Grave, unlikely")
    S3L2 = "3x2", N_("Grave, possible")
    S3L3 = "3x3", N_("Grave, likely")

    @property
    def score(self) -> int:
        severity, times, likelihood = self.code.partition("x")
        return int(severity) * int(likelihood) if times else 0


class RiskSource(Term):
    PERSON = "PERSON", N_("The person")
    NGO_ORIGIN = "NGO_ORIGIN", N_("An organisation in the country of origin")
    POLICE = "POLICE", N_("The police")
    COUNTRY = "COUNTRY_INFORMATION", N_("Information on the country")
    FAMILY = "FAMILY", N_("The family")
    OTH = "OTH", N_("Another source")


BANDS = ((45, RiskLevel.EXTREME), (25, RiskLevel.HIGH), (10, RiskLevel.MEDIUM), (0, RiskLevel.LOW))
"""The least sum of scores of each level: a working scale of ours, not a standard."""


def level_by_scores(threats: Mapping[RiskFactor, Threat] | None) -> RiskLevel | None:
    """The level that the factors add up to; one grave and likely factor alone is extreme. None without factors."""
    if not threats:
        return None
    scores = [threat.score for threat in threats.values()]
    if max(scores) >= Threat.S3L3.score:
        return RiskLevel.EXTREME
    return next(level for least, level in BANDS if sum(scores) >= least)


def _is_judged_otherwise(given: Mapping[str, Any]) -> bool:
    added_up = level_by_scores(given.get("threats"))
    return added_up is not None and given.get("level") not in (None, added_up)


def _before_return(given: Mapping[str, Any]) -> bool:
    return given.get("purpose") is RiskPurpose.PRE_RETURN


class RiskAssessment(
    Step,
    kind="risk",
    label=N_("Risk assessment"),
    track=Track.RISK,
    when=N_("When was the risk assessed?"),
    item=DataItem.RISK,
):
    """What threatens the person, and what can be done. Individual, and never final."""

    purpose: Mapped[RiskPurpose] = field(N_("For what purpose?"), one=RiskPurpose, required=True)
    threats: Mapped[dict[RiskFactor, Threat] | None] = field(
        N_("Which dangers, how grave, how likely?"), many=RiskFactor, graded=Threat
    )
    level: Mapped[RiskLevel] = field(
        N_("Risk level"),
        one=RiskLevel,
        reach=Reach.STATISTICS,
        required=True,
        hint=N_("Your judgment counts. Where it differs from what the dangers add up to, say why."),
    )
    added_up: Mapped[RiskLevel | None] = field(
        N_("What the dangers add up to"), one=RiskLevel, derived=lambda step: level_by_scores(step.threats)
    )
    why_otherwise: Mapped[str | None] = field(
        N_("Why do you judge otherwise?"), reach=Reach.SEALED, long=True, required=True, asked_when=_is_judged_otherwise
    )
    assessors: Mapped[str | None] = field(N_("Who assessed it?"), offers=COLLEAGUES)
    sources: Mapped[frozenset[RiskSource] | None] = field(N_("From which sources?"), many=RiskSource)
    participated: Mapped[YesNo | None] = yes_no(N_("Did the person take part?"))
    ngo_involved: Mapped[YesNo | None] = yes_no(N_("Was an independent organisation involved?"))
    family_complicit: Mapped[YesNo | None] = yes_no(N_("Did somebody of the family take part in the exploitation?"))
    exploiter_aware: Mapped[YesNo | None] = yes_no(
        N_("Are those who exploited the person free, or do they know where she or he is?")
    )
    danger_to_life: Mapped[YesNo | None] = yes_no(
        N_("After return: a real risk to life?"), heading=N_("Return"), asked_when=_before_return
    )
    danger_of_torture: Mapped[YesNo | None] = yes_no(
        N_("After return: a real risk of torture or inhuman treatment?"), asked_when=_before_return
    )
    danger_of_retrafficking: Mapped[RiskLevel | None] = field(
        N_("How likely is it to be trafficked again?"), one=RiskLevel, asked_when=_before_return
    )
    protection_there: Mapped[YesNo | None] = yes_no(
        N_("Is there protection at the destination?"), asked_when=_before_return
    )
    approved: Mapped[YesNo | None] = yes_no(
        N_("Has a second person approved it?"),
        heading=N_("What follows"),
        hint=N_("Whoever corrects the assessment later has it approved anew."),
    )
    approved_by: Mapped[str | None] = field(
        N_("Who approved it?"),
        offers=COLLEAGUES,
        required=True,
        asked_when=lambda given: given.get("approved") is YesNo.YES,
    )
    valid_until: Mapped[date | None] = field(N_("Valid until"), kind=date, not_before="day")
    next_review: Mapped[date | None] = field(N_("When is it looked at again?"), kind=date, not_before="day")
    factors: Mapped[str | None] = field(N_("What threatens the person"), reach=Reach.SEALED, long=True)
    measures: Mapped[str | None] = field(N_("What is done about it"), reach=Reach.SEALED, long=True)


class SignOff(
    Step,
    kind="sign_off",
    label=N_("Approval of a risk assessment"),
    track=Track.RISK,
    after=RiskAssessment,
    when=N_("When was it looked at?"),
    item=DataItem.RISK,
):
    """A second person has read the assessment and agrees, or asks for another."""

    assessment: Mapped[UUID] = earlier_step(N_("Which assessment?"), "risk", required=True)
    approved: Mapped[YesNo] = yes_no(N_("Is it approved?"), required=True)
    by: Mapped[str] = field(N_("Who approved it?"), offers=COLLEAGUES, required=True)
    note: Mapped[str | None] = field(N_("More on this"), reach=Reach.SEALED, long=True)


class SafetyPlan(
    Step,
    kind="safety_plan",
    label=N_("Safety plan"),
    track=Track.RISK,
    when=N_("When was it made?"),
    item=DataItem.RISK,
):
    """What the person does when danger comes near; made together, kept where nobody else finds it."""

    agreed: Mapped[YesNo | None] = yes_no(N_("Was it made with the person?"))
    copy_safe: Mapped[YesNo | None] = yes_no(N_("Is it safe to give the person a copy?"))
    phone_checked: Mapped[YesNo | None] = yes_no(N_("Was the phone checked for tracing?"))
    accounts_checked: Mapped[YesNo | None] = yes_no(N_("Were social media and shared locations checked?"))
    children_included: Mapped[YesNo | None] = yes_no(N_("Are the children part of it?"))
    signs: Mapped[str | None] = field(N_("Signs of danger"), reach=Reach.SEALED, long=True)
    places: Mapped[str | None] = field(N_("Safe places"), reach=Reach.SEALED, long=True, trusted=True)
    contacts: Mapped[str | None] = field(N_("Whom to call"), reach=Reach.SEALED, long=True, trusted=True)
    code_word: Mapped[str | None] = field(N_("Code word"), reach=Reach.SEALED)
    papers_kept: Mapped[str | None] = field(N_("Where documents are kept"), reach=Reach.SEALED)
    next_review: Mapped[date | None] = field(N_("When is it looked at again?"), kind=date, not_before="day")


def is_valid(made: RiskAssessment, on: date) -> bool:
    """Whether an assessment still stands on a day: young enough, and not longer than it says itself."""
    return on - made.day <= VALID_FOR and not (made.valid_until and made.valid_until < on)


def return_assessment(case: Case, on: date) -> RiskAssessment | None:
    """The latest assessment made for a return, if it is still young enough on this day."""
    made = [step for step in case.taken(RiskAssessment) if step.purpose is RiskPurpose.PRE_RETURN and step.day <= on]
    return made[-1] if made and is_valid(made[-1], on) else None


def is_overtaken(case: Case, made: RiskAssessment, on: date) -> bool:
    """Whether another assessment after it, for whatever purpose, found that the danger is grave."""
    every = [step for step in case.taken(RiskAssessment) if step.day <= on]
    return any(step.level in GRAVE for step in every[every.index(made) + 1 :])


def is_approved(case: Case, risk: RiskAssessment) -> bool:
    """Whether a second person agrees: the latest word on the assessment as it now reads, of nobody who made it.

    Whoever signed before it was corrected has not read it; what it says itself `corrections` takes out.
    """
    signed = [step for step in case.taken(SignOff) if step.assessment == risk.id and _has_read(step, risk)]
    if signed:
        return signed[-1].approved is YesNo.YES and not same_name(signed[-1].by, risk.assessors)
    named = risk.approved is YesNo.YES and bool(risk.approved_by)
    return named and not same_name(risk.approved_by, risk.assessors)


def _has_read(signed: SignOff, risk: RiskAssessment) -> bool:
    return risk.revision == 1 or (signed.recorded_at or datetime.max) >= (risk.corrected_at or datetime.max)  # noqa: DTZ901 - not recorded yet
