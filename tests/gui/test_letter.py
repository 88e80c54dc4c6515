"""The form before it leaves: what is printed or saved is what may leave at that moment, and was on screen."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from PySide6.QtPrintSupport import QPrintDialog, QPrinterInfo

from referral_desk.answer_words import Reply, words_for
from referral_desk.gui.answer_dialog import AnswerDialog
from referral_desk.gui.letter_page import LetterPage
from referral_desk.gui.paper import print_on
from referral_desk.gui.papers_page import PapersPage
from referral_desk.letters.documents import Errand
from referral_desk.nrm.person import Person
from referral_desk.nrm.referral import Referral
from tests.gui.acting import button_saying, change, press, settle, take, texts_in
from tests.letters.ana import text_of


@pytest.fixture
def page(qtbot, door, ids, shown):
    """The form of Marija's referral, on screen."""
    found: list[UUID] = []
    door.ask(lambda work: work.case(ids["adult"]).taken(Referral)[0].id, found.append)
    qtbot.waitUntil(lambda: bool(found))
    return shown(LetterPage(door, found[0]))


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


def consent(qtbot, door, case_id, **given):
    """Today's word of the person on what the safe house may be told."""

    def do(work):
        said = {"scope": "SHARE_ORG", "recipient": "Safe House", "given_by": "PERSON"}
        take(work, work.case(case_id), "consent", back=0, **said, **given)
        return case_id

    change(qtbot, door, do)


def test_what_was_shown_is_printed(qtbot, door, page, printed):
    press(qtbot, page, "Print…")
    settle(qtbot, door)

    assert printed == [page.letter.pdf]


def test_a_consent_withdrawn_meanwhile_stops_the_printer(qtbot, door, ids, page, printed):
    consent(qtbot, door, ids["adult"], status="WITHDRAWN")

    press(qtbot, page, "Print…")
    settle(qtbot, door)

    assert printed == []
    assert "not in force today" in texts_in(page)
    assert page.paper is None
    assert not page.printing.isEnabled()


def test_a_consent_withdrawn_meanwhile_leaves_no_file(qtbot, door, ids, page, home):
    consent(qtbot, door, ids["adult"], status="WITHDRAWN")

    page.save_as(str(home / "form.pdf"))
    settle(qtbot, door)

    assert not (home / "form.pdf").exists()
    assert "not in force today" in texts_in(page)


def test_a_form_that_has_changed_is_shown_before_it_leaves(qtbot, door, ids, page, home):
    before = page.letter.pdf
    consent(qtbot, door, ids["adult"], status="GIVEN", items=["LANGUAGE"])

    page.save_as(str(home / "form.pdf"))
    settle(qtbot, door)
    assert not (home / "form.pdf").exists()
    assert "has changed meanwhile" in texts_in(page)
    assert page.letter.pdf != before

    page.save_as(str(home / "form.pdf"))
    settle(qtbot, door)
    assert (home / "form.pdf").read_bytes() == page.letter.pdf


def choose(qtbot, door, page, document):
    """Choose another document."""
    page.document.setCurrentIndex(page.document.findData(document))
    page.refresh()
    settle(qtbot, door)


def asked(qtbot, door, do):
    found: list[Any] = []
    door.ask(do, found.append)
    qtbot.waitUntil(lambda: bool(found))
    return found[0]


def test_looking_at_a_paper_notes_nothing_and_letting_it_go_does(qtbot, door, ids, page, printed):
    def left():
        ledger = "SELECT document, copy_number FROM disclosure"
        return asked(
            qtbot, door, lambda work: [tuple(row) for row in work.session.connection().exec_driver_sql(ledger)]
        )

    assert left() == []
    press(qtbot, page, "Print…")
    settle(qtbot, door)
    assert left() == [("referral_form", 1)]

    press(qtbot, page, "Print…")
    settle(qtbot, door)
    assert "This is copy 2" in texts_in(page)
    assert len(printed) == 1
    press(qtbot, page, "Print…")
    settle(qtbot, door)
    assert left() == [("referral_form", 1), ("referral_form", 2)]


def test_what_a_letter_lacks_is_listed_with_a_way_to_the_question(qtbot, door, ids, page):
    wanted: list[Any] = []
    page.wants_answer.connect(wanted.append)
    choose(qtbot, door, page, "referral_letter")

    assert "Answers that are missing" in texts_in(page)
    button_saying(page, "Answer “Why now?”").click()
    place = asked(qtbot, door, wanted[0].place)
    assert (place.kind, place.case_id) == ("referral", ids["adult"])
    assert place.step_id == page.errand.referral


def test_the_name_is_not_shown_before_a_yes(qtbot, door, page):
    choose(qtbot, door, page, "identity_sheet")

    assert "has not said yes" in texts_in(page)
    assert page.paper is None


def test_three_words_are_typed_and_wrong_ones_are_told(qtbot, door, page, printed, shown):
    press(qtbot, page, "Print…")
    settle(qtbot, door)
    reference = page.letter.reference
    said = asked(qtbot, door, lambda work: words_for(work, reference, Reply.ACCEPTED))
    dialog = shown(AnswerDialog(door))
    answers: list[Any] = []
    dialog.answered.connect(answers.append)

    dialog.typed.setText("acorn acorn acorn")
    dialog.record()
    settle(qtbot, door)
    assert "stand on no paper" in dialog.error.text()
    dialog.typed.setText(said.upper())
    dialog.record()
    settle(qtbot, door)

    assert [one.reply for one in answers] == [Reply.ACCEPTED]
    choose(qtbot, door, page, "identity_sheet")
    assert "has not agreed that this recipient learns the name" in texts_in(page)


def test_an_enquiry_is_made_for_the_organisation_typed(qtbot, door, ids, shown):
    page = shown(LetterPage(door, errand=Errand("enquiry", ids["adult"])))
    settle(qtbot, door)
    assert "Say which one" in texts_in(page)

    page.recipient.setText("Harbour House")
    page.recipient.setModified(True)
    page._recipient_changed()
    settle(qtbot, door)

    assert "Harbour House" in texts_in(page)
    assert page.paper is not None


def test_who_knows_what_is_shown_and_what_was_said_is_recorded(qtbot, door, ids, page, printed, shown):
    press(qtbot, page, "Print…")
    settle(qtbot, door)
    papers = shown(PapersPage(door, ids["adult"]))
    settle(qtbot, door)
    assert "Safe House" in texts_in(papers)

    papers.spoken.recipient.setText("Night clinic")
    press(qtbot, papers, "Record it")
    settle(qtbot, door)
    assert "consent" in papers.spoken.error.text()
    papers.spoken.basis.setCurrentIndex(papers.spoken.basis.findData("VITAL_INTEREST"))
    press(qtbot, papers, "Record it")
    settle(qtbot, door)
    settle(qtbot, door)
    assert "Night clinic" in texts_in(papers)

    consent(qtbot, door, ids["adult"], status="WITHDRAWN")
    papers.refresh()
    settle(qtbot, door)
    wanted: list[Any] = []
    papers.wants_paper.connect(wanted.append)
    press(qtbot, papers, "Write the notice")
    assert [(one.document, one.recipient) for one in wanted] == [("withdrawal_notice", "Safe House")]


def test_a_shared_printer_is_used_only_by_somebody_who_knows_it(qtbot, door, page, printed, monkeypatch):
    monkeypatch.setattr("referral_desk.gui.paper_page.is_shared", lambda _printer: True)

    press(qtbot, page, "Print…")
    settle(qtbot, door)
    assert printed == []
    assert "Others use this printer, too" in texts_in(page)
    press(qtbot, page, "Print all the same")
    settle(qtbot, door)
    assert printed == [page.letter.pdf]


def test_what_could_point_to_her_is_decided_before_anything_is_printed(qtbot, door, ids, shown, printed):
    page = shown(LetterPage(door, named_referral(qtbot, door, ids)))
    settle(qtbot, door)

    assert not page.printing.isEnabled()
    assert "until then nothing can be printed" in texts_in(page)

    card = page.findings.cards[0]
    card.ask_text("")
    card._use("A doctor, soon")
    settle(qtbot, door)

    assert page.findings.cards == []
    assert page.printing.isEnabled()
    assert "Printed otherwise: The need in one sentence" in texts_in(page)


def test_a_decision_can_be_taken_back(qtbot, door, ids, shown):
    page = shown(LetterPage(door, named_referral(qtbot, door, ids)))
    settle(qtbot, door)

    page.findings.cards[0].ask_reason()
    settle(qtbot, door)
    press(qtbot, page, "Keep")
    settle(qtbot, door)
    assert page.printing.isEnabled()
    press(qtbot, page, "Undo")
    settle(qtbot, door)

    assert len(page.findings.cards) == 1
    assert not page.printing.isEnabled()


def test_a_second_language_stands_beside_the_first(qtbot, door, page):
    page.beside.setCurrentIndex(page.beside.findData("ar"))
    page.refresh()
    settle(qtbot, door)

    assert "سري" in text_of(page.letter.pdf)
    assert "Confidential" in text_of(page.letter.pdf)


def named_referral(qtbot, door, ids):
    """A referral of Marija whose need says her name."""
    found: list[UUID] = []

    def refer(work):
        case = work.case(ids["adult"])
        name = case.latest(Person).first_name
        asked = {"services": ["MED"], "urgency": "NORMAL", "need": f"A doctor for {name}", "shares": ["NEEDS"]}
        take(work, case, "referral", recipient="Safe House", **asked)
        found.append(work.case(case.id).taken(Referral)[-1].id)
        return case.id

    change(qtbot, door, refer)
    return found[0]


def test_a_printer_that_is_gone_is_said_and_the_paper_stays_in_sight(qtbot, door, page, monkeypatch, tmp_path):
    def gone(printer, pdf):
        printer.setOutputFileName(str(tmp_path / "nowhere" / "paper.pdf"))
        return print_on(printer, pdf)

    monkeypatch.setattr("referral_desk.gui.paper_page.print_on", gone)
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", lambda: ["Office"])
    monkeypatch.setattr("referral_desk.gui.paper_page.QDialog.open", QPrintDialog.accept)

    press(qtbot, page, "Print…")
    settle(qtbot, door)

    assert "did not take it" in texts_in(page)
    assert page.paper is not None
