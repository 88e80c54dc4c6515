"""Closing and keeping: every rule in a story in which it holds, and in one in which it does not."""

from __future__ import annotations

from tests.cast import a_woman, happens
from tests.rules.asking import iso, refused, remarked, step, tells, warned
from tests.stories import story


@story("Z1", holds=False)
@story("Z1", holds=True)
def test_z1_a_case_is_closed_by_two_after_a_last_look() -> None:
    case = a_woman()

    assert refused(case, "closure", reason="GOALS_MET") == {"Z1"}
    tells(case, "risk", 2, purpose="CLOSURE", level="LOW")
    assert refused(case, "closure", reason="GOALS_MET") == {"Z1"}
    assert refused(case, "closure", reason="GOALS_MET", approved="YES") == set()


@story("Z1", holds=False)
def test_z1_contact_is_lost_after_three_months() -> None:
    case = a_woman()
    tells(case, "risk", 2, purpose="CLOSURE", level="LOW")
    lost = {"reason": "LOST_CONTACT", "approved": "YES"}

    assert refused(case, "closure", **lost, last_contact=iso(60)) == {"Z1"}
    assert refused(case, "closure", **lost, last_contact=iso(93)) == set()
    tells(case, "contact", 50, direction="TO_PERSON", reached="YES")
    assert refused(case, "closure", **lost, last_contact=iso(93)) == {"Z1"}


@story("Z2", holds=False)
@story("Z2", holds=True)
def test_z2_what_is_open_is_handed_on() -> None:
    case = a_woman()
    tells(case, "risk", 2, purpose="CLOSURE", level="LOW")
    closing = {"reason": "GOALS_MET", "approved": "YES"}
    begun = tells(case, "proceeding", 20, type="CRIMINAL", status="TRIAL")

    assert warned(case, step("closure", **closing)) == {"Z2"}
    tells(case, "proceeding", 3, type="CRIMINAL", status="ACQUITTED", continues=str(begun.id))
    assert warned(case, step("closure", **closing)) == set()


@story("Z5", holds=False)
@story("Z5", holds=True)
def test_z5_access_within_a_month() -> None:
    case = a_woman()
    request = tells(case, "access_request", 40, about="ACCESS")

    assert "Z5" in remarked(case)
    tells(case, "access_answer", 20, request=str(request.id), reply="EXTENDED")
    assert "Z5" not in remarked(case)


@story("Z6", holds=False)
@story("Z6", holds=True)
def test_z6_a_breach_is_told_within_three_days() -> None:
    lost, encrypted = a_woman(), a_woman()
    tells(lost, "breach", 5, what="LOST")
    tells(encrypted, "breach", 5, what="LOST", encrypted="YES")

    assert "Z6" in remarked(lost)
    assert "Z6" not in remarked(encrypted)


def test_a_closed_case_is_not_nagged() -> None:
    case = a_woman()
    tells(case, "risk", 2, purpose="CLOSURE", level="LOW")
    assert "A1" in remarked(case)

    happens(case, step("closure", 0, reason="GOALS_MET", approved="YES"))

    assert "A1" not in remarked(case)
