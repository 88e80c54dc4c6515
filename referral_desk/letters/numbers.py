"""The numbers and dates of a text, however their figures are parted and written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date

from referral_desk.letters import calendars

TELLING_DIGITS = 8
"""The end of a phone number, which stays the same with and without the codes before it."""

_CODES, _REST = 5, 6
"""Digits that may stand before such an end, and after it without being a number themselves."""

_NUMBER = re.compile(r"\d(?:[\W_]{0,3}\d){5,}")
_LIKE_DIGITS = re.compile(r"(?<![^\W\d_])[OoОоΟοQlI]+(?![^\W\d_])")
_AS_DIGITS = str.maketrans("OoОоΟοQlI", "000000011")
_CALLED = re.compile(r"(?:\+|(?<!\d)0)[\W_]{0,3}\d(?:[\W_]{0,3}\d){5,}|\d(?:[^\w,;]{0,3}\d){6,}")
"""What may be a phone or identity number of anybody; lists of figures are none unless they begin like a phone."""

_DAY, _PART = r"(?:0?[1-9]|[12]\d|3[01])", r"\s?[-./]\s?"
_DATE = re.compile(
    rf"(?<![\d/-])(?:(?:19|20)\d\d{_PART}{_DAY}{_PART}{_DAY}|{_DAY}{_PART}{_DAY}{_PART}(?:19|20)\d\d"
    rf"|{_DAY}\s?[./]\s?{_DAY}\s?[./]\s?\d\d)(?![-./]?\d)"
)
_ROMAN_DATE = re.compile(r"(?<!\d)\d{1,2}[. /-]{1,3}[IVXivx]{1,4}[. /-]{1,3}\d{4}(?!\d)")
_TIME = re.compile(r"(?<![\d.])\d{1,2}[.:]\d{2}(?![\d.])")
_YEARS = re.compile(r"(?<!\d)(?:19|20)\d\d\s?[-–/]\s?(?:19|20)\d\d(?!\d)")
_HOURS = re.compile(r"(?<![\d/–-])(?:1?\d|2[0-4])\s?[-–—]\s?(?:1?\d|2[0-4])(?![\d/–-])")
_LIST = re.compile(r"(?<!\d)[1-9]\d?(?:\s?[,;]\s?[1-9]\d?)+(?!\d)")
_HARMLESS = (_DATE, _ROMAN_DATE, _YEARS, _TIME, _HOURS, _LIST)

_YEAR = r"'?(\d{4}|\d{2})(?!\d)"
_MONTH_IN_WORDS = r"(?<![^\W\d_])([^\W\d_]{2,})(?: (?:ال|l)\w+)?"
_FIGURES = re.compile(r"(?<!\d)(?=(\d{1,4})[\W_]{1,3}(\d{1,2})[\W_]{1,3}'?(\d{4}|\d{1,2})(?!\d))")
_WHOLE_DATE = re.compile(
    rf"(?<![\d./-])(?:{_DAY}{_PART}{_DAY}{_PART}(?:19|20)\d\d|(?:19|20)\d\d{_PART}{_DAY}{_PART}{_DAY}"
    rf"|{_DAY}[. ]{{1,2}}[^\W\d_]{{3,12}} (?:19|20)\d\d)(?!\d)"
)
_TOGETHER = re.compile(r"(?<!\d)(\d{2})(\d{2})(\d{2})(\d{2})(?!\d)")
_DAY_FIRST = re.compile(rf"(\d{{1,2}})(?:st|nd|rd|th)?[\W_]{{0,3}}(?:of |de )?{_MONTH_IN_WORDS}[\W_]{{1,3}}{_YEAR}")
_MONTH_FIRST = re.compile(rf"{_MONTH_IN_WORDS}[\W_]{{1,3}}(\d{{1,2}})(?:st|nd|rd|th)?[\W_]{{1,3}}{_YEAR}")
_YEAR_FIRST = re.compile(rf"(?<!\d)(\d{{4}})[\W_]{{1,3}}{_MONTH_IN_WORDS}[\W_]{{1,3}}(\d{{1,2}})(?!\d)")
_ROMAN = re.compile(rf"(\d{{1,2}})[\W_]{{1,3}}([ivx]{{1,4}})[\W_]{{1,3}}{_YEAR}")


def digits(seen: str) -> Iterator[str]:
    """Every chain of six digits and more, whatever parts them; letters that look like figures are read as such."""
    return _bare(_NUMBER, _in_figures(seen))


def called(seen: str) -> Iterator[str]:
    """Every phone or identity number: not dates, hours, years or lists of small figures."""
    rest = _in_figures(_harmless_away(seen))
    return (number for number in _bare(_CALLED, rest) if len(number) > _REST)


def known(answer: str) -> Iterator[str]:
    """The ends of the numbers of a short answer, of each one where there are several."""
    for part in (answer, *re.split(r"[,;/\n+]", answer)):
        yield from (number[-TELLING_DIGITS:] for number in digits(part))


def told(answer: str) -> Iterator[str]:
    """The ends of the numbers of a long answer, which has dates and hours besides."""
    return (number[-TELLING_DIGITS:] for number in called(answer))


def same_number(one: str, other: str) -> bool:
    """Whether a chain of digits is no more than another number, with or without its codes, and a few figures."""
    end = other[-min(len(one), TELLING_DIGITS) :]
    before, found, after = one.partition(end)
    return bool(found) and len(before) <= _CODES and (len(after) <= _REST or same_number(after, other))


def whole_days(plain: str) -> Iterator[date]:
    """Every day that is written with all four figures of its year, as nobody writes a list of figures."""
    for found in _WHOLE_DATE.findall(plain):
        yield from days(found)


def days(plain: str) -> Iterator[date]:
    """Every day that a date in folded text may mean, in figures or with the month in words."""
    for first, middle, last in _FIGURES.findall(plain):
        for year, month, day in ((first, middle, last), (last, middle, first), (last, first, middle)):
            yield from calendars.days(year, month, day) if len(day) < 3 else ()
    for one, two, three, four in _TOGETHER.findall(plain):
        yield from (*calendars.days(one + two, three, four), *calendars.days(three + four, two, one))
    for pattern in (_DAY_FIRST, _ROMAN):
        for day, name, year in pattern.findall(plain):
            yield from calendars.days(year, name, day)
    for name, day, year in _MONTH_FIRST.findall(plain):
        yield from calendars.days(year, name, day)
    for year, name, day in _YEAR_FIRST.findall(plain):
        yield from calendars.days(year, name, day)


def _harmless_away(seen: str) -> str:
    for pattern in _HARMLESS:
        seen = pattern.sub(" and ", seen)
    return seen


def _in_figures(seen: str) -> str:
    return _LIKE_DIGITS.sub(lambda found: found[0].translate(_AS_DIGITS), seen)


def _bare(pattern: re.Pattern[str], text: str) -> Iterator[str]:
    for found in pattern.findall(text):
        yield "".join(str(unicodedata.decimal(sign)) for sign in found if sign.isdecimal())
