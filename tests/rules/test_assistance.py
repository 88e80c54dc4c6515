"""Assistance: every rule in a story in which it holds, and in one in which it does not."""

from __future__ import annotations

from tests.cast import a_child, a_woman
from tests.rules.asking import refused, remarked, step, tells, warned
from tests.stories import story


@story("A1", holds=False)
@story("A1", holds=True)
def test_a1_needs_and_plan_come_in_time() -> None:
    case = a_woman()

    assert "A1" in remarked(case)
    tells(case, "needs", 20)
    assert "A1" in remarked(case)
    tells(case, "plan", 3, agreed_by="PERSON")
    assert "A1" not in remarked(case)


@story("A2", holds=False)
@story("A2", holds=True)
def test_a2_nothing_is_planned_over_somebodys_head() -> None:
    case = a_woman()
    tells(case, "plan", 3, agreed_by="PERSON")

    assert refused(case, "plan_item", service="LANG", agreed_by="NOT_YET") == {"A2"}
    assert refused(case, "plan_item", service="LANG", agreed_by="PERSON") == set()


@story("A3", holds=False)
@story("A3", holds=True)
def test_a3_a_plan_is_looked_at_again() -> None:
    case = a_woman()
    tells(case, "plan", 33, agreed_by="PERSON")

    assert "A3" in remarked(case)
    tells(case, "plan_review", 1, result="GOES_ON")
    assert "A3" not in remarked(case)


@story("A4", holds=False)
@story("A4", holds=True)
def test_a4_a_child_has_guardian_school_and_place() -> None:
    case = a_child()
    tells(case, "stay", 9, accommodation="CHILD_HOME", fit_for_child="YES")
    tells(case, "guardian", 8, status="APPOINTED")

    assert "A4" in remarked(case)
    tells(case, "assistance", 5, services="EDU")
    assert "A4" not in remarked(case)
    assert "A4" not in remarked(a_woman())


@story("A5", holds=False)
@story("A5", holds=True)
def test_a5_detention_is_no_shelter() -> None:
    assert warned(a_woman(), step("stay", accommodation="DETENTION")) == {"A5"}
    assert warned(a_woman(), step("stay", accommodation="SHELTER_SPECIAL", safe="NO")) == {"A5"}
    assert warned(a_woman(), step("stay", accommodation="SHELTER_SPECIAL", safe="YES")) == set()


@story("A6", holds=False)
@story("A6", holds=True)
def test_a6_a_doctor_where_it_cannot_wait() -> None:
    case = a_woman()
    tells(case, "needs", 3, urgent="PHYSICAL_HEALTH")

    assert "A6" in remarked(case)
    tells(case, "service", 2, service="MED")
    assert "A6" not in remarked(case)
