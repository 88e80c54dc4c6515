"""Access to justice: offered to everyone, asked of no one (CETS 197, art. 12(6), 15 and 26)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Mapped

from referral_desk.nrm.case import Step
from referral_desk.nrm.fields import Reach, earlier_step, field, yes_no
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
    legal_aid: Mapped[YesNo | None] = yes_no(N_("Is legal aid free of charge for the person?"))
    testimony_secured: Mapped[YesNo | None] = yes_no(
        N_("If there are proceedings: is the testimony secured?"),
        asked_when=lambda given: given.get("proceedings") is Proceedings.PENDING,
    )
    appeal_told: Mapped[YesNo | None] = yes_no(N_("Was it said how to appeal?"))
    lawyer: Mapped[str | None] = field(N_("Name and contact of the lawyer"), reach=Reach.SEALED, trusted=True)


class ProceedingType(Term):
    CRIMINAL = "CRIMINAL", N_("Criminal")
    CIVIL = "CIVIL", N_("Civil")
    LABOUR = "LABOUR", N_("Labour")
    ADMIN = "ADMIN", N_("Administrative")
    FUND = "COMPENSATION_FUND", N_("Compensation fund")
    ASYLUM = "ASYLUM", N_("Asylum")


class ProceedingRole(Term):
    VICTIM = "VICTIM", N_("Victim")
    WITNESS = "WITNESS", N_("Witness")
    INJURED_PARTY = "INJURED_PARTY", N_("Injured party")
    CLAIMANT = "CLAIMANT", N_("Claimant")
    DEFENDANT = "DEFENDANT", N_("Defendant")


class ProceedingStatus(Term):
    REPORTED = "REPORTED", N_("Reported")
    INVESTIGATION = "INVESTIGATION", N_("Investigation")
    CHARGED = "CHARGED", N_("Charges brought")
    TRIAL = "TRIAL", N_("On trial")
    APPEAL = "APPEAL", N_("On appeal")
    CONVICTED = "CONVICTED", N_("Ended with a conviction")
    ACQUITTED = "ACQUITTED", N_("Ended with an acquittal")
    DROPPED = "DROPPED", N_("Dropped")
    SETTLED = "SETTLED", N_("Settled")
    DECIDED = "DECIDED", N_("Decided")


ENDED = frozenset(
    {
        ProceedingStatus.CONVICTED,
        ProceedingStatus.ACQUITTED,
        ProceedingStatus.DROPPED,
        ProceedingStatus.SETTLED,
        ProceedingStatus.DECIDED,
    }
)


class Protection(Term):
    """CL-WITPROT."""

    ANONYMITY = "ANONYMITY", N_("Anonymity")
    VIDEO = "SCREENED_VIDEO_TESTIMONY", N_("Testimony behind a screen or by video")
    NO_CONFRONTATION = "NO_CONFRONTATION", N_("No confrontation")
    CLOSED = "CLOSED_HEARING", N_("Hearing without the public")
    ESCORT = "ESCORT", N_("Escort")
    RELOCATION = "RELOCATION", N_("Moving to another place")
    IDENTITY = "IDENTITY_CHANGE", N_("A new identity")
    CONTACT_BAN = "CONTACT_BAN", N_("Ban on contact")
    COORDINATOR = "VICTIM_WITNESS_COORDINATOR", N_("Victim–witness coordinator")
    CHILD_ROOM = "CHILD_INTERVIEW_ROOM", N_("Interview room for children")


class NonPunishment(Term):
    """What became of acts done under force (CETS 197, art. 26)."""

    NOT_RAISED = "NOT_RAISED", N_("Not raised")
    RAISED = "RAISED", N_("Raised, no answer yet")
    APPLIED = "APPLIED", N_("Not punished")
    REFUSED = "REFUSED", N_("Refused")


def _is_defendant(given: Mapping[str, Any]) -> bool:
    return ProceedingRole.DEFENDANT in (given.get("roles") or ())


class Proceeding(
    Step,
    kind="proceeding",
    label=N_("Proceedings"),
    track=Track.JUSTICE,
    when=N_("When did they begin, or change?"),
    item=DataItem.PROCEEDINGS,
):
    """One case before one authority, as it stands; a change is a new step that points at the first."""

    continues: Mapped[UUID | None] = earlier_step(N_("Do they continue earlier ones?"), "proceeding")
    type: Mapped[ProceedingType] = field(
        N_("Which proceedings?"), one=ProceedingType, reach=Reach.STATISTICS, required=True
    )
    roles: Mapped[frozenset[ProceedingRole] | None] = field(
        N_("In which role?"), many=ProceedingRole, reach=Reach.STATISTICS
    )
    status: Mapped[ProceedingStatus] = field(
        N_("Where do they stand?"), one=ProceedingStatus, reach=Reach.STATISTICS, required=True
    )
    protection: Mapped[frozenset[Protection] | None] = field(
        N_("Which protection is granted?"), many=Protection, reach=Reach.STATISTICS
    )
    non_punishment: Mapped[NonPunishment | None] = field(
        N_("Non-punishment"), one=NonPunishment, reach=Reach.STATISTICS, asked_when=_is_defendant
    )
    next_date: Mapped[date | None] = field(N_("Next date"), kind=date)
    lawyer: Mapped[str | None] = field(N_("Name and contact of the lawyer"), reach=Reach.SEALED, trusted=True)
    authority: Mapped[str | None] = field(N_("Which court or office?"), reach=Reach.SEALED)
    reference: Mapped[str | None] = field(N_("Reference number of the authority"), reach=Reach.SEALED)
    note: Mapped[str | None] = field(N_("More on this"), reach=Reach.SEALED, long=True)


class HearingWay(Term):
    IN_COURT = "IN_COURT", N_("In court")
    VIDEO = "VIDEO", N_("By video")
    WRITTEN = "WRITTEN", N_("In writing")
    CHILD_ROOM = "CHILD_ROOM", N_("Interview room for children")
    NOT_NEEDED = "NOT_NEEDED", N_("The person need not come")


class CourtHearing(
    Step,
    kind="hearing",
    label=N_("Summons to a hearing"),
    track=Track.JUSTICE,
    after=Proceeding,
    when=N_("When did the summons come?"),
    item=DataItem.PROCEEDINGS,
):
    """A day on which the person is heard: told in time, prepared, accompanied, protected."""

    proceeding: Mapped[UUID | None] = earlier_step(N_("In which proceedings?"), "proceeding")
    held_on: Mapped[date] = field(N_("On which day is the hearing?"), kind=date, required=True)
    way: Mapped[HearingWay | None] = field(N_("How is the person heard?"), one=HearingWay)
    person_told: Mapped[YesNo | None] = yes_no(N_("Was the person told?"))
    wishes_to_go: Mapped[YesNo | None] = yes_no(N_("Does the person want to go?"))
    risk: Mapped[UUID | None] = earlier_step(N_("On which risk assessment does it rest?"), "risk")
    accompanied: Mapped[YesNo | None] = yes_no(N_("Does somebody go with the person?"))
    protection: Mapped[frozenset[Protection] | None] = field(N_("Which protection is asked for?"), many=Protection)
    note: Mapped[str | None] = field(N_("More on this"), reach=Reach.SEALED, long=True)


class SpeakingTo(Term):
    """The person's own decision; nobody asks for it as the price of anything."""

    YES = "YES", N_("Wants to speak")
    NO = "NO", N_("Does not want to speak")
    UNDECIDED = "UNDECIDED", N_("Undecided")


class Speaking(
    Step,
    kind="speaking",
    label=N_("Speaking to the authorities"),
    track=Track.JUSTICE,
    when=N_("When did the person decide?"),
    item=DataItem.PROCEEDINGS,
):
    """Recorded only if the person says it; sealed, on no form, and no help hangs on it (CETS 197, art. 12(6))."""

    decision: Mapped[SpeakingTo | None] = field(N_("Decision of the person"), one=SpeakingTo, reach=Reach.SEALED)
    lawyer: Mapped[YesNo | None] = yes_no(N_("Was the person advised by a lawyer?"), reach=Reach.SEALED)
    reasons: Mapped[str | None] = field(N_("The person's reasons"), reach=Reach.SEALED, long=True)
