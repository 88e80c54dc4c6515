"""Episodes of help in an invented case: plans, places, referrals, children, proceedings and what comes after."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from referral_desk.exchange import invented
from referral_desk.exchange.episodes import COLLEAGUES, latest
from referral_desk.nrm.children import (
    AgeAssessment,
    AgeMethod,
    AgeResult,
    AssessmentPurpose,
    BestInterestsAssessment,
    ChildViews,
    Guardianship,
    GuardianStatus,
    MissingFromCare,
    MissingStatus,
    ReportedTo,
    Transition,
)
from referral_desk.nrm.inclusion import CheckIn, FollowUpKind, Housing, Inclusion, Income, Learning, Wellbeing
from referral_desk.nrm.justice import (
    CourtHearing,
    Proceeding,
    ProceedingRole,
    ProceedingStatus,
    ProceedingType,
    Protection,
)
from referral_desk.nrm.person import is_child
from referral_desk.nrm.redress import (
    Against,
    AwardResult,
    CompensationAward,
    CompensationClaim,
    Head,
    UnpaidWages,
    WagesWay,
)
from referral_desk.nrm.referral import Referral, ReferralReason, Urgency
from referral_desk.nrm.referral_news import (
    DeclineReason,
    IncomingAnswer,
    IncomingReferral,
    OurAnswer,
    ReferralAnswer,
    ReferralNews,
)
from referral_desk.nrm.risk import RiskAssessment, RiskFactor, RiskLevel, RiskPurpose, SafetyPlan, SignOff, Threat
from referral_desk.nrm.support import (
    Accommodation,
    AgreedBy,
    ItemStatus,
    NeedLevel,
    NeedsAssessment,
    Outcome,
    PlanItem,
    PlanProgress,
    PlanReview,
    PlanType,
    ReviewResult,
    ServiceEvent,
    Stay,
    StayEnd,
    SupportPlan,
    WhyLeft,
)
from referral_desk.nrm.terms import Currency, Hearing, NeedDomain, Service, YesNo

if TYPE_CHECKING:
    from referral_desk.exchange.stories import Story


def _agreed(story: Story) -> AgreedBy:
    return AgreedBy.GUARDIAN if is_child(story.case) else AgreedBy.PERSON


def plan(story: Story) -> None:
    """Needs, a plan, an item of it, how it went, and a review."""
    story.later(3)
    story.happens(
        NeedsAssessment,
        participated=YesNo.YES,
        levels={one: story.one(NeedLevel, 4, 3, 2, 1) for one in NeedDomain},
        urgent=story.some(NeedDomain, 2),
        first=story.one(NeedDomain),
        wishes=invented.remark(story.rng),
        next_review=story.day + timedelta(days=30),
    )
    if not story.chance(0.7):
        return
    story.later(14)
    needs, ahead = latest(story, NeedsAssessment), story.day + timedelta(days=30)
    types, agreed = story.some(PlanType, 3), _agreed(story)
    story.happens(SupportPlan, types=types, agreed_by=agreed, needs=needs, next_review=ahead)
    made = latest(story, SupportPlan)
    if made is None or not story.chance(0.7):
        return
    service, provider = story.one(Service), story.rng.choice(invented.ORGANISATIONS)
    story.happens(PlanItem, plan=made, service=service, agreed_by=agreed, provider=provider, due_on=ahead)
    item = latest(story, PlanItem)
    if item and story.chance(0.5):
        story.later(20)
        story.happens(PlanProgress, plan_item=item, status=story.one(ItemStatus), outcome=story.one(Outcome))
        story.happens(PlanReview, plan=made, participated=YesNo.YES, result=story.one(ReviewResult, 7, 2, 1))


def stay(story: Story) -> None:
    story.happens(
        Stay,
        accommodation=story.one(Accommodation, 2, 6, 1, 3, 1, 1, 2, 1, 2, 2, 1),
        voluntary=YesNo.YES,
        rules_explained=story.one(YesNo, 9, 1),
        safe=story.one(YesNo, 9, 1),
        fit_for_child=YesNo.YES if is_child(story.case) else None,
    )
    if story.chance(0.3):
        story.happens(ServiceEvent, service=story.one(Service), quantity=story.rng.randint(1, 5))
    if story.chance(0.25):
        story.later(60)
        story.happens(StayEnd, stay=latest(story, Stay), why=story.one(WhyLeft, 4, 4, 1, 1))


def safety(story: Story) -> None:
    """A thorough assessment with its factors, a safety plan, and a second pair of eyes."""
    story.later(20)
    threats = {one: story.one(Threat, 12, 2, 3, 3, 1, 2, 2, 1, 1) for one in RiskFactor}
    story.happens(
        RiskAssessment,
        purpose=RiskPurpose.PRE_REFERRAL,
        threats=threats,
        level=story.one(RiskLevel, 4, 4, 2),
        why_otherwise=invented.remark(story.rng),
        participated=YesNo.YES,
    )
    assessed = latest(story, RiskAssessment)
    if assessed and story.chance(0.4):
        story.happens(SignOff, assessment=assessed, approved=YesNo.YES, by=story.rng.choice(COLLEAGUES))
        story.happens(SafetyPlan, agreed=YesNo.YES, signs=invented.remark(story.rng))


_WAYS = (
    (ReferralNews.SENT, ReferralNews.RECEIVED, ReferralNews.ACCEPTED, ReferralNews.IN_PROGRESS, ReferralNews.COMPLETED),
    (ReferralNews.SENT, ReferralNews.ACCEPTED, ReferralNews.COMPLETED, ReferralNews.FEEDBACK_RECEIVED),
    (ReferralNews.SENT, ReferralNews.RECEIVED, ReferralNews.DECLINED),
    (ReferralNews.SENT, ReferralNews.CHASED, ReferralNews.NO_RESPONSE_CLOSED),
    (ReferralNews.SENT, ReferralNews.CHASED),
    (ReferralNews.SENT, ReferralNews.ACCEPTED, ReferralNews.DECLINED_BY_PERSON),
    (ReferralNews.CANCELLED,),
)


def answers_to_referral(story: Story) -> None:
    """What becomes of the latest referral, if there is one."""
    made = latest(story, Referral)
    for news in story.rng.choices(_WAYS, (6, 5, 3, 2, 3, 1, 1))[0] if made else ():
        declined = story.one(DeclineReason) if news is ReferralNews.DECLINED else None
        done = news in (ReferralNews.COMPLETED, ReferralNews.FEEDBACK_RECEIVED)
        outcome = story.one(Outcome, 7, 2, 1) if done else None
        story.happens(ReferralAnswer, referral=made, news=news, decline_reason=declined, outcome=outcome)
        story.later(6)


def referral_to_us(story: Story) -> None:
    sender = story.rng.choice(invented.ORGANISATIONS)
    story.happens(
        IncomingReferral,
        sender=sender,
        services=story.some(Service, 2),
        urgency=story.one(Urgency),
        reason=story.one(ReferralReason),
        consent_seen=story.one(YesNo, 8, 2),
    )
    asked = latest(story, IncomingReferral)
    if asked:
        story.happens(IncomingAnswer, referral=asked, reply=OurAnswer.ACCEPTED, person_agreed=YesNo.YES)


def child_protection(story: Story) -> None:
    """Guardian, views, assessment; for some a doubt about age, a disappearance, a birthday coming."""
    if not is_child(story.case):
        return
    story.later(3)
    story.happens(Guardianship, status=GuardianStatus.APPOINTED, independent=YesNo.YES, child_met=YesNo.YES)
    story.happens(ChildViews, heard=story.one(Hearing, 8, 1, 1), language=story.language)
    story.happens(BestInterestsAssessment, purpose=story.one(AssessmentPurpose), heard=Hearing.ALONE)
    if story.chance(0.2):
        result = story.one(AgeResult, 6, 0, 4)
        story.happens(AgeAssessment, consented=YesNo.YES, method=story.one(AgeMethod, 4, 4, 4, 1), result=result)
    if story.chance(0.15):
        reported = {"reported_on": story.day, "reported_to": story.some(ReportedTo, 2)}
        story.happens(MissingFromCare, status=MissingStatus.MISSING, **reported)
        story.later(5)
        story.happens(MissingFromCare, status=MissingStatus.CAME_BACK, spoken_with=YesNo.YES)
    if story.chance(0.2):
        story.happens(Transition, agreed=YesNo.YES, housing=story.one(YesNo), money=story.one(YesNo))


def proceedings(story: Story) -> None:
    kind, role = story.one(ProceedingType), story.some(ProceedingRole, 2)
    status = story.one(ProceedingStatus, 3, 5, 3, 3)
    story.happens(Proceeding, type=kind, roles=role, status=status, protection=story.some(Protection, 2))
    begun = latest(story, Proceeding)
    if begun and story.chance(0.4):
        held = story.day + timedelta(days=30)
        story.happens(CourtHearing, proceeding=begun, held_on=held, person_told=YesNo.YES)


def redress(story: Story) -> None:
    """A claim, what came of it, and wages that were never paid."""
    asked = Decimal(story.rng.randrange(1000, 20000, 500))
    euro = Currency("EUR")
    story.happens(
        CompensationClaim, against=story.some(Against, 1), heads=story.some(Head, 2), amount=asked, currency=euro
    )
    claim = latest(story, CompensationClaim)
    if claim and story.chance(0.5):
        story.later(200)
        result = story.one(AwardResult, 4, 3, 3, 2)
        story.happens(CompensationAward, claim=claim, result=result, amount=asked / 2, currency=euro)
    if story.chance(0.5):
        way = story.one(WagesWay)
        story.happens(UnpaidWages, hours_a_week=story.rng.randint(40, 100), owed=asked, currency=euro, way=way)


def inclusion(story: Story) -> None:
    story.later(60)
    story.happens(
        Inclusion,
        housing=story.one(Housing),
        income=story.one(Income),
        learning=story.one(Learning),
        wellbeing=story.one(Wellbeing),
    )
    if story.chance(0.5):
        reached = story.one(YesNo, 8, 2)
        story.happens(CheckIn, occasion=story.one(FollowUpKind), reached=reached, wellbeing=story.one(Wellbeing))
