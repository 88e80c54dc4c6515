"""Social inclusion: what life looks like afterwards, and whether it holds."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped

from referral_desk.nrm.case import Step
from referral_desk.nrm.fields import Reach, field, yes_no
from referral_desk.nrm.terms import ContactWay, DataItem, Term, Track, YesNo
from referral_desk.words import N_


class Housing(Term):
    OWN = "OWN", N_("A place of one's own")
    SHARED = "SHARED", N_("With friends or family")
    SUPPORTED = "SUPPORTED", N_("Supported flat")
    SHELTER = "SHELTER", N_("In the shelter")
    NONE = "NONE", N_("No fixed place")


class Income(Term):
    WORK = "WORK", N_("Work with a contract")
    INFORMAL = "INFORMAL", N_("Work without a contract")
    BENEFITS = "BENEFITS", N_("Social benefits")
    FAMILY = "FAMILY", N_("Family or partner")
    PROGRAMME = "PROGRAMME", N_("Our support")
    NONE = "NONE", N_("None")


class Learning(Term):
    SCHOOL = "SCHOOL", N_("School")
    TRAINING = "TRAINING", N_("Vocational training")
    LANGUAGE = "LANGUAGE", N_("Language course")
    FINISHED = "FINISHED", N_("Finished a course")
    NONE = "NONE", N_("None")


class Wellbeing(Term):
    """The person's own word, 0 to 4."""

    VERY_BAD = "0", N_("Very bad")
    BAD = "1", N_("Bad")
    FAIR = "2", N_("Neither good nor bad")
    GOOD = "3", N_("Good")
    VERY_GOOD = "4", N_("Very good")


class Inclusion(
    Step,
    kind="inclusion",
    label=N_("Social inclusion"),
    track=Track.INCLUSION,
    when=N_("When was it talked about?"),
    item=DataItem.NEEDS,
):
    """How the person lives; repeated, so that one sees what has become of the plan."""

    housing: Mapped[Housing | None] = field(N_("Where does the person live?"), one=Housing, reach=Reach.STATISTICS)
    income: Mapped[Income | None] = field(N_("On what does the person live?"), one=Income, reach=Reach.STATISTICS)
    learning: Mapped[Learning | None] = field(N_("What is she or he learning?"), one=Learning, reach=Reach.STATISTICS)
    stay_secure: Mapped[YesNo | None] = yes_no(N_("Is the stay secure?"))
    documents: Mapped[YesNo | None] = yes_no(N_("Has the person all documents?"))
    health_care: Mapped[YesNo | None] = yes_no(N_("Has the person access to health care?"))
    people: Mapped[YesNo | None] = yes_no(N_("Are there people whom the person trusts?"))
    debts: Mapped[YesNo | None] = yes_no(N_("Do debts weigh on the person?"))
    wellbeing: Mapped[Wellbeing | None] = field(N_("How does the person say it goes?"), one=Wellbeing)
    next_step: Mapped[str | None] = field(N_("What comes next"), reach=Reach.SEALED, long=True)


class FollowUpKind(Term):
    AFTER_REFERRAL = "AFTER_REFERRAL", N_("After a referral")
    IN_CARE = "IN_CARE", N_("In care")
    FOR_SERVICE = "FOR_SERVICE", N_("For a service")
    FOR_ASSESSMENT = "FOR_ASSESSMENT", N_("For an assessment")
    AFTER_RETURN = "AFTER_RETURN", N_("After a return")
    AFTER_CLOSURE = "AFTER_CLOSURE", N_("After the case was closed")


class CheckIn(
    Step,
    kind="follow_up",
    label=N_("Follow-up"),
    track=Track.INCLUSION,
    when=N_("When was contact made, or tried?"),
    item=DataItem.NEEDS,
):
    """Somebody asks how it goes."""

    occasion: Mapped[FollowUpKind] = field(N_("On which occasion?"), one=FollowUpKind, required=True)
    due_on: Mapped[date | None] = field(N_("When was it due?"), kind=date)
    reached: Mapped[YesNo] = yes_no(N_("Was the person reached?"), required=True)
    how: Mapped[ContactWay | None] = field(N_("How?"), one=ContactWay)
    safe: Mapped[YesNo | None] = yes_no(N_("Is the person safe?"))
    wellbeing: Mapped[Wellbeing | None] = field(N_("How does the person say it goes?"), one=Wellbeing)
    next_on: Mapped[date | None] = field(N_("When is the next contact?"), kind=date, not_before="day")
    note: Mapped[str | None] = field(N_("What the person said"), reach=Reach.SEALED, long=True)
