"""What must be read with the names in sight before a paper leaves, and what is said when it cannot be."""

from __future__ import annotations

import shutil
from dataclasses import asdict
from pathlib import Path

import pytest

from referral_desk import disclosures, errors, words
from referral_desk.letters import documents, layout
from referral_desk.letters.documents import Errand
from tests.crew import ANA, BO, opened
from tests.letters import ana

FORM = "referral_form"
OFFICE = "Office of Ivo Babić"
NEED = "Zdravka needs a bed tonight"


@pytest.fixture
def folder(crew_desk, tmp_path):
    return Path(shutil.copytree(crew_desk, tmp_path / "desk"))


def referred(folder, **asked):
    with opened(folder, ANA) as desk:
        _case_id, referral_id = ana.referred(desk, **asked)
    return referral_id


def test_who_may_not_know_names_prints_no_typed_word(folder):
    """The linter cannot hold it against names that are out of sight."""
    referral_id = referred(folder, need=NEED)

    with opened(folder, BO) as desk, pytest.raises(errors.NamesUnread):
        documents.checked(desk, Errand(FORM, referral=referral_id))


def test_a_paper_of_codes_alone_may_be_printed_by_everybody(folder):
    referral_id = referred(folder, need="", safe_times="", recipient_contact="", person={"dependants": ""})

    with opened(folder, BO) as desk:
        letter = documents.checked(desk, Errand(FORM, referral=referral_id))

    assert "Referral form" in ana.text_of(letter.pdf)


def test_a_paper_to_somebody_who_must_never_learn_is_refused_by_the_sealed_name(new_desk):
    case_id = ana.opened_case(new_desk)
    ana.agree(new_desk, case_id, recipient=OFFICE)
    referral_id = ana.refer(new_desk, case_id, recipient=OFFICE)
    with new_desk.work() as work:
        ana.take(work, work.case(case_id), "never_tell", sort="PERSON", name="Ivo Babic", status="IN_FORCE")

    with pytest.raises(errors.SafeguardsUnmet):
        documents.checked(new_desk, Errand(FORM, referral=referral_id))


def test_what_stays_is_said_in_the_language_of_whoever_prints(desk):
    _case_id, referral_id = ana.referred(desk, shares=["AGE_BAND"])

    with words.speaking("en"):
        english = documents.checked(desk, Errand(FORM, referral=referral_id, language="en")).withheld
        arabic = documents.checked(desk, Errand(FORM, referral=referral_id, language="ar")).withheld

    assert english
    assert arabic == english


def test_one_broken_layout_of_the_office_stops_no_other_paper(desk, tmp_path, monkeypatch):
    monkeypatch.setattr(layout, "own_folder", lambda: tmp_path)
    (tmp_path / "ours.toml").write_text("[[block", encoding="utf-8")

    assert FORM in [one.name for one in layout.every()]
    assert "ours.toml" in str(layout.broken_ones()[0])


@pytest.mark.parametrize(
    ("told", "refusal"),
    [
        ({"recipient": "Police Headquarters", "basis": "CONSENT"}, errors.ConsentNotInForce),
        ({"recipient": " \n ", "basis": "OTHER"}, errors.RecipientMissing),
        ({"recipient": "x" * 300_000, "basis": "OTHER"}, errors.TooLong),
    ],
    ids=lambda one: getattr(one, "__name__", one["basis"] if isinstance(one, dict) else ""),
)
def test_the_ledger_takes_down_nothing_that_was_not_so(desk, told, refusal):
    case_id, _referral_id = ana.referred(desk)

    with pytest.raises(refusal):
        disclosures.tell(desk, case_id, items=[], **told)
    with desk.work(unsealed=False) as work:
        assert [asdict(one) for one in disclosures.of(work, case_id)] == []
