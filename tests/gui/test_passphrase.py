"""One's own passphrase: changed at will, and at once where a keeper knows it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from referral_desk import errors
from referral_desk.gui.passphrase_page import PassphrasePage
from referral_desk.vault.slots import FLOOR
from tests.crew import ANA, BO, opened
from tests.gui.acting import given_by_a_keeper, press, settle, texts_in


@pytest.fixture(autouse=True)
def cheap_keys(monkeypatch):
    monkeypatch.setattr("referral_desk.staff.calibrated", lambda: FLOOR)


def change(qtbot, page, present):
    """Type the present passphrase and the words that are offered."""
    words = page.new.words
    qtbot.keyClicks(page.present.line, present)
    qtbot.keyClicks(page.new.again.line, words)
    press(qtbot, page, "Change the passphrase")
    return words


def opens(folder, passphrase, login):
    from referral_desk import store

    store.open_desk(folder, login=login, passphrase=passphrase).close()


def test_who_was_given_a_passphrase_is_led_to_change_it_first(qtbot, crew_window, crew_folder):
    given_by_a_keeper(crew_folder, "Bo")
    window = crew_window(BO)

    assert isinstance(window.stack.currentWidget(), PassphrasePage)
    assert "A keeper gave you this passphrase and knows it" in texts_in(window)
    for place in window.side.places:
        window.go(place)
        assert isinstance(window.stack.currentWidget(), PassphrasePage), place
    assert not any(place.isEnabled() for place in window.side.places.values())
    qtbot.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert window.cases.form is None


def test_with_a_passphrase_of_the_own_the_desk_opens(qtbot, crew_window, crew_folder):
    given_by_a_keeper(crew_folder, "Bo")
    window = crew_window(BO)

    words = change(qtbot, window.stack.currentWidget(), BO)
    qtbot.waitUntil(lambda: window.stack.currentWidget() is window.cases)
    settle(qtbot, window.door)

    assert "Your passphrase is changed." in texts_in(window)
    assert all(place.isEnabled() for place in window.side.places.values())
    window.door.close()
    with pytest.raises(errors.WrongPassphrase):
        opened(crew_folder, BO)
    opens(crew_folder, words, "bo")


def test_everybody_changes_the_own_passphrase_from_the_settings(qtbot, crew_window, crew_folder):
    window = crew_window(ANA)
    window.go("settings")
    press(qtbot, window, "Change my passphrase…")

    words = change(qtbot, window.stack.currentWidget(), ANA)

    qtbot.waitUntil(lambda: window.stack.currentWidget() is window.cases)
    window.door.close()
    opens(crew_folder, words, "ana")


def test_a_wrong_present_passphrase_changes_nothing_and_can_be_typed_again(qtbot, crew_window, crew_folder):
    window = crew_window(ANA)
    window.go("passphrase")
    page = window.stack.currentWidget()

    change(qtbot, page, "not this one at all")
    qtbot.waitUntil(lambda: bool(page.error.text()))

    assert "passphrase or the login code is wrong" in page.error.text()
    assert page.save.isEnabled()
    window.door.close()
    opened(crew_folder, ANA).close()


def test_the_passphrase_of_a_colleague_does_not_do(qtbot, crew_window):
    window = crew_window(ANA)
    window.go("passphrase")
    page = window.stack.currentWidget()

    change(qtbot, page, BO)

    qtbot.waitUntil(lambda: bool(page.error.text()))


def test_who_can_still_go_back_goes_back_with_escape(qtbot, crew_window):
    window = crew_window(ANA)
    window.go("passphrase")
    qtbot.waitUntil(window.isActiveWindow)

    qtbot.keyClick(window.stack.currentWidget(), Qt.Key.Key_Escape)

    qtbot.waitUntil(lambda: window.place == "settings")


def test_the_lock_works_before_the_passphrase_is_changed(crew_window, crew_folder):
    given_by_a_keeper(crew_folder, "Bo")
    window = crew_window(BO)

    window.lock("idle")

    opened(crew_folder, BO).close()


def test_a_keeper_says_who_the_sender_is_and_others_read_it(qtbot, crew_window):
    window = crew_window(ANA)
    window.go("settings")
    settle(qtbot, window.door)
    sender = window.stack.currentWidget().sender_card
    qtbot.keyClicks(sender.organisation, "Safe Shelter")
    qtbot.keyClicks(sender.contact, "P.O. box 7")
    press(qtbot, window, "Save the sender on letters")
    settle(qtbot, window.door)
    assert "Saved" in sender.said.text()
    window.door.close()

    window = crew_window(BO)
    window.go("settings")
    settle(qtbot, window.door)

    sender = window.stack.currentWidget().sender_card
    assert sender.organisation.text() == "Safe Shelter"
    assert sender.organisation.isReadOnly()
    assert "A keeper of the desk changes this." in texts_in(sender)
