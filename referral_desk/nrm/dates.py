"""Dates that are only partly known, and the arithmetic of periods.

A partial date is written as in EDTF level 0 and 1: `2019`, `2019-05`, `2019-05-20`, `2019~` (about),
`2018/2020` (between). What cannot be read so is an ImpossibleDate.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum

from referral_desk import words
from referral_desk.errors import ImpossibleDate
from referral_desk.nrm.working_days import WorkingDays
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
    """What a law counts in. Three months from 30 November are not ninety days, and five working days are no week."""

    HOURS = "hours"
    DAYS = "days"
    WORKING_DAYS = "working days"
    MONTHS = "months"
    YEARS = "years"


@dataclass(frozen=True)
class Period:
    """A length of time as a law states it."""

    length: int
    unit: Unit

    @classmethod
    def of(cls, written: str) -> Period:
        """From `5 working days`, as it is written in mechanisms; ValueError where it is none."""
        length, _space, unit = written.strip().partition(" ")
        if not (length.isascii() and length.isdigit() and int(length) <= LONGEST):
            raise ValueError(written)
        return cls(int(length), Unit(unit.strip().removesuffix("s") + "s"))

    @property
    def written(self) -> str:
        return f"{self.length} {self.unit.value}"

    def end(self, start: date, calendar: WorkingDays | None = None) -> date:
        """The last day, where the first day is day 0; a month that is too short ends on its last day.

        Working days are counted by `calendar` and begin the day after; without one only Saturday and Sunday are free.
        Hours end on a day, too: a day for every 24 that have begun. See `end_at` for the hour.
        """
        if self.unit is Unit.WORKING_DAYS:
            return (calendar or WorkingDays()).after(start, self.length)
        if self.unit in (Unit.HOURS, Unit.DAYS):
            return start + timedelta(days=self.length if self.unit is Unit.DAYS else -(-self.length // 24))
        months = start.year * 12 + start.month - 1 + self.length * (12 if self.unit is Unit.YEARS else 1)
        year, month = divmod(months, 12)
        return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))

    def end_at(self, start: datetime) -> datetime | None:
        """The hour at which a period of hours ends; None where days are counted."""
        return start + timedelta(hours=self.length) if self.unit is Unit.HOURS else None

    def __str__(self) -> str:
        return _in_words(self.unit, self.length) % {"count": self.length}


LONGEST = 9999
"""No law counts further; more is a slip."""


def _in_words(unit: Unit, count: int) -> str:
    if unit is Unit.HOURS:
        return ngettext("%(count)d hour", "%(count)d hours", count)
    if unit is Unit.DAYS:
        return ngettext("%(count)d day", "%(count)d days", count)
    if unit is Unit.WORKING_DAYS:
        return ngettext("%(count)d working day", "%(count)d working days", count)
    if unit is Unit.MONTHS:
        return ngettext("%(count)d month", "%(count)d months", count)
    return ngettext("%(count)d year", "%(count)d years", count)


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
        return first, date(first.year, last_month, monthrange(first.year, last_month)[1])
    except ValueError:
        raise ImpossibleDate(label=label) from None
