"""Risk: assessed again and again, for a purpose, with the person (CETS 197, art. 16(2); ECHR, art. 3)."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy.orm import Mapped

from referral_desk.nrm.case import Case, Step
from referral_desk.nrm.fields import Reach, field, yes_no
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


def _before_return(given: object) -> bool:
    return isinstance(given, dict) and given.get("purpose") is RiskPurpose.PRE_RETURN


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
    level: Mapped[RiskLevel] = field(N_("Risk level"), one=RiskLevel, reach=Reach.STATISTICS, required=True)
    participated: Mapped[YesNo | None] = yes_no(N_("Did the person take part?"))
    ngo_involved: Mapped[YesNo | None] = yes_no(N_("Was an independent organisation involved?"))
    family_complicit: Mapped[YesNo | None] = yes_no(N_("Did somebody of the family take part in the exploitation?"))
    danger_to_life: Mapped[YesNo | None] = yes_no(
        N_("After return: a real risk to life?"), heading=N_("Return"), asked_when=_before_return
    )
    danger_of_torture: Mapped[YesNo | None] = yes_no(
        N_("After return: a real risk of torture or inhuman treatment?"), asked_when=_before_return
    )
    danger_of_retrafficking: Mapped[RiskLevel | None] = field(
        N_("How likely is it to be trafficked again?"), one=RiskLevel, asked_when=_before_return
    )
    approved: Mapped[YesNo | None] = yes_no(N_("Has a second person approved it?"))
    factors: Mapped[str | None] = field(N_("What threatens the person"), reach=Reach.SEALED, long=True)
    measures: Mapped[str | None] = field(N_("What is done about it"), reach=Reach.SEALED, long=True)


def return_assessment(case: Case, on: date) -> RiskAssessment | None:
    """The latest assessment made for a return, if it is still young enough on this day."""
    made = [step for step in case.taken(RiskAssessment) if step.purpose is RiskPurpose.PRE_RETURN and step.day <= on]
    return made[-1] if made and on - made[-1].day <= VALID_FOR else None
