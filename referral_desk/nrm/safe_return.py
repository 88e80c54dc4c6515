"""Return and onward movement: voluntary if at all, and never into danger (CETS 197, art. 16)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Mapped

from referral_desk.nrm.case import Case, Step
from referral_desk.nrm.circumstances import Paper
from referral_desk.nrm.fields import COLLEAGUES, ORGANISATIONS, Reach, amount, currency, earlier_step, field, yes_no
from referral_desk.nrm.terms import ContactWay, Country, Currency, Language, Service, Term, Track, YesNo
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

    counselled_on: Mapped[date | None] = field(N_("When was the counselling?"), kind=date, not_after="day")
    wish: Mapped[ReturnWish] = field(N_("Decision"), one=ReturnWish, reach=Reach.STATISTICS, required=True)
    language: Mapped[Language | None] = field(N_("In which language?"), one=Language)
    interpreter: Mapped[YesNo | None] = yes_no(N_("Was an interpreter present?"))
    lawyer_present: Mapped[YesNo | None] = yes_no(N_("Was a lawyer present?"))
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


class Initiator(Term):
    PERSON = "PERSON", N_("The person")
    AUTHORITY = "AUTHORITY", N_("An authority")
    FAMILY = "FAMILY", N_("The family")


class Refoulement(Term):
    """What became of the question whether the person needs protection from return (ECHR, art. 3)."""

    NOT_NEEDED = "NOT_NEEDED", N_("Looked at: no danger found")
    ASYLUM = "ASYLUM", N_("Asylum is asked for")
    OTHER_STAY = "OTHER_STAY", N_("Another stay is asked for")
    OPEN = "OPEN", N_("Not answered yet")


class FamilyContact(Term):
    NOT_WANTED = "NOT_WANTED", N_("The person does not want it")
    ALLOWED = "ALLOWED", N_("The person allows it")
    DONE = "DONE", N_("It was made")


class ReturnCounselling(
    Step,
    kind="return_counselling",
    label=N_("Counselling on return"),
    track=Track.RETURN,
    when=N_("When was it?"),
):
    """What return would mean, and what else is possible: told before anything is decided."""

    language: Mapped[Language | None] = field(N_("In which language?"), one=Language)
    interpreter: Mapped[YesNo | None] = yes_no(N_("Was an interpreter present?"))
    lawyer_present: Mapped[YesNo | None] = yes_no(N_("Was a lawyer present?"))
    alternatives: Mapped[YesNo | None] = yes_no(N_("Were other ways talked about?"))
    may_change: Mapped[YesNo | None] = yes_no(N_("Was it said that the decision may change until departure?"))
    trial: Mapped[YesNo | None] = yes_no(N_("Was it said that the person may stay or come back for a trial?"))
    note: Mapped[str | None] = field(N_("What the person said"), reach=Reach.SEALED, long=True)


class ReturnPlan(
    Step,
    kind="return_plan",
    label=N_("Plan of the return"),
    track=Track.RETURN,
    when=N_("When was it made?"),
):
    """What must be ready before anybody leaves, and who waits at the other end."""

    initiator: Mapped[Initiator] = field(
        N_("Who wants the return?"), one=Initiator, reach=Reach.STATISTICS, required=True
    )
    manner: Mapped[ReturnType | None] = field(N_("Manner of return"), one=ReturnType)
    destination: Mapped[Country | None] = field(N_("Country of destination"), one=Country)
    region: Mapped[str | None] = field(N_("Region of destination"), reach=Reach.SEALED)
    planned_on: Mapped[date | None] = field(N_("Planned day of departure"), kind=date)
    route: Mapped[str | None] = field(N_("Route"), reach=Reach.SEALED)
    nationality_verified: Mapped[date | None] = field(
        N_("When was the citizenship verified?"), kind=date, past=True, heading=N_("Checks")
    )
    travel_document: Mapped[Paper | None] = field(N_("Which travel document?"), one=Paper)
    names_trafficking: Mapped[YesNo | None] = yes_no(
        N_("Does it name trafficking?"), hint=N_("It must not: papers are read on the way.")
    )
    fit_to_travel: Mapped[YesNo | None] = yes_no(N_("Has a doctor said that the person can travel?"))
    refoulement: Mapped[Refoulement | None] = field(
        N_("Was asylum or another stay considered?"), one=Refoulement, reach=Reach.STATISTICS
    )
    assessment: Mapped[UUID | None] = earlier_step(N_("On which risk assessment does it rest?"), "risk")
    to_family: Mapped[YesNo | None] = yes_no(N_("Does the person go to the family?"))
    family_contact: Mapped[FamilyContact | None] = field(N_("Contact with the family"), one=FamilyContact)
    alternative: Mapped[YesNo | None] = yes_no(N_("Was another lasting solution considered?"))
    remedies: Mapped[UUID | None] = earlier_step(N_("When were proceedings and compensation talked about?"), "remedies")
    testimony_secured: Mapped[YesNo | None] = yes_no(N_("If there are proceedings: is the testimony secured?"))
    receiving: Mapped[str | None] = field(
        N_("Which organisation receives the person?"), heading=N_("Arrival"), offers=ORGANISATIONS
    )
    receiving_contact: Mapped[str | None] = field(
        N_("Its contact"), hint=N_("Phone or e-mail of the organisation"), trusted=True
    )
    origin_consent: Mapped[UUID | None] = earlier_step(N_("On which consent does it rest?"), "consent")
    met: Mapped[YesNo | None] = yes_no(N_("Is the person met on arrival?"))
    services_there: Mapped[frozenset[Service] | None] = field(N_("What is arranged there?"), many=Service)
    budget: Mapped[Decimal | None] = amount(N_("Money for the new start"))
    currency: Mapped[Currency | None] = currency("budget")
    monitoring: Mapped[YesNo | None] = yes_no(N_("Are visits or calls agreed for a year?"))
    caregiver_assessed: Mapped[YesNo | None] = yes_no(
        N_("If a child: has somebody visited those who would care for the child?"), heading=N_("For a child")
    )
    caregiver_assessed_by: Mapped[str | None] = field(
        N_("Which organisation?"),
        asked_when=lambda given: given.get("caregiver_assessed") is YesNo.YES,
        offers=ORGANISATIONS,
    )
    guardian_there: Mapped[YesNo | None] = yes_no(N_("Is there a guardian at the destination?"))
    best_interests: Mapped[UUID | None] = earlier_step(N_("On which determination does it rest?"), "best_interests")


class Escort(Term):
    NONE = "NONE", N_("Nobody")
    SOCIAL = "SOCIAL", N_("A social worker")
    MEDICAL = "MEDICAL", N_("A doctor or nurse")
    GUARDIAN = "GUARDIAN", N_("The guardian")


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
    escort_by: Mapped[Escort | None] = field(N_("Who travels along?"), one=Escort)
    plan: Mapped[UUID | None] = earlier_step(N_("Which plan?"), "return_plan")
    receives: Mapped[str | None] = field(N_("Who receives the person?"), reach=Reach.SEALED, trusted=True)


class ReturnNews(Term):
    """What becomes of a return; none of it is lost if it does not happen."""

    DEPARTED = "DEPARTED", N_("Departed")
    HANDED_OVER = "HANDED_OVER", N_("Handed over to those who receive")
    ON_HOLD = "ON_HOLD", N_("Put off")
    CANCELLED = "CANCELLED", N_("Cancelled")
    DONE = "DONE", N_("Monitoring has ended")


class WhyNoReturn(Term):
    CHANGED_MIND = "CHANGED_MIND", N_("The person has changed her or his mind")
    DANGER = "DANGER", N_("Danger has come up")
    HEALTH = "HEALTH", N_("Health")
    STAY = "STAY", N_("A stay was granted")
    PAPERS = "PAPERS", N_("Documents")
    OTH = "OTH", N_("Another reason")


def _put_off(given: Mapping[str, Any]) -> bool:
    return given.get("news") in (ReturnNews.ON_HOLD, ReturnNews.CANCELLED)


class ReturnProgress(
    Step,
    kind="return_progress",
    label=N_("News of a return"),
    track=Track.RETURN,
    when=N_("On which day?"),
):
    """Departed, handed over, put off, cancelled: one step each."""

    news: Mapped[ReturnNews] = field(N_("What happened?"), one=ReturnNews, reach=Reach.STATISTICS, required=True)
    departure: Mapped[UUID | None] = earlier_step(N_("Of which return?"), "return")
    handed_to: Mapped[str | None] = field(
        N_("To which organisation?"),
        asked_when=lambda given: given.get("news") is ReturnNews.HANDED_OVER,
        offers=ORGANISATIONS,
    )
    why: Mapped[WhyNoReturn | None] = field(
        N_("Why?"), one=WhyNoReturn, reach=Reach.STATISTICS, required=True, asked_when=_put_off
    )
    note: Mapped[str | None] = field(N_("More on this"), reach=Reach.SEALED, long=True)


class Monitored(Term):
    """CL-MONITOR."""

    SAFE_STABLE = "SAFE_STABLE", N_("Safe and settled")
    SAFE_FRAGILE = "SAFE_FRAGILE", N_("Safe, but not settled")
    AT_RISK = "AT_RISK", N_("In danger")
    RETRAFFICKED = "RETRAFFICKED", N_("Trafficked again")
    UNREACHABLE = "UNREACHABLE", N_("Not to be reached")
    DECEASED = "DECEASED", N_("Died")
    ENDED = "ENDED_BY_PERSON", N_("The person does not want it any more")


class Monitoring(
    Step,
    kind="monitoring",
    label=N_("Monitoring after return"),
    track=Track.RETURN,
    after=Return,
    when=N_("When was contact made, or tried?"),
):
    """How it goes after a week, and after one, three, six and twelve months."""

    departure: Mapped[UUID | None] = earlier_step(N_("Of which return?"), "return")
    result: Mapped[Monitored] = field(N_("How is the person?"), one=Monitored, reach=Reach.STATISTICS, required=True)
    retrafficked: Mapped[YesNo | None] = yes_no(N_("Was the person trafficked again?"), reach=Reach.STATISTICS)
    by: Mapped[str | None] = field(N_("Who made contact?"), offers=COLLEAGUES)
    how: Mapped[ContactWay | None] = field(N_("How?"), one=ContactWay)
    next_on: Mapped[date | None] = field(N_("When is the next contact?"), kind=date, not_before="day")
    note: Mapped[str | None] = field(N_("What the person said"), reach=Reach.SEALED, long=True)


def has_decided_to_return(case: Case, on: date) -> bool:
    """In writing, and at least a day after counselling. The latest word of the person counts.

    When the counselling was stands in the decision, or is the day of the last one before it.
    """
    said = [step for step in case.taken(ReturnDecision) if step.day <= on]
    if not said or said[-1].wish is not ReturnWish.YES or said[-1].in_writing is not YesNo.YES:
        return False
    spoken = [step.day for step in case.taken(ReturnCounselling) if step.day <= said[-1].day]
    counselled = said[-1].counselled_on or next(reversed(spoken), None)
    return counselled is not None and said[-1].day - counselled >= TIME_TO_THINK
