"""What happens beside the main way of an invented case: short episodes, each a few steps on a few days."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from referral_desk.exchange import invented
from referral_desk.nrm.case import Step, random_code
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
from referral_desk.nrm.closing import (
    HANDED_OVER,
    CaseStatus,
    Closure,
    ClosureReason,
    Reopening,
    ReopeningReason,
    Standing,
)
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
    Means,
    RecruiterRelation,
    Recruitment,
    Sector,
    TraffickingExperience,
    WorkedFor,
)
from referral_desk.nrm.exploiter import Exploiter, ExploiterRole
from referral_desk.nrm.identification import Control, Exploitation, SafetyCheck
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
from referral_desk.nrm.never_tell import NeverTell, NeverTellReason, NeverTellSort, NeverTellStatus
from referral_desk.nrm.person import AgeBand, is_child
from referral_desk.nrm.residence import (
    Decided,
    DecisionTopic,
    Permit,
    PermitGround,
    PermitStatus,
    PermitType,
    PersonDecision,
)
from referral_desk.nrm.risk import RiskAssessment, RiskLevel, RiskPurpose
from referral_desk.nrm.safe_return import Return
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
from referral_desk.nrm.terms import ContactWay, Country, DataItem, YesNo

if TYPE_CHECKING:
    from referral_desk.exchange.stories import Story

COLLEAGUES = ("Ana", "Mira", "Jovan", "Selma")


def latest(story: Story, kind: type[Step]) -> UUID | None:
    found = story.case.latest(kind)
    return found.id if found else None


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
        task = latest(story, Task)
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
        request = latest(story, AccessRequest)
        story.later(20)
        if request:
            story.happens(AccessAnswer, request=request, reply=AccessAnswered.ANSWERED, others_left_out=YesNo.YES)
    if story.chance(0.2):
        lost = {"what": story.one(BreachKind), "items": story.some(DataItem, 2), "encrypted": story.one(YesNo)}
        story.happens(Breach, authority_told_on=story.day, **lost)
    if story.chance(0.3):
        story.happens(Standing, status=CaseStatus.ON_HOLD)
    if story.chance(0.3):
        somebody = {"sort": NeverTellSort.PERSON, "reason": NeverTellReason.FEAR, "status": NeverTellStatus.IN_FORCE}
        story.happens(NeverTell, name=invented.remark(story.rng).partition(" ")[0], **somebody)


def ending(story: Story) -> None:
    """A last look at safety and the end of the work; some come back."""
    story.later(60)
    level = story.one(RiskLevel, 7, 3)
    approved = {"approved": YesNo.YES, "approved_by": story.rng.choice(COLLEAGUES)}
    story.happens(RiskAssessment, purpose=RiskPurpose.CLOSURE, level=level, participated=YesNo.YES, **approved)
    returned = story.case.latest(Return) is not None
    reason = ClosureReason.RETURNED if returned else story.one(ClosureReason, 6, 3, 3, 0, 2, 1)
    goes_on = story.rng.choice(invented.ORGANISATIONS) if reason in HANDED_OVER else None
    safe = {"contacts_given": YesNo.YES, "may_come_back": YesNo.YES, "feedback_offered": YesNo.YES}
    story.happens(
        Closure,
        reason=reason,
        taken_over_by=goes_on,
        risk=latest(story, RiskAssessment),
        person_agrees=None if reason is ClosureReason.LOST_CONTACT else YesNo.YES,
        note=invented.remark(story.rng),
        **safe,
        **approved,
    )
    if story.case.latest(Closure) and story.chance(0.2):
        story.later(200)
        story.happens(Reopening, reason=story.one(ReopeningReason, 5, 2, 3), safe_now=story.one(YesNo))
