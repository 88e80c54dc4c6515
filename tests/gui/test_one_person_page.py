"""Beside a case: who may be the same person, who belongs to it; and above a form what was asked before."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QDialog

from referral_desk.gui.asked_panel import AskedPanel
from referral_desk.gui.errands import Place
from tests.crew import BO
from tests.gui.acting import begin, change, press, settle, show_form, take, texts_in


@pytest.fixture
def twin(qtbot, door, ids):
    """A second case of the adult."""
    made = []

    def open_another(work):
        case = begin(work, first_name="Marija", last_name="Nikolic", phone="064 555 0101", gender="F")
        take(work, case, "interview", topics=["HEALTH"], agreed="YES", account="Told there.")
        made.append(case)
        return case.id

    change(qtbot, door, open_another)
    return made[0]


def shown(qtbot, window, case_id):
    window.cases.show_case(case_id)
    settle(qtbot, window.door)
    return window.cases.case


def compared(qtbot, window):
    press(qtbot, window.cases.case, next(n for n in names(window) if n.startswith("Compare with")))
    settle(qtbot, window.door)
    return next(one for one in window.findChildren(QDialog) if "One person or two?" in texts_in(one))


def names(window):
    from PySide6.QtWidgets import QAbstractButton

    return [one.accessibleName() for one in window.cases.case.findChildren(QAbstractButton)]


def test_a_like_case_is_told_with_its_reason_and_kept_apart(qtbot, window, ids, twin):
    case = shown(qtbot, window, ids["adult"])
    assert "the same first and last name" in texts_in(case)

    dialog = compared(qtbot, window)
    assert "Nikolić" in texts_in(dialog)
    assert "Nikolic" in texts_in(dialog)
    press(qtbot, dialog, "Two persons")
    settle(qtbot, window.door)

    assert "the same first and last name" not in texts_in(window.cases.case)


def test_two_cases_are_merged_and_taken_apart(qtbot, window, ids, twin):
    shown(qtbot, window, ids["adult"])
    press(qtbot, compared(qtbot, window), "One person: merge")
    settle(qtbot, window.door)
    case = window.cases.case
    assert "interview" in {step.kind for step in case.page.timeline}
    assert f"{twin.code}" in texts_in(case)
    assert twin.id not in window.cases.list.rows.ids

    press(qtbot, case, f"Take {twin.code} apart again")
    settle(qtbot, window.door)

    assert "interview" not in {step.kind for step in window.cases.case.page.timeline}
    assert twin.id in window.cases.list.rows.ids


def test_a_linked_case_is_one_click_away(qtbot, window, ids, twin):
    def link(work):
        case = work.case(ids["child"])
        take(work, case, "linked_case", case_code=twin.code, link="SIBLING", status="LINKED", may_know="NO")
        return case.id

    change(qtbot, window.door, link)
    case = shown(qtbot, window, ids["child"])
    assert "Brother or sister" in texts_in(case)
    assert "may not know of one another" in texts_in(case)

    press(qtbot, case, f"Go to {twin.code}")
    settle(qtbot, window.door)

    assert window.cases.case.case_id == twin.id
    assert "Brother or sister" in texts_in(window.cases.case)


def test_who_may_not_know_names_sees_no_likes(qtbot, crew_window):
    window = crew_window(BO)
    window.cases.show_case(window.cases.list.rows.ids[0])
    settle(qtbot, window.door)

    assert "Perhaps the same person" not in texts_in(window)


def test_the_next_interviewer_sees_what_not_to_ask_again(qtbot, window, twin):
    form = show_form(qtbot, window, Place("interview", twin.id))
    assert "Do not ask again: Health" in texts_in(form)
    assert "Told there." not in texts_in(form)

    form.fields["day"].fill("")
    form.save()
    settle(qtbot, window.door)
    assert "Do not ask again: Health" in texts_in(form)

    other = show_form(qtbot, window, Place("consent", twin.id))
    assert all(panel.isHidden() for panel in other.findChildren(AskedPanel))
