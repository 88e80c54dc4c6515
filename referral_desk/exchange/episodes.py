"""What happens beside the main way of an invented case: short episodes, each a few steps on a few days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from referral_desk.exchange import invented
from referral_desk.nrm.case import Step, random_code
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
from referral_desk.nrm.circumstances import (
    Children,
    Circumstances,
    Difficulty,
    Employment,
    Holder,
    HowDifficult,
    IdentityDocument,
    Marital,
    Paper,
    RelatedPerson,
    Relation,
    Residence,
    Schooling,
    Vulnerability,
)
from referral_desk.nrm.closing import CaseStatus, Closure, ClosureReason, Reopening, ReopeningReason, Standing
from referral_desk.nrm.consent import Consent, ConsentGiver, ConsentScope, ConsentStatus, Told
from referral_desk.nrm.data_rights import (
    AccessAnswer,
    AccessAnswered,
    AccessKind,
    AccessRequest,
    Breach,
    BreachKind,
)
from referral_desk.nrm.experience import (
    Act,
    Duration,
    Exit,
    Exploiter,
    ExploiterRole,
    Means,
    RecruiterRelation,
    Recruitment,
    Sector,
    TraffickingExperience,
    WorkedFor,
)
from referral_desk.nrm.identification import Control, Exploitation, SafetyCheck
from referral_desk.nrm.inclusion import CheckIn, FollowUpKind, Housing, Inclusion, Income, Learning, Wellbeing
from referral_desk.nrm.indicators import (
    CoercionThere,
    CoerciveRecruitment,
    Conditions,
    DeceptiveRecruitment,
    IndicatorAnswers,
    Profile,
    Seen,
    VulnerabilityThere,
    VulnerableRecruitment,
)
from referral_desk.nrm.justice import (
    CourtHearing,
    Proceeding,
    ProceedingRole,
    ProceedingStatus,
    ProceedingType,
    Protection,
    Speaking,
    SpeakingTo,
)
from referral_desk.nrm.keeping import (
    Assignment,
    Conference,
    Contacted,
    Direction,
    Link,
    LinkedCase,
    LinkStatus,
    Task,
    TaskDone,
    TaskResult,
)
from referral_desk.nrm.person import AgeBand, is_child
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
from referral_desk.nrm.residence import (
    Decided,
    DecisionTopic,
    Permit,
    PermitGround,
    PermitStatus,
    PermitType,
    PersonDecision,
)
from referral_desk.nrm.risk import RiskAssessment, RiskFactor, RiskLevel, RiskPurpose, SafetyPlan, SignOff, Threat
from referral_desk.nrm.status import (
    Appeal,
    AppealResult,
    DutyGround,
    FormalSubmission,
    IdentificationDecision,
    Notification,
    Notifying,
    Submitting,
    TraffickingStatus,
    WhyNot,
)
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
from referral_desk.nrm.terms import ContactWay, Country, Currency, DataItem, Hearing, NeedDomain, Service, YesNo

if TYPE_CHECKING:
    from referral_desk.exchange.stories import Story

Episode = Callable[["Story"], None]

COLLEAGUES = ("Ana", "Mira", "Jovan", "Selma")


def _latest(story: Story, kind: type[Step]) -> UUID | None:
    found = story.case.latest(kind)
    return found.id if found else None


def _agreed(story: Story) -> AgreedBy:
    return AgreedBy.GUARDIAN if is_child(story.case) else AgreedBy.PERSON


def safety_check(story: Story) -> None:
    story.happens(
        SafetyCheck,
        in_danger=story.one(YesNo, 3, 7),
        can_speak=story.one(YesNo, 8, 2),
        medical_emergency=story.one(YesNo, 1, 9),
        place_safe=story.one(YesNo, 7, 3),
        done=invented.remark(story.rng),
    )


def keeping_of_data(story: Story) -> None:
    giver = ConsentGiver.GUARDIAN if is_child(story.case) else ConsentGiver.PERSON
    status = story.one(ConsentStatus, 94, 3)
    told = {"given_by": giver, "capable": YesNo.YES, "language": story.language, "told": frozenset(Told)}
    story.happens(Consent, status=status, scope=ConsentScope.STORE, **told)
    if story.chance(0.4):
        story.happens(Consent, status=story.one(ConsentStatus, 9, 1), scope=ConsentScope.STATS, **told)


def circumstances(story: Story) -> None:
    story.happens(
        Circumstances,
        residence=story.one(Residence),
        country_of_residence=Country(story.origin.country),
        marital=story.one(Marital),
        children=story.one(Children, 5, 2, 2, 1),
        schooling=story.one(Schooling, 1, 1, 4, 6, 6, 1, 1, 1),
        employment=story.one(Employment),
        difficulties={one: story.one(HowDifficult, 7, 2, 1) for one in Difficulty},
        disability=story.one(YesNo, 1, 9),
        own=story.some(Vulnerability, 3),
    )
    if story.chance(0.3):
        story.happens(IdentityDocument, paper=story.one(Paper), holder=story.one(Holder, 4, 3, 1, 2, 1))
    if story.chance(0.3):
        story.happens(
            RelatedPerson, relation=story.one(Relation), in_danger=story.one(YesNo), note=invented.remark(story.rng)
        )


def experience(story: Story) -> None:
    forms = story.some(Exploitation, 2)
    story.happens(
        TraffickingExperience,
        exploitation=forms,
        sector=story.one(Sector),
        acts=story.some(Act, 3),
        means=story.some(Means, 2),
        control=story.some(Control, 3),
        recruitment=story.some(Recruitment, 2),
        recruiter=story.some(RecruiterRelation, 1),
        countries=frozenset({Country(story.rng.choice(("SRB", "DEU", "ITA", "TUR", story.origin.country)))}),
        internal=story.one(YesNo, 3, 7),
        duration=story.one(Duration, 6, 3, 2),
        age_at_entry=story.one(AgeBand),
        exploiters=story.one(WorkedFor),
        how_left=story.one(Exit),
        account=invented.remark(story.rng),
    )
    if story.chance(0.15):
        story.happens(
            Exploiter,
            wished=YesNo.YES,
            name=invented.remark(story.rng).partition(" ")[0],
            roles=story.some(ExploiterRole, 2),
        )


def indicators(story: Story) -> None:
    dimensions = {
        "deceptive": DeceptiveRecruitment,
        "coercive": CoerciveRecruitment,
        "vulnerable": VulnerableRecruitment,
        "conditions": Conditions,
        "coercion_there": CoercionThere,
        "vulnerability_there": VulnerabilityThere,
    }
    seen = {name: {one: story.one(Seen, 3, 5, 2) for one in codes} for name, codes in dimensions.items()}
    profile = Profile.CHILD if is_child(story.case) else Profile.ADULT
    story.happens(IndicatorAnswers, profile=profile, **seen)


def submission(story: Story) -> None:
    outcome = Submitting.CHILD if is_child(story.case) else story.one(Submitting, 7, 0, 3)
    authority = None if outcome is Submitting.REFUSED else "Centre for Protection"
    why_not = story.some(WhyNot, 2) if outcome is Submitting.REFUSED else None
    story.happens(FormalSubmission, outcome=outcome, authority=authority, why_not=why_not, views=YesNo.YES)
    if story.chance(0.3):
        made = story.one(Notifying, 5, 3, 1)
        whom = None if made is Notifying.NOT_NEEDED else "Child protection office"
        story.happens(Notification, ground=story.one(DutyGround, 3, 1, 2, 4), outcome=made, to_whom=whom)


def appeal(story: Story) -> None:
    """Against the latest decision, where it was refused."""
    decided = story.case.latest(IdentificationDecision)
    if decided and decided.status is TraffickingStatus.NOT_CONFIRMED:
        story.later(15)
        story.happens(Appeal, decision=decided.id, result=AppealResult.PENDING)
        story.later(60)
        story.happens(Appeal, decision=decided.id, result=story.one(AppealResult, 0, 4, 5, 1))


def permit(story: Story) -> None:
    kind, ground = story.one(PermitType), story.one(PermitGround)
    story.happens(Permit, permit=kind, status=PermitStatus.APPLIED, ground=ground)
    story.later(60)
    until = story.day + timedelta(days=180)
    status = story.one(PermitStatus, 0, 7, 2)
    story.happens(
        Permit,
        permit=kind,
        status=status,
        ground=ground,
        valid_until=until if status is PermitStatus.GRANTED else None,
    )


def decisions(story: Story) -> None:
    story.happens(
        PersonDecision, topic=story.one(DecisionTopic), decision=story.one(Decided), with_lawyer=story.one(YesNo)
    )
    if story.chance(0.15):
        story.happens(Speaking, decision=story.one(SpeakingTo))


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
    needs, ahead = _latest(story, NeedsAssessment), story.day + timedelta(days=30)
    types, agreed = story.some(PlanType, 3), _agreed(story)
    story.happens(SupportPlan, types=types, agreed_by=agreed, needs=needs, next_review=ahead)
    made = _latest(story, SupportPlan)
    if made is None or not story.chance(0.7):
        return
    service, provider = story.one(Service), story.rng.choice(invented.ORGANISATIONS)
    story.happens(PlanItem, plan=made, service=service, agreed_by=agreed, provider=provider, due_on=ahead)
    item = _latest(story, PlanItem)
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
        story.happens(StayEnd, stay=_latest(story, Stay), why=story.one(WhyLeft, 4, 4, 1, 1))


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
    assessed = _latest(story, RiskAssessment)
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
    made = _latest(story, Referral)
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
    asked = _latest(story, IncomingReferral)
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
    begun = _latest(story, Proceeding)
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
    claim = _latest(story, CompensationClaim)
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


def office(story: Story) -> None:
    """Who leads the case, a call, a task, now and then a conference."""
    story.happens(Assignment, owner=story.rng.choice(COLLEAGUES))
    how = story.one(ContactWay)
    story.happens(
        Contacted, direction=story.one(Direction), how=how, reached=YesNo.YES, note=invented.remark(story.rng)
    )
    if story.chance(0.5):
        due = story.day + timedelta(days=7)
        story.happens(Task, what="Ask the clinic for a date", who=story.rng.choice(COLLEAGUES), due_on=due)
        task = _latest(story, Task)
        story.later(5)
        if task and story.chance(0.6):
            story.happens(TaskDone, task=task, result=TaskResult.DONE)
    if story.chance(0.25):
        story.happens(Conference, person_agreed=YesNo.YES, without_name=story.one(YesNo, 7, 3))


def rarities(story: Story) -> None:
    """What a shelter sees a few times a year."""
    if story.chance(0.4):
        story.happens(LinkedCase, case_code=random_code(), link=story.one(Link), status=LinkStatus.LINKED)
    if story.chance(0.4):
        story.happens(AccessRequest, about=story.one(AccessKind, 6, 2), identity_verified=YesNo.YES)
        request = _latest(story, AccessRequest)
        story.later(20)
        if request:
            story.happens(AccessAnswer, request=request, reply=AccessAnswered.ANSWERED, others_left_out=YesNo.YES)
    if story.chance(0.2):
        story.happens(Breach, what=story.one(BreachKind), items=story.some(DataItem, 2), encrypted=story.one(YesNo))
    if story.chance(0.3):
        story.happens(Standing, status=CaseStatus.ON_HOLD)


def ending(story: Story) -> None:
    """A last look at safety and the end of the work; some come back."""
    story.later(60)
    level = story.one(RiskLevel, 7, 3)
    approved = {"approved": YesNo.YES, "approved_by": story.rng.choice(COLLEAGUES)}
    story.happens(RiskAssessment, purpose=RiskPurpose.CLOSURE, level=level, participated=YesNo.YES, **approved)
    reason = story.one(ClosureReason, 6, 3, 3, 2)
    safe = {"contacts_given": YesNo.YES, "may_come_back": YesNo.YES, "feedback_offered": YesNo.YES}
    story.happens(
        Closure, reason=reason, risk=_latest(story, RiskAssessment), person_agrees=YesNo.YES, **safe, **approved
    )
    if story.case.latest(Closure) and story.chance(0.2):
        story.later(200)
        story.happens(Reopening, reason=story.one(ReopeningReason, 5, 2, 3), safe_now=story.one(YesNo))
