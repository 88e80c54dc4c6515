"""By what a text can give somebody away: its words, numbers and dates, however they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from referral_desk.store.names import folded

_WORD = re.compile(r"[^\W\d_]{3,}")
_NUMBER = re.compile(r"\d(?:[ \t\u00a0./()–-]{0,3}\d){5,}")
_WRITTEN_DATE = re.compile(r"(?<!\d)(\d{1,4})\s?[-./]\s?(\d{1,2})\s?[-./]\s?(\d{1,4})(?!\d)")
_DAY_FIRST = re.compile(r"(\d{1,2})(?:\.|st|nd|rd|th)? ?(?:of )?([a-z]{3})[a-z]*[.,]? (\d{4})")
_MONTH_FIRST = re.compile(r"([a-z]{3})[a-z]*\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")
_TIME = re.compile(r"(?<![\d.])\d{1,2}[.:]\d{2}(?![\d.])")
_YEARS = re.compile(r"(?<!\d)(?:19|20)\d\d\s?[-–/]\s?(?:19|20)\d\d(?!\d)")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")

_ENDINGS = re.compile("a|e|i|o|u|y|om|em|ama?|ima|ov[aeiu]?|eva?|in[aeiu]?|ju")
"""By which a name is declined in the languages of the region; `Jelena`, `Jelene`, `Jelenin`."""

TELLING_DIGITS = 8
"""The end of a phone number, which stays the same with and without the codes before it."""

_MONTHS = {
    month: number
    for number, names in enumerate(
        ("jan", "feb", "mar", "apr", "maj may", "jun", "jul", "avg aug", "sep", "okt oct", "nov", "dec"), 1
    )
    for month in names.split()
}
"""The beginnings of their names in English and Serbian."""


@dataclass(frozen=True)
class Marks:
    """`text` is folded and in single spaces; `numbers` are digits alone, six and more."""

    text: str
    words: frozenset[str]
    numbers: frozenset[str]
    days: frozenset[date]

    def without(self, own: Marks) -> Marks:
        """What is left when everything is taken away that is the form's own; the text stays."""
        return Marks(self.text, self.words - own.words, self.numbers - own.numbers, self.days - own.days)

    def holds(self, phrase: str) -> bool:
        """Whether a folded phrase stands here, word by word."""
        at = self.text.find(phrase)
        while at >= 0:
            around = f"{self.text[at - 1 : at]}{self.text[at + len(phrase) : at + len(phrase) + 1]}"
            if not any(sign.isalnum() for sign in around):
                return True
            at = self.text.find(phrase, at + 1)
        return False


def marks(text: str) -> Marks:
    plain = " ".join(folded(text).split())
    return Marks(plain, frozenset(_WORD.findall(plain)), frozenset(_numbers(text)), frozenset(_days(plain)))


def ways_to_reach(text: str) -> frozenset[str]:
    """Every address of e-mail and every phone or identity number: not dates, hours or years."""
    rest = _TIME.sub(" ", _YEARS.sub(" ", _WRITTEN_DATE.sub(" ", text)))
    numbers = (number for number in _numbers(rest) if len(number) > 6)
    return frozenset(numbers) | frozenset(found.casefold() for found in _MAIL.findall(text))


def same_number(one: str, other: str) -> bool:
    """Whether two numbers end alike: with the code of the country or without it."""
    end = min(len(one), len(other), TELLING_DIGITS)
    return one[-end:] == other[-end:]


def same_word(word: str, name: str) -> bool:
    """Whether a folded word is a name, declined or not; short names are compared as they are."""
    if word == name:
        return True
    stem = name[:-1] if name[-1] in "aeiou" else name
    return len(name) > 3 and word.startswith(stem) and _ENDINGS.fullmatch(word, len(stem)) is not None


def _numbers(text: str) -> Iterator[str]:
    for found in _NUMBER.findall(text):
        yield "".join(sign for sign in found if sign.isdigit())


def _days(plain: str) -> Iterator[date]:
    """Every day that a date in folded text may mean, in figures or with the month in words."""
    for first, middle, last in _WRITTEN_DATE.findall(plain):
        for year, month, day in ((first, middle, last), (last, middle, first), (last, first, middle)):
            yield from _day(year, int(month), day)
    for day, name, year in _DAY_FIRST.findall(plain):
        yield from _day(year, _MONTHS.get(name, 0), day)
    for name, day, year in _MONTH_FIRST.findall(plain):
        yield from _day(year, _MONTHS.get(name, 0), day)


def _day(year: str, month: int, day: str) -> Iterator[date]:
    if len(year) == 4:
        with suppress(ValueError):
            yield date(int(year), month, int(day))
