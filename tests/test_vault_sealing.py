"""A sealed answer opens for the right key, in its own place, and says nothing else."""

import time
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_desk.errors import DeskDamaged, NotEntitled
from referral_desk.vault.derivation import new_key
from referral_desk.vault.sealing import Seal

KEY = bytes(range(32))
SEAL = Seal(KEY)
RECORD = UUID("6f1d0c0e-8a55-4f0e-9a53-0d9d2f1f7a11")
KIND = "person.identity"


def sealed(plaintext: bytes) -> bytes:
    return SEAL.seal(plaintext, kind=KIND, record_id=RECORD, revision=3)


def opened(block: bytes) -> bytes:
    return SEAL.unseal(block, kind=KIND, record_id=RECORD, revision=3)


@given(st.binary(max_size=600))
def test_what_was_sealed_is_read_again(plaintext: bytes) -> None:
    assert opened(sealed(plaintext)) == plaintext


@given(st.binary(max_size=300), st.data())
def test_one_flipped_bit_anywhere_is_noticed(plaintext: bytes, data: st.DataObject) -> None:
    block = bytearray(sealed(plaintext))
    bit = data.draw(st.integers(0, len(block) * 8 - 1))
    block[bit // 8] ^= 1 << bit % 8

    with pytest.raises(NotEntitled if 1 <= bit // 8 <= 4 else DeskDamaged):
        opened(bytes(block))


@given(st.binary(max_size=300), st.data())
def test_a_block_that_was_cut_is_noticed(plaintext: bytes, data: st.DataObject) -> None:
    block = sealed(plaintext)
    kept = data.draw(st.integers(0, len(block) - 1))

    with pytest.raises(DeskDamaged):
        opened(block[:kept])


@pytest.mark.parametrize(
    ("kind", "record_id", "revision"),
    [("person.note", RECORD, 3), (KIND, uuid4(), 3), (KIND, RECORD, 2), (KIND, RECORD, 33)],
)
def test_a_block_put_elsewhere_does_not_open(kind: str, record_id: UUID, revision: int) -> None:
    block = sealed(b"Ana's case")

    with pytest.raises(DeskDamaged):
        SEAL.unseal(block, kind=kind, record_id=record_id, revision=revision)


def test_another_key_is_told_from_damage() -> None:
    with pytest.raises(NotEntitled):
        Seal(new_key()).unseal(sealed(b"a name"), kind=KIND, record_id=RECORD, revision=3)


@given(st.binary(max_size=124), st.binary(max_size=124))
def test_short_answers_all_look_equally_long(one: bytes, other: bytes) -> None:
    assert len(sealed(one)) == len(sealed(other))


def test_the_length_shows_in_steps_of_128_only() -> None:
    lengths = {len(sealed(bytes(length))) - 33 for length in range(600)}

    assert lengths == {128, 256, 384, 512, 640}


def test_sealing_the_same_twice_gives_two_different_blocks() -> None:
    assert sealed(b"the same") != sealed(b"the same")


def test_ten_thousand_answers_open_at_once() -> None:
    block = sealed(bytes(200))
    begun = time.perf_counter()

    for _ in range(10_000):
        opened(block)

    # 0.1 s is the promise; a busy machine may take five times as long before this fails.
    assert time.perf_counter() - begun < 0.5
