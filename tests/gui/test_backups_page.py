"""Backups in the window: made beside the work, warned of above every page, brought to a stick that is back."""

from __future__ import annotations

import shutil
import time
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from referral_desk import journal, settings, store
from referral_desk.gui.frame_parts import PLACES
from referral_desk.gui.main_window import MainWindow
from referral_desk.journal import Act
from referral_desk.store import Stopped, backups, upkeep, writing
from referral_desk.store import folder as places
from referral_desk.vault.slots import FLOOR
from tests import crew
from tests.gui.acting import button_saying, press, settle, texts_in
from tests.gui.keeping import damage, look, opened, pass_days, rest
from tests.gui.test_everyone import narrow_places, without_name


@pytest.fixture
def folder(crew_desk, tmp_path):
    copied = Path(shutil.copytree(crew_desk, tmp_path / "desk"))
    settings.keep(last_desk=str(copied))
    return copied


@pytest.fixture
def stick(tmp_path, monkeypatch):
    """A stick: here a folder, which the desk takes for another disk."""
    monkeypatch.setattr(places, "on_one_disk", lambda _one, _other: False)
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick"


@pytest.fixture
def door(qtbot, dressed, folder):
    made = opened(qtbot, folder)
    yield made
    made.close()


def window_on(qtbot, door):
    locked: list[str] = []
    made = MainWindow(door, lock=locked.append)
    made.locked = locked
    qtbot.addWidget(made)
    made.show()
    settle(qtbot, door)
    return made


@pytest.fixture
def window(qtbot, door):
    return window_on(qtbot, door)


def backups_page(qtbot, window):
    window.go("backups")
    rest(qtbot, window.door)
    return window.stack.currentWidget()


def listed(page):
    table = page.overview.table
    return [[table.item(at, place).text() for place in range(table.columnCount())] for at in range(table.rowCount())]


def test_soon_after_opening_the_desk_is_looked_over_and_backed_up_and_says_so_quietly(qtbot, window, door, folder):
    assert window.warning.isHidden()

    look(qtbot, door)

    assert len([one for one in (folder / "backups").iterdir() if one.is_dir()]) == 1
    assert window.foot.backup.text().startswith("Last backup 23 Nov 2026")
    assert "Name a second place" in texts_in(window.warning)


@pytest.mark.parametrize(("days", "tone"), [(7, "warn"), (14, "danger")])
def test_an_old_backup_is_told_above_every_page_and_one_button_puts_it_right(qtbot, window, door, stick, days, tone):
    name_place(qtbot, window, stick)
    pass_days(door, days)
    # What the desk does for itself waits: the day is looked at, not mended.
    door.upkeep._left_out = 1000
    door.upkeep.read()
    settle(qtbot, door)

    for place, *_more in PLACES:
        window.go(place)
        settle(qtbot, door)
        assert f"{days} days old" in texts_in(window.warning)
        assert window.warning.isVisible()
    assert window.warning.room.itemAt(0).widget().property("tone") == tone
    press(qtbot, window.warning, "Back up now")
    rest(qtbot, door)

    assert window.warning.isHidden()
    assert window.stack.currentWidget() is not None


def name_place(qtbot, window, place):
    backups_page(qtbot, window).overview.name_place(str(place))
    rest(qtbot, window.door)


def test_a_desk_that_was_never_backed_up_says_so_when_it_cannot_be(qtbot, window, door, monkeypatch):
    def full(_desk, _own):
        from referral_desk.errors import DiskFull

        raise DiskFull

    monkeypatch.setattr(writing, "ordered", full)
    look(qtbot, door)

    assert "The disk is full" in texts_in(window.warning)
    door.upkeep.hindered = None
    door.upkeep.read()
    settle(qtbot, door)
    assert "No backup of this desk was ever made and opened" in texts_in(window.warning)


def test_a_second_place_is_chosen_and_the_backup_is_brought_there_by_itself(qtbot, window, door, stick):
    page = backups_page(qtbot, window)
    press(qtbot, page, "Choose…")
    dialog = page.overview.findChild(QFileDialog)
    assert dialog.isVisible()
    dialog.fileSelected.emit(str(stick))
    dialog.close()
    rest(qtbot, door)

    assert [line[2] for line in listed(page)] == ["here and in the second place"]
    assert f"{stick} is there" in texts_in(page)
    assert window.warning.isHidden()


def test_a_stick_that_is_away_is_told_plainly_and_served_when_it_is_back(qtbot, window, door, stick):
    name_place(qtbot, window, stick)
    stick.rename(stick.with_name("drawer"))
    pass_days(door, 1)
    look(qtbot, door)
    page = backups_page(qtbot, window)
    assert "is not there now. Plug in the stick" in texts_in(page)
    assert listed(page)[0][2] == "here"

    stick.with_name("drawer").rename(stick)
    door.upkeep.look()
    rest(qtbot, door)

    assert listed(page)[0][2] == "here and in the second place"
    assert "is there, and" in texts_in(page)


def test_a_stick_that_stays_away_becomes_a_warning(qtbot, window, door, stick):
    name_place(qtbot, window, stick)
    stick.rename(stick.with_name("drawer"))
    pass_days(door, 8)
    look(qtbot, door)

    assert "No backup has reached the second place for 8 days" in texts_in(window.warning)
    press(qtbot, window.warning, "Choose a second place…")
    assert window.stack.currentWidget().findChild(QFileDialog).isVisible()


def test_the_second_place_is_given_up_and_what_lies_there_stays(qtbot, window, door, stick):
    name_place(qtbot, window, stick)
    page = backups_page(qtbot, window)
    press(qtbot, page, "Keep no second place")
    rest(qtbot, door)

    assert "There is none yet" in texts_in(page)
    assert len(list(stick.iterdir())) == 1


def test_a_second_place_that_is_copied_elsewhere_is_refused(qtbot, window, door, tmp_path):
    (tmp_path / "Dropbox").mkdir()
    page = backups_page(qtbot, window)
    page.overview.name_place(str(tmp_path / "Dropbox"))
    rest(qtbot, door)

    assert "copied to other computers by Dropbox" in texts_in(page)


def test_a_coordinator_backs_up_and_is_told_who_names_the_place(qtbot, dressed, folder):
    door = opened(qtbot, folder, crew.BO)
    door.facts = replace(door.facts, must_change_passphrase=False)
    page = backups_page(qtbot, window_on(qtbot, door))

    choose = button_saying(page, "Choose…")
    assert not choose.isEnabled()
    assert "Only a keeper" in choose.toolTip()
    assert not button_saying(page, "Make a new one…").isEnabled()
    press(qtbot, page, "Back up now")
    rest(qtbot, door)

    assert "The backup was made and opened." in texts_in(page)
    door.close()


def test_a_backup_is_opened_again_and_one_that_does_not_open_is_told(qtbot, window, door, folder):
    look(qtbot, door)
    pass_days(door, 3)
    page = backups_page(qtbot, window)
    press(qtbot, page, "Open to check")
    rest(qtbot, door)
    assert "opens and is whole" in texts_in(page)
    assert listed(page)[0][1].startswith("26 Nov 2026")

    damage(next((folder / "backups").glob("*/data-0001.db")))
    press(qtbot, page, "Open to check")
    rest(qtbot, door)
    assert "cannot be opened" in texts_in(page)


def test_a_backup_is_stopped_by_a_click_and_leaves_nothing(qtbot, window, door, folder, monkeypatch):
    monkeypatch.setattr(writing, "look_into", until_stopped)
    page = backups_page(qtbot, window)
    press(qtbot, page, "Back up now")
    qtbot.waitUntil(lambda: "Opening the backup" in texts_in(page))
    assert not page.overview.now.isEnabled()

    press(qtbot, page, "Stop")
    rest(qtbot, door)

    assert list((folder / "backups").iterdir()) == []
    assert page.overview.now.isEnabled()


def until_stopped(*_what, stops):
    """A large store on a slow disk."""
    end = time.monotonic() + 30
    while not stops():
        assert time.monotonic() < end
        time.sleep(0.002)
    raise Stopped


def test_the_window_goes_on_beside_a_backup_and_the_lock_does_not_wait_for_it(qtbot, window, door, folder, monkeypatch):
    monkeypatch.setattr(writing, "look_into", until_stopped)
    door.upkeep.look_now()
    qtbot.waitUntil(lambda: "Opening the backup…" in window.foot.backup.text())
    settle(qtbot, door)
    assert "1 case" in texts_in(window.cases.list)

    began = time.monotonic()
    window.lock("asked")

    assert time.monotonic() - began < 1.5
    assert window.locked == ["asked"]
    with crew.opened(folder) as desk:
        assert backups.every(desk) == ()


def test_damage_is_found_told_loudly_and_leads_to_restoring(qtbot, window, door, folder):
    look(qtbot, door)
    pass_days(door, 1)
    door._desk.checkpoint()
    damage(folder / "data-0001.db")
    look(qtbot, door)

    assert "found damage in its files" in texts_in(window.warning)
    assert window.warning.room.itemAt(0).widget().property("tone") == "danger"
    press(qtbot, window.warning, "Restore a backup…")
    page = window.stack.currentWidget()
    assert "Restore a backup" in texts_in(page)
    qtbot.waitUntil(lambda: page.rooms.currentWidget().steps.table.rowCount() == 1)


def test_a_practice_desk_warns_of_nothing(qtbot, dressed, tmp_path):
    made = store.create(
        tmp_path / "practice",
        passphrase=crew.ANA,
        login="ana",
        recovery_key=crew.RECOVERY_KEY,
        cost=FLOOR,
        purpose=store.Purpose.PRACTICE,
    )
    made.close()
    door = opened(qtbot, tmp_path / "practice")
    window = window_on(qtbot, door)
    look(qtbot, door)

    assert window.warning.isHidden()
    assert not (tmp_path / "practice" / "backups").exists()
    page = backups_page(qtbot, window)
    assert "only when somebody asks" in texts_in(page)
    press(qtbot, page, "Back up now")
    rest(qtbot, door)
    assert len(listed(page)) == 1
    door.close()


def test_the_journal_says_what_was_done_beside_the_work(qtbot, window, door, stick):
    name_place(qtbot, window, stick)
    with door._desk.work() as work:
        acts = {entry.act for entry in journal.newest(work.session, 10)}

    assert {Act.CHECKED.name, Act.BACKED_UP.name, Act.CARRIED.name} <= acts


@pytest.mark.parametrize("size", [(1280, 720), (1024, 640), (960, 600)])
def test_every_page_of_backups_has_names_and_fits(qtbot, window, door, stick, size):
    name_place(qtbot, window, stick)
    window.resize(*size)
    page = backups_page(qtbot, window)
    found = [without_name(window), narrow_places(window)]
    for errand in (page.prove, page.renew, page.restore, lambda: page.restore(page.overview.backups[0])):
        errand()
        rest(qtbot, door)
        found += [without_name(window), narrow_places(window)]
        qtbot.keyClick(page.rooms.currentWidget(), Qt.Key.Key_Escape)
        assert page.rooms.currentWidget() is page.overview

    assert [one for one in found if one] == []


def test_upkeep_is_asked_once_for_each_day_and_state_of_the_stick(qtbot, window, door, monkeypatch):
    asked: list[object] = []
    monkeypatch.setattr(upkeep, "daily", lambda _desk, _aside: asked.append(1))
    for _look in range(3):
        door.upkeep.look()
        rest(qtbot, door)
    pass_days(door, 1)
    door.upkeep.look()
    rest(qtbot, door)

    assert len(asked) == 2
