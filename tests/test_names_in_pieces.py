"""Names are made ready piece by piece: what happens between two is known, and nothing is known that was not kept."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from referral_desk import erasure, journal, one_person, staff, store
from referral_desk.erasure import Ground
from referral_desk.nrm.case import Case
from referral_desk.nrm.person import FirstContact
from referral_desk.roles import Role
from referral_desk.store import making
from referral_desk.vault.slots import FLOOR
from tests.crew import opened
from tests.test_one_person import desk, somebody, take  # noqa: F401 - a fixture

NAMED = ("Zdravka", "Mirjana", "Selma", "Amina", "Dragica")


@pytest.fixture
def shelter(
    desk: store.Desk,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[store.Desk]:
    """A desk with some cases that was just opened, and a computer on which each piece is as short as can be."""
    for name, value in (("FEW", 1), ("PIECE", 0.0)):
        monkeypatch.setattr(making, name, value)
    with desk, desk.work() as work:
        for number, name in enumerate(NAMED[1:]):
            one = somebody(work, first_name=name, last_name="Petrović", phone=f"+381 64 111 22{number}")
            take(work, one, "identity_document", paper="PASSPORT", number=f"AB 000-11{number}")
    with opened(desk.folder) as again:
        yield again


def a_piece(shelter: store.Desk) -> bool:
    with shelter.work() as work:
        return work.learning.make_more()


def found(shelter: store.Desk, text: str) -> int:
    with shelter.work() as work:
        return len(work.case_ids(text))


def listings(shelter: store.Desk) -> int:
    with shelter.work() as work:
        acts = work.session.query(journal.Entry.act).filter_by(act=journal.Act.LISTED_NAMES.name)
        return acts.count()


def test_piece_by_piece_all_is_known_that_is_known_at_once(shelter: store.Desk) -> None:
    pieces, listed = 1, listings(shelter)
    while a_piece(shelter):
        pieces += 1

    assert pieces > 2 * len(NAMED)
    with shelter.work() as work:
        assert work.learning.knows_persons
        assert all(len(work.case_ids(name)) == 1 for name in NAMED)
        assert len(work.case_ids("petrovic")) == len(NAMED) - 1
    assert listings(shelter) == listed + 1
    assert not a_piece(shelter)


@pytest.mark.parametrize("before", [1, 3, 9, 14, 25, 60])
def test_whoever_comes_between_two_pieces_is_found_once(shelter: store.Desk, before: int) -> None:
    for _piece in range(before):
        a_piece(shelter)
    with shelter.work() as work:
        new = somebody(work, first_name="Vesna", last_name="Ilić", phone="+381 64 999 888").id
        other = somebody(work, first_name="Someone", last_name="Else", phone="+381 64 999 888").id
    with shelter.work() as work:
        every = work.session.query(Case).count()
    while a_piece(shelter):
        pass

    with shelter.work() as work:
        assert work.case_ids("vesna") == [new]
        assert len(work.case_ids()) == len(set(work.case_ids())) == every
        assert [one.row.id for one in one_person.candidates(work, new)] == [other]


@pytest.mark.parametrize("before", [1, 3, 9, 14, 25, 60])
def test_whoever_is_erased_between_two_pieces_is_found_no_more(shelter: store.Desk, before: int) -> None:
    with shelter.work() as work:
        case = work.open_case(FirstContact(day=work.today))
        take(work, case, "person", first_name="Mirjana", last_name="Ilić", phone="+381 64 111 220")
        code, id_ = case.code, case.id
    for _piece in range(before):
        a_piece(shelter)

    erasure.erase(shelter, code, Ground.REQUEST)
    while a_piece(shelter):
        pass

    assert found(shelter, "ilic") == found(shelter, code) == 0
    with shelter.work() as work:
        assert id_ not in work.case_ids()
        [mirjana] = work.case_ids("mirjana")
        assert one_person.candidates(work, mirjana) == ()


def test_a_piece_that_was_not_kept_leaves_no_trace_and_the_names_come_all_the_same(shelter: store.Desk) -> None:
    def failing() -> None:
        with shelter.work() as work:
            work.learning.make_more()
            raise LookupError

    for kept in (0, 2, 12, 30):
        for _piece in range(kept):
            a_piece(shelter)
        with pytest.raises(LookupError):
            failing()
        assert found(shelter, "selma") == 1
        shelter.memory.forget_who_is_who()


def test_a_search_in_the_middle_finds_everybody(shelter: store.Desk) -> None:
    for pieces in (0, 1, 4, 11):
        shelter.memory.forget_who_is_who()
        for _piece in range(pieces):
            a_piece(shelter)
        assert [found(shelter, name) for name in NAMED] == [1] * len(NAMED)


def test_two_cases_that_become_one_in_the_middle_are_found_as_one(shelter: store.Desk) -> None:
    with shelter.work() as work:
        [into], [away] = work.case_ids("mirjana"), work.case_ids("selma")
    shelter.memory.forget_who_is_who()
    for _piece in range(4):
        a_piece(shelter)

    with shelter.work() as work:
        one_person.merge(work, away=away, into=into)
    while a_piece(shelter):
        pass

    with shelter.work() as work:
        assert work.case_ids("selma") == work.case_ids("mirjana") == [into]


def test_new_keys_in_the_middle_lose_nobody(shelter: store.Desk) -> None:
    for _piece in range(3):
        a_piece(shelter)

    staff.add(
        shelter,
        name="Dan",
        roles=[Role.COORDINATOR],
        login="dan",
        passphrase="velvet anchor pigeon thunder maple",
        cost=FLOOR,
    )
    staff.remove(shelter, "Dan")

    while a_piece(shelter):
        pass
    assert [found(shelter, name) for name in NAMED] == [1] * len(NAMED)
