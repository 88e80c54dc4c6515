"""Rounding all tables of a block together: every figure a multiple of the base, less than the base from the truth.

One integer program (HiGHS) holds the cells of all cliques as numbers of invented people, and rounds each published
figure down or up so that those people fit. Which way is drawn with odds that even out, from a key: the same key,
block and truth give the same figures. The answer of the program is believed only after `certificate` has added it up.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import Any

import numpy as np

from referral_desk.errors import NoRounding, RoundingMissing
from referral_desk.statistics.families import Cells, Codes, Family, Names, check_size, cliques, separators

Lists = Mapping[str, Codes]
"""The categories shown, by dimension."""

Draw = Callable[[Names, Codes], float]
"""A number from 0 to 1 for a place, always the same."""

NODES = 2_000
"""Where the search stops and takes the best it has: a number of steps, because a time would differ by computer."""

GAP = 0.02
"""How far from the best possible a result may be. It concerns the error alone, never the safety."""


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
    family: Family, lists: Lists, exact: Cells, draw: Draw, *, fixed: Cells | None = None, within: Cells | None = None
) -> Rounded:
    """Round the tables of a family, which are counted by the categories shown.

    `fixed` holds tables that are published already and stay as they are; `within` holds figures that must not be
    exceeded: there are no more closures than cases. NoRounding where there is no solution, FamilyTooLarge, or
    RoundingMissing where this computer has no HiGHS.
    """
    program = Program(family, lists)
    for names in family.published:
        for codes, true in exact[names].items():
            if fixed and names in fixed:
                program.publish(names, codes, fixed[names][codes] // family.base)
                continue
            low, rest = divmod(true, family.base)
            room = within.get(names, {}).get(codes, true + family.base) // family.base - low if within else 1
            if room < 0:
                raise NoRounding
            may_rise = bool(rest and room)
            cost = draw(names, codes) - rest / family.base if may_rise else None
            program.publish(names, codes, low, cost=cost)
    return program.solved()


def invented(family: Family, lists: Lists, figures: Cells, draw: Draw) -> Rounded:
    """Other people who fit the published figures, drawn from nothing but these figures."""
    program = Program(family, lists)
    for names in family.published:
        for codes, figure in figures[names].items():
            program.publish(names, codes, figure // family.base)
    program.wish(draw)
    return program.solved()


class Program:
    """The integer program of one block: people in the cells of cliques, then a yes or no for each figure."""

    def __init__(self, family: Family, lists: Lists) -> None:
        sizes = {name: len(codes) for name, codes in lists.items()}
        check_size(family, sizes)
        self.family, self.lists = family, lists
        self.tree = tuple(cliques(family.tables, sizes)) or ((),)
        self.shapes = [tuple(sizes[name] for name in clique) for clique in self.tree]
        starts = np.cumsum([0, *(prod(shape) for shape in self.shapes)])
        self.cells = [np.arange(starts[at], starts[at + 1]).reshape(shape) for at, shape in enumerate(self.shapes)]
        self.people = int(starts[-1])
        self.costs = [0.0] * self.people
        self.most = [np.inf] * self.people
        self.rows: list[tuple[np.ndarray, list[tuple[int, float]], float]] = []
        self.ways: dict[tuple[Names, Codes], tuple[int, int | None]] = {}
        self._groups: dict[Names, np.ndarray] = {}
        self._forbid_the_impossible()
        self._tie_cliques_together()

    def publish(self, names: Names, codes: Codes, low: int, *, cost: float | None = None) -> None:
        """A figure is `low` times the base; with a cost it may be one more, which then costs so much."""
        column = None
        if cost is not None:
            column = len(self.costs)
            self.costs.append(cost)
            self.most.append(1.0)
        self.ways[names, codes] = low, column
        base = float(self.family.base)
        self.rows.append((self._members(names, codes), [(column, -base)] if column is not None else [], low * base))

    def wish(self, draw: Draw) -> None:
        """Prefer some people to others, as the key has it, where the figures leave it open."""
        for clique, cells in zip(self.tree, self.cells, strict=True):
            for column, codes in zip(cells.flat, product(*(self.lists[name] for name in clique)), strict=True):
                self.costs[column] = draw(clique, codes)

    def solved(self) -> Rounded:
        columns = _solve(self)
        base = self.family.base
        figures: dict[Names, dict[Codes, int]] = {}
        for (names, codes), (low, column) in self.ways.items():
            one_more = column is not None and columns[column]
            figures.setdefault(names, {})[codes] = (low + bool(one_more)) * base
        people = tuple(columns[cells] for cells in self.cells)
        return Rounded(figures, self.tree, people)

    def _members(self, names: Names, codes: Codes) -> np.ndarray:
        """The columns of the people who are counted in a figure."""
        at, axes = self._home(names)
        places = [self.lists[name].index(code) for name, code in zip(names, codes, strict=True)]
        index: list[Any] = [slice(None)] * len(self.shapes[at])
        for axis, place in zip(axes, places, strict=True):
            index[axis] = place
        return np.asarray(self.cells[at][tuple(index)]).ravel()

    def _home(self, names: Names) -> tuple[int, list[int]]:
        """The smallest clique that holds some dimensions, and where they stand in it."""
        holding = [at for at, clique in enumerate(self.tree) if set(names) <= set(clique)]
        at = min(holding, key=lambda one: prod(self.shapes[one]))
        return at, [self.tree[at].index(name) for name in names]

    def _tie_cliques_together(self) -> None:
        """Where two cliques share dimensions they tell of the same people."""
        for place, (at, shared) in enumerate(separators(self.tree), 1):
            for codes in product(*(self.lists[name] for name in shared)):
                here, there = (self._part(one, shared, codes) for one in (place, at))
                self.rows.append((here, [(int(column), -1.0) for column in there], 0.0))

    def _part(self, at: int, shared: Names, codes: Codes) -> np.ndarray:
        index: list[Any] = [slice(None)] * len(self.shapes[at])
        for name, code in zip(shared, codes, strict=True):
            index[self.tree[at].index(name)] = self.lists[name].index(code)
        return np.asarray(self.cells[at][tuple(index)]).ravel()

    def _forbid_the_impossible(self) -> None:
        for rule in self.family.impossible:
            for at, clique in enumerate(self.tree):
                known = rule.one_code in self.lists.get(rule.one, ()) and rule.other_code in self.lists.get(
                    rule.other, ()
                )
                if known and {rule.one, rule.other} <= set(clique):
                    for column in self._part(at, (rule.one, rule.other), (rule.one_code, rule.other_code)):
                        self.most[column] = 0.0


def _rows(program: Program) -> Iterator[tuple[np.ndarray, np.ndarray, float]]:
    for members, more, sum_ in program.rows:
        columns = np.concatenate([members, np.array([column for column, _factor in more], dtype=members.dtype)])
        factors = np.concatenate([np.ones(len(members)), np.array([factor for _column, factor in more])])
        yield columns, factors, sum_


def _solve(program: Program) -> np.ndarray:
    """The whole numbers of all columns; NoRounding where there are none or none was found in time."""
    try:
        import highspy
    except ImportError:
        raise RoundingMissing from None
    columns, factors, sums = zip(*_rows(program), strict=True)
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(program.costs), len(sums)
    model.col_cost_ = np.array(program.costs)
    model.col_lower_, model.col_upper_ = np.zeros(len(program.costs)), np.array(program.most)
    model.row_lower_ = model.row_upper_ = np.array(sums)
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = np.cumsum([0, *map(len, columns)])
    model.a_matrix_.index_, model.a_matrix_.value_ = np.concatenate(columns), np.concatenate(factors)
    model.integrality_ = [highspy.HighsVarType.kInteger] * len(program.costs)
    # Its child, the class that is meant for use, greets on standard output, where commands print JSON.
    quiet: Any = highspy.Highs.__base__
    solver = quiet()
    for name, value in _settings().items():
        solver.setOptionValue(name, value)
    solver.passModel(model)
    solver.run()
    found = solver.getSolution()
    if not found.value_valid:
        raise NoRounding
    numbers: np.ndarray = np.rint(np.array(found.col_value)).astype(np.int64)
    return numbers


def _settings() -> dict[str, Any]:
    """One thread, one seed, no clock: what is found depends on nothing of the computer."""
    return {
        "output_flag": False,
        "log_to_console": False,
        "threads": 1,
        "random_seed": 0,
        "mip_max_nodes": NODES,
        "mip_rel_gap": GAP,
        "mip_feasibility_tolerance": 1e-7,
    }
