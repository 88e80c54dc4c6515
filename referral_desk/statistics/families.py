"""A family: the tables that are published together, over dimensions whose codes fold into parents.

Everybody who merges figures has the same family; its hash says so. Its tables must be chordal, with chords added
where they are not, and within size: only then can people be invented who fit all tables at once (`certificate`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations
from math import prod
from typing import Any

from referral_desk.errors import FamilyTooLarge, WrongFamily

Names = tuple[str, ...]
"""Names of dimensions, in the order of the family."""

Codes = tuple[str, ...]
"""One code for each of the names."""

Cells = Mapping[Names, Mapping[Codes, int]]
"""Figures by table and place; the table of no dimension holds the total at the place of no code."""

REMAINDER = "*"
"""The root of every code list: all others, and those of whom it is not known."""

YES, NO = "YES", "NO"

UNKNOWN = "?"
"""The code of all who gave no answer, for whatever reason."""

BASES = (3, 5, 10)
FEWEST = 10
"""A category with fewer cases in a block folds into its parent."""

LARGEST = 20_000
"""Cells of all cliques together, beyond which no rounding is attempted."""


@dataclass(frozen=True)
class Dimension:
    """What is counted by: its codes in the order shown, and the parent of each code that has one below the root.

    A question with several answers is one dimension for each of them, named `interview.exploitation=SEX`, with
    the codes YES and NO. `at_most` is how many categories are shown beside their parents in one block.
    """

    name: str
    codes: Codes
    parents: Mapping[str, str] | None = None
    at_most: int = 30

    def parent(self, code: str) -> str:
        """The parent of a code; that of the topmost is the remainder."""
        return (self.parents or {}).get(code, REMAINDER)

    def line(self, code: str) -> Codes:
        """A code, its parent and so on, the remainder last."""
        line = [code]
        while line[-1] != REMAINDER:
            line.append(self.parent(line[-1]))
        return tuple(line)


@dataclass(frozen=True)
class Impossible:
    """Two codes that nobody can have together, whatever the records say: an adult of the age group 0 to 8."""

    one: str
    one_code: str
    other: str
    other_code: str


@dataclass(frozen=True)
class Family:
    """Tables over dimensions, for one kind of case in a period: `intake` when it comes, `closure` when it goes."""

    name: str
    dimensions: tuple[Dimension, ...]
    tables: tuple[Names, ...]
    base: int = 5
    impossible: tuple[Impossible, ...] = ()
    fewest: int = FEWEST

    @cached_property
    def by_name(self) -> Mapping[str, Dimension]:
        return {dimension.name: dimension for dimension in self.dimensions}

    @cached_property
    def hash(self) -> str:
        """Names this version: the same for all who count the same tables in the same way."""
        text = json.dumps(self.as_data(), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()[:32]

    @cached_property
    def published(self) -> tuple[Names, ...]:
        """The tables with all their margins: the total first, then by one dimension, by two and so on."""
        margins = {part for table in self.tables for n in range(len(table) + 1) for part in combinations(table, n)}
        order = {dimension.name: place for place, dimension in enumerate(self.dimensions)}
        return tuple(sorted(margins, key=lambda names: (len(names), [order[name] for name in names])))

    def as_data(self) -> dict[str, Any]:
        """As it stands in a family file."""
        dimensions = [
            {"name": one.name, "codes": list(one.codes), "parents": dict(one.parents or {}), "at_most": one.at_most}
            for one in self.dimensions
        ]
        impossible = [[one.one, one.one_code, one.other, one.other_code] for one in self.impossible]
        return {
            "name": self.name,
            "base": self.base,
            "fewest": self.fewest,
            "dimensions": dimensions,
            "tables": [list(table) for table in self.tables],
            "impossible": impossible,
        }

    def with_table(self, names: Iterable[str]) -> Family:
        """The family with one more table; WrongFamily or FamilyTooLarge where that cannot be."""
        order = [dimension.name for dimension in self.dimensions]
        wanted = set(names)
        table = tuple(name for name in order if name in wanted)
        if not table or len(table) < len(wanted):
            raise WrongFamily
        return self if table in self.published else checked(replace(self, tables=(*self.tables, table)))


def from_data(data: Mapping[str, Any]) -> Family:
    """The family of a family file, checked; WrongFamily where it is none."""
    try:
        dimensions = tuple(
            Dimension(one["name"], tuple(one["codes"]), dict(one["parents"]), int(one["at_most"]))
            for one in data["dimensions"]
        )
        return checked(
            Family(
                name=str(data["name"]),
                dimensions=dimensions,
                tables=tuple(tuple(table) for table in data["tables"]),
                base=int(data["base"]),
                impossible=tuple(Impossible(*one) for one in data["impossible"]),
                fewest=int(data["fewest"]),
            )
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        raise WrongFamily from None


def checked(family: Family) -> Family:
    """The family, if it can be published; WrongFamily or FamilyTooLarge (with the table to drop) if it cannot."""
    known = set(family.by_name)
    is_sound = (
        family.base in BASES
        and family.fewest >= family.base
        and len(known) == len(family.dimensions)
        and all(0 < len(table) <= 3 and set(table) <= known for table in family.tables)
        and all(list(table) == [name for name in family.by_name if name in table] for table in family.tables)
        and all(_is_sound(dimension) for dimension in family.dimensions)
    )
    if not is_sound:
        raise WrongFamily
    check_size(family, {one.name: min(len(one.codes), one.at_most + 2) for one in family.dimensions})
    return family


def check_size(family: Family, sizes: Mapping[str, int]) -> None:
    """FamilyTooLarge where the cliques have too many cells; it names the table that should go."""
    if clique_cells(family.tables, sizes) <= LARGEST:
        return
    left = {drop: clique_cells([one for one in family.tables if one != drop], sizes) for drop in family.tables}
    worst, _cells = min(left.items(), key=lambda item: item[1])
    from referral_desk.statistics import labels

    raise FamilyTooLarge(table=labels.table(worst), cells=LARGEST)


def clique_cells(tables: Sequence[Names], sizes: Mapping[str, int]) -> int:
    """How many cells the cliques of tables have."""
    return sum(prod(sizes[name] for name in clique) for clique in cliques(tables, sizes))


def cliques(tables: Sequence[Names], sizes: Mapping[str, int]) -> list[Names]:
    """The largest sets of dimensions that hang together once chords are added, so that they form a tree.

    In such an order that each but the first shares with those before it what it shares with one of them.
    """
    neighbours: dict[str, set[str]] = {name: set() for table in tables for name in table}
    for one, other in (pair for table in tables for pair in combinations(table, 2)):
        neighbours[one].add(other)
        neighbours[other].add(one)
    found = [frozenset({name, *around}) for name, around in _eliminated(neighbours, sizes)]
    largest = [one for one in found if not any(one < other for other in found)]
    order = {name: place for place, name in enumerate(sizes)}
    return [tuple(sorted(clique, key=order.__getitem__)) for clique in _as_tree(dict.fromkeys(largest), order)]


def _eliminated(neighbours: dict[str, set[str]], sizes: Mapping[str, int]) -> Iterator[tuple[str, set[str]]]:
    """Take the dimensions out one by one, whichever leaves the smallest clique, and tie its neighbours together."""
    left = {name: set(around) for name, around in neighbours.items()}
    while left:
        name = min(left, key=lambda name: (_missing(left, name), prod(sizes[one] for one in {name, *left[name]}), name))
        around = left.pop(name)
        for one in around:
            left[one] |= around - {one}
            left[one].discard(name)
        yield name, around


def _missing(neighbours: Mapping[str, set[str]], name: str) -> int:
    """How many chords taking a dimension out would add."""
    return sum(other not in neighbours[one] for one, other in combinations(sorted(neighbours[name]), 2))


def _as_tree(found: Iterable[frozenset[str]], order: Mapping[str, int]) -> Iterator[frozenset[str]]:
    """The cliques along a spanning tree of the largest separators (Prim): then the shared dimensions always fit."""
    left = sorted(found, key=lambda clique: sorted(order[name] for name in clique))
    taken: list[frozenset[str]] = []
    while left:
        best = max(left, key=lambda clique: max((len(clique & one) for one in taken), default=0))
        left.remove(best)
        taken.append(best)
        yield best


def separators(tree: Sequence[Names]) -> list[tuple[int, Names]]:
    """For each clique but the first: which earlier clique it hangs on, and the dimensions they share."""
    found = []
    for place, clique in enumerate(tree[1:], 1):
        at = max(range(place), key=lambda earlier: (len(set(clique) & set(tree[earlier])), -earlier))
        found.append((at, tuple(name for name in clique if name in tree[at])))
    return found


def _is_sound(dimension: Dimension) -> bool:
    parents = dimension.parents or {}
    codes = dimension.codes
    is_tree = all(_ends(code, parents) for code in codes)
    return bool(codes) and len(set(codes)) == len(codes) and REMAINDER not in codes and is_tree


def _ends(code: str, parents: Mapping[str, str]) -> bool:
    """Whether the line of parents comes to an end, and does not run in a circle."""
    seen = {code}
    while (code := parents.get(code, REMAINDER)) != REMAINDER:
        if code in seen:
            return False
        seen.add(code)
    return True
