"""The recovery key in the window: proven once a year, and replaced by a new one that was typed back."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from referral_desk import errors, settings, staff, store
from referral_desk.gui import printing
from referral_desk.gui.main_window import MainWindow
from referral_desk.vault.passphrases import new_recovery_key
from referral_desk.vault.slots import FLOOR
from tests import crew
from tests.gui.acting import press, settle, texts_in
from tests.gui.keeping import opened, rest, typed


@pytest.fixture
def folder(crew_desk, tmp_path):
    copied = Path(shutil.copytree(crew_desk, tmp_path / "desk"))
    settings.keep(last_desk=str(copied))
    return copied


@pytest.fixture
def window(qtbot, dressed, folder, monkeypatch):
    monkeypatch.setattr(staff, "calibrated", lambda: FLOOR)
    door = opened(qtbot, folder)
    made = MainWindow(door, lock=lambda _why: None)
    qtbot.addWidget(made)
    made.show()
    made.go("backups")
    rest(qtbot, door)
    yield made
    door.close()


@pytest.fixture
def page(window):
    return window.stack.currentWidget()


def proving(qtbot, page, key):
    errand = page.rooms.currentWidget()
    typed(qtbot, errand.typed.line, key)
    qtbot.keyClick(errand.typed.line, Qt.Key.Key_Return)
    rest(qtbot, page.door)


def test_after_a_year_the_window_asks_for_the_paper_and_remembers_that_it_was_there(qtbot, window, page):
    door = window.door
    door._desk.clock = lambda: crew.clock() + timedelta(days=366)
    page.overview.name_place("")
    page.overview.back_up()
    rest(qtbot, door)
    assert "for more than a year" in texts_in(page)
    assert "not proven since it was made" in texts_in(page)

    window.put_right("RECOVERY")
    page = window.stack.currentWidget()
    proving(qtbot, page, new_recovery_key())
    assert "not the recovery key" in page.rooms.currentWidget().error.text()
    proving(qtbot, page, crew.RECOVERY_KEY.lower())
    assert "This recovery key opens the desk. Proven on 24 Nov 2027" in texts_in(page)
    press(qtbot, page, "Done")
    rest(qtbot, door)

    assert "Last proven on 24 Nov 2027" in texts_in(page)
    assert "for more than a year" not in texts_in(window)


def test_a_new_key_is_in_force_when_it_was_typed_back_and_a_backup_opens_with_it(qtbot, window, page, folder):
    press(qtbot, page, "Make a new one…")
    errand = page.rooms.currentWidget()
    fresh = errand.key
    typed(qtbot, errand.typed, new_recovery_key())
    press(qtbot, page, "Put it in force")
    assert "not the recovery key" in errand.error.text()
    typed(qtbot, errand.typed, fresh)
    press(qtbot, page, "Put it in force")
    qtbot.waitUntil(lambda: "The new recovery key is in force." in texts_in(page))
    rest(qtbot, window.door)

    assert fresh not in texts_in(page)
    assert errand.key == ""
    window.door.close()
    with pytest.raises(errors.WrongRecoveryKey):
        crew.recovered(folder)
    crew.recovered(folder, fresh).close()
    [made] = [path for path in (folder / "backups").iterdir() if path.is_dir()]
    assert store.restoring.summary(made, fresh).cases == 1


def test_the_sheet_is_printed_from_memory_or_written_by_hand(qtbot, window, page, folder, monkeypatch):
    before = sorted(folder.parent.rglob("*"))
    press(qtbot, page, "Make a new one…")
    errand = page.rooms.currentWidget()
    monkeypatch.setattr(printing.QPrinterInfo, "availablePrinterNames", list)
    press(qtbot, page, "Print the sheet…")

    assert "no printer" in errand.error.text()
    assert sorted(folder.parent.rglob("*")) == before


def test_nobody_without_names_makes_a_new_key_but_anybody_may_prove_it(qtbot, dressed, folder):
    door = opened(qtbot, folder, crew.CORA)
    window = MainWindow(door, lock=lambda _why: None)
    qtbot.addWidget(window)
    window.show()
    window.go("backups")
    rest(qtbot, door)
    page: Any = window.stack.currentWidget()

    assert not page.overview.renew.isEnabled()
    press(qtbot, page, "Prove it…")
    proving(qtbot, page, crew.RECOVERY_KEY)
    assert "This recovery key opens the desk" in texts_in(page)
    settle(qtbot, door)
    door.close()
