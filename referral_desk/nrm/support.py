"""What the person needs, and the plan that she or he agreed to (CETS 197, art. 12).

Nothing here asks what the person did, says or will say to an authority.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Mapped

from referral_desk.nrm.case import Step
from referral_desk.nrm.fields import COLLEAGUES, ORGANISATIONS, Reach, earlier_step, field, yes_no
from referral_desk.nrm.terms import DataItem, NeedDomain, Service, Term, Track, YesNo
from referral_desk.words import N_


class NeedLevel(Term):
    NONE = "0", N_("No need")
    SOME = "1", N_("Some need")
    GREAT = "2", N_("Great need")
    URGENT = "3", N_("Cannot wait")


class NeedsAssessment(
    Step,
    kind="needs",
    label=N_("Needs assessment"),
    track=Track.ASSISTANCE,
    when=N_("When were the needs talked about?"),
    item=DataItem.NEEDS,
):
    """What the person needs and wishes, area by area; repeated when life changes."""

    by: Mapped[str | None] = field(N_("Who asked?"), offers=COLLEAGUES)
    participated: Mapped[YesNo | None] = yes_no(N_("Did the person take part?"))
    interpreter: Mapped[YesNo | None] = yes_no(N_("Was an interpreter present?"))
    levels: Mapped[dict[NeedDomain, NeedLevel] | None] = field(
        N_("How great is the need?"), many=NeedDomain, graded=NeedLevel
    )
    urgent: Mapped[frozenset[NeedDomain] | None] = field(
        N_("What cannot wait?"), many=NeedDomain, reach=Reach.STATISTICS
    )
    first: Mapped[NeedDomain | None] = field(
        N_("What comes first for the person?"), one=NeedDomain, heading=N_("What the person wishes")
    )
    second: Mapped[NeedDomain | None] = field(N_("And second?"), one=NeedDomain)
    third: Mapped[NeedDomain | None] = field(N_("And third?"), one=NeedDomain)
    wishes: Mapped[str | None] = field(N_("The person's wishes, area by area"), reach=Reach.SEALED, long=True)
    next_review: Mapped[date | None] = field(N_("When is it looked at again?"), kind=date, not_before="day")


class PlanType(Term):
    """CL-SPL, the types of HTCDS."""

    EDUCATION = "EDUCATION", N_("Education"), "Education"
    FINANCIAL = "FINANCIAL", N_("Money"), "Financial"
    HEALTH = "HEALTH", N_("Health"), "Health"
    LABOUR = "LABOUR_REHAB", N_("Recovery after labour exploitation"), "LabourExploitationRehabilitation"
    LEGAL = "LEGAL", N_("Legal help"), "Legal"
    LIVELIHOOD = "LIVELIHOOD", N_("Livelihood"), "Livelihood"
    RIGHTS = "RIGHTS", N_("Knowing one's rights"), "RightsBasedTraining"
    SEXUAL = "SEXUAL_REHAB", N_("Recovery after sexual exploitation"), "SexualExploitationRehabilitation"
    SOCIAL = "SOCIAL", N_("Social care"), "SocialCare"


class AgreedBy(Term):
    """Who agreed: without the person there is no plan; for a child the guardian, too, and the child is heard."""

    PERSON = "PERSON", N_("The person")
    GUARDIAN = "GUARDIAN", N_("The guardian, after the child was heard")
    NOT_YET = "NOT_YET", N_("Not agreed yet")


class SupportPlan(
    Step,
    kind="plan",
    label=N_("Individual plan"),
    track=Track.ASSISTANCE,
    when=N_("When was it agreed?"),
    item=DataItem.NEEDS,
):
    """One version of the plan; a new version is a new step."""

    types: Mapped[frozenset[PlanType] | None] = field(
        N_("What is it about?"), many=PlanType, reach=Reach.STATISTICS, htcds="spl_Type"
    )
    agreed_by: Mapped[AgreedBy] = field(N_("Who agreed to it?"), one=AgreedBy, required=True)
    in_writing: Mapped[YesNo | None] = yes_no(N_("Is it in writing?"))
    copy_given: Mapped[YesNo | None] = yes_no(N_("Has the person a copy, where it is safe to keep one?"))
    needs: Mapped[UUID | None] = earlier_step(N_("On which needs assessment does it rest?"), "needs")
    objectives: Mapped[str | None] = field(N_("Aims"), reach=Reach.SEALED, long=True, htcds="spl_Objectives")
    steps: Mapped[str | None] = field(N_("What is done"), reach=Reach.SEALED, long=True, htcds="spl_ActionPlan")
    planned_end: Mapped[date | None] = field(N_("Planned end"), kind=date, not_before="day", htcds="spl_PlannedEndDate")
    next_review: Mapped[date | None] = field(N_("When is it looked at again?"), kind=date, not_before="day")


class PlanItem(
    Step,
    kind="plan_item",
    label=N_("Item of the plan"),
    track=Track.ASSISTANCE,
    after=SupportPlan,
    when=N_("When was it agreed?"),
    item=DataItem.NEEDS,
):
    """One thing that somebody will do, until a day."""

    plan: Mapped[UUID | None] = earlier_step(N_("Of which plan?"), "plan")
    service: Mapped[Service] = field(N_("Which service?"), one=Service, reach=Reach.STATISTICS, required=True)
    agreed_by: Mapped[AgreedBy] = field(N_("Who agreed to it?"), one=AgreedBy, required=True)
    provider: Mapped[str | None] = field(N_("Who gives it?"), offers=ORGANISATIONS)
    begins_on: Mapped[date | None] = field(N_("When does it begin?"), kind=date)
    due_on: Mapped[date | None] = field(N_("Until when?"), kind=date, not_before="day")
    goal: Mapped[str | None] = field(N_("To what end?"), reach=Reach.SEALED, long=True)


class ItemStatus(Term):
    ONGOING = "ONGOING", N_("Ongoing")
    DONE = "DONE", N_("Done")
    STOPPED = "STOPPED", N_("Stopped")
    UNAVAILABLE = "UNAVAILABLE", N_("Not available")
    DECLINED = "DECLINED_BY_PERSON", N_("The person does not want it")


class Outcome(Term):
    """CL-OUTCOME."""

    PROVIDED = "SERVICE_PROVIDED", N_("Given")
    PARTLY = "PARTLY", N_("Given in part")
    NOT_PROVIDED = "NOT_PROVIDED", N_("Not given")
    PERSON_STOPPED = "PERSON_STOPPED", N_("The person stopped it")
    REFERRED_ON = "REFERRED_ON", N_("Referred on")


class PlanProgress(
    Step,
    kind="plan_progress",
    label=N_("Progress of an item"),
    track=Track.ASSISTANCE,
    after=PlanItem,
    when=N_("When was it looked at?"),
    item=DataItem.NEEDS,
):
    """Where one item of the plan stands."""

    plan_item: Mapped[UUID] = earlier_step(N_("Which item?"), "plan_item", required=True)
    status: Mapped[ItemStatus] = field(
        N_("Where does it stand?"), one=ItemStatus, reach=Reach.STATISTICS, required=True
    )
    outcome: Mapped[Outcome | None] = field(
        N_("What came of it?"),
        one=Outcome,
        reach=Reach.STATISTICS,
        asked_when=lambda given: given.get("status") not in (None, ItemStatus.ONGOING),
    )
    note: Mapped[str | None] = field(N_("More on this"), reach=Reach.SEALED, long=True)


class ReviewResult(Term):
    GOES_ON = "GOES_ON", N_("Goes on as it is")
    CHANGED = "CHANGED", N_("Is changed: a new version follows")
    ENDED = "ENDED", N_("Has ended")


class PlanReview(
    Step,
    kind="plan_review",
    label=N_("Review of the plan"),
    track=Track.ASSISTANCE,
    after=SupportPlan,
    when=N_("When was it reviewed?"),
    item=DataItem.NEEDS,
):
    """The plan is looked at together."""

    plan: Mapped[UUID | None] = earlier_step(N_("Which plan?"), "plan")
    participated: Mapped[YesNo | None] = yes_no(N_("Did the person take part?"))
    result: Mapped[ReviewResult] = field(N_("What came of it?"), one=ReviewResult, required=True)
    ended_on: Mapped[date | None] = field(
        N_("On which day did it end?"),
        kind=date,
        asked_when=lambda given: given.get("result") is ReviewResult.ENDED,
        htcds="spl_ActualEndDate",
    )
    next_review: Mapped[date | None] = field(N_("When is it looked at again?"), kind=date, not_before="day")
    said: Mapped[str | None] = field(N_("What the person said"), reach=Reach.SEALED, long=True)


class ServiceEvent(
    Step,
    kind="service",
    label=N_("Service given"),
    track=Track.ASSISTANCE,
    when=N_("When was it given?"),
    item=DataItem.NEEDS,
):
    """One time of help: a visit to the doctor, a parcel, an hour of advice."""

    service: Mapped[Service] = field(N_("Which service?"), one=Service, reach=Reach.STATISTICS, required=True)
    plan_item: Mapped[UUID | None] = earlier_step(N_("For which item of the plan?"), "plan_item")
    provider: Mapped[str | None] = field(N_("Who gave it?"), offers=ORGANISATIONS)
    quantity: Mapped[int | None] = field(N_("How many (hours, parcels, visits)?"), kind=int)
    funded_by: Mapped[str | None] = field(N_("Paid by whom?"))
    accompanied: Mapped[YesNo | None] = yes_no(N_("Did we go with the person?"))
    note: Mapped[str | None] = field(N_("More on this"), reach=Reach.SEALED, long=True)


class Accommodation(Term):
    """CL-ACCOM."""

    EMERGENCY = "EMERGENCY", N_("Emergency place")
    SHELTER_SPECIAL = "SHELTER_SPECIAL", N_("Shelter for victims of trafficking")
    SHELTER_DV = "SHELTER_DV", N_("Shelter against violence")
    SAFE_HOUSE = "SAFE_HOUSE", N_("Safe house")
    FOSTER = "FOSTER", N_("Foster family")
    CHILD_HOME = "CHILD_HOME", N_("Home for children")
    SUPPORTED_FLAT = "SUPPORTED_FLAT", N_("Supported flat")
    OWN = "OWN", N_("A place of one's own")
    FAMILY = "FAMILY", N_("With the family")
    ASYLUM_CENTRE = "ASYLUM_CENTRE", N_("Reception centre")
    HOSPITAL = "HOSPITAL", N_("Hospital")
    DETENTION = "DETENTION", N_("Detention: no place for a victim")


class Stay(
    Step,
    kind="stay",
    label=N_("Accommodation"),
    track=Track.ASSISTANCE,
    when=N_("Since which day?"),
    item=DataItem.NEEDS,
):
    """Where the person lives now. The name of the place is sealed; its address stands nowhere else."""

    accommodation: Mapped[Accommodation] = field(
        N_("What kind of place?"), one=Accommodation, reach=Reach.STATISTICS, required=True
    )
    organisation: Mapped[str | None] = field(N_("Which house or organisation?"), reach=Reach.SEALED, trusted=True)
    voluntary: Mapped[YesNo | None] = yes_no(N_("Is the person there of her or his own will?"))
    rules_explained: Mapped[YesNo | None] = yes_no(N_("Were the rules of the house explained?"))
    safe: Mapped[YesNo | None] = yes_no(N_("Does the person feel safe there?"))
    mixed: Mapped[YesNo | None] = yes_no(N_("Do women and men share rooms or bathrooms?"))
    fit_for_child: Mapped[YesNo | None] = yes_no(N_("If a child: is it a place for children?"))


class WhyLeft(Term):
    OWN_WISH = "OWN_WISH", N_("Own wish")
    MOVED_ON = "MOVED_ON", N_("Moved on to another place")
    UNSAFE = "UNSAFE", N_("Not safe any more")
    RETURNED = "RETURNED", N_("Returned")
    MISSING = "MISSING", N_("Gone, and not found")
    HOUSE = "HOUSE", N_("The house could not keep the person")
    OTH = "OTH", N_("Another reason")


class StayEnd(
    Step,
    kind="stay_end",
    label=N_("End of accommodation"),
    track=Track.ASSISTANCE,
    after=Stay,
    when=N_("On which day did it end?"),
    item=DataItem.NEEDS,
):
    """The person no longer lives there."""

    stay: Mapped[UUID | None] = earlier_step(N_("Which place?"), "stay")
    why: Mapped[WhyLeft] = field(N_("Why?"), one=WhyLeft, reach=Reach.STATISTICS, required=True)
    next_place: Mapped[Accommodation | None] = field(N_("Where to?"), one=Accommodation)
    note: Mapped[str | None] = field(N_("More on this"), reach=Reach.SEALED, long=True)
