"""Folding: a category with too few cases in a block is counted in its parent, and has no line of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product

from referral_desk.statistics.families import NO, REMAINDER, UNKNOWN, Cells, Dimension, Family

NOBODYS_ANSWER = ([NO], [UNKNOWN])
"""What may be all others by itself: that it is small says of nobody what she or he is."""

Folded = Mapping[str, Mapping[str, str]]
"""By dimension: the category under which each code of the list is counted."""


def folded(family: Family, exact: Cells, *, alone: bool = True) -> Folded:
    """Where each code is counted, by the exact numbers of cases with it.

    With `alone` nobody's answer may be all others by itself. Where that leaves no way to round, ask without.
    """
    totals = {one.name: {code: exact[one.name,].get((code,), 0) for code in one.codes} for one in family.dimensions}
    return {one.name: _folded(one, totals[one.name], family, alone=alone) for one in family.dimensions}


def shown(dimension: Dimension, where: Mapping[str, str]) -> tuple[str, ...]:
    """The categories that get a line, in the order of the list, parents and the remainder after them."""
    return lines(dimension, [where.values()])


def lines(dimension: Dimension, having: Iterable[Iterable[str]]) -> tuple[str, ...]:
    """The categories that have a line anywhere, in that order."""
    used = set().union(*having)
    own = [code for code in dimension.codes if code in used]
    above = dict.fromkeys(code for one in dimension.codes for code in dimension.line(one)[1:] if code in used)
    return (*own, *sorted(above, key=lambda code: code == REMAINDER))


def category_of(dimension: Dimension, categories: Iterable[str]) -> dict[str, str]:
    """Where each code is counted, told by the categories shown: its own line, or the nearest above it."""
    lines = set(categories)
    return {code: next(at for at in dimension.line(code) if at in lines) for code in dimension.codes}


def members(dimension: Dimension, categories: Iterable[str]) -> dict[str, list[str]]:
    """The codes that are counted under each category; under some there may be none."""
    found: dict[str, list[str]] = {code: [] for code in categories}
    for code, at in category_of(dimension, found).items():
        found[at].append(code)
    return found


def counted_under(family: Family, exact: Cells, where: Folded) -> dict[tuple[str, ...], dict[tuple[str, ...], int]]:
    """The exact tables with every case under the category that is shown, places of nobody included."""
    lists = {one.name: shown(one, where[one.name]) for one in family.dimensions}
    found = {}
    for names in family.published:
        cells = Counter(dict.fromkeys(product(*(lists[name] for name in names)), 0))
        for codes, number in exact[names].items():
            cells[tuple(where[name][code] for name, code in zip(names, codes, strict=True))] += number
        found[names] = dict(cells)
    return found


def _folded(dimension: Dimension, totals: Mapping[str, int], family: Family, *, alone: bool) -> dict[str, str]:
    where = {code: code for code in dimension.codes}
    kept = sorted(dimension.codes, key=lambda code: -totals[code])[: dimension.at_most]
    small = {code for code in dimension.codes if totals[code] < family.fewest or code not in kept}
    while small:
        where = {code: dimension.parent(at) if at in small else at for code, at in where.items()}
        sums = _sums(where, totals)
        small = {at for at in set(where.values()) - set(dimension.codes) - {REMAINDER} if sums[at] < family.fewest}
    return _with_room(dimension, where, totals, family, alone=alone and _may_stand_alone(family))


def _with_room(
    dimension: Dimension, where: dict[str, str], totals: Mapping[str, int], family: Family, *, alone: bool
) -> dict[str, str]:
    """Fold one more where a group is so full that its members' limit would say how many they are.

    Each folded code has less than ten: of three codes with 25 in all it would be known that none has 5 or less. One
    alone would not be folded at all, unless it is nobody's answer.
    """
    for at in [code for code in dict.fromkeys(where.values()) if code not in dimension.codes]:
        members = [code for code, under in where.items() if under == at]
        if alone and members in NOBODYS_ANSWER:
            continue
        if len(members) == 1 or sum(totals[code] for code in members) >= _highest(family, members) + family.base:
            beside = [code for code, under in where.items() if code == under and dimension.parent(code) == at]
            if beside:
                where[min(beside, key=lambda code: totals[code])] = at
    return where


@dataclass(frozen=True)
class Limit:
    """The highest figure of what was folded: with base - 1 persons more each code still has less than ten.

    It `must` be kept by one that stands alone; of several the limit leaves room enough, and it is better kept.
    """

    highest: int
    must: bool


def limits(family: Family, name: str, categories: Iterable[str]) -> dict[str, Limit]:
    """The limit of each category that holds what was folded, where its members have no more than they may."""
    dimension = family.by_name[name]
    held = members(dimension, categories)
    groups = {code: those for code, those in held.items() if those and code not in dimension.codes}
    return {code: Limit(_highest(family, those), len(those) == 1) for code, those in groups.items()}


def _highest(family: Family, members: list[str]) -> int:
    if len(members) == 1:
        return family.fewest - family.base
    return (family.fewest - 1) * (len(members) - 1) // family.base * family.base


def _may_stand_alone(family: Family) -> bool:
    """Whether every number under ten can be rounded to one that is not too high."""
    return (family.fewest - family.base) // family.base * family.base + family.base >= family.fewest


def _sums(where: Mapping[str, str], totals: Mapping[str, int]) -> Counter[str]:
    sums: Counter[str] = Counter()
    for code, at in where.items():
        sums[at] += totals[code]
    return sums
