"""The attacker on one small desk; and that she would find something if it were there."""

from __future__ import annotations

from random import Random
from typing import Any

import numpy as np
import pytest

from tests.attack import attacks, reading
from tests.attack.__main__ import attack, lines
from tests.attack.jointly import SHARED, Jointly
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


def quarter(first: int, women: int) -> Export:
    """A block of one quarter: so many women, of whom it is not known how old they are."""
    shown = {"person.gender": ["F"], "person.age_group": ["*"]}
    held = {"person.gender": {"F": ["F"]}, "person.age_group": {"*": ["CHILD", "ADULT", "?"]}}
    names = [(), SHARED[:1], SHARED[1:], SHARED]
    tables = {one: np.full([1] * len(one), women) for one in names}
    return Export(f"2025-{first:02}-01", 5, shown, tables, set(), held, 1, f"2025-{first + 2:02}-31")


def test_closures_that_were_not_matched_with_intakes_would_give_them_away():
    """Four blocks of 0 with 20 closures say that each 0 was a 4."""
    model = Jointly([quarter(first, 0) for first in (1, 4, 7, 10)], [quarter(10, 20)])

    assert [model.range_of(block, 0) for block in model.intakes] == [(4, 4)] * 4
    assert model.range_of(model.closures[0], 0) == (16, 16)


def test_the_difference_of_two_sums_that_is_no_block_is_told():
    one, two = quarter(1, 10), quarter(4, 10)
    true_sum = ({names: table + two.tables[names] for names, table in one.tables.items()}, one.lists)
    rounded_anew = ({names: table + 5 for names, table in true_sum[0].items()}, one.lists)
    first = (one.tables, one.lists)

    assert attacks.merged([one, two], [first, true_sum]).merged_narrower == 0
    assert attacks.merged([one, two], [first, rounded_anew]).merged_narrower > 0


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
