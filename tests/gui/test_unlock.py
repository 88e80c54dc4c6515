"""The door from outside: opening, refusing, making a desk, and saying why it was locked."""

from __future__ import annotations

import subprocess
import sys

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QLineEdit

from referral_desk import __main__, settings, store
from referral_desk.errors import DeskError
from referral_desk.gui import qt_words
from tests.gui.acting import PASSPHRASE, settle, texts_in


def opening(qtbot, windows, passphrase):
    """Type a passphrase into the unlock window and wait for what it says."""
    windows.unlock()
    page = windows.shown.centralWidget()
    qtbot.keyClicks(page.passphrase.line, passphrase)
    qtbot.keyClick(page.passphrase.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: hasattr(windows.shown, "cases") or bool(page.error.text()))
    return page


def test_ana_opens_her_desk_and_sees_her_cases(qtbot, windows, desk_folder):
    opening(qtbot, windows, PASSPHRASE)

    settle(qtbot, windows.door)
    assert "2 cases" in texts_in(windows.shown.cases.list)
    assert windows.shown.windowTitle() == "Referral Desk"


def test_a_wrong_passphrase_is_said_and_can_be_typed_again(qtbot, windows, desk_folder):
    page = opening(qtbot, windows, "not this one at all")

    assert "passphrase or the login code is wrong" in page.error.text()
    assert page.open_button.isEnabled()
    assert page.passphrase.line.selectedText()


def test_a_desk_that_is_open_elsewhere_is_refused(qtbot, windows, desk_folder):
    with store.open_desk(desk_folder, passphrase=PASSPHRASE):
        page = opening(qtbot, windows, PASSPHRASE)

    assert "open in another window" in page.error.text()


def test_a_folder_without_a_desk_is_refused(qtbot, windows, home):
    settings.keep(last_desk=str(home / "nothing"))

    page = opening(qtbot, windows, PASSPHRASE)

    assert "There is no desk" in page.error.text()


def test_the_window_says_why_the_desk_was_locked(windows, desk_folder):
    windows.why_locked = "idle"

    windows.unlock()

    assert "nobody used it for 5 min" in texts_in(windows.shown)


def test_the_passphrase_can_be_shown_by_keyboard(qtbot, windows, desk_folder):
    windows.unlock()
    field = windows.shown.centralWidget().passphrase

    qtbot.keyClick(field.eye, Qt.Key.Key_Space)

    assert field.eye.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert field.line.echoMode() is QLineEdit.EchoMode.Normal


def test_capitals_without_shift_warn_of_caps_lock(qtbot, windows, desk_folder):
    windows.unlock()
    field = windows.shown.centralWidget().passphrase

    qtbot.keyClick(field.line, Qt.Key.Key_A)
    assert field.caps.isHidden()
    qtbot.keyClick(field.line, "A", Qt.KeyboardModifier.ShiftModifier)
    assert field.caps.isHidden()
    qtbot.keyClick(field.line, "a", Qt.KeyboardModifier.ShiftModifier)
    assert not field.caps.isHidden()


def test_who_has_no_desk_yet_is_welcomed(windows):
    windows.unlock()

    assert "A desk is one folder" in texts_in(windows.shown)


def test_another_language_is_spoken_at_once(qtbot, windows, desk_folder):
    windows.unlock()

    windows.shown.centralWidget().language_chosen.emit("ar")

    assert settings.load().language == "ar"
    assert windows.shown.layoutDirection() is Qt.LayoutDirection.RightToLeft


def test_qt_speaks_the_language_too_with_or_without_its_keys(dressed):
    qt_words.use(dressed, "sr_Latn")

    assert QCoreApplication.translate("QFileDialog", "&Look in:") != "&Look in:"
    assert QCoreApplication.translate("QFileDialog", "Cancel") == "Otkaži"
    assert QCoreApplication.translate("QFileDialog", "what Qt says nowhere") == "what Qt says nowhere"


def test_without_a_screen_one_sentence_and_an_exit_code_are_given(monkeypatch, capsys):
    monkeypatch.setattr("sys.platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)

    ended = __main__.open_windows([])

    assert ended == 50
    assert "make demo" in capsys.readouterr().err


@pytest.mark.parametrize("text", ["", "{", "[]", '{"language": 7, "theme": "pink", "idle_minutes": 0}'])
def test_settings_that_make_no_sense_keep_nobody_out(home, text):
    settings.keep(theme="dark")
    settings._file().write_text(text)

    assert settings.load() == settings.Settings()


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have other ways")
def test_no_crash_leaves_memory_in_a_file():
    told = "import ctypes, resource; print(resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3))"
    asked = f"import sys; sys.argv = ['desk', '--version']; from referral_desk.__main__ import main; main(); {told}"

    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)

    assert done.stdout.endswith("(0, 0) 0\n")


def test_every_error_of_the_windows_stands_in_the_tree():
    from referral_desk.gui import main_window  # noqa: F401 - so that every page is there

    assert {error.__module__.rpartition(".")[0] for error in DeskError.__subclasses__()} == {"referral_desk.errors"}
