"""Founding a desk: everything is said at once, and what cannot be is refused before there is anything."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from referral_desk import errors, founding, store
from referral_desk.vault.slots import FLOOR
from tests.crew import ANA, BO, RECOVERY_KEY, opened


def found(folder: Path, **wanted: object) -> store.Desk:
    return founding.found(folder, passphrase=ANA, recovery_key=RECOVERY_KEY, cost=FLOOR, **wanted)  # type: ignore[arg-type]


def test_a_desk_knows_its_founder_its_sender_and_its_second_place(tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()

    with (
        found(tmp_path / "desk", name=" Ana ", organisation="Safe Shelter", contact="", second_place=stick) as desk,
        desk.work() as work,
    ):
        about = work.about()
        names = store.roster.names(work.session)

    assert (about.organisation, about.contact, about.backup_place) == ("Safe Shelter", "", str(stick))
    assert names[desk.member] == "Ana"


def test_without_the_stick_there_is_no_desk(tmp_path: Path) -> None:
    with pytest.raises(errors.PlaceAway):
        found(tmp_path / "desk", second_place=tmp_path / "stick")
    with pytest.raises(errors.UnsafePlace):
        found(tmp_path / "desk", second_place=tmp_path / "Dropbox")

    assert not (tmp_path / "desk").exists()


def test_looking_at_a_place_makes_nothing(tmp_path: Path) -> None:
    founding.check_place(tmp_path / "desk")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").touch()

    assert not (tmp_path / "desk").exists()
    for name, refused in (("full", errors.DeskExists), ("Nextcloud/desk", errors.UnsafePlace)):
        with pytest.raises(refused):
            founding.check_place(tmp_path / name)


def test_the_sender_on_letters_is_changed_by_a_keeper(crew_desk: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(crew_desk, tmp_path / "desk"))

    with opened(folder, BO) as desk, pytest.raises(errors.KeeperNeeded):
        founding.describe(desk, organisation="Somebody else", contact="")
    with opened(folder) as desk:
        founding.describe(desk, organisation="Safe Shelter ", contact="P.O. box 7")
        with desk.work() as work:
            assert (work.about().organisation, work.about().contact) == ("Safe Shelter", "P.O. box 7")
