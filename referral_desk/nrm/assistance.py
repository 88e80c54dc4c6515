"""Assistance: unconditional, agreed by the person, and never the price of anything (CETS 197, art. 12(6))."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from referral_desk.nrm.case import Step
from referral_desk.nrm.fields import ORGANISATIONS, Reach, field, yes_no
from referral_desk.nrm.terms import DataItem, Service, Term, Track, YesNo
from referral_desk.words import N_


class Assistance(
    Step,
    kind="assistance",
    label=N_("Assistance"),
    track=Track.ASSISTANCE,
    when=N_("On which day did it begin?"),
    item=DataItem.NEEDS,
):
    """A service that the person receives."""

    services: Mapped[frozenset[Service]] = field(
        N_("What is given?"), many=Service, reach=Reach.STATISTICS, required=True
    )
    agreed: Mapped[YesNo | None] = yes_no(N_("Did the person agree to it?"))
    provider: Mapped[str | None] = field(N_("Who gives it?"), offers=ORGANISATIONS)
    note: Mapped[str | None] = field(N_("What was agreed"), reach=Reach.SEALED, long=True)


class EndReason(Term):
    """Why assistance ended. The last three are no reasons in law: the safeguards refuse them."""

    GOALS_MET = "GOALS_MET", N_("The person no longer needs it")
    PERSON_STOPPED = "PERSON_STOPPED", N_("The person did not want it any more")
    TRANSFERRED = "TRANSFERRED", N_("Another organisation has taken over")
    UNAVAILABLE = "UNAVAILABLE", N_("The service no longer exists")
    NO_COOPERATION = "NO_COOPERATION", N_("The person does not speak to the authorities")
    REFLECTION_OVER = "REFLECTION_OVER", N_("The reflection period is over")
    NOT_IDENTIFIED = "NOT_IDENTIFIED", N_("The authority did not confirm the status")


class AssistanceEnd(
    Step,
    kind="assistance_end",
    label=N_("End of assistance"),
    track=Track.ASSISTANCE,
    after=Assistance,
    when=N_("On which day did it end?"),
):
    """A service ended, with the reason."""

    services: Mapped[frozenset[Service]] = field(
        N_("What has ended?"), many=Service, reach=Reach.STATISTICS, required=True
    )
    reason: Mapped[EndReason] = field(N_("Why?"), one=EndReason, reach=Reach.STATISTICS, required=True)
