"""What a date of birth says of who is a child; whoever may open no seal goes by the age group alone."""

from __future__ import annotations

from datetime import date

from referral_desk.nrm.dates import PartialDate
from referral_desk.nrm.person import Person

GROWN_UP = 18
"""Years (CRC, art. 1)."""


def is_born_as_child(person: Person) -> bool | None:
    """Whether the date of birth says that the person was a child when this was recorded; None where it leaves it open.

    Nothing but None without the seal.
    """
    born, on = person.date_of_birth, person.day
    if not isinstance(born, PartialDate) or on is None:
        return None
    about = 1 if born.written.endswith("~") else 0
    if _years_old(born.first, on) + about < GROWN_UP:
        return True
    return False if _years_old(born.last, on) - about >= GROWN_UP else None


def _years_old(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
