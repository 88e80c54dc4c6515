"""A key file is read as it was written, or not at all."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from referral_desk.errors import DeskDamaged, DeskNewer, NoDesk
from referral_desk.vault import keyfile
from referral_desk.vault.keyfile import parsed, read, rendered, write
from referral_desk.vault.opening import NewDesk, create
from referral_desk.vault.passphrases import new_recovery_key
from referral_desk.vault.slots import FLOOR

MADE = create("five quiet otters for a lantern", login="ana", recovery_key=new_recovery_key(), cost=FLOOR)
CONTENT = rendered(MADE.keyfile)
SLOTS = json.loads(CONTENT)["slots"]
SLOT = SLOTS[0]


@pytest.fixture
def desk() -> NewDesk:
    return MADE


@pytest.fixture
def path(tmp_path: Path, desk: NewDesk) -> Path:
    path = tmp_path / keyfile.FILE_NAME
    write(path, desk.keyfile)
    return path


def test_what_was_written_is_read_again(path: Path, desk: NewDesk) -> None:
    assert read(path) == desk.keyfile


def test_the_order_of_slots_does_not_tell_which_is_the_recovery_slot() -> None:
    ids = [slot.id for slot in MADE.keyfile.slots]

    assert ids == sorted(ids)


def test_the_file_holds_no_login_code(path: Path) -> None:
    assert b"ana" not in path.read_bytes().lower()


def test_no_file_is_no_desk(tmp_path: Path) -> None:
    with pytest.raises(NoDesk) as caught:
        read(tmp_path / keyfile.FILE_NAME)

    assert caught.value.evidence == {"folder": tmp_path}


@settings(max_examples=400)
@given(st.integers(0, len(CONTENT) * 8 - 1))
def test_one_flipped_bit_in_the_key_file_is_damage_or_changes_nothing(bit: int) -> None:
    altered = bytearray(CONTENT)
    altered[bit // 8] ^= 1 << bit % 8

    try:
        assert parsed(bytes(altered)) == MADE.keyfile
    except DeskDamaged:
        return
    assert bytes(altered).split() == CONTENT.split()


@given(st.integers(0, len(CONTENT) - 3))
def test_a_key_file_that_was_cut_is_damaged(length: int) -> None:
    with pytest.raises(DeskDamaged):
        parsed(CONTENT[:length])


@given(st.binary(max_size=2000))
def test_no_bytes_at_all_upset_the_reader(content: bytes) -> None:
    with pytest.raises(DeskDamaged):
        parsed(content)


@pytest.mark.parametrize(
    "content",
    [
        b"[" * 60_000,
        b"[" * 100_000,
        b"{}",
        b"null",
        b"1" * 6000,
        b'{"check": NaN}',
        b'{"a": ' * 5000,
        b"\xff\xfe",
    ],
)
def test_strange_json_is_damage(content: bytes) -> None:
    with pytest.raises(DeskDamaged):
        parsed(content)


def altered(change: dict[str, Any]) -> bytes:
    """Return a key file changed by someone who knows how the check sum is made."""
    fields = json.loads(CONTENT) | change
    fields["check"] = keyfile._check(fields)
    return json.dumps(fields).encode()


def test_the_check_sum_alone_does_not_stop_a_correct_file() -> None:
    assert parsed(altered({})) == MADE.keyfile


@pytest.mark.parametrize(
    "change",
    [
        {"salt": "00" * 31},
        {"salt": " 0" + "00" * 31},
        {"salt": "AB" * 32},
        {"salt": None},
        {"database": "../data-0001.db"},
        {"database": "data-0001.db\n"},
        {"database": "data-١١١١.db"},
        {"database": 1},
        {"generation": 0},
        {"generation": -1},
        {"generation": True},
        {"generation": 1.0},
        {"generation": 2**31},
        {"slots": []},
        {"slots": {}},
        {"slots": [{}]},
        {"slots": [1]},
        {"slots": SLOTS[::-1]},
        {"slots": [SLOT, SLOT]},
        {"format": 0},
        {"format": "1"},
        {"format": None},
        {"comment": "not ours"},
    ],
)
def test_a_field_of_another_type_or_size_is_damage(change: dict[str, Any]) -> None:
    with pytest.raises(DeskDamaged):
        parsed(altered(change))


@pytest.mark.parametrize(
    "change",
    [
        {"id": "00" * 15},
        {"commitment": "00" * 33},
        {"nonce": "00" * 11},
        {"sealed": ""},
        {"public_key": "00" * 32},
        {"database_grant": "00" * 84},
        {"name": "Ana"},
        {"cost": None},
        {"cost": {"memory_kib": 65536, "passes": 3}},
        {"cost": {"memory_kib": 1024, "passes": 3, "lanes": 4}},
        {"cost": {"memory_kib": 65536, "passes": 2000, "lanes": 4}},
        {"cost": {"memory_kib": 65536.0, "passes": 3, "lanes": 4}},
    ],
)
def test_a_slot_that_is_none_is_damage(change: dict[str, Any]) -> None:
    with pytest.raises(DeskDamaged):
        parsed(altered({"slots": [SLOT | change]}))


def test_a_crowd_fits_and_more_is_damage() -> None:
    crowd = [SLOT | {"id": f"{number:032x}"} for number in range(65)]

    assert len(parsed(altered({"slots": crowd[:64]})).slots) == 64
    with pytest.raises(DeskDamaged):
        parsed(altered({"slots": crowd}))


def test_more_than_64_kib_is_not_even_looked_at() -> None:
    assert parsed(CONTENT.ljust(64 * 1024)) == MADE.keyfile
    with pytest.raises(DeskDamaged):
        parsed(CONTENT.ljust(64 * 1024 + 1))


def test_slots_of_many_costs_are_damage_because_each_is_a_wait() -> None:
    many = [
        SLOT | {"id": f"{passes:032x}", "cost": {"memory_kib": 65536, "passes": passes, "lanes": 4}}
        for passes in range(2, 7)
    ]

    parsed(altered({"slots": many[:4]}))
    with pytest.raises(DeskDamaged):
        parsed(altered({"slots": many}))


def test_a_newer_format_is_told_from_damage() -> None:
    with pytest.raises(DeskNewer):
        parsed(altered({"format": 3, "slots": None, "new": []}))
    with pytest.raises(DeskDamaged):
        parsed(CONTENT.replace(b'"format": 2', b'"format": 3'))
