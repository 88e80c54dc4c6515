"""Working days: which days a country works, by its national holidays and its weekend.

The holidays come from the package `holidays`, without a network. Days that are free for one faith or one district
only are worked, because a deadline that is counted too short warns too early and one too long warns too late.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from referral_desk import words

if TYPE_CHECKING:
    from holidays import HolidayBase

SATURDAY_AND_SUNDAY = frozenset({5, 6})
WEEKDAYS = ("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN")

_A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class WorkingDays:
    """The calendar of a country (ISO alpha-3; of a part of it as `DEU-BY`); `weekend` counts Monday as 0.

    An empty country, or one whose holidays nobody has listed, knows the weekend only.
    """

    country: str = ""
    weekend: frozenset[int] | None = None

    def is_working(self, day: date) -> bool:
        free = _holidays(self.country)
        return day.weekday() not in self._weekend and (free is None or day not in free)

    def after(self, start: date, count: int) -> date:
        """The day `count` working days after a day; that day itself does not count. Below 0 it is counted back."""
        days = self._from(start, _A_DAY if count >= 0 else -_A_DAY)
        return start if count == 0 else next(day for at, day in enumerate(days, 1) if at == abs(count))

    def _from(self, start: date, by: timedelta) -> Iterator[date]:
        day = start
        while True:
            day += by
            if self.is_working(day):
                yield day

    @property
    def _weekend(self) -> frozenset[int]:
        if self.weekend:
            return self.weekend
        free = _holidays(self.country)
        return frozenset(free.weekend) if free is not None else SATURDAY_AND_SUNDAY


def weekend_of(written: str) -> frozenset[int]:
    """From `SAT,SUN`; ValueError where it names no weekday, or all of them."""
    days = frozenset(WEEKDAYS.index(part.strip().upper()) for part in written.split(","))
    if len(days) == len(WEEKDAYS):
        raise ValueError(written)
    return days


def get_ready() -> None:
    """Read the package of holidays beforehand, whatever the country."""
    _holidays("SRB")


@cache
def _holidays(country: str) -> HolidayBase | None:
    """None where nobody has listed them. The package is large, so it is read when it is needed."""
    if not country:
        return None
    from holidays import country_holidays

    code, _dash, part = country.partition("-")
    try:
        return country_holidays(words.alpha_2(code), subdiv=part or None)
    except NotImplementedError:
        return None
