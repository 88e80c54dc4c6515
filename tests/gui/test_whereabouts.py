"""After the lock everything is where it was: cursor, what was marked, how far it was scrolled, what was searched."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QPushButton

from referral_desk.gui.errands import Place, unfinished
from referral_desk.gui.whereabouts import Spot, Typing, Whereabouts, read, written
from tests.gui.acting import answer, back_after_lock, settle, show_form, take

LONG = "\n".join(f"On day {day} he took her papers away again." for day in range(60))


@pytest.fixture
def fresh(qtbot, window, windows):
    """Lock, and open the desk again in a window of the same size."""

    def lock_and_open():
        size = window.size()
        window.lock("idle")
        opened = back_after_lock(qtbot, windows)
        opened.resize(size)
        return opened

    return lock_and_open


@pytest.fixture
def form(qtbot, window, ids):
    window.resize(1280, 720)
    return show_form(qtbot, window, Place("interview", ids["adult"]))


def scrolled_to(page):
    return page.area.verticalScrollBar().value()


def test_the_cursor_is_where_it_was_in_a_long_text(form, fresh):
    form.fields["account"].editor.text.setPlainText(LONG)
    cursor = form.fields["account"].editor.text.textCursor()
    cursor.setPosition(700)
    form.fields["account"].editor.text.setTextCursor(cursor)
    form.fields["account"].setFocus()

    form = fresh().cases.form

    assert form.fields["account"].editor.text.textCursor().position() == 700
    assert form.focusWidget() is form.fields["account"].editor.text


def test_what_was_marked_is_marked_from_the_same_side(form, fresh):
    text = form.fields["account"].editor.text
    text.setPlainText(LONG)
    cursor = text.textCursor()
    cursor.setPosition(30)
    cursor.setPosition(10, QTextCursor.MoveMode.KeepAnchor)
    text.setTextCursor(cursor)
    line = form.fields["began"].editor.line
    line.setText("2019-05")
    line.setCursorPosition(6)
    line.cursorBackward(True, 4)

    form = fresh().cases.form

    cursor = form.fields["account"].editor.text.textCursor()
    assert (cursor.anchor(), cursor.position()) == (30, 10)
    line = form.fields["began"].editor.line
    assert (line.selectedText(), line.cursorPosition()) == ("19-0", 2)


def test_spaces_and_lines_at_the_end_are_still_there(qtbot, form, fresh):
    answer(qtbot, form, account="She said ")
    qtbot.keyClick(form.fields["account"].editor.text, Qt.Key.Key_Return)

    text = fresh().cases.form.fields["account"].editor.text

    assert text.toPlainText() == "She said \n"
    assert text.textCursor().position() == len("She said \n")


def test_a_word_half_typed_into_a_search_is_still_there(qtbot, window, ids, fresh):
    form = show_form(qtbot, window, Place("person", ids["child"]))
    answer(qtbot, form, first_name="Luka", citizenships="Moldo")

    box = fresh().cases.form.fields["citizenships"].editor.box

    assert box.currentText() == "Moldo"


def test_a_form_is_scrolled_to_where_it_was(qtbot, form, fresh):
    form.fields["account"].editor.text.setPlainText(LONG)
    qtbot.waitUntil(lambda: form.area.verticalScrollBar().maximum() > 400)
    form.area.verticalScrollBar().setValue(300)
    form.fields["account"].editor.text.verticalScrollBar().setValue(7)

    form = fresh().cases.form

    qtbot.waitUntil(lambda: scrolled_to(form) == 300)
    assert form.fields["account"].editor.text.verticalScrollBar().value() == 7


def test_the_chip_that_had_the_focus_has_it_again(qtbot, form, fresh):
    chips = form.fields["in_private"].editor.chips
    answer(qtbot, form, account="She was told")
    chips["NO"].setFocus()

    held = fresh().cases.form.focusWidget()

    assert isinstance(held, QPushButton)
    assert held.text() == "No"


def test_the_search_and_the_case_are_still_there(qtbot, window, door, ids, fresh):
    qtbot.keyClicks(window.cases.list.search, "nikolic")
    qtbot.waitUntil(lambda: len(window.cases.list.rows.ids) == 1)
    qtbot.keyClick(window.cases.list.search, Qt.Key.Key_Return)
    settle(qtbot, door)
    window.cases.case.turn_name()
    settle(qtbot, door)
    window.cases.case.area.verticalScrollBar().setValue(90)

    window = fresh()

    assert window.cases.list.search.text() == "nikolic"
    qtbot.waitUntil(lambda: window.cases.list.rows.ids == [ids["adult"]])
    qtbot.waitUntil(lambda: window.cases.case.area is not None and scrolled_to(window.cases.case) == 90)
    assert window.cases.case.case_id == ids["adult"]
    assert not window.cases.case.is_open, "a name is shown only to who asks for it"


def test_the_page_that_was_open_is_open(window, fresh):
    window.go("statistics")

    window = fresh()

    assert window.place == "statistics"
    assert window.side.places["statistics"].isChecked()


def test_where_somebody_was_is_told_once_and_is_no_unfinished_form(qtbot, window, windows, ids, fresh):
    window.cases.show_case(ids["adult"])
    settle(qtbot, window.door)
    window = fresh()
    found: list[object] = []
    window.door.ask(unfinished, found.append)
    settle(qtbot, window.door)

    windows.work()
    settle(qtbot, windows.door)

    assert found == [[]]
    assert windows.shown.cases.case is None


def test_a_case_that_was_erased_meanwhile_is_not_gone_back_to(qtbot, window, ids, fresh, monkeypatch):
    window.cases.show_case(ids["adult"])
    settle(qtbot, window.door)
    monkeypatch.setattr("referral_desk.store.work.Work.holds", lambda *_given: False)

    window = fresh()

    assert window.cases.case is None


def test_what_is_written_down_is_read_back(ids):
    spot = Spot(120, "account", 1, {"account": Typing("She said ", 3, 9, 14)})
    for where in (
        Whereabouts(),
        Whereabouts("settings", "luka", ids["child"], 40),
        Whereabouts("cases", "", ids["adult"], form=Place("person", ids["adult"], ids["child"]), spot=spot),
    ):
        assert read(written(where)) == where


def test_a_form_that_waits_behind_another_page_comes_back_too(qtbot, window, form, fresh):
    answer(qtbot, form, account="She was told")
    window.go("settings")

    window = fresh()

    assert window.place == "settings"
    assert window.cases.form.written()["account"] == "She was told"


def test_a_form_saved_elsewhere_is_not_brought_back(qtbot, window, door, ids, form, fresh):
    answer(qtbot, form, account="She was told")
    form.keep_draft()
    form.is_touched = False

    def save(work):
        take(work, work.case(ids["adult"]), "interview", back=0, account="She was told")
        work.drop_draft("interview", ids["adult"])

    door.keep(save)

    window = fresh()

    assert window.cases.form is None
    assert window.cases.case.case_id == ids["adult"]
