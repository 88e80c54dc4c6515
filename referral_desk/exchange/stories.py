"""Invented cases, told step by step: every step is taken on its day, and only if the pathway allows it.

A story knows no shortcut, so that no invented case breaks a safeguard: what is refused simply did not happen.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from random import Random
from typing import Any, TypeVar

from referral_desk.errors import CannotFollow, SafeguardsUnmet, WarningsUnanswered
from referral_desk.exchange import episodes, episodes_of_help, episodes_of_return, invented, rounds_of_work
from referral_desk.nrm import pathway
from referral_desk.nrm.assistance import Assistance, AssistanceEnd, EndReason
from referral_desk.nrm.case import Case, Step
from referral_desk.nrm.children import BestInterests, BestInterestsDecision, FamilyTracing
from referral_desk.nrm.consent import Consent, ConsentForm, ConsentGiver, ConsentScope, ConsentStatus
from referral_desk.nrm.identification import Control, Exploitation, Interview
from referral_desk.nrm.justice import CompensationWish, Proceedings, Remedies
from referral_desk.nrm.person import Contact, FirstContact, is_child
from referral_desk.nrm.referral import Delivery, Referral, ReferralReason, Urgency
from referral_desk.nrm.referral_news import ReferralAnswer, ReferralNews
from referral_desk.nrm.reflection import (
    EndGround,
    ExtensionReason,
    Granting,
    Interruption,
    InterruptionReason,
    NationalMechanism,
    ReflectionEnd,
    ReflectionExtension,
    ReflectionPeriod,
    RightsInformation,
    RightsTopic,
)
from referral_desk.nrm.residence import PermitGround
from referral_desk.nrm.retention import HoldStatus, LegalHold
from referral_desk.nrm.risk import RiskAssessment, RiskLevel, RiskPurpose
from referral_desk.nrm.status import Decider, IdentificationDecision, TraffickingStatus
from referral_desk.nrm.terms import Country, DataItem, Language, Service, Term, YesNo

T = TypeVar("T", bound=Term)

_LATELY, _LONG_AGO = 100, 3 * 365
"""Days; so many cases began lately that every stage is there. What is older a shelter does not keep."""

_OF_CHILDREN = frozenset({Exploitation.CHLAB, Exploitation.ADOPT, Service.CHILD, Service.GUARD, PermitGround.CHILD})
_OF_ADULTS = frozenset({Service.JOB, Service.HOUS, Service.CASH, Service.SUBST, Exploitation.SURR})
_OFTEN: dict[Term, int] = {
    Exploitation.SEX: 14,
    Exploitation.LAB: 9,
    Exploitation.BEG: 4,
    Exploitation.CRIM: 4,
    Exploitation.DOM: 4,
    Exploitation.CHLAB: 4,
    Exploitation.MARR: 3,
}
"""How often a term is met against one that is met once."""

_NOT_ON_PAPER = frozenset({DataItem.NAME, DataItem.CONTACT, DataItem.DOB})


class Story:
    """One case as it grows: `day` moves on, and what lies after `today` is not told."""

    def __init__(self, rng: Random, *, today: date, mechanism: str) -> None:
        self.rng, self.today, self.mechanism = rng, today, mechanism
        self.day = today - timedelta(days=rng.randrange(_LATELY if self.chance(0.4) else _LONG_AGO))
        self.origin = invented.origin(rng)
        contact = FirstContact(day=self.day, contact=rng.choice(list(Contact)), safe_now=rng.choice(list(YesNo)))
        contact.first_words = invented.remark(rng) if self.chance(0.3) else None
        self.case = pathway.open_case(on=self.day, first=contact)

    def happens(self, kind: type[Step], **answers: Any) -> None:
        """A step happens on this day, unless it lies ahead, comes too early or a safeguard stands in its way.

        What a rule only warns of happens with a reason.
        """
        if self.day > self.today or (kind.after and not self.case.latest(kind.after)):
            return
        step = kind(day=self.day, **answers)
        with suppress(SafeguardsUnmet, CannotFollow):
            try:
                pathway.take(self.case, step, on=self.day)
            except WarningsUnanswered as warned:
                reasons = {guard.id: invented.remark(self.rng) for guard in warned.unmet}
                pathway.take(self.case, step, on=self.day, because=reasons)

    def later(self, days: int) -> None:
        self.day += timedelta(days=self.rng.randint(1, days))

    def chance(self, probability: float) -> bool:
        return self.rng.random() < probability

    def one(self, vocabulary: type[T], *weights: int) -> T:
        """One term; weights go by the order of declaration, and what has none does not happen."""
        terms = self._fitting(vocabulary)
        return self.rng.choices(terms[: len(weights) or None], weights or None)[0]

    def some(self, vocabulary: type[T], most: int) -> frozenset[T]:
        terms = self._fitting(vocabulary)
        odds = [_OFTEN.get(term, 1) for term in terms]
        return frozenset(self.rng.sample(terms, self.rng.randint(1, most), counts=odds))

    def _fitting(self, vocabulary: type[T]) -> list[T]:
        """The terms that a practitioner would believe of somebody of this age."""
        strange = _OF_ADULTS if is_child(self.case) else _OF_CHILDREN
        return [term for term in vocabulary if term not in strange]

    @property
    def language(self) -> Language:
        return Language(self.origin.language)


def tell(rng: Random, *, today: date, mechanism: str) -> Case:
    """A whole invented case, from the first contact to as far as it came."""
    story = Story(rng, today=today, mechanism=mechanism)
    if story.chance(_ONLY_ONCE):
        rounds_of_work.close_what_rests(story)
        return story.case
    for probability, chapter in _CHAPTERS:
        if story.day > today:
            break
        if story.chance(probability):
            chapter(story)
    rounds_of_work.daily_work(story)
    return story.case


_ONLY_ONCE = 0.04
"""How often somebody comes once and not again."""


def _person(story: Story) -> None:
    step = invented.person(story.rng, story.day, story.origin, invented.age(story.rng))
    pathway.take(story.case, step, on=story.day)


def _interview(story: Story) -> None:
    story.later(4)
    story.happens(
        Interview,
        in_private=story.one(YesNo, 9, 1),
        needs=story.some(Service, 4),
        exploitation=story.some(Exploitation, 2),
        control=story.some(Control, 4),
        country_of_exploitation=Country(story.rng.choice(("SRB", "DEU", "ITA", "RUS", "TUR", story.origin.country))),
        still_in_danger=story.one(YesNo),
        account=invented.remark(story.rng),
    )


def _first_risk(story: Story) -> None:
    level = story.one(RiskLevel, 40, 35, 20, 5)
    story.happens(RiskAssessment, purpose=RiskPurpose.INITIAL_SAFETY, level=level, factors=invented.remark(story.rng))


def _decision(story: Story) -> None:
    story.later(20)
    story.happens(
        IdentificationDecision, status=story.one(TraffickingStatus, 45, 40, 5, 10), decided_by=story.one(Decider)
    )


def _reflection(story: Story) -> None:
    story.later(5)
    granted = story.one(Granting, 80, 10, 5, 5)
    story.happens(ReflectionPeriod, granted=granted, mechanism=NationalMechanism(story.mechanism))
    if granted is not Granting.GRANTED:
        return
    if story.chance(0.08):
        story.later(10)
        back = story.day + timedelta(days=story.rng.randint(3, 12))
        story.happens(Interruption, why=story.one(InterruptionReason), resumed_on=back)
    if story.chance(0.12):
        story.later(10)
        period = story.case.latest(ReflectionPeriod)
        until = ((period.ends_on if period else None) or story.day) + timedelta(days=60)
        story.happens(ReflectionExtension, until=until, why=story.one(ExtensionReason))
    if story.chance(0.1):
        story.later(20)
        story.happens(ReflectionEnd, ground=EndGround.PERSON_ENDED)


def _rights(story: Story) -> None:
    topics = frozenset(RightsTopic) if story.chance(0.7) else story.some(RightsTopic, 6)
    story.happens(RightsInformation, topics=topics, language=story.language, understood=story.one(YesNo, 12, 1))


def _help(story: Story) -> None:
    for _time in range(story.rng.randint(1, 2)):
        story.later(10)
        services = story.some(Service, 3)
        story.happens(
            Assistance, services=services, agreed=YesNo.YES, provider=story.rng.choice(invented.ORGANISATIONS)
        )
    if story.chance(0.3):
        story.later(200)
        reason = story.rng.choice((EndReason.GOALS_MET, EndReason.PERSON_STOPPED, EndReason.TRANSFERRED))
        story.happens(AssistanceEnd, services=services, reason=reason)


def _referral(story: Story) -> None:
    """Asked for consent, given or not, perhaps a referral, perhaps a change of mind."""
    story.later(10)
    recipient = story.rng.choice(invented.ORGANISATIONS)
    items = story.some(DataItem, 8) | (frozenset({DataItem.NAME}) if story.chance(0.4) else frozenset())
    status = story.one(ConsentStatus, 85, 15, 0)
    asked = {"scope": ConsentScope.SHARE_ORG, "recipient": recipient, "items": items, "language": story.language}
    giver = ConsentGiver.GUARDIAN if is_child(story.case) else ConsentGiver.PERSON
    who = {"given_by": giver, "child_assents": YesNo.YES}
    story.happens(Consent, status=status, **who, form=story.one(ConsentForm), **asked)
    story.later(3)
    story.happens(
        Referral,
        recipient=recipient,
        services=story.some(Service, 2),
        urgency=story.one(Urgency, 1, 3, 6),
        reason=story.one(ReferralReason),
        delivery=story.one(Delivery),
        shares=items - _NOT_ON_PAPER,
    )
    if status is ConsentStatus.GIVEN and story.chance(0.1):
        story.later(60)
        story.happens(Consent, status=ConsentStatus.WITHDRAWN, given_by=giver, **asked)
        _take_back(story)


def _take_back(story: Story) -> None:
    """One that nobody has begun is cancelled, any other revoked: what cannot follow does not happen."""
    made = episodes.latest(story, Referral)
    for news in (ReferralNews.CANCELLED, ReferralNews.REVOKED) if made else ():
        story.happens(ReferralAnswer, referral=made, news=news)


def _best_interests(story: Story) -> None:
    if not is_child(story.case):
        return
    story.later(30)
    story.happens(
        BestInterests,
        decision=story.one(BestInterestsDecision, 40, 35, 5, 10, 10),
        child_heard=YesNo.YES,
        guardian_consents=story.one(YesNo, 8, 2),
        care_arranged=story.one(YesNo, 8, 2),
        family_contact=story.one(YesNo),
        views=invented.remark(story.rng),
    )
    if story.chance(0.4):
        story.later(10)
        story.happens(FamilyTracing, wished=YesNo.YES, found=invented.remark(story.rng))


def _remedies(story: Story) -> None:
    story.later(10)
    wish = story.one(CompensationWish)
    story.happens(Remedies, legal_advice=story.one(YesNo, 9, 1), proceedings=story.one(Proceedings), compensation=wish)
    if story.chance(0.15):
        story.happens(LegalHold, status=HoldStatus.IN_FORCE, reason=invented.remark(story.rng))
        story.later(60)
        if story.chance(0.5):
            story.happens(LegalHold, status=HoldStatus.LIFTED, reason=invented.remark(story.rng))


def _periodic_risk(story: Story) -> None:
    story.later(90)
    level = story.one(RiskLevel, 55, 30, 12, 3)
    story.happens(RiskAssessment, purpose=RiskPurpose.PERIODIC, level=level, participated=YesNo.YES)


_CHAPTERS: tuple[tuple[float, Callable[[Story], None]], ...] = (
    (0.30, episodes.safety_check),
    (0.10, episodes_of_help.referral_to_us),
    (0.96, _person),
    (0.45, episodes.keeping_of_data),
    (0.20, episodes.office),
    (0.92, _interview),
    (0.30, episodes.experience),
    (0.08, episodes.experience),
    (0.25, episodes.circumstances),
    (0.12, episodes.indicators),
    (0.85, _first_risk),
    (0.15, episodes.submission),
    (0.60, episodes_of_help.child_protection),
    (0.70, _decision),
    (0.80, episodes.appeal),
    (0.60, _reflection),
    (0.75, _rights),
    (0.15, episodes.decisions),
    (0.22, episodes_of_help.plan),
    (0.25, episodes_of_help.stay),
    (0.85, _help),
    (0.15, episodes_of_help.safety),
    (0.60, _referral),
    (0.55, episodes_of_help.answers_to_referral),
    (0.25, _referral),
    (0.60, _best_interests),
    (0.10, episodes.permit),
    (0.55, _remedies),
    (0.15, episodes_of_help.proceedings),
    (0.10, episodes_of_help.redress),
    (0.40, _periodic_risk),
    (0.07, episodes.rarities),
    (0.18, episodes_of_help.inclusion),
    (0.35, episodes_of_return.going_back),
    (0.18, episodes.ending),
)
"""How often each chapter is told, in the order of a life; many stories are short because today comes first."""
