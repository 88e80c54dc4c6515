"""By what somebody is recognised, however it is written: phones, names in any script, addresses, e-mails."""

from __future__ import annotations

import string
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_desk.store.signs import address, emails, fits, is_named_in, known, phones, signs_of
from referral_desk.store.warnings import Warnings

DRAGAN = known(
    names=["Dragan Milošević-Perić"], addresses=["Lipov Lad 17, Niš"], others=["064/123-4567", "boss@mail.rs"]
)


def speaks_of_him(text: str) -> bool:
    return bool(fits(signs_of(text), text, DRAGAN))


@pytest.mark.parametrize(
    "written",
    [
        "+381 64 123 4567",
        "00381641234567",
        "064-123-45-67",
        "(064) 1234567",
        "call ٠٦٤١٢٣٤٥٦٧ after six",
        "064 12 34 567.",
    ],
)
def test_a_phone_is_the_same_in_any_grouping_prefix_and_digits(written: str) -> None:
    assert speaks_of_him(written)


@pytest.mark.parametrize("written", ["064 123 4568", "064 123", "17", "2026-11-24", "4567"])
def test_another_number_is_another_phone(written: str) -> None:
    assert not speaks_of_him(written)


@given(st.text(string.digits, min_size=9, max_size=12).filter(lambda d: d.lstrip("0")[:1] and len(d.lstrip("0")) > 8))
def test_a_phone_is_found_however_it_is_parted(digits: str) -> None:
    for sign in (" ", "-", "/", ".", ""):
        parted = sign.join(digits[at : at + 3] for at in range(0, len(digits), 3))
        assert phones(f"Ana {parted}!") == phones(digits)


@pytest.mark.parametrize(
    "written",
    [
        "Драган Милошевић Перић",
        "Peric Milosevic, Dragan",
        "her uncle DRAGAN MILOSEVIĆ-PERIĆ, in the evening",
        "Dragan Miloševič Perič",
    ],
)
def test_a_name_is_the_same_in_any_script_order_and_marks(written: str) -> None:
    assert speaks_of_him(written)


@pytest.mark.parametrize("written", ["Dragan", "Dragana Milošević", "Milan Perić", "Dragan Perić", ""])
def test_a_part_of_a_name_is_not_he(written: str) -> None:
    assert not speaks_of_him(written)


def test_a_name_in_arabic_and_in_latin_letters_is_one() -> None:
    assert is_named_in("محمد الحسن", "Muhammad al-Hasan")
    assert is_named_in("Ahmad Karimi", "احمد کریمی")
    assert not is_named_in("محمد الحسن", "Muhammad Karimi")


def test_a_nickname_alone_must_be_all_there_is() -> None:
    boss = known(names=["Šef; Johnny"], addresses=[])

    assert fits(signs_of("SEF"), "SEF", boss)
    assert not fits(signs_of("my chef Johnny Smith"), "my chef Johnny Smith", boss)


@pytest.mark.parametrize(
    "written", ["ul. Lipov lad br. 17", "Липов Лад 17", "Niš, Lipov lad 17, second floor", "17 LIPOV LAD"]
)
def test_an_address_is_the_same_with_and_without_its_town(written: str) -> None:
    assert speaks_of_him(written)


@pytest.mark.parametrize("written", ["Lipov Lad 18", "Lipov Lad", "Niš 18000", "17", "Lad 17"][:4])
def test_a_neighbour_or_a_town_is_no_address_of_his(written: str) -> None:
    assert not speaks_of_him(written)


def test_what_is_too_vague_is_no_address() -> None:
    assert address("Niš 18000") == frozenset()
    assert address("near the station") == frozenset()


def test_an_email_is_the_same_in_capitals() -> None:
    assert emails("Write to BOSS@Mail.RS") == emails("boss@mail.rs") != frozenset()
    assert speaks_of_him("Boss@mail.rs")


NAMES = st.lists(st.text("abcdefghijklmnoprstuvz", min_size=3, max_size=9), min_size=2, max_size=3).map(" ".join)


@given(NAMES, st.lists(NAMES, max_size=6), NAMES)
def test_the_warnings_find_what_a_look_at_each_finds(name: str, others: list[str], asked: str) -> None:
    everybody = [known(names=[one], addresses=[]) for one in (name, *others)]
    warnings = Warnings()
    warnings.become((uuid4(), one) for one in everybody)

    for text in (asked, name, f"with {name} today"):
        assert warnings.warn_of(text) == max(fits(signs_of(text), text, one) for one in everybody)


def test_a_warning_goes_with_its_step() -> None:
    warnings, step = Warnings(), uuid4()
    warnings.add(step, DRAGAN)
    assert warnings.warn_of("064 123 4567")

    warnings.add(step, known(names=["Somebody Else"], addresses=[]))
    assert not warnings.warn_of("064 123 4567")

    warnings.drop(step)
    assert not warnings.warn_of("Somebody Else")
