"""Papers that hold the seal are read as well; and pages of either size."""

from __future__ import annotations

import pypdfium2
import pytest

from referral_desk import disclosures, enquiries, settings
from referral_desk.answer_words import Reply
from referral_desk.errors import NameNotShared, WithheldAnswers
from referral_desk.letters import documents, paper
from referral_desk.letters.documents import Errand
from referral_desk.letters.form import FORM
from referral_desk.nrm import mechanism
from referral_desk.nrm.terms import Service
from tests.letters import ana


def accepted(desk, items, **referral):
    """A referral to a clinic that said yes before; the person shares some items with it."""
    case_id = ana.opened_case(desk)
    asked = documents.checked(desk, Errand("enquiry", case_id, recipient=ana.CLINIC, services=frozenset({Service.ACC})))
    documents.let_go(desk, asked)
    enquiries.answer(desk, asked.reference, Reply.ACCEPTED)
    ana.agree(desk, case_id, items=[*items, *ana.AGREED])
    return case_id, ana.refer(desk, case_id, **referral)


def test_a_sheet_that_may_not_say_the_name_is_refused(new_desk):
    _case_id, referral_id = accepted(new_desk, [])

    with pytest.raises(NameNotShared):
        documents.checked(new_desk, Errand("identity_sheet", referral=referral_id))


def test_the_name_is_no_finding_on_the_sheet_that_tells_it(new_desk):
    _case_id, referral_id = accepted(new_desk, ["NAME", "CONTACT"])

    letter = documents.looked_at(new_desk, Errand("identity_sheet", referral=referral_id))

    assert letter.waiting == ()
    assert "Ђорђевић" in ana.text_of(letter.pdf)


def test_what_a_sheet_is_not_there_to_tell_is_found_on_it(new_desk):
    _case_id, referral_id = accepted(
        new_desk, ["NAME", "CONTACT"], safe_times="Only when she is at Ulica breza 12, Vranje"
    )

    letter = documents.looked_at(new_desk, Errand("identity_sheet", referral=referral_id))

    assert "Where the person stays in: How and when to answer" in map(str, letter.waiting)
    with pytest.raises(WithheldAnswers):
        documents.let_go(new_desk, letter)
    with new_desk.work(unsealed=False) as work:
        assert [one.document for one in disclosures.of(work, _case_id)] == ["enquiry"]


def sizes_of(pdf):
    document = pypdfium2.PdfDocument(pdf)
    try:
        return {tuple(map(round, document.get_page_size(number))) for number in range(len(document))}
    finally:
        document.close()


@pytest.mark.parametrize("name", ["A4", "LETTER"])
@pytest.mark.parametrize("beside", ["", "ar"])
def test_a_page_is_of_the_size_that_was_chosen_and_nothing_is_cut(desk, name, beside):
    _case_id, referral_id = ana.referred(desk, need="Examination by a female doctor. " * 60)

    with paper.on(paper.SIZES[name]):
        letter = documents.checked(desk, Errand(FORM, referral=referral_id, beside=beside))

    assert sizes_of(letter.pdf) == {tuple(map(round, paper.SIZES[name]))}
    assert ana.text_of(letter.pdf).count("Examination by a female doctor") == 60


def test_the_usual_size_is_that_of_the_country_until_somebody_chooses(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "folder", lambda: tmp_path)
    monkeypatch.setattr(mechanism, "in_force", lambda: ("USA", {}))
    assert paper.size() == paper.SIZES["LETTER"]
    monkeypatch.setattr(mechanism, "in_force", lambda: ("SRB", {}))
    assert paper.size() == paper.SIZES["A4"]

    settings.keep(paper="LETTER")

    assert paper.size() == paper.SIZES["LETTER"]
