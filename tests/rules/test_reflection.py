"""The reflection period: every rule in a story in which it holds, and in one in which it does not."""

from __future__ import annotations

from tests.cast import a_woman, ready_to_return
from tests.rules.asking import iso, refused, remarked, step, tells, warned
from tests.stories import story


@story("F1", holds=False)
@story("F1", holds=True)
def test_f1_a_presumed_victim_is_asked_about_reflection() -> None:
    case = a_woman()
    tells(case, "decision", 9, status="PRESUMED", decided_by="GOV")

    assert "F1" in remarked(case)
    tells(case, "reflection", 8, granted="REQUESTED", mechanism="SRB")
    assert "F1" not in remarked(case)


@story("F4", holds=False)
@story("F4", holds=True)
def test_f4_the_end_of_the_period_finds_somebody_who_has_decided() -> None:
    case = a_woman()
    tells(case, "reflection", 40, granted="GRANTED", mechanism="COE")

    assert "F4" in remarked(case)
    tells(case, "person_decision", 15, topic="RESIDENCE_PERMIT", decision="UNDECIDED")
    assert "F4" in remarked(case)
    tells(case, "person_decision", 12, topic="RESIDENCE_PERMIT", decision="YES")
    assert "F4" not in remarked(case)


@story("F5", holds=True)
def test_f5_an_extended_period_protects_to_its_new_last_day() -> None:
    case = ready_to_return(a_woman())
    tells(case, "reflection", 40, granted="GRANTED", mechanism="COE")
    tells(case, "return_decision", 1, wish="UNDECIDED")

    assert "F5" not in refused(case, "return", manner="VOLUNTARY_ASSISTED")
    tells(case, "reflection_extension", 11, until=iso(-30))
    assert "F5" in refused(case, "return", manner="VOLUNTARY_ASSISTED")


@story("F7", holds=False)
@story("F7", holds=True)
def test_f7_who_ends_a_period_against_the_persons_will_is_named() -> None:
    case = a_woman()
    tells(case, "reflection", 20, granted="GRANTED", mechanism="SRB")

    assert warned(case, step("reflection_end", ground="PUBLIC_ORDER")) == {"F7"}
    assert warned(case, step("reflection_end", ground="RENEWED_CONTACT", decided_by="Police")) == {"F7"}
    assert warned(case, step("reflection_end", ground="PUBLIC_ORDER", decided_by="Ministry")) == set()
    assert warned(case, step("reflection_end", ground="PERSON_ENDED")) == set()
