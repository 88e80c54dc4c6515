"""After the passphrase on a slow computer: the list comes first, a case is open, Today says what it waits for."""

from __future__ import annotations

import time

import pytest
from sqlalchemy import text

from referral_desk import words
from referral_desk.gui.beside_card import BesideCard
from referral_desk.gui.desk import Door
from referral_desk.gui.errands import Place
from referral_desk.gui.main_window import MainWindow
from referral_desk.gui.today_page import TodayPage
from referral_desk.store import making, reckoning
from tests.gui.acting import PASSPHRASE, answer, begin, change, settle
from tests.gui.test_today_page import headings, tasks

OLD = "1999-01-01"


@pytest.fixture
def slow(monkeypatch):
    """A computer on which every piece is as short as can be, so that there are many."""
    for module in (making, reckoning):
        monkeypatch.setattr(module, "FEW", 1)
        monkeypatch.setattr(module, "PIECE", 0.0)


@pytest.fixture
def outdated(qtbot, door):
    """The rules have changed since this desk was last open; what is due by the former ones is all wrong."""

    def outdate(work):
        for number in range(4):
            begin(work, first_name="Vesna", last_name="Ilić", phone=f"+381 64 000 11{number % 2}")
        work.session.execute(text("UPDATE due SET due_on = :old, shown_on = :old"), {"old": OLD})
        work.about().reckoned = "other rules"
        work.has_written = True

    change(qtbot, door, outdate)
    return door


def a_window(qtbot, door):
    locked: list[str] = []
    made = MainWindow(door, lock=locked.append)
    made.locked = locked
    qtbot.addWidget(made)
    made.show()
    return made


def whole(qtbot, door):
    qtbot.waitUntil(lambda: door.pieces.is_at_rest, timeout=30_000)
    settle(qtbot, door)


def opened(qtbot, folder):
    door = Door()
    back: list[object] = []
    door.open_desk(str(folder), login="", passphrase=PASSPHRASE, then=back.append, refused=back.append)
    qtbot.waitUntil(lambda: bool(back))
    return door


def test_a_case_is_open_and_a_form_is_kept_while_the_deadlines_are_still_reckoned(qtbot, outdated, slow):
    window = a_window(qtbot, outdated)
    came: list[object] = []
    outdated.pieces.reckoned.connect(came.append)
    qtbot.waitUntil(lambda: bool(window.cases.list.rows.ids), timeout=30_000)
    qtbot.waitUntil(lambda: bool(came), timeout=30_000)
    first = window.cases.list.rows.ids[0]

    window.show_case(first)
    qtbot.waitUntil(lambda: window.cases.case.page is not None, timeout=30_000)
    at_case = len(came)
    window.cases.show_form(Place("interview", first))
    back: list[object] = []
    outdated.ask(lambda _work: None, back.append)
    qtbot.waitUntil(lambda: bool(back), timeout=30_000)
    at_form = len(came)

    assert None not in came
    assert at_case <= 3, "nobody waits for more than the piece that is at the desk"
    assert at_form <= 6
    answer(qtbot, window.cases.form, account="She was told.")
    whole(qtbot, outdated)
    assert came[-1] is None
    assert window.cases.form.written()["account"] == "She was told."


def test_today_says_how_far_it_is_and_shows_nothing_of_the_former_rules(qtbot, outdated, slow, monkeypatch):
    monkeypatch.setattr(outdated.pieces, "reckon", lambda: None)
    page = TodayPage(outdated)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: page.day is not None, timeout=30_000)

    assert "0 of 6 cases have been looked at" in page.said.text()
    assert (page.bar.value(), page.bar.maximum(), page.bar.isHidden()) == (0, 6, False)
    assert page.bar.accessibleName()
    assert tasks(page) == []
    assert page.empty.isHidden(), "nobody is told that nothing is due"
    monkeypatch.undo()
    told: list[str] = []
    outdated.pieces.reckoned.connect(lambda _far: told.append(page.said.text()))
    page.refresh()
    settle(qtbot, outdated)
    whole(qtbot, outdated)

    assert any("6 cases have been looked at" in one for one in told)
    assert page.bar.isHidden()
    assert headings(page)[0] == "Overdue"
    assert "looked at" not in page.said.text()
    assert all("1999" not in task.when for task in tasks(page))


@pytest.mark.parametrize(
    ("language", "said"), [("sr_Cyrl", "Рокови се рачунају изнова"), ("ar", "تُحسب المواعيد من جديد")]
)
def test_today_says_it_in_the_language_spoken(qtbot, outdated, monkeypatch, language, said):
    monkeypatch.setattr(outdated.pieces, "reckon", lambda: None)
    words.use(language)
    page = TodayPage(outdated)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: page.day is not None, timeout=30_000)

    assert said in page.said.text()


def test_nothing_holds_up_a_lock_and_the_next_opening_goes_on(qtbot, outdated, desk_folder, slow):
    window = a_window(qtbot, outdated)
    came: list[object] = []
    outdated.pieces.reckoned.connect(came.append)
    qtbot.waitUntil(lambda: bool(came), timeout=30_000)

    begun = time.monotonic()
    window.lock("asked")
    took = time.monotonic() - begun

    assert window.locked == ["asked"]
    assert took < 1.5
    done = came[-1].done
    assert 0 < done < came[-1].of
    again = opened(qtbot, desk_folder)
    later: list[object] = []
    again.pieces.reckoned.connect(later.append)
    other = a_window(qtbot, again)
    whole(qtbot, again)
    assert later[0] is None or later[0].done > done
    assert later[-1] is None
    assert headings(other.stack.currentWidget())[0] == "Overdue"
    again.close()


def test_who_may_be_the_same_person_is_said_once_the_names_are_known_and_no_case_waits_for_them(
    qtbot, outdated, desk_folder, slow
):
    outdated.close()
    door = opened(qtbot, desk_folder)
    window = a_window(qtbot, door)
    known: list[bool] = []
    door.pieces.names_known.connect(lambda: known.append(True))
    qtbot.waitUntil(lambda: bool(window.cases.list.rows.ids), timeout=30_000)

    window.show_case(window.cases.list.rows.ids[0])
    qtbot.waitUntil(lambda: window.cases.case.page is not None, timeout=30_000)
    card = window.cases.case.findChild(BesideCard)
    qtbot.waitUntil(lambda: card.known is not None, timeout=30_000)
    first, was_known = card.known.candidates, bool(known)
    whole(qtbot, door)

    assert was_known or first is None
    assert window.cases.case.findChild(BesideCard).known.candidates is not None
    door.close()


def test_a_piece_that_fails_ends_it_and_is_told(qtbot, door, monkeypatch):
    told: list[object] = []
    door.failed.connect(told.append)

    def failing(_work):
        raise LookupError

    monkeypatch.setattr("referral_desk.gui.desk_pieces.make_more_ready", failing)
    door.pieces.learn_names()
    qtbot.waitUntil(lambda: bool(told))

    assert door.pieces.is_at_rest
    monkeypatch.undo()
    door.pieces.learn_names()
    qtbot.waitUntil(lambda: door.pieces.is_at_rest)
    assert len(told) == 1
