"""What every journey has in common: the first hours and the last ones. Steps are judged on their own day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from referral_desk.errors import SafeguardsUnmet, WarningsUnanswered
from referral_desk.nrm import pathway
from referral_desk.nrm.case import Case, Step
from referral_desk.nrm.closing import is_closed
from referral_desk.nrm.consent import Consent
from referral_desk.nrm.pathway import kind_of, step_from
from referral_desk.nrm.person import FirstContact
from referral_desk.nrm.referral import Referral
from tests.cast import TODAY, days_ago

WHY = "The person's safety comes first; the rest follows this week."
SHELTER = "Harbour House"


def comes(ago: int, **written: Any) -> Case:
    """Somebody comes, so many days ago, and is safe for the first night."""
    first = step_from(FirstContact, {"day": days_ago(ago).isoformat(), "contact": "WALK_IN", **written})
    assert isinstance(first, FirstContact)
    case = pathway.open_case(on=days_ago(ago), first=first)
    goes(case, "safety_check", ago, in_danger="NO", can_speak="YES", place_safe="YES")
    return case


def is_known(case: Case, ago: int, *, given_by: str = "PERSON", **person: Any) -> None:
    """Who the person is, and that we may write it down."""
    agrees(case, ago, "STORE", given_by=given_by)
    agrees(case, ago, "SERVICES", given_by=given_by)
    goes(case, "person", ago, **person)


def agrees(case: Case, ago: int, scope: str, recipient: str | None = None, items: str = "", **more: Any) -> Consent:
    told = {"status": "GIVEN", "given_by": "PERSON", "capable": "YES", "form": "WRITTEN", "language": "srp"}
    shared = {"recipient": recipient, "items": items} if recipient else {}
    consent = goes(case, "consent", ago, scope=scope, **{**told, **shared, **more})
    assert isinstance(consent, Consent)
    return consent


def goes(case: Case, kind: str, ago: int, **written: Any) -> Step:
    """A step on its day; what a rule only warns of gets its reason."""
    on = days_ago(ago)
    step = step_from(kind_of(kind), {"day": on.isoformat(), **written})
    try:
        return pathway.take(case, step, on=on)
    except WarningsUnanswered as warned:
        return pathway.take(case, step, on=on, because={guard.id: WHY for guard in warned.unmet})


def refused(case: Case, kind: str, ago: int, **written: Any) -> set[str]:
    """The rules that stand in the way of a step on its day."""
    on = days_ago(ago)
    with pytest.raises(SafeguardsUnmet) as caught:
        pathway.take(case, step_from(kind_of(kind), {"day": on.isoformat(), **written}), on=on)
    return {guard.id for guard in caught.value.unmet}


def is_helped(case: Case, ago: int, services: str, agreed_by: str = "PERSON") -> Step:
    """Needs, a plan that was agreed, and help."""
    goes(case, "needs", ago, participated="YES", levels=["SAFETY=3", "HOUSING=3"], urgent="SAFETY", first="SAFETY")
    plan = goes(case, "plan", ago - 1, types="SOCIAL,HEALTH", agreed_by=agreed_by)
    for service in services.split(","):
        goes(case, "plan_item", ago - 1, plan=str(plan.id), service=service, agreed_by=agreed_by, provider=SHELTER)
    return goes(case, "assistance", ago - 1, services=services, agreed="YES", provider=SHELTER)


def is_assessed(case: Case, ago: int, purpose: str, level: str = "LOW", **more: Any) -> Step:
    approved = {"participated": "YES", "ngo_involved": "YES", "approved": "YES", "approved_by": "Mira"}
    return goes(case, "risk", ago, purpose=purpose, level=level, **{**approved, **more})


def is_referred(case: Case, ago: int, recipient: str, services: str, items: str = "NEEDS", **more: Any) -> Referral:
    """A referral with everything before it: assessed, agreed, asked, sent."""
    is_assessed(case, ago, "PRE_REFERRAL")
    consent = agrees(case, ago, "SHARE_ORG", recipient, items, **more)
    asked = {"recipient": recipient, "services": services, "urgency": "URGENT", "shares": items, "anonymity": "A_ANON"}
    known = {"person_informed": "YES", "consent": str(consent.id)}
    referral = goes(case, "referral", ago, **asked, **known)
    assert isinstance(referral, Referral)
    goes(case, "referral_answer", ago, referral=str(referral.id), news="SENT")
    return referral


def says_goodbye(case: Case, ago: int, reason: str = "GOALS_MET", **more: Any) -> None:
    """A last look at safety, and the end of the work; the person may come back."""
    risk = is_assessed(case, ago, "CLOSURE")
    safe = {"contacts_given": "YES", "may_come_back": "YES", "feedback_offered": "YES", "approved": "YES"}
    told = {"person_agrees": "YES", "approved_by": "Mira", "risk": str(risk.id)}
    goes(case, "closure", ago, reason=reason, **{**safe, **told, **more})
    assert is_closed(case, days_ago(ago))


def open_kinds(case: Case, on: date = TODAY) -> set[str]:
    """The kinds of step in whose way nothing stands."""
    return {step.kind.kind for step in pathway.next_steps(case, on) if step.is_open}
