"""Tables of one's own: they cost what was said, and change nothing that is published."""

from __future__ import annotations

import pytest

from referral_desk.errors import FamilyTooLarge, NoRounding, WrongFamily
from referral_desk.exchange import practice
from referral_desk.statistics import blocks, composing, freezing, standard
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


def composed(desk, table) -> list[freezing.Frozen]:
    """The blocks with one more table; as they were where one of them has no room for it."""
    try:
        with desk.work(unsealed=False) as work:
            return composing.with_table(work, INTAKE, table)
    except NoRounding:
        with desk.work(unsealed=False) as work:
            return freezing.frozen(work, INTAKE)


@pytest.mark.parametrize("table", [TABLE, ANOTHER])
def test_a_table_is_added_or_refused_and_everything_published_stays(peopled, table):
    with peopled.work(unsealed=False) as work:
        before = freezing.frozen(work, INTAKE)

    wider, again = composed(peopled, table), composed(peopled, table)

    with peopled.work(unsealed=False) as work:
        assert [one.content for one in freezing.frozen(work, INTAKE)] == [one.content for one in before]
    assert [one.content for one in again] == [one.content for one in wider]
    for old, new in zip(before, wider, strict=True):
        assert all(new.block.cells[names] == figures for names, figures in old.block.cells.items())
        assert blocks.adds_up(new.family, new.block)
    assert blocks.summed(wider[0].family, [one.block for one in wider]).total > 0


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


def test_what_is_composed_before_a_period_is_closed_is_rounded_with_it(tmp_path):
    with new_desk(tmp_path / "desk") as desk:
        practice.fill(desk, cases=200)
        with desk.work(unsealed=False) as work:
            assert composing.with_table(work, INTAKE, TABLE) == []
            freezing.freeze_due(work)
        with desk.work(unsealed=False) as work:
            wider = composing.with_table(work, INTAKE, TABLE)
            plain = freezing.frozen(work, INTAKE)

    assert plain
    assert [one.block.cells.keys() < two.block.cells.keys() for one, two in zip(plain, wider, strict=True)]
    assert {one.family.hash for one in plain} == {standard.counted(INTAKE).family.hash}
    for one, two in zip(plain, wider, strict=True):
        assert all(two.block.cells[names] == table for names, table in one.block.cells.items())
        assert blocks.adds_up(one.family, one.block)


def test_before_anything_is_closed_the_cost_is_what_it_may_be_at_most(tmp_path):
    with new_desk(tmp_path / "desk") as desk, desk.work(unsealed=False) as work:
        cost = composing.cost(work, INTAKE, ("person.gender", "person.citizenships", "interview.exploitation=SEX"))

    assert (cost.refused, cost.cases_for_each) == ("", 0.0)
    assert 100 < cost.figures < 1000
