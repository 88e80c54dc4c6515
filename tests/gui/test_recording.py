"""What can be recorded in a case, found by typing; what stands in the way; and what happened, narrowed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from referral_desk import words
from referral_desk.gui import timeline
from referral_desk.gui.case_page import CaseView
from referral_desk.gui.record_dialog import RecordDialog
from referral_desk.nrm.terms import Track
from tests.gui.acting import change, press, settle, take, texts_in


@pytest.fixture
def page(door, ids, shown):
    return shown(CaseView(door, ids["child"]))


def opened(page, **only):
    page.record(**only)
    return page.window().findChildren(RecordDialog)[-1]


def labels(dialog):
    return [dialog.rows.item(at).text().strip() for at in range(dialog.rows.rowCount())]


def test_a_step_is_found_by_a_few_letters_and_taken_by_enter(qtbot, page):
    wanted: list[str] = []
    page.wants_step.connect(wanted.append)
    dialog = opened(page)

    qtbot.keyClicks(dialog.search, "intervi")
    qtbot.keyClick(dialog.search, Qt.Key.Key_Return)

    assert wanted == ["interview"]


def test_arrows_move_while_one_types(qtbot, page):
    dialog = opened(page)
    first = dialog.step

    qtbot.keyClick(dialog.search, Qt.Key.Key_Down)

    assert dialog.step != first
    assert dialog.search.text() == ""


def test_what_is_barred_says_why_and_is_not_taken(qtbot, page):
    wanted: list[str] = []
    page.wants_step.connect(wanted.append)
    dialog = opened(page)
    row = next(
        at
        for at in range(dialog.rows.rowCount())
        if (step := dialog.rows.item(at).data(Qt.ItemDataRole.UserRole)) and step.is_barred
    )

    dialog.view.setCurrentIndex(dialog.rows.index(row, 0))
    qtbot.keyClick(dialog.search, Qt.Key.Key_Return)

    unmet = dialog.step.unmet[0]
    assert unmet.sentence in dialog.why.text()
    assert unmet.source in dialog.why.text()
    assert unmet.sentence in dialog.rows.item(row).data(Qt.ItemDataRole.AccessibleTextRole)
    assert not dialog.does.isEnabled()
    assert wanted == []


def test_nothing_found_is_said(qtbot, page):
    dialog = opened(page)

    qtbot.keyClicks(dialog.search, "qqq")

    assert "Nothing that can be recorded" in texts_in(dialog)
    assert dialog.step is None


def test_one_track_alone_can_be_asked_for(page):
    dialog = opened(page, track=Track.IDENTIFICATION.code)

    assert labels(dialog)[0] == "Identification"
    assert "Return" not in labels(dialog)


def test_the_keys_open_it_and_only_beside_a_case(qtbot, window, door, ids):
    qtbot.keyClick(window, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    assert not window.findChildren(RecordDialog)

    window.cases.show_case(ids["adult"])
    settle(qtbot, door)
    qtbot.keyClick(window, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)

    assert len(window.findChildren(RecordDialog)) == 1


@pytest.fixture
def long_page(qtbot, door, ids, shown):
    """An adult who was often spoken with."""

    def speak(work):
        for back in range(1, 31):
            take(work, work.case(ids["adult"]), "interview", back=back, account=f"Word number {back}.")
        return ids["adult"]

    change(qtbot, door, speak)
    return shown(CaseView(door, ids["adult"]))


def test_a_long_case_shows_its_latest_steps_and_the_rest_on_request(qtbot, long_page):
    happened = long_page.timeline
    assert len(happened.entries) == timeline.SHOWN

    press(qtbot, happened, f"Show {len(happened.steps) - timeline.SHOWN} earlier steps")

    assert len(happened.entries) == len(happened.steps)


def test_what_happened_is_narrowed_by_track_and_word(qtbot, long_page):
    happened = long_page.timeline

    happened.show_track(Track.IDENTIFICATION.code)
    assert {entry.step.track for entry in happened.entries.values()} == {Track.IDENTIFICATION.code}
    happened.show_track("", "safe house")

    assert {entry.step.kind for entry in happened.entries.values()} == {"consent", "referral"}
    assert "2 of" in happened.found.text()


def test_what_it_was_narrowed_to_survives_a_change(qtbot, door, ids, long_page):
    long_page.timeline.show_track("", "safe house")

    change(qtbot, door, lambda work: take(work, work.case(ids["adult"]), "interview", back=1) or ids["adult"])

    assert long_page.timeline.search.text() == "safe house"
    assert len(long_page.timeline.entries) == 2


def test_a_step_is_brought_into_sight_whatever_is_looked_for(qtbot, long_page):
    long_page.timeline.show_track("", "safe house")
    oldest = long_page.page.timeline[-1]

    long_page._show_taken(oldest.id)
    QApplication.processEvents()

    entry = long_page.timeline.entries[oldest.id]
    assert entry.answers.isVisible()
    assert words.day(oldest.day) in entry.toggle.accessibleName()
