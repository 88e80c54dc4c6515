"""Where rules and deadlines are read closely: what runs out, comes back, is told late, or is said by another step."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from referral_desk import words
from referral_desk.errors import CannotFollow
from referral_desk.expectation import expectation
from referral_desk.gui.errands import place_of
from referral_desk.nrm import mechanism, pathway
from referral_desk.nrm.all_the_same import may_go_on
from referral_desk.nrm.case import Case
from referral_desk.nrm.deadlines import what_is_due
from referral_desk.nrm.mechanism import Value
from referral_desk.nrm.person import FirstContact, is_child
from referral_desk.nrm.reflection import ReflectionStanding, standing
from referral_desk.nrm.safeguards import unmet
from referral_desk.today import DueLine, When
from tests.cast import TODAY, a_case, a_child, a_woman, days_ago, ready_to_return
from tests.rules.asking import consents, iso, refused, remarked, step, tells, warned

CALM = {"level": "LOW", "danger_to_life": "NO", "danger_of_torture": "NO", "approved": "YES", "approved_by": "Mira"}
BY_TWO = {"authorised_by": "Bo", "justification": "He was seen at the door."}
FOR_RETURN = {"purpose": "PRE_RETURN", **CALM}


def due(case: Case) -> dict[str, date]:
    return {one.key: one.due_on for one in what_is_due(case)}


def test_a_safety_check_is_the_first_safety_check() -> None:
    case = a_case()
    tells(case, "safety_check", 60, in_danger="NO")

    assert not {"safety_check", "first_needs"} & set(due(case))
    assert not {"K1", "I6"} & remarked(case)


def test_whoever_comes_back_is_asked_again_whether_she_is_safe() -> None:
    case = a_woman()
    tells(case, "risk", 40, purpose="CLOSURE", level="LOW")
    tells(case, "closure", 39, reason="GOALS_MET", approved="YES", approved_by="Mira")
    tells(case, "reopening", 5, reason="RETRAFFICKED")

    assert due(case)["safety_check"] == days_ago(4)
    assert "K1" in remarked(case)
    tells(case, "risk", 4, purpose="INITIAL_SAFETY", level="LOW")
    assert "safety_check" not in due(case)


def test_a_presumed_victim_who_was_trafficked_again_is_asked_about_reflection_again() -> None:
    case = a_woman()
    tells(case, "decision", 58, status="PRESUMED", decided_by="NGO")
    tells(case, "reflection", 55, granted="GRANTED", mechanism="COE")
    tells(case, "risk", 20, purpose="CLOSURE", level="LOW")
    tells(case, "closure", 20, reason="GOALS_MET", approved="YES", approved_by="Mira")
    tells(case, "reopening", 12, reason="RETRAFFICKED")
    assert "F1" not in remarked(case)
    tells(case, "decision", 10, status="PRESUMED", decided_by="NGO")

    assert "F1" in remarked(case)
    tells(case, "reflection", 9, granted="REQUESTED", mechanism="COE")
    assert "F1" not in remarked(case)


def test_who_may_be_a_child_by_the_first_questions_is_one_until_it_is_known() -> None:
    case = a_case()
    tells(case, "person", 60, age_band="18--20")
    assert not is_child(case)
    tells(case, "safety_check", 59, in_danger="NO", perhaps_child="YES")

    assert is_child(case)
    tells(case, "age_assessment", 40, consented="YES", result="ADULT", method="PSYCHOSOCIAL")
    assert not is_child(case)


def test_whoever_said_that_there_is_no_doubt_is_believed() -> None:
    case = a_woman()
    tells(case, "safety_check", 60, in_danger="NO", perhaps_child="YES")

    assert not is_child(case)


def test_a_doctor_needed_at_the_first_check_cannot_wait() -> None:
    case = a_woman()
    tells(case, "safety_check", 3, in_danger="NO", medical_emergency="YES")

    assert "A6" in remarked(case)
    tells(case, "service", 3, service="MED")
    assert "A6" not in remarked(case)


def test_a_plan_that_nobody_agreed_to_is_none_yet() -> None:
    case = a_woman()
    tells(case, "needs", 20)
    tells(case, "plan", 10, agreed_by="NOT_YET")
    assert "plan" in due(case)
    tells(case, "plan", 9, agreed_by="PERSON")
    assert "plan" not in due(case)


def test_a_guardian_agrees_to_a_plan_after_the_child_was_heard() -> None:
    case = a_child()
    tells(case, "plan", 3, agreed_by="GUARDIAN")
    by_guardian = {"service": "LANG", "agreed_by": "GUARDIAN"}

    tells(case, "child_views", 3, heard="NOT_HEARD")
    assert refused(case, "plan_item", **by_guardian) == {"A2"}
    tells(case, "child_views", 2, heard="ALONE", topics="PLAN")
    assert refused(case, "plan_item", **by_guardian) == set()


def test_at_high_risk_a_plan_is_looked_at_in_two_weeks_whatever_day_was_agreed() -> None:
    case = a_woman()
    tells(case, "plan", 20, agreed_by="PERSON", next_review=iso(-60))
    assert due(case)["plan_review"] == days_ago(-60)

    tells(case, "risk", 1, purpose="PERIODIC", level="HIGH")

    assert due(case)["plan_review_high"] == days_ago(6)
    assert "A3" in remarked(case)


@pytest.mark.parametrize("days", [2, -1])
def test_an_assessment_says_itself_how_long_it_holds(days: int) -> None:
    case = ready_to_return(a_woman())
    tells(case, "risk", 4, **FOR_RETURN, valid_until=iso(days))

    assert ("T1" in refused(case, "return", manner="VOLUNTARY_ASSISTED")) is (days > 0)


def test_nobody_approves_her_own_assessment() -> None:
    case = ready_to_return(a_woman())
    alone = {**FOR_RETURN, "assessors": "Mira Kostić", "approved_by": "mira kostić"}
    risk = tells(case, "risk", 4, **alone)
    assert "T1" in refused(case, "return", manner="VOLUNTARY_ASSISTED")

    tells(case, "sign_off", 3, assessment=str(risk.id), approved="YES", by="Mira  Kostić")
    assert "T1" in refused(case, "return", manner="VOLUNTARY_ASSISTED")
    tells(case, "sign_off", 2, assessment=str(risk.id), approved="YES", by="Bo")
    assert refused(case, "return", manner="VOLUNTARY_ASSISTED") == set()


@pytest.mark.parametrize(
    ("kind", "met"),
    [
        ("interview", {}),
        ("service", {"service": "MED"}),
        ("needs", {}),
        ("consent", {"status": "GIVEN", "scope": "SERVICES", "given_by": "PERSON"}),
    ],
)
def test_contact_is_not_lost_with_somebody_who_was_met_since(kind: str, met: dict[str, str]) -> None:
    case = pathway.open_case(on=TODAY, first=FirstContact(day=days_ago(200)))
    tells(case, "risk", 1, purpose="CLOSURE", level="LOW")
    lost = {"reason": "LOST_CONTACT", "approved": "YES", "approved_by": "Mira"}
    assert refused(case, "closure", **lost) == set()

    tells(case, kind, 30, **met)

    assert refused(case, "closure", **lost, last_contact=iso(120)) == {"Z1"}


def test_what_was_awarded_and_not_paid_is_still_open() -> None:
    case = a_woman()
    tells(case, "risk", 1, purpose="CLOSURE", level="LOW")
    claim = tells(case, "claim", 30, against="EMPLOYER", heads="UNPAID_WAGES")
    closing = step("closure", reason="GOALS_MET", approved="YES", approved_by="Mira")
    tells(case, "award", 20, claim=str(claim.id), result="AWARDED")
    assert warned(case, closing) == {"Z2"}

    tells(case, "award", 2, claim=str(claim.id), result="PAID")

    assert warned(case, closing) == set()


def test_a_name_goes_to_nobody_whose_yes_has_been_taken_back() -> None:
    case = a_woman()
    consents(case, "SHARE_ORG", 20, recipient="Clinic North", items="NAME")
    tells(case, "risk", 2, purpose="PRE_REFERRAL", level="LOW")
    first = tells(case, "referral", 15, recipient="Clinic North", services="MED", urgency="NORMAL")
    named = {"recipient": "Clinic North", "services": "MED", "urgency": "NORMAL", "anonymity": "C_IDENT"}
    for ago, news in ((14, "SENT"), (13, "ACCEPTED")):
        tells(case, "referral_answer", ago, referral=str(first.id), news=news)
    assert refused(case, "referral", **named) == set()

    tells(case, "referral_answer", 9, referral=str(first.id), news="DECLINED_BY_PERSON")

    assert refused(case, "referral", **named) == {"R3"}


def test_what_is_told_late_of_a_referral_must_fit_what_came_after() -> None:
    case = a_woman()
    consents(case, "SHARE_ORG", 20, recipient="Clinic North", items="NEEDS")
    sent = tells(case, "referral", 15, recipient="Clinic North", services="MED", urgency="NORMAL")
    of = {"referral": str(sent.id)}
    tells(case, "referral_answer", 14, **of, news="SENT")
    tells(case, "referral_answer", 10, **of, news="ACCEPTED")

    tells(case, "referral_answer", 12, **of, news="RECEIVED")
    with pytest.raises(CannotFollow):
        tells(case, "referral_answer", 11, **of, news="DECLINED", decline_reason="NO_CAPACITY")


def test_a_referral_that_is_ready_can_be_taken_back() -> None:
    case = a_woman()
    consents(case, "SHARE_ORG", 20, recipient="Clinic North", items="NEEDS")
    ready = tells(case, "referral", 15, recipient="Clinic North", services="MED", urgency="NORMAL")

    tells(case, "referral_answer", 14, referral=str(ready.id), news="REVOKED")


def test_consent_that_came_after_a_submission_did_not_cover_it() -> None:
    case = a_woman()
    consents(case, "SHARE_ID_AUTH", 5, recipient="Centre", items="NAME")
    submitted = {"outcome": "SUBMITTED", "authority": "Centre"}

    assert refused(case, "submission", 6, **submitted) == {"I8"}
    assert refused(case, "submission", 5, **submitted) == set()
    tells(case, "consent", 1, status="WITHDRAWN", scope="SHARE_ID_AUTH", recipient="Centre")
    assert refused(case, "submission", 3, **submitted) == set()
    assert refused(case, "submission", 1, **submitted) == {"I8"}


def test_an_extension_takes_no_day_away() -> None:
    case = a_woman()
    period = tells(case, "reflection", 10, granted="GRANTED", mechanism="SRB")

    assert refused(case, "reflection_extension", 5, period=str(period.id), until=iso(-79)) == {"X6"}
    tells(case, "reflection_extension", 5, period=str(period.id), until=iso(-100))
    assert refused(case, "reflection_extension", 2, until=iso(-90)) == {"X6"}
    assert refused(case, "reflection_extension", 2, until=iso(-101)) == set()


def test_the_day_that_is_told_is_that_of_the_extension() -> None:
    case = a_woman()
    tells(case, "reflection", 10, granted="GRANTED", mechanism="SRB")
    tells(case, "reflection_extension", 5, until=iso(-100))

    told = words.day(days_ago(-100))
    assert any(told in sentence for sentence in expectation(case, TODAY, ()).entitled)


def test_a_second_request_hides_no_running_period() -> None:
    case = a_woman()
    tells(case, "reflection", 10, granted="GRANTED", mechanism="SRB")
    tells(case, "reflection", 2, granted="REQUESTED", mechanism="SRB")

    assert standing(case, TODAY) is ReflectionStanding.RUNNING


def test_a_period_that_an_office_made_too_short_is_noticed() -> None:
    with mechanism.at_desk("SRB", {("SRB", "reflection"): Value("20 days")}):
        assert warned(a_woman(), step("reflection", 1, granted="GRANTED", mechanism="SRB")) == {"F2"}


def test_a_return_that_was_called_off_ends_no_deadline() -> None:
    case = ready_to_return(a_woman())
    tells(case, "reflection", 40, granted="GRANTED", mechanism="SRB")
    tells(case, "return", 3, manner="VOLUNTARY_ASSISTED", destination="MDA")
    assert "reflection_end" not in due(case)

    tells(case, "return_progress", 2, news="CANCELLED", why="CHANGED_MIND")

    assert "reflection_end" in due(case)


def test_a_child_that_is_missing_is_reported_to_those_who_look_for_it() -> None:
    case = a_child()
    tells(case, "missing", 3, status="MISSING", reported_on=iso(3), reported_to="GUARDIAN")

    assert "C6" in remarked(case)


def test_whoever_is_in_danger_through_a_breach_is_told() -> None:
    case = a_woman()
    tells(case, "breach", 9, what="STOLEN", danger="YES", authority_told_on=iso(9))

    assert "Z6" in remarked(case)


def test_a_refused_permit_can_be_appealed() -> None:
    case = a_woman()
    tells(case, "permit", 9, permit="HUMANITARIAN", status="REFUSED", appeal_by=iso(-5))
    assert due(case)["appeal"] == days_ago(-5)

    tells(case, "proceeding", 2, type="ADMIN", status="APPEAL")

    assert "appeal" not in due(case)


def test_a_child_that_was_not_heard_is_heard_and_no_second_person_stands_in_for_that() -> None:
    case = a_child()
    submitted = step("submission", outcome="CHILD_AUTOMATIC", authority="Centre")

    [guard] = unmet(case, submitted, TODAY)

    assert guard.id == "I8"
    assert not may_go_on([guard])


@pytest.mark.parametrize(
    "told", [{"age_at_entry": "9--17", "as_child": "NO"}, {"age_at_entry": "21--23", "as_child": "YES"}]
)
def test_nobody_was_a_child_and_grown_up_when_it_began(told: dict[str, Any]) -> None:
    case = a_woman()

    assert refused(case, "experience", exploitation="LAB", **told) == {"X6"}


def test_counselling_that_was_recorded_is_counselling() -> None:
    case = a_woman()
    tells(case, "risk", 5, **FOR_RETURN)
    tells(case, "return_counselling", 10)
    tells(case, "return_decision", 9, wish="YES", in_writing="YES")

    assert "T4" not in refused(case, "return", manner="VOLUNTARY_ASSISTED")


def test_what_is_only_shown_of_a_step_stands_in_the_case_until_it_is_mended() -> None:
    case = a_woman()
    assert not {"X10", "I9"} & remarked(case)
    consents(case, "SERVICES", 9)
    tells(case, "submission", 9, outcome="PERSON_REFUSED")
    assert {"X10", "I9"} <= remarked(case)

    consents(case, "SERVICES", 8, language="srp")
    tells(case, "submission", 8, outcome="PERSON_REFUSED", why_not="FAMILY")

    assert not {"X10", "I9"} & remarked(case)


@pytest.mark.parametrize(
    ("kind", "said", "key"),
    [
        ("breach", {"what": "STOLEN"}, "breach"),
        ("breach", {"what": "STOLEN", "danger": "YES", "authority_told_on": iso(9)}, "breach_person"),
        ("missing", {"status": "MISSING"}, "missing"),
        ("hearing", {"held_on": iso(-9)}, "hearing"),
    ],
)
def test_what_another_answer_of_the_same_step_ends_leads_to_that_step(
    kind: str, said: dict[str, str], key: str
) -> None:
    case = a_child()
    tells(case, "proceeding", 9, type="CRIMINAL", status="TRIAL")
    taken = tells(case, kind, 9, **said)
    [one] = [one for one in what_is_due(case) if one.key == key]
    line = DueLine(case.id, case.code, key, "", "", one.due_on, None, When.COMING, "", "", one.kind, "", one.step_id)

    place = place_of(line)

    assert place is not None
    assert place.step_id == taken.id


def test_of_a_closed_case_nothing_is_remarked_but_what_is_due_all_the_same() -> None:
    case = a_child()
    tells(case, "reflection", 58, granted="GRANTED", mechanism="COE")
    tells(case, "risk", 9, purpose="CLOSURE", level="LOW")
    assert {"A4", "F4"} <= remarked(case)

    tells(case, "closure", 8, reason="TURNED_18_TRANSITION", approved="YES", approved_by="Mira")
    assert remarked(case) == set()
    tells(case, "breach", 7, what="LOST")
    assert remarked(case) == {"Z6"}


@pytest.mark.parametrize(
    ("case", "given", "counts"),
    [
        (a_child, {"given_by": "PERSON"}, False),
        (a_child, {"given_by": "GUARDIAN", "child_assents": "NO"}, False),
        (a_child, {"given_by": "GUARDIAN"}, True),
        (a_woman, {"capable": "NO"}, False),
        (a_woman, {}, True),
        (a_woman, {"status": "OTHER_GROUND", "ground": "CONSENT", **BY_TWO}, False),
        (a_woman, {"status": "OTHER_GROUND", "ground": "VITAL_INTEREST", **BY_TWO}, True),
        (a_child, {"status": "REFUSED"}, True),
    ],
)
def test_a_decision_that_lets_nothing_go_says_so(case: Any, given: dict[str, str], counts: bool) -> None:
    of = case()
    consents(of, "SHARE_ORG", recipient="Clinic North", items="NEEDS", language="srp", **given)

    assert ("R1" not in remarked(of)) is counts
