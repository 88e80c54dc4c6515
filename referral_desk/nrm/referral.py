"""Referral: asking another organisation to help, and telling it no more than the person agreed to."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy.orm import Mapped

from referral_desk.nrm.case import Step, random_code
from referral_desk.nrm.fields import ORGANISATIONS, Reach, field, yes_no
from referral_desk.nrm.terms import DataItem, Service, Term, Track, YesNo
from referral_desk.words import N_


class Urgency(Term):
    """CL-URG: until when an answer is asked for."""

    EMERGENCY = "EMERG", N_("Emergency: answer within 24 hours")
    URGENT = "URGENT", N_("Urgent: answer within 72 hours")
    NORMAL = "NORMAL", N_("Normal: answer within 14 days")

    @property
    def time_to_answer(self) -> timedelta:
        return timedelta(days={"EMERG": 1, "URGENT": 3, "NORMAL": 14}[self.code])


class ReferralReason(Term):
    """CL-REFREASON."""

    ADDITIONAL = "ADDITIONAL", N_("Further services are needed"), "AdditionalServicesRequired"
    MOVE = "MOVE", N_("The person moves"), "MigrationOrChangeOfLocation"
    OTHER = "OTHER", N_("Another reason"), "Other"


class Avoided(Term):
    """Whom the recipient must not contact."""

    FAMILY = "FAMILY", N_("The family")
    PARTNER = "PARTNER", N_("The partner")
    EMPLOYER = "EMPLOYER", N_("The employer")
    COMMUNITY = "COMMUNITY", N_("Interpreters or others from the person's community")
    CONSULATE = "CONSULATE", N_("The consulate of the country of origin")
    POLICE = "POLICE", N_("The police")
    ANYBODY = "ANYBODY", N_("Anybody but us")


class Worker(Term):
    """With whom the person would rather speak."""

    WOMAN = "F", N_("A woman")
    MAN = "M", N_("A man")
    EITHER = "EITHER", N_("Either")


class Delivery(Term):
    """CL-DELIVERY."""

    IN_PERSON = "IN_PERSON", N_("In person")
    HAND_CARRIED = "HAND_CARRIED", N_("Carried by hand")
    PHONE = "PHONE_EMERGENCY", N_("By phone, in an emergency")
    SECURE_EMAIL = "SECURE_EMAIL", N_("By secure e-mail")
    SEALED_POST = "SEALED_POST", N_("By post, sealed")


class Referral(
    Step,
    kind="referral",
    label=N_("Referral"),
    track=Track.ASSISTANCE,
    when=N_("When was it prepared?"),
    item=DataItem.NEEDS,
):
    """A request to one recipient. Each has its own random reference, so that two recipients cannot join lists."""

    recipient: Mapped[str] = field(
        N_("To which organisation?"), required=True, hint=N_("As written in the consent"), offers=ORGANISATIONS
    )
    recipient_contact: Mapped[str | None] = field(N_("Its contact"), hint=N_("Phone or e-mail of the organisation"))
    services: Mapped[frozenset[Service]] = field(
        N_("What is asked for?"), many=Service, reach=Reach.STATISTICS, required=True, request=True
    )
    urgency: Mapped[Urgency] = field(
        N_("How urgent is it?"), one=Urgency, reach=Reach.STATISTICS, required=True, request=True
    )
    reason: Mapped[ReferralReason | None] = field(N_("Why now?"), one=ReferralReason, reach=Reach.LETTER, request=True)
    need: Mapped[str | None] = field(
        N_("The need in one sentence"),
        reach=Reach.LETTER,
        hint=N_("It will be printed: no names, no places, no story"),
    )
    given: Mapped[frozenset[Service] | None] = field(N_("What is given already?"), many=Service, reach=Reach.LETTER)
    safe_times: Mapped[str | None] = field(
        N_("How and when to answer"),
        reach=Reach.LETTER,
        hint=N_("It will be printed: no names, no places"),
        request=True,
        weighty=True,
    )
    do_not_contact: Mapped[frozenset[Avoided] | None] = field(
        N_("Do not contact"), many=Avoided, reach=Reach.LETTER, request=True, weighty=True
    )
    worker: Mapped[Worker | None] = field(
        N_("The person would rather speak with"), one=Worker, reach=Reach.LETTER, request=True
    )
    caregiver_informed: Mapped[YesNo | None] = yes_no(
        N_("Has the child's caregiver been informed?"),
        reach=Reach.LETTER,
        request=True,
        hint=N_("For a child only. The caregiver may be the one who exploits."),
    )
    others_asked: Mapped[YesNo | None] = yes_no(
        N_("Have other organisations been asked, too?"), reach=Reach.LETTER, request=True
    )
    shares: Mapped[frozenset[DataItem] | None] = field(
        N_("What will the form tell?"),
        many=DataItem,
        hint=N_("Only what the person agreed to share with this recipient"),
    )
    delivery: Mapped[Delivery | None] = field(N_("How will it be delivered?"), one=Delivery)
    reference: Mapped[str | None] = field(N_("Reference"), derived=lambda step: step.reference or random_code("RF"))
    reply_by: Mapped[date | None] = field(
        N_("Answer asked for by"), kind=date, derived=lambda step: step.day + step.urgency.time_to_answer
    )
