"""Help: every page says what it is for, at F1, and goes on where one was."""

from __future__ import annotations

from PySide6.QtCore import Qt

from referral_desk.gui.frame_parts import PLACES
from referral_desk.gui.help import TEXTS
from tests.gui.acting import press, settle, texts_in


def test_f1_says_what_a_page_is_for_and_goes_on_where_one_was(qtbot, window):
    qtbot.waitUntil(window.isActiveWindow)
    window.cases.list.search.setFocus()

    qtbot.keyClick(window, Qt.Key.Key_F1)
    assert TEXTS["cases"] in texts_in(window)
    assert window.focusWidget().accessibleDescription() == TEXTS["cases"]
    qtbot.keyClick(window, Qt.Key.Key_F1)

    assert TEXTS["cases"] not in texts_in(window)
    assert window.cases.list.search.hasFocus()


def test_the_help_follows_from_page_to_page(qtbot, window, door):
    press(qtbot, window, "Help")
    for place, *_more in PLACES:
        window.go(place)
        settle(qtbot, door)
        assert TEXTS[place] in texts_in(window), place
    window.go("cases")
    window.cases.show_case(window.cases.list.rows.ids[0])
    assert TEXTS["case"] in texts_in(window)
    window.cases.new_case()
    assert TEXTS["form"] in texts_in(window)


def test_the_first_windows_help_too(qtbot, windows, desk_folder):
    windows.unlock()
    press(qtbot, windows.shown, "Help")
    assert TEXTS["unlock"] in texts_in(windows.shown)

    windows.create()
    qtbot.waitUntil(windows.shown.isActiveWindow)
    qtbot.keyClick(windows.shown, Qt.Key.Key_F1)

    assert TEXTS["creating"] in texts_in(windows.shown)


def test_the_keys_are_one_step_from_the_help(qtbot, window):
    press(qtbot, window, "Help")

    press(qtbot, window, "All keys")

    assert any("Lock the desk at once" in texts_in(one) for one in window.children() if one.isWidgetType())
