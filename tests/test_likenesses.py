"""Where to look for the same person: whoever shares a number, a phone or another name is among those who are judged."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from referral_desk.store.likeness import Reason, identity, reasons
from referral_desk.store.likenesses import Likenesses

FOUND_HERE = {Reason.NUMBER, Reason.PHONE, Reason.ALIAS}
"""By names alone another index finds them."""

ALIASES = ["Lena", "Лена", "Lena Rose", "Rose, Lena", "Mala/Velika", "Ros\u2028e  Lena", "Ана;Лена Роуз"]
PHONES = [
    "064/123-4567",
    "+381 64 123 4567",
    "call ٠٦٤١٢٣٤٥٦٧",
    "1234567\n0641234567",
    "064\u200b1234567",
    "555 6666 777",
]
persons = st.fixed_dictionaries(
    {},
    optional={
        "first_name": st.sampled_from(["Lena", "Лена", "Rosе"]),
        "last_name": st.sampled_from(["Rose", "Роуз"]),
        "other_names": st.sampled_from(ALIASES),
        "phone": st.sampled_from(PHONES),
        "other_phone": st.sampled_from(PHONES),
    },
)
numbers = st.lists(st.sampled_from(["AB 123-456", "ab123456", "АБ123456", "123", "99 88 77 66"]), max_size=2)


def held_of(people: list[tuple[UUID, dict[str, Any], list[str]]]) -> Likenesses:
    made = Likenesses()
    for id_, person, _numbers in people:
        made.note(id_.hex, person)
    made.note_numbers((id_.hex, {"number": number}) for id_, _person, given in people for number in given)
    return made


@given(st.lists(st.tuples(st.builds(uuid4), persons, numbers), min_size=1, max_size=6))
def test_nobody_who_is_alike_by_more_than_the_name_is_passed_over(people: list[Any]) -> None:
    likenesses = held_of(people)
    known = {id_: identity(person, tuple(given)) for id_, person, given in people}

    for mine in known.values():
        alike = {id_ for id_, other in known.items() if FOUND_HERE.intersection(reasons(mine, other))}
        # A whole name that is another's alias is found by the index of names, unless it is a single word.
        lone = {id_ for id_ in alike if " " in known[id_].name and reasons(mine, known[id_]) == (Reason.ALIAS,)}
        assert alike - lone <= set(likenesses.near(mine, {}))


def test_who_is_dropped_is_gone_and_who_is_new_is_there() -> None:
    old, new = uuid4(), uuid4()
    likenesses = held_of([(old, {"phone": "064 123 4567", "other_names": "Lena"}, ["AB 123-456"])])
    same = identity({"phone": "+381 64 1234567"})
    assert set(likenesses.near(same, {})) == {old}

    likenesses.add(new, same)
    likenesses.drop(old)

    assert set(likenesses.near(same, {})) == {new}
    assert not likenesses.near(identity({"other_names": "Lena"}, ("ab123456",)), {})


def test_what_a_piece_of_work_has_learned_is_found_before_it_is_kept() -> None:
    mine, other = identity({"phone": "064 123 4567"}), uuid4()

    assert set(Likenesses().near(mine, {other: mine})) == {other}
