"""What becomes of a referral, step by step, and what others refer to us.

A referral passes through the states of `NEXT`; each is a dated step that points at its referral. What is asked of us
comes in as a step, too, and our answers to it.
"""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Mapped

from referral_desk.errors import CannotFollow
from referral_desk.nrm.case import Case, Step
from referral_desk.nrm.consent import SHARING, Consent, ConsentStatus, same_name
from referral_desk.nrm.fields import ORGANISATIONS, Reach, earlier_step, field, yes_no
from referral_desk.nrm.referral import Referral, ReferralReason, Urgency
from referral_desk.nrm.support import Outcome
from referral_desk.nrm.terms import DataItem, Service, Term, Track, YesNo
from referral_desk.words import N_


class ReferralState(Term):
    """CL-REFST. A referral that was recorded is ready; a draft is no step."""

    READY = "READY", N_("Ready")
    SENT = "SENT", N_("Sent")
    RECEIVED = "RECEIVED", N_("Received")
    ACCEPTED = "ACCEPTED", N_("Accepted")
    IN_PROGRESS = "IN_PROGRESS", N_("In progress")
    COMPLETED = "COMPLETED", N_("Completed")
    FEEDBACK_RECEIVED = "FEEDBACK_RECEIVED", N_("Completed, with feedback")
    DECLINED = "DECLINED", N_("Declined")
    DECLINED_BY_PERSON = "DECLINED_BY_PERSON", N_("Declined by the person")
    CANCELLED = "CANCELLED", N_("Cancelled")
    REVOKED = "REVOKED", N_("Taken back")
    NO_RESPONSE_CLOSED = "NO_RESPONSE_CLOSED", N_("Closed without an answer")


class ReferralNews(Term):
    """What is recorded of a referral; everything but a reminder is a state."""

    SENT = "SENT", N_("Sent")
    CHASED = "CHASED", N_("Asked again")
    RECEIVED = "RECEIVED", N_("Received by the recipient")
    ACCEPTED = "ACCEPTED", N_("Accepted")
    IN_PROGRESS = "IN_PROGRESS", N_("In progress")
    COMPLETED = "COMPLETED", N_("Completed")
    FEEDBACK_RECEIVED = "FEEDBACK_RECEIVED", N_("Feedback received")
    DECLINED = "DECLINED", N_("Declined by the recipient")
    DECLINED_BY_PERSON = "DECLINED_BY_PERSON", N_("Declined by the person")
    CANCELLED = "CANCELLED", N_("Cancelled: consent withdrawn, or an error")
    REVOKED = "REVOKED", N_("Taken back by us")
    NO_RESPONSE_CLOSED = "NO_RESPONSE_CLOSED", N_("Closed without an answer")


class DeclineReason(Term):
    """CL-DECLINE."""

    NO_CAPACITY = "NO_CAPACITY", N_("No room")
    OUT_OF_MANDATE = "OUT_OF_MANDATE", N_("Not their task")
    OUT_OF_AREA = "OUT_OF_AREA", N_("Not in their area")
    CRITERIA = "AGE_GENDER_CRITERIA", N_("Age or gender")
    PERSON_DECLINED = "PERSON_DECLINED", N_("The person does not want it")
    NOT_REACHABLE = "NOT_REACHABLE", N_("Not to be reached")
    DUPLICATE = "DUPLICATE", N_("Asked twice")
    SAFETY = "SAFETY", N_("Safety")
    OTH = "OTH", N_("Another reason")


def _news(*news: ReferralNews) -> Any:
    return lambda given: given.get("news") in news


class ReferralAnswer(
    Step,
    kind="referral_answer",
    label=N_("News of a referral"),
    track=Track.REFERRAL,
    after=Referral,
    when=N_("On which day?"),
    item=DataItem.NEEDS,
):
    """Sent, received, accepted, declined, done: one step each, so that it can be seen what took how long."""

    referral: Mapped[UUID] = earlier_step(N_("Which referral?"), "referral", required=True)
    news: Mapped[ReferralNews] = field(N_("What happened?"), one=ReferralNews, reach=Reach.STATISTICS, required=True)
    decline_reason: Mapped[DeclineReason | None] = field(
        N_("Why was it declined?"),
        one=DeclineReason,
        reach=Reach.STATISTICS,
        required=True,
        asked_when=_news(ReferralNews.DECLINED),
    )
    alternative: Mapped[YesNo | None] = yes_no(
        N_("Is another organisation being asked?"),
        asked_when=_news(ReferralNews.DECLINED, ReferralNews.NO_RESPONSE_CLOSED),
    )
    outcome: Mapped[Outcome | None] = field(
        N_("What came of it?"),
        one=Outcome,
        reach=Reach.STATISTICS,
        asked_when=_news(ReferralNews.COMPLETED, ReferralNews.FEEDBACK_RECEIVED),
    )
    service_began: Mapped[date | None] = field(
        N_("When did the service begin?"),
        kind=date,
        asked_when=_news(ReferralNews.IN_PROGRESS, ReferralNews.COMPLETED, ReferralNews.FEEDBACK_RECEIVED),
    )
    by_whom: Mapped[str | None] = field(N_("Who said so?"), hint=N_("Name and post at the other organisation"))
    note: Mapped[str | None] = field(N_("More on this"), reach=Reach.SEALED, long=True)


class IncomingReferral(
    Step,
    kind="referral_in",
    label=N_("Referral to us"),
    track=Track.REFERRAL,
    when=N_("When did it reach us?"),
    item=DataItem.NEEDS,
):
    """Another organisation asks us to help. With its own reference, which is not ours to change."""

    sender: Mapped[str] = field(
        N_("From which organisation?"), required=True, htcds="cas_ReferringOrganisation", offers=ORGANISATIONS
    )
    sender_worker: Mapped[str | None] = field(N_("From whom there?"), htcds="cas_ReferringPrimaryCaseWorker")
    sender_contact: Mapped[str | None] = field(N_("Its contact"), hint=N_("Phone or e-mail of the organisation"))
    services: Mapped[frozenset[Service] | None] = field(N_("What is asked for?"), many=Service, reach=Reach.STATISTICS)
    urgency: Mapped[Urgency | None] = field(N_("How urgent is it?"), one=Urgency)
    reason: Mapped[ReferralReason | None] = field(
        N_("Why now?"), one=ReferralReason, reach=Reach.STATISTICS, htcds="cas_ReasonForIncomingReferral"
    )
    person_knows: Mapped[YesNo | None] = yes_no(N_("Does the person know of it?"))
    consent_seen: Mapped[YesNo | None] = yes_no(N_("Has the person agreed that they tell us?"))
    reference: Mapped[str | None] = field(N_("Their reference"), reach=Reach.SEALED)
    details: Mapped[str | None] = field(
        N_("What they tell"), reach=Reach.SEALED, long=True, htcds="cas_IncomingReferralDetails"
    )


class OurAnswer(Term):
    RECEIVED = "RECEIVED", N_("Received")
    ACCEPTED = "ACCEPTED", N_("Accepted")
    DECLINED = "DECLINED", N_("Declined")
    FEEDBACK = "FEEDBACK", N_("Feedback given")


class IncomingAnswer(
    Step,
    kind="referral_in_answer",
    label=N_("Our answer to a referral"),
    track=Track.REFERRAL,
    after=IncomingReferral,
    when=N_("On which day?"),
    item=DataItem.NEEDS,
    htcds="cas_IncomingReferralDate",
):
    """What we told the organisation that referred the person to us; HTCDS asks for the day of acceptance."""

    referral: Mapped[UUID] = earlier_step(N_("To which referral?"), "referral_in", required=True)
    reply: Mapped[OurAnswer] = field(N_("What did we answer?"), one=OurAnswer, reach=Reach.STATISTICS, required=True)
    decline_reason: Mapped[DeclineReason | None] = field(
        N_("Why was it declined?"),
        one=DeclineReason,
        required=True,
        asked_when=lambda given: given.get("reply") is OurAnswer.DECLINED,
    )
    person_agreed: Mapped[YesNo | None] = yes_no(N_("Did the person agree to this answer?"))
    note: Mapped[str | None] = field(N_("More on this"), reach=Reach.SEALED, long=True)


_STATE = ReferralState
NEXT: dict[ReferralState, frozenset[ReferralState]] = {
    _STATE.READY: frozenset({_STATE.SENT, _STATE.CANCELLED, _STATE.REVOKED}),
    _STATE.SENT: frozenset(
        {
            _STATE.RECEIVED,
            _STATE.ACCEPTED,
            _STATE.DECLINED,
            _STATE.CANCELLED,
            _STATE.REVOKED,
            _STATE.NO_RESPONSE_CLOSED,
        }
    ),
    _STATE.RECEIVED: frozenset({_STATE.ACCEPTED, _STATE.DECLINED, _STATE.REVOKED, _STATE.NO_RESPONSE_CLOSED}),
    _STATE.ACCEPTED: frozenset({_STATE.IN_PROGRESS, _STATE.COMPLETED, _STATE.DECLINED_BY_PERSON, _STATE.REVOKED}),
    _STATE.IN_PROGRESS: frozenset({_STATE.COMPLETED, _STATE.DECLINED_BY_PERSON, _STATE.REVOKED}),
    _STATE.COMPLETED: frozenset({_STATE.FEEDBACK_RECEIVED}),
}
"""Which state may follow which; what is not a key has ended."""

UNANSWERED = frozenset({_STATE.SENT, _STATE.RECEIVED})
"""An answer is waited for."""


def news_of(case: Case, referral: Referral, on: date) -> list[ReferralAnswer]:
    """All that was recorded of one referral up to a day, oldest first."""
    return [step for step in case.taken(ReferralAnswer) if step.referral == referral.id and step.day <= on]


def state_of(case: Case, referral: Referral, on: date) -> ReferralState:
    """Where one referral stands on a day: by the latest news that is not a mere reminder."""
    told = [step.news for step in news_of(case, referral, on) if step.news is not ReferralNews.CHASED]
    return ReferralState.of(told[-1].code) if told else ReferralState.READY


def is_open(case: Case, referral: Referral, on: date) -> bool:
    """Whether anything may still follow."""
    return state_of(case, referral, on) in NEXT


def may_follow(case: Case, referral: Referral, news: ReferralNews, on: date) -> bool:
    """Whether this news can come next. A reminder can, as long as an answer is waited for."""
    return _can_follow(state_of(case, referral, on), news)


def _can_follow(state: ReferralState, news: ReferralNews) -> bool:
    return state in UNANSWERED if news is ReferralNews.CHASED else ReferralState.of(news.code) in NEXT.get(state, ())


def check_order(case: Case, told: ReferralAnswer) -> None:
    """CannotFollow where the news of a referral does not fit what was told of it before or after."""
    [referral] = [one for one in case.taken(Referral) if one.id == told.referral]
    if not may_follow(case, referral, told.news, told.day):
        raise CannotFollow(news=told.news.label, state=state_of(case, referral, told.day).label)
    state = state_of(case, referral, told.day) if told.news is ReferralNews.CHASED else ReferralState.of(told.news.code)
    for later in news_of(case, referral, date.max):
        if later.day > told.day:
            if not _can_follow(state, later.news):
                raise CannotFollow(news=later.news.label, state=state.label)
            state = state if later.news is ReferralNews.CHASED else ReferralState.of(later.news.code)


def withdrawal_of(case: Case, referral: Referral) -> Consent | None:
    """The last word of the person on sharing with its recipient, where it is no any more."""
    said = [
        step for step in case.taken(Consent) if step.scope in SHARING and same_name(step.recipient, referral.recipient)
    ]
    return said[-1] if said and said[-1].status in _NO_MORE and said[-1].day >= referral.day else None


_NO_MORE = (ConsentStatus.WITHDRAWN, ConsentStatus.REFUSED)


def stopped_by(case: Case, referral: Referral, on: date) -> ReferralNews | None:
    """The news that stops a referral whose consent is gone: cancelled before it was sent, else taken back."""
    if withdrawal_of(case, referral) is None:
        return None
    state = state_of(case, referral, on)
    if state is _STATE.READY:
        return ReferralNews.CANCELLED
    return ReferralNews.REVOKED if _STATE.REVOKED in NEXT.get(state, ()) else None
