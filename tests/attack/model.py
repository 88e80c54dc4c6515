"""The attacker's model of one block: every truth that the published figures and rules allow.

Variables are the cells of the cliques of the table graph. A decomposable model is exact: clique tables that agree
where they overlap always come from records. The least and the most of any sum of cells are asked of HiGHS.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, product
from typing import Any

import highspy
import numpy as np

from tests.attack.reading import Export, Names, cliques

DUAL, PRIMAL = 1, 4
"""HiGHS's numbers for its simplex methods. From one question to the next only costs change, so that the primal one
goes on from where it stands; where it loses its way, the dual one begins anew."""


class Model:
    """Asks for the range of a published figure's truth, or of any combination within a clique."""

    def __init__(self, export: Export, *, whole: bool = False) -> None:
        self.export = export
        self.cliques = cliques(list(export.tables)) or [()]
        self.shapes = [tuple(len(export.lists[name]) for name in clique) for clique in self.cliques]
        starts = np.cumsum([0, *(int(np.prod(shape)) for shape in self.shapes)])
        self.cells = [np.arange(starts[at], starts[at + 1]).reshape(shape) for at, shape in enumerate(self.shapes)]
        self.count = int(starts[-1])
        self.solver: Any = highspy.Highs.__base__()  # type: ignore[misc]
        for name, value in {"output_flag": False, "threads": 1}.items():
            self.solver.setOptionValue(name, value)
        self.solver.passModel(self._model(whole=whole))
        self.asked: list[int] = []

    def range_of(self, names: Names, codes: Sequence[int]) -> tuple[int, int]:
        """The least and the most that the true number at this place can be."""
        columns = self._columns(names, codes)
        for column in self.asked:
            self.solver.changeColCost(column, 0.0)
        self.asked = [int(column) for column in columns]
        for column in self.asked:
            self.solver.changeColCost(column, 1.0)
        bounds = [self._optimum(sense) for sense in (highspy.ObjSense.kMinimize, highspy.ObjSense.kMaximize)]
        return int(np.ceil(bounds[0] - 1e-6)), int(np.floor(bounds[1] + 1e-6))

    def is_possible(self, names: Names, codes: Sequence[int]) -> bool:
        """Whether anybody can have these codes by the meaning of the words."""
        told = [(name, self.export.lists[name][code]) for name, code in zip(names, codes, strict=True)]
        return not any(
            (*one, *other) in self.export.impossible or (*other, *one) in self.export.impossible
            for one, other in combinations(told, 2)
        )

    def _optimum(self, sense: Any) -> float:
        self.solver.changeObjectiveSense(sense)
        for strategy in (PRIMAL, DUAL):
            self.solver.setOptionValue("simplex_strategy", strategy)
            self.solver.run()
            if self.solver.getModelStatus() == highspy.HighsModelStatus.kOptimal:
                break
            self.solver.clearSolver()
        else:
            raise RuntimeError("the attacker's model has no solution")
        return float(self.solver.getInfo().objective_function_value)

    def _columns(self, names: Names, codes: Sequence[int]) -> np.ndarray:
        at = next(at for at, clique in enumerate(self.cliques) if set(names) <= set(clique))
        return self._part(at, names, codes)

    def _part(self, at: int, names: Names, codes: Sequence[int]) -> np.ndarray:
        index: list[Any] = [slice(None)] * len(self.cliques[at])
        for name, code in zip(names, codes, strict=True):
            index[self.cliques[at].index(name)] = code
        return np.asarray(self.cells[at][tuple(index)]).ravel()

    def _model(self, *, whole: bool) -> Any:
        rows: list[tuple[np.ndarray, np.ndarray, float, float]] = []
        reach = self.export.base - 1
        for names, table in self.export.tables.items():
            for codes in product(*map(range, table.shape)):
                columns = self._columns(names, codes)
                figure = float(table[codes])
                least, most = self._by_folding(names, codes)
                low, high = max(0.0, figure - reach, least), min(figure + reach, most)
                rows.append((columns, np.ones(len(columns)), low, high))
        rows += self._overlaps()
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = self.count, len(rows)
        lp.col_cost_, lp.col_lower_ = np.zeros(self.count), np.zeros(self.count)
        lp.col_upper_ = self._most()
        lp.row_lower_, lp.row_upper_ = np.array([row[2] for row in rows]), np.array([row[3] for row in rows])
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = np.cumsum([0, *(len(row[0]) for row in rows)])
        lp.a_matrix_.index_ = np.concatenate([row[0] for row in rows])
        lp.a_matrix_.value_ = np.concatenate([row[1] for row in rows])
        if whole:
            lp.integrality_ = [highspy.HighsVarType.kInteger] * self.count
        return lp

    def _by_folding(self, names: Names, codes: Sequence[int]) -> tuple[float, float]:
        """What the rule of folding tells: a line of its own has ten at least, who is alone among all others has less.

        Of several that were folded one may have more, so that their number tells nothing.
        """
        if len(names) != 1 or not (holds := self.export.holds.get(names[0])):
            return 0.0, np.inf
        code, fewest = self.export.lists[names[0]][codes[0]], self.export.fewest
        if code in holds[code]:
            return float(fewest), np.inf
        return 0.0, (fewest - 1.0 if len(holds[code]) == 1 else np.inf)

    def _overlaps(self) -> list[tuple[np.ndarray, np.ndarray, float, float]]:
        """Every two cliques tell the same where they overlap."""
        rows = []
        for here, there in combinations(range(len(self.cliques)), 2):
            shared = tuple(name for name in self.cliques[here] if name in self.cliques[there])
            if not shared:
                continue
            for codes in product(*(range(len(self.export.lists[name])) for name in shared)):
                one, other = self._part(here, shared, codes), self._part(there, shared, codes)
                signs = np.concatenate([np.ones(len(one)), -np.ones(len(other))])
                rows.append((np.concatenate([one, other]), signs, 0.0, 0.0))
        return rows

    def _most(self) -> np.ndarray:
        most = np.full(self.count, np.inf)
        for one, code, other, other_code in self.export.impossible:
            lists = self.export.lists
            for at, clique in enumerate(self.cliques):
                if {one, other} <= set(clique):
                    codes = lists[one].index(code), lists[other].index(other_code)
                    most[self._part(at, (one, other), codes)] = 0.0
        return most
