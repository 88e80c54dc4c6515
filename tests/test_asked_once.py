"""What was asked once is not asked again: topics, day, interviewer, and whether the account may be used."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from referral_desk import asked_once, store
from referral_desk.nrm.case import Case
from referral_desk.nrm.pathway import kind_of, step_from
from tests.cast import days_ago
from tests.crew import BO, code_of, opened
from tests.test_cli import Typist, ana  # noqa: F401 - a fixture


@pytest.fixture
def desk(crew_desk: Path, tmp_path: Path) -> store.Desk:
    return opened(Path(shutil.copytree(crew_desk, tmp_path / "desk")))


def talk(work: store.Work, case: Case, ago: int, **written: Any) -> None:
    work.take(case, step_from(kind_of("interview"), {"day": days_ago(ago).isoformat(), "agreed": "YES", **written}))


def test_the_next_interviewer_learns_what_not_to_ask(desk: store.Desk) -> None:
    with desk, desk.work() as work:
        case = work.cases(work.case_ids("zdravka"))[0]
        case = work.case(case.id)
        assert asked_once.asked_before(work, case.id) == ()

        talk(work, case, 9, topics="HEALTH,FAMILY", may_reuse="NO", account="A secret account.", interviewer="Dr Mira")
        talk(work, case, 2, topics="HEALTH,MONEY", may_reuse="YES")
        talk(work, case, 1)

        latest, first = asked_once.asked_before(work, case.id)
        assert (latest.who, first.who) == ("Ana", "Dr Mira")
        assert "may be used" in latest.sentence
        assert "does not want" in first.sentence
        assert asked_once.not_again((latest, first)) == ("Health", "Money and debts", "Family")


def test_a_talk_of_which_it_was_not_asked_says_so(desk: store.Desk) -> None:
    with desk, desk.work() as work:
        case = work.case(work.case_ids("zdravka")[0])
        talk(work, case, 2, topics="HEALTH")

        [asked] = asked_once.asked_before(work, case.id)

        assert "was not asked" in asked.sentence


def test_the_account_is_not_in_it_and_it_needs_no_seal(desk: store.Desk) -> None:
    code = code_of(desk)
    with desk, desk.work() as work:
        talk(work, work.case(code), 2, topics="HEALTH", account="A secret account.")
    with opened(desk.folder, BO) as other, other.work() as work:
        asked = asked_once.asked_before(work, work.case(code).id)

    assert "Health" in str(asked)
    assert "secret" not in str(asked)


def test_the_command_says_it(ana: Typist) -> None:  # noqa: F811
    code = ana.opens_a_case()
    assert "Nothing was asked yet." in ana.types("case", "asked", code)
    ana.types("take", "interview", code, "--agreed", "YES", "--topics", "HEALTH", "--may-reuse", "YES")

    assert "Health" in ana.types("case", "asked", code)
