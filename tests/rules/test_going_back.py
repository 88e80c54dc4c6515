"""Return: every rule in a story in which it holds, and in one in which it does not."""

from __future__ import annotations

from referral_desk.nrm.case import Case
from tests.cast import a_woman, ready_to_return
from tests.rules.asking import consents, refused, step, tells, warned
from tests.stories import story


def risky(case: Case, **more: str) -> None:
    calm = {"danger_to_life": "NO", "danger_of_torture": "NO", "approved": "YES", "level": "LOW"}
    tells(case, "risk", 1, purpose="PRE_RETURN", **calm | more)


@story("T1", holds=True)
def test_t1_a_second_person_may_approve_afterwards() -> None:
    case = ready_to_return(a_woman())
    risky(case, approved="?UNK")
    [*_others, made] = case.steps

    assert refused(case, "return", manner="VOLUNTARY_ASSISTED") == {"T1"}
    tells(case, "sign_off", 0, assessment=str(made.id), approved="YES", by="The supervisor")
    assert refused(case, "return", manner="VOLUNTARY_ASSISTED") == set()


@story("T7", holds=False)
@story("T7", holds=True)
def test_t7_at_high_risk_other_ways_are_considered() -> None:
    case = ready_to_return(a_woman())
    risky(case, danger_of_retrafficking="HIGH")
    leaving = step("return", manner="VOLUNTARY_ASSISTED")

    assert warned(case, leaving) == {"T7"}
    tells(case, "return_plan", initiator="PERSON", alternative="YES")
    assert "T7" not in warned(case, step("return", manner="VOLUNTARY_ASSISTED"))


@story("T8", holds=False)
@story("T8", holds=True)
def test_t8_a_transfer_needs_a_reason() -> None:
    case = ready_to_return(a_woman())

    assert warned(case, step("return", manner="DUBLIN_TRANSFER")) == {"T8"}
    assert warned(case, step("return", manner="VOLUNTARY_ASSISTED")) == set()


@story("T9", holds=False)
@story("T9", holds=True)
def test_t9_nobody_at_the_origin_is_told_without_consent_and_papers_are_silent() -> None:
    case = a_woman()
    plan = {"initiator": "PERSON", "receiving": "Harbour House"}

    assert refused(case, "return_plan", **plan) == {"T9"}
    consents(case, "ORIGIN", recipient="Harbour House", items="NEEDS")
    assert refused(case, "return_plan", **plan) == set()
    assert refused(case, "return_plan", **plan, names_trafficking="YES") == {"T9"}


@story("T10", holds=False)
@story("T10", holds=True)
def test_t10_somebody_waits_and_looks_after() -> None:
    case = ready_to_return(a_woman())
    tells(case, "return_plan", 1, initiator="PERSON")

    assert warned(case, step("return", manner="VOLUNTARY_ASSISTED")) == {"T10"}
    consents(case, "ORIGIN", recipient="Harbour House", items="NEEDS")
    tells(case, "return_plan", 0, initiator="PERSON", receiving="Harbour House", monitoring="YES")
    assert warned(case, step("return", manner="VOLUNTARY_ASSISTED")) == set()


@story("T12", holds=False)
@story("T12", holds=True)
def test_t12_a_trial_is_not_lost() -> None:
    case = ready_to_return(a_woman())
    tells(case, "remedies", 2, legal_advice="YES", proceedings="PENDING", compensation="WANTED")

    assert warned(case, step("return", manner="VOLUNTARY_ASSISTED")) == {"T12"}
    tells(case, "return_counselling", 1, trial="YES")
    assert warned(case, step("return", manner="VOLUNTARY_ASSISTED")) == set()
