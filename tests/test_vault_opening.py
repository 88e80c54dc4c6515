"""A desk opens for those who may, with one run of Argon2id, and damage is told from a wrong passphrase."""

import dataclasses
from pathlib import Path
from typing import Any

import pytest

from referral_desk.errors import DeskDamaged, DeskError, WeakPassphrase, WrongPassphrase, WrongRecoveryKey
from referral_desk.vault import slots
from referral_desk.vault.derivation import new_key
from referral_desk.vault.grants import public_bytes
from referral_desk.vault.keyfile import FILE_NAME, KeyFile, in_order, read, write
from referral_desk.vault.opening import (
    NewDesk,
    create,
    open_with_passphrase,
    open_with_recovery,
    raw_key_pragma,
)
from referral_desk.vault.passphrases import grouped, new_recovery_key
from referral_desk.vault.slots import FLOOR, Cost, calibrated, make_slot, new_slot_id

ANA = "five quiet otters for a lantern"
RECOVERY_KEY = new_recovery_key()


@pytest.fixture(scope="module")
def desk() -> NewDesk:
    return create(ANA, login="ana", recovery_key=RECOVERY_KEY, cost=FLOOR)


@pytest.fixture
def path(tmp_path: Path, desk: NewDesk) -> Path:
    path = tmp_path / FILE_NAME
    write(path, desk.keyfile)
    return path


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[Cost]:
    """Return a list that grows by the cost of each Argon2id run."""
    counted: list[Cost] = []
    argon2id = slots._argon2id

    def counting(material: bytes, salt: bytes, cost: Cost) -> bytes:
        counted.append(cost)
        return argon2id(material, salt, cost)

    monkeypatch.setattr(slots, "_argon2id", counting)
    return counted


def with_changed_slot(kept: KeyFile, slot_id: str, **changes: Any) -> KeyFile:
    changed = (dataclasses.replace(slot, **changes) if slot.id == slot_id else slot for slot in kept.slots)
    return dataclasses.replace(kept, slots=tuple(changed))


def test_ana_opens_the_desk_and_gets_what_she_had_when_it_was_made(path: Path, desk: NewDesk) -> None:
    opened = open_with_passphrase(read(path), login=" ANA", passphrase=ANA)

    assert opened.database_key == desk.founder.database_key
    assert opened.slot_id == desk.founder.slot_id
    assert opened.public_key == desk.founder.public_key == public_bytes(opened.private_key)


def test_the_recovery_key_opens_the_same_database_through_its_own_slot(path: Path, desk: NewDesk) -> None:
    opened = open_with_recovery(read(path), grouped(RECOVERY_KEY).lower())

    assert opened.database_key == desk.founder.database_key
    assert opened.slot_id == desk.recovery.slot_id != desk.founder.slot_id


@pytest.mark.parametrize(("login", "passphrase"), [("ana", ANA.title()), ("bo", ANA), ("", ANA), ("ana", "")])
def test_cora_who_guesses_is_told_one_thing_only(path: Path, login: str, passphrase: str) -> None:
    with pytest.raises(WrongPassphrase):
        open_with_passphrase(read(path), login=login, passphrase=passphrase)


def test_the_recovery_key_of_another_desk_is_refused(path: Path) -> None:
    with pytest.raises(WrongRecoveryKey):
        open_with_recovery(read(path), new_recovery_key())


def test_a_mistyped_recovery_key_is_refused_without_a_wait(path: Path, runs: list[Cost]) -> None:
    with pytest.raises(WrongRecoveryKey):
        open_with_recovery(read(path), RECOVERY_KEY[1:] + RECOVERY_KEY[0] + "0")

    assert runs == []


@pytest.mark.parametrize(
    "change",
    [
        {"sealed": bytes(80)},
        {"nonce": bytes(12)},
        {"database_grant": bytes(85)},
        {"database_grant": b"\1" + bytes(84)},
    ],
)
def test_a_damaged_slot_is_told_from_a_wrong_passphrase(desk: NewDesk, change: dict[str, bytes]) -> None:
    damaged = with_changed_slot(desk.keyfile, desk.founder.slot_id, **change)

    with pytest.raises(DeskDamaged):
        open_with_passphrase(damaged, login="ana", passphrase=ANA)
    with pytest.raises(WrongPassphrase):
        open_with_passphrase(damaged, login="ana", passphrase=ANA + "!")


def test_a_slot_carried_to_another_desk_does_not_open_there(desk: NewDesk) -> None:
    elsewhere = dataclasses.replace(desk.keyfile, store_salt=new_key())

    with pytest.raises(WrongPassphrase):
        open_with_passphrase(elsewhere, login="ana", passphrase=ANA)


def test_many_members_cost_one_run_and_a_dearer_slot_one_more(desk: NewDesk, runs: list[Cost]) -> None:
    slot = desk.keyfile.slots[0]
    others = tuple(dataclasses.replace(slot, id=new_slot_id(), commitment=new_key()) for _ in range(30))
    crowd = dataclasses.replace(desk.keyfile, slots=in_order(desk.keyfile.slots + others))

    open_with_passphrase(crowd, login="ana", passphrase=ANA)
    assert runs == [FLOOR]

    dearer = Cost(FLOOR.memory_kib, 2, 1)
    crowd = with_changed_slot(crowd, others[0].id, cost=dearer)
    with pytest.raises(WrongPassphrase):
        open_with_passphrase(crowd, login="ana", passphrase="not hers, not hers")
    assert runs == [FLOOR, dearer, FLOOR]


def test_a_changed_passphrase_keeps_slot_pair_and_grant(desk: NewDesk) -> None:
    salt = desk.keyfile.store_salt
    found = slots.open_slot(desk.keyfile.slots, passphrase=ANA, login="ana", store_salt=salt)
    slot = found.slot

    again = make_slot(
        found.user_secret,
        slot_id=slot.id,
        role=found.role,
        passphrase="another lantern among otters",
        login="ana",
        store_salt=salt,
        cost=FLOOR,
        database_grant=slot.database_grant,
    )
    changed = dataclasses.replace(desk.keyfile, slots=tuple(again if s == slot else s for s in desk.keyfile.slots))

    opened = open_with_passphrase(changed, login="ana", passphrase="another lantern among otters")
    assert (opened.public_key, opened.database_key) == (desk.founder.public_key, desk.founder.database_key)
    with pytest.raises(WrongPassphrase):
        open_with_passphrase(changed, login="ana", passphrase=ANA)


def test_a_weak_passphrase_makes_no_desk() -> None:
    with pytest.raises(WeakPassphrase):
        create("abcabcabcabcabcabc", login="ana", recovery_key=RECOVERY_KEY, cost=FLOOR)


def test_a_mistyped_recovery_key_makes_no_desk() -> None:
    with pytest.raises(WrongRecoveryKey):
        create(ANA, login="ana", recovery_key="2" + RECOVERY_KEY[:-1], cost=FLOOR)


def test_nothing_secret_shows_when_keys_are_printed(desk: NewDesk) -> None:
    shown = repr(desk)

    assert desk.founder.database_key.hex() not in shown
    assert repr(desk.founder.database_key) not in shown


def test_the_raw_key_is_given_as_sqlcipher_wants_it() -> None:
    assert raw_key_pragma(b"\xab" * 32) == "PRAGMA key = \"x'" + "ab" * 32 + "'\""


# Cost


@pytest.mark.parametrize(
    ("memory_kib", "passes", "lanes"),
    [(65535, 3, 4), (1048577, 3, 4), (65536, 1, 4), (65536, 11, 4), (65536, 3, 0), (65536, 3, 17)],
)
def test_a_cost_out_of_bounds_is_damage(memory_kib: int, passes: int, lanes: int) -> None:
    with pytest.raises(DeskDamaged):
        Cost(memory_kib, passes, lanes)


def test_the_bounds_themselves_are_allowed() -> None:
    assert Cost(65536, 2, 1) < Cost(1048576, 10, 16)


def test_a_slow_machine_gets_the_floor_and_a_fast_one_the_top(monkeypatch: pytest.MonkeyPatch) -> None:
    assert calibrated(seconds=0) == FLOOR
    monkeypatch.setattr(slots, "_argon2id", lambda *_: bytes(32))
    assert calibrated() == Cost(512 * 1024, 3, 4)


def test_a_machine_with_little_memory_gets_what_it_can_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    def small_machine(_material: bytes, _salt: bytes, cost: Cost) -> bytes:
        if cost.memory_kib > 128 * 1024:
            raise MemoryError
        return bytes(32)

    monkeypatch.setattr(slots, "_argon2id", small_machine)
    assert calibrated() == Cost(128 * 1024, 3, 4)


def test_no_error_of_the_vault_carries_a_secret(path: Path) -> None:
    with pytest.raises(DeskError) as caught:
        open_with_passphrase(read(path), login="ana", passphrase="a wrong passphrase")

    assert "wrong passphrase" not in repr(caught.value.args)
    assert caught.value.evidence == {}
