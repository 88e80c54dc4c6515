"""Tasks stand on the page of their case: one adds them, sees them and says that they are done."""

from __future__ import annotations

from referral_desk.gui.case_page import CaseView
from referral_desk.gui.tasks_card import TasksCard
from tests.gui.acting import answer, change, day, press, settle, take, texts_in


def card_of(page):
    return page.findChild(TasksCard)


def with_tasks(qtbot, door, case_id):
    def do(work):
        case = work.case(case_id)
        take(work, case, "task", what="Call the clinic", who="Bo", due_on=day(2))
        take(work, case, "task", what="Bring warm clothes", due_on=day(-2))
        return case_id

    change(qtbot, door, do)


def test_a_case_without_tasks_says_so_and_lets_one_add_them(qtbot, window, door, ids):
    window.show_case(ids["adult"])
    settle(qtbot, door)
    assert "No task waits in this case." in texts_in(card_of(window.cases.case))

    press(qtbot, card_of(window.cases.case), "Add a task…")
    settle(qtbot, door)
    answer(qtbot, window.cases.form, what="Ask for an interpreter", due_on=day(-1))
    press(qtbot, window.cases.form, "Save")
    settle(qtbot, door)

    assert "Ask for an interpreter" in texts_in(card_of(window.cases.case))


def test_tasks_stand_in_order_and_say_what_is_overdue(qtbot, door, ids, shown):
    with_tasks(qtbot, door, ids["adult"])
    said = texts_in(card_of(shown(CaseView(door, ids["adult"]))))

    assert said.index("Call the clinic") < said.index("Bring warm clothes")
    assert said.count("overdue") == 1
    assert "Bo" in said


def test_one_press_ends_a_task(qtbot, door, ids, shown):
    with_tasks(qtbot, door, ids["adult"])
    page = shown(CaseView(door, ids["adult"]))

    press(qtbot, card_of(page), "Done: Call the clinic")
    settle(qtbot, door)

    assert "Call the clinic" not in texts_in(card_of(page))
    assert "Bring warm clothes" in texts_in(card_of(page))
    assert "task_done" in {step.kind for step in page.page.timeline}


def test_what_is_not_needed_any_more_has_a_form_of_its_own(qtbot, window, door, ids):
    with_tasks(qtbot, door, ids["adult"])
    window.show_case(ids["adult"])
    settle(qtbot, door)

    press(qtbot, card_of(window.cases.case), "Another end: Call the clinic")
    settle(qtbot, door)

    assert window.cases.form.kind.kind == "task_done"
    assert window.cases.form.written()["task"]
