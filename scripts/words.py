"""Collect every text for the translators and bring the catalogues up to date.

    make words

resources/locale/<language>.po holds what translators gave back; texts that are new wait there with an empty
translation. Serbian Latin is derived from Cyrillic and has no file of its own.
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

ROOT = Path(__file__).parent.parent
LOCALE = ROOT / "resources" / "locale"
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}
UNDATED = datetime(2026, 1, 1, tzinfo=UTC)
"""Dates in catalogues would only make every change a conflict."""

PROSE = frozenset({"heading", "title", "text", "label", "name", "hint"})
"""The keys of a layout or mechanism whose values people read."""


def template() -> Catalog:
    """Every text of the program and of its data, each once."""
    catalogue = Catalog(project="Referral Desk", charset="utf-8", fuzzy=False)
    catalogue.creation_date = UNDATED
    for text, place, comments in [*_in_code(), *_in_data()]:
        catalogue.add(text, locations=[(place, 0)], auto_comments=comments)
    return catalogue


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
            else:
                yield from _prose(value)
    elif isinstance(held, list):
        for value in held:
            yield from _prose(value)


def _write(catalogue: Catalog, file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as out:
        write_po(out, catalogue, width=110, sort_output=True, include_lineno=False, omit_header=not catalogue.locale)


def main() -> None:
    """Write the template and every catalogue, and say how much waits."""
    texts = template()
    _write(texts, LOCALE / "referral_desk.pot")
    for file in sorted(LOCALE.glob("*.po")):
        catalogue = brought_up_to_date(file.stem, texts)
        _write(catalogue, file)
        print(f"{file.name}: {len(untranslated(catalogue))} of {len(texts)} texts wait for a translation")


if __name__ == "__main__":
    main()
