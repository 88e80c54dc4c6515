"""Folding: a category with too few cases in a block is counted in its parent, and has no line of its own."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from itertools import product

from referral_desk.statistics.families import REMAINDER, Cells, Dimension, Family

Folded = Mapping[str, Mapping[str, str]]
"""By dimension: the category under which each code of the list is counted."""


def folded(family: Family, exact: Cells) -> Folded:
    """Where each code is counted, by the exact numbers of cases with it."""
    totals = {one.name: {code: exact[one.name,].get((code,), 0) for code in one.codes} for one in family.dimensions}
    return {one.name: _folded(one, totals[one.name], family) for one in family.dimensions}


def shown(dimension: Dimension, where: Mapping[str, str]) -> tuple[str, ...]:
    """The categories that get a line, in the order of the list, parents and the remainder after them."""
    used = set(where.values())
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


def joined(ways: Iterable[Mapping[str, str]], dimension: Dimension) -> dict[str, str]:
    """One way of folding for blocks that are summed: what any of them counts together is counted together."""
    group = {code: {code} for code in dimension.codes}
    for where in ways:
        together = defaultdict(list)
        for code in dimension.codes:
            together[where[code]].append(code)
        for codes in together.values():
            members = set().union(*(group[code] for code in codes))
            group.update(dict.fromkeys(members, members))
    return {code: _common(group[code], dimension) for code in dimension.codes}


def _common(members: set[str], dimension: Dimension) -> str:
    """The lowest category above all members; of one alone it is itself."""
    lines = [dimension.line(code) for code in members]
    return next(code for code in lines[0] if all(code in line for line in lines))


def _folded(dimension: Dimension, totals: Mapping[str, int], family: Family) -> dict[str, str]:
    where = {code: code for code in dimension.codes}
    kept = sorted(dimension.codes, key=lambda code: -totals[code])[: dimension.at_most]
    small = {code for code in dimension.codes if totals[code] < family.fewest or code not in kept}
    while small:
        where = {code: dimension.parent(at) if at in small else at for code, at in where.items()}
        sums = _sums(where, totals)
        small = {at for at in set(where.values()) - set(dimension.codes) - {REMAINDER} if sums[at] < family.fewest}
    return _with_room(dimension, where, totals, family)


def _with_room(
    dimension: Dimension, where: dict[str, str], totals: Mapping[str, int], family: Family
) -> dict[str, str]:
    """Fold one more where a group is so full that its members' limit would say how many they are.

    Each folded code has less than ten: of three codes with 25 in all it would be known that none has 5 or less.
    """
    for at in [code for code in dict.fromkeys(where.values()) if code not in dimension.codes]:
        members = [code for code, under in where.items() if under == at]
        if sum(totals[code] for code in members) + 2 * family.base > (family.fewest - 1) * len(members):
            beside = [code for code, under in where.items() if code == under and dimension.parent(code) == at]
            if beside:
                where[min(beside, key=lambda code: totals[code])] = at
    return where


def _sums(where: Mapping[str, str], totals: Mapping[str, int]) -> Counter[str]:
    sums: Counter[str] = Counter()
    for code, at in where.items():
        sums[at] += totals[code]
    return sums
