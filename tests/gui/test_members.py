"""The members page: everybody sees the colleagues; a keeper who may read names lets in, gives anew, removes."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinterInfo
from PySide6.QtWidgets import QAbstractButton

from referral_desk import errors, roll, store
from referral_desk.roles import Role
from referral_desk.vault.slots import FLOOR
from tests.crew import ANA, BO, CORA, RECOVERY_KEY, opened
from tests.gui.acting import given_by_a_keeper, press, settle, texts_in


@pytest.fixture(autouse=True)
def cheap_keys(monkeypatch):
    monkeypatch.setattr("referral_desk.staff.calibrated", lambda: FLOOR)


@pytest.fixture
def members(qtbot, crew_window):
    """The page as a member of the crew sees it."""

    def show(passphrase=ANA):
        window = crew_window(passphrase)
        window.go("members")
        settle(qtbot, window.door)
        return window.stack.currentWidget()

    return show


def act(qtbot, page, text, name):
    """Press what can be done with a member of this name."""
    says = f"{text} {name}"
    found = [one for one in page.findChildren(QAbstractButton) if plain(one.accessibleName()) == says]
    assert len(found) == 1, says
    qtbot.mouseClick(found[0], Qt.MouseButton.LeftButton)
    return page.panel


def plain(text):
    return text.replace("\u2068", "").replace("\u2069", "")


def read(page):
    return plain(texts_in(page))


def done(qtbot, page):
    qtbot.waitUntil(lambda: page.panel is None)
    settle(qtbot, page.door)


def test_a_keeper_sees_who_is_a_member_since_when_and_what_is_to_be_done(members, crew_folder):
    given_by_a_keeper(crew_folder, "Bo")

    shown = read(members())

    assert "Ana\nCaseworker, Keeper · member since 23 Nov 2026\nyou" in shown
    assert "Bo\nCoordinator · member since 23 Nov 2026\nhas not changed the first passphrase yet" in shown


@pytest.mark.parametrize("passphrase", [BO, CORA], ids=["Bo", "Cora"])
def test_who_may_change_nobody_sees_the_colleagues_and_reads_why(members, passphrase):
    page = members(passphrase)

    assert "Ana" in read(page)
    assert "Only a keeper may do this" in read(page)
    assert [one.text() for one in page.findChildren(QAbstractButton) if one.isVisible()] == []


def test_a_new_member_is_let_in_only_when_the_passphrase_has_been_handed_over(qtbot, members, crew_folder):
    page = members()
    press(qtbot, page, "Add a member")
    panel = page.panel
    qtbot.keyClicks(panel.name, "Dana")
    press(qtbot, panel, "Add")
    assert "handed it over" in panel.given_error.text()

    qtbot.keyClicks(panel.typed.line, panel.given.text)
    press(qtbot, panel, "Add")
    done(qtbot, page)

    assert "Dana is a member now." in read(page)
    assert "Dana\nCaseworker · member since" in read(page)
    page.door.close()
    with store.open_desk(crew_folder, passphrase=panel.given.text) as desk:
        assert desk.must_change_passphrase
        assert desk.entitled


def test_each_role_is_explained_in_one_sentence(qtbot, members):
    page = members()
    press(qtbot, page, "Add a member")

    assert all(role.means in texts_in(page.panel) for role in Role)


def test_a_name_that_is_taken_is_said_beside_it_and_the_words_stay(qtbot, members):
    page = members()
    press(qtbot, page, "Add a member")
    panel = page.panel
    words = panel.given.text
    qtbot.keyClicks(panel.name, "bo")
    panel.handed.setChecked(True)

    press(qtbot, panel, "Add")

    qtbot.waitUntil(lambda: bool(panel.name_error.text()))
    assert "member of this name already" in panel.name_error.text()
    assert panel.given.text == words


def test_a_member_needs_a_name_and_a_role(qtbot, members):
    page = members()
    press(qtbot, page, "Add a member")
    page.panel.roles.boxes[Role.CASEWORKER].setChecked(False)

    press(qtbot, page.panel, "Add")

    assert "Write a name." in texts_in(page.panel)
    assert "Choose at least one role." in texts_in(page.panel)
    assert page.panel.name.hasFocus() or not page.window().isActiveWindow()


def test_before_somebody_is_removed_it_is_said_what_that_ends_and_what_it_cannot_end(qtbot, members, crew_folder):
    page = members()
    panel = act(qtbot, page, "Remove…", "Bo")
    assert "The keys of the desk change" in read(panel)
    assert "Whatever Bo copied from this computer before" in read(panel)
    assert panel.first is panel.cancel

    press(qtbot, panel, "Remove")
    done(qtbot, page)

    assert "Bo is no member any more. The keys are changed." in read(page)
    assert "Bo, until" in read(page)
    page.door.close()
    with pytest.raises(errors.WrongPassphrase):
        opened(crew_folder, BO)


def test_escape_changes_nothing(qtbot, members):
    page = members()
    panel = act(qtbot, page, "Remove…", "Bo")

    qtbot.waitUntil(page.window().isActiveWindow)
    qtbot.keyClick(panel, Qt.Key.Key_Escape)

    qtbot.waitUntil(lambda: page.panel is None)
    assert "Bo\nCoordinator" in read(page)


def test_a_forgotten_passphrase_is_given_anew_with_other_roles(qtbot, members, crew_folder):
    page = members()
    panel = act(qtbot, page, "New passphrase or roles…", "Bo")
    assert panel.roles.chosen() == (Role.COORDINATOR,)
    panel.roles.boxes[Role.KEEPER].setChecked(True)
    panel.handed.setChecked(True)

    press(qtbot, panel, "Put it in force")
    done(qtbot, page)

    assert "Bo has a new passphrase" in read(page)
    page.door.close()
    with store.open_desk(crew_folder, passphrase=panel.given.text) as desk:
        assert desk.roles == {"coordinator", "keeper"}
        assert not desk.entitled
    with pytest.raises(errors.WrongPassphrase):
        opened(crew_folder, BO)


def test_the_last_keeper_who_reads_names_stays(qtbot, members):
    page = members()
    act(qtbot, page, "Rename…", "Bo")
    page.panel.left.emit()
    buttons = [plain(one.accessibleName()) for one in page.findChildren(QAbstractButton)]

    assert "Remove… Bo" in buttons
    assert "Remove… Ana" not in buttons


def test_a_member_gets_another_name(qtbot, members):
    page = members()
    panel = act(qtbot, page, "Rename…", "Cora")
    panel.name.setText("Cora K.")

    qtbot.keyClick(panel.name, Qt.Key.Key_Return)
    done(qtbot, page)

    assert "The member is called Cora K. now." in read(page)


def test_a_row_that_was_altered_is_shown_and_who_lost_the_way_in_is_named(qtbot, crew_folder, members):
    with opened(crew_folder) as desk, desk.work() as work:
        row = next(row for row in store.roster.rows(work.session) if row.name == "Cora")
        row.role = "caseworker+keeper"
        work.has_written = True
    page = members()
    assert "ALTERED: reset this member" in read(page)

    panel = act(qtbot, page, "Remove…", "Bo")
    press(qtbot, panel, "Remove")
    done(qtbot, page)

    assert "Altered, and shut out until a keeper resets it: Cora" in read(page)


def test_the_first_passphrase_is_printed_from_memory(qtbot, members, monkeypatch):
    paper: list[bytes] = []
    monkeypatch.setattr("referral_desk.gui.new_passphrase.print_on", lambda _printer, pdf: paper.append(pdf))
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", lambda: ["Office"])
    monkeypatch.setattr("referral_desk.gui.printing.QDialog.open", QPrintDialog.accept)
    page = members()
    press(qtbot, page, "Add a member")

    press(qtbot, page.panel, "Print…")

    assert paper[0].startswith(b"%PDF")


def test_nobody_is_a_member_before_it_is_agreed(qtbot, members, crew_folder):
    page = members()
    press(qtbot, page, "Add a member")
    qtbot.keyClicks(page.panel.name, "Dana")
    page.window().lock("idle")

    with opened(crew_folder) as desk:
        assert [one.colleague.name for one in roll.read(desk).present] == ["Ana", "Bo", "Cora"]


def test_no_name_of_a_member_is_read_as_markup(qtbot, members):
    page = members()
    panel = act(qtbot, page, "Rename…", "Bo")
    panel.name.setText("<b>Bo</b>")
    press(qtbot, panel, "Rename")
    done(qtbot, page)

    assert "<b>Bo</b>\nCoordinator" in read(page)


def test_with_the_recovery_key_a_new_passphrase_is_given_to_the_keeper_who_lost_hers(qtbot, members, crew_folder):
    page = members(RECOVERY_KEY)
    assert "you" not in read(page).split("\n")

    panel = act(qtbot, page, "New passphrase or roles…", "Ana")
    panel.handed.setChecked(True)
    press(qtbot, panel, "Put it in force")
    done(qtbot, page)
    window = page.window()
    window.go("settings")
    settle(qtbot, window.door)

    assert "Change my passphrase…" not in [one.text().strip() for one in window.findChildren(QAbstractButton)]
    window.door.close()
    with store.open_desk(crew_folder, passphrase=panel.given.text) as desk:
        assert desk.entitled
