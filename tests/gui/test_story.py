"""The whole way through the windows, once: from a computer without a desk to a letter, a lock and back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from referral_desk.gui import creating
from referral_desk.vault import slots
from tests.gui.acting import answer, go_on, press, settle, texts_in


@pytest.fixture
def cheap_keys(monkeypatch):
    """Measuring how much this computer can stretch a key takes seconds, and is not what is told here."""
    monkeypatch.setattr("referral_desk.store.opening.calibrated", lambda: slots.FLOOR)


def test_a_case_goes_from_first_contact_to_letter_lock_and_back(qtbot, windows, home, cheap_keys):
    passphrase = create_a_desk(qtbot, windows, home / "shelter")
    window = windows.shown

    take_step(qtbot, window, press_new, contact="Outreach")
    take_step(qtbot, window, "The person", first_name="Jelena", last_name="Đurić", age_band="24", gender="Woman")
    take_step(qtbot, window, "Identification interview", account="She was told there was a job.", in_private="Yes")
    take_step(qtbot, window, "Reflection period", granted="Granted", mechanism="Serbia")
    said = {"recipient": "Safe House", "items": "Needs", "given_by": "The person"}
    take_step(qtbot, window, "Consent", status="Given", scope="Sharing", **said)
    take_step(
        qtbot,
        window,
        "Referral",
        recipient="safe house",
        services="Medical care",
        urgency="Urgent",
        shares="Needs",
    )
    assert "days left" in texts_in(window.cases.case)

    preview_the_form(qtbot, window)
    qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)

    assert windows.locked == ["asked"]
    assert not window.isVisible()
    unlock_and_find(qtbot, windows, passphrase, name="djuric")


def create_a_desk(qtbot, windows, folder):
    windows.unlock()
    press(qtbot, windows.shown, "Create a new desk")
    page = windows.shown.centralWidget()
    assert isinstance(page, creating.Creating)
    place, sender, passphrase, recovery, second = page.steps
    place.folder.setText(str(folder))
    go_on(qtbot, page)
    qtbot.keyClicks(sender.name, "Ana")
    qtbot.keyClicks(sender.organisation, "Safe Shelter")
    go_on(qtbot, page)
    qtbot.keyClicks(passphrase.new.again.line, passphrase.new.words)
    go_on(qtbot, page)
    qtbot.keyClicks(recovery.typed, page.recovery_key.lower())
    go_on(qtbot, page)
    stick = folder.parent / "stick"
    stick.mkdir()
    qtbot.keyClicks(second.folder, str(stick))
    assert not folder.exists(), "the desk was there before the recovery key was typed back"
    press(qtbot, page, "Create the desk")
    qtbot.waitUntil(lambda: hasattr(windows.shown, "cases"), timeout=30_000)
    settle(qtbot, windows.door)
    return passphrase.new.words


def press_new(qtbot, window):
    qtbot.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)


def take_step(qtbot, window, how, **given):
    """Open a form from the page of the case (or anew), fill it in, and save it with the keyboard."""
    how(qtbot, window) if callable(how) else press(qtbot, window.cases.case, how)
    form = window.cases.form
    settle(qtbot, window.door)
    answer(qtbot, form, **given)
    qtbot.keyClick(form.save_button, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, window.door)
    assert window.cases.form is None, texts_in(form)


def preview_the_form(qtbot, window):
    qtbot.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    letter = window.stack.currentWidget()
    settle(qtbot, window.door)
    assert letter.letter.pdf.startswith(b"%PDF")
    assert letter.paper.sheets[0].grab().width() > 300
    shown = texts_in(letter)
    assert "Medical care" in shown
    assert "Jelena" not in shown


def unlock_and_find(qtbot, windows, passphrase, *, name):
    windows.door = type(windows.door)()
    windows.why_locked = "asked"
    windows.unlock()
    page = windows.shown.centralWidget()
    assert "You locked the desk." in texts_in(page)
    qtbot.keyClicks(page.passphrase.line, passphrase)
    qtbot.keyClick(page.passphrase.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: hasattr(windows.shown, "cases"), timeout=30_000)
    cases = windows.shown.cases
    settle(qtbot, windows.door)
    qtbot.keyClicks(cases.list.search, "nobody")
    qtbot.waitUntil(lambda: cases.list.rows.ids == [])
    cases.list.search.clear()
    qtbot.keyClicks(cases.list.search, name)
    qtbot.waitUntil(lambda: len(cases.list.rows.ids) == 1)
    qtbot.keyClick(cases.list.search, Qt.Key.Key_Return)
    settle(qtbot, windows.door)
    assert "Jelena" not in texts_in(cases.case)
    press(qtbot, cases.case, "Show name")
    settle(qtbot, windows.door)
    assert "Jelena Đurić" in texts_in(cases.case)
