"""What happens to a referral when its paper leaves and when an answer comes back: the news of it that is recorded."""

from __future__ import annotations

from referral_desk.answer_words import Reply
from referral_desk.nrm.case import Case
from referral_desk.nrm.referral import Referral
from referral_desk.nrm.referral_news import DeclineReason, ReferralAnswer, ReferralNews, ReferralState, state_of
from referral_desk.nrm.safeguards import warnings
from referral_desk.store.work import Work
from referral_desk.words import N_, _

_BY_SLIP = N_("It is what left, or what the recipient answered on its slip; the rest is still to be decided.")

_NEWS = {
    Reply.ACCEPTED: ReferralNews.ACCEPTED,
    Reply.LATER: ReferralNews.RECEIVED,
    Reply.FULL: ReferralNews.DECLINED,
    Reply.DECLINED: ReferralNews.DECLINED,
    Reply.ARRIVED: ReferralNews.IN_PROGRESS,
}
_WHY = {Reply.FULL: DeclineReason.NO_CAPACITY, Reply.DECLINED: DeclineReason.OTH}

_YES = (
    ReferralState.ACCEPTED,
    ReferralState.IN_PROGRESS,
    ReferralState.COMPLETED,
    ReferralState.FEEDBACK_RECEIVED,
)

_NOT_SENT, _NOT_ACCEPTED = (ReferralState.READY,), (ReferralState.SENT, ReferralState.RECEIVED)


def note_sent(work: Work, case: Case, referral: Referral) -> None:
    """The paper leaves: the referral is sent, unless it was before."""
    if state_of(case, referral, work.today) in _NOT_SENT:
        _take(work, case, referral, ReferralNews.SENT)


def take(work: Work, case: Case, referral: Referral, reply: Reply) -> None:
    """Record what the recipient answered; what must have come before is recorded with it."""
    note_sent(work, case, referral)
    if reply is Reply.ARRIVED and state_of(case, referral, work.today) in _NOT_ACCEPTED:
        _take(work, case, referral, ReferralNews.ACCEPTED)
    _take(work, case, referral, _NEWS[reply], _WHY.get(reply))


def is_accepted(work: Work, case: Case, referral: Referral) -> bool:
    return state_of(case, referral, work.today) in _YES


def is_waiting(work: Work, case: Case, referral: Referral) -> bool:
    """Whether nothing was decided yet, so that an answer to an enquiry still stands."""
    return state_of(case, referral, work.today) in (*_NOT_SENT, *_NOT_ACCEPTED)


def _take(work: Work, case: Case, referral: Referral, news: ReferralNews, why: DeclineReason | None = None) -> None:
    step = ReferralAnswer(day=work.today, referral=referral.id, news=news, decline_reason=why)
    because = {guard.id: _(_BY_SLIP) for guard in warnings(case, step, work.today)}
    work.take(case, step, because=because)
