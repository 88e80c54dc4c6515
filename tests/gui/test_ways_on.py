"""A desk that does not open says why, in a sentence of its own for each kind of failure, and what to do next."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from referral_desk import chronicle, settings, store
from referral_desk.nrm.person import FirstContact
from tests import crew
from tests.gui.acting import press, settle, texts_in
from tests.gui.keeping import damage


@pytest.fixture
def folder(crew_desk, tmp_path):
    copied = Path(shutil.copytree(crew_desk, tmp_path / "desk"))
    settings.keep(last_desk=str(copied))
    return copied


def opening(qtbot, windows, who=crew.ANA):
    """Type login code and passphrase, and wait for the cases or for what went wrong."""
    windows.unlock()
    page = windows.shown.centralWidget()
    qtbot.keyClicks(page.login, crew.LOGINS.get(who, ""))
    qtbot.keyClicks(page.passphrase.line, who)
    qtbot.keyClick(page.passphrase.line, Qt.Key.Key_Return)
    return answered(qtbot, windows, page)


def answered(qtbot, windows, page):
    qtbot.waitUntil(lambda: hasattr(windows.shown, "cases") or bool(page.error.text()))
    return page


def offers(page):
    return [button.text().strip() for button in page.ways_on.findChildren(type(page.open_button))]


def older_copy(folder):
    """The data file as it was before somebody opened two cases."""
    before = shutil.copy(folder / "data-0001.db", folder.parent / "older")
    for _case in range(2):
        with crew.opened(folder) as desk, desk.work() as work:
            work.open_case(FirstContact(day=work.today))
    shutil.copy(before, folder / "data-0001.db")


def test_a_wrong_passphrase_says_who_can_help(qtbot, windows, folder):
    page = opening(qtbot, windows, "nobody ever chose these words")

    assert "passphrase or the login code is wrong" in page.error.text()
    assert "A keeper of the desk can give you a new passphrase" in texts_in(page.ways_on)
    assert offers(page) == []


@pytest.mark.parametrize("file", ["store.rdk", "data-0001.db"])
def test_a_damaged_file_is_no_wrong_passphrase_and_leads_to_a_backup(qtbot, windows, folder, file):
    damage(folder / file)
    page = opening(qtbot, windows)

    assert "A file of this desk is damaged or missing" in page.error.text()
    assert "It is not your passphrase" in texts_in(page.ways_on)
    assert offers(page) == ["Restore a backup…"]
    press(qtbot, page, "Restore a backup…")
    assert "Restore a desk from a backup" in texts_in(windows.shown)


def test_files_of_two_desks_are_told_apart_from_damage(qtbot, windows, folder, made_desk):
    shutil.copy(made_desk / "data-0001.db", folder / "data-0001.db")
    page = opening(qtbot, windows)

    assert "do not belong together" in page.error.text()
    assert offers(page) == ["Restore a backup…"]


def test_missing_changes_are_counted_and_the_desk_is_opened_without_them_on_request_only(qtbot, windows, folder):
    older_copy(folder)
    page = opening(qtbot, windows)
    assert "The last 4 changes are missing" in page.error.text()
    assert offers(page) == ["Restore a backup…", "Open it as it is"]
    assert "the journal notes" in texts_in(page.ways_on)

    press(qtbot, page, "Open it as it is")
    qtbot.waitUntil(lambda: hasattr(windows.shown, "cases"))
    settle(qtbot, windows.door)

    told = [entry.sentence for entry in chronicle.read(windows.door._desk)]
    assert "Ana opened the desk although changes were missing (4)." in told


def test_a_data_file_that_went_another_way_is_told_and_may_be_opened(qtbot, windows, folder):
    copied = Path(shutil.copytree(folder, folder.parent / "copy"))
    for place in (folder, copied, copied):
        with crew.opened(place) as desk, desk.work() as work:
            work.open_case(FirstContact(day=work.today))
    shutil.copy(copied / "data-0001.db", folder / "data-0001.db")
    page = opening(qtbot, windows)

    assert "not the one last worked with here" in page.error.text()
    assert offers(page) == ["Restore a backup…", "Open it as it is"]


def test_who_was_altered_is_told_and_the_recovery_key_still_opens(qtbot, windows, folder):
    with crew.opened(folder) as desk, desk.work() as work:
        row = store.roster.row(work.session, desk.member)
        row.mac = bytes(32)
    page = opening(qtbot, windows)
    assert "Somebody altered your entry among the members" in page.error.text()
    assert "Until then the recovery key opens the desk" in texts_in(page.ways_on)
    assert offers(page) == []

    page.login.clear()
    page.passphrase.line.clear()
    qtbot.keyClicks(page.passphrase.line, crew.RECOVERY_KEY)
    page.open_desk()
    qtbot.waitUntil(lambda: hasattr(windows.shown, "cases"))
    settle(qtbot, windows.door)


def test_who_is_not_entitled_to_names_opens_the_desk_and_sees_none(qtbot, windows, folder):
    opening(qtbot, windows, crew.BO)
    settle(qtbot, windows.door)
    window = windows.shown
    window.cases.show_case(window.cases.list.rows.ids[0])
    settle(qtbot, windows.door)

    assert "1 case" in texts_in(window.cases.list)
    assert not any(canary in texts_in(window) for canary in crew.CANARIES)


def test_what_was_said_is_forgotten_at_the_next_try(qtbot, windows, folder):
    older_copy(folder)
    page = opening(qtbot, windows)
    page.passphrase.line.clear()
    qtbot.keyClicks(page.passphrase.line, "not this one at all, I am afraid")
    page.open_desk()
    assert page.ways_on.isHidden()
    answered(qtbot, windows, page)

    assert offers(page) == []
    assert not page.restore_button.isHidden()
