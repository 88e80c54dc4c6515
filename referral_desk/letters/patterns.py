"""What could lead to anybody, whoever it is: addresses, numbers, accounts, plates, days long past."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from referral_desk.letters import marks, numbers
from referral_desk.letters.marks import Marks
from referral_desk.words import N_

MAIL = N_("An e-mail address")
NUMBER = N_("A phone or identity number")
LINK = N_("An address on the internet or in a social network")
ACCOUNT = N_("A bank account")
PLATE = N_("A number plate")
PAST_DAY = N_("An exact day of years ago")

LONG_AGO = timedelta(days=5 * 365)
"""A day so long past is no appointment; it may be a birthday, a wedding, a departure."""

_LINK = re.compile(
    r"(?:https?://|www\.)\S+|(?<![\w.@])@[A-Za-z][\w.]{2,}|(?:facebook|instagram|tiktok|viber|telegram|t)\.(?:com|me)/\S+",
    re.IGNORECASE,
)
_ACCOUNT = re.compile(r"(?<![A-Z0-9])([A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]{4}){2,7}(?:[ -]?[A-Z0-9]{1,3})?)(?![A-Z0-9])")
_PLATE = re.compile(r"(?<![A-ZА-ЯЂ-Џ0-9-])[A-ZА-ЯЂ-Џ]{2}[ -]?\d{3,4}[ -]?[A-ZА-ЯЂ-Џ]{2}(?![A-ZА-ЯЂ-Џ0-9-])")


def found_in(text: str, seen: Marks, own: frozenset[str], on: date) -> Iterator[str]:
    """What of all this stands in a text; `own` are the ways to reach the desk and its recipients."""
    for way in marks.ways_to_reach(text) - own:
        if "@" in way:
            yield MAIL
        elif not any(numbers.same_number(way, other) for other in own):
            yield NUMBER
    if any(link.casefold().rstrip(".,;)") not in own for link in _LINK.findall(text)):
        yield LINK
    if any(_is_account(found) for found in _ACCOUNT.findall(text)):
        yield ACCOUNT
    if _PLATE.search(text):
        yield PLATE
    if any(date(1900, 1, 1) <= day < on - LONG_AGO for day in numbers.whole_days(seen.text)):
        yield PAST_DAY


def _is_account(written: str) -> bool:
    """The check figures of ISO 13616: letters count from ten, and the whole leaves one when divided by 97."""
    plain = re.sub(r"[ -]", "", written)
    turned = plain[4:] + plain[:4]
    return int("".join(str(int(sign, 36)) for sign in turned)) % 97 == 1
