"""Whether two cases may be of one person: said with the reason, never decided here. Pure functions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Any

from referral_desk.errors import DeskError
from referral_desk.nrm.dates import PartialDate
from referral_desk.store.names import folded, foldings, visible
from referral_desk.store.signs import is_same_word, phones, reading
from referral_desk.words import N_, _

SLIP_FROM = 4
"""From how many letters on one slip is forgiven."""
SHORTEST_NUMBER = 5


class Reason(Enum):
    """Why two cases may be of one person, the strongest first."""

    NUMBER = N_("the same number of a document")
    PHONE = N_("the same phone")
    NAME_AND_YEAR = N_("the same name, or but for a slip, and the same year of birth")
    ALIAS = N_("one is called what the other is also called")
    NAME = N_("the same first and last name")

    @property
    def label(self) -> str:
        return _(self.value)


@dataclass(frozen=True)
class Identity:
    """What is known of the person of a case; `years` is from when to when she or he may be born."""

    name: str
    others: str
    years: tuple[int, int] | None
    phones: frozenset[str]
    numbers: frozenset[str]

    @property
    def called(self) -> frozenset[str]:
        """The whole name and every other name, each with its words in one form and order."""
        return frozenset(part for part in (_in_order(self.name), *other_parts(self.others)) if len(part) >= SLIP_FROM)

    @property
    def keys(self) -> frozenset[str]:
        """Under what others are found that may be the same; names are found by the index of names."""
        numbers, called = (f"n {number}" for number in self.numbers), (f"a {part}" for part in self.called)
        return frozenset(self.phones.union(numbers, called))


def identity(person: Mapping[str, Any], documents: tuple[str, ...] = ()) -> Identity:
    """From the written answers of a person and the numbers of her or his documents."""
    name = " ".join(str(person.get(part) or "") for part in ("first_name", "last_name")).strip()
    called = " ".join(str(person.get(part) or "") for part in ("phone", "other_phone"))
    numbers = (bare_number(number) for number in documents)
    return Identity(
        name=name,
        others=str(person.get("other_names") or ""),
        years=_years(str(person.get("date_of_birth") or "")),
        phones=phones(called),
        numbers=frozenset(number for number in numbers if len(number) >= SHORTEST_NUMBER),
    )


def reasons(one: Identity, other: Identity) -> tuple[Reason, ...]:
    """Why the two may be one person, the strongest first; empty where nothing says so."""
    found = {
        Reason.NUMBER: bool(one.numbers & other.numbers),
        Reason.PHONE: bool(one.phones & other.phones),
        Reason.NAME_AND_YEAR: _is_one_year(one, other) and is_same_name(one.name, other.name, slips=1),
        Reason.ALIAS: _is_alias(one, other) or _is_alias(other, one),
        Reason.NAME: _may_be_one_year(one, other) and is_same_name(one.name, other.name, slips=0),
    }
    told = [reason for reason, holds in found.items() if holds]
    return tuple(reason for reason in told if reason is not Reason.NAME or Reason.NAME_AND_YEAR not in told)


def is_same_name(one: str, other: str, *, slips: int) -> bool:
    """Whether two full names are one in any script and order; only where both have at least two words."""
    mine, yours = _words(one), _words(other)
    if min(len(mine), len(yours)) < 2:
        return False
    few, many = sorted((mine, yours), key=len)
    left = list(many)
    for word in few:
        found = next((at for at, it in enumerate(left) if _is_word(word, it, slips)), None)
        if found is None:
            return False
        del left[found]
    return True


def is_like_organisation(one: str, other: str) -> bool:
    """Whether all words that tell of one name stand in the other, in any script, by sound, or but for a slip."""
    mine, yours = _telling(one), _telling(other)
    few, many = sorted((mine, yours), key=len)
    return bool(few) and all(any(_is_word(a, b, 1) or is_same_word(reading(a), reading(b)) for b in many) for a in few)


def _telling(name: str) -> list[str]:
    """Its words but for articles and forms in law; all of them where nothing else is left."""
    words = [word for part in _words(name) for word in part.replace("/", " ").split()]
    return [word for word in words if folded(word).replace(".", "") not in _TELLS_NOTHING] or words


_SAID_OF_MANY = "the a an of for and le la l ltd llc inc gmbh ev doo ad nvo ngo ong onlus srl sa kft i und"
_TELLS_NOTHING = frozenset(_SAID_OF_MANY.split())


def _is_alias(one: Identity, other: Identity) -> bool:
    """Whether what one is also called is the whole name, or another name, of the other."""
    yours = {_in_order(other.name), *other_parts(other.others)}
    return any(len(part) >= SLIP_FROM and part in yours for part in other_parts(one.others))


def other_parts(text: str) -> list[str]:
    """The same, each with its words in one form and order."""
    return [_in_order(part) for part in split_names(text)]


def split_names(text: str) -> list[str]:
    """The other names that stand in a text, as they were written."""
    return text.replace(";", ",").replace("/", ",").split(",")


def _in_order(text: str) -> str:
    return " ".join(sorted(map(folded, _words(text))))


def _is_one_year(one: Identity, other: Identity) -> bool:
    return one.years is not None and other.years is not None and _overlap(one.years, other.years)


def _may_be_one_year(one: Identity, other: Identity) -> bool:
    return one.years is None or other.years is None or _overlap(one.years, other.years)


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _is_word(one: str, other: str, slips: int) -> bool:
    mine, yours = _readings(one), _readings(other)
    if mine & yours:
        return True
    return bool(slips) and min(len(one), len(other)) >= SLIP_FROM and any(is_slip(a, b) for a in mine for b in yours)


@cache
def _readings(word: str) -> frozenset[str]:
    return foldings(word)


def is_slip(one: str, other: str) -> bool:
    """Whether two words differ by one letter that is wrong, missing, too many, or by two that changed places."""
    if abs(len(one) - len(other)) > 1 or one[:1] != other[:1]:
        return False
    at = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    mine, yours = one[at:], other[at:]
    swapped = mine[:2] == yours[1::-1] and mine[2:] == yours[2:]
    return mine[1:] == yours[1:] or mine[1:] == yours or mine == yours[1:] or swapped


def _words(text: str) -> list[str]:
    return [word.strip(".,;") for word in visible(text).replace("-", " ").split() if word.strip(".,;")]


def _years(written: str) -> tuple[int, int] | None:
    if not written:
        return None
    try:
        born = PartialDate.of(written)
    except DeskError:
        return None
    around = 1 if written.endswith("~") else 0
    return born.first.year - around, born.last.year + around


def bare_number(number: str) -> str:
    """The number of a document without what some write between its signs."""
    return "".join(sign for sign in folded(number) if sign.isalnum())
