"""What is due when, and what stands on the page of today."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from referral_desk import store
from referral_desk.exchange import practice
from referral_desk.nrm import mechanism
from referral_desk.nrm.case import Case
from referral_desk.nrm.consent import Consent
from referral_desk.nrm.deadlines import overdue, what_is_due
from referral_desk.nrm.mechanism import Value
from referral_desk.nrm.pathway import correct, kind_of, step_from
from referral_desk.nrm.person import FirstContact
from referral_desk.nrm.referral import Referral
from referral_desk.nrm.schedule import deadlines
from referral_desk.store import due as store_due
from referral_desk.today import TodayPage, of_case, today
from referral_desk.vault.passphrases import new_recovery_key
from referral_desk.vault.slots import FLOOR
from tests.cast import PASSPHRASE, TODAY, a_case, a_child, a_woman, days_ago, tells

NOON = datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def in_serbia() -> Iterator[None]:
    with mechanism.at_desk("SRB", {}):
        yield


def days(case: Case) -> dict[str, date]:
    """The day of everything due, by its key."""
    return {due.key: due.due_on for due in what_is_due(case)}


def on(ago: int) -> str:
    return days_ago(ago).isoformat()


def test_every_deadline_of_the_list_is_there() -> None:
    assert {one.id for one in deadlines().values()} >= {f"D{number}" for number in range(1, 21)}


def test_a_new_case_asks_for_safety_and_needs_first() -> None:
    case = a_case()

    assert days(case)["safety_check"] == days_ago(59)
    assert days(case)["needs"] == mechanism.home().calendar.after(days_ago(60), 3)
    assert [due.key for due in overdue(case, TODAY)] == ["first_needs", "safety_check", "needs"]


def test_a_task_vanishes_when_its_step_is_taken() -> None:
    case = a_woman()
    tells(case, "risk", 5, purpose="INITIAL_SAFETY", level="LOW")
    tells(case, "needs", 5)

    assert "safety_check" not in days(case)
    assert days(case)["risk_low"] == days_ago(5 - 90)
    assert days(case)["plan"] == days_ago(5 - 14)
    tells(case, "plan", 1, agreed_by="PERSON")
    assert "plan" not in days(case)
    assert days(case)["plan_review"] == days_ago(1 - 30)


def test_high_risk_brings_everything_closer() -> None:
    case = a_woman()
    tells(case, "plan", 1, agreed_by="PERSON")
    risk = tells(case, "risk", 0, purpose="PERIODIC", level="HIGH")

    assert days(case)["plan_review_high"] == days_ago(1 - 14)
    assert days(case)["risk_high"] == days_ago(-7)
    assert {"sign_off", "safety_plan"} <= set(days(case))
    tells(case, "sign_off", 0, assessment=str(risk.id), approved="YES", by="Supervisor")
    tells(case, "safety_plan", 0)
    assert not {"sign_off", "safety_plan"} & set(days(case))


def test_a_child_alone_gets_a_guardian_in_three_working_days() -> None:
    case = a_case()
    tells(case, "person", 10, age_band="9--17", unaccompanied="YES")

    assert days(case)["guardian"] == mechanism.home().calendar.after(days_ago(10), 3)
    tells(case, "guardian", 8, status="REQUESTED")
    assert "guardian" in days(case)
    assert "child_procedure" not in days(case)
    tells(case, "guardian", 7, status="APPOINTED")
    assert "guardian" not in days(case)


def test_a_reflection_period_is_shown_two_weeks_before_it_ends_and_moves_with_what_happens() -> None:
    case = a_woman()
    period = tells(case, "reflection", 40, granted="GRANTED", mechanism="COE")
    [due] = [one for one in what_is_due(case) if one.key == "reflection_end"]

    assert due.due_on == days_ago(10)
    assert due.shown_on == days_ago(24)
    tells(case, "reflection_extension", 12, until=on(-20), period=str(period.id))
    assert days(case)["reflection_end"] == days_ago(-20)
    tells(case, "reflection_interruption", 8, resumed_on=on(3))
    assert days(case)["reflection_end"] == days_ago(-25)
    tells(case, "reflection_interruption", 1)
    assert "reflection_end" not in days(case)
    tells(case, "reflection_end", 0, ground="DECIDED")
    assert "reflection_end" not in days(case)


def test_a_presumed_victim_from_elsewhere_is_asked_about_reflection() -> None:
    foreign, own = a_woman(), a_case()
    tells(own, "person", 60, age_band="24--26", citizenships="SRB")
    for case in (foreign, own):
        tells(case, "decision", 10, status="PRESUMED", decided_by="GOV")

    assert days(foreign)["reflection_record"] == mechanism.home().calendar.after(days_ago(10), 2)
    assert "reflection_record" not in days(own)
    with mechanism.at_desk("SRB", {("SRB", "reflection_for_nationals"): Value("YES")}):
        assert "reflection_record" in days(own)


def a_referral(case: Case, **more: Any) -> str:
    told = {
        "status": "GIVEN",
        "scope": "SHARE_ORG",
        "recipient": "Clinic North",
        "items": "GENDER",
        "given_by": "PERSON",
    }
    tells(case, "consent", 30, **told)
    referral = {"recipient": "Clinic North", "services": "MED", "shares": "GENDER", "urgency": "URGENT"}
    return str(tells(case, "referral", 20, **referral | more).id)


def test_the_day_on_the_form_is_the_day_on_which_we_ask_again_whatever_the_office_laid_down() -> None:
    for written, last in (("72 hours", 17), ("5 days", 15), ("2 working days", 18)):
        with mechanism.at_desk("SRB", {("SRB", "answer_urgent"): Value(written)}):
            case = a_woman()
            a_referral(case)

            assert case.taken(Referral)[-1].reply_by == days(case)["answer_urgent"]
            assert days(case)["answer_urgent"] == days_ago(last)


def test_a_referral_waits_is_chased_answered_and_fed_back() -> None:
    case = a_woman()
    referral = a_referral(case)

    assert days(case)["answer_urgent"] == days_ago(17)
    tells(case, "referral_answer", 15, referral=referral, news="SENT")
    assert days(case)["answer_urgent"] == days_ago(12)
    tells(case, "referral_answer", 10, referral=referral, news="CHASED")
    assert days(case)["answer_urgent"] == days_ago(7)
    tells(case, "referral_answer", 9, referral=referral, news="ACCEPTED")
    assert "answer_urgent" not in days(case)
    assert days(case)["feedback"] == days_ago(9 - 14)
    tells(case, "referral_answer", 5, referral=referral, news="COMPLETED", outcome="SERVICE_PROVIDED")
    assert "feedback" not in days(case)


def test_consent_ends_after_a_year_or_when_it_says_so() -> None:
    case, said = a_woman(), a_woman()
    a_referral(case)
    tells(said, "consent", 5, status="GIVEN", scope="SERVICES", expires_on=on(-10))

    assert days(case)["consent"] == date(2027, 10, 24)
    assert days(said)["consent"] == days_ago(-10)
    tells(case, "consent", 1, status="WITHDRAWN", scope="SHARE_ORG", recipient="clinic north")
    assert "consent" not in days(case)


def test_national_times_are_counted_once_somebody_knows_them() -> None:
    case = a_woman()
    tells(case, "decision", 10, status="NOT_CONFIRMED", decided_by="GOV")

    assert "appeal" not in days(case)
    with mechanism.at_desk("SRB", {("SRB", "appeal_time"): Value("15 days")}):
        assert days(case)["appeal"] == days_ago(10 - 15)
        decision = case.steps[-1]
        tells(case, "appeal", 1, decision=str(decision.id), result="PENDING")
        assert "appeal" not in days(case)


def test_a_decision_in_the_united_kingdom_is_due_in_five_working_days() -> None:
    case = a_case()
    tells(case, "person", 60, age_band="24--26", age_in_doubt="NO")
    told = {"status": "GIVEN", "scope": "SHARE_ID_AUTH", "recipient": "Home Office", "given_by": "PERSON"}
    tells(case, "consent", 12, **told)
    tells(case, "submission", 10, outcome="SUBMITTED", authority="Home Office")

    with mechanism.at_desk("GBR", {}):
        assert days(case)["decision"] == date(2026, 11, 20)


def test_a_return_is_followed_for_a_year_and_silence_is_not_the_end() -> None:
    case = a_woman()
    left = kind_of("return")(day=days_ago(40), manner=None)
    case.steps.append(left)

    assert [days(case)[f"monitoring_{number}"] for number in (1, 2)] == [days_ago(33), date(2026, 11, 14)]
    tells(case, "monitoring", 33, result="SAFE_STABLE")
    assert "monitoring_1" not in days(case)
    tells(case, "monitoring", 9, result="UNREACHABLE")
    assert days(case)["monitoring_again"] == days_ago(2)
    assert "monitoring_3" in days(case)
    tells(case, "monitoring", 1, result="ENDED_BY_PERSON")
    assert not [key for key in days(case) if key.startswith("monitoring")]


def test_data_rights_have_their_months_and_hours() -> None:
    case = a_woman()
    request = tells(case, "access_request", 20, about="ACCESS")
    breach = tells(case, "breach", 1, what="LOST")

    assert days(case)["access"] == date(2026, 12, 3)
    assert days(case)["breach"] == days_ago(-2)
    tells(case, "access_answer", 10, request=str(request.id), reply="EXTENDED")
    assert days(case)["access_extended"] == date(2027, 2, 3)
    assert breach.answers()["encrypted"] is None


def test_hours_are_counted_from_the_hour_of_the_recording() -> None:
    case = a_woman()
    breach = tells(case, "breach", 0, what="LOST")
    breach.recorded_at = datetime(TODAY.year, TODAY.month, TODAY.day, 9, 30)  # noqa: DTZ001 - as the store keeps it
    [due] = [one for one in what_is_due(case) if one.key == "breach"]

    assert due.due_at == breach.recorded_at + timedelta(hours=72)
    assert not due.is_overdue(due.due_on, due.due_at - timedelta(minutes=1))
    assert due.is_overdue(due.due_on, due.due_at + timedelta(minutes=1))


def test_of_a_closed_case_only_what_does_not_end_with_it_is_due() -> None:
    case = a_woman()
    tells(case, "breach", 3, what="LOST")
    case.steps.append(step_from(kind_of("closure"), {"day": on(1), "reason": "GOALS_MET"}))

    assert set(days(case)) == {"breach", "retention"}
    assert days(case)["retention"] == date(2027, 11, 22)


# --- the page of today, at a desk


def new_desk(folder: Path, **more: Any) -> store.Desk:
    given: dict[str, Any] = {"recovery_key": new_recovery_key(), "cost": FLOOR, "mechanism": "SRB"}
    return store.create(folder, passphrase=PASSPHRASE, clock=lambda: NOON, **given | more)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[store.Desk]:
    with new_desk(tmp_path / "desk") as opened:
        yield opened


def page_of(desk: store.Desk) -> TodayPage:
    with desk.work(unsealed=False) as work:
        return today(work)


def test_an_empty_desk_says_that_nothing_is_due(desk: store.Desk) -> None:
    page = page_of(desk)

    assert page.sentence == "Nothing is due today."
    assert page.overdue.is_empty


def test_today_follows_every_step_in_the_same_piece_of_work(desk: store.Desk) -> None:
    with desk.work() as work:
        case = work.open_case(FirstContact(day=days_ago(2)))
        code, id_ = case.code, case.id
    before = page_of(desk)
    with desk.work() as work:
        work.take(work.case(id_), step_from(kind_of("risk"), {"day": on(0), "purpose": "PERIODIC", "level": "HIGH"}))
    after = page_of(desk)

    assert {line.key for line in before.overdue.lines} == {"first_needs", "safety_check"}
    assert {line.case_code for line in before.overdue.lines} == {code}
    assert before.overdue.lines[0].left == "1 day overdue"
    assert "safety_check" not in {line.key for line in after.overdue.lines}
    assert after.overdue.is_empty
    with desk.work(unsealed=False) as work:
        assert "risk_high" in {line.key for line in of_case(work, id_)}


def test_a_correction_moves_what_is_due(desk: store.Desk) -> None:
    with desk.work() as work:
        case = work.open_case(FirstContact(day=days_ago(0)))
        risk = step_from(kind_of("risk"), {"day": on(0), "purpose": "PERIODIC", "level": "LOW"})
        work.take(case, risk)
        id_ = case.id
    with desk.work() as work:
        case = work.case(id_)
        work.correct(case, case.steps[-1], {"level": "EXTREME"}, why="A slip.")
    with desk.work(unsealed=False) as work:
        assert {"risk_extreme", "safety_plan"} <= {line.key for line in of_case(work, id_)}


def test_what_the_store_keeps_is_what_the_records_say(tmp_path: Path) -> None:
    with new_desk(tmp_path / "desk", purpose=store.Purpose.PRACTICE) as desk:
        practice.fill(desk, cases=30)
        kept_and_said(desk)


def kept_and_said(desk: store.Desk) -> None:
    with desk.work(unsealed=False) as work:
        cases = work.cases(work.case_ids())
        assert sum(len(what_is_due(case)) for case in cases) > len(cases)
        for case in cases:
            kept = [(row.key, row.due_on, row.due_at, row.kind) for row in store_due.of_case(work.session, case.id)]
            assert kept == [(due.key, due.due_on, due.due_at, due.kind) for due in what_is_due(case)]
        page = today(work, most=2)
    assert page.overdue.count > 2
    assert len(page.overdue.lines) == 2
    assert page.overdue.lines[0].due_on <= page.overdue.lines[-1].due_on < TODAY


def test_a_child_is_never_forgotten() -> None:
    assert "child_procedure" in days(a_child())


def test_a_withdrawal_stops_a_referral_that_waits_and_is_told_to_whoever_has_it() -> None:
    case = a_woman()
    waits, held = a_referral(case), a_referral(case)
    tells(case, "referral_answer", 19, referral=held, news="SENT")
    tells(case, "referral_answer", 18, referral=held, news="ACCEPTED")
    assert "take_back" not in days(case)
    withdrawn = {"status": "WITHDRAWN", "scope": "SHARE_ORG", "recipient": "Clinic North"}
    tells(case, "consent", 5, **withdrawn)

    assert [str(one.step_id) for one in what_is_due(case) if one.key == "take_back"] == [waits, held]
    assert days(case)["take_back"] == days_ago(5)
    assert "answer_urgent" not in days(case)
    tells(case, "referral_answer", 4, referral=waits, news="CANCELLED")
    tells(case, "referral_answer", 4, referral=held, news="REVOKED")
    assert "take_back" not in days(case)


def test_whoever_helped_already_is_told_of_a_withdrawal_once() -> None:
    case = a_woman()
    helped = a_referral(case)
    for ago, news in ((19, "SENT"), (18, "ACCEPTED"), (10, "COMPLETED")):
        tells(case, "referral_answer", ago, referral=helped, news=news)
    withdrawn = {"status": "WITHDRAWN", "scope": "SHARE_ORG", "recipient": "Clinic North"}
    tells(case, "consent", 5, **withdrawn)
    assert days(case)["recipient_told"] == days_ago(5)

    correct(case, case.taken(Consent)[-1], {"recipient_told_on": on(4)}, why="They confirmed it.", on=TODAY)

    assert "recipient_told" not in days(case)


def test_who_agrees_again_stops_nothing() -> None:
    case = a_woman()
    a_referral(case)
    tells(case, "consent", 5, status="WITHDRAWN", scope="SHARE_ORG", recipient="Clinic North")
    again = {"recipient": "Clinic North", "items": "GENDER", "given_by": "PERSON"}
    tells(case, "consent", 4, status="GIVEN", scope="SHARE_ORG", **again)

    assert "take_back" not in days(case)
