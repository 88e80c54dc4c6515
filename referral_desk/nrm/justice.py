"""Access to justice: offered to everyone, asked of no one (CETS 197, art. 12(6), 15 and 26)."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from referral_desk.nrm.case import Step
from referral_desk.nrm.fields import Reach, field, yes_no
from referral_desk.nrm.terms import DataItem, Term, Track, YesNo
from referral_desk.words import N_


class Proceedings(Term):
    NONE = "NONE", N_("None")
    PENDING = "PENDING", N_("Pending")
    ENDED = "ENDED", N_("Ended")


class CompensationWish(Term):
    """What the person wants, after being told what is possible."""

    FILED = "FILED", N_("A claim is filed")
    WANTED = "WANTED", N_("A claim is wanted")
    NOT_WANTED = "NOT_WANTED", N_("No claim is wanted")
    UNDECIDED = "UNDECIDED", N_("Not decided yet")


class Remedies(
    Step,
    kind="remedies",
    label=N_("Access to remedies"),
    track=Track.JUSTICE,
    when=N_("When was this talked about?"),
    item=DataItem.PROCEEDINGS,
):
    """Which ways to justice were opened to the person."""

    legal_advice: Mapped[YesNo] = yes_no(N_("Was legal advice offered?"), required=True)
    proceedings: Mapped[Proceedings] = field(N_("Criminal proceedings"), one=Proceedings, required=True)
    compensation: Mapped[CompensationWish] = field(
        N_("Compensation and unpaid wages"), one=CompensationWish, reach=Reach.STATISTICS, required=True
    )
    lawyer: Mapped[str | None] = field(N_("Name and contact of the lawyer"), reach=Reach.SEALED)
