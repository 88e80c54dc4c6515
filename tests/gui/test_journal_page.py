"""The journal as a keeper meets it: sentences under their days, found, verified, printed; quick when it is long."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import insert, text

from referral_desk import journal
from referral_desk.journal import Act, Entry
from referral_desk.letters.journal_paper import in_groups
from tests.crew import ANA, BO, CANARIES, CORA, opened
from tests.gui.acting import press, settle, texts_in


@pytest.fixture
def page(qtbot, crew_window):
    return journal_of(qtbot, crew_window(CORA))


def journal_of(qtbot, window):
    window.go("journal")
    settle(qtbot, window.door)
    return window.stack.currentWidget()


def listed(qtbot, page):
    """What the rows say that are in memory by now."""
    for at in range(page.rows.rowCount()):
        page.rows.index(at).data()
    settle(qtbot, page.door)
    return [page.rows.index(at).data() for at in range(page.rows.rowCount())]


def choose(box, text):
    box.setCurrentIndex(box.findText(text))
    box.activated.emit(box.currentIndex())


def test_a_keeper_without_names_reads_what_was_done_newest_first_under_its_day(qtbot, page):
    rows = listed(qtbot, page)

    assert "Cora opened the desk." in rows[1]
    assert rows[-1].endswith("Ana created the desk.")
    assert "23 Nov 2026" in rows
    assert any("Ana recorded “The person” in the case RD-" in row for row in rows)
    assert not any(canary in row for canary in CANARIES for row in rows)


def test_the_keyboard_goes_from_entry_to_entry_and_stops_at_no_day(qtbot, page):
    view = page.view
    view.setFocus()
    view.setCurrentIndex(page.rows.index(1))
    settle(qtbot, page.door)
    assert "Cora opened the desk." in page.whole.text()

    days = [at for at in range(page.rows.rowCount()) if not isinstance(page.rows.rows[at], int)]
    for _key in range(page.rows.rowCount()):
        qtbot.keyClick(view, Qt.Key.Key_Down)
        assert view.currentIndex().row() not in days

    settle(qtbot, page.door)
    assert "Ana created the desk." in page.whole.text()


def test_who_keeps_no_desk_reads_why_and_no_entry(qtbot, crew_window):
    page = journal_of(qtbot, crew_window(BO))

    assert "Only a keeper may do this" in texts_in(page)
    assert page.rows.rowCount() == 0
    assert not page.print_button.isVisible()


def test_entries_are_found_by_member_and_by_subject(qtbot, page):
    choose(page.member, "\u2068Bo\u2069")
    settle(qtbot, page.door)
    assert next(row for row in listed(qtbot, page) if "·" in row).endswith("Ana added the member Bo.")

    choose(page.member, "Everybody")
    choose(page.subject, "Members and keys")
    settle(qtbot, page.door)
    assert page.count.text() == "2 entries"


def test_entries_are_found_by_case(qtbot, page, crew_folder):
    code = next(row for row in listed(qtbot, page) if "opened the case" in row)[-13:-1]

    qtbot.keyClicks(page.case, code.lower())
    qtbot.keyClick(page.case, Qt.Key.Key_Return)
    settle(qtbot, page.door)

    found = [row for row in listed(qtbot, page) if "·" in row]
    assert len(found) == 2
    assert all(code in row for row in found)


def test_a_code_that_no_case_has_is_said_beside_the_field(qtbot, page):
    qtbot.keyClicks(page.case, "RD-0000-0000")
    qtbot.keyClick(page.case, Qt.Key.Key_Return)
    settle(qtbot, page.door)

    assert "no case with this code" in page.case_error.text()
    assert page.count.text() == "No entry fits."
    page.case.clear()
    page.refresh()
    settle(qtbot, page.door)
    assert page.case_error.isHidden()


def verified(qtbot, page, head=""):
    if page.verifying.isHidden():
        press(qtbot, page, "Verify…")
    page.verifying.head.setText(head)
    press(qtbot, page, "Verify now")
    qtbot.waitUntil(page.verifying.verify_button.isEnabled)
    settle(qtbot, page.door)
    return texts_in(page.verifying)


def test_a_whole_journal_is_said_to_be_whole_with_the_head_of_today(qtbot, page, crew_folder):
    said = verified(qtbot, page)
    page.door.close()

    with opened(crew_folder) as desk, desk.work() as work:
        former = work.session.get(Entry, journal.head(work.session)[0] - 1)
    assert "The journal is whole" in said
    assert former.chain in "".join(said.split())


def test_a_changed_entry_is_said(qtbot, page, crew_folder):
    page.window().door.change(
        lambda work: work.session.execute(text("UPDATE journal SET by = '' WHERE number = 3")), id
    )
    settle(qtbot, page.door)

    assert "The journal was changed at entry 3" in verified(qtbot, page)


def test_the_head_of_a_printed_sheet_is_looked_for_and_a_slip_of_the_pen_is_no_alarm(qtbot, page):
    page.prepare_sheet()
    settle(qtbot, page.door)
    head = head_of(qtbot, page)
    page.sheet.left.emit()
    settle(qtbot, page.door)

    assert "So was the head from your sheet" in verified(qtbot, page, head.upper())
    wrong = verified(qtbot, page, head.replace(head[0], "f" if head[0] != "f" else "0"))
    assert "the head you typed is in none of them" in wrong


def head_of(qtbot, page):
    """The head as it stands on a sheet that is made now."""
    found: list[str] = []
    page.door.ask(lambda work: journal.head(work.session)[1], found.append)
    qtbot.waitUntil(lambda: bool(found))
    return in_groups(found[0])


def test_what_is_on_screen_is_saved_under_a_neutral_name_and_noted(qtbot, page, home, monkeypatch):
    asked: list[tuple[object, ...]] = []
    monkeypatch.setattr("referral_desk.gui.sheet_page.ask_file", lambda *given: asked.append(given))
    press(qtbot, page, "Print or save…")
    settle(qtbot, page.door)
    sheet = page.sheet
    press(qtbot, sheet, "Save as PDF…")
    sheet.save_as(str(home / "journal.pdf"))
    press(qtbot, sheet, "Back")
    settle(qtbot, page.door)

    assert asked[0][2] == "journal.pdf"
    assert (home / "journal.pdf").read_bytes() == sheet.pdf
    assert "Cora made a sheet of the journal." in listed(qtbot, page)[1]


def test_a_place_that_cannot_be_written_is_said(qtbot, page, home):
    page.prepare_sheet()
    settle(qtbot, page.door)

    page.sheet.save_as(str(home / "no such folder" / "journal.pdf"))
    settle(qtbot, page.door)

    assert "could not be written" in texts_in(page.sheet)


def test_a_long_journal_opens_and_scrolls_quickly(qtbot, crew_window, crew_folder):
    lengthen(crew_folder, 100_000)
    window = crew_window(ANA)
    begun = time.perf_counter()
    page = journal_of(qtbot, window)
    opening = time.perf_counter() - begun
    begun = time.perf_counter()
    page.view.scrollToBottom()
    page.view.repaint()
    scrolling = time.perf_counter() - begun
    settle(qtbot, window.door)

    assert page.rows.rowCount() > 100_000
    assert "Ana created the desk." in page.rows.index(page.rows.rowCount() - 1).data()
    assert len(page.rows._pages) < 10, "sentences were made that nobody looked at"
    assert opening < 5
    assert scrolling < 1


def lengthen(folder, count):
    """So many entries more, each chained to the one before."""
    with opened(folder) as desk, desk.work() as work:
        number, chain = journal.head(work.session)
        rows = []
        for at in range(count):
            entry = Entry(
                number=number + 1 + at,
                at=work.now + timedelta(seconds=at),
                by=desk.member,
                act=Act.COUNTED.name,
                record="",
            )
            chain = entry.chain = journal.link(chain, entry)
            rows.append({name: getattr(entry, name) for name in ("number", "at", "by", "act", "record", "chain")})
        work.session.execute(insert(Entry), rows)
        work.has_written = True
