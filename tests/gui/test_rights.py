"""A person asks to be erased, or to see everything: through the windows, to the paper in the hand."""

from __future__ import annotations

import gc
import shutil
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QClipboard
from PySide6.QtPrintSupport import QPrintDialog, QPrinterInfo
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from referral_desk.gui import qt_words
from referral_desk.gui.access_page import AccessPage, Marked, OwnFilePage
from referral_desk.gui.certificate_page import CertificatePage
from referral_desk.gui.desk import Door
from referral_desk.gui.erasing_page import ErasingPage
from referral_desk.gui.errands import Place
from referral_desk.gui.main_window import MainWindow
from referral_desk.gui.retention_page import RetentionPage
from referral_desk.gui.rights_card import RightsCard
from referral_desk.letters import reading
from tests.crew import BO, code_of, opened
from tests.gui.acting import answer, button_saying, change, day, press, settle, take, texts_in, type_in
from tests.gui.test_everyone import narrow_places, without_name

KEYS = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def printed(monkeypatch):
    """What went to the printer; its dialog is agreed to at once."""
    paper: list[bytes] = []

    def take(_printer, pdf):
        paper.append(pdf)
        return True

    monkeypatch.setattr("referral_desk.gui.paper_page.print_on", take)
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", lambda: ["Office"])
    monkeypatch.setattr("referral_desk.gui.paper_page.QDialog.open", QPrintDialog.accept)
    return paper


def here(window):
    return window.stack.currentWidget()


def go_to(qtbot, window, case_id, text):
    """From the page of a case to the right that its card names."""
    window.cases.show_case(case_id)
    settle(qtbot, window.door)
    press(qtbot, window.cases.case, text)
    settle(qtbot, window.door)
    return here(window)


def erase(qtbot, window, case_id, reason="The person asked for it"):
    page = go_to(qtbot, window, case_id, "Erase the case")
    press(qtbot, page, reason)
    type_in(qtbot, page.asking.typed, page.plan.code)
    press(qtbot, page, "Erase for good")
    settle(qtbot, window.door)
    return here(window)


def journal(qtbot, door):
    """What the journal says, newest first."""
    found: list[object] = []

    def read(desk):
        from referral_desk import chronicle

        return [told.sentence for told in chronicle.read(desk)]

    door.do(read, found.append)
    qtbot.waitUntil(lambda: bool(found))
    return found[0]


def later(door, days=400):
    """As if so much time had gone by."""
    door.do(lambda desk: setattr(desk, "clock", lambda clock=desk.clock: clock() + timedelta(days=days)), id)


def hold(qtbot, door, case_id, status="IN_FORCE", **more):
    def do(work):
        said = {"status": status, "reason": "Court 4, K 12/26"}
        take(work, work.case(case_id), "legal_hold", back=0, **said | more)
        return case_id

    change(qtbot, door, do)


def test_a_person_is_erased_with_the_keyboard_alone(qtbot, window, door, ids):
    window.cases.show_case(ids["adult"])
    settle(qtbot, door)
    qtbot.waitUntil(window.isActiveWindow)
    button_saying(window.cases.case, "Erase the case").setFocus()
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    settle(qtbot, door)
    page = here(window)
    assert "Referral: 1 record" in texts_in(page)
    assert "Backups made before today" in texts_in(page)
    assert "Safe House" in texts_in(page)

    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Space)
    while window.focusWidget() is not page.asking.typed:
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
    qtbot.keyClicks(page.asking.typed, page.plan.code.lower().replace("-", " "))
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    settle(qtbot, door)

    assert isinstance(here(window), CertificatePage)
    assert ids["adult"] not in window.cases.list.rows.ids
    assert "erased a case at the person's own request" in " ".join(journal(qtbot, door))


def test_nothing_happens_without_a_reason_and_the_code_of_this_very_case(qtbot, window, door, ids):
    page = go_to(qtbot, window, ids["adult"], "Erase the case")

    press(qtbot, page, "Erase for good")
    assert "Please say why." in texts_in(page)
    press(qtbot, page, "The person asked for it")
    type_in(qtbot, page.asking.typed, "RD-0000-0000")
    press(qtbot, page, "Erase for good")
    settle(qtbot, door)

    assert "This is not the code of this case." in texts_in(page)
    assert here(window) is page
    assert ids["adult"] in window.cases.list.rows.ids


def test_before_its_time_has_ended_that_is_no_reason_and_afterwards_it_is(qtbot, window, door, ids):
    page = go_to(qtbot, window, ids["adult"], "Erase the case")
    assert not button_saying(page, "Its time has ended").isEnabled()
    assert "This case is kept until" in texts_in(page)

    later(door)
    erase(qtbot, window, ids["adult"], reason="Its time has ended")

    assert isinstance(here(window), CertificatePage)
    assert "the time for which it was kept had ended" in " ".join(journal(qtbot, door))


def test_the_certificate_is_printed_and_saved_as_it_is_on_screen(qtbot, window, door, ids, printed, home):
    page = erase(qtbot, window, ids["adult"])
    assert "kept nowhere" in texts_in(page)

    press(qtbot, page, "Print…")
    page.save_as(str(home / "certificate.pdf"))

    text = " ".join(reading.read(printed[0]).pages)
    assert printed == [page.paper.pdf]
    assert (home / "certificate.pdf").read_bytes() == page.paper.pdf
    assert page.certificate.plan.code in text
    assert "Marija" not in text


def test_the_certificate_comes_although_somebody_went_on_to_another_page(qtbot, window, door, ids):
    page = go_to(qtbot, window, ids["adult"], "Erase the case")
    press(qtbot, page, "The person asked for it")
    type_in(qtbot, page.asking.typed, page.plan.code)
    press(qtbot, page, "Erase for good")
    window.go("statistics")

    settle(qtbot, door)

    assert isinstance(here(window), CertificatePage)
    press(qtbot, here(window), "Back")
    assert window.side.places["statistics"].isChecked()


def test_a_legal_hold_stops_the_erasure_until_it_is_lifted(qtbot, window, door, ids):
    hold(qtbot, door, ids["adult"], until=day(-30))
    page = go_to(qtbot, window, ids["adult"], "Erase the case")
    assert "nothing of it may be erased" in texts_in(page)
    assert "expected to end on" in texts_in(page)
    assert not page.erase_button.isEnabled()
    assert not page.asking.isEnabled()

    press(qtbot, page, "Lift the legal hold")
    settle(qtbot, door)
    form = window.cases.form
    assert form.written()["status"] == "LIFTED"
    answer(qtbot, form, reason="The court has closed the file.")
    press(qtbot, form, "Save")
    settle(qtbot, door)

    assert isinstance(erase(qtbot, window, ids["adult"]), CertificatePage)


def test_a_hold_is_laid_from_the_case_and_says_who_why_and_until_when(qtbot, window, door, ids):
    window.cases.show_case(ids["child"])
    settle(qtbot, door)
    press(qtbot, window.cases.case, "Lay a legal hold")
    settle(qtbot, door)
    form = window.cases.form
    assert form.written()["status"] == "IN_FORCE"
    press(qtbot, form, "Save")
    settle(qtbot, door)
    assert form.fields["reason"].error.text()

    answer(qtbot, form, reason="The prosecutor, for the trial.")
    form.fields["until"].fill(day(-90))
    press(qtbot, form, "Save")
    settle(qtbot, door)

    assert "On legal hold since" in texts_in(window.cases.case)
    assert button_saying(window.cases.case, "Lift the legal hold")


def test_a_hold_that_was_laid_meanwhile_is_said_and_nothing_is_erased(qtbot, window, door, ids):
    page = go_to(qtbot, window, ids["adult"], "Erase the case")
    press(qtbot, page, "The person asked for it")
    type_in(qtbot, page.asking.typed, page.plan.code)
    hold(qtbot, door, ids["adult"])

    press(qtbot, page, "Erase for good")
    settle(qtbot, door)

    assert "This case is on legal hold" in texts_in(page)
    assert ids["adult"] in window.cases.list.rows.ids


def test_cases_at_the_end_of_their_time_are_listed_erased_or_kept(qtbot, window, door, ids):
    window.go("retention")
    settle(qtbot, door)
    assert "No case has come to the end of its time" in texts_in(here(window))

    later(door)
    window.go("retention")
    settle(qtbot, door)
    page = here(window)
    assert len([one for one in page.findChildren(QWidget) if one.accessibleName().startswith("Erase the case: ")]) == 2
    assert "Luka" not in texts_in(page)
    keep = next(one for one in page.findChildren(QWidget) if one.accessibleName().startswith("Keep it: "))
    qtbot.mouseClick(keep, Qt.MouseButton.LeftButton)
    settle(qtbot, door)
    assert window.cases.form.place.kind == "legal_hold"

    hold(qtbot, door, window.cases.form.place.case_id)
    window.go("retention")
    settle(qtbot, door)
    page = here(window)
    assert "Kept because of a legal hold" in texts_in(page)
    erasing = next(one for one in page.findChildren(QWidget) if one.accessibleName().startswith("Erase the case: "))
    qtbot.mouseClick(erasing, Qt.MouseButton.LeftButton)
    settle(qtbot, door)
    assert here(window).asking.ground().value == "retention"
    qtbot.keyClick(here(window), Qt.Key.Key_Escape)
    assert isinstance(here(window), RetentionPage)


def test_nothing_of_the_erased_case_stays_in_the_windows(qtbot, window, door, ids, monkeypatch):
    """Search line and its undo, list, reminder, an open form, the clipboard, pages and letters that were looked at."""
    monkeypatch.setattr(QClipboard, "ownsClipboard", lambda _self: True)  # nobody owns it where there is no screen
    of_others = living()
    window.cases.show_case(ids["adult"])
    settle(qtbot, door)
    press(qtbot, window.cases.case, "Show name")
    settle(qtbot, door)
    window.cases.case.preview_first_form()
    settle(qtbot, door)
    press(qtbot, here(window), "Back")
    type_in(qtbot, window.cases.list.search, "marija")
    window.cases.show_form(Place("interview", ids["adult"]))
    settle(qtbot, door)
    answer(qtbot, window.cases.form, account="Her brother owes them money.")
    window.cases.form.keep_draft()
    field = window.cases.form.fields["account"].focusProxy()
    field.selectAll()
    field.copy()
    answer(qtbot, window.cases.form, account=" And more.")
    window.go("retention")
    window.show_right("erase", ids["adult"])
    settle(qtbot, door)
    page = here(window)
    assert "Half-filled forms: 1 record" in texts_in(page)
    assert "StepForm" in left_of_the_case(of_others)
    press(qtbot, page, "The person asked for it")
    type_in(qtbot, page.asking.typed, page.plan.code)
    press(qtbot, page, "Erase for good")
    settle(qtbot, door)
    del page, field

    window.cases.list.search.undo()
    assert window.cases.list.search.text() == ""
    assert QApplication.clipboard().text() == ""
    assert window.cases.form is None
    assert window.cases.list.waiting.count() == 0
    assert window.cases.list.marked != ids["adult"]
    window.go("cases")
    settle(qtbot, door)
    assert "Choose a case on the list" in texts_in(window.cases)
    assert left_of_the_case(of_others) == []


def left_of_the_case(of_others):
    """Pages, papers and records of a case that live on in memory although nobody can reach them.

    Other stories of the same run may hold some of their own.
    """
    known = {id(one) for one in of_others}
    return [type(one).__name__ for one in living() if id(one) not in known]


def living():
    QApplication.processEvents()
    gc.collect()
    kinds = {"CasePage", "Letter", "LetterPage", "CaseView", "StepForm", "ErasingPage", "TakenStep", "Case", "Person"}
    return [one for one in gc.get_objects() if type(one).__name__ in kinds]


def test_a_form_that_was_open_when_the_desk_locked_is_not_asked_for_once_its_case_is_gone(
    qtbot, window, windows, door, ids
):
    window.cases.show_form(Place("interview", ids["adult"]))
    settle(qtbot, door)
    answer(qtbot, window.cases.form, account="Her brother owes them money.")
    window.cases.put_aside("cases")
    settle(qtbot, door)

    erase(qtbot, window, ids["adult"])
    windows.door = door
    windows.work()
    settle(qtbot, door)

    assert windows.shown.cases.form is None
    assert "no case with this code" not in texts_in(windows.shown)


def test_everything_kept_goes_on_paper_once_each_marked_answer_was_read(qtbot, window, door, ids, printed):
    def interview(work):
        take(work, work.case(ids["adult"]), "interview", account="Petra of room 4 was there, too.")
        return ids["adult"]

    change(qtbot, door, interview)
    page = go_to(qtbot, window, ids["adult"], "Show everything to the person")
    assert isinstance(page, AccessPage)
    press(qtbot, page, "Preview the paper")
    assert here(window) is page
    assert "answers are still to be read" in texts_in(page)

    for card in page.findChildren(Marked):
        press(qtbot, card, "Black it out" if "Petra" in card.answer.text else "The person may have it")
    settle(qtbot, door)
    assert "3 of 3 read" in texts_in(page)
    press(qtbot, page, "Preview the paper")
    settle(qtbot, door)
    paper = here(window)
    assert isinstance(paper, OwnFilePage)
    assert "1 answer is blacked out" in texts_in(paper)
    assert "gave the person" not in " ".join(journal(qtbot, door))
    press(qtbot, paper, "Print…")
    settle(qtbot, door)

    text = " ".join(reading.read(printed[0]).pages)
    assert printed == [paper.paper.pdf]
    assert all(wanted in text for wanted in ("Marija", "Nikolić", "Safe House", "Withheld"))
    assert "Petra" not in text
    told = "\n".join(journal(qtbot, door)[:6])
    assert "gave the person of the case" in told
    assert "held back “The person's own account”" in told


def test_what_was_recorded_after_the_preview_is_read_before_anything_is_printed(qtbot, window, door, ids, printed):
    read_everything(qtbot, window, ids["adult"])

    def interview(work):
        take(work, work.case(ids["adult"]), "interview", account="Petra of room 4 was there, too.")
        return ids["adult"]

    change(qtbot, door, interview)
    press(qtbot, here(window), "Print…")
    settle(qtbot, door)

    assert printed == []
    assert isinstance(here(window), AccessPage)
    assert "2 of 3 read" in texts_in(here(window))
    assert "Something was recorded meanwhile" in texts_in(window)


def read_everything(qtbot, window, case_id):
    page = go_to(qtbot, window, case_id, "Show everything to the person")
    for card in page.findChildren(Marked):
        press(qtbot, card, "The person may have it")
    settle(qtbot, window.door)
    press(qtbot, page, "Preview the paper")
    settle(qtbot, window.door)
    return here(window)


def test_the_reading_goes_from_answer_to_answer_by_keys(qtbot, window, door, ids):
    page = go_to(qtbot, window, ids["adult"], "Show everything to the person")
    qtbot.waitUntil(window.isActiveWindow)
    for card in page.cards:
        assert window.focusWidget() is card.first
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Return)
        settle(qtbot, door)

    assert window.focusWidget() is page.go_on


def test_the_language_of_the_paper_may_change_after_it_was_given(qtbot, window, door, ids, printed):
    paper = read_everything(qtbot, window, ids["adult"])
    press(qtbot, paper, "Print…")
    settle(qtbot, door)
    paper.language.setCurrentIndex(paper.language.findData("sr_Cyrl"))
    paper.refresh()
    settle(qtbot, door)

    assert "blacked out" not in texts_in(paper)
    assert "Safe House" in " ".join(reading.read(paper.paper.pdf).pages)


def test_a_case_that_is_gone_shows_no_page_of_it(qtbot, window, door, ids, shown):
    erase(qtbot, window, ids["adult"])

    for page in (shown(ErasingPage(door, ids["adult"])), shown(AccessPage(door, ids["adult"]))):
        assert "There is no case with this code" in texts_in(page)


RIGHTS = ("erase", "ended", "access", "own_file")


@pytest.fixture
def bo(qtbot, dressed, two_cases, tmp_path):
    """The door as it is open to Bo, who reads no names; and the id of Zdravka's case."""
    folder = shutil.copytree(two_cases, tmp_path / "crew")
    with opened(folder) as desk, desk.work() as work:
        case_id = work.case(code_of(desk)).id
    door = Door()
    answers: list[object] = []
    door.open_desk(str(folder), login="bo", passphrase=BO, then=answers.append, refused=answers.append)
    qtbot.waitUntil(lambda: bool(answers))
    door.facts = replace(door.facts, must_change_passphrase=False)
    yield door, case_id
    door.close()


def test_a_coordinator_reads_why_this_is_for_somebody_else(qtbot, bo):
    door, case_id = bo
    window = MainWindow(door, lock=lambda _why: None)
    qtbot.addWidget(window)
    window.show()
    window.go("cases")
    window.cases.show_case(case_id)
    settle(qtbot, door)
    [card] = window.cases.case.findChildren(RightsCard)
    assert "A caseworker has to do this." in texts_in(card)
    press(qtbot, card, "Erase the case")
    settle(qtbot, door)
    assert texts_in(window).count("A caseworker has to do this.") == 2
    assert here(window) is window.cases

    for right in RIGHTS:
        window.show_right(right, case_id)
        settle(qtbot, door)
        page = here(window)
        assert "A caseworker has to do this." in texts_in(page), right
        assert "Zdravka" not in texts_in(page)
    later(door)
    window.go("retention")
    settle(qtbot, door)
    assert "A caseworker has to do this." in texts_in(here(window))
    buttons = here(window).findChildren(QPushButton)
    assert not any(one.accessibleName().startswith("Erase the case: ") for one in buttons)


@pytest.mark.parametrize("language", ["en", "sr_Latn", "ar"])
def test_no_page_of_a_right_is_too_wide_or_has_a_part_without_a_name(qtbot, window, windows, door, ids, language):
    hold(qtbot, door, ids["child"], until=day(-30))
    qt_words.use(windows.app, language)
    windows.door = door
    windows.work()
    shown = windows.shown
    shown.resize(960, 600)
    later(door)
    found = {}
    for right, case_id in (*((right, ids["adult"]) for right in RIGHTS), ("erase", ids["child"])):
        shown.show_right(right, case_id)
        settle(qtbot, door)
        found[right] = narrow_places(shown) + without_name(shown.stack.currentWidget())
    shown.go("retention")
    settle(qtbot, door)
    found["retention"] = narrow_places(shown) + without_name(shown.stack.currentWidget())

    assert {place: wrong for place, wrong in found.items() if wrong} == {}
