"""Children: best interests first, and the family is not safe by being the family (CRC, art. 3; CETS 197, art. 10)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Mapped

from referral_desk.nrm.case import Case, Step
from referral_desk.nrm.fields import COLLEAGUES, ORGANISATIONS, Reach, earlier_step, field, yes_no
from referral_desk.nrm.terms import DataItem, Hearing, Language, Term, Track, YesNo
from referral_desk.words import N_


class BestInterestsDecision(Term):
    """CL-BIDDEC."""

    RETURN = "RETURN_IN_BI", N_("Return is in the child's best interests")
    STAY = "STAY_IN_BI", N_("Staying is in the child's best interests")
    THIRD = "THIRD_SOLUTION", N_("A third solution is in the child's best interests")
    DEFERRED = "DEFERRED", N_("Deferred")
    TEMPORARY = "TEMPORARY", N_("A temporary solution")


class GuardianStatus(Term):
    REQUESTED = "REQUESTED", N_("Asked for")
    APPOINTED = "APPOINTED", N_("Appointed")
    CHANGED = "CHANGED", N_("Somebody else is appointed")
    ENDED = "ENDED", N_("Ended")


class GuardianScope(Term):
    ALL = "ALL", N_("For everything")
    PROCEEDINGS = "PROCEEDINGS", N_("For the proceedings")
    PROPERTY = "PROPERTY", N_("For property")
    TEMPORARY = "TEMPORARY", N_("For the time being")


class ViewsTopic(Term):
    PLACE = "PLACE", N_("Where to live")
    FAMILY = "FAMILY", N_("Family")
    SCHOOL = "SCHOOL", N_("School")
    RETURN = "RETURN", N_("Return")
    SHARING = "SHARING", N_("What may be told to others")
    PROCEEDINGS = "PROCEEDINGS", N_("Proceedings")
    PLAN = "PLAN", N_("The plan")
    OTH = "OTH", N_("Something else")


class AssessmentPurpose(Term):
    """For what a best-interests assessment is made."""

    AT_RISK = "CHILD_AT_RISK", N_("A child is in danger")
    CARE = "ALTERNATIVE_CARE", N_("Care outside the family")
    FAMILY = "FAMILY", N_("Family")
    RESETTLEMENT = "RESETTLEMENT", N_("Resettlement in a third country")
    REPATRIATION = "VOLUNTARY_REPATRIATION", N_("Voluntary return")
    OTH = "OTH", N_("Another purpose")


class ReportedTo(Term):
    POLICE = "POLICE", N_("Police")
    CHILD_PROTECTION = "CHILD_PROTECTION", N_("Child protection authority")
    GUARDIAN = "GUARDIAN", N_("The guardian")
    HOTLINE = "HOTLINE", N_("Line for missing children (116 000)")


class Guardianship(
    Step,
    kind="guardian",
    label=N_("Guardian"),
    track=Track.CHILDREN,
    when=N_("When was the guardian appointed, or asked for?"),
    item=DataItem.CHILDREN,
):
    """Who decides with the child; never somebody who may have taken part."""

    status: Mapped[GuardianStatus] = field(
        N_("Where does it stand?"), one=GuardianStatus, reach=Reach.STATISTICS, required=True
    )
    guardian: Mapped[str | None] = field(N_("Name and contact of the guardian"), reach=Reach.SEALED, trusted=True)
    organisation: Mapped[str | None] = field(N_("Which organisation?"), offers=ORGANISATIONS)
    scope: Mapped[GuardianScope | None] = field(N_("For what?"), one=GuardianScope)
    independent: Mapped[YesNo | None] = yes_no(N_("Is the guardian independent of the parents?"))
    child_met: Mapped[YesNo | None] = yes_no(N_("Has the guardian met the child?"))
    why_ended: Mapped[str | None] = field(
        N_("Why did it end?"),
        reach=Reach.SEALED,
        long=True,
        asked_when=lambda given: given.get("status") is GuardianStatus.ENDED,
    )


class AgeMethod(Term):
    """How an age in doubt is looked into; by medicine only where nothing else is left."""

    DOCS = "DOCS", N_("Documents")
    PSYCHOSOCIAL = "PSYCHOSOCIAL", N_("Conversation with a specialist")
    MULTIDISCIPLINARY = "MULTIDISCIPLINARY", N_("Several professions together")
    MEDICAL = "MEDICAL_LAST_RESORT", N_("Medical, as the last resort")


class AgeResult(Term):
    CHILD = "CHILD", N_("A child")
    ADULT = "ADULT", N_("An adult")
    IN_DOUBT = "IN_DOUBT", N_("Still in doubt: treated as a child")


class AgeAssessment(
    Step,
    kind="age_assessment",
    label=N_("Age assessment"),
    track=Track.CHILDREN,
    when=N_("When was it made?"),
    item=DataItem.AGE_BAND,
):
    """Only where there is doubt and only with consent; until then, and after it in doubt, a child."""

    consented: Mapped[YesNo] = yes_no(N_("Did the person, and the guardian, agree to it?"), required=True)
    method: Mapped[AgeMethod] = field(N_("By which means?"), one=AgeMethod, reach=Reach.STATISTICS, required=True)
    result: Mapped[AgeResult] = field(N_("Result"), one=AgeResult, reach=Reach.STATISTICS, required=True)
    youngest: Mapped[int | None] = field(N_("Youngest age that is possible, in years"), kind=int)
    oldest: Mapped[int | None] = field(N_("Oldest age that is possible, in years"), kind=int)
    appeal_told: Mapped[YesNo | None] = yes_no(N_("Was it said how to appeal?"))
    why: Mapped[str | None] = field(N_("Why was there doubt?"), reach=Reach.SEALED, long=True)


class ChildViews(
    Step,
    kind="child_views",
    label=N_("The child's views"),
    track=Track.CHILDREN,
    when=N_("When was the child heard?"),
    item=DataItem.CHILDREN,
):
    """What the child says and wishes; heard alone, in words the child understands."""

    heard: Mapped[Hearing] = field(N_("Was the child heard?"), one=Hearing, reach=Reach.STATISTICS, required=True)
    topics: Mapped[frozenset[ViewsTopic] | None] = field(N_("On what?"), many=ViewsTopic)
    by: Mapped[str | None] = field(N_("Who asked?"), offers=COLLEAGUES)
    language: Mapped[Language | None] = field(N_("In which language?"), one=Language)
    said: Mapped[str | None] = field(N_("What the child said"), reach=Reach.SEALED, long=True)


class BestInterestsAssessment(
    Step,
    kind="best_interests_assessment",
    label=N_("Best-interests assessment"),
    track=Track.CHILDREN,
    when=N_("When was it made?"),
    item=DataItem.CHILDREN,
):
    """What a child needs now, by those who work with the child; it may lead to a determination."""

    purpose: Mapped[AssessmentPurpose] = field(N_("For what purpose?"), one=AssessmentPurpose, required=True)
    heard: Mapped[Hearing | None] = field(N_("Was the child heard?"), one=Hearing)
    guardian_heard: Mapped[YesNo | None] = yes_no(N_("Was the guardian heard?"))
    parents_heard: Mapped[YesNo | None] = yes_no(
        N_("Were the parents heard?"), hint=N_("Not where they may have taken part.")
    )
    determination: Mapped[YesNo | None] = yes_no(N_("Is a determination needed?"), reach=Reach.STATISTICS)
    next_review: Mapped[date | None] = field(N_("When is it looked at again?"), kind=date, not_before="day")
    found: Mapped[str | None] = field(N_("What was found"), reach=Reach.SEALED, long=True)


class BestInterestsTrigger(Term):
    """CL-BID."""

    DURABLE_SOLUTION = "DURABLE_SOLUTION", N_("A lasting solution")
    RETURN = "RETURN", N_("Return")
    REUNIFICATION = "FAMILY_REUNIFICATION_COMPLEX", N_("Going to the family, where it is not simple")
    TEMPORARY_CARE = "TEMPORARY_CARE_EXCEPTIONAL", N_("Temporary care in exceptional cases")
    SEPARATION = "SEPARATION_FROM_PARENTS", N_("Separation from the parents")
    DISPUTE = "PLACEMENT_DISPUTE", N_("No agreement on where the child lives")


class BestInterestsElement(Term):
    """CL-BIDEL (CRC, general comment 14)."""

    VIEWS = "VIEWS", N_("Views of the child")
    SAFETY = "SAFETY", N_("Safety")
    FAMILY = "FAMILY", N_("Family and close relationships")
    CARE = "CARE", N_("Care")
    DEVELOPMENT = "DEV", N_("Development and identity")
    VULNERABILITY = "VULN", N_("Vulnerability")
    CONTINUITY = "CONT", N_("Continuity and stability")


class Weight(Term):
    """What an element speaks for."""

    RETURN = "RETURN", N_("For return")
    STAY = "STAY", N_("For staying")
    BOTH = "BOTH", N_("For neither")
    UNKNOWN = "UNK", N_("not known")


class Profession(Term):
    CHILD_PROTECTION = "CHILD_PROTECTION", N_("Child protection")
    PSYCHOLOGIST = "PSYCHOLOGIST", N_("Psychology")
    HEALTH = "HEALTH", N_("Health care")
    LAW = "LAW", N_("Law")
    EDUCATION = "EDUCATION", N_("Education")
    GUARDIAN = "GUARDIAN", N_("Guardianship")
    NGO = "NGO", N_("Organisation that helps victims")
    OTH = "OTH", N_("Another profession")


class BestInterests(
    Step,
    kind="best_interests",
    label=N_("Best-interests determination"),
    track=Track.CHILDREN,
    when=N_("When was it decided?"),
):
    """What a panel of several professions decided for one child."""

    decision: Mapped[BestInterestsDecision] = field(
        N_("Decision"), one=BestInterestsDecision, reach=Reach.STATISTICS, required=True
    )
    trigger: Mapped[BestInterestsTrigger | None] = field(
        N_("Why is it made?"), one=BestInterestsTrigger, reach=Reach.STATISTICS
    )
    opened_on: Mapped[date | None] = field(N_("When was it opened?"), kind=date, not_after="day")
    child_heard: Mapped[YesNo | None] = yes_no(N_("Was the child heard, alone?"))
    guardian_heard: Mapped[YesNo | None] = yes_no(N_("Was the guardian heard?"))
    panel_size: Mapped[int | None] = field(
        N_("How many sat on the panel?"), kind=int, hint=N_("At least three, of several professions")
    )
    professions: Mapped[frozenset[Profession] | None] = field(N_("Of which professions?"), many=Profession)
    elements: Mapped[dict[BestInterestsElement, Weight] | None] = field(
        N_("What do the elements speak for?"), many=BestInterestsElement, graded=Weight
    )
    security_assessment: Mapped[UUID | None] = earlier_step(N_("On which risk assessment does it rest?"), "risk")
    guardian_consents: Mapped[YesNo | None] = yes_no(N_("Does the guardian consent?"))
    care_arranged: Mapped[YesNo | None] = yes_no(N_("Is care arranged where the child would go?"))
    family_contact: Mapped[YesNo | None] = yes_no(
        N_("Is contact with the family in the child's best interests?"),
        hint=N_("The family may be those who exploited the child."),
    )
    review_on: Mapped[date | None] = field(N_("When is it looked at again?"), kind=date, not_before="day")
    reopened: Mapped[YesNo | None] = yes_no(N_("Does it reopen an earlier one?"))
    panel: Mapped[str | None] = field(N_("Who sat on the panel?"), reach=Reach.SEALED, long=True)
    views: Mapped[str | None] = field(N_("What the child said"), reach=Reach.SEALED, long=True)
    parents_views: Mapped[str | None] = field(N_("What parents or guardian said"), reach=Reach.SEALED, long=True)
    options: Mapped[str | None] = field(
        N_("Ways considered, what speaks for and against each"), reach=Reach.SEALED, long=True
    )
    reasons: Mapped[str | None] = field(N_("Weighing and recommendation"), reach=Reach.SEALED, long=True)


class TracingStatus(Term):
    OPEN = "OPEN", N_("Asked for")
    IN_PROGRESS = "IN_PROGRESS", N_("In progress")
    VERIFIED = "VERIFIED", N_("Family found and verified")
    REUNIFIED = "REUNIFIED", N_("Together again")
    CLOSED = "CLOSED", N_("Closed")


class FamilyTracing(
    Step,
    kind="family_tracing",
    label=N_("Family tracing or contact"),
    track=Track.CHILDREN,
    when=N_("When was it begun?"),
):
    """The family is looked for or spoken to."""

    wished: Mapped[YesNo | None] = yes_no(N_("Does the person wish it?"))
    status: Mapped[TracingStatus | None] = field(N_("Where does it stand?"), one=TracingStatus)
    through: Mapped[str | None] = field(N_("Through which organisation?"), offers=ORGANISATIONS)
    found: Mapped[str | None] = field(N_("What was learned"), reach=Reach.SEALED, long=True)


class MissingStatus(Term):
    MISSING = "MISSING", N_("Missing")
    FOUND = "FOUND", N_("Found")
    CAME_BACK = "CAME_BACK", N_("Came back")


class MissingFromCare(
    Step,
    kind="missing",
    label=N_("Missing from care"),
    track=Track.CHILDREN,
    when=N_("Since when, or when found?"),
    item=DataItem.CHILDREN,
):
    """A child, or anybody in danger, is gone: told at once, looked for, and spoken with after coming back."""

    status: Mapped[MissingStatus] = field(
        N_("What happened?"), one=MissingStatus, reach=Reach.STATISTICS, required=True
    )
    reported_on: Mapped[date | None] = field(N_("When was it reported?"), kind=date, past=True)
    reported_to: Mapped[frozenset[ReportedTo] | None] = field(N_("To whom was it reported?"), many=ReportedTo)
    suspected: Mapped[YesNo | None] = yes_no(N_("Is it feared that those who exploit have a hand in it?"))
    spoken_with: Mapped[YesNo | None] = yes_no(
        N_("Was the child spoken with, alone, afterwards?"),
        asked_when=lambda given: given.get("status") in (MissingStatus.FOUND, MissingStatus.CAME_BACK),
    )
    note: Mapped[str | None] = field(N_("More on this"), reach=Reach.SEALED, long=True)


class Transition(
    Step,
    kind="turning_18",
    label=N_("Plan for turning 18"),
    track=Track.CHILDREN,
    when=N_("When was it made?"),
    item=DataItem.CHILDREN,
):
    """Half a year ahead: nothing ends on a birthday."""

    turns_18_on: Mapped[date | None] = field(N_("When does the person turn 18?"), kind=date, reach=Reach.SEALED)
    agreed: Mapped[YesNo | None] = yes_no(N_("Was it made with the person?"))
    housing: Mapped[YesNo | None] = yes_no(N_("Is it settled where to live?"))
    stay: Mapped[YesNo | None] = yes_no(N_("Is it settled on what the stay rests?"))
    education: Mapped[YesNo | None] = yes_no(N_("Is school or work settled?"))
    money: Mapped[YesNo | None] = yes_no(N_("Is it settled what to live on?"))
    who_supports: Mapped[str | None] = field(N_("Which organisation goes on?"), offers=ORGANISATIONS)
    plan: Mapped[str | None] = field(N_("What is done"), reach=Reach.SEALED, long=True)


def family_contact_is_wanted_for(case: Case) -> bool:
    """Whether the latest determination says that family contact is in the child's best interests."""
    latest = case.latest(BestInterests)
    return latest is not None and latest.family_contact is YesNo.YES
