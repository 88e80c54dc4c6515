"""The certificate: invented people, one row each, whose tables are exactly the published ones.

Let `v` be the figures and `T` these people. Add up to base - 1 copies of any one person to T: every figure of T then
is from v to v + base - 1, which the published rule allows, so the truth may be like that. Therefore nobody can show
that a figure is in a narrower range, nor that a person with some set of answers is not among the cases.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from referral_desk.errors import NotCertified
from referral_desk.statistics.families import Cells, Codes, Family, Names, separators
from referral_desk.statistics.program import Lists
from referral_desk.statistics.rounding import Rounded


@dataclass(frozen=True)
class Certificate:
    """That the check was made: how many people were invented, and how many figures their tables gave again.

    `off_by` is the largest distance of a figure from the truth that the rule allows; it says nothing of this block.
    """

    people: int
    figures: int
    off_by: int


@dataclass(frozen=True)
class People:
    """Invented people: a row each, in every column the place of a code in the list of that dimension."""

    names: Names
    lists: Lists
    rows: np.ndarray

    def table(self, names: Names) -> dict[Codes, int]:
        """How many people have these codes together, for every place of the table."""
        columns = [self.rows[:, self.names.index(name)] for name in names]
        shape = tuple(len(self.lists[name]) for name in names)
        flat = np.ravel_multi_index(columns, shape) if names else np.zeros(len(self.rows), dtype=np.int64)
        numbers = np.bincount(flat, minlength=int(np.prod(shape, dtype=np.int64)))
        return dict(zip(product(*(self.lists[name] for name in names)), map(int, numbers), strict=True))

    def digest(self) -> str:
        return hashlib.sha256(self.rows.astype(np.int32).tobytes()).hexdigest()


def people_of(found: Rounded, lists: Lists) -> People:
    """Put people together from the cells of the cliques: who shares with whom what two cliques share is one person."""
    names: list[str] = list(found.tree[0])
    rows = _spread(found.people[0])
    for (_at, shared), clique, cells in zip(separators(found.tree), found.tree[1:], found.people[1:], strict=True):
        more = _spread(cells)
        here = rows[_order(rows, [names.index(name) for name in shared])]
        there = more[_order(more, [clique.index(name) for name in shared])]
        new = [place for place, name in enumerate(clique) if name not in names]
        if len(here) != len(there):
            raise NotCertified
        rows = np.concatenate([here, there[:, new]], axis=1)
        names += [clique[place] for place in new]
    return People(tuple(names), lists, rows)


def certified(
    family: Family, figures: Cells, exact: Cells, people: People, *, among: Sequence[Names] | None = None
) -> Certificate:
    """Add the people up, and hold every figure against them and against the truth; NotCertified where one is off.

    That the tables add up needs no check of its own: all are tables of the same people. With `among` only these
    tables are held against the truth: the others were, when they were frozen.
    """
    _proved(family, figures, people)
    for names in family.published if among is None else among:
        if any(abs(figure - exact[names][codes]) >= family.base for codes, figure in figures[names].items()):
            raise NotCertified
    return _certificate(family, figures, people)


def recertified(family: Family, figures: Cells, people: People) -> Certificate:
    """The same without the truth, for figures that come from elsewhere."""
    _proved(family, figures, people)
    return _certificate(family, figures, people)


def _proved(family: Family, figures: Cells, people: People) -> None:
    for names in family.published:
        if people.table(names) != dict(figures[names]) or any(n % family.base for n in figures[names].values()):
            raise NotCertified


def _certificate(family: Family, figures: Cells, people: People) -> Certificate:
    return Certificate(len(people.rows), sum(len(table) for table in figures.values()), family.base - 1)


def _spread(cells: np.ndarray) -> np.ndarray:
    """A row for every one of the people in the cells of a clique."""
    if (cells < 0).any():
        raise NotCertified
    places = np.indices(cells.shape).reshape(cells.ndim, cells.size).T
    return np.repeat(places, cells.ravel(), axis=0)


def _order(rows: np.ndarray, columns: Sequence[int]) -> np.ndarray:
    if not columns:
        return np.arange(len(rows))
    return np.lexsort([rows[:, column] for column in reversed(columns)])


def as_counter(people: People) -> Counter[Codes]:
    """The people by all their codes, for those who need rows."""
    lists = [people.lists[name] for name in people.names]
    return Counter(tuple(codes[place] for codes, place in zip(lists, row, strict=True)) for row in people.rows.tolist())
