"""Who comes, who leaves, who forgets; and what a colleague who should not know names can do about it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlcipher3 import dbapi2

from referral_desk import errors, staff, store
from referral_desk.nrm.fields import SEALED_MARK
from referral_desk.nrm.person import Person
from referral_desk.roles import Role
from referral_desk.store import engine, keys, roster
from referral_desk.vault import changing, keyfile, opening, slots
from referral_desk.vault.passphrases import grouped, new_recovery_key
from referral_desk.vault.slots import FLOOR, Cost
from tests.crew import ANA, BO, CANARIES, CORA, RECOVERY_KEY, every_byte, opened, recovered

FIRST = "given by the keeper on a slip"


@pytest.fixture
def folder(crew_desk: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(crew_desk, tmp_path / "desk"))


def name_of_the_only_case(desk: store.Desk) -> object:
    with desk.work() as work:
        [case] = work.cases(work.case_ids())
        person = case.latest(Person)
        assert person
        return person.first_name


def everything_in(connection: object) -> Iterator[str]:
    """Every value of every table, as any SQLCipher tool would show it."""
    tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]  # type: ignore[attr-defined]
    for table in tables:
        for row in connection.execute(f'SELECT * FROM "{table}"'):  # type: ignore[attr-defined] # noqa: S608
            yield from (value.decode("latin-1") if isinstance(value, bytes) else str(value) for value in row)


def raw(folder: Path, key: bytes) -> object:
    connection = dbapi2.connect(str(folder / keyfile.read(folder / "store.rdk").database))
    connection.execute(opening.raw_key_pragma(key))
    return connection


def test_ana_adds_a_caseworker_with_a_generated_passphrase_which_she_changes(folder: Path) -> None:
    with opened(folder) as desk:
        given = staff.add(desk, name="Dana", roles=[Role.CASEWORKER], login="dana", cost=FLOOR)
    with store.open_desk(folder, login="dana", passphrase=given.passphrase) as desk:
        assert len(given.passphrase.split()) == 5
        assert desk.must_change_passphrase
        assert name_of_the_only_case(desk) == "Zdravka"
        staff.change_passphrase(desk, login="dana", passphrase=given.passphrase, new=FIRST, cost=FLOOR)
        assert not desk.must_change_passphrase

    with pytest.raises(errors.WrongPassphrase):
        store.open_desk(folder, login="dana", passphrase=given.passphrase)
    with store.open_desk(folder, login="dana", passphrase=FIRST) as desk:
        assert not desk.must_change_passphrase


def test_a_changed_passphrase_opens_nothing_with_any_file_of_the_folder(folder: Path) -> None:
    with opened(folder) as desk:
        staff.change_passphrase(desk, login="ana", passphrase=ANA, new=FIRST, cost=FLOOR)
    for file in folder.iterdir():
        if file.is_file() and file.name != "store.rdk" and file.stat().st_size < keyfile.LARGEST:
            (folder / "store.rdk").write_bytes(file.read_bytes())
            with pytest.raises(errors.DeskError):
                store.open_desk(folder, login="ana", passphrase=ANA)


def test_what_a_change_that_was_cut_off_left_is_gone_at_the_next_opening(folder: Path) -> None:
    left = folder / "store.rdk.1"
    left.write_bytes((folder / "store.rdk").read_bytes())
    with opened(folder):
        assert not left.exists()


def test_members_are_listed_with_their_roles_and_whether_their_rows_are_genuine(folder: Path) -> None:
    with opened(folder) as desk:
        ana, bo, cora = staff.colleagues(desk)

    assert (ana.name, ana.roles, ana.is_me) == ("Ana", frozenset({Role.CASEWORKER, Role.KEEPER}), True)
    assert (bo.name, bo.roles, bo.must_change_passphrase) == ("Bo", frozenset({Role.COORDINATOR}), True)
    assert (cora.name, cora.roles, cora.is_genuine) == ("Cora", frozenset({Role.KEEPER}), True)


def test_no_name_of_staff_lies_outside_the_store(folder: Path) -> None:
    found = every_byte(folder)

    assert not any(name in found for name in (b"Cora", b"caseworker", b"keeper"))


def test_no_public_key_lies_outside_the_store(folder: Path) -> None:
    """Without it nobody undoes a grant, not even with a computer that breaks X25519."""
    with opened(folder) as desk, desk.work() as work:
        keys_of_all = [row.public_key for row in roster.rows(work.session)]
    found = every_byte(folder)

    assert len(keys_of_all) == 4
    assert not any(key in found or key.hex().encode() in found for key in keys_of_all)


def test_a_coordinator_reads_no_name_by_any_means(folder: Path) -> None:
    with opened(folder, BO) as desk:
        assert not desk.entitled
        assert name_of_the_only_case(desk) == SEALED_MARK
        key = desk.keys.database_key

    connection = raw(folder, key)
    values = list(everything_in(connection))
    connection.close()  # type: ignore[attr-defined]

    assert len(values) > 50
    assert not any(canary in value for canary in CANARIES for value in values)


def test_a_swapped_public_key_in_the_member_table_gives_the_coordinator_nothing(folder: Path) -> None:
    with opened(folder, BO) as desk:
        key = desk.keys.database_key
    connection = raw(folder, key)
    connection.execute(  # type: ignore[attr-defined]
        "UPDATE member SET public_key = (SELECT public_key FROM member WHERE name = 'Bo') WHERE name = 'Ana'"
    )
    connection.commit()  # type: ignore[attr-defined]
    connection.close()  # type: ignore[attr-defined]

    with recovered(folder) as desk:
        assert {one.name: one.is_genuine for one in staff.colleagues(desk)} == {"Ana": False, "Bo": True, "Cora": True}
        assert staff.reset(desk, "Cora", passphrase=CORA, login="cora", cost=FLOOR).left_out == ("Ana",)
        assert len(keys.read(desk).slots) == 3
    with opened(folder, BO) as desk:
        assert not desk.entitled
        assert name_of_the_only_case(desk) == SEALED_MARK
    with recovered(folder) as desk:
        staff.reset(desk, "Ana", passphrase=ANA, login="ana", cost=FLOOR)
    with opened(folder) as desk:
        assert name_of_the_only_case(desk) == "Zdravka"


def test_a_swapped_grant_in_the_key_file_gives_nothing_and_heals(folder: Path) -> None:
    path = folder / "store.rdk"
    with opened(folder, BO) as desk:
        bo = desk.member
    read = keyfile.read(path)
    mine = next(slot.database_grant for slot in read.slots if slot.id == bo)
    with opened(folder) as desk:
        swapped = tuple(replace(slot, database_grant=mine) for slot in read.slots)
        keyfile.write(path, replace(read, slots=swapped))
        with pytest.raises(errors.DeskDamaged):
            opening.open_with_passphrase(keyfile.read(path), login="ana", passphrase=ANA)
        staff.remove(desk, "Bo")

    with opened(folder) as desk:
        assert name_of_the_only_case(desk) == "Zdravka"
    with pytest.raises(errors.WrongPassphrase):
        opened(folder, BO)


def test_a_removed_member_opens_nothing_with_the_old_key_file_and_the_old_passphrase(
    folder: Path, tmp_path: Path
) -> None:
    old_file = (folder / "store.rdk").read_bytes()
    with opened(folder, BO) as desk:
        old_key = desk.keys.database_key
    with opened(folder) as desk:
        assert staff.remove(desk, "bo") == ()
        assert [one.name for one in staff.colleagues(desk)] == ["Ana", "Cora"]

    assert sorted(file.name for file in folder.glob("data-*")) == ["data-0002.db"]
    assert not (folder / "store.rdk.1").exists()
    with pytest.raises(errors.WrongPassphrase):
        opened(folder, BO)
    (folder / "store.rdk").write_bytes(old_file)
    with pytest.raises(errors.DeskDamaged):
        opened(folder, BO)
    with pytest.raises(errors.OtherGeneration):
        engine.connect(folder / "data-0002.db", old_key)


def test_everybody_else_opens_the_desk_after_a_change_of_keys(folder: Path) -> None:
    with opened(folder) as desk:
        staff.remove(desk, "Bo")
        assert name_of_the_only_case(desk) == "Zdravka"

    for passphrase in (ANA, CORA):
        with opened(folder, passphrase) as desk:
            assert desk.entitled is (passphrase == ANA)
    with recovered(folder) as desk:
        assert name_of_the_only_case(desk) == "Zdravka"


def test_only_a_keeper_who_may_read_names_changes_members(folder: Path) -> None:
    for passphrase in (BO, CORA):
        with opened(folder, passphrase) as desk:
            with pytest.raises(errors.KeeperNeeded):
                staff.add(desk, name="Eve", roles=[Role.CASEWORKER], cost=FLOOR)
            with pytest.raises(errors.KeeperNeeded):
                staff.remove(desk, "Ana")


def test_a_role_written_into_ones_own_row_gives_no_name(folder: Path) -> None:
    with opened(folder, BO) as desk, desk.engine.begin() as connection:
        connection.execute(text("UPDATE member SET role = 'coordinator+keeper' WHERE name = 'Bo'"))
    with pytest.raises(errors.MemberAltered):
        opened(folder, BO)


@pytest.mark.parametrize("role", ["caseworker+keeper", "recovery", "coordinator+keeper"])
def test_a_role_sealed_into_ones_own_slot_gives_no_name_either(folder: Path, role: str) -> None:
    with opened(folder, BO) as desk, desk.engine.begin() as connection:
        connection.execute(text("UPDATE member SET role = :role WHERE name = 'Bo'"), {"role": role})
    path = folder / "store.rdk"
    read = keyfile.read(path)
    found = slots.open_slot(read.slots, passphrase=BO, login="bo", store_salt=read.store_salt)
    keyfile.write(path, changing.with_slot(read, slots.with_role(found, role, store_salt=read.store_salt)))

    if role == "coordinator+keeper":
        with opened(folder, BO) as desk:
            assert name_of_the_only_case(desk) == SEALED_MARK
            with pytest.raises(errors.KeeperNeeded):
                staff.add(desk, name="Eve", roles=[Role.CASEWORKER], cost=FLOOR)
    else:
        with pytest.raises(errors.MemberAltered):
            opened(folder, BO)


BOS_KEY = "(SELECT public_key FROM member WHERE name = 'Bo')"
RECOVERYS_GRANT = "(SELECT identity_grant FROM member WHERE role = 'recovery')"
ALTERED = [
    "role = 'coordinator'",
    "role = 'former', identity_grant = NULL",
    "role = '', identity_grant = NULL",
    "name = 'Bo'",
    "public_key = zeroblob(32)",
    f"public_key = {BOS_KEY}",
    f"public_key = {BOS_KEY}, identity_grant = NULL",
    "identity_grant = NULL",
    "role = 'coordinator', identity_grant = NULL",
    "role = 'keeper', identity_grant = NULL",
    "identity_grant = x''",
    f"identity_grant = {RECOVERYS_GRANT}",
    "mac = x'00'",
]


@pytest.mark.parametrize("change", ALTERED)
def test_a_caseworker_whose_row_was_altered_is_told_so(folder: Path, change: str) -> None:
    with opened(folder, BO) as desk, desk.engine.begin() as connection:
        connection.execute(text(f"UPDATE member SET {change} WHERE name = 'Ana'"))  # noqa: S608

    with pytest.raises(errors.MemberAltered):
        opened(folder)


def test_a_caseworker_whose_row_was_removed_is_told_so_and_let_in_again(folder: Path) -> None:
    with opened(folder, BO) as desk, desk.engine.begin() as connection:
        connection.execute(text("DELETE FROM member WHERE name = 'Ana'"))

    with pytest.raises(errors.MemberAltered):
        opened(folder)
    with recovered(folder) as desk:
        staff.add(desk, name="Ana", roles=[Role.CASEWORKER], login="ana-2", passphrase=ANA, cost=FLOOR)
    with store.open_desk(folder, login="ana-2", passphrase=ANA) as desk:
        assert name_of_the_only_case(desk) == "Zdravka"


@pytest.mark.parametrize("change", ["identity_grant = NULL", f"public_key = {BOS_KEY}", "role = 'coordinator'"])
def test_a_recovery_key_whose_row_was_altered_is_not_taken_for_one_that_works(folder: Path, change: str) -> None:
    with opened(folder, BO) as desk, desk.engine.begin() as connection:
        connection.execute(text(f"UPDATE member SET {change} WHERE role = 'recovery'"))  # noqa: S608

    with pytest.raises(errors.MemberAltered):
        recovered(folder)
    with opened(folder) as desk, pytest.raises(errors.DeskDamaged):
        staff.prove_recovery(desk, RECOVERY_KEY)


def test_a_member_is_called_otherwise_by_a_keeper_only(folder: Path) -> None:
    with opened(folder) as desk:
        staff.rename(desk, "Bo", "Bojan")
        with pytest.raises(errors.MemberExists):
            staff.rename(desk, "Cora", "bojan")
        assert [one.name for one in staff.colleagues(desk) if one.is_genuine] == ["Ana", "Bojan", "Cora"]
    with opened(folder, BO) as desk:
        assert desk.must_change_passphrase
        with pytest.raises(errors.KeeperNeeded):
            staff.rename(desk, "Ana", "Bo")


def test_the_last_keeper_who_reads_names_stays(folder: Path) -> None:
    with opened(folder) as desk:
        with pytest.raises(errors.LastKeeper):
            staff.remove(desk, "Ana")
        with pytest.raises(errors.LastKeeper):
            staff.reset(desk, "Ana", roles=[Role.CASEWORKER], cost=FLOOR)
        with pytest.raises(errors.UnknownMember):
            staff.remove(desk, "Nobody")
        with pytest.raises(errors.MemberExists):
            staff.add(desk, name=" bo ", roles=[Role.COORDINATOR], cost=FLOOR)


def test_a_forgotten_passphrase_is_given_anew_and_the_old_one_is_dead(folder: Path) -> None:
    with opened(folder) as desk:
        given = staff.reset(desk, "Bo", roles=[Role.CASEWORKER], login="bo", cost=FLOOR)
    with pytest.raises(errors.WrongPassphrase):
        opened(folder, BO)
    with store.open_desk(folder, login="bo", passphrase=given.passphrase) as desk:
        assert desk.must_change_passphrase
        assert name_of_the_only_case(desk) == "Zdravka"


def test_ones_own_passphrase_is_changed_and_its_cost_never_lowered(folder: Path) -> None:
    dearer = Cost(FLOOR.memory_kib, 4, 4)
    with opened(folder, BO) as desk:
        with pytest.raises(errors.WeakPassphrase):
            staff.change_passphrase(desk, login="bo", passphrase=BO, new="short", cost=FLOOR)
        with pytest.raises(errors.WrongPassphrase):
            staff.change_passphrase(desk, login="bo", passphrase=CORA, new=FIRST, cost=FLOOR)
        with pytest.raises(errors.WrongPassphrase):
            staff.change_passphrase(desk, login="ana", passphrase=ANA, new=FIRST, cost=FLOOR)
        staff.change_passphrase(desk, login="bo", passphrase=BO, new=FIRST, cost=dearer)
        staff.change_passphrase(desk, login="bo", passphrase=FIRST, new=BO, cost=FLOOR)
        mine = next(slot for slot in keys.read(desk).slots if slot.id == desk.member)

    assert mine.cost == dearer
    with opened(folder) as desk:
        assert desk.entitled
    with opened(folder, BO) as desk:
        assert not desk.must_change_passphrase


def test_the_recovery_key_is_proved_and_the_desk_remembers_when(folder: Path) -> None:
    with opened(folder, BO) as desk:
        assert staff.recovery_proven_on(desk) is None
        with pytest.raises(errors.WrongRecoveryKey):
            staff.prove_recovery(desk, new_recovery_key())
        staff.prove_recovery(desk, grouped(RECOVERY_KEY).lower())
        assert staff.recovery_proven_on(desk) == datetime(2026, 11, 23, 10, tzinfo=UTC).replace(tzinfo=None)


def test_another_recovery_key_takes_the_place_of_the_one_that_was_seen(folder: Path) -> None:
    fresh = new_recovery_key()
    with recovered(folder) as desk:
        assert staff.renew_recovery(desk, fresh, cost=FLOOR) == ()

    with pytest.raises(errors.WrongRecoveryKey):
        recovered(folder)
    with recovered(folder, fresh) as desk:
        staff.prove_recovery(desk, fresh)
        assert name_of_the_only_case(desk) == "Zdravka"


KILLED = """
import os, sys
from referral_desk import staff, store
from referral_desk.store import rotation
from referral_desk.vault import keyfile
at, folder, passphrase = sys.argv[1:]
def kill(*_): os.kill(os.getpid(), 9)
if at == "before": keyfile.write = kill
if at == "after": store.Desk.continue_in = kill
staff.remove(store.open_desk(folder, login="ana", passphrase=passphrase), "Bo")
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no kill -9")
@pytest.mark.parametrize(("moment", "opens"), [("before", True), ("after", False)])
def test_a_change_of_keys_that_is_killed_happened_or_did_not(folder: Path, moment: str, *, opens: bool) -> None:
    ended = subprocess.run([sys.executable, "-c", KILLED, moment, str(folder), ANA], check=False)
    assert ended.returncode == -9
    assert len(list(folder.glob("data-*.db"))) == 2

    with opened(folder) as desk:
        assert name_of_the_only_case(desk) == "Zdravka"
        assert ("Bo" in {one.name for one in staff.colleagues(desk)}) is opens
        assert len(list(folder.glob("data-*.db"))) == 1
    if opens:
        opened(folder, BO).close()
    else:
        with pytest.raises(errors.WrongPassphrase):
            opened(folder, BO)
