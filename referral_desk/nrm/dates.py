"""Dates that are only partly known, and the arithmetic of periods.

A partial date is written as in EDTF level 0 and 1: `2019`, `2019-05`, `2019-05-20`, `2019~` (about),
`2018/2020` (between). What cannot be read so is an ImpossibleDate.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from referral_desk import words
from referral_desk.errors import ImpossibleDate
from referral_desk.words import _, ngettext

_FORM = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(~?)")


@dataclass(frozen=True)
class PartialDate:
    """A day, month, year or span, perhaps only about; `first` and `last` are the days it may mean."""

    written: str
    first: date
    last: date

    @classmethod
    def of(cls, written: str, *, label: str = "") -> PartialDate:
        start, _slash, end = written.strip().partition("/")
        first, last = _span(start, label)
        if end:
            last = _span(end, label)[1]
        if last < first:
            raise ImpossibleDate(label=label)
        return cls(written.strip(), first, last)

    def __str__(self) -> str:
        if self.first == self.last:
            return words.day(self.first)
        text = self.written.rstrip("~").replace("/", " – ")
        return _("about %(date)s") % {"date": text} if self.written.endswith("~") else text


class Unit(Enum):
    """Days and calendar months are different: three months from 30 November are not ninety days."""

    DAYS = "days"
    MONTHS = "months"


@dataclass(frozen=True)
class Period:
    """A length of time as a law states it."""

    length: int
    unit: Unit

    def end(self, start: date) -> date:
        """The last protected day, where the first day is day 0; a month that is too short ends on its last day."""
        if self.unit is Unit.DAYS:
            return start + timedelta(days=self.length)
        months = start.year * 12 + start.month - 1 + self.length
        year, month = divmod(months, 12)
        return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))

    def __str__(self) -> str:
        if self.unit is Unit.DAYS:
            return ngettext("%(count)d day", "%(count)d days", self.length) % {"count": self.length}
        return ngettext("%(count)d month", "%(count)d months", self.length) % {"count": self.length}


def day_of(written: str, *, label: str) -> date:
    """A whole date from `YYYY-MM-DD`; ImpossibleDate otherwise."""
    try:
        return date.fromisoformat(written.strip())
    except ValueError:
        raise ImpossibleDate(label=label) from None


def _span(written: str, label: str) -> tuple[date, date]:
    form = _FORM.fullmatch(written)
    if not form:
        raise ImpossibleDate(label=label)
    year, month, day = (int(part) if part else None for part in form.group(1, 2, 3))
    try:
        first = date(year or 0, month or 1, day or 1)
        if day:
            return first, first
        last_month = month or 12
        return first, date(first.year, last_month, calendar.monthrange(first.year, last_month)[1])
    except ValueError:
        raise ImpossibleDate(label=label) from None
