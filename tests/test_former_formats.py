"""A desk that a former program made opens, and from then on is as safe as a new one.

`former/desk-of-format-1.zip` was made by the program of that day: Ana, Bo and Cora, one case, one backup. Nothing in
it is real; its passphrases are those of `crew`.
"""

from __future__ import annotations

import json
from pathlib import Path
from zipfile import ZipFile

import pytest
from sqlalchemy import text

from referral_desk import errors, staff, store
from referral_desk.nrm.person import Person
from referral_desk.store import keys, restoring
from referral_desk.vault import keyfile
from referral_desk.vault.slots import FLOOR
from tests.crew import ANA, BO, CORA, RECOVERY_KEY, clock, opened, recovered

FORMER = Path(__file__).parent / "former" / "desk-of-format-1.zip"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with ZipFile(FORMER) as kept:
        kept.extractall(tmp_path / "desk")
    return tmp_path / "desk"


def read_format(folder: Path) -> int:
    return int(json.loads((folder / "store.rdk").read_text())["format"])


def former_slots(folder: Path) -> int:
    return sum(slot.is_former for slot in keyfile.read(folder / "store.rdk").slots)


def first_name(desk: store.Desk) -> object:
    with desk.work() as work:
        [case] = work.cases(work.case_ids())
        person = case.latest(Person)
        return person and person.first_name


def make_ana_look_like_a_coordinator(folder: Path) -> None:
    with opened(folder, BO) as desk, desk.engine.begin() as connection:
        connection.execute(text("UPDATE member SET role = 'coordinator', identity_grant = NULL WHERE name = 'Ana'"))


def test_a_desk_of_the_first_format_opens_for_everybody_and_becomes_one_of_today(folder: Path) -> None:
    assert (read_format(folder), former_slots(folder)) == (1, 4)

    for left, passphrase in zip((3, 2, 1), (ANA, BO, CORA), strict=True):
        with opened(folder, passphrase) as desk:
            assert desk.entitled is (passphrase == ANA)
        assert (read_format(folder), former_slots(folder)) == (keyfile.FORMAT, left)
    with recovered(folder) as desk:
        assert first_name(desk) == "Zdravka"
    assert former_slots(folder) == 0
    with opened(folder) as desk:
        assert desk.keys.role == "caseworker+keeper"


def test_once_opened_a_caseworker_cannot_be_made_to_look_like_a_coordinator(folder: Path) -> None:
    opened(folder).close()

    make_ana_look_like_a_coordinator(folder)

    with pytest.raises(errors.MemberAltered):
        opened(folder)


def test_keys_are_changed_and_passphrases_too_on_a_desk_that_not_everybody_opened_since(folder: Path) -> None:
    with opened(folder) as desk:
        staff.remove(desk, "Cora")
        staff.change_passphrase(desk, login="ana", passphrase=ANA, new=CORA, cost=FLOOR)
        assert {slot.is_former for slot in keys.read(desk).slots} == {False, True}

    with store.open_desk(folder, login="ana", passphrase=CORA, clock=clock) as desk:
        assert desk.keys.role == "caseworker+keeper"
    with opened(folder, BO) as desk:
        assert desk.entitled is False


def test_a_backup_of_the_first_format_is_restored_as_a_desk_of_today(folder: Path, tmp_path: Path) -> None:
    [source] = (path for path in (folder / "backups").iterdir() if path.is_dir())

    with restoring.restore(source, tmp_path / "again", RECOVERY_KEY, clock=clock) as desk:
        assert first_name(desk) == "Zdravka"
        staff.reset(desk, "Ana", passphrase=ANA, login="ana", cost=FLOOR)

    assert (read_format(tmp_path / "again"), former_slots(tmp_path / "again")) == (keyfile.FORMAT, 0)
    with opened(tmp_path / "again") as desk:
        assert desk.entitled


def test_a_slot_of_today_in_a_file_of_the_first_format_is_damage(folder: Path) -> None:
    opened(folder).close()
    fields = json.loads((folder / "store.rdk").read_text())
    fields["format"] = 1
    fields["check"] = keyfile._check(fields)
    (folder / "store.rdk").write_text(json.dumps(fields))

    with pytest.raises(errors.DeskDamaged):
        opened(folder)
