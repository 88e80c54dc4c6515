"""The whole list of the field: every rule with its severity and its stories; and what no rule may do."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest

from referral_desk.nrm.case import KINDS
from referral_desk.nrm.fields import Reach
from referral_desk.nrm.safeguards import SAFEGUARDS, Safeguard, Severity
from referral_desk.nrm.terms import Track
from tests.stories import TOLD

HERE = Path(__file__).parent

SEVERITIES = {
    "X": "BBBBWBIWBI",
    "I": "BBIIWWWBIW",
    "F": "WWIWBBWI",
    "A": "WBWWWWI",
    "K": "WBIWWW",
    "R": "BBBWWBWWIBW",
    "T": "BBBBBBWWBWIW",
    "C": "WBBWBWIB",
    "Z": "BWIBWWIW",
    "N": "BBW",
}
"""The severities of section after section, rule after rule; N is what the directory guards."""

LIST = {f"{section}{at}": severity for section, row in SEVERITIES.items() for at, severity in enumerate(row, 1)}

TOLD_ELSEWHERE = {
    "X3": "tests/test_declarations.py::test_only_what_is_coded_is_counted",
    "X4": "tests/test_store.py::test_without_the_seal_names_are_neither_read_nor_written",
    "X5": "tests/letters/test_letters_linter.py::",
    "X7": "tests/test_pathway.py::test_why_there_is_no_answer_is_not_the_same_as_no",
    "I3": "tests/test_screening.py::test_dimensions_make_the_published_patterns",
    "I4": "tests/test_screening.py::test_of_a_child_exploitation_is_enough_and_means_are_not_asked_for",
    "F3": "tests/test_periods.py::test_three_months_are_not_ninety_days",
    "F8": "tests/rules/test_the_list.py::test_whether_somebody_speaks_to_the_authorities_is_sealed_and_gates_nothing",
    "A7": "tests/test_safeguards.py::test_x2_assistance_is_not_ended_for_silence",
    "K3": "tests/rules/test_risk.py::test_k3_dangers_add_up_to_a_level_and_who_judges_otherwise_says_why",
    "R9": "tests/test_declarations.py::",
    "R11": "tests/letters/",
    "T11": "tests/test_due.py::test_a_return_is_followed_for_a_year_and_silence_is_not_the_end",
    "C8": "tests/test_declarations.py::test_a_sealed_answer_has_no_column",
    "Z3": "tests/test_due.py::test_of_a_closed_case_only_what_does_not_end_with_it_is_due",
    "Z4": "tests/test_erasure.py::",
    "Z7": "tests/test_access.py::",
    "Z8": "tests/test_backups.py::",
}
"""Rules that something else holds, and where that is tested."""


def by_id(id_: str) -> list[Safeguard]:
    return [guard for guard in SAFEGUARDS if guard.id == id_]


@pytest.mark.parametrize("id_", LIST)
def test_the_whole_list_is_there_with_its_severity(id_: str) -> None:
    stated = by_id(id_)

    assert stated, f"{id_} is missing"
    assert LIST[id_] in {guard.severity.value for guard in stated}
    assert all(guard.sentence.endswith((".", "?")) and guard.source for guard in stated)


def test_there_is_no_rule_beside_the_list() -> None:
    assert {guard.id for guard in SAFEGUARDS} == set(LIST)


@pytest.mark.parametrize("id_", LIST)
def test_every_rule_has_its_stories(id_: str) -> None:
    """Two for a rule with a condition; for one that something else holds, the test of that."""
    for stories in ("tests.test_safeguards", *(f"tests.rules.{file.stem}" for file in HERE.glob("test_*.py"))):
        importlib.import_module(stories)
    if any(guard.holds for guard in by_id(id_)):
        assert TOLD[id_, True], f"no story in which {id_} holds"
        assert TOLD[id_, False], f"no story in which {id_} does not hold"
        return
    file, _colons, name = TOLD_ELSEWHERE[id_].partition("::")
    place = HERE.parent.parent / file
    assert place.exists()
    assert not name or f"def {name}" in place.read_text(encoding="utf-8")


def test_overrides_stand_only_where_the_list_lets_them() -> None:
    assert {guard.id for guard in SAFEGUARDS if guard.otherwise} == {"X1", "I8", "R1", "R2", "R10"}


def test_no_rule_of_a_step_that_helps_speaks_of_cooperation_decisions_or_status() -> None:
    """Parallel tracks gate no help: what blocks there is consent, privacy, and the person's own agreement."""
    words = re.compile(r"cooperat|testif|authorit|convict|status|decision|permit|identif", re.IGNORECASE)
    helping = [kind for kind in KINDS.values() if kind.track in (Track.ASSISTANCE, Track.REFERRAL, Track.INCLUSION)]

    for guard in SAFEGUARDS:
        if guard.kind in helping and guard.severity is Severity.BLOCK and guard.on_what != "assistance_end":
            assert not words.search(guard.sentence), guard.id


def test_no_rule_stands_in_the_way_of_help_itself() -> None:
    blocked = {guard.on_what for guard in SAFEGUARDS if guard.severity is Severity.BLOCK}
    free = {"assistance", "service", "stay", "needs", "plan", "interview", "consent", "rights", "remedies", "risk"}

    assert blocked.isdisjoint(free | {"reflection", "first_contact", "safety_plan", "guardian", "reopening"})


def test_whether_somebody_speaks_to_the_authorities_is_sealed_and_gates_nothing() -> None:
    questions = [q for q in KINDS["speaking"].questions if q.name != "day"]

    assert {q.reach for q in questions} == {Reach.SEALED}
    assert "speaking" not in {guard.on_what for guard in SAFEGUARDS}
