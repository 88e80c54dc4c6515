"""By what somebody is recognised: phones, e-mails, names and addresses, however they are written.

Pure functions of texts; what they find is compared in memory and never lies on the disk.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from referral_desk.store.names import folded, foldings, is_arabic, skeletons, visible

SHORTEST_PHONE, COMPARED_DIGITS = 7, 8
"""Country and trunk prefixes are written or not: the last eight digits tell a number from every other."""

_PHONE = re.compile(r"\+?\d(?:[\s().,/\-–]*\d){6,18}")
_EMAIL = re.compile(r"[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+")
_WORD = re.compile(r"[^\W_]+")
_HOUSE = re.compile(r"\d{1,4}[a-z]?")
_STREETS = "street st str ulica ul br broj no nr number num rruga bulevar bul boulevard avenue ave road rd apt stan kat"
_MEANINGLESS = frozenset(_STREETS.split())

Form = frozenset[str]
"""Every reading of one word, that of its consonants included."""


class Fits(IntEnum):
    """How surely a text speaks of somebody: many people share a name, and nobody a number."""

    NOT = 0
    BY_NAME = 1
    SURELY = 2


@dataclass(frozen=True)
class Signs:
    """What a text holds: phones and e-mails in one form each, and its words, each in every reading."""

    phones: frozenset[str]
    emails: frozenset[str]
    words: tuple[Form, ...]


@dataclass(frozen=True)
class Known:
    """Somebody to be warned of: numbers, and each name and address for itself."""

    phones: frozenset[str]
    emails: frozenset[str]
    names: tuple[tuple[Form, ...], ...]
    addresses: tuple[frozenset[str], ...]


def signs_of(text: str) -> Signs:
    return Signs(phones(text), emails(text), tuple(reading(word) for word in _WORD.findall(visible(text))))


def known(*, names: Iterable[str], addresses: Iterable[str], others: Iterable[str] = ()) -> Known:
    """What is recorded of one person; phones and e-mails are found in whatever text they stand.

    `names` may hold several, parted by commas, semicolons or lines.
    """
    names, addresses = list(names), list(addresses)
    every = " \n ".join([*names, *addresses, *others])
    called = [part for text in names for part in re.split(r"[,;/\n]", text) if part.strip()]
    return Known(
        phones=phones(every),
        emails=emails(every),
        names=tuple(words for name in called if (words := _name(name))),
        addresses=tuple(found for text in addresses if (found := address(text))),
    )


def phones(text: str) -> frozenset[str]:
    """The phone numbers in a text by their last digits, in the digits of any script, in any grouping."""
    found = ("".join(filter(str.isdigit, number)).lstrip("0") for number in _PHONE.findall(own_digits(text)))
    return frozenset(digits[-COMPARED_DIGITS:] for digits in found if len(digits) >= SHORTEST_PHONE)


def own_digits(text: str) -> str:
    """A text as everybody sees it, with digits in place of those of other scripts."""
    return "".join(map(_digit, visible(text)))


def emails(text: str) -> frozenset[str]:
    return frozenset(found.casefold() for found in _EMAIL.findall(visible(text)))


@lru_cache(maxsize=30_000)
def reading(word: str) -> Form:
    """All that a word may be another way of writing of; consonants alone are compared across scripts."""
    plain = folded(word)
    other = "\x02" if is_arabic(plain) else "\x01"
    mine = "\x01" if is_arabic(plain) else "\x02"
    heard = {f"{mine}{found}" for found in skeletons(plain)} | {f"?{other}{found}" for found in skeletons(plain)}
    return frozenset({*foldings(word), *heard})


def is_same_word(one: Form, other: Form) -> bool:
    """Whether two words are one name, within a script by their letters, across scripts by what is heard."""
    plain = {form for form in one if not form.startswith(("\x01", "\x02", "?"))}
    if plain & other:
        return True
    return any(form.startswith("?") and form[1:] in other for form in one)


def address(text: str) -> frozenset[str]:
    """The words of an address that has a street and a house number; empty where it is too vague to be one."""
    words = [folded(word) for word in _WORD.findall(visible(text))]
    kept = {word for word in words if word not in _MEANINGLESS and (not word.isdigit() or len(word) <= 4)}
    has_house = any(_HOUSE.fullmatch(word) for word in kept)
    return frozenset(kept) if has_house and any(len(w) > 2 and w.isalpha() for w in kept) else frozenset()


def fits(told: Signs, text: str, one: Known) -> Fits:
    """Whether a text speaks of somebody known: by the same number or house, or by the whole name."""
    if told.phones & one.phones or told.emails & one.emails:
        return Fits.SURELY
    if one.addresses and any(_is_same_house(address(text), other) for other in one.addresses):
        return Fits.SURELY
    return Fits.BY_NAME if any(_holds_name(told.words, name) for name in one.names) else Fits.NOT


def _holds_name(words: tuple[Form, ...], name: tuple[Form, ...]) -> bool:
    """A name of several words may stand anywhere in a text; one of a single word must be all there is."""
    if len(name) == 1 and len(words) != 1:
        return False
    return all(any(is_same_word(part, word) for word in words) for part in name)


def _is_same_house(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one and other) and (one <= other or other <= one)


def _name(text: str) -> tuple[Form, ...]:
    words = [word for word in _WORD.findall(visible(text)) if not any(sign.isdigit() for sign in word)]
    return tuple(reading(word) for word in words if len(word) > 1)


def _digit(sign: str) -> str:
    return str(unicodedata.decimal(sign, sign))


def is_named_in(name: str, text: str) -> bool:
    """Whether a name stands in a text, in whatever script and spelling."""
    return fits(signs_of(text), text, known(names=[name], addresses=[])) is not Fits.NOT
