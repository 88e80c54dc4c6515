"""What the standards ask for is asked here, too; and what must not be asked is not."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from referral_desk.cli import main
from referral_desk.nrm.circumstances import Marital, Schooling
from referral_desk.nrm.experience import Platform, Recruitment, Sector
from referral_desk.nrm.exploiter import ExploiterRole
from referral_desk.nrm.fields import Question, Reach
from referral_desk.nrm.indicators import DIMENSIONS, IndicatorAnswers
from referral_desk.nrm.kinds import DECLARED_IN, KINDS
from referral_desk.nrm.record import Record
from referral_desk.nrm.terms import Currency

HERE = Path(__file__).parent
CORE = [line for line in (HERE / "htcds_core_fields.txt").read_text().splitlines() if not line.startswith("#")]
DECISIONS = (HERE.parent / "DECISIONS.md").read_text(encoding="utf-8")
QUESTIONS = [(kind, question) for kind in KINDS.values() for question in kind.questions]
EQUIVALENTS = {question.htcds for _kind, question in QUESTIONS}
NEVER_ASKED = ("ethnic", "religio", "race", "tribe", "credib", "lies")


def questions_of(kind: str) -> dict[str, Question]:
    return {question.name: question for question in KINDS[kind].questions}


@pytest.mark.parametrize("field", CORE)
def test_every_core_field_of_htcds_has_its_equivalent(field: str) -> None:
    assert field in EQUIVALENTS or field in DECISIONS


def test_there_are_forty_core_fields() -> None:
    assert len(CORE) == 40


@pytest.mark.parametrize("vocabulary", [Sector, Recruitment, Schooling, Marital, ExploiterRole, Platform])
def test_lists_of_htcds_have_a_value_of_the_standard_for_each_term(vocabulary) -> None:
    assert [term for term in vocabulary if not term.htcds and term.name != "NONE"] == []


def test_nobody_is_asked_what_nobody_needs() -> None:
    asked = [f"{kind.kind}.{question.name} {question.text}".lower() for kind, question in QUESTIONS]

    assert [text for text in asked for word in NEVER_ASKED if re.search(rf"\b{word}", text)] == []


def test_what_is_told_of_those_who_exploit_stays_sealed() -> None:
    open_ones = {name for name, question in questions_of("exploiter").items() if question.reach is not Reach.SEALED}

    assert open_ones == {"day", "wished"}
    assert {name for name, question in questions_of("exploiter").items() if question.exploiter} >= {"name", "phone"}


def test_speaking_to_the_authorities_and_who_belongs_together_stay_sealed() -> None:
    for kind in ("speaking", "linked_case"):
        assert {name for name, q in questions_of(kind).items() if q.reach is not Reach.SEALED} == {"day"}


def test_what_is_graded_is_not_counted_and_what_points_points_at_a_kind() -> None:
    for _kind, question in QUESTIONS:
        assert not (question.graded and question.counted)
        assert not question.points_at or (question.points_at in KINDS and question.reach is Reach.DESK)


def test_no_question_hides_what_every_record_can_do() -> None:
    taken = {name for name in dir(Record) if not name.startswith("_")}
    allowed = {"id", "revision", "kind", "english", "sealed"}

    assert {f"{kind.kind}.{q.name}" for kind, q in QUESTIONS if q.name in taken - allowed} == set()


def test_kinds_stand_in_the_order_of_their_modules_whoever_imports_what_first() -> None:
    places = [
        DECLARED_IN.index(next(m for m in DECLARED_IN if m.__name__ == kind.__module__)) for kind in KINDS.values()
    ]

    assert places == sorted(places)


def test_the_indicators_are_those_of_the_source() -> None:
    """67 for adults and 65 for children, ILO and European Commission, 2009."""
    every = [one for name in DIMENSIONS for one in questions_of(IndicatorAnswers.kind)[name].many]

    assert len([one for one in every if one.adult]) == 67
    assert len([one for one in every if one.child]) == 65
    assert Counter(one.child for one in every)["W"] == 0
    assert {one.adult for one in every} == {"S", "M", "W"}


def test_the_command_prints_every_question_with_its_list_and_its_equivalent(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["questions", "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    rows = {f"{row['step']}.{row['name']}": row for row in printed}

    assert len(rows) == len(QUESTIONS)
    assert rows["experience.recruitment"]["htcds"] == "vic_MethodOfRecruitment"
    assert "SOLD" in rows["experience.recruitment"]["codes"]
    assert rows["risk.threats"]["grades"][-1] == "3x3"
    assert rows["referral_answer.referral"]["points_at"] == "referral"
    assert rows["exploiter.name"]["reach"] == "SEALED"
    assert main(["questions", "experience"]) == 0
    assert "= HTCDS vic_MethodOfRecruitment" in capsys.readouterr().out


def test_a_currency_is_said_by_name_and_code() -> None:
    assert Currency.of("RSD").label == "Serbian Dinar (RSD)"


def test_long_lists_do_not_bury_the_questions(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["questions", "person"]) == 0
    said = capsys.readouterr().out

    assert "Country: ABW" in said
    assert "SRB" not in said
    assert max(map(len, said.splitlines())) < 200
