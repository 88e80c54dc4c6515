"""The integer program of some cliques: how many invented people stand in each of their cells, and which way to round.

The cliques of a family form a tree. They are solved one after the other, each with what it shares with those solved
before held fast; where that cannot be, its neighbours are solved again together with it, in the end all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from math import prod
from typing import Any

import numpy as np

from referral_desk.errors import NoRounding
from referral_desk.statistics import folding, solver
from referral_desk.statistics.families import Codes, Family, Names, check_size, cliques, separators
from referral_desk.statistics.solver import Row

Lists = Mapping[str, Codes]
"""The categories shown, by dimension."""


@dataclass(frozen=True)
class Way:
    """A figure is `low` times the base; where it has a cost it may be one more, which then costs so much."""

    low: int
    cost: float | None = None


Ways = Mapping[Names, Mapping[Codes, Way]]


@dataclass(frozen=True)
class Match:
    """Who is counted here was counted elsewhere before: see `joint`.

    `supply` are numbers of people elsewhere; `taken` numbers of which each comes from some of these (by place);
    `cells` says for every figure of the table `names` from which of them its people can come.
    """

    names: Names
    supply: tuple[int, ...]
    taken: tuple[tuple[int, tuple[int, ...]], ...]
    cells: Mapping[Codes, tuple[int, ...]]


@dataclass(frozen=True)
class Problem:
    """What is to be solved: the ways of all figures, the wishes for the people, and whom they must match."""

    family: Family
    lists: Lists
    ways: Ways
    match: Match | None = None
    wish: Any = None

    @cached_property
    def tree(self) -> tuple[Names, ...]:
        # In the order of the family: the lists of a block that was read back stand by the alphabet.
        sizes = {one.name: len(self.lists[one.name]) for one in self.family.dimensions}
        check_size(self.family, sizes)
        return tuple(cliques(self.family.tables, sizes)) or ((),)

    @cached_property
    def ties(self) -> list[tuple[int, int, Names]]:
        """Which cliques hang together (the later, the earlier), and what they share."""
        return [(at, earlier, shared) for at, (earlier, shared) in enumerate(separators(self.tree), 1)]

    @cached_property
    def homes(self) -> Mapping[Names, int]:
        """The first clique that holds a table: there it is decided."""
        return {
            names: next(at for at, clique in enumerate(self.tree) if set(names) <= set(clique)) for names in self.ways
        }

    def shape(self, at: int) -> tuple[int, ...]:
        return tuple(len(self.lists[name]) for name in self.tree[at])

    def around(self, places: Iterable[int], known: Iterable[int]) -> set[int]:
        """Some cliques and those of the known ones that hang on them."""
        found, among = set(places), set(known)
        for one, other, _shared in self.ties:
            if one in places and other in among:
                found.add(other)
            if other in places and one in among:
                found.add(one)
        return found


def solved(problem: Problem) -> tuple[np.ndarray, ...]:
    """The people in the cells of every clique; NoRounding where there are none that fit."""
    people: dict[int, np.ndarray] = {}
    for at in range(len(problem.tree)):
        people |= _with_neighbours(problem, at, people)
    return tuple(people[at] for at in range(len(problem.tree)))


def _with_neighbours(problem: Problem, at: int, people: Mapping[int, np.ndarray]) -> dict[int, np.ndarray]:
    part = {at}
    while True:
        try:
            return Program(problem, sorted(part), people).solved()
        except NoRounding:
            wider = problem.around(part, people)
            if wider == part:
                raise
            part = wider


class Program:
    """The program of a part of the cliques; `people` holds those solved before, of which the others stay."""

    def __init__(self, problem: Problem, part: Sequence[int], people: Mapping[int, np.ndarray]) -> None:
        self.problem = problem
        self.cells: dict[int, np.ndarray] = {}
        self.costs: list[float] = []
        self.most: list[float] = []
        self.rows: list[Row] = []
        for at in part:
            self.cells[at] = self._columns(prod(problem.shape(at))).reshape(problem.shape(at))
        self._wish()
        self._forbid_the_impossible()
        self._tie(people)
        for names, home in problem.homes.items():
            if home in self.cells:
                self._publish(names, home)
        if problem.match and problem.homes[problem.match.names] in self.cells:
            self._match(problem.match)

    def solved(self) -> dict[int, np.ndarray]:
        columns = solver.whole_numbers(self.costs, self.most, self.rows)
        return {at: columns[cells] for at, cells in self.cells.items()}

    def _columns(self, number: int, *, cost: float = 0.0, most: float = np.inf) -> np.ndarray:
        first = len(self.costs)
        self.costs += [cost] * number
        self.most += [most] * number
        return np.arange(first, first + number)

    def _publish(self, names: Names, home: int) -> None:
        base = float(self.problem.family.base)
        for codes, way in self.problem.ways[names].items():
            columns = self._part(home, names, codes)
            factors = np.ones(len(columns))
            if way.cost is not None:
                columns = np.append(columns, self._columns(1, cost=way.cost, most=1.0))
                factors = np.append(factors, -base)
            self.rows.append(Row(columns, factors, way.low * base, way.low * base))

    def _tie(self, people: Mapping[int, np.ndarray]) -> None:
        """Where two cliques share dimensions they tell of the same people."""
        for one, other, shared in self.problem.ties:
            here, there = one in self.cells, other in self.cells
            if (here or one in people) and (there or other in people) and (here or there):
                for codes in product(*(self.problem.lists[name] for name in shared)):
                    self._tie_at(one, other, shared, codes, people)

    def _tie_at(self, one: int, other: int, shared: Names, codes: Codes, people: Mapping[int, np.ndarray]) -> None:
        columns, factors, fixed = [], [], 0
        for at, sign in ((one, 1.0), (other, -1.0)):
            index = self._index(at, shared, codes)
            if at in self.cells:
                columns.append(np.asarray(self.cells[at][index]).ravel())
                factors.append(np.full(len(columns[-1]), sign))
            else:
                fixed -= int(sign) * int(people[at][index].sum())
        self.rows.append(Row(np.concatenate(columns), np.concatenate(factors), fixed, fixed))

    def _match(self, match: Match) -> None:
        """A column for how many of those elsewhere become those here; no more leave than there are."""
        leaving: list[list[int]] = [[] for _number in match.supply]
        for number, places in match.taken:
            self._come(places, leaving, np.zeros(0, dtype=np.int64), number)
        for codes, places in match.cells.items():
            self._come(places, leaving, self._part(self.problem.homes[match.names], match.names, codes), 0)
        for number, flows in zip(match.supply, leaving, strict=True):
            if flows:
                self.rows.append(Row(np.array(flows), np.ones(len(flows)), 0, number))

    def _come(self, places: tuple[int, ...], leaving: list[list[int]], here: np.ndarray, number: int) -> None:
        flows = self._columns(len(places))
        for place, flow in zip(places, flows, strict=True):
            leaving[place].append(int(flow))
        factors = np.concatenate([np.ones(len(flows)), -np.ones(len(here))])
        self.rows.append(Row(np.concatenate([flows, here]), factors, number, number))

    def _wish(self) -> None:
        if self.problem.wish is None:
            return
        for at, cells in self.cells.items():
            clique = self.problem.tree[at]
            lists = (self.problem.lists[name] for name in clique)
            for column, codes in zip(cells.flat, product(*lists), strict=True):
                self.costs[column] = self.problem.wish(clique, codes)

    def _forbid_the_impossible(self) -> None:
        """Nobody is invented who cannot be. Two categories exclude each other if all their codes do."""
        family, lists = self.problem.family, self.problem.lists
        rules = {((one.one, one.one_code), (one.other, one.other_code)) for one in family.impossible}
        for one, other in sorted({(rule.one, rule.other) for rule in family.impossible}):
            here, there = (folding.members(family.by_name[name], lists[name]) for name in (one, other))
            for at in [at for at in self.cells if {one, other} <= set(self.problem.tree[at])]:
                for code, other_code in product(here, there):
                    pairs = product(here[code], there[other_code])
                    if all(((one, leaf), (other, other_leaf)) in rules for leaf, other_leaf in pairs):
                        for column in self._part(at, (one, other), (code, other_code)):
                            self.most[column] = 0.0

    def _part(self, at: int, names: Names, codes: Codes) -> np.ndarray:
        """The columns of the people of a clique who have some codes."""
        return np.asarray(self.cells[at][self._index(at, names, codes)]).ravel()

    def _index(self, at: int, names: Names, codes: Codes) -> tuple[Any, ...]:
        index: list[Any] = [slice(None)] * len(self.problem.tree[at])
        for name, code in zip(names, codes, strict=True):
            index[self.problem.tree[at].index(name)] = self.problem.lists[name].index(code)
        return tuple(index)
