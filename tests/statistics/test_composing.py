"""Tables of one's own: they cost what was said, and change nothing that is published."""

from __future__ import annotations

import pytest

from referral_desk.errors import FamilyTooLarge, WrongFamily
from referral_desk.exchange import practice
from referral_desk.statistics import blocks, composing, freezing
from referral_desk.statistics.standard import INTAKE
from tests.statistics.conftest import new_desk

TABLE = ("first_contact.contact", "decision.status")
ANOTHER = ("person.gender", "person.age_group", "decision.status")


@pytest.fixture(scope="module")
def peopled(tmp_path_factory):
    with new_desk(tmp_path_factory.mktemp("composed") / "desk") as desk:
        practice.fill(desk, cases=300)
        with desk.work(unsealed=False) as work:
            freezing.freeze_due(work)
        yield desk


def test_a_table_is_added_and_everything_published_stays(peopled):
    with peopled.work(unsealed=False) as work:
        before = freezing.frozen(work, INTAKE)
        composing.with_table(work, INTAKE, TABLE)
    with peopled.work(unsealed=False) as work:
        wider = composing.with_table(work, INTAKE, ANOTHER)

        assert [one.content for one in freezing.frozen(work, INTAKE)] == [one.content for one in before]

    for old, new in zip(before, wider, strict=True):
        assert all(new.block.cells[names] == table for names, table in old.block.cells.items())
        assert {tuple(sorted(TABLE)), tuple(sorted(ANOTHER))} <= {tuple(sorted(names)) for names in new.block.cells}
        assert blocks.adds_up(new.family, new.block)
    assert blocks.summed(wider[0].family, [one.block for one in wider]).total > 0


def test_asked_again_it_is_the_same_bytes(peopled):
    with peopled.work(unsealed=False) as work:
        first, again = (composing.with_table(work, INTAKE, TABLE) for _time in range(2))

    assert [one.content for one in first] == [one.content for one in again]


def test_what_it_costs_is_said_before(peopled):
    with peopled.work(unsealed=False) as work:
        cheap = composing.cost(work, INTAKE, ("interview.exploitation=SEX", "decision.status"))
        unknown = composing.cost(work, INTAKE, ("person.gender", "person.shoe_size"))

    assert cheap.figures > 0
    assert cheap.refused == ""
    assert cheap.usual_error == 2.5
    assert "cannot be published together" in unknown.refused


@pytest.mark.parametrize(
    "table",
    [
        (),
        ("person.gender", "person.age_group", "decision.status", "first_contact.contact"),
        ("person.gender", "closure.reason"),
    ],
)
def test_a_table_that_cannot_be_is_refused(peopled, table):
    with peopled.work(unsealed=False) as work, pytest.raises(WrongFamily):
        composing.with_table(work, INTAKE, table)


def test_a_table_too_large_names_what_to_leave_out(peopled):
    with peopled.work(unsealed=False) as work:
        table = ("person.citizenships", "first_contact.contact", "interview.country_of_exploitation")
        told = composing.cost(work, INTAKE, table).refused
        if told:
            with pytest.raises(FamilyTooLarge):
                composing.with_table(work, INTAKE, table)
