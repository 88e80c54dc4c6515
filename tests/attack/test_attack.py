"""The attacker on one small desk; and that she would find something if it were there."""

from __future__ import annotations

from random import Random
from typing import Any

import numpy as np
import pytest

from tests.attack import attacks, reading
from tests.attack.__main__ import attack, lines
from tests.attack.model import Model
from tests.attack.reading import Export


def published(tables: dict[tuple[str, ...], Any]) -> Export:
    lists = {"sex": ["F", "M"], "form": ["SEX", "LAB"]}
    arrays = {names: np.array(table) for names, table in tables.items()}
    return Export("2026-01-01", 5, lists, arrays, set(), {})


def test_nothing_is_found_on_a_small_desk(tmp_path):
    found = attack(tmp_path, cases=150, seed=1, trials=3, times=2)

    assert found.is_safe, lines("150 cases", 1, found, 0)
    assert found.asked > 0
    assert found.planted == 3


def test_figures_rounded_one_by_one_are_narrowed_down():
    """Two women and two men, each number 4, each rounded to 5, and the total rounded by itself to 20."""
    export = published({(): 20, ("sex",): [5, 5], ("form",): [5, 5], ("sex", "form"): [[0, 0], [0, 0]]})

    low, high = Model(export).range_of(("sex",), (0,))

    assert high - low < 4


def test_a_person_who_shows_in_the_difference_would_be_found():
    before, after = (published({(): number, ("sex",): [number, 0]}) for number in (10, 11))
    difference = dict.fromkeys(("sex",), after.tables["sex",] - before.tables["sex",])

    assert difference["sex"].tolist() == [1, 0]


@pytest.mark.parametrize(("table", "wrong"), [([[5, 0], [0, 5]], 0), ([[5, 5], [0, 5]], 2)])
def test_wrong_sums_are_counted(table, wrong):
    export = published({(): 10, ("sex",): [5, 5], ("form",): [5, 5], ("sex", "form"): table})

    assert reading.wrong_sums(export)[0] == wrong


def test_a_truth_outside_the_range_would_be_told():
    export = published({(): 10, ("sex",): [5, 5], ("form",): [5, 5], ("sex", "form"): [[5, 0], [0, 5]]})
    true = {names: table + 20 for names, table in export.tables.items()}
    true["sex", "form"] = np.array([[3, 3], [3, 3]])
    true["sex",], true["form",], true[()] = np.array([30, 30]), np.array([30, 30]), np.array(60)

    found = attacks.single([export], [true], Random(1), ask=10)

    assert found.farthest > 4
    assert not found.passes
