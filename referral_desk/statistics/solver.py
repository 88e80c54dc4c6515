"""HiGHS, and how it is asked: one thread, one seed, a number of steps and no clock.

Then what is found depends on nothing of the computer. It is believed only after `certificate` has added it up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from referral_desk.errors import NoRounding, RoundingMissing

NODES = 300
"""Steps after which the search takes the best it has."""

GAP = 0.02
"""How far from the best possible a result may be. It concerns the error alone, never the safety."""


@dataclass(frozen=True)
class Row:
    """The sum of some columns, each times its factor, lies between two numbers."""

    columns: np.ndarray
    factors: np.ndarray
    low: float
    high: float


def whole_numbers(costs: Sequence[float], most: Sequence[float], rows: Sequence[Row]) -> np.ndarray:
    """The whole numbers, from 0 to the most of each column, that fit all rows and cost little.

    NoRounding where there are none or none was found; RoundingMissing where this computer has no HiGHS.
    """
    try:
        import highspy
    except ImportError:
        raise RoundingMissing from None
    # Its child, the class that is meant for use, greets on standard output, where commands print JSON.
    quiet: Any = highspy.Highs.__base__
    solver = quiet()
    for name, value in _SETTINGS.items():
        solver.setOptionValue(name, value)
    solver.passModel(_model(highspy, costs, most, rows))
    solver.run()
    found = solver.getSolution()
    numbers: np.ndarray = np.rint(np.array(found.col_value)).astype(np.int64)
    if not found.value_valid or not all(_fits(row, numbers) for row in rows):
        raise NoRounding
    return numbers


def _fits(row: Row, numbers: np.ndarray) -> bool:
    """Whether a row holds for the whole numbers themselves; the solver is content with nearly whole ones."""
    return bool(row.low <= (row.factors * numbers[row.columns]).sum() <= row.high)


def _model(highspy: Any, costs: Sequence[float], most: Sequence[float], rows: Sequence[Row]) -> Any:
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(costs), len(rows)
    model.col_cost_ = np.array(costs)
    model.col_lower_, model.col_upper_ = np.zeros(len(costs)), np.array(most)
    model.row_lower_, model.row_upper_ = np.array([row.low for row in rows]), np.array([row.high for row in rows])
    matrix = model.a_matrix_
    matrix.format_ = highspy.MatrixFormat.kRowwise
    matrix.start_ = np.cumsum([0, *(len(row.columns) for row in rows)])
    matrix.index_ = np.concatenate([row.columns for row in rows])
    matrix.value_ = np.concatenate([row.factors for row in rows])
    model.integrality_ = [highspy.HighsVarType.kInteger] * len(costs)
    return model


_SETTINGS: dict[str, Any] = {
    "output_flag": False,
    "log_to_console": False,
    "threads": 1,
    "random_seed": 0,
    "mip_max_nodes": NODES,
    "mip_rel_gap": GAP,
    "mip_lp_solver": "ipm",  # ten times as fast as the simplex method where a table has ten thousand places
    "mip_feasibility_tolerance": 1e-7,
}
