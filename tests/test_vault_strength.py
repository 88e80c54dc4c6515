"""A passphrase of one's own is estimated as whoever guesses would go about it, and never above what it is worth."""

from __future__ import annotations

import math
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from referral_desk.vault import strength
from referral_desk.vault.passphrases import BACKUP_BITS, OWN_BITS, advice, generated_passphrase, strong_enough

LIST = (Path(__file__).parents[1] / "resources" / "words" / "english.txt").read_text(encoding="utf-8").split()
DESK = ("Sigurna kuća Vračar", "Ana Petrović", "Bojan Ilić")


@pytest.mark.parametrize(
    "weak",
    [
        "sigurnakucavracar",
        "Sigurna kuća Vračar 2024",
        "Сигурна кућа Врачар",
        "Ana Petrovic i Bojan Ilic",
        "P3tr0vic-Vr@car-2024",
        "qwertzuiopasdfghjkl",
        "zaq12wsxcde34rfv",
        "љњертзуиопшђасдф",
        "ضصثقفغعهخحجدشسيبل",
        "1q2w3e4r5t6z7u8i9o0p",
        "12.04.1999 17.11.2003",
        "١٢٣٤٥٦٧٨٩٠١٢٣٤٥",
        "aaaaaaaabbbbbbbbcccc",
        "xk7!xk7!xk7!xk7!xk7!",
        "P@ssw0rd P@ssw0rd 2024!",
        "correct horse battery staple",
        "hope.house.kyiv.2023",
        "волим те срце моје заувек",
        "ja te volim najvise na svetu",
        "حبيبي محمد رسول الله",
        "بسم الله الرحمن الرحيم",
        "habibi inshallah muhammad",
    ],
)
def test_what_is_tried_first_is_refused_with_a_sentence_that_says_what_to_do(weak: str) -> None:
    assert not strong_enough(weak, about=DESK)
    assert advice(weak, about=DESK).endswith(".")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("short", "15 characters"),
        ("sigurnakucavracar petrovic", "names of people"),
        ("qwertzuiopasdfghjkl", "Neighbouring keys"),
        ("12.04.1999 17.11.2003", "Dates"),
        ("forever love princess", "first that are tried"),
        ("umbrella lantern", "Still too easy"),
    ],
)
def test_the_advice_is_about_what_is_wrong(typed: str, said: str) -> None:
    assert said in advice(typed, about=DESK)


@pytest.mark.parametrize(
    "strong",
    [
        "umbrella lantern otter gravel",
        "crvenkasta žirafa preskače bunar",
        "قطار طويل يحمل تفاحا اخضر",
        "kjH7%dks9_jsdh(8",
    ],
)
def test_words_that_have_nothing_to_do_with_each_other_are_taken_in_any_script(strong: str) -> None:
    assert advice(strong, about=DESK) == ""


@settings(max_examples=300)
@given(st.integers(5, 7), st.randoms(use_true_random=False))
def test_whatever_is_generated_is_taken_and_never_flattered(count: int, chance: object) -> None:
    words = generated_passphrase(LIST, bits=math.ceil(12.9 * (count - 1)) + 1)

    assert len(set(words.split())) == count
    assert strong_enough(words)
    assert count < 6 or strong_enough(words, bits=BACKUP_BITS)
    assert strength.bits(words) == pytest.approx(count * math.log2(len(LIST)))


def test_the_words_of_the_desk_count_for_next_to_nothing_and_words_that_hold_them_are_not_cut() -> None:
    assert strength.bits("petrovic", DESK) < 3 < strength.bits("petrovic")
    assert strength.bits("banana", ["Ana"]) == strength.bits("banana")


@given(st.lists(st.sampled_from(LIST), min_size=1, max_size=4))
def test_saying_it_twice_adds_next_to_nothing(words: list[str]) -> None:
    once, twice = " ".join(words), " ".join([*words, *words])

    assert strength.bits(twice) <= strength.bits(once) + len(words) + 1


@given(st.text(max_size=120), st.lists(st.text(max_size=20), max_size=4))
def test_no_text_at_all_upsets_the_estimate(text: str, about: list[str]) -> None:
    cut = strength.pieces(text, about)

    assert "".join(piece.text for piece in cut) == text.casefold()[: strength.LONGEST]
    assert all(0 <= piece.bits < 30 for piece in cut)
    assert isinstance(advice(text, about=about), str)


@given(st.text(min_size=1, max_size=60))
def test_an_estimate_is_never_above_trying_every_sign(text: str) -> None:
    every = sum(4.8 if one.isalpha() else 4.0 for one in text.casefold())

    assert strength.bits(text) <= every + 1e-9


@pytest.mark.parametrize(
    "long",
    ["umbrella lantern otter gravel meadow puzzle", "a" * 200, "ab1!" * 60, "волимтесрцемоје" * 10, "qwertzuiop" * 20],
)
def test_every_keystroke_is_answered_at_once(long: str) -> None:
    advice("a first one, which reads the lists")
    slowest = 0.0
    for end in range(1, len(long) + 1, 3):
        begun = perf_counter()
        advice(long[:end], about=DESK)
        slowest = max(slowest, perf_counter() - begun)

    assert slowest < 0.1, "twenty milliseconds are allowed; five times that where others use this computer"
    assert pytest.approx(46.5, abs=0.1) == OWN_BITS
