"""Going back in an invented case: counselled, decided, assessed, departed, and asked after for a year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from referral_desk.exchange import episodes, invented
from referral_desk.nrm.consent import Consent, ConsentGiver, ConsentScope, ConsentStatus
from referral_desk.nrm.person import is_child
from referral_desk.nrm.risk import RiskAssessment, RiskLevel, RiskPurpose
from referral_desk.nrm.safe_return import (
    Initiator,
    Monitored,
    Monitoring,
    Return,
    ReturnCounselling,
    ReturnDecision,
    ReturnNews,
    ReturnPlan,
    ReturnProgress,
    ReturnType,
    ReturnWish,
)
from referral_desk.nrm.terms import Country, DataItem, YesNo

if TYPE_CHECKING:
    from referral_desk.exchange.stories import Story


def going_back(story: Story) -> None:
    """Counselling, decision, assessment, and the return where nothing stands in its way."""
    story.later(100)
    counselled = story.day
    if story.chance(0.5):
        story.happens(ReturnCounselling, language=story.language, alternatives=YesNo.YES, may_change=YesNo.YES)
    story.later(10)
    wish = story.one(ReturnWish, 7, 2, 1)
    story.happens(ReturnDecision, wish=wish, in_writing=story.one(YesNo, 9, 1), counselled_on=counselled)
    story.later(5)
    story.happens(
        RiskAssessment,
        purpose=RiskPurpose.PRE_RETURN,
        level=story.one(RiskLevel, 60, 30, 8, 2),
        danger_to_life=story.one(YesNo, 1, 12),
        danger_of_torture=story.one(YesNo, 1, 20),
        danger_of_retrafficking=story.one(RiskLevel),
        approved=story.one(YesNo, 9, 1),
        approved_by=story.rng.choice(episodes.COLLEAGUES),
    )
    story.later(20)
    if wish is ReturnWish.YES:
        home = Country(story.origin.country)
        arrival = {"receiving": story.rng.choice(invented.ORGANISATIONS), "monitoring": YesNo.YES}
        told = {"recipient": arrival["receiving"], "items": frozenset({DataItem.NEEDS}), "language": story.language}
        giver = ConsentGiver.GUARDIAN if is_child(story.case) else ConsentGiver.PERSON
        story.happens(Consent, status=ConsentStatus.GIVEN, scope=ConsentScope.ORIGIN, given_by=giver, **told)
        story.happens(ReturnPlan, initiator=story.one(Initiator, 8, 2), destination=home, **arrival)
        story.happens(Return, manner=ReturnType.ASSISTED, destination=home, escort=story.one(YesNo))
        _after_return(story)


def _after_return(story: Story) -> None:
    """Departed, handed over, and asked after for a year; some fall silent."""
    gone = story.case.latest(Return)
    if gone is None:
        return
    for news in (ReturnNews.DEPARTED, ReturnNews.HANDED_OVER):
        story.happens(ReturnProgress, news=news, departure=gone.id)
    for days in (7, 23, 60, 90):
        story.later(days)
        story.happens(Monitoring, departure=gone.id, result=story.one(Monitored, 6, 4, 1, 1, 3))
