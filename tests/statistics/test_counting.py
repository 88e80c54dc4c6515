"""What is counted: cases, each where it belongs, and nothing that could not be told in Python as well."""

from __future__ import annotations

import shutil
from collections import Counter
from functools import cache
from itertools import product
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from referral_desk import statistics
from referral_desk.errors import InsideFigures, UnknownQuestion, WrongDimensions
from referral_desk.journal import Entry
from referral_desk.nrm.case import Case, Step
from referral_desk.nrm.consent import Consent
from referral_desk.nrm.fields import Reach
from referral_desk.nrm.person import Person
from referral_desk.statistics import counting, inside
from referral_desk.statistics.counting import Dimension
from tests.cast import days_ago
from tests.crew import ANA, BO, CORA, opened

DIMENSIONS = st.sampled_from(statistics.dimensions())
UNHURRIED = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@cache
def exactly(desk, *names):
    with desk.work(unsealed=False) as work:
        return counting.unprotected(work.session, counting.chosen(names))


def tabled(desk, *names):
    return inside.look(desk, names)


@pytest.fixture(scope="session")
def cases(crowd):
    """Everybody at the desk who lets herself or himself be counted, whole: what no counting ever loads."""
    with crowd.work() as work:
        return [case for case in work.cases(work.case_ids()) if is_willing(case)]


def is_willing(case: Case) -> bool:
    said = [step.status.code for step in case.taken(Consent) if step.scope.code == "STATS"]
    return not said or said[-1] not in ("REFUSED", "WITHDRAWN")


def answers(case: Case, dimension: Dimension) -> set[str]:
    """The codes under which a case is counted, told the slow way."""
    steps: list[Step] = case.taken(dimension.kind)
    name = dimension.question.name
    found = {entry.code for step in steps for entry in getattr(step, name) or ()} if dimension.has_many else set()
    return found or {next((said for step in reversed(steps) if (said := _said(step, name))), "?NOT_ASKED")}


def _said(step: Step, name: str) -> str:
    """What one step says: a code, why there is none, or nothing."""
    answer = getattr(step, name)
    if answer is None:
        return f"?{step.unanswered[name]}" if name in step.unanswered else ""
    return "?NONE" if answer == frozenset() else answer.code


@UNHURRIED
@given(rows=DIMENSIONS, columns=DIMENSIONS)
def test_sql_counts_what_one_would_count_by_hand(crowd, cases, rows, columns):
    assume(rows != columns)

    by_hand = Counter(
        (row, column) for case in cases for row in answers(case, rows) for column in answers(case, columns)
    )

    assert exactly(crowd, rows.name, columns.name).cells == by_hand


@UNHURRIED
@given(dimension=DIMENSIONS)
def test_every_case_stands_in_exactly_one_row_where_there_is_one_answer(crowd, cases, dimension):
    counted = exactly(crowd, dimension.name)

    assert counted.total == len(cases)
    if dimension.has_many:
        assert counted.margins[0].total() >= len(cases)
    else:
        assert counted.margins[0].total() == len(cases)


@settings(UNHURRIED, max_examples=15)
@given(rows=DIMENSIONS, columns=DIMENSIONS)
def test_the_true_figures_are_marked_and_are_what_was_counted(crowd, rows, columns):
    assume(rows != columns)
    table, exact = tabled(crowd, rows.name, columns.name), exactly(crowd, rows.name, columns.name)
    places = product(enumerate(table.row_codes), enumerate(table.column_codes))

    assert all(table.cells[y][x] == exact.cells[row, column] for (y, row), (x, column) in places)
    assert table.note[0].startswith("Not for publication")


def test_who_is_neither_caseworker_nor_coordinator_sees_no_true_figures(crew_desk, tmp_path):
    folder = Path(shutil.copytree(crew_desk, tmp_path / "desk"))
    for passphrase in (ANA, BO):
        with opened(folder, passphrase) as desk:
            assert inside.look(desk, ["person.gender"]).total == 1
    with opened(folder, CORA) as desk, pytest.raises(InsideFigures):
        inside.look(desk, ["person.gender"])


def test_only_what_may_be_counted_is_a_dimension():
    every = statistics.dimensions()

    assert {dimension.question.reach for dimension in every} == {Reach.STATISTICS}
    assert "person.gender" in {dimension.name for dimension in every}
    assert len({dimension.label for dimension in every}) == len(every)


def test_why_there_is_no_answer_is_counted_apart(desk, comes):
    comes(("person", {"gender": "F"}))
    comes(("person", {"gender": "?DECLINED"}))
    comes(("person", {"gender": "?UNK"}))
    comes(("person", {}))
    comes()

    assert exactly(desk, "person.gender").margins[0] == {"F": 1, "?DECLINED": 1, "?UNK": 1, "?NOT_ASKED": 2}


def test_the_latest_word_counts_and_no_former_revision(desk, comes):
    day = (("HIGH", 20), ("LOW", 1), ("EXTREME", 9))
    risks = [("risk", {"purpose": "PERIODIC", "level": level, "day": days_ago(ago).isoformat()}) for level, ago in day]
    case = comes(("person", {"gender": "F"}), *risks)
    with desk.work() as work:
        case = work.case(case.id)
        work.correct(case, case.latest(Person), {"gender": ""}, why="a slip")

    assert exactly(desk, "risk.level").margins[0] == {"LOW": 1}
    assert exactly(desk, "person.gender").margins[0] == {"?NOT_ASKED": 1}


def test_who_may_be_counted_is_found_without_reading_all_that_anybody_agreed_to(desk):
    with desk.work(unsealed=False) as work:
        asked = select(Case.id).where(*counting.countable())
        written = asked.compile(work.session.get_bind(), compile_kwargs={"literal_binds": True})
        plan = work.session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {written}")
        steps = [row[-1] for row in plan]

    assert "SCAN consent USING COVERING INDEX ix_consent_statistics" in steps


def test_a_case_is_counted_once_in_each_of_its_answers(desk, comes):
    comes(("interview", {"exploitation": ["SEX", "LAB"]}), ("interview", {"exploitation": ["LAB"]}))
    comes(("interview", {"exploitation": "LAB"}), ("interview", {"exploitation": "?DECLINED"}))

    assert exactly(desk, "interview.exploitation").margins[0] == {"SEX": 1, "LAB": 2}
    assert tabled(desk, "interview.exploitation").total == 2


def test_years_are_the_finest_time_and_in_order(crowd):
    years = [code for code in tabled(crowd, "first_contact.year").row_codes if not code.startswith("?")]

    assert years == sorted(years)
    assert all(len(year) == 4 for year in years)


def test_the_journal_notes_by_what_was_counted(desk, comes):
    comes()
    tabled(desk, "person.gender", "risk.level")

    with desk.work(unsealed=False) as work:
        entries = work.session.execute(select(Entry.record).where(Entry.act == "COUNTED"))

        assert [record for (record,) in entries] == ["person.gender risk.level"]


@pytest.mark.parametrize("names", [(), ("person.gender",) * 3])
def test_a_table_has_one_dimension_or_two(crowd, names):
    with pytest.raises(WrongDimensions):
        inside.look(crowd, names)


@pytest.mark.parametrize("name", ["person.first_name", "person.shoe_size", "gender", "person.language"])
def test_what_may_not_be_counted_cannot_be(crowd, name):
    with pytest.raises(UnknownQuestion):
        inside.look(crowd, [name])
