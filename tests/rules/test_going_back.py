"""Return: every rule in a story in which it holds, and in one in which it does not."""

from __future__ import annotations

from datetime import datetime

import pytest

from referral_desk.errors import AnswersMissing
from referral_desk.nrm import pathway
from referral_desk.nrm.case import Case, Step
from referral_desk.nrm.dates import PartialDate
from referral_desk.nrm.person import Person
from tests.cast import TODAY, a_woman, ready_to_return
from tests.rules.asking import consents, refused, step, tells, told, warned
from tests.stories import story


def risky(case: Case, **more: str) -> None:
    calm = {"danger_to_life": "NO", "danger_of_torture": "NO", "level": "LOW"}
    tells(case, "risk", 1, purpose="PRE_RETURN", **calm | {"approved": "YES", "approved_by": "Mira"} | more)


@story("T1", holds=True)
def test_t1_a_second_person_may_approve_afterwards() -> None:
    case = ready_to_return(a_woman())
    risky(case, approved="?UNK")
    [*_others, made] = case.steps

    assert refused(case, "return", manner="VOLUNTARY_ASSISTED") == {"T1"}
    tells(case, "sign_off", 0, assessment=str(made.id), approved="YES", by="The supervisor")
    assert refused(case, "return", manner="VOLUNTARY_ASSISTED") == set()


def signs(case: Case, made: Step, says: str, at: int) -> None:
    signed = tells(case, "sign_off", 0, assessment=str(made.id), approved=says, by="The supervisor")
    signed.recorded_at = datetime.fromisoformat(f"2026-11-23T{at:02}:00")


@story("T1", holds=False)
def test_t1_the_latest_word_on_an_assessment_counts() -> None:
    case = ready_to_return(a_woman())
    risky(case)
    made = case.steps[-1]
    signs(case, made, "NO", 9)

    assert refused(case, "return", manner="VOLUNTARY_ASSISTED") == {"T1"}
    signs(case, made, "YES", 10)
    assert refused(case, "return", manner="VOLUNTARY_ASSISTED") == set()


@story("T1", holds=False)
@pytest.mark.parametrize("signed_before", [True, False], ids=["signed", "said in the assessment"])
def test_t1_nobody_approved_words_that_were_written_afterwards(signed_before: bool) -> None:
    case = ready_to_return(a_woman())
    risky(case, level="HIGH", **({"approved": "?UNK"} if signed_before else {}))
    made = case.steps[-1]
    if signed_before:
        signs(case, made, "YES", 9)

    corrected = pathway.correct(case, made, {"level": "LOW"}, why="Looked at again.", on=TODAY)
    corrected.corrected_at = datetime.fromisoformat("2026-11-23T10:00")

    assert refused(case, "return", manner="VOLUNTARY_ASSISTED") == {"T1"}
    signs(case, corrected, "YES", 11)
    assert refused(case, "return", manner="VOLUNTARY_ASSISTED") == set()


def test_t1_who_approves_is_named() -> None:
    with pytest.raises(AnswersMissing):
        tells(a_woman(), "risk", 1, purpose="PRE_RETURN", level="LOW", approved="YES")
    case = ready_to_return(a_woman())
    risky(case, approved="?UNK")
    said = pathway.correct(case, case.steps[-1], {"approved": "YES", "approved_by": "Mira"}, why="Read it.", on=TODAY)

    assert said.answers()["approved_by"] == "Mira"
    assert refused(case, "return", manner="VOLUNTARY_ASSISTED") == set()


@story("T1", holds=False)
@pytest.mark.parametrize("purpose", ["PERIODIC", "PRE_TESTIMONY", "INITIAL_SAFETY"])
def test_t1_a_later_assessment_for_anything_that_finds_high_risk_overtakes_it(purpose: str) -> None:
    case = ready_to_return(a_woman())
    tells(case, "risk", 4, purpose=purpose, level="MEDIUM")
    assert refused(case, "return", manner="VOLUNTARY_ASSISTED") == set()

    tells(case, "risk", 0, purpose=purpose, level="EXTREME")

    assert refused(case, "return", manner="REMOVAL") == {"T1"}
    risky(case)
    assert refused(case, "return", manner="REMOVAL") == {"T1"}, "what was assessed before does not overtake it"
    calm = {"danger_to_life": "NO", "danger_of_torture": "NO", "approved": "YES", "approved_by": "Mira"}
    tells(case, "risk", 0, purpose="PRE_RETURN", level="HIGH", **calm)
    assert refused(case, "return", manner="REMOVAL") == set()


@story("T6", holds=False)
@pytest.mark.parametrize("asked", ["ASYLUM", "OTHER_STAY", "OPEN"])
def test_t6_nobody_leaves_while_asylum_or_another_stay_is_open(asked: str) -> None:
    case = ready_to_return(a_woman())
    tells(case, "return_plan", 2, initiator="AUTHORITY", refoulement=asked)
    tells(case, "return_plan", 1, initiator="AUTHORITY")

    assert refused(case, "return", manner="REMOVAL") == {"T6"}
    tells(case, "return_plan", 0, initiator="AUTHORITY", refoulement="NOT_NEEDED")
    assert refused(case, "return", manner="REMOVAL") == set()


@story("T5", holds=False)
@pytest.mark.parametrize("result", ["CHILD", "IN_DOUBT"])
def test_t5_whom_an_assessment_found_a_child_is_one_whatever_the_age_group_says(result: str) -> None:
    case = ready_to_return(a_woman())
    tells(case, "age_assessment", 3, consented="YES", method="MULTIDISCIPLINARY", result=result)

    assert refused(case, "return", manner="REMOVAL") == {"T5"}
    tells(case, "age_assessment", 0, consented="YES", method="DOCS", result="ADULT")
    assert refused(case, "return", manner="REMOVAL") == set()


@story("T5", holds=False)
def test_t5_a_date_of_birth_counts_where_an_older_record_contradicts_it() -> None:
    case = ready_to_return(a_woman())
    person = case.latest(Person)
    assert person
    person.date_of_birth = PartialDate.of("2015-03-01")

    assert refused(case, "return", manner="REMOVAL") == {"T5"}
    person.date_of_birth = PartialDate.of("2001~")
    assert refused(case, "return", manner="REMOVAL") == set()


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


@story("T11", holds=False)
@story("T11", holds=True)
def test_t11_who_does_not_want_later_contact_is_not_asked_after_unseen() -> None:
    case = ready_to_return(a_woman())
    tells(case, "return", 4, manner="INTERNAL_RETURN")
    asked = step("monitoring", result="SAFE_STABLE")

    assert "T11" not in told(case, asked)
    tells(case, "consent", 3, status="WITHDRAWN", scope="CONTACT_BACK")
    assert "T11" in told(case, asked)


@story("T12", holds=False)
@story("T12", holds=True)
def test_t12_a_trial_is_not_lost() -> None:
    case = ready_to_return(a_woman())
    tells(case, "remedies", 2, legal_advice="YES", proceedings="PENDING", compensation="WANTED")

    assert warned(case, step("return", manner="VOLUNTARY_ASSISTED")) == {"T12"}
    tells(case, "return_counselling", 1, trial="YES")
    assert warned(case, step("return", manner="VOLUNTARY_ASSISTED")) == set()
