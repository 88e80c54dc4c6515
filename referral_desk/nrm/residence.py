"""What the person decides in the time of reflection, and on what the stay rests afterwards (CETS 197, art. 14)."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped

from referral_desk.nrm.case import Step
from referral_desk.nrm.fields import Reach, field, yes_no
from referral_desk.nrm.terms import DataItem, Term, Track, YesNo
from referral_desk.words import N_


class DecisionTopic(Term):
    """What a person may decide on. Speaking to the authorities is asked in a step of its own, which is sealed."""

    RESIDENCE_PERMIT = "RESIDENCE_PERMIT", N_("A residence permit")
    ASYLUM = "ASYLUM", N_("Asylum")
    RETURN = "RETURN", N_("Return")
    STAY_SUPPORT = "STAY_SUPPORT", N_("Staying in the programme of assistance")
    COMPENSATION = "COMPENSATION", N_("Compensation")


class Decided(Term):
    YES = "YES", N_("Yes")
    NO = "NO", N_("No")
    UNDECIDED = "UNDECIDED", N_("Undecided")


class PersonDecision(
    Step,
    kind="person_decision",
    label=N_("The person's decision"),
    track=Track.REFLECTION,
    when=N_("When did the person decide?"),
    item=DataItem.LEGAL_STATUS,
):
    """One topic, one answer of the person; it may change at any time, and no help hangs on it."""

    topic: Mapped[DecisionTopic] = field(N_("On what?"), one=DecisionTopic, reach=Reach.STATISTICS, required=True)
    decision: Mapped[Decided] = field(N_("Decision"), one=Decided, reach=Reach.STATISTICS, required=True)
    with_lawyer: Mapped[YesNo | None] = yes_no(N_("Was the person advised by a lawyer?"))
    in_writing: Mapped[YesNo | None] = yes_no(N_("Is the decision in writing?"))
    reasons: Mapped[str | None] = field(N_("The person's reasons"), reach=Reach.SEALED, long=True)


class PermitType(Term):
    """CL-PERMIT."""

    REFLECTION_DOC = "REFLECTION_DOC", N_("Document of the reflection period")
    THB_COOPERATION = "THB_COOPERATION", N_("Permit as a victim, for the proceedings")
    THB_PERSONAL = "THB_PERSONAL", N_("Permit as a victim, for the personal situation")
    HUMANITARIAN = "HUMANITARIAN", N_("Humanitarian permit")
    CHILD = "CHILD", N_("Permit in a child's best interests")
    ASYLUM = "ASYLUM", N_("Asylum or other protection")
    WORK = "WORK", N_("Permit to work")
    FAMILY = "FAMILY", N_("Permit for the family")
    OTH = "OTH", N_("Another permit")


class PermitGround(Term):
    PERSONAL = "PERSONAL_SITUATION", N_("Personal situation")
    PROCEEDINGS = "COOPERATION", N_("Proceedings")
    CHILD = "CHILD_BEST_INTERESTS", N_("Best interests of a child")
    HUMANITARIAN = "HUMANITARIAN", N_("Humanitarian reasons")
    ASYLUM = "ASYLUM", N_("Danger in the country of origin")
    OTHER = "OTHER", N_("Another ground in law")


class PermitStatus(Term):
    APPLIED = "APPLIED", N_("Applied for")
    GRANTED = "GRANTED", N_("Granted")
    REFUSED = "REFUSED", N_("Refused")
    RENEWED = "RENEWED", N_("Renewed")
    WITHDRAWN = "WITHDRAWN", N_("Withdrawn")
    EXPIRED = "EXPIRED", N_("Expired")


STANDING_PERMIT = (PermitStatus.GRANTED, PermitStatus.RENEWED)


class Permit(
    Step,
    kind="permit",
    label=N_("Residence permit"),
    track=Track.REFLECTION,
    when=N_("When was it applied for, granted or refused?"),
    item=DataItem.LEGAL_STATUS,
):
    """Each word of the authority on a permit is a step of its own."""

    permit: Mapped[PermitType] = field(N_("Which permit?"), one=PermitType, reach=Reach.STATISTICS, required=True)
    status: Mapped[PermitStatus] = field(
        N_("Where does it stand?"), one=PermitStatus, reach=Reach.STATISTICS, required=True
    )
    ground: Mapped[PermitGround | None] = field(N_("On which ground?"), one=PermitGround, reach=Reach.STATISTICS)
    valid_until: Mapped[date | None] = field(
        N_("Valid until"),
        kind=date,
        not_before="day",
        asked_when=lambda given: given.get("status") in STANDING_PERMIT,
    )
    renewable: Mapped[YesNo | None] = yes_no(
        N_("Can it be renewed?"), asked_when=lambda given: given.get("status") in STANDING_PERMIT
    )
    allows_work: Mapped[YesNo | None] = yes_no(
        N_("Does it allow work?"), asked_when=lambda given: given.get("status") in STANDING_PERMIT
    )
    appeal_by: Mapped[date | None] = field(
        N_("Until when can it be appealed?"),
        kind=date,
        not_before="day",
        asked_when=lambda given: given.get("status") is PermitStatus.REFUSED,
    )
    reference: Mapped[str | None] = field(N_("Reference number of the authority"), reach=Reach.SEALED)
