"""Papers of the desk itself: the journal with its head, the recovery sheet, a first passphrase."""

from __future__ import annotations

import shutil
from pathlib import Path

import pypdfium2
import pytest

from referral_desk import chronicle, errors, journal, letters, staff
from referral_desk.chronicle import Subject, Wanted
from referral_desk.letters import journal_paper
from tests.crew import ANA, BO, CANARIES, CORA, RECOVERY_KEY, opened


@pytest.fixture
def folder(crew_desk, tmp_path):
    return Path(shutil.copytree(crew_desk, tmp_path / "desk"))


def text_of(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def test_the_journal_is_printed_with_a_head_that_is_found_again(folder):
    with opened(folder, CORA) as desk:
        told = text_of(letters.journal_sheet(desk, Wanted(), language="en").pdf)
        with desk.work(unsealed=False) as work:
            number, head = journal.head(work.session)
    with opened(folder) as desk:
        found = chronicle.verify(desk, heads=[journal_paper.in_groups(head).upper(), "f" * 64])

    assert "Ana added the member Bo." in told
    assert "Cora made a sheet of the journal." in told
    assert f"after entry {number}" in told
    assert journal_paper.in_groups(head) in told
    assert found.missing == ("f" * 64,)
    assert not any(canary in told for canary in CANARIES)


def test_a_sheet_of_a_choice_says_what_was_chosen(folder):
    with opened(folder) as desk:
        told = text_of(letters.journal_sheet(desk, Wanted(subject=Subject.MEMBERS), language="en").pdf)

    assert "Members and keys" in told
    assert "2 entries" in told
    assert "opened the desk" not in told


def test_a_long_journal_says_how_much_is_left_out(folder, monkeypatch):
    monkeypatch.setattr(journal_paper, "MOST", 3)
    with opened(folder) as desk:
        sheet = letters.journal_sheet(desk, Wanted(), language="en")

    assert sheet.left_out > 3
    assert "the newest 3 of" in text_of(sheet.pdf)


def test_a_name_that_our_fonts_cannot_write_goes_by_a_number(folder):
    with opened(folder) as desk:
        staff.rename(desk, "Bo", "ბო")
        told = text_of(letters.journal_sheet(desk, Wanted(), language="en").pdf)
        member = next(one.id for one in staff.colleagues(desk) if one.name == "ბო")

    assert f"Ana added the member {member[:8]}." in told


def test_who_keeps_no_desk_prints_no_journal(folder):
    with opened(folder, BO) as desk, pytest.raises(errors.KeeperNeeded):
        letters.journal_sheet(desk, Wanted(), language="en")
    with opened(folder) as desk, desk.work(unsealed=False) as work:
        assert work.last(journal.Act.PRINTED_JOURNAL) is None


@pytest.mark.parametrize("language", ["en", "sr_Latn", "sr_Cyrl", "ar"])
def test_the_recovery_sheet_holds_the_key_on_one_page_and_no_name(language):
    pdf = letters.recovery_sheet(RECOVERY_KEY, language=language)

    assert "".join(sign for sign in text_of(pdf) if sign.isalnum()).count(RECOVERY_KEY) == 1
    with pypdfium2.PdfDocument(pdf) as document:
        assert len(document) == 1
        assert not document.get_metadata_value("Author")


def test_a_slip_holds_the_words_and_the_login_code():
    told = text_of(letters.passphrase_slip(ANA, login="dana", language="en"))

    assert ANA in told
    assert "dana" in told
    assert "Login code" not in text_of(letters.passphrase_slip(ANA, login="", language="en"))
