"""What a withdrawal of consent asks for is in sight at once, and one act does it."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractButton

from referral_desk.gui.case_page import CaseView
from referral_desk.gui.expectation_card import ExpectationCard
from referral_desk.nrm.consent import Consent
from tests.gui.acting import change, day, press, settle, take, texts_in


def withdraw(qtbot, door, case_id, *news):
    """The referral went as far as it did; then consent to it was withdrawn."""

    def do(work):
        case = work.case(case_id)
        [referral] = [step for step in case.steps if step.kind == "referral"]
        for one in news:
            take(work, case, "referral_answer", referral=str(referral.id), news=one)
        take(work, case, "consent", back=0, status="WITHDRAWN", scope="SHARE_ORG", recipient="Safe House")
        return case_id

    change(qtbot, door, do)


def test_a_referral_without_consent_is_stopped_in_one_act(qtbot, window, door, ids):
    withdraw(qtbot, door, ids["adult"], "SENT", "ACCEPTED")
    window.show_case(ids["adult"])
    settle(qtbot, door)
    page = window.cases.case

    due = [one.text() for one in page.findChild(ExpectationCard).findChildren(QAbstractButton)]
    assert "Consent withdrawn: stop the referral · today" in due
    press(qtbot, page, "Consent withdrawn: stop the referral to Safe House")
    settle(qtbot, door)
    form = window.cases.form
    assert form.written()["news"] == "REVOKED"
    assert form.written()["referral"]
    press(qtbot, form, "Save")
    settle(qtbot, door)

    page = window.cases.case
    assert "Taken back" in texts_in(page)
    assert "stop the referral" not in texts_in(page)


def test_what_was_not_sent_yet_is_cancelled(qtbot, window, door, ids):
    withdraw(qtbot, door, ids["adult"])
    window.show_case(ids["adult"])
    settle(qtbot, door)

    press(qtbot, window.cases.case, "Consent withdrawn: stop the referral to Safe House")
    settle(qtbot, door)

    assert window.cases.form.written()["news"] == "CANCELLED"


def test_today_says_so_too(qtbot, window, door, ids):
    withdraw(qtbot, door, ids["adult"], "SENT")
    window.go("today")
    settle(qtbot, door)

    rows = window.stack.currentWidget().rows.rows
    assert "Consent withdrawn: stop the referral" in [getattr(row, "title", "") for row in rows]


def test_whoever_helped_is_told_and_that_is_noted_at_the_withdrawal(qtbot, door, ids, shown):
    withdraw(qtbot, door, ids["adult"], "SENT", "ACCEPTED", "COMPLETED")
    page = shown(CaseView(door, ids["adult"]))
    wanted: list[object] = []
    page.wants_form.connect(wanted.append)

    buttons = [one for one in page.findChildren(QAbstractButton) if "tell the recipient" in one.text()]
    assert len(buttons) == 1
    buttons[0].click()

    assert wanted[0].kind == Consent.kind
    assert wanted[0].step_id is not None
    assert day(0)
