"""Risk: every rule in a story in which it holds, and in one in which it does not."""

from __future__ import annotations

import pytest

from referral_desk.errors import DeskError
from tests.cast import a_woman, ready_to_return
from tests.rules.asking import consents, iso, refused, remarked, step, tells, warned
from tests.stories import story


@story("K1", holds=False)
@story("K1", holds=True)
def test_k1_the_first_safety_check() -> None:
    case = a_woman()

    assert "K1" in remarked(case)
    tells(case, "risk", 1, purpose="INITIAL_SAFETY", level="LOW")
    assert "K1" not in remarked(case)


@story("K2", holds=False)
@story("K2", holds=True)
def test_k2_an_assessment_comes_before_naming_and_testifying() -> None:
    case = a_woman()
    consents(case, "SHARE_ORG", recipient="Clinic North", items="NAME")
    named = {"recipient": "Clinic North", "services": "MED", "urgency": "EMERG", "anonymity": "C_IDENT"}
    tells(case, "proceeding", 9, type="CRIMINAL", status="TRIAL")
    goes = {"held_on": iso(-9), "wishes_to_go": "YES", "way": "IN_COURT"}

    assert refused(case, "referral", **named) == {"K2"}
    assert refused(case, "referral", **named | {"anonymity": "A_ANON"}) == set()
    assert refused(case, "hearing", **goes) == {"K2"}
    tells(case, "risk", 2, purpose="PERIODIC", level="LOW")
    assert refused(case, "referral", **named) == set()
    assert refused(case, "hearing", **goes) == {"K2"}
    tells(case, "risk", 2, purpose="PRE_TESTIMONY", level="LOW")
    assert refused(case, "hearing", **goes) == set()


def test_k3_dangers_add_up_to_a_level_and_who_judges_otherwise_says_why() -> None:
    with pytest.raises(DeskError, match="judge otherwise"):
        tells(a_woman(), "risk", purpose="PERIODIC", level="LOW", threats="DEBT_OUTSTANDING=3x3")

    made = tells(a_woman(), "risk", purpose="PERIODIC", level="EXTREME", threats="DEBT_OUTSTANDING=3x3")
    assert made.answers()["added_up"].code == "EXTREME"


@story("K4", holds=False)
@story("K4", holds=True)
def test_k4_high_risk_is_read_by_two_and_looked_at_soon() -> None:
    case = a_woman()
    late = step("risk", purpose="PERIODIC", level="HIGH", next_review=iso(-20))
    risk = tells(case, "risk", 3, purpose="PERIODIC", level="HIGH")

    assert warned(case, late) == {"K4"}
    assert "K4" in remarked(case)
    tells(case, "sign_off", 1, assessment=str(risk.id), approved="YES", by="The supervisor")
    tells(case, "safety_plan", 1)
    assert "K4" not in remarked(case)


@story("K5", holds=False)
@story("K5", holds=True)
def test_k5_somebody_independent_takes_part() -> None:
    before = {"purpose": "PRE_RETURN", "level": "LOW"}

    assert warned(a_woman(), step("risk", **before, ngo_involved="NO")) == {"K5"}
    assert warned(a_woman(), step("risk", **before, ngo_involved="YES")) == set()
    assert warned(a_woman(), step("risk", purpose="PERIODIC", level="LOW", ngo_involved="NO")) == set()


@story("K6", holds=False)
@story("K6", holds=True)
def test_k6_nobody_goes_back_unasked_to_those_who_sold() -> None:
    case = ready_to_return(a_woman())
    calm = {"danger_to_life": "NO", "danger_of_torture": "NO", "approved": "YES", "approved_by": "Mira"}
    tells(case, "risk", 1, purpose="PRE_RETURN", level="LOW", family_complicit="YES", **calm)
    tells(case, "return_plan", 1, initiator="PERSON", alternative="YES")

    assert warned(case, step("return", manner="FAMILY_REUNIFICATION")) >= {"K6"}
    assert "K6" not in warned(case, step("return", manner="VOLUNTARY_ASSISTED"))
    assert warned(case, step("return_plan", initiator="FAMILY", to_family="YES")) == {"K6"}
