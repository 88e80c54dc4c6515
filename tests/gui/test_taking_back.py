"""Undo in the window: beside the word that it was saved, by Ctrl+Z, and never inside a text."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from referral_desk.gui.errands import Place
from tests.gui.acting import change, press, settle, show_form, take, texts_in


def recorded(qtbot, window, case_id):
    form = show_form(qtbot, window, Place("interview", case_id))
    form.fields["account"].fill("By mistake.")
    form.save()
    settle(qtbot, window.door)


def test_what_was_saved_is_taken_back_beside_the_message(qtbot, window, ids):
    recorded(qtbot, window, ids["adult"])
    assert "Saved: Identification interview" in texts_in(window)

    press(qtbot, window, "Undo")
    settle(qtbot, window.door)

    assert "Taken back: Identification interview" in texts_in(window)
    assert all(step.kind != "interview" for step in window.cases.case.page.timeline)
    press(qtbot, window, "Show what was taken back")
    settle(qtbot, window.door)
    [dialog] = [one for one in window.findChildren(QDialog) if "What changed" in texts_in(one)]
    assert "By mistake." in texts_in(dialog)


def test_ctrl_z_takes_the_last_act_back_and_then_says_that_there_is_no_more(qtbot, window, ids):
    recorded(qtbot, window, ids["adult"])
    qtbot.waitUntil(window.isActiveWindow)

    qtbot.keyClick(window.cases.case, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, window.door)
    assert "Taken back" in texts_in(window)

    qtbot.keyClick(window.cases.case, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, window.door)
    assert "Nothing can be undone" in texts_in(window)


def test_ctrl_z_in_a_text_is_a_matter_of_the_text(qtbot, window, ids):
    recorded(qtbot, window, ids["adult"])
    form = show_form(qtbot, window, Place("interview", ids["adult"]))
    qtbot.waitUntil(window.isActiveWindow)
    text = form.fields["account"].focusProxy()
    text.setFocus()
    qtbot.keyClicks(text, "abc")

    qtbot.keyClick(text, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    window.undoing.undo()
    settle(qtbot, window.door)

    assert "Taken back" not in texts_in(window)
    assert "Save or leave the form first" in texts_in(window)


def test_what_changed_is_shown_question_by_question(qtbot, window, ids):
    def correct(work):
        case = work.case(ids["adult"])
        person = next(step for step in case.steps if step.kind == "person")
        work.correct(case, person, {"first_name": "Mara", "gender": "M"}, why="A slip.")
        return case.id

    change(qtbot, window.door, correct)
    window.cases.show_case(ids["adult"])
    settle(qtbot, window.door)
    person = next(step for step in window.cases.case.page.timeline if step.kind == "person")
    window.cases.show_former(person)
    settle(qtbot, window.door)
    [dialog] = [one for one in window.findChildren(QDialog) if "What changed" in texts_in(one)]

    told = texts_in(dialog)
    assert all(word in told for word in ("A slip.", "Marija", "Mara", "Woman", "Man"))


def test_who_must_never_learn_is_in_sight(qtbot, window, ids):
    def listed(work):
        case = work.case(ids["adult"])
        organisation = {"sort": "ORGANISATION", "organisation": "Embassy of Moldova", "status": "IN_FORCE"}
        take(work, case, "never_tell", **organisation)
        take(work, case, "never_tell", sort="PERSON", name="Drita Hodža", status="IN_FORCE", reason="FEAR")
        return case.id

    change(qtbot, window.door, listed)
    window.cases.show_case(ids["adult"])
    settle(qtbot, window.door)
    hidden = texts_in(window.cases.case)
    assert "Embassy of Moldova" in hidden
    assert "Never tell: 2" in hidden
    assert "Drita" not in hidden

    window.cases.case.turn_name()
    settle(qtbot, window.door)
    assert "Drita Hodža" in texts_in(window.cases.case)
