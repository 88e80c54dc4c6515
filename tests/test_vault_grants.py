"""A key reaches the person it was granted to, and no one else."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_desk.errors import DeskDamaged, NotEntitled
from referral_desk.vault.derivation import new_key
from referral_desk.vault.grants import GRANT_LENGTH, accept, exchange_key, grant, public_bytes, signing_key
from referral_desk.vault.members import Member, identity_key_of, make_member, verify_member

SALT = bytes(32)
ANA = exchange_key(b"a" * 32)
BO = exchange_key(b"b" * 32)
IDENTITY_KEY = bytes(range(32))


def granted() -> bytes:
    return grant(IDENTITY_KEY, public_bytes(ANA), purpose="identity", store_salt=SALT)


def row(*, role: str = "caseworker", reads_names: bool = True) -> Member:
    return make_member(
        IDENTITY_KEY,
        slot_id="0" * 32,
        public_key=public_bytes(ANA),
        role=role,
        reads_names=reads_names,
        store_salt=SALT,
    )


def test_ana_accepts_what_was_granted_to_her_and_bo_does_not() -> None:
    assert accept(granted(), ANA, purpose="identity", store_salt=SALT) == IDENTITY_KEY
    with pytest.raises(NotEntitled):
        accept(granted(), BO, purpose="identity", store_salt=SALT)


@pytest.mark.parametrize(("purpose", "salt"), [("database", SALT), ("identity", b"\1" * 32)])
def test_a_grant_serves_one_purpose_in_one_desk(purpose: str, salt: bytes) -> None:
    with pytest.raises(DeskDamaged):
        accept(granted(), ANA, purpose=purpose, store_salt=salt)


@given(st.integers(0, GRANT_LENGTH * 8 - 1))
def test_one_flipped_bit_in_a_grant_is_noticed(bit: int) -> None:
    altered = bytearray(granted())
    altered[bit // 8] ^= 1 << bit % 8

    with pytest.raises(NotEntitled if 1 <= bit // 8 <= 4 else DeskDamaged):
        accept(bytes(altered), ANA, purpose="identity", store_salt=SALT)


def test_a_key_of_another_length_is_not_accepted() -> None:
    short = grant(IDENTITY_KEY[:31], public_bytes(ANA), purpose="identity", store_salt=SALT)

    with pytest.raises(DeskDamaged):
        accept(short, ANA, purpose="identity", store_salt=SALT)


@given(st.binary(max_size=120))
def test_no_bytes_at_all_upset_the_reader_of_grants(content: bytes) -> None:
    with pytest.raises((DeskDamaged, NotEntitled)):
        accept(content, ANA, purpose="identity", store_salt=SALT)


@pytest.mark.parametrize("public_key", [bytes(32), b"\1" + bytes(31), b"short", b""])
def test_nothing_is_granted_to_a_public_key_that_is_none(public_key: bytes) -> None:
    with pytest.raises(DeskDamaged):
        grant(IDENTITY_KEY, public_key, purpose="identity", store_salt=SALT)


def test_one_secret_always_gives_the_same_two_different_pairs() -> None:
    secret = new_key()

    assert public_bytes(exchange_key(secret)) == public_bytes(exchange_key(secret))
    assert signing_key(secret).public_key().public_bytes_raw() != public_bytes(exchange_key(secret))


def test_a_caseworker_finds_the_identity_key_in_her_row() -> None:
    assert identity_key_of(row(), ANA, store_salt=SALT) == IDENTITY_KEY


def test_a_coordinator_finds_none() -> None:
    with pytest.raises(NotEntitled):
        identity_key_of(row(role="coordinator", reads_names=False), ANA, store_salt=SALT)


def test_bo_finds_none_in_the_row_of_ana() -> None:
    with pytest.raises(DeskDamaged):
        identity_key_of(row(), BO, store_salt=SALT)


@pytest.mark.parametrize("role", ["caseworker", "caseworker+keeper", "recovery", "former", "", "nobody"])
@pytest.mark.parametrize("granted_to", [None, public_bytes(BO)])
def test_a_grant_that_was_taken_away_is_told_from_a_role_that_has_none(role: str, granted_to: bytes | None) -> None:
    granted = granted_to and grant(IDENTITY_KEY, granted_to, purpose="identity", store_salt=SALT)

    with pytest.raises(DeskDamaged):
        identity_key_of(dataclasses.replace(row(role=role), identity_grant=granted), ANA, store_salt=SALT)


@pytest.mark.parametrize(
    "change",
    [
        {"public_key": public_bytes(BO)},
        {"role": "keeper"},
        {"slot_id": "1" * 32},
        {"identity_grant": None},
        {"mac": bytes(32)},
    ],
)
def test_a_row_changed_by_someone_who_cannot_read_names_is_noticed(
    change: dict[str, str | bytes | None],
) -> None:
    verify_member(IDENTITY_KEY, row())

    with pytest.raises(DeskDamaged):
        verify_member(IDENTITY_KEY, dataclasses.replace(row(), **change))  # type: ignore[arg-type]


def test_ana_is_told_when_her_role_was_changed_behind_her_back() -> None:
    with pytest.raises(DeskDamaged):
        identity_key_of(dataclasses.replace(row(), role="keeper"), ANA, store_salt=SALT)


def test_what_moves_from_one_field_of_a_row_to_the_next_is_noticed() -> None:
    shifted = dataclasses.replace(row(), slot_id="0" * 32 + "c", role="aseworker")

    with pytest.raises(DeskDamaged):
        verify_member(IDENTITY_KEY, shifted)
