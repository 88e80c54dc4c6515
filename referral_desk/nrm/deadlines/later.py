"""Due later: periods and permits that end, referrals that wait, returns to be followed, data, courts, tasks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from referral_desk.nrm import mechanism
from referral_desk.nrm.case import Case
from referral_desk.nrm.closing import Closure, Reopening, is_closed
from referral_desk.nrm.consent import SHARING, Consent, ConsentStatus, same_name
from referral_desk.nrm.data_rights import AccessAnswer, AccessAnswered, AccessRequest, Breach
from referral_desk.nrm.dates import Period
from referral_desk.nrm.deadlines.due import Due, counted, named, reckons, reckons_always, since
from referral_desk.nrm.inclusion import CheckIn
from referral_desk.nrm.justice import CompensationWish, CourtHearing, Proceeding, ProceedingStatus, Remedies
from referral_desk.nrm.keeping import Task, TaskDone
from referral_desk.nrm.person import Person
from referral_desk.nrm.redress import CompensationAward, CompensationClaim
from referral_desk.nrm.referral import Referral
from referral_desk.nrm.referral_news import (
    UNANSWERED,
    ReferralAnswer,
    ReferralNews,
    ReferralState,
    news_of,
    state_of,
    stopped_by,
    withdrawal_of,
)
from referral_desk.nrm.reflection import (
    Granting,
    ReflectionEnd,
    ReflectionPeriod,
    is_ended,
    last_protected_day,
)
from referral_desk.nrm.residence import STANDING_PERMIT, Permit
from referral_desk.nrm.retention import on_legal_hold
from referral_desk.nrm.safe_return import Monitored, Monitoring, Return, ReturnNews, ReturnProgress
from referral_desk.nrm.status import IdentificationDecision, TraffickingStatus
from referral_desk.nrm.terms import YesNo

EVER = date.max
"""Every record counts, whatever its day: what is due does not hang on when one looks."""

_WAITED_FOR = UNANSWERED | {ReferralState.READY}
_AT_WORK = frozenset({ReferralState.ACCEPTED, ReferralState.IN_PROGRESS, ReferralState.COMPLETED})
_STOPPED = frozenset({ReferralState.CANCELLED, ReferralState.REVOKED})
_MONITORINGS = tuple(f"monitoring_{number}" for number in range(1, 6))
_NO_MORE = frozenset({Monitored.ENDED, Monitored.DECEASED})
_NOT_LEFT = frozenset({ReturnNews.CANCELLED, ReturnNews.ON_HOLD})


@reckons
def reflection_record(case: Case) -> Iterable[Due]:
    decided, back = case.latest(IdentificationDecision), case.latest(Reopening)
    if decided is None or decided.status is not TraffickingStatus.PRESUMED:
        return
    if any(back is None or back.day > decided.day or period.day >= back.day for period in case.taken(ReflectionPeriod)):
        return
    if not is_national(case) or mechanism.home().says_yes("reflection_for_nationals"):
        yield from counted("reflection_record", decided, ReflectionPeriod)


@reckons
def reflection_end(case: Case) -> Iterable[Due]:
    granted = [period for period in case.taken(ReflectionPeriod) if period.granted is Granting.GRANTED]
    if granted and not is_ended(case, granted[-1], EVER) and departure(case) is None:
        last = last_protected_day(case, granted[-1], EVER)
        yield from named("reflection_end", last, ReflectionEnd, step=granted[-1])


@reckons
def permit(case: Case) -> Iterable[Due]:
    latest = {step.permit: step for step in case.taken(Permit)}
    standing = [step for step in latest.values() if step.status in STANDING_PERMIT and step.valid_until]
    for step in sorted(standing, key=lambda step: step.valid_until or EVER)[-1:]:
        yield from named("permit", step.valid_until, Permit, step=step)


@reckons
def other_appeals(case: Case) -> Iterable[Due]:
    """A permit that was refused, a claim that was not awarded as asked: until the day that the decision names."""
    latest: dict[object, Permit | CompensationAward] = {step.permit: step for step in case.taken(Permit)}
    latest |= {step.claim: step for step in case.taken(CompensationAward)}
    for step in latest.values():
        if step.appeal_by and not since(case, Proceeding, step):
            yield from named("appeal", step.appeal_by, Proceeding, step=step)


@reckons_always
def withdrawn(case: Case) -> Iterable[Due]:
    """A withdrawal stops what rested on it; who has it already is told."""
    for referral in case.taken(Referral):
        said = withdrawal_of(case, referral)
        if said is None:
            continue
        if stopped_by(case, referral, EVER):
            for one in named("take_back", said.day, ReferralAnswer):
                yield Due(one.key, one.due_on, one.shown_on, one.kind, step_id=referral.id)
        elif said.recipient_told_on is None and state_of(case, referral, EVER) not in _STOPPED:
            yield from named("recipient_told", said.day, Consent, step=said)


@reckons
def answers(case: Case) -> Iterable[Due]:
    for referral in case.taken(Referral):
        if state_of(case, referral, EVER) not in _WAITED_FOR or withdrawal_of(case, referral):
            continue
        told = news_of(case, referral, EVER)
        sent = next((step for step in told if step.news is ReferralNews.SENT), referral)
        key, chased = referral.urgency.deadline, [step for step in told if step.news is ReferralNews.CHASED]
        for one in counted(key, chased[-1] if chased else sent, ReferralAnswer):
            yield Due(one.key, one.due_on, one.shown_on, one.kind, one.due_at, referral.id)


@reckons
def feedback(case: Case) -> Iterable[Due]:
    for referral in case.taken(Referral):
        told = news_of(case, referral, EVER)
        accepted = [step for step in told if step.news in (ReferralNews.ACCEPTED, ReferralNews.COMPLETED)]
        if accepted and state_of(case, referral, EVER) in _AT_WORK and not any(step.outcome for step in told):
            for one in counted("feedback", accepted[-1], ReferralAnswer):
                yield Due(one.key, one.due_on, one.shown_on, one.kind, one.due_at, referral.id)


@reckons_always
def monitoring(case: Case) -> Iterable[Due]:
    left = departure(case)
    if left is None:
        return
    made = since(case, Monitoring, left)
    if any(step.result in _NO_MORE for step in made):
        return
    for key in _MONITORINGS:
        for one in counted(key, left, Monitoring):
            if not any(step.day >= one.shown_on for step in made):
                yield one
    if made and made[-1].result is Monitored.UNREACHABLE:
        yield from counted("monitoring_again", made[-1], Monitoring)


@reckons
def consent(case: Case) -> Iterable[Due]:
    latest: dict[tuple[str, str], Consent] = {}
    for step in case.taken(Consent):
        known = (key for key in latest if key[0] == step.scope.code and same_name(key[1], step.recipient))
        latest[next(known, (step.scope.code, step.recipient or ""))] = step
    for step in latest.values():
        if step.status is ConsentStatus.GIVEN and (step.scope in SHARING or step.expires_on):
            agreed = named("consent", step.expires_on, Consent, step=step)
            yield from agreed if step.expires_on else counted("consent", step, Consent)


@reckons_always
def retention(case: Case) -> Iterable[Due]:
    closed = case.latest(Closure)
    if closed and is_closed(case, EVER) and not on_legal_hold(case):
        for one in counted("retention", max(case.steps, key=lambda step: step.day), Closure):
            yield Due(one.key, one.due_on, one.shown_on, "", None, closed.id)


@reckons_always
def access(case: Case) -> Iterable[Due]:
    for asked in case.taken(AccessRequest):
        told = [step for step in case.taken(AccessAnswer) if step.request == asked.id]
        if all(step.reply is AccessAnswered.EXTENDED for step in told):
            yield from counted("access_extended" if told else "access", asked, AccessAnswer)


@reckons_always
def breach(case: Case) -> Iterable[Due]:
    for found in case.taken(Breach):
        if found.encrypted is YesNo.YES:
            continue
        if found.authority_told_on is None:
            yield from counted("breach", found, Breach)
        if found.danger is YesNo.YES and found.person_told_on is None:
            yield from counted("breach_person", found, Breach)


@reckons_always
def compensation(case: Case) -> Iterable[Due]:
    convicted = [step for step in case.taken(Proceeding) if step.status is ProceedingStatus.CONVICTED]
    wish = case.latest(Remedies)
    if not convicted or case.taken(CompensationClaim) or (wish and wish.compensation is CompensationWish.NOT_WANTED):
        return
    yield from counted("compensation", convicted[-1], CompensationClaim, period=_to_claim())


@reckons
def hearing(case: Case) -> Iterable[Due]:
    for summons in case.taken(CourtHearing):
        if summons.person_told is not YesNo.YES:
            yield from named("hearing", summons.held_on, CourtHearing, step=summons)


@reckons
def task(case: Case) -> Iterable[Due]:
    done = {step.task for step in case.taken(TaskDone)}
    for given in case.taken(Task):
        if given.id not in done:
            yield from named("task", given.due_on, TaskDone, step=given)


@reckons_always
def agreed_contact(case: Case) -> Iterable[Due]:
    last = case.latest(CheckIn)
    if last:
        yield from named("contact", last.next_on, CheckIn, step=last)


def is_national(case: Case) -> bool:
    """Whether the person is known to be a citizen of the country in which the desk works."""
    person = case.latest(Person)
    return person is not None and mechanism.home().code in (person.citizenships or ())


def departure(case: Case) -> Return | None:
    """The return that took place, as far as is recorded: cleared, and neither put off nor cancelled since."""
    cleared = case.latest(Return)
    if cleared is None:
        return None
    told = [step for step in case.taken(ReturnProgress) if step.departure in (None, cleared.id)]
    return None if told and told[-1].news in _NOT_LEFT else cleared


def _to_claim() -> Period | None:
    return mechanism.home().period("compensation_time")
