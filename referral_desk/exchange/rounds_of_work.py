"""Daily work in an invented case: what is due is done, now and then late, and what rests is closed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from referral_desk.exchange import episodes, invented
from referral_desk.exchange.episodes import COLLEAGUES
from referral_desk.nrm.children import BestInterests, BestInterestsDecision, Guardianship, GuardianStatus
from referral_desk.nrm.closing import is_closed
from referral_desk.nrm.consent import Consent
from referral_desk.nrm.deadlines import Due, what_is_due
from referral_desk.nrm.inclusion import CheckIn, FollowUpKind, Wellbeing
from referral_desk.nrm.keeping import TaskDone, TaskResult
from referral_desk.nrm.person import is_child
from referral_desk.nrm.referral_news import ReferralAnswer, ReferralNews
from referral_desk.nrm.reflection import EndGround, Granting, NationalMechanism, ReflectionEnd, ReflectionPeriod
from referral_desk.nrm.risk import RiskAssessment, RiskLevel, RiskPurpose, SafetyPlan, SignOff
from referral_desk.nrm.support import (
    AgreedBy,
    NeedLevel,
    NeedsAssessment,
    Outcome,
    PlanReview,
    PlanType,
    ReviewResult,
    ServiceEvent,
    SupportPlan,
)
from referral_desk.nrm.terms import NeedDomain, Service, YesNo

if TYPE_CHECKING:
    from referral_desk.exchange.stories import Story

_RESTS = 60
"""Days without anything new, after which a shelter closes a case."""

_FORGOTTEN = 0.03
"""How often a case that rests is overlooked."""

_ROUNDS = 4
"""Doing what is due makes something else due: a plan follows the needs, a review the plan."""


def daily_work(story: Story) -> None:
    """Close what rests, and do most of what is due in the rest until today."""
    close_what_rests(story)
    for _round in range(_ROUNDS):
        if is_closed(story.case, story.today) or not _done(story):
            break


def close_what_rests(story: Story) -> None:
    """Close nearly every case in which nothing happens any more, and ask afterwards how it goes."""
    for _round in range(_ROUNDS):
        if not _rests(story) or story.chance(_FORGOTTEN):
            break
        story.day = _last(story)
        episodes.ending(story)
    if is_closed(story.case, story.today):
        _ask_afterwards(story)


def _last(story: Story) -> date:
    return max(step.day for step in story.case.steps)


def _rests(story: Story) -> bool:
    return not is_closed(story.case, story.today) and _last(story) + timedelta(days=_RESTS) <= story.today


def _done(story: Story) -> bool:
    """Whether anything was due, and done."""
    due = [one for one in what_is_due(story.case) if one.key in _WORK and one.due_on < story.today]
    done = [one for one in due if story.chance(0.9)]
    for one in done:
        story.day = max(one.due_on, _last(story))
        _WORK[one.key](story, one)
    return bool(done)


def _ask_afterwards(story: Story) -> None:
    """For two years after the end somebody asks how it goes, in ever longer steps."""
    closed = _last(story)
    for months in (3, 6, 12, 24):
        story.day = closed + timedelta(days=30 * months)
        reached, wellbeing = story.one(YesNo, 8, 2), story.one(Wellbeing)
        story.happens(CheckIn, occasion=FollowUpKind.AFTER_CLOSURE, reached=reached, wellbeing=wellbeing)


def _risk(story: Story, due: Due) -> None:
    first = due.key in ("first_needs", "safety_check")
    story.happens(
        RiskAssessment,
        purpose=RiskPurpose.INITIAL_SAFETY if first else RiskPurpose.PERIODIC,
        level=story.one(RiskLevel, 60, 32, 7, 1),
        factors=invented.remark(story.rng),
        participated=YesNo.YES,
    )


def _needs(story: Story, _due: Due) -> None:
    levels = {one: story.one(NeedLevel, 4, 3, 2, 1) for one in NeedDomain}
    story.happens(NeedsAssessment, participated=YesNo.YES, levels=levels, first=story.one(NeedDomain))


def _plan(story: Story, _due: Due) -> None:
    agreed = AgreedBy.GUARDIAN if is_child(story.case) else AgreedBy.PERSON
    needs = episodes.latest(story, NeedsAssessment)
    story.happens(SupportPlan, types=story.some(PlanType, 3), agreed_by=agreed, needs=needs)


def _review(story: Story, _due: Due) -> None:
    plan, result = episodes.latest(story, SupportPlan), story.one(ReviewResult, 7, 2)
    story.happens(PlanReview, plan=plan, participated=YesNo.YES, result=result)


def _sign_off(story: Story, due: Due) -> None:
    story.happens(SignOff, assessment=due.step_id, approved=YesNo.YES, by=story.rng.choice(COLLEAGUES))


def _safety_plan(story: Story, _due: Due) -> None:
    story.happens(SafetyPlan, agreed=YesNo.YES, signs=invented.remark(story.rng))


def _guardian(story: Story, _due: Due) -> None:
    story.happens(Guardianship, status=GuardianStatus.APPOINTED, independent=YesNo.YES, child_met=YesNo.YES)


def _best_interests(story: Story, _due: Due) -> None:
    story.happens(BestInterests, decision=story.one(BestInterestsDecision, 0, 3, 1), child_heard=YesNo.YES)


def _reflection_end(story: Story, _due: Due) -> None:
    story.happens(ReflectionEnd, ground=EndGround.DECIDED)


def _consent(story: Story, due: Due) -> None:
    """Asked for once more, for the same."""
    [former] = [step for step in story.case.taken(Consent) if step.id == due.step_id]
    same = {name: answer for name, answer in former.answers().items() if name not in ("day", "expires_on")}
    story.happens(Consent, **same)


def _answer(story: Story, due: Due) -> None:
    story.happens(ReferralAnswer, referral=due.step_id, news=ReferralNews.SENT)
    story.happens(ReferralAnswer, referral=due.step_id, news=ReferralNews.ACCEPTED)


def _feedback(story: Story, due: Due) -> None:
    told = {"news": ReferralNews.COMPLETED, "outcome": story.one(Outcome, 7, 2, 1)}
    story.happens(ReferralAnswer, referral=due.step_id, **told)


def _doctor(story: Story, _due: Due) -> None:
    story.happens(ServiceEvent, service=Service.MED, quantity=1)


def _reflection_record(story: Story, _due: Due) -> None:
    story.happens(ReflectionPeriod, granted=Granting.GRANTED, mechanism=NationalMechanism(story.mechanism))


def _task(story: Story, due: Due) -> None:
    story.happens(TaskDone, task=due.step_id, result=TaskResult.DONE)


_WORK: dict[str, Callable[[Story, Due], None]] = {
    **dict.fromkeys(("first_needs", "safety_check", "risk_low", "risk_medium", "risk_high", "risk_extreme"), _risk),
    **dict.fromkeys(("answer_emergency", "answer_urgent", "answer_normal"), _answer),
    **dict.fromkeys(("plan_review", "plan_review_high"), _review),
    **dict.fromkeys(("child_procedure", "guardian"), _guardian),
    "needs": _needs,
    "plan": _plan,
    "sign_off": _sign_off,
    "safety_plan": _safety_plan,
    "best_interests": _best_interests,
    "reflection_end": _reflection_end,
    "consent": _consent,
    "feedback": _feedback,
    "task": _task,
    "urgent_medical": _doctor,
    "reflection_record": _reflection_record,
}
"""Who does what is due, by its key; the rest waits for somebody who practises."""
