"""Referral: asking another organisation to help, and telling it no more than the person agreed to."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Mapped

from referral_desk.nrm import mechanism
from referral_desk.nrm.case import Step, random_code
from referral_desk.nrm.fields import ORGANISATIONS, Reach, earlier_step, field, yes_no
from referral_desk.nrm.terms import DataItem, Service, Term, Track, YesNo
from referral_desk.words import N_


class Urgency(Term):
    """CL-URG. How long each may take to be answered is laid down beside all other times: see `deadline`."""

    EMERGENCY = "EMERG", N_("Emergency")
    URGENT = "URGENT", N_("Urgent")
    NORMAL = "NORMAL", N_("Normal")

    @property
    def deadline(self) -> str:
        """The key of its time in resources/deadlines.toml."""
        return {"EMERG": "answer_emergency", "URGENT": "answer_urgent", "NORMAL": "answer_normal"}[self.code]

    def answer_by(self, day: date) -> date:
        """The day by which an answer is asked for, as the country of the desk counts it from a day."""
        home = mechanism.home()
        period = home.period(self.deadline)
        return period.end(day, home.calendar) if period else day


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
    ENCRYPTED_FILE = "ENCRYPTED_FILE", N_("As an encrypted file")


class Anonymity(Term):
    """CL-ANON: how much of the person the recipient sees."""

    ANONYMOUS = "A_ANON", N_("Anonymous")
    PSEUDONYM = "B_PSEUDO", N_("Under the reference of the referral")
    IDENTIFIED = "C_IDENT", N_("With the name, on a sheet of its own")


class FollowUp(Term):
    """What both sides agree to tell one another later."""

    RECEIVED = "RECEIVED", N_("That it was received")
    STARTED = "STARTED", N_("That the service has begun")
    ENDED = "ENDED", N_("That the service has ended")
    RISK = "RISK", N_("That a danger has come up")
    NOTHING = "NOTHING", N_("Nothing")


class Referral(
    Step,
    kind="referral",
    label=N_("Referral"),
    track=Track.REFERRAL,
    when=N_("When was it prepared?"),
    item=DataItem.NEEDS,
    htcds="cas_OutgoingReferralDate",
):
    """A request to one recipient. Each has its own random reference, so that two recipients cannot join lists."""

    recipient: Mapped[str] = field(
        N_("To which organisation?"),
        required=True,
        hint=N_("As written in the consent"),
        htcds="cas_ReferredOrganisation",
        offers=ORGANISATIONS,
    )
    recipient_worker: Mapped[str | None] = field(
        N_("To whom there?"), htcds="cas_ReferredPrimaryCaseWorker", trusted=True
    )
    recipient_contact: Mapped[str | None] = field(
        N_("Its contact"), hint=N_("Phone or e-mail of the organisation"), trusted=True
    )
    services: Mapped[frozenset[Service]] = field(
        N_("What is asked for?"), many=Service, reach=Reach.STATISTICS, required=True, request=True
    )
    urgency: Mapped[Urgency] = field(
        N_("How urgent is it?"),
        one=Urgency,
        reach=Reach.STATISTICS,
        required=True,
        request=True,
        hint=N_("It decides until when an answer is asked for; the form says the day"),
    )
    reason: Mapped[ReferralReason | None] = field(
        N_("Why now?"), one=ReferralReason, reach=Reach.LETTER, request=True, htcds="cas_ReasonForOutgoingReferral"
    )
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
    anonymity: Mapped[Anonymity | None] = field(N_("How much of the person does it show?"), one=Anonymity)
    consent: Mapped[UUID | None] = earlier_step(N_("On which consent does it rest?"), "consent")
    for_item: Mapped[UUID | None] = earlier_step(N_("For which item of the plan?"), "plan_item")
    person_informed: Mapped[YesNo | None] = yes_no(
        N_("Does the person know of it?"), heading=N_("The person and the follow-up")
    )
    copy_given: Mapped[YesNo | None] = yes_no(N_("Has the person a copy, where it is safe to keep one?"))
    accompanied: Mapped[YesNo | None] = yes_no(N_("Does somebody go with the person?"))
    delivery: Mapped[Delivery | None] = field(N_("How will it be delivered?"), one=Delivery)
    follow_up_by: Mapped[Delivery | None] = field(N_("How do they answer?"), one=Delivery)
    follow_up_on: Mapped[date | None] = field(N_("When do we ask again?"), kind=date, not_before="day")
    follow_up: Mapped[frozenset[FollowUp] | None] = field(N_("What will be told to one another?"), many=FollowUp)
    details: Mapped[str | None] = field(
        N_("Background, for us alone"), reach=Reach.SEALED, long=True, htcds="cas_OutgoingReferralDetails"
    )
    reference: Mapped[str | None] = field(N_("Reference"), derived=lambda step: step.reference or random_code("RF"))
    reply_by: Mapped[date | None] = field(
        N_("Answer asked for by"), kind=date, derived=lambda step: step.urgency.answer_by(step.day)
    )
