"""Keeping a case: who leads it, what was talked about, what is to be done."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Mapped

from referral_desk.nrm.case import Step
from referral_desk.nrm.fields import COLLEAGUES, Reach, earlier_step, field, yes_no
from referral_desk.nrm.terms import ContactWay, Term, Track, YesNo
from referral_desk.words import N_


class Assignment(
    Step,
    kind="assignment",
    label=N_("Who leads the case"),
    track=Track.CASE,
    when=N_("Since which day?"),
):
    """Who is responsible, and who stands in; the latest counts."""

    owner: Mapped[str] = field(N_("Which colleague leads it?"), offers=COLLEAGUES, required=True, htcds="cas_CaseOwner")
    stands_in: Mapped[str | None] = field(N_("Who stands in?"), offers=COLLEAGUES)
    restricted: Mapped[YesNo | None] = yes_no(
        N_("Should fewer colleagues than usual work on it?"), hint=N_("Because somebody knows the person, for instance")
    )


class Direction(Term):
    FROM_PERSON = "FROM_PERSON", N_("From the person")
    TO_PERSON = "TO_PERSON", N_("To the person")
    FROM_OTHERS = "FROM_OTHERS", N_("From others")
    TO_OTHERS = "TO_OTHERS", N_("To others")


class Contacted(
    Step,
    kind="contact",
    label=N_("Contact"),
    track=Track.CASE,
    when=N_("When was it?"),
):
    """A call, a visit, a message. Who was reached counts for how long a person is out of reach."""

    direction: Mapped[Direction] = field(N_("From whom to whom?"), one=Direction, required=True)
    how: Mapped[ContactWay | None] = field(N_("How?"), one=ContactWay)
    reached: Mapped[YesNo | None] = yes_no(N_("Was the person reached?"))
    safe: Mapped[YesNo | None] = yes_no(N_("Could the person speak freely?"))
    with_whom: Mapped[str | None] = field(N_("With whom?"), reach=Reach.SEALED)
    note: Mapped[str | None] = field(N_("What was said"), reach=Reach.SEALED, long=True, htcds="cco_CaseComment")


class Conference(
    Step,
    kind="conference",
    label=N_("Case conference"),
    track=Track.CASE,
    when=N_("When was it held?"),
):
    """Several organisations talk about one person, with her or his knowledge."""

    person_took_part: Mapped[YesNo | None] = yes_no(N_("Did the person take part?"))
    person_agreed: Mapped[YesNo | None] = yes_no(N_("Did the person agree to it?"))
    without_name: Mapped[YesNo | None] = yes_no(N_("Was it held without the name?"))
    organisations: Mapped[str | None] = field(N_("Which organisations were there?"))
    next_on: Mapped[date | None] = field(N_("When is the next one?"), kind=date, not_before="day")
    decided: Mapped[str | None] = field(N_("What was agreed"), reach=Reach.SEALED, long=True)


class Link(Term):
    SIBLING = "SIBLING", N_("Brother or sister")
    PARENT_CHILD = "PARENT_CHILD", N_("Parent and child")
    PARTNER = "PARTNER", N_("Partner")
    CO_VICTIM = "CO_VICTIM", N_("Exploited together")
    SAME_NETWORK = "SAME_NETWORK", N_("Exploited by the same people")
    SAME_PERSON = "SAME_PERSON", N_("An earlier case of the same person")
    NOT_SAME = "NOT_SAME", N_("Alike, but another person")
    OTH = "OTH", N_("Another link")


class LinkStatus(Term):
    LINKED = "LINKED", N_("Linked")
    ENDED = "ENDED", N_("No longer linked")


class LinkedCase(
    Step,
    kind="linked_case",
    label=N_("Linked case"),
    track=Track.CASE,
    when=N_("On which day was this recorded?"),
):
    """Another case of this desk that has to do with this one. The link is sealed: who belongs together is identity."""

    case_code: Mapped[str] = field(N_("Number of the other case"), reach=Reach.SEALED, required=True)
    link: Mapped[Link] = field(N_("How are they linked?"), one=Link, reach=Reach.SEALED, required=True)
    status: Mapped[LinkStatus] = field(N_("The link is"), one=LinkStatus, reach=Reach.SEALED, required=True)
    may_know: Mapped[YesNo | None] = yes_no(N_("May they know of one another?"), reach=Reach.SEALED)


class Task(
    Step,
    kind="task",
    label=N_("Task"),
    track=Track.CASE,
    when=N_("When was it given?"),
):
    """Something that a colleague will do until a day."""

    what: Mapped[str] = field(
        N_("What is to be done?"), required=True, hint=N_("No names, no places: it stands on the page of today")
    )
    who: Mapped[str | None] = field(N_("Which colleague?"), offers=COLLEAGUES)
    due_on: Mapped[date | None] = field(N_("Until when?"), kind=date, not_before="day")


class TaskResult(Term):
    DONE = "DONE", N_("Done")
    DROPPED = "DROPPED", N_("Not needed any more")


class TaskDone(
    Step,
    kind="task_done",
    label=N_("Task done"),
    track=Track.CASE,
    after=Task,
    when=N_("On which day?"),
):
    """A task has come to an end."""

    task: Mapped[UUID] = earlier_step(N_("Which task?"), "task", required=True)
    result: Mapped[TaskResult] = field(N_("What came of it?"), one=TaskResult, required=True)
