"""The first page: what is due in all cases, each a way to its form; and what a case expects now."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from referral_desk.gui.answer_dialog import AnswerDialog
from referral_desk.gui.case_page import CaseView
from referral_desk.gui.errands import Place
from referral_desk.gui.expectation_card import ExpectationCard
from referral_desk.gui.today_page import TodayPage
from referral_desk.gui.today_rows import Heading, Task
from referral_desk.letters import documents
from referral_desk.letters.documents import Errand
from referral_desk.nrm.referral import Urgency
from tests.gui.acting import answer, change, press, settle, show_form, take, texts_in


@pytest.fixture
def page(door, ids, shown):
    return shown(TodayPage(door))


def tasks(page):
    return [row for row in page.rows.rows if isinstance(row, Task)]


def headings(page):
    return [row.text for row in page.rows.rows if isinstance(row, Heading)]


def test_it_is_the_first_page(qtbot, windows, door):
    windows.door = door
    windows.work()
    settle(qtbot, door)

    assert windows.shown.place == "today"
    assert isinstance(windows.shown.stack.currentWidget(), TodayPage)


def test_what_is_overdue_stands_first_and_says_what_until_when_and_in_which_case(page):
    assert headings(page)[0] == "Overdue"
    first = tasks(page)[0]
    assert "overdue" in first.when
    assert "RD-" in first.about
    assert "Marija" not in str(page.rows.rows)


def test_a_line_leads_to_the_form_that_answers_it(qtbot, page):
    wanted: list[Place] = []
    page.wants_form.connect(wanted.append)
    at = next(at for at, row in enumerate(page.rows.rows) if isinstance(row, Task) and row.place)
    page.view.setCurrentIndex(page.rows.index(at))

    page.go()

    assert wanted == [page.rows.rows[at].place]


def test_headings_are_passed_over_by_the_arrows(qtbot, page):
    assert page.rows.task(page.view.currentIndex()) is not None
    for _again in range(len(page.rows.rows)):
        qtbot.keyClick(page.view, Qt.Key.Key_Down)
        assert page.rows.task(page.view.currentIndex()) is not None


def test_one_group_alone_can_be_looked_at(page):
    page.show_only("letters")

    assert headings(page) == ["Unanswered letters"]
    page.show_only("")
    assert headings(page)[0] == "Overdue"


def test_a_form_left_unfinished_waits_here(qtbot, window, door, ids):
    answer(qtbot, show_form(qtbot, window, Place("interview", ids["adult"])), account="She was told.")
    window.go("today")
    settle(qtbot, door)

    page = window.stack.currentWidget()
    page.show_only("drafts")

    assert [task.title for task in tasks(page)] == ["Identification interview"]
    page.go()
    settle(qtbot, door)
    assert window.cases.form.written()["account"] == "She was told."


def test_a_line_goes_by_itself_when_its_step_is_recorded(qtbot, door, ids, page):
    before = [task for task in tasks(page) if task.case_id == ids["adult"] and task.place.kind == "needs"]
    assert before

    change(qtbot, door, lambda work: take(work, work.case(ids["adult"]), "needs") or ids["adult"])

    qtbot.waitUntil(
        lambda: not [t for t in tasks(page) if t.case_id == ids["adult"] and t.place and t.place.kind == "needs"],
        timeout=20_000,
    )


def test_it_looks_again_after_midnight(page):
    assert 0 < page.midnight.remainingTime() <= 24 * 60 * 60 * 1000 + 2000


def test_an_answer_to_a_referral_knows_which(qtbot, window, door, ids):
    window.go("today")
    settle(qtbot, door)
    page = window.stack.currentWidget()
    page.show_only("letters")
    task = next(task for task in tasks(page) if task.place)

    page.wants_form.emit(task.place)
    settle(qtbot, door)

    assert window.cases.form.written().get("referral") == str(task.place.about)


def test_the_case_says_what_is_expected_until_when_and_what_the_person_is_entitled_to(qtbot, door, ids, shown):
    page = shown(CaseView(door, ids["adult"]))
    card = page.findChild(ExpectationCard)

    assert "since" in card.now.text()
    assert "whether or not there is talk with the authorities" in texts_in(card)


def test_a_childs_case_names_the_guardian_and_the_best_interests(door, ids, shown):
    card = shown(CaseView(door, ids["child"])).findChild(ExpectationCard)

    assert "best interests" in texts_in(card)


def test_what_nobody_verified_says_so_where_it_counts(qtbot, door, ids, shown):
    def grant(work):
        take(work, work.case(ids["adult"]), "reflection", granted="GRANTED", mechanism="SRB")
        return ids["adult"]

    change(qtbot, door, grant)
    card = shown(CaseView(door, ids["adult"])).findChild(ExpectationCard)

    assert "To stay until" in texts_in(card)
    assert "Not verified; check with a lawyer." in texts_in(card)


def test_what_is_due_in_a_case_leads_to_its_form(qtbot, window, door, ids):
    window.cases.show_case(ids["adult"])
    settle(qtbot, door)
    due = window.cases.case.findChild(ExpectationCard)

    press(qtbot, due, next(one.text() for one in due.findChildren(type(window.cases.case.record_button)) if one.text()))
    settle(qtbot, door)

    assert window.cases.form is not None


def test_an_enquiry_without_an_answer_waits_here_and_enter_asks_what_was_said(qtbot, window, door, ids):
    errand = Errand("enquiry", ids["adult"], recipient="Harbour House", urgency=Urgency.EMERGENCY)
    door.do(lambda desk: documents.let_go(desk, documents.checked(desk, errand)), lambda _row: None)
    settle(qtbot, door)
    window.go("today")
    settle(qtbot, door)
    page = window.stack.currentWidget()
    page.show_only("letters")
    at = next(at for at, row in enumerate(page.rows.rows) if isinstance(row, Task) and row.enquiry)
    assert "Harbour House" in page.rows.rows[at].about

    page.view.setCurrentIndex(page.rows.index(at))
    qtbot.keyClick(page.view, Qt.Key.Key_Return)
    dialog = window.findChild(AnswerDialog)
    assert "Harbour House" in texts_in(dialog)
    dialog.chosen.setCurrentIndex(dialog.chosen.findData("FULL"))
    press(qtbot, dialog, "Record the answer")
    settle(qtbot, door)

    assert "No: no place is free" in texts_in(window)
    qtbot.waitUntil(lambda: not [task for task in tasks(page) if task.enquiry], timeout=20_000)
