"""Collect every text for the translators and bring the catalogues up to date.

    make words

resources/locale/<language>.po holds what translators gave back; texts that are new wait there with an empty
translation. Serbian Latin is derived from Cyrillic and has no file of its own. The catalogue of a language that
windows do not speak is the phrase book of its paper: it holds the texts that leave the desk, no others.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

from referral_desk import words
from referral_desk.answer_words import Reply
from referral_desk.letters import layout
from referral_desk.nrm.consent import Consent
from referral_desk.nrm.fields import Question
from referral_desk.nrm.referral import Referral
from referral_desk.nrm.terms import Term, Unanswered

ROOT = Path(__file__).parent.parent
LOCALE = ROOT / "resources" / "locale"
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}
UNDATED = datetime(2026, 1, 1, tzinfo=UTC)
"""Dates in catalogues would only make every change a conflict."""

FOR_THE_DESK = frozenset(
    f"{name}.py"
    for name in (
        *("slips", "journal_paper", "directory_paper", "own_file", "report", "certificate"),
        *("linter", "patterns", "leaving", "findings", "layout_reading", "documents", "samples"),
    )
)
"""Modules of letters whose texts are read at the desk, in a language of its windows."""

_OF_EVERY_PAPER = [
    *(question for question in Referral.questions if question.name in ("urgency", "services", "do_not_contact")),
    *(question for question in Consent.questions if question.name in ("items", "form")),
]
"""What is printed without being named in a layout."""

PROSE = frozenset(
    {"heading", "title", "text", "label", "name", "hint", "lead", "ticks", "blanks", "signatures", "copies"}
)
"""The keys of a layout or mechanism whose values people read."""


def template() -> Catalog:
    """Every text of the program and of its data, each once."""
    catalogue = Catalog(project="Referral Desk", charset="utf-8", fuzzy=False)
    catalogue.creation_date = UNDATED
    for text, place, comments in [*_in_code(), *_in_data()]:
        catalogue.add(text, locations=[(place, 0)], auto_comments=comments)
    return catalogue


def phrase_book(texts: Catalog) -> Catalog:
    """Of all texts those that stand on paper for others, which is paper in more languages than the windows speak."""
    wanted = set(_labels_on_paper())
    book = Catalog(project=texts.project, charset="utf-8", fuzzy=False)
    book.creation_date = UNDATED
    for message in texts:
        text = message.id if isinstance(message.id, str) else message.id[0]
        if text and (text in wanted or any(map(_is_of_paper, (place for place, _line in message.locations)))):
            book.add(message.id, locations=message.locations, auto_comments=message.auto_comments)
    return book


def _is_of_paper(place: str) -> bool:
    folder, _slash, name = place.rpartition("/")
    return folder == "resources/letters" or (folder == "referral_desk/letters" and name not in FOR_THE_DESK)


def _labels_on_paper() -> Iterator[str]:
    """The questions of every layout, the terms they are answered with, and what a person consents to."""
    for file in sorted((ROOT / "resources" / "letters").glob("*.toml")):
        if "[[block]]" in file.read_text(encoding="utf-8"):
            for block in layout.shipped(file.name).blocks:
                for question in block.questions:
                    yield from _said_by(question)
    for question in _OF_EVERY_PAPER:
        yield from _said_by(question)
    yield from (term.english for term in (*Unanswered, *Reply))


def _said_by(question: Question) -> Iterator[str]:
    yield question.text
    if isinstance(question.vocabulary, type) and issubclass(question.vocabulary, Term):
        yield from (term.english for term in question.vocabulary)


def brought_up_to_date(language: str, texts: Catalog) -> Catalog:
    """The catalogue of a language with exactly the texts that the program has now."""
    file = LOCALE / f"{language}.po"
    former = read_po(file.open("rb"), locale=language) if file.exists() else Catalog(locale=language)
    comment = former.header_comment
    former.update(texts, no_fuzzy_matching=True)
    former.obsolete.clear()
    former.header_comment = comment
    former.creation_date = former.revision_date = UNDATED
    return former


def untranslated(catalogue: Catalog) -> list[str]:
    """The texts that wait for a translation."""
    waiting = [message for message in catalogue if message.id and not _is_whole(message.string)]
    return [str(message.id) for message in waiting]


def _is_whole(string: str | tuple[str, ...] | list[str] | None) -> bool:
    return bool(string) and all(string or ())


def _in_code() -> Iterator[tuple[str | tuple[str, str], str, list[str]]]:
    for file in sorted((ROOT / "referral_desk").rglob("*.py")):
        place = str(file.relative_to(ROOT).as_posix())
        for _line, text, comments, _context in extract_from_file("python", file, KEYWORDS, ["Translators:"]):
            yield text, place, comments  # type: ignore[misc]


def _in_data() -> Iterator[tuple[str, str, list[str]]]:
    for folder in ("letters", "mechanisms", "."):
        for file in sorted((ROOT / "resources" / folder).glob("*.toml")):
            place = str(file.relative_to(ROOT).as_posix())
            held = tomllib.loads(file.read_text(encoding="utf-8"))
            if held.get("code") in words.country_codes():
                continue  # its name is that of the country
            yield from ((text, place, []) for text in _prose(held))


def _prose(held: object) -> Iterator[str]:
    if isinstance(held, dict):
        for key, value in held.items():
            if key in PROSE and isinstance(value, str) and value:
                yield value
            elif key in PROSE and isinstance(value, list) and all(isinstance(one, str) for one in value):
                yield from filter(None, value)
            else:
                yield from _prose(value)
    elif isinstance(held, list):
        for value in held:
            yield from _prose(value)


def _write(catalogue: Catalog, file: Path, *, places: bool = True) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as out:
        write_po(
            out,
            catalogue,
            width=110,
            sort_output=True,
            include_lineno=False,
            no_location=not places,
            omit_header=not catalogue.locale,
        )


def main() -> None:
    """Write the template and every catalogue, and say how much waits."""
    texts = template()
    _write(texts, LOCALE / "referral_desk.pot")
    book = phrase_book(texts)
    for language in sorted(file.stem for file in LOCALE.glob("*.po")):
        is_of_windows = language in {*words.LANGUAGES, *words.DERIVED.values()}
        own = texts if is_of_windows else book
        catalogue = brought_up_to_date(language, own)
        _write(catalogue, LOCALE / f"{language}.po", places=is_of_windows)
        print(f"{language}.po: {len(untranslated(catalogue))} of {len(own)} texts wait for a translation")


if __name__ == "__main__":
    main()
