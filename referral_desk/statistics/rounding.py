"""Rounding all tables of a block together: every figure a multiple of the base, less than the base from the truth.

Which way a figure goes is drawn with odds that even out, from a key: the same key, block and truth give the same
figures. `program` finds the way together with invented people who fit all tables; `certificate` adds them up.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import product

import numpy as np

from referral_desk.statistics import folding, program
from referral_desk.statistics.families import Cells, Codes, Family, Names
from referral_desk.statistics.folding import Limit
from referral_desk.statistics.program import Lists, Match, Problem, Way

_UNWANTED = 5.0
"""The cost of a figure that is higher than the limit of those in it; others cost between -1 and 1."""

Draw = Callable[[Names, Codes], float]
"""A number from 0 to 1 for a place, always the same."""


@dataclass(frozen=True)
class Rounded:
    """The figures, and how many invented people stand in each cell of each clique so that all tables fit."""

    figures: Cells
    tree: tuple[Names, ...]
    people: tuple[np.ndarray, ...]


def drawn(key: bytes, about: str) -> Draw:
    """What decides which way a figure is rounded: a function of a key, of what is rounded, and of the place."""
    mac = hmac.new(key, about.encode(), "sha256")

    def draw(names: Names, codes: Codes) -> float:
        own = mac.copy()
        own.update("\x1f".join((*names, *codes)).encode())
        return int.from_bytes(own.digest()[:6], "big") / 2**48

    return draw


def rounded(
    family: Family,
    lists: Lists,
    exact: Cells,
    draw: Draw,
    *,
    fixed: Cells | None = None,
    match: Match | None = None,
) -> Rounded:
    """Round the tables of a family, which are counted by the categories shown.

    `fixed` holds tables that are published already and stay as they are; whom the people must `match` says `joint`.
    NoRounding where there is no solution, FamilyTooLarge, or RoundingMissing where this computer has no HiGHS.
    """
    ways = {
        names: _fixed(fixed[names], family.base)
        if fixed and names in fixed
        else _ways(family, names, exact[names], draw, lists)
        for names in family.published
    }
    return _solved(Problem(family, lists, ways, match))


def invented(family: Family, lists: Lists, figures: Cells, draw: Draw) -> Rounded:
    """Other people who fit the published figures, drawn from nothing but these figures."""
    ways = {names: _fixed(figures[names], family.base) for names in family.published}
    return _solved(Problem(family, lists, ways, wish=draw))


def _solved(problem: Problem) -> Rounded:
    people = program.solved(problem)
    figures = {
        names: _summed(names, people[home], problem.tree[home], problem.lists) for names, home in problem.homes.items()
    }
    return Rounded(figures, problem.tree, people)


def _summed(names: Names, people: np.ndarray, clique: Names, lists: Lists) -> dict[Codes, int]:
    """A table of the people; that it is what was to be published, `certificate` checks."""
    sums = people.sum(axis=tuple(at for at, name in enumerate(clique) if name not in names))
    return dict(zip(product(*(lists[name] for name in names)), map(int, np.ravel(sums)), strict=True))


def _ways(family: Family, names: Names, table: Mapping[Codes, int], draw: Draw, lists: Lists) -> dict[Codes, Way]:
    limits = folding.limits(family, names[0], lists[names[0]]) if len(names) == 1 else {}
    return {
        codes: _way(true, family.base, draw(names, codes), limits.get(codes[0]) if limits else None)
        for codes, true in table.items()
    }


def _way(true: int, base: int, chance: float, limit: Limit | None) -> Way:
    low, rest = divmod(true, base)
    if rest and limit and low * base <= limit.highest < (low + 1) * base:
        return Way(low, None if limit.must else _UNWANTED)
    return Way(low, chance - rest / base if rest else None)


def _fixed(table: Mapping[Codes, int], base: int) -> dict[Codes, Way]:
    return {codes: Way(figure // base) for codes, figure in table.items()}
