"""The papers for the person: the certificate of an erasure, and everything that is kept, read back from the PDF."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pypdfium2
import pytest

from referral_desk import access, erasure, store, words
from referral_desk.erasure import Ground
from referral_desk.letters import reading
from referral_desk.letters.certificate import certificate
from referral_desk.letters.own_file import own_file
from referral_desk.letters.report import CANNOT_BE_PRINTED
from tests.crew import CANARIES, code_of, opened


@pytest.fixture
def folder(two_cases: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(two_cases, tmp_path / "desk"))


def text_of(pdf: bytes) -> str:
    return re.sub(r"\s+", " ", " ".join(reading.read(pdf).pages))


def looked_at(desk: store.Desk, language: str = "en") -> access.Access:
    with words.speaking(language):
        return access.look(desk, code_of(desk))[0]


def test_the_certificate_says_what_went_and_what_stays_and_names_nobody(folder: Path) -> None:
    with opened(folder) as desk:
        with desk.work() as work:
            work.describe(organisation="Safe Shore", contact="post box 7")
        gone = erasure.erase(desk, code_of(desk), Ground.REQUEST)

    paper = certificate(gone, language="en")

    told = text_of(paper.pdf)
    for wanted in ("Certificate of erasure", "Safe Shore", gone.plan.code, "own request", "First contact: 2 records"):
        assert wanted in told
    assert "Clinic North" in told
    assert paper.file_name == f"{gone.plan.code}.pdf"
    assert not any(canary in told for canary in CANARIES)


@pytest.mark.parametrize("language", ["en", "sr_Cyrl"])
def test_a_certificate_can_be_had_in_another_language_after_the_erasure(folder: Path, language: str) -> None:
    with opened(folder) as desk, words.speaking("ar"):
        gone = erasure.erase(desk, code_of(desk), Ground.REQUEST)

    told = text_of(certificate(gone, language=language).pdf)

    with words.speaking(language):
        assert words.day(gone.day) in told
    assert gone.plan.code in told
    assert not re.search("[\u0600-\u06ff]", told)


def test_the_paper_holds_everything_and_only_what_was_let_out(folder: Path) -> None:
    with opened(folder) as desk:
        looked = looked_at(desk)
    words_of_hers = next(one for one in looked.marked if one.name == "first_words" and "bed" in one.text)

    told = text_of(own_file(access.as_given(looked, {words_of_hers.place: True}), language="en").pdf)

    for wanted in ("What we keep about you", "Zdravka", "Ždralović", "+381 64 000 111", "asked for a bed", "Withheld"):
        assert wanted in told
    for hidden in ("room 4", "A slip", "began to tell"):
        assert hidden not in told
    assert "as it was before it was corrected" in told
    assert "Clinic North, on 23 Nov 2026" in told
    assert "complain to the authority" in told


def test_what_is_held_back_is_nowhere_in_the_file(folder: Path) -> None:
    with opened(folder) as desk:
        looked = looked_at(desk)

    pdf = own_file(access.as_given(looked, {}), language="en").pdf

    file = reading.read(pdf)
    assert not any(hidden in f"{file.pages}{file.elsewhere}" for hidden in ("room 4", "Milivojska", "began to tell"))
    assert "Zdravka" not in str(pypdfium2.PdfDocument(pdf).get_metadata_dict())


def test_letters_that_no_font_has_are_named_and_never_left_out_in_silence(folder: Path) -> None:
    with opened(folder) as desk:
        with desk.work() as work:
            case = work.case(work.case_ids("zdravka")[0])
            work.keep_draft("interview", case.id, {"account": "მას ეშინია"})
        looked = looked_at(desk)

    paper = own_file(access.as_given(looked, {one.place: True for one in looked.marked}), language="en")

    assert paper.left_out == ("The person's own account",)
    assert CANNOT_BE_PRINTED in text_of(paper.pdf)


def test_a_long_file_takes_as_many_pages_as_it_needs(folder: Path) -> None:
    with opened(folder) as desk:
        with desk.work() as work:
            case = work.case(work.case_ids("zdravka")[0])
            work.keep_draft("interview", case.id, {"account": "She waited for the bus. " * 2000})
        looked = looked_at(desk)

    pdf = own_file(access.as_given(looked, {one.place: True for one in looked.marked}), language="en").pdf

    assert len(reading.read(pdf).pages) > 10
    assert text_of(pdf).count("waited for the bus") == 2000


def test_what_was_done_often_on_one_day_stands_there_once(folder: Path) -> None:
    with opened(folder) as desk:
        for _again in range(3):
            looked_at(desk)
        told = text_of(own_file(looked_at(desk), language="en").pdf)

    assert re.search(r"A member read names or notes of the case RD-\w{4}-\w{4}\. \(\d times\)", told)
