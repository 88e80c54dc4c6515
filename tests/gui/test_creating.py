"""Making a desk: five pages, two papers, and no desk before everything was said."""

from __future__ import annotations

import pytest
from PySide6.QtPrintSupport import QPrintDialog, QPrinterInfo

from referral_desk import roll, store
from referral_desk.vault.slots import FLOOR
from tests.gui.acting import go_on, press, settle, texts_in


@pytest.fixture(autouse=True)
def cheap_keys(monkeypatch):
    monkeypatch.setattr("referral_desk.store.opening.calibrated", lambda: FLOOR)


@pytest.fixture
def page(qtbot, windows):
    windows.create()
    return windows.shown.centralWidget()


@pytest.fixture
def printed(monkeypatch):
    """What went to the printer; its dialog is agreed to at once."""
    paper: list[bytes] = []
    monkeypatch.setattr("referral_desk.gui.new_passphrase.print_on", lambda _printer, pdf: paper.append(pdf))
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", lambda: ["Office"])
    monkeypatch.setattr("referral_desk.gui.printing.QDialog.open", QPrintDialog.accept)
    return paper


def to_passphrase(qtbot, page):
    go_on(qtbot, page)
    qtbot.keyClicks(page.steps[1].name, "Ana")
    go_on(qtbot, page)
    return page.steps[2].new


def to_recovery(qtbot, page):
    new = to_passphrase(qtbot, page)
    qtbot.keyClicks(new.again.line, new.words)
    go_on(qtbot, page)
    return page.steps[3]


def to_backups(qtbot, page):
    qtbot.keyClicks(to_recovery(qtbot, page).typed, page.recovery_key)
    go_on(qtbot, page)
    return page.steps[4]


def what_is_said(qtbot, page):
    qtbot.waitUntil(lambda: bool(page.error.text()))
    return page.error.text()


def test_the_desk_knows_its_founder_its_sender_and_where_backups_go(qtbot, windows, page, home):
    (home / "stick").mkdir()
    go_on(qtbot, page)
    for field, text in (("name", "Ana"), ("organisation", "Safe Shelter"), ("contact", "P.O. box 7")):
        qtbot.keyClicks(getattr(page.steps[1], field), text)
    go_on(qtbot, page)
    words = page.steps[2].new.words
    qtbot.keyClicks(page.steps[2].new.again.line, words)
    go_on(qtbot, page)
    qtbot.keyClicks(page.steps[3].typed, page.recovery_key)
    go_on(qtbot, page)
    qtbot.keyClicks(page.steps[4].folder, str(home / "stick"))
    press(qtbot, page, "Create the desk")
    qtbot.waitUntil(lambda: hasattr(windows.shown, "cases"), timeout=30_000)
    settle(qtbot, windows.door)
    windows.door.close()

    with store.open_desk(home / "Referral Desk", passphrase=words) as desk:
        with desk.work() as work:
            about = work.about()
        [founder] = roll.read(desk).present
    assert (about.organisation, about.contact, about.mechanism) == ("Safe Shelter", "P.O. box 7", "COE")
    assert about.backup_place == str(home / "stick")
    assert founder.colleague.name == "Ana"
    assert founder.since is not None


def test_a_second_place_may_wait(qtbot, windows, page, home):
    to_backups(qtbot, page)

    press(qtbot, page, "Create the desk")

    qtbot.waitUntil(lambda: hasattr(windows.shown, "cases"), timeout=30_000)
    assert (home / "Referral Desk" / "store.rdk").exists()


def test_no_desk_is_made_before_passphrase_and_recovery_key_are_typed_back(qtbot, page, home):
    to_passphrase(qtbot, page)
    press(qtbot, page, "Go on")
    assert "not the same passphrase" in page.error.text()

    qtbot.keyClicks(page.steps[2].new.again.line, page.steps[2].new.words)
    go_on(qtbot, page)
    qtbot.keyClicks(page.steps[3].typed, "0000-0000-0000-0000-0000-0000-0000")
    press(qtbot, page, "Go on")

    assert "not the recovery key" in page.error.text()
    assert not (home / "Referral Desk").exists()


def test_a_founder_has_a_name(qtbot, page):
    go_on(qtbot, page)

    press(qtbot, page, "Go on")

    assert "Write a name" in page.error.text()


def test_a_weak_passphrase_of_ones_own_is_refused_and_said_so_while_it_is_typed(qtbot, page):
    new = to_passphrase(qtbot, page)
    press(qtbot, page, "Use one of my own")
    for field in (new.own, new.again):
        qtbot.keyClicks(field.line, "abcabcabcabcabcabc")
    assert "easy to guess" in new.strength.text()

    press(qtbot, page, "Go on")

    assert "easy to guess" in page.error.text()
    new.own.line.setText("gravel lantern seven otters in a meadow")
    assert new.strength.text() == "Strong enough."


def test_a_place_that_is_copied_elsewhere_is_refused_on_its_own_page(qtbot, page, home):
    page.steps[0].folder.setText(str(home / "Dropbox" / "desk"))

    press(qtbot, page, "Go on")

    assert "Dropbox" in what_is_said(qtbot, page)
    assert page.pages.currentIndex() == 0


def test_a_folder_that_is_not_empty_is_refused_on_its_own_page(qtbot, page, home):
    (home / "full").mkdir()
    (home / "full" / "letter.txt").write_text("something else")
    page.steps[0].folder.setText(str(home / "full"))

    press(qtbot, page, "Go on")

    assert "not empty" in what_is_said(qtbot, page)


def test_a_stick_that_is_not_there_is_said_before_there_is_a_desk(qtbot, page, home):
    to_backups(qtbot, page).folder.setText(str(home / "stick"))

    press(qtbot, page, "Create the desk")

    assert "not there" in what_is_said(qtbot, page)
    assert page.pages.currentIndex() == 4
    assert not (home / "Referral Desk").exists()


def test_a_folder_that_was_taken_meanwhile_leads_back_and_nothing_typed_is_lost(qtbot, page, home):
    to_backups(qtbot, page)
    (home / "Referral Desk").mkdir()
    (home / "Referral Desk" / "letter.txt").write_text("something else")

    press(qtbot, page, "Create the desk")

    assert "not empty" in what_is_said(qtbot, page)
    assert page.pages.currentIndex() == 0
    assert page.steps[1].name.text() == "Ana"
    assert page.steps[3].typed.text() == page.recovery_key


def test_the_recovery_sheet_is_printed_and_lies_in_no_file(qtbot, page, printed, home):
    to_recovery(qtbot, page)

    press(qtbot, page, "Print…")

    assert printed[0].startswith(b"%PDF")
    assert not any(page.recovery_key.encode() in file.read_bytes() for file in home.rglob("*") if file.is_file())


def test_without_a_printer_the_hand_is_named(qtbot, page, monkeypatch):
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", list)
    to_recovery(qtbot, page)

    press(qtbot, page, "Print…")

    assert "by hand" in page.error.text()


def test_words_on_the_screen_are_hidden_from_who_stands_behind(qtbot, page):
    new = to_passphrase(qtbot, page)

    press(qtbot, page, "Hide")

    assert new.words not in texts_in(page)
    assert new.words not in new.generated.shown.accessibleName()
    press(qtbot, page, "Show")
    assert new.words in texts_in(page)
