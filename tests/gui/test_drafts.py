"""What is typed and not yet saved: it waits, it comes back where it was, and nobody meets the draft of another form."""

from __future__ import annotations

from PySide6.QtCore import Qt

from referral_desk.gui.errands import Place
from tests.gui.acting import answer, back_after_lock, day, press, settle, show_form, texts_in

LOCK = (Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
SAVE = (Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def correction(qtbot, window, kind, case_id):
    """The place where the latest step of a kind is corrected."""
    window.cases.show_case(case_id)
    settle(qtbot, window.door)
    step = next(step for step in window.cases.case.page.timeline if step.kind == kind)
    return Place(kind, case_id, step.id)


def test_what_is_saved_is_no_draft_when_the_desk_locks_at_once(qtbot, window, windows, ids):
    form = show_form(qtbot, window, Place("interview", ids["adult"]))
    answer(qtbot, form, account="She was told there was a job.")

    qtbot.keyClick(form.save_button, *SAVE)
    qtbot.keyClick(window, *LOCK)

    window = back_after_lock(qtbot, windows)
    assert window.cases.form is None
    assert window.cases.list.waiting.count() == 0
    window.cases.show_case(ids["adult"])
    settle(qtbot, window.door)
    assert "Identification interview" in texts_in(window.cases.case.timeline)


def test_what_is_saved_is_no_draft_when_another_case_is_clicked_at_once(qtbot, window, door, ids):
    form = show_form(qtbot, window, Place("interview", ids["adult"]))
    answer(qtbot, form, account="She was told there was a job.")

    qtbot.keyClick(form.save_button, *SAVE)
    window.cases.show_case(ids["child"])
    settle(qtbot, door)

    assert window.cases.list.waiting.count() == 0
    assert window.cases.case.case_id == ids["child"]


def test_nobody_types_into_a_form_whose_draft_is_still_on_its_way(qtbot, window, door, ids):
    form = show_form(qtbot, window, Place("interview", ids["adult"]))
    answer(qtbot, form, account="She was told there was a job.")
    form.leave()
    settle(qtbot, door)

    window.cases.show_form(Place("interview", ids["adult"]))
    form = window.cases.form
    qtbot.keyClicks(form.fields["account"].focusProxy(), "Lost")
    qtbot.keyClick(form.save_button, *SAVE)
    settle(qtbot, door)

    assert window.cases.form is form
    assert form.written()["account"] == "She was told there was a job."


def test_what_is_refused_while_the_desk_locks_waits_as_a_draft(qtbot, window, windows, ids):
    form = show_form(qtbot, window, Place("risk", ids["adult"]))
    answer(qtbot, form, factors="He knows where she sleeps.")

    qtbot.keyClick(form.save_button, *SAVE)
    qtbot.keyClick(window, *LOCK)

    form = back_after_lock(qtbot, windows).cases.form
    assert form.place == Place("risk", ids["adult"])
    assert form.written()["factors"] == "He knows where she sleeps."


def test_what_is_refused_after_another_case_was_clicked_is_said_all_the_same(qtbot, window, door, ids):
    form = show_form(qtbot, window, Place("risk", ids["adult"]))
    answer(qtbot, form, factors="He knows where she sleeps.")

    qtbot.keyClick(form.save_button, *SAVE)
    window.cases.show_case(ids["child"])
    settle(qtbot, door)

    assert "An answer is missing" in texts_in(window)
    assert "Not finished: Risk assessment" in texts_in(window.cases.list)


def test_what_is_refused_and_left_waits_as_a_draft(qtbot, window, door, ids):
    form = show_form(qtbot, window, Place("risk", ids["adult"]))
    answer(qtbot, form, factors="He knows where she sleeps.")
    press(qtbot, form, "Save")
    settle(qtbot, door)

    qtbot.keyClick(form, Qt.Key.Key_Escape)
    settle(qtbot, door)

    assert "Not finished: Risk assessment" in texts_in(window.cases.list)


def test_a_correction_comes_back_after_the_lock_with_its_reason(qtbot, window, windows, ids):
    place = correction(qtbot, window, "person", ids["adult"])
    form = show_form(qtbot, window, place)
    answer(qtbot, form, why="She told us her second name", other_names="Ana")

    qtbot.keyClick(window, *LOCK)

    form = back_after_lock(qtbot, windows).cases.form
    assert form.place == place
    assert form.typed()["why"] == "She told us her second name"
    assert form.written()["other_names"] == "Ana"
    assert form.written()["first_name"] == "Marija"
    press(qtbot, form, "Save")
    settle(qtbot, windows.door)
    assert "corrected" in texts_in(windows.shown.cases.case)
    assert windows.shown.cases.list.waiting.count() == 0


def test_the_form_that_was_open_comes_back_and_no_other(qtbot, window, windows, ids):
    answer(qtbot, show_form(qtbot, window, Place("interview", ids["child"])), account="About the child.")
    place = correction(qtbot, window, "person", ids["adult"])
    answer(qtbot, show_form(qtbot, window, place), other_names="Ana")
    answer(qtbot, show_form(qtbot, window, Place("interview", ids["child"])), account=" And more.")
    answer(qtbot, show_form(qtbot, window, place), other_names=" Marija")

    qtbot.keyClick(window, *LOCK)

    form = back_after_lock(qtbot, windows).cases.form
    assert form.place == place
    assert form.written()["other_names"] == "Ana Marija"


def test_a_correction_and_a_new_step_of_one_kind_have_drafts_of_their_own(qtbot, window, door, ids):
    correcting = correction(qtbot, window, "consent", ids["adult"])
    new = Place("consent", ids["adult"])
    answer(qtbot, show_form(qtbot, window, correcting), recipient=" for Women")
    answer(qtbot, show_form(qtbot, window, new), status="Given")

    assert show_form(qtbot, window, correcting).written()["recipient"] == "Safe House for Women"
    assert show_form(qtbot, window, new).written() == {"day": day(0), "status": "GIVEN"}
    assert window.cases.list.waiting.count() == 2


def test_a_form_that_was_only_looked_at_does_not_come_back(qtbot, window, windows, ids):
    answer(qtbot, show_form(qtbot, window, Place("interview", ids["child"])), account="About the child.")
    show_form(qtbot, window, Place("risk", ids["adult"]))

    qtbot.keyClick(window, *LOCK)

    window = back_after_lock(qtbot, windows)
    assert window.cases.form is None
    assert "Not finished: Identification interview" in texts_in(window.cases.list)


def test_a_form_comes_back_once_and_not_at_the_next_opening(qtbot, window, windows, ids):
    answer(qtbot, show_form(qtbot, window, Place("interview", ids["child"])), account="About the child.")
    qtbot.keyClick(window, *LOCK)
    window = back_after_lock(qtbot, windows)
    qtbot.keyClick(window.cases.form, Qt.Key.Key_Escape)
    settle(qtbot, windows.door)

    windows.work()
    settle(qtbot, windows.door)

    assert windows.shown.cases.form is None


def test_a_draft_is_discarded_for_good(qtbot, window, door, ids):
    place = correction(qtbot, window, "person", ids["adult"])
    form = show_form(qtbot, window, place)
    answer(qtbot, form, other_names="Ana")
    press(qtbot, form, "Discard draft")
    settle(qtbot, door)

    assert window.cases.list.waiting.count() == 0
    assert "other_names" not in show_form(qtbot, window, place).written()


def test_a_form_stays_open_when_the_language_changes(qtbot, windows, door, ids):
    windows.door = door
    windows.work()
    settle(qtbot, door)
    answer(qtbot, show_form(qtbot, windows.shown, Place("interview", ids["adult"])), account="She was told")
    windows.shown.go("settings")

    page = windows.shown.stack.currentWidget()
    page.language.setCurrentIndex(page.language.findData("sr_Latn"))
    page.language.activated.emit(page.language.currentIndex())
    qtbot.waitUntil(lambda: windows.shown.cases.form is not None, timeout=30_000)
    settle(qtbot, door)

    assert windows.shown.cases.form.written()["account"] == "She was told"
