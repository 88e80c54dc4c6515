"""From a backup to a desk again, in the window: on a new computer, and beside a desk that is open."""

from __future__ import annotations

import shutil
import time
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from referral_desk import settings
from referral_desk.gui.main_window import MainWindow
from referral_desk.store import Stopped, backups, engine, ledger
from referral_desk.vault.passphrases import new_recovery_key
from tests import crew
from tests.gui.acting import press, settle, texts_in
from tests.gui.keeping import opened, rest, rest_outside, typed


@pytest.fixture
def stick(crew_desk, tmp_path):
    """What is left of Ana's desk: a stick with one backup."""
    folder = Path(shutil.copytree(crew_desk, tmp_path / "burnt"))
    stick = tmp_path / "stick"
    stick.mkdir()
    with crew.opened(folder) as desk:
        backups.name_place(desk, stick)
        backups.make(desk)
    shutil.rmtree(folder)
    return stick


def restoring(qtbot, windows, stick):
    """On a new computer: from the welcome to the summary of the newest backup."""
    windows.unlock()
    press(qtbot, windows.shown, "Restore a desk from a backup…")
    steps = windows.shown.centralWidget().steps
    steps.look_in(str(stick))
    rest_outside(qtbot, windows.door)
    qtbot.keyClick(steps.does, Qt.Key.Key_Return)
    return steps


def look_into(qtbot, steps, key=crew.RECOVERY_KEY):
    typed(qtbot, steps.key.line, key)
    qtbot.keyClick(steps.key.line, Qt.Key.Key_Return)
    rest_outside(qtbot, steps.door)


def test_a_burnt_laptop_comes_back_from_the_stick(qtbot, windows, stick, home):
    steps = restoring(qtbot, windows, stick)
    look_into(qtbot, steps)
    summary = texts_in(steps)
    assert "The backup of 23 Nov 2026" in summary
    assert "It holds 1 case and 3 members." in summary
    assert "does not come back" not in summary
    assert not Path(steps.folder.text()).exists()

    press(qtbot, steps, "Restore it")
    rest_outside(qtbot, windows.door)
    assert "Give every member a new passphrase" in texts_in(steps)
    press(qtbot, steps, "Open it now")

    page = windows.shown.centralWidget()
    qtbot.keyClicks(page.passphrase.line, crew.RECOVERY_KEY.lower())
    page.open_desk()
    qtbot.waitUntil(lambda: hasattr(windows.shown, "cases"))
    settle(qtbot, windows.door)
    assert "1 case" in texts_in(windows.shown.cases.list)
    assert Path(settings.load().last_desk).parent == home


def test_another_recovery_key_is_refused_beside_the_field(qtbot, windows, stick):
    steps = restoring(qtbot, windows, stick)

    look_into(qtbot, steps, new_recovery_key())
    assert "not the recovery key" in steps.error.text()
    look_into(qtbot, steps, crew.RECOVERY_KEY[:-1])
    assert "not the recovery key" in steps.error.text()
    look_into(qtbot, steps)
    assert "It holds 1 case" in texts_in(steps)


def test_the_summary_says_who_was_erased_since(qtbot, windows, stick, crew_desk):
    with crew.opened(Path(shutil.copytree(crew_desk, stick.parent / "copy"))) as desk:
        with desk.work() as work:
            [gone] = work.case_ids("zdravka")
        assert desk.seal
        ledger.write(ledger.file_in(stick, desk.keys.store_salt), desk.seal, {gone})
    steps = restoring(qtbot, windows, stick)
    look_into(qtbot, steps)

    assert "1 of these cases was erased since and does not come back." in texts_in(steps)


def test_nothing_is_restored_over_anything(qtbot, windows, stick, home):
    (home / "full").mkdir()
    (home / "full" / "letter.txt").write_text("keep me")
    steps = restoring(qtbot, windows, stick)
    look_into(qtbot, steps)
    typed(qtbot, steps.folder, str(home / "full"))
    press(qtbot, steps, "Restore it")
    rest_outside(qtbot, windows.door)

    assert "is not empty" in steps.error.text()
    assert [file.name for file in (home / "full").iterdir()] == ["letter.txt"]
    typed(qtbot, steps.folder, str(home / "new"))
    press(qtbot, steps, "Restore it")
    rest_outside(qtbot, windows.door)
    assert (home / "new" / "store.rdk").exists()


def test_a_folder_without_backups_says_so(qtbot, windows, home):
    windows.restore()
    steps = windows.shown.centralWidget().steps
    assert not steps.does.isEnabled()
    steps.look_in(str(home))
    rest_outside(qtbot, windows.door)

    assert "no backup in this folder" in steps.error.text()
    assert not steps.does.isEnabled()
    press(qtbot, steps, "Cancel")
    assert "Welcome" in texts_in(windows.shown)


def test_a_damaged_backup_is_told_and_another_one_may_be_taken(qtbot, windows, stick):
    backup = next(path for path in stick.iterdir() if path.is_dir())
    content = bytearray((backup / "store.rdk").read_bytes())
    content[100] ^= 1
    (backup / "store.rdk").write_bytes(content)
    steps = restoring(qtbot, windows, stick)
    look_into(qtbot, steps)

    assert "cannot be opened. Use an older one" in steps.error.text()


def test_restoring_is_stopped_by_a_click_and_leaves_nothing(qtbot, windows, stick, monkeypatch):
    def slow(*_what, stops):
        end = time.monotonic() + 30
        while not stops():
            assert time.monotonic() < end
            time.sleep(0.002)
        raise Stopped

    steps = restoring(qtbot, windows, stick)
    look_into(qtbot, steps)
    monkeypatch.setattr(engine, "copy_rekeyed", slow)
    press(qtbot, steps, "Restore it")
    press(qtbot, steps, "Cancel")
    rest_outside(qtbot, windows.door)

    assert "Stopped. Nothing was restored." in steps.error.text()
    assert list(Path(steps.folder.text()).glob("*")) == []


def test_beside_an_open_desk_a_backup_becomes_another_one_that_the_next_process_opens(
    qtbot, dressed, crew_desk, tmp_path
):
    folder = Path(shutil.copytree(crew_desk, tmp_path / "desk"))
    settings.keep(last_desk=str(folder))
    with crew.opened(folder) as desk:
        backups.make(desk)
    door = opened(qtbot, folder)
    locked: list[str] = []
    window = MainWindow(door, lock=locked.append)
    qtbot.addWidget(window)
    window.show()
    window.go("backups")
    rest(qtbot, door)
    page: Any = window.stack.currentWidget()

    press(qtbot, page, "Restore…")
    settle(qtbot, door)
    steps = page.rooms.currentWidget().steps
    look_into(qtbot, steps)
    press(qtbot, steps, "Restore it")
    rest(qtbot, door)
    made = steps.folder.text()
    press(qtbot, steps, "Open it now")

    assert locked == ["asked"]
    assert settings.load().last_desk == made
    with crew.recovered(Path(made)) as desk, desk.work() as work:
        assert len(work.case_ids("zdravka")) == 1
