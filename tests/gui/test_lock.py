"""The lock: after idle minutes, after sleep, when asked; nothing stops it and nothing typed is lost."""

from __future__ import annotations

import shutil
import subprocess
import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from referral_desk import store
from referral_desk.gui.lock import ASLEEP_AFTER, IdleWatch
from tests.gui.acting import PASSPHRASE, answer, settle


class Clock:
    """A clock on the wall that tests can turn."""

    def __init__(self):
        self.now = 1_000_000.0
        self.asleep = 0.0

    def __call__(self):
        return self.now

    def awake(self):
        """A clock that stands still while the computer sleeps."""
        return self.now - self.asleep


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def watch(dressed, clock):
    """Five minutes, looked at by hand."""
    made = IdleWatch(5, clock=clock, awake=clock.awake, tick=10_000_000)
    made.said = []
    made.is_due.connect(made.said.append)
    yield made
    made.deleteLater()


def pass_time(watch, clock, seconds):
    for _step in range(int(seconds // 60)):
        clock.now += 60
        watch.look()


def test_it_locks_after_the_minutes_set(watch, clock):
    pass_time(watch, clock, 240)
    assert watch.said == []

    pass_time(watch, clock, 60)
    assert watch.said == ["idle"]


def test_any_key_starts_the_time_anew(qtbot, watch, clock, window):
    pass_time(watch, clock, 240)
    qtbot.keyClick(window, Qt.Key.Key_Shift)
    pass_time(watch, clock, 240)

    assert watch.said == []


def test_a_computer_that_slept_is_locked_when_it_wakes(watch, clock):
    clock.now += ASLEEP_AFTER + 1
    watch.look()

    assert watch.said == ["asleep"]


def test_a_clock_set_back_does_not_stretch_the_time(watch, clock):
    clock.now -= 3600
    watch.look()
    pass_time(watch, clock, 300)

    assert watch.said == ["idle"]


def test_what_was_typed_waits_sealed_and_comes_back_in_place(qtbot, window, door, windows, desk_folder):
    window.cases.new_case()
    settle(qtbot, door)
    answer(qtbot, window.cases.form, first_words="She does not want anybody to know")

    window.lock("idle")

    assert window.locked == ["idle"]
    assert not any("anybody" in file.read_bytes().decode("latin-1") for file in desk_folder.iterdir())
    windows.unlock()
    page = windows.shown.centralWidget()
    qtbot.keyClicks(page.passphrase.line, PASSPHRASE)
    page.open_desk()
    qtbot.waitUntil(lambda: hasattr(windows.shown, "cases"))
    settle(qtbot, windows.door)
    assert windows.shown.cases.form.written()["first_words"] == "She does not want anybody to know"


def test_no_dialog_stops_the_lock(window):
    dialog = QDialog(window)
    dialog.setModal(True)
    dialog.open()

    window.watch.is_due.emit("asleep")

    assert window.locked == ["asleep"]
    assert not dialog.isVisible()


def test_the_desk_is_closed_before_the_next_process_begins(window, desk_folder):
    window.lock("asked")

    store.open_desk(desk_folder, passphrase=PASSPHRASE).close()


def test_a_form_that_was_only_looked_at_leaves_no_draft(qtbot, window, door):
    window.cases.new_case()
    settle(qtbot, door)
    window.cases.form.leave()
    settle(qtbot, door)

    assert window.cases.list.waiting.count() == 0


def test_the_foot_says_how_long_it_is_until_the_lock(window):
    window.foot.show_time_left(240)
    assert window.foot.locks.text() == "Locks in 4 min"

    window.foot.show_time_left(12)
    assert window.foot.locks.text() == "Locks in 12 s"


HEARS = """
import sys
from PySide6.QtDBus import QDBusConnection, QDBusMessage
from PySide6.QtWidgets import QApplication, QWidget
from referral_desk.gui.system_signals import TOLD_BY_LINUX, SystemSignals

app = QApplication([])
bus, interface, signal, _slot = TOLD_BY_LINUX[int(sys.argv[1])]
window = QWidget()
signals = SystemSignals(window)
signals.told.connect(print)
signals.told.connect(app.quit)
told = QDBusMessage.createSignal("/any/path", interface, signal)
told.setArguments([True])
getattr(QDBusConnection, bus)().send(told)
app.exec()
"""


@pytest.mark.skipif(not shutil.which("dbus-run-session"), reason="no bus can be started here")
@pytest.mark.parametrize(("place", "why"), [(0, "asleep"), (1, "screen"), (2, "screen")])
def test_it_locks_when_the_screen_is_locked_or_the_computer_goes_to_sleep(place, why):
    bus = 'DBUS_SYSTEM_BUS_ADDRESS="$DBUS_SESSION_BUS_ADDRESS" exec "$0" -c "$1" "$2"'

    heard = subprocess.run(
        ["dbus-run-session", "--", "sh", "-c", bus, sys.executable, HEARS, str(place)],
        capture_output=True,
        text=True,
        check=True,
        timeout=30,
    )

    assert heard.stdout.split() == [why]
