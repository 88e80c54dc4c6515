"""What people type is forgiven where that costs nothing, and refused where it would."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_desk.errors import WrongRecoveryKey
from referral_desk.vault.passphrases import (
    ALPHABET,
    generated_passphrase,
    grouped,
    new_recovery_key,
    normalised_login,
    normalised_passphrase,
    parsed_recovery_key,
    recovery_key_from,
    strong_enough,
)

RECOVERY_KEYS = st.integers(0, 2**130 - 1).map(recovery_key_from)
LONG_LIST = [f"word{number:04}" for number in range(7776)]


def test_a_generated_passphrase_is_five_words_of_the_list_and_never_the_same() -> None:
    made = {generated_passphrase(LONG_LIST) for _ in range(50)}

    assert len(made) == 50
    assert all(len(passphrase.split()) == 5 and set(passphrase.split()) <= set(LONG_LIST) for passphrase in made)
    assert all(strong_enough(passphrase) for passphrase in made)


def test_a_shorter_list_gives_more_words_and_repeated_entries_count_once() -> None:
    assert len(generated_passphrase(LONG_LIST[:2048] * 4).split()) == 6
    with pytest.raises(ValueError, match="too few words"):
        generated_passphrase(LONG_LIST[:500] * 20)


@pytest.mark.parametrize(
    "weak",
    [
        "short",
        "exactly14chars",
        "a               b",
        "aaaaaaaaaaaaaaaaaaaa",
        "abcabcabcabcabcab",
        "AbaBAbaBaBaBaBaB",
        "abcdefghijklmnop",
        "horse battery horse battery",
        "exactly15 chars",
        "asylum otter asylum otter",
    ],
)
def test_a_short_or_repetitive_passphrase_is_refused(weak: str) -> None:
    assert not strong_enough(weak)


@pytest.mark.parametrize("strong", ["kjH7%dks9_jsdh(8", "Їжак біжить у темному лісі", "saddle anchor velvet island"])
def test_a_long_enough_passphrase_in_any_script_is_taken(strong: str) -> None:
    assert strong_enough(strong)


def test_the_same_passphrase_from_another_keyboard_is_the_same() -> None:
    composed, decomposed = "caf\u00e9 au lait demain", "cafe\u0301  au lait demain "

    assert normalised_passphrase(composed) == normalised_passphrase(decomposed)
    assert normalised_passphrase("Case matters") != normalised_passphrase("case matters")


@given(st.text())
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    assert normalised_passphrase(normalised_passphrase(text)) == normalised_passphrase(text)


def test_a_login_code_forgives_case_width_and_outer_space() -> None:
    assert normalised_login(" Ａna-7 ") == normalised_login("ana-7") == "ana-7"


@given(RECOVERY_KEYS)
def test_a_recovery_key_is_read_as_people_copy_it(key: str) -> None:
    spaced = grouped(key).replace("-", " ").lower()
    misread = grouped(key).replace("0", "O").replace("1", "l").replace("-", "\u2013")

    assert parsed_recovery_key(key) == parsed_recovery_key(spaced) == parsed_recovery_key(misread) == key


@given(RECOVERY_KEYS, st.data())
def test_any_one_wrong_character_is_noticed(key: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, 27))
    wrong = data.draw(st.sampled_from(ALPHABET.replace(key[at], "") + "U*"))

    with pytest.raises(WrongRecoveryKey):
        parsed_recovery_key(key[:at] + wrong + key[at + 1 :])


@given(RECOVERY_KEYS, st.integers(0, 26))
def test_two_swapped_neighbours_are_noticed(key: str, at: int) -> None:
    swapped = key[:at] + key[at + 1] + key[at] + key[at + 2 :]

    if swapped != key:
        with pytest.raises(WrongRecoveryKey):
            parsed_recovery_key(swapped)


@given(st.text(max_size=60))
def test_no_text_at_all_upsets_the_reader(text: str) -> None:
    with contextlib.suppress(WrongRecoveryKey):
        assert len(parsed_recovery_key(text)) == 28


def test_a_recovery_key_has_seven_groups_and_is_never_the_same() -> None:
    made = {new_recovery_key() for _ in range(50)}

    assert len(made) == 50
    assert all(len(grouped(key).split("-")) == 7 for key in made)
