"""The people of the stories, all invented, and the day on which they take place."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from referral_desk.nrm import pathway
from referral_desk.nrm.case import Case, Step
from referral_desk.nrm.pathway import NO_REASONS, Reasons, kind_of, step_from
from referral_desk.nrm.person import AgeBand, FirstContact, Gender, Person
from referral_desk.nrm.reflection import RightsTopic
from referral_desk.nrm.terms import YesNo

TODAY = date(2026, 11, 23)
PASSPHRASE = "lantern gravel otter puzzle meadow"
LAWYERLY = ",".join(topic.code for topic in RightsTopic)


def days_ago(count: int) -> date:
    return TODAY - timedelta(days=count)


def a_case() -> Case:
    """Somebody came to us sixty days ago; nothing else is known."""
    return pathway.open_case(on=TODAY, first=FirstContact(day=days_ago(60)))


def a_woman() -> Case:
    case = a_case()
    happens(case, Person(day=days_ago(60), gender=Gender.WOMAN, age_band=AgeBand.B24_26, age_in_doubt=YesNo.NO))
    return case


def a_child() -> Case:
    case = a_case()
    happens(case, Person(day=days_ago(60), gender=Gender.MAN, age_band=AgeBand.B09_17))
    return case


def happens(case: Case, step: Step, because: Reasons = NO_REASONS) -> Step:
    return pathway.take(case, step, on=TODAY, because=because)


def tells(case: Case, kind: str, ago: int = 0, **written: Any) -> Step:
    """A step of a kind with written answers happened some days ago."""
    return happens(case, step(kind, ago, **written))


def step(kind: str, ago: int = 0, **written: Any) -> Step:
    return step_from(kind_of(kind), {"day": days_ago(ago).isoformat(), **written})


def ready_to_return(case: Case) -> Case:
    """Everything that must come before any return, and before an adult's."""
    calm = {"level": "LOW", "danger_to_life": "NO", "danger_of_torture": "NO"}
    tells(case, "risk", 5, purpose="PRE_RETURN", approved="YES", approved_by="Mira", **calm)
    tells(case, "rights", 20, topics=LAWYERLY, language="srp", understood="YES")
    tells(case, "remedies", 18, legal_advice="YES", proceedings="NONE", compensation="NOT_WANTED")
    written = {"counselled_on": days_ago(10).isoformat(), "wish": "YES", "in_writing": "YES"}
    tells(case, "return_decision", 8, **written)
    return case


def best_interests_in_favour(case: Case) -> Step:
    answers = {"guardian_consents": "YES", "care_arranged": "YES", "family_contact": "YES"}
    return tells(case, "best_interests", 6, decision="RETURN_IN_BI", **answers)
