"""The phrase book: every text of paper in every language of paper, with nothing lost on the way."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from referral_desk import resources, words
from referral_desk.letters import shaping

_SCRIPT = spec_from_file_location("workshop_of_paper", Path(__file__).parent.parent / "scripts" / "words.py")
assert _SCRIPT
assert _SCRIPT.loader
workshop = module_from_spec(_SCRIPT)
_SCRIPT.loader.exec_module(workshop)

LANGUAGES = sorted(set(words.PAPER_LANGUAGES) - set(words.LANGUAGES))
PLACE = re.compile(r"%\(\w+\)[ds]|\{[\w.]+\}")
PLURAL_FORMS = {"sq": 2, "mk": 2, "ro": 3, "bg": 2, "bs": 3, "uk": 3, "ru": 3, "tr": 2, "fa": 2}


@pytest.fixture(scope="module")
def wanted() -> set[str]:
    return {_key(message) for message in workshop.phrase_book(workshop.template()) if message.id}


def _key(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def messages(language: str) -> list[Message]:
    with resources.path("locale", f"{language}.po").open("rb") as file:
        return [message for message in read_po(file, locale=language) if message.id]


def strings(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string or ())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_of_paper_is_in_the_phrase_book(language: str, wanted: set[str]) -> None:
    held = {_key(message) for message in messages(language) if all(strings(message))}

    assert wanted - held == set(), "run make words, then translate what waits"


@pytest.mark.parametrize("language", LANGUAGES)
def test_places_survive_translation(language: str) -> None:
    for message in messages(language):
        for string in strings(message):
            assert sorted(PLACE.findall(string)) == sorted(PLACE.findall(_key(message))), message.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_plural_forms_are_whole(language: str) -> None:
    plural = {len(strings(message)) for message in messages(language) if message.pluralizable}

    assert plural <= {PLURAL_FORMS[language]}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_phrase_book_says_that_no_native_speaker_has_checked_it(language: str) -> None:
    header = resources.path("locale", f"{language}.po").read_text(encoding="utf-8").splitlines()[:3]

    assert any("No native speaker has checked" in line for line in header)
    assert language in words.UNCHECKED


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_letter_of_the_phrase_book_can_be_printed(language: str) -> None:
    said = "".join(string for message in messages(language) for string in strings(message))

    assert shaping.missing(said) == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_is_written_in_its_own_letters(language: str) -> None:
    """Romanian has commas below and not cedillas; Cyrillic words hide no Latin letter; figures are Latin."""
    said = " ".join(string for message in messages(language) for string in strings(message))

    assert not set("şţŞŢ") & set(said) or language == "tr"
    assert re.findall(r"\w*(?:[A-Za-z][А-Яа-яЀ-ӿ]|[А-Яа-яЀ-ӿ][A-Za-z])\w*", said) == []
    assert not [sign for sign in said if unicodedata.category(sign) == "Nd" and not sign.isascii()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_date_has_its_month_in_words_and_latin_figures(language: str) -> None:
    with words.speaking(language):
        said = words.day(date(2026, 3, 9))

    assert re.fullmatch(r"9\W+[^\W\d_]{3,}\W+2026\D*", said), said
    assert shaping.missing(said) == ""


@pytest.mark.parametrize("language", words.PAPER_LANGUAGES)
def test_the_language_of_the_roma_has_a_name_that_does_not_offend(language: str) -> None:
    with words.speaking(language):
        said = words.language_name("rom").casefold()

    assert not [bad for bad in ("цыган", "циган", "غجر", "gyps", "cigan", "رومانو") if bad in said]
    assert said != "rom"
