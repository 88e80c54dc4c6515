"""Errors: each has a sentence that says what to do and an exit code of its own."""

from __future__ import annotations

import re

import pytest

from referral_desk import defects, errors
from referral_desk.errors import DeskError

EVERY = [one for one in vars(errors).values() if isinstance(one, type) and issubclass(one, DeskError)]


def test_exit_codes_are_unique() -> None:
    codes = [one.exit_code for one in EVERY]

    assert len(EVERY) > 100
    assert len(set(codes)) == len(codes)


def test_the_number_of_a_defect_is_no_errors_and_none_that_a_shell_gives() -> None:
    taken = {one.exit_code for one in EVERY} | {0, 1, 2, 130}

    assert defects.CODE not in taken


@pytest.mark.parametrize("error", EVERY, ids=lambda error: error.__name__)
def test_a_sentence_says_what_to_do(error: type[DeskError]) -> None:
    if issubclass(error, errors.SafeguardsUnmet):
        return
    named = re.findall(r"%\((\w+)\)s", error.sentence)

    said = str(error(**dict.fromkeys(named, "…")))

    assert said.rstrip("…").endswith((".", ": "))
    assert "%" not in said
