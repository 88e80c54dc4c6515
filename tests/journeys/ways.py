"""What every journey has in common: the first hours and the last ones, each step on its own day at a real desk."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any, cast
from uuid import UUID

import pytest

from referral_desk import store
from referral_desk.errors import SafeguardsUnmet, WarningsUnanswered
from referral_desk.nrm import pathway
from referral_desk.nrm.case import Case, Step
from referral_desk.nrm.closing import is_closed
from referral_desk.nrm.consent import Consent
from referral_desk.nrm.deadlines import what_is_due
from referral_desk.nrm.pathway import kind_of, step_from
from referral_desk.nrm.person import FirstContact
from referral_desk.nrm.referral import Referral
from referral_desk.today import of_case
from tests.cast import TODAY, days_ago

WHY = "The person's safety comes first; the rest follows this week."
SHELTER = "Harbour House"
HERE: list[store.Desk] = []
"""The desk at which the journey takes place."""


class Kept:
    """A case as the store holds it after every step: read anew, its sealed answers opened while that is allowed."""

    def __init__(self, case_id: UUID) -> None:
        self.case_id = case_id
        self.case = self.read()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.case, name)

    def read(self) -> Case:
        with HERE[0].work() as work:
            self.case = work.case(self.case_id)
            for step in self.case.steps:
                step.sealed_answers()
            return self.case


def on_day(ago: int) -> store.Desk:
    """The desk at noon of a day."""
    at = datetime.combine(days_ago(ago), time(12), UTC)
    HERE[0].clock = lambda: at
    return HERE[0]


def is_well_kept() -> None:
    """Every case is in the store as it was told, and what is due in it stands in rows as the rules reckon it."""
    desk = on_day(0)
    with desk.work() as work:
        for case in work.cases(work.case_ids()):
            rows = {(line.key, line.due_on, line.step_id) for line in of_case(work, case.id)}
            assert rows == {(due.key, due.due_on, due.step_id) for due in what_is_due(case)}
            assert sum(entry.act == "TOOK" for entry in _journal(work)) >= len(case.steps) - 1


def _journal(work: store.Work) -> list[Any]:
    from referral_desk.journal import Entry

    return list(work.session.query(Entry))


def comes(ago: int, **written: Any) -> Case:
    """Somebody comes, so many days ago, and is safe for the first night."""
    first = step_from(FirstContact, {"day": days_ago(ago).isoformat(), "contact": "WALK_IN", **written})
    assert isinstance(first, FirstContact)
    with on_day(ago).work() as work:
        opened = work.open_case(first).id
    case = cast("Case", Kept(opened))
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
    try:
        return _take(case, kind, ago, written, {})
    except WarningsUnanswered as warned:
        return _take(case, kind, ago, written, {guard.id: WHY for guard in warned.unmet})


def _take(case: Case, kind: str, ago: int, written: dict[str, Any], because: dict[str, str]) -> Step:
    step = step_from(kind_of(kind), {"day": days_ago(ago).isoformat(), **written})
    with on_day(ago).work() as work:
        work.take(work.case(case.id), step, because=because)
    cast("Kept", case).read()
    return step


def refused(case: Case, kind: str, ago: int, **written: Any) -> set[str]:
    """The rules that stand in the way of a step on its day; the store keeps nothing of it."""
    before = len(case.steps)
    with pytest.raises(SafeguardsUnmet) as caught:
        _take(case, kind, ago, written, {})
    assert len(cast("Kept", case).read().steps) == before
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
