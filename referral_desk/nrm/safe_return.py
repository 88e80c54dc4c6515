"""Return and onward movement: voluntary if at all, and never into danger (CETS 197, art. 16)."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy.orm import Mapped

from referral_desk.nrm.case import Case, Step
from referral_desk.nrm.fields import Reach, field, yes_no
from referral_desk.nrm.terms import Country, Term, Track, YesNo
from referral_desk.words import N_

TIME_TO_THINK = timedelta(days=1)
"""Between counselling and decision; a working rule of ours, not a standard."""


class ReturnWish(Term):
    YES = "YES", N_("Wishes to return")
    NO = "NO", N_("Does not wish to return")
    UNDECIDED = "UNDECIDED", N_("Undecided")


class ReturnDecision(
    Step,
    kind="return_decision",
    label=N_("The person's decision on return"),
    track=Track.RETURN,
    when=N_("When did the person decide?"),
):
    """What the person decided, after counselling; it may change until the day of departure."""

    counselled_on: Mapped[date | None] = field(N_("When was the counselling?"), kind=date)
    wish: Mapped[ReturnWish] = field(N_("Decision"), one=ReturnWish, required=True)
    in_writing: Mapped[YesNo | None] = yes_no(N_("Is the decision in writing?"))
    reasons: Mapped[str | None] = field(N_("The person's reasons"), reach=Reach.SEALED, long=True)


class ReturnType(Term):
    """CL-RETTYPE."""

    ASSISTED = "VOLUNTARY_ASSISTED", N_("Assisted voluntary return")
    INDEPENDENT = "VOLUNTARY_INDEPENDENT", N_("Independent voluntary return")
    DUBLIN = "DUBLIN_TRANSFER", N_("Dublin transfer")
    REMOVAL = "REMOVAL", N_("Removal by the authority")
    FAMILY = "FAMILY_REUNIFICATION", N_("Family reunification")
    RESETTLEMENT = "RESETTLEMENT_3RD", N_("Resettlement in a third country")
    INTERNAL = "INTERNAL_RETURN", N_("Return within the country")


class Return(
    Step,
    kind="return",
    label=N_("Return"),
    track=Track.RETURN,
    when=N_("On which day is the departure?"),
):
    """The return is cleared: everything that must come first has come first."""

    manner: Mapped[ReturnType] = field(N_("Manner of return"), one=ReturnType, reach=Reach.STATISTICS, required=True)
    destination: Mapped[Country | None] = field(N_("Country of destination"), one=Country, reach=Reach.STATISTICS)
    escort: Mapped[YesNo | None] = yes_no(N_("Does somebody travel along?"))
    receives: Mapped[str | None] = field(N_("Who receives the person?"), reach=Reach.SEALED)


def has_decided_to_return(case: Case, on: date) -> bool:
    """In writing, and at least a day after counselling. The latest word of the person counts."""
    said = [step for step in case.taken(ReturnDecision) if step.day <= on]
    if not said or said[-1].wish is not ReturnWish.YES or said[-1].in_writing is not YesNo.YES:
        return False
    counselled = said[-1].counselled_on
    return counselled is not None and said[-1].day - counselled >= TIME_TO_THINK
