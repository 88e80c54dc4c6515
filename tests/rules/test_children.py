"""Children: every rule in a story in which it holds, and in one in which it does not."""

from __future__ import annotations

from datetime import timedelta

from tests.cast import TODAY, a_case, a_child, best_interests_in_favour
from tests.rules.asking import consents, iso, refused, remarked, step, tells, warned
from tests.stories import story


@story("C1", holds=False)
@story("C1", holds=True)
def test_c1_a_child_alone_gets_a_guardian() -> None:
    case = a_case()
    tells(case, "person", 20, age_band="9--17", unaccompanied="YES")

    assert "C1" in remarked(case)
    tells(case, "guardian", 1, status="APPOINTED")
    assert "C1" not in remarked(case)


@story("C3", holds=False)
@story("C3", holds=True)
def test_c3_nobodys_age_is_assessed_against_their_will() -> None:
    case = a_case()
    made = {"method": "PSYCHOSOCIAL", "result": "IN_DOUBT"}

    assert refused(case, "age_assessment", **made, consented="NO") == {"C3"}
    assert refused(case, "age_assessment", **made, consented="YES") == set()


@story("C4", holds=False)
@story("C4", holds=True)
def test_c4_a_child_is_heard() -> None:
    case = a_child()

    assert warned(case, step("best_interests", decision="DEFERRED", child_heard="NO")) == {"C4"}
    assert warned(case, step("best_interests", decision="DEFERRED", child_heard="YES")) == set()
    best_interests_in_favour(case)
    assert "C4" in remarked(case)


@story("C5", holds=False)
@story("C5", holds=True)
def test_c5_a_panel_is_three_and_knows_children() -> None:
    case = a_child()

    assert refused(case, "best_interests", decision="STAY_IN_BI", panel_size="2") == {"C5"}
    assert refused(case, "best_interests", decision="STAY_IN_BI", professions="LAW,HEALTH") == {"C5"}
    whole = {"panel_size": "3", "professions": "CHILD_PROTECTION,LAW"}
    assert refused(case, "best_interests", decision="STAY_IN_BI", **whole) == set()


@story("C6", holds=False)
@story("C6", holds=True)
def test_c6_a_missing_child_is_reported() -> None:
    silent, reported = a_child(), a_child()
    tells(silent, "missing", 3, status="MISSING")
    tells(reported, "missing", 3, status="MISSING", reported_on=iso(3))

    assert "C6" in remarked(silent)
    assert "C6" not in remarked(reported)


@story("C7", holds=False)
@story("C7", holds=True)
def test_c7_a_birthday_is_planned() -> None:
    case = a_case()
    consents(case, "STORE")
    soon = TODAY + timedelta(days=100)
    tells(case, "person", 3, age_band="9--17", date_of_birth=soon.replace(year=soon.year - 18).isoformat())

    assert "C7" in remarked(case)
    tells(case, "turning_18", 1)
    assert "C7" not in remarked(case)
