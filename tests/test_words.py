"""The catalogues: no text without an entry, nothing lost between the languages, dates that cannot be misread."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import date
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from referral_desk import resources, words

_SCRIPT = spec_from_file_location("workshop", Path(__file__).parent.parent / "scripts" / "words.py")
assert _SCRIPT
assert _SCRIPT.loader
workshop = module_from_spec(_SCRIPT)
_SCRIPT.loader.exec_module(workshop)

CATALOGUES = sorted({words.DERIVED.get(code, code) for code in words.LANGUAGES} - {"en"})
"""Of the windows; those of paper alone are looked at in test_phrase_book.py."""
PLURAL_FORMS = {"sr_Cyrl": 3, "ar": 6}
PLACEHOLDER = re.compile(r"%\((\w+)\)[ds]")


@pytest.fixture(autouse=True)
def in_english_again() -> Iterator[None]:
    yield
    words.use("en")


def messages(language: str) -> list[Message]:
    with resources.path("locale", f"{language}.po").open("rb") as file:
        return [message for message in read_po(file, locale=language) if message.id]


def strings(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string or ())


@pytest.mark.parametrize("language", CATALOGUES)
def test_every_text_of_the_program_has_an_entry_and_a_translation(language: str) -> None:
    known = {message.id for message in messages(language)}
    wanted = {message.id for message in workshop.template() if message.id}

    assert wanted - known == set(), "run make words"
    assert [message.id for message in messages(language) if not all(strings(message))] == []


def looked_up() -> Iterator[tuple[str, str]]:
    """Every text that the program looks up, and where; Python itself reads it, also within a text."""
    for file in sorted((workshop.ROOT / "referral_desk").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Name(id=name), args=[ast.Constant(value=str(text)), *_more]):
                    if name in workshop.KEYWORDS:
                        yield text, f"{file.name}:{node.lineno}"


def test_no_text_hides_from_the_collector_within_another() -> None:
    collected = {one.id if isinstance(one.id, str) else one.id[0] for one in workshop.template() if one.id}

    assert {text: place for text, place in looked_up() if text not in collected} == {}


@pytest.mark.parametrize("language", CATALOGUES)
def test_placeholders_survive_translation(language: str) -> None:
    for message in messages(language):
        ids = [message.id] if isinstance(message.id, str) else list(message.id)
        wanted = set(PLACEHOLDER.findall(ids[-1]))
        for string in strings(message):
            found = set(PLACEHOLDER.findall(string))
            assert found == wanted or (message.pluralizable and found <= wanted), message.id


@pytest.mark.parametrize("language", CATALOGUES)
def test_plural_forms_are_whole(language: str) -> None:
    plural = [message for message in messages(language) if message.pluralizable]

    assert plural
    assert {len(strings(message)) for message in plural} == {PLURAL_FORMS[language]}


@pytest.mark.parametrize("language", CATALOGUES)
def test_a_catalogue_says_that_no_native_speaker_has_checked_it(language: str) -> None:
    header = resources.path("locale", f"{language}.po").read_text(encoding="utf-8").splitlines()[:3]

    assert any("native speaker" in line for line in header)


def test_serbian_latin_is_cyrillic_letter_by_letter() -> None:
    words.use("sr_Cyrl")
    cyrillic = words._("Best-interests determination")
    words.use("sr_Latn")

    assert words._("Best-interests determination") == words.to_latin(cyrillic)
    assert words.to_latin("Љубица и ЊЕГОШ, џемпер: %(name)s") == "Ljubica i NJEGOŠ, džemper: %(name)s"


def test_no_cyrillic_word_hides_a_latin_letter() -> None:
    mixed = re.compile(r"\w*(?:[A-Za-z][А-Яа-яЂ-џ]|[А-Яа-яЂ-џ][A-Za-z])\w*")

    assert [found for message in messages("sr_Cyrl") for found in mixed.findall(" ".join(strings(message)))] == []


DAYS = [("en", "9 Mar 2026"), ("sr_Latn", "9. mar 2026."), ("ar", "9 مارس 2026")]


@pytest.mark.parametrize(("language", "written"), DAYS)
def test_a_date_has_its_month_in_words_and_latin_digits(language: str, written: str) -> None:
    with words.speaking(language):
        assert words.day(date(2026, 3, 9)).replace("\u200f", "") == written


def test_one_thread_may_speak_another_language_for_a_while() -> None:
    with words.speaking("sr_Cyrl"):
        assert words.country("SRB") == "Србија"
    assert words.country("SRB") == "Serbia"


def test_codes_keep_their_order_in_right_to_left_text() -> None:
    with words.speaking("ar"):
        assert words.isolate("RD-7K3M") == "\u2068RD-7K3M\u2069"
    assert words.isolate("RD-7K3M") == "RD-7K3M"
