"""A whole case without a mouse."""

from __future__ import annotations

from PySide6.QtCore import Qt

from tests.gui.acting import settle, texts_in
from tests.gui.by_keyboard import CASE, Hands, record_a_case


def test_a_whole_case_is_recorded_by_keys_alone(qtbot, window, door):
    qtbot.waitUntil(window.isActiveWindow)
    seen: list[str] = []

    record_a_case(Hands(window, lambda: settle(qtbot, door)), seen.append)

    letter = window.stack.currentWidget()
    assert letter.letter.pdf.startswith(b"%PDF")
    assert "Jelena" not in texts_in(letter)
    assert len(seen) == len(CASE) + 3


def test_from_today_to_the_form_and_to_the_case_by_keys_alone(qtbot, window, door):
    qtbot.waitUntil(window.isActiveWindow)
    hands = Hands(window, lambda: settle(qtbot, door))

    hands.press(Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    hands.rest()
    assert hands.held() is window.stack.currentWidget().view
    hands.press(Qt.Key.Key_Return)
    hands.rest()

    assert window.cases.form is not None
    hands.press(Qt.Key.Key_Escape)
    hands.rest()
    assert window.cases.case is not None
