"""A4, both families and all periods at once: whose case was closed came before, and so did everybody before her.

For every set of people by gender and age group the closures so far are no more than the intakes so far. The attacker
writes that down beside the figures and rules of all blocks together, and asks for the range of every small number.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import highspy
import numpy as np

from tests.attack.reading import Export

SHARED = ("person.gender", "person.age_group")

Group = tuple[frozenset[str], frozenset[str]]
"""Codes of gender, and codes of the age group."""


@dataclass
class Block:
    """The shared table of one block: its export, its first column, and the codes in every cell."""

    export: Export
    first: int
    groups: list[Group]


class Jointly:
    """One linear program over the shared tables of all blocks of both families."""

    def __init__(self, intakes: Sequence[Export], closures: Sequence[Export]) -> None:
        self.count = 0
        self.rows: list[tuple[list[int], list[float], float, float]] = []
        self.intakes, self.closures = ([self._block(one) for one in some] for some in (intakes, closures))
        for at, block in enumerate(self.closures):
            before = [one for one in self.intakes if one.export.last <= block.export.last]
            reach = next((one for one in self.intakes if one.export.last >= block.export.last), None)
            came = before if reach is None or reach in before else [*before, reach]
            if came and came[-1].export.last >= block.export.last:
                self._closures_came_before(self.closures[: at + 1], came)
        self.solver: Any = highspy.Highs.__base__()  # type: ignore[misc]
        self.solver.setOptionValue("output_flag", False)
        self.solver.passModel(self._model())

    def range_of(self, block: Block, cell: int) -> tuple[int, int]:
        """The least and the most that the true number of a cell can be."""
        column = block.first + cell
        found = []
        for sense in (highspy.ObjSense.kMinimize, highspy.ObjSense.kMaximize):
            self.solver.changeColCost(column, 1.0)
            self.solver.changeObjectiveSense(sense)
            self.solver.run()
            if self.solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
                raise RuntimeError("the attacker's model has no solution")
            found.append(float(self.solver.getInfo().objective_function_value))
        self.solver.changeColCost(column, 0.0)
        return int(np.ceil(found[0] - 1e-6)), int(np.floor(found[1] + 1e-6))

    def _block(self, export: Export) -> Block:
        lists = [export.lists[name] for name in SHARED]
        held = [export.holds[name] for name in SHARED]
        groups = [(frozenset(held[0][one]), frozenset(held[1][other])) for one, other in product(lists[0], lists[1])]
        block = Block(export, self.count, groups)
        self.count += len(groups)
        cells = np.arange(block.first, self.count).reshape([len(codes) for codes in lists])
        reach = export.base - 1
        for names in ((), SHARED[:1], SHARED[1:], SHARED):
            table = export.tables[names]
            for codes in product(*map(range, table.shape)):
                index: list[Any] = [slice(None)] * 2
                for name, code in zip(names, codes, strict=True):
                    index[SHARED.index(name)] = code
                columns = [int(one) for one in np.ravel(cells[tuple(index)])]
                figure = float(table[codes])
                self.rows.append((columns, [1.0] * len(columns), max(0.0, figure - reach), figure + reach))
        return block

    def _closures_came_before(self, closures: Sequence[Block], intakes: Sequence[Block]) -> None:
        for genders, ages in self._sets(closures, intakes):
            went = [c for block in closures for c in _within(block, genders, ages)]
            came = [c for block in intakes for c in _touching(block, genders, ages)]
            if went:
                self.rows.append((went + came, [1.0] * len(went) + [-1.0] * len(came), -np.inf, 0.0))

    def _sets(self, closures: Sequence[Block], intakes: Sequence[Block]) -> Iterator[Group]:
        every = {group for block in (*closures, *intakes) for group in block.groups}
        genders = {one for one, _age in every} | {frozenset().union(*(one for one, _age in every))}
        ages = {one for _gender, one in every} | {frozenset().union(*(one for _gender, one in every))}
        yield from product(genders, ages)

    def _model(self) -> Any:
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = self.count, len(self.rows)
        lp.col_cost_, lp.col_lower_ = np.zeros(self.count), np.zeros(self.count)
        lp.col_upper_ = np.full(self.count, np.inf)
        lp.row_lower_, lp.row_upper_ = (np.array([row[at] for row in self.rows]) for at in (2, 3))
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = np.cumsum([0, *(len(row[0]) for row in self.rows)])
        lp.a_matrix_.index_ = np.array([column for row in self.rows for column in row[0]])
        lp.a_matrix_.value_ = np.array([factor for row in self.rows for factor in row[1]])
        return lp


def _within(block: Block, genders: frozenset[str], ages: frozenset[str]) -> list[int]:
    """The cells all of whose people are in a set; those of nobody are in any."""
    return [block.first + at for at, (one, other) in enumerate(block.groups) if one <= genders and other <= ages]


def _touching(block: Block, genders: frozenset[str], ages: frozenset[str]) -> list[int]:
    return [block.first + at for at, (one, other) in enumerate(block.groups) if one & genders and other & ages]
