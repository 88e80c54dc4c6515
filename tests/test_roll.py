"""The roll: who is a member, since when, what is to be done about whom, and who left."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from referral_desk import roll, staff
from referral_desk.roles import Role
from referral_desk.vault.slots import FLOOR
from tests.cast import TODAY
from tests.crew import BO, CORA, at, opened, recovered


@pytest.fixture
def folder(crew_desk: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(crew_desk, tmp_path / "desk"))


def test_everybody_is_told_since_when_each_is_a_member(folder: Path) -> None:
    with opened(folder, clock=lambda: at(3)) as desk:
        staff.add(desk, name="Dana", roles=[Role.CASEWORKER], cost=FLOOR)
    with opened(folder, BO) as desk:
        told = {one.colleague.name: one.since for one in roll.read(desk).present}

    assert told == {"Ana": TODAY, "Bo": TODAY, "Cora": TODAY, "Dana": at(3).date()}


def test_who_left_stays_on_the_roll_with_the_day(folder: Path) -> None:
    with opened(folder, clock=lambda: at(5)) as desk:
        staff.remove(desk, "Bo")
        read = roll.read(desk)

    assert [one.colleague.name for one in read.present] == ["Ana", "Cora"]
    assert [(one.name, one.until) for one in read.former] == [("Bo", at(5).date())]


@pytest.mark.parametrize(("passphrase", "may_change"), [("", True), (BO, False), (CORA, False)])
def test_only_who_keeps_the_desk_and_reads_names_changes_members(
    folder: Path, passphrase: str, may_change: bool
) -> None:
    with opened(folder, passphrase) if passphrase else recovered(folder) as desk:
        assert (roll.read(desk).why_not == "") is may_change


def test_what_is_to_be_done_about_a_member_is_said(folder: Path) -> None:
    with opened(folder) as desk:
        standing = {one.colleague.name: one.standing for one in roll.read(desk).present}

    assert standing["Ana"] is None
    assert standing["Bo"] is not None
    assert (standing["Bo"].text, standing["Bo"].tone) == ("has not changed the first passphrase yet", "warn")
