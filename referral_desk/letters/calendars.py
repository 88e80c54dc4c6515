"""Dates in words of every language of paper, and those of the Persian calendar.

A month is known by the first three letters of its folded name. Where two languages mean different months by the same
letters, both are meant: a date is compared with a known one, so that reading too much into it harms nobody.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from functools import cache

from referral_desk.store.names import folded

_NAMES = (
    "jan ian janar ocak січень сијечањ января януари ينا كانون جانفي ژانویه دی جدی i",
    "feb shkurt subat лютий вељача ljut фев فبر شباط فيفري فوریه بهمن دلو ii",
    "mar март березень ожујак مار اذار مارس آذار حوت اسفند iii",
    "apr prill nisan квітень травањ ابر نيسان ابريل افريل آوریل فروردین حمل iv",
    "maj mai may травень свибањ май ماي ايار مه مایو اردیبهشت ثور v",
    "jun iun qershor haziran червень липањ июн يون حزيران جوان ژوئن خرداد جوزا vi",
    "jul iul korrik tem липень српањ июл يول تموز جويلية ژوئیه تیر سرطان vii",
    "aug avg gusht серпень коловоз авг اغس اب أوت اوت مرداد اسد viii",
    "sep set shtator eyl вересень рујан сен سبت ايلول سپتامبر شهریور سنبله ix",
    "oct okt tet ekim жовтень листопад окт اكت تشرين اکتبر مهر میزان x",
    "nov noi nentor kasim листопад студени нояб нов نوف تشرين نوامبر آبان عقرب xi",
    "dec dek dez dhj ara грудень просинац дек ديس كانون دسامبر آذر قوس xii",
)
"""For each month; of the Persian calendar the month that begins in it."""

_PERSIAN = (
    "فروردین حمل",
    "اردیبهشت ثور",
    "خرداد جوزا",
    "تیر سرطان",
    "مرداد اسد",
    "شهریور سنبله",
    "مهر میزان",
    "آبان عقرب",
    "آذر قوس",
    "دی جدی",
    "بهمن دلو",
    "اسفند حوت",
)
_PERSIAN_YEARS = range(1280, 1421)
_FIRST_DAY = date(2021, 3, 21).toordinal()
"""Of the Persian year 1400."""


def months(name: str) -> frozenset[int]:
    """The months that a folded word may mean; none for any other word."""
    return _by_beginning().get(name[:3], frozenset())


def days(year: str, month: str, day: str) -> Iterator[date]:
    """Every day that three parts of a date may mean; `month` is a figure or a folded word."""
    figure = int(month) if month.isdigit() else 0
    for full in _years(year):
        for number in [figure] if figure else months(month):
            with suppress(ValueError):
                yield date(full, number, int(day))
        if full in _PERSIAN_YEARS:
            yield from _of_persian(full, {figure} if figure else _persian_months(month), int(day))


def _years(year: str) -> tuple[int, ...]:
    """A year of two figures may be of either century."""
    return {4: (int(year),), 2: (1900 + int(year), 2000 + int(year))}.get(len(year), ())


def _of_persian(year: int, numbers: set[int], day: int) -> Iterator[date]:
    for number in numbers:
        if 1 <= number <= 12 and 1 <= day <= 31:
            yield date.fromordinal(_days_before(year) + 31 * min(number - 1, 6) + 30 * max(number - 7, 0) + day - 1)


def _days_before(year: int) -> int:
    """The ordinal of the first day of a Persian year, by the cycle of 33 years of this and the last century."""
    return _FIRST_DAY + 365 * (year - 1400) + _leaps(year) - _leaps(1400)


def _leaps(year: int) -> int:
    cycles, rest = divmod(year + 1595, 33)
    return cycles * 8 + (rest + 3) // 4


def _persian_months(name: str) -> set[int]:
    return {number for number, names in enumerate(_PERSIAN, 1) if name in map(folded, names.split())}


@cache
def _by_beginning() -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for number, names in enumerate(_NAMES, 1):
        for name in names.split():
            found.setdefault(folded(name)[:3], set()).add(number)
    return {beginning: frozenset(numbers) for beginning, numbers in found.items()}
