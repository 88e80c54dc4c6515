"""The person's rights over the data, and what is done when data get out (GDPR, art. 12 to 22, 33 and 34)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Mapped

from referral_desk.nrm.case import Step
from referral_desk.nrm.fields import Reach, earlier_step, field, yes_no
from referral_desk.nrm.terms import DataItem, Term, Track, YesNo
from referral_desk.words import N_


class AccessKind(Term):
    """What the person asks for (GDPR, art. 15 to 21)."""

    ACCESS = "ACCESS", N_("A copy of the data")
    RECTIFICATION = "RECTIFICATION", N_("Correction")
    ERASURE = "ERASURE", N_("Erasure")
    RESTRICTION = "RESTRICTION", N_("That they are not used for now")
    OBJECTION = "OBJECTION", N_("Objection")


class Asker(Term):
    PERSON = "PERSON", N_("The person")
    GUARDIAN = "GUARDIAN", N_("The guardian")
    LAWYER = "LAWYER", N_("A lawyer")
    OTH = "OTH", N_("Somebody else")


class AccessRequest(
    Step,
    kind="access_request",
    label=N_("Request about one's data"),
    track=Track.CONSENT,
    when=N_("When did it arrive?"),
):
    """An answer is due within a month."""

    about: Mapped[AccessKind] = field(N_("What is asked for?"), one=AccessKind, reach=Reach.STATISTICS, required=True)
    by_whom: Mapped[Asker | None] = field(N_("Who asks?"), one=Asker)
    identity_verified: Mapped[YesNo | None] = yes_no(N_("Is it certain who asks?"))
    safe_delivery: Mapped[str | None] = field(N_("How is the answer delivered safely?"), reach=Reach.SEALED)
    note: Mapped[str | None] = field(N_("What was said"), reach=Reach.SEALED, long=True)


class AccessAnswered(Term):
    EXTENDED = "EXTENDED", N_("Needs up to two months more, and the person was told")
    ANSWERED = "ANSWERED", N_("Answered")
    REFUSED = "REFUSED", N_("Refused, with reasons")
    WITHDRAWN = "WITHDRAWN", N_("Withdrawn")


class AccessAnswer(
    Step,
    kind="access_answer",
    label=N_("Answer to a request about data"),
    track=Track.CONSENT,
    after=AccessRequest,
    when=N_("On which day?"),
):
    """What became of the request."""

    request: Mapped[UUID] = earlier_step(N_("Which request?"), "access_request", required=True)
    reply: Mapped[AccessAnswered] = field(
        N_("What did we answer?"), one=AccessAnswered, reach=Reach.STATISTICS, required=True
    )
    others_left_out: Mapped[YesNo | None] = yes_no(N_("Is nothing in it about other people?"))
    note: Mapped[str | None] = field(N_("Reasons given"), reach=Reach.SEALED, long=True)


class BreachKind(Term):
    LOST = "LOST", N_("Lost")
    STOLEN = "STOLEN", N_("Stolen")
    SENT_WRONG = "SENT_WRONG", N_("Sent to the wrong recipient")
    SEEN = "SEEN", N_("Seen by somebody who may not")
    TOLD = "TOLD", N_("Told to somebody who may not know")
    OTH = "OTH", N_("Something else")


class Breach(
    Step,
    kind="breach",
    label=N_("Data of this person got out"),
    track=Track.CONSENT,
    when=N_("When was it noticed?"),
):
    """Told to the authority within 72 hours, and to the person if she or he is in danger (GDPR, art. 33 and 34)."""

    what: Mapped[BreachKind] = field(N_("What happened?"), one=BreachKind, required=True)
    items: Mapped[frozenset[DataItem] | None] = field(N_("Which data?"), many=DataItem)
    encrypted: Mapped[YesNo | None] = yes_no(N_("Were they encrypted?"))
    danger: Mapped[YesNo | None] = yes_no(N_("Is the person in danger through it?"))
    authority_told_on: Mapped[date | None] = field(
        N_("When was the authority told?"), kind=date, not_before="day", past=True
    )
    person_told_on: Mapped[date | None] = field(N_("When was the person told?"), kind=date, not_before="day", past=True)
    note: Mapped[str | None] = field(N_("What was done"), reach=Reach.SEALED, long=True)
