"""Redress: compensation and unpaid wages, asked for and, one hopes, paid (CETS 197, art. 15)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy.orm import Mapped

from referral_desk.nrm.case import Step
from referral_desk.nrm.dates import PartialDate
from referral_desk.nrm.fields import Reach, amount, currency, earlier_step, field
from referral_desk.nrm.terms import Currency, DataItem, Term, Track
from referral_desk.words import N_


class Against(Term):
    PERPETRATOR = "PERPETRATOR", N_("Those who exploited the person")
    STATE_FUND = "STATE_FUND", N_("A fund of the state")
    EMPLOYER = "EMPLOYER", N_("The employer")


class Head(Term):
    """For what is claimed."""

    WAGES = "UNPAID_WAGES", N_("Unpaid wages")
    MEDICAL = "MEDICAL", N_("Medical costs")
    MORAL = "MORAL_DAMAGE", N_("Pain and suffering")
    OTH = "OTH", N_("Something else")


class CompensationClaim(
    Step,
    kind="claim",
    label=N_("Claim for compensation"),
    track=Track.JUSTICE,
    when=N_("When was it filed?"),
    item=DataItem.PROCEEDINGS,
):
    """What the person asks for, of whom, and until when it must be asked for."""

    against: Mapped[frozenset[Against]] = field(
        N_("Against whom?"), many=Against, reach=Reach.STATISTICS, required=True
    )
    heads: Mapped[frozenset[Head] | None] = field(N_("For what?"), many=Head, reach=Reach.STATISTICS)
    amount: Mapped[Decimal | None] = amount(N_("Amount"))
    currency: Mapped[Currency | None] = currency("amount")
    limitation: Mapped[date | None] = field(N_("Until when must it be filed?"), kind=date)
    lawyer: Mapped[str | None] = field(N_("Name and contact of the lawyer"), reach=Reach.SEALED, trusted=True)
    reference: Mapped[str | None] = field(N_("Reference number of the authority"), reach=Reach.SEALED)


class AwardResult(Term):
    AWARDED = "AWARDED", N_("Awarded")
    PARTLY = "PARTLY", N_("Awarded in part")
    REFUSED = "REFUSED", N_("Refused")
    PAID = "PAID", N_("Paid")
    PAID_PARTLY = "PAID_PARTLY", N_("Paid in part")
    WITHDRAWN = "WITHDRAWN", N_("Withdrawn")


class CompensationAward(
    Step,
    kind="award",
    label=N_("Decision on a claim"),
    track=Track.JUSTICE,
    after=CompensationClaim,
    when=N_("When was it decided, or paid?"),
    item=DataItem.PROCEEDINGS,
):
    """What came of a claim. Awarded is not paid: each is a step of its own."""

    claim: Mapped[UUID] = earlier_step(N_("Which claim?"), "claim", required=True)
    result: Mapped[AwardResult] = field(N_("What came of it?"), one=AwardResult, reach=Reach.STATISTICS, required=True)
    amount: Mapped[Decimal | None] = amount(N_("Amount"))
    currency: Mapped[Currency | None] = currency("amount")
    appeal_by: Mapped[date | None] = field(N_("Until when can it be appealed?"), kind=date, not_before="day")


class WagesWay(Term):
    INSPECTORATE = "INSPECTORATE", N_("Labour inspectorate")
    COURT = "COURT", N_("Court")
    UNION = "UNION", N_("Trade union")
    LETTER = "LETTER", N_("A letter to the employer")
    NOT_YET = "NOT_YET", N_("Not yet")


class UnpaidWages(
    Step,
    kind="wages",
    label=N_("Unpaid wages"),
    track=Track.JUSTICE,
    when=N_("When was it recorded?"),
    item=DataItem.PROCEEDINGS,
):
    """Work that was not paid for, and how it is claimed; papers or none, wages are owed."""

    employer: Mapped[str | None] = field(N_("Name of the employer"), reach=Reach.SEALED)
    began: Mapped[PartialDate | None] = field(N_("Since when?"), kind=PartialDate, past=True)
    ended: Mapped[PartialDate | None] = field(N_("Until when?"), kind=PartialDate, not_before="began", past=True)
    hours_a_week: Mapped[int | None] = field(N_("Hours a week"), kind=int)
    promised: Mapped[Decimal | None] = amount(N_("Promised wage for a month"))
    owed: Mapped[Decimal | None] = amount(N_("Amount owed in all"))
    currency: Mapped[Currency | None] = currency("promised", "owed")
    way: Mapped[WagesWay] = field(N_("How is it claimed?"), one=WagesWay, reach=Reach.STATISTICS, required=True)
    proof: Mapped[str | None] = field(N_("What proves it"), reach=Reach.SEALED, long=True)
