"""The form before it leaves: what is printed or saved is what may leave at that moment, and was on screen."""

from __future__ import annotations

from uuid import UUID

import pytest
from PySide6.QtPrintSupport import QPrintDialog, QPrinterInfo

from referral_desk.gui.letter_page import LetterPage
from referral_desk.nrm.referral import Referral
from tests.gui.acting import change, press, settle, take, texts_in


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
    monkeypatch.setattr("referral_desk.gui.paper_page.print_on", lambda _printer, pdf: paper.append(pdf))
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", lambda: ["Office"])
    monkeypatch.setattr("referral_desk.gui.paper_page.QDialog.open", QPrintDialog.accept)
    return paper


def consent(qtbot, door, case_id, **given):
    """Today's word of the person on what the safe house may be told."""

    def do(work):
        take(work, work.case(case_id), "consent", back=0, scope="SHARE_ORG", recipient="Safe House", **given)
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
