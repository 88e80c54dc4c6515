"""Each language stands in the list once; what was recorded under another of its codes stays readable and is joined."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import text

from referral_desk import words
from referral_desk.errors import UnknownCode
from referral_desk.exchange import invented
from referral_desk.nrm.answers import read
from referral_desk.nrm.person import Person
from referral_desk.nrm.terms import Language
from referral_desk.statistics import counting
from tests.crew import opened

BIBLIOGRAPHIC = (
    "alb:sqi arm:hye baq:eus bur:mya chi:zho cze:ces dut:nld fre:fra geo:kat ger:deu gre:ell ice:isl mac:mkd mao:mri "
    "may:msa per:fas rum:ron slo:slk tib:bod wel:cym"
)
"""The twenty languages with two codes in ISO 639-2."""


@pytest.mark.parametrize("spoken", words.LANGUAGES)
def test_no_language_is_offered_twice(spoken: str) -> None:
    with words.speaking(spoken):
        labels = Counter(language.label for language in Language.every())

    assert [label for label, times in labels.items() if times > 1] == []
    assert len(labels) > 600


@pytest.mark.parametrize("pair", BIBLIOGRAPHIC.split())
def test_of_two_codes_the_one_for_terminology_is_listed(pair: str) -> None:
    former, listed = pair.split(":")

    assert listed in Language.codes()
    assert former not in Language.codes()
    assert Language.of(former) == Language.of(listed) == Language(listed)


@pytest.mark.parametrize(("of_a_part", "whole"), [("cmn", "zho"), ("arb", "ara"), ("pes", "fas"), ("twi", "aka")])
def test_a_language_that_cldr_calls_by_the_whole_is_listed_as_the_whole(of_a_part: str, whole: str) -> None:
    assert Language.of(of_a_part).label == Language(whole).label
    assert Language.of(of_a_part) == whole


def test_a_code_that_is_none_is_refused() -> None:
    for code in ("xxx", "", "german", "DEU"):
        with pytest.raises(UnknownCode):
            Language.of(code)


def test_what_the_practice_stories_speak_is_in_the_list() -> None:
    assert {origin.language for origin in invented._ORIGINS} <= set(Language.codes())


def test_what_was_recorded_under_a_former_code_is_read_as_the_one_of_today(crew_desk: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(crew_desk, tmp_path / "desk"))
    with opened(folder) as desk:
        with desk.engine.begin() as connection:
            connection.execute(text("UPDATE person SET language = 'ger'"))
        with desk.work() as work:
            [case] = work.cases(work.case_ids())
            person = case.latest(Person)

    assert person
    assert person.language == Language("deu")
    question = Person.question("language")
    assert question
    assert read(question, "alb") == Language("sqi")


def test_both_codes_are_counted_as_one() -> None:
    assert counting.codes_in('["alb", "sqi"],["ger"]', Language) == {"sqi", "deu"}
    assert counting.codes_in("?DECLINED", Language) == {"?DECLINED"}


def test_names_in_a_sentence_are_parted_as_the_language_does_it() -> None:
    for spoken, parted in (("en", "A, B"), ("ar", "A، B"), ("sr_Latn", "A, B")):
        with words.speaking(spoken):
            assert words.listed(["A", "B"]) == parted
