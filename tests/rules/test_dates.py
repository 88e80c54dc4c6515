"""Dates against each other: what cannot be is said of its question, and the case stays as it was."""

from __future__ import annotations

from typing import Any

import pytest

from referral_desk.errors import ImpossibleDate
from referral_desk.nrm import pathway
from tests.cast import TODAY, a_child, a_woman
from tests.rules.asking import iso, refused

IMPOSSIBLE: list[tuple[str, dict[str, Any], str]] = [
    ("wages", {"way": "COURT", "began": "2024-05", "ended": "2023"}, "ended"),
    ("wages", {"way": "COURT", "began": "2030"}, "began"),
    ("interview", {"began": "2030-01"}, "began"),
    ("return_decision", {"wish": "YES", "counselled_on": iso(2)}, "counselled_on"),
    ("reflection", {"granted": "GRANTED", "mechanism": "SRB", "requested_on": iso(2)}, "requested_on"),
    ("best_interests", {"decision": "DEFERRED", "opened_on": iso(2)}, "opened_on"),
    ("missing", {"status": "MISSING", "reported_on": iso(-2)}, "reported_on"),
    ("breach", {"what": "LOST", "authority_told_on": iso(-2)}, "authority_told_on"),
    ("decision", {"status": "PRESUMED", "decided_by": "NGO", "told_on": iso(-2)}, "told_on"),
    ("closure", {"reason": "LOST_CONTACT", "last_contact": iso(2)}, "last_contact"),
    ("return_plan", {"initiator": "PERSON", "nationality_verified": iso(-2)}, "nationality_verified"),
]


@pytest.mark.parametrize(("kind", "said", "question"), IMPOSSIBLE)
def test_what_cannot_be_is_said_of_its_question(kind: str, said: dict[str, Any], question: str) -> None:
    found = pathway.faults(pathway.kind_of(kind), {"day": iso(5), **said}, on=TODAY)

    assert set(found) == {question}
    assert isinstance(found[question], ImpossibleDate)


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("wages", {"way": "COURT", "began": "2024-05", "ended": "2024"}),
        ("interview", {"began": str(TODAY.year)}),
        ("return_decision", {"wish": "YES", "counselled_on": iso(5)}),
        ("missing", {"status": "MISSING", "reported_on": iso(0)}),
    ],
)
def test_what_may_be_is_left_alone(kind: str, said: dict[str, Any]) -> None:
    assert pathway.faults(pathway.kind_of(kind), {"day": iso(5), **said}, on=TODAY) == {}


def test_ages_are_in_order_and_nothing_ended_tomorrow() -> None:
    assessed = {"consented": "YES", "method": "DOCS", "result": "IN_DOUBT"}

    assert refused(a_child(), "age_assessment", **assessed, youngest="20", oldest="15") == {"X6"}
    assert refused(a_child(), "age_assessment", **assessed, youngest="15", oldest="15") == set()
    assert refused(a_woman(), "experience", exploitation="LAB", ended="2030") == {"X6"}
