"""The laptop turned to the person: what she sees, what she cannot reach, how it ends, and what comes back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QLabel, QWidget

from referral_desk.gui.errands import Place
from referral_desk.gui.turned_words import _SENTENCES, Asking, what
from referral_desk.gui.turning import TurnDialog
from referral_desk.nrm.consent import ConsentScope
from tests.gui.acting import answer, back_after_lock, press, settle, show_form, texts_in

CHORD = (Qt.Key.Key_Backspace, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)


@pytest.fixture
def form(qtbot, window, ids):
    made = show_form(qtbot, window, Place("consent", ids["adult"]))
    answer(qtbot, made, scope="Sharing with a named", recipient="Safe House")
    return made


@pytest.fixture
def turn(qtbot, window, form):
    """Turn the laptop as a caseworker does, in a language."""

    def begin(language="en"):
        press(qtbot, form, "Explain it to the person…")
        dialog = window.findChildren(TurnDialog)[-1]
        dialog.language.setCurrentIndex(dialog.language.findData(language))
        qtbot.keyClick(dialog.language, *CHORD)
        press(qtbot, dialog, "Turn the laptop")
        return window.turning.view

    return begin


def seen(window):
    """Everything that can be read in the window, and heard."""
    parts = [one for one in window.findChildren(QWidget) if one.isVisible()]
    read = [one.text() for one in parts if isinstance(one, QLabel | QAbstractButton)]
    heard = [QAccessible.queryAccessibleInterface(one).text(QAccessible.Text.Name) for one in parts]
    return "\n".join([*read, *heard, window.windowTitle()])


def every_page(view):
    for at in range(view.pages.count()):
        view._show(at)
        yield at


def test_it_cannot_be_turned_before_the_keys_that_lead_back_were_tried(qtbot, window, form):
    press(qtbot, form, "Explain it to the person…")
    dialog = window.findChildren(TurnDialog)[-1]
    assert not dialog.does.isEnabled()

    qtbot.keyClick(dialog.language, *CHORD)

    assert dialog.does.isEnabled()


def test_the_person_sees_no_name_no_code_and_no_other_case(window, turn, door, ids):
    codes = [window.cases.list.rows.data(window.cases.list.rows.index(at)).split(",")[0] for at in range(2)]
    view = turn()

    for at in every_page(view):
        shown = seen(window)
        assert "Marija" not in shown, at
        assert "RD-" not in shown, at
        assert not [code for code in codes if code in shown], at
    assert view.isVisible()


def test_it_says_with_whom_how_long_how_to_withdraw_and_that_help_does_not_depend_on_it(window, turn):
    view = turn()
    shown = "\n".join(texts_in(view.pages.widget(at)) for at in every_page(view))

    assert "Safe House" in shown
    assert "until you change your mind" in shown
    assert "you get the same help" in shown
    assert "change your mind at any time" in shown


def test_nothing_is_ticked_before_the_person_ticks_it(turn):
    view = turn()

    assert view.ticked() == []
    assert view.decision == ""
    assert all(isinstance(box, QCheckBox) for box in view.boxes.values())


def test_no_key_of_the_window_and_no_escape_leads_out(qtbot, window, turn):
    view = turn()
    control = Qt.KeyboardModifier.ControlModifier

    qtbot.keyClick(view.next, Qt.Key.Key_Escape)
    for key in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_N, Qt.Key.Key_F, Qt.Key.Key_R, Qt.Key.Key_Return):
        qtbot.keyClick(view, key, control)
    qtbot.keyClick(view, Qt.Key.Key_F1)

    assert window.turning.view is view
    assert view.isVisible()
    assert not window.cases.isVisible()


def test_tab_never_leaves_what_the_person_sees(qtbot, window, turn):
    view = turn()
    view._show(2)

    for _again in range(40):
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        assert view.isAncestorOf(window.focusWidget())


def test_what_she_ticks_comes_back_as_a_draft_and_is_not_saved(qtbot, window, door, turn, ids):
    view = turn()
    view._show(2)
    qtbot.keyClick(view.boxes["HEALTH"], Qt.Key.Key_Space)
    view._show(4)
    press(qtbot, view, "Yes, I agree")

    qtbot.keyClick(view, *CHORD)
    settle(qtbot, door)

    form = window.cases.form
    assert window.turning.view is None
    assert form.isVisible()
    assert form.written()["items"] == ["HEALTH"]
    assert form.written()["status"] == "GIVEN"
    assert form.written()["language"] == "eng"
    assert "nothing is saved yet" in texts_in(form)
    window.cases.show_case(ids["adult"])
    settle(qtbot, door)
    assert len([step for step in window.cases.case.page.timeline if step.kind == "consent"]) == 1
    assert "Not finished: Consent" in texts_in(window.cases.list)


def test_who_wants_to_think_about_it_has_not_decided(qtbot, window, door, turn):
    view = turn()
    view._show(4)
    press(qtbot, view, "I want to think about it")

    qtbot.keyClick(view, *CHORD)

    assert "status" not in window.cases.form.written()


def test_the_keys_of_the_window_are_heard_again_afterwards(qtbot, window, turn, door):
    qtbot.keyClick(turn(), *CHORD)
    settle(qtbot, door)

    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)

    assert window.place == "statistics"


def test_the_lock_works_from_there_and_what_was_ticked_waits_in_the_form(qtbot, window, windows, turn):
    view = turn()
    view._show(2)
    qtbot.keyClick(view.boxes["NEEDS"], Qt.Key.Key_Space)

    qtbot.keyClick(view, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)

    assert window.locked == ["asked"]
    assert not window.isVisible()
    form = back_after_lock(qtbot, windows).cases.form
    assert form.written()["items"] == ["NEEDS"]
    assert form.isVisible()


def test_it_speaks_her_language_from_her_side_while_the_window_keeps_its_own(qtbot, window, turn):
    view = turn("ar")

    assert view.layoutDirection() is Qt.LayoutDirection.RightToLeft
    assert view.next.layoutDirection() is Qt.LayoutDirection.RightToLeft
    assert view.next.geometry().left() < view.pages.width() / 2
    assert window.layoutDirection() is Qt.LayoutDirection.LeftToRight
    assert view.next.text() != "Go on"


def test_every_scope_of_consent_has_a_sentence_of_its_own():
    assert set(_SENTENCES) >= {scope.code for scope in ConsentScope.every()}
    for scope in ConsentScope.every():
        assert what(Asking(scope=scope.code, until="not a day"))
