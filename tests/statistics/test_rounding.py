"""Figures that are rounded together: near the truth, adding up, certified, and the same every time."""

from __future__ import annotations

import builtins
import dataclasses
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from referral_desk.errors import FamilyTooLarge, NoRounding, NotCertified, RoundingMissing, WrongFamily
from referral_desk.statistics import blocks, certificate, families, folding, rounding
from referral_desk.statistics.blocks import Block, Period
from referral_desk.statistics.families import NO, REMAINDER, YES, Cells, Dimension, Family
from tests.statistics import crowds

BASES = st.sampled_from([3, 5, 10])


def figures(family: Family, exact, *, key: bytes = b"a key", lists=None):
    return rounding.rounded(family, lists or crowds.every_code(family), exact, rounding.drawn(key, "a block"))


def block_of(family: Family, exact, *, period: Period | None = None, shelter: str = "S1") -> Block:
    where = folding.folded(family, exact)
    lists = {one.name: folding.shown(one, where[one.name]) for one in family.dimensions}
    counted = folding.counted_under(family, exact, where)
    made = figures(family, counted, lists=lists)
    proof = certificate.certified(family, made.figures, counted, certificate.people_of(made, lists))
    period = period or Period(date(2026, 1, 1), date(2026, 12, 31))
    return Block(shelter, period, family.name, family.hash, family.base, lists, made.figures, proof)


@settings(max_examples=12, deadline=None)
@given(number=st.integers(0, 400), seed=st.integers(0, 1000), base=BASES)
def test_every_figure_is_near_adds_up_and_has_people_who_give_it(number, seed, base):
    family = crowds.family(citizenships=8, years=2, forms=4, base=base)
    exact = crowds.exact(family, crowds.crowd(number, seed, citizenships=8, years=2, forms=4))

    block = block_of(family, exact)

    assert blocks.adds_up(family, block)
    assert block.certificate.people == block.total
    assert abs(block.total - number) < base


def test_the_same_key_gives_the_same_figures_and_another_others():
    family = crowds.family()
    exact = crowds.exact(family, crowds.crowd(200, 1))

    again, other = figures(family, exact), figures(family, exact, key=b"another key")

    assert figures(family, exact).figures == again.figures
    assert again.figures != other.figures


def test_figures_that_do_not_fit_the_invented_people_are_never_shown():
    family = crowds.family(citizenships=8)
    lists = crowds.every_code(family)
    exact = crowds.exact(family, crowds.crowd(200, 1, citizenships=8))
    made = figures(family, exact)
    people = certificate.people_of(made, lists)
    altered: Cells = {**made.figures, (): {(): made.figures[()][()] + 5}}
    elsewhere: Cells = {**exact, (): {(): 100}}

    with pytest.raises(NotCertified):
        certificate.certified(family, altered, exact, people)
    with pytest.raises(NotCertified):
        certificate.certified(family, made.figures, elsewhere, people)


def test_other_people_are_invented_from_the_published_figures_alone():
    family = crowds.family(citizenships=8)
    lists = crowds.every_code(family)
    made = figures(family, crowds.exact(family, crowds.crowd(300, 4, citizenships=8)))
    first, second = (
        certificate.people_of(rounding.invented(family, lists, made.figures, rounding.drawn(key, "rows")), lists)
        for key in (b"1", b"2")
    )

    certificate.recertified(family, made.figures, first)
    certificate.recertified(family, made.figures, second)

    assert first.digest() != second.digest()


def test_tables_that_contradict_one_another_are_refused():
    family = crowds.family(citizenships=8)
    exact = dict(crowds.exact(family, crowds.crowd(100, 1, citizenships=8)))
    exact["sex",] = dict.fromkeys(exact["sex",], 0)

    with pytest.raises(NoRounding):
        figures(family, exact)


def test_without_the_solver_it_says_so(monkeypatch):
    real = builtins.__import__

    def missing(name, *args, **more):
        if name == "highspy":
            raise ImportError(name)
        return real(name, *args, **more)

    monkeypatch.setattr(builtins, "__import__", missing)
    family = crowds.family(citizenships=4)

    with pytest.raises(RoundingMissing, match="HiGHS"):
        figures(family, crowds.exact(family, crowds.crowd(50, 1, citizenships=4)))


def test_a_circle_of_tables_gets_its_chord():
    dimensions = tuple(Dimension(name, ("1", "2")) for name in "abcd")
    circle = (("a", "b"), ("b", "c"), ("c", "d"), ("a", "d"))

    tree = families.cliques(circle, dict.fromkeys("abcd", 2))

    assert sorted(map(len, tree)) == [3, 3]
    families.checked(Family("circle", dimensions, circle))


def test_a_family_too_large_names_the_table_that_should_go():
    dimensions = tuple(Dimension(name, tuple(map(str, range(40))), None, 40) for name in ("a", "b", "c", "d"))
    family = Family("large", dimensions, (("a", "b"), ("c", "d"), ("a", "b", "d")))

    with pytest.raises(FamilyTooLarge, match="a × b × d"):
        families.checked(family)


@pytest.mark.parametrize(
    "change",
    [
        {"base": 7},
        {"tables": (("sex", "shoe size"),)},
        {"tables": (("sex", "sex"),)},
        {"fewest": 2},
        {"dimensions": (Dimension("sex", ("F", "F")),)},
        {"dimensions": (Dimension("sex", ("F", "M"), {"F": "M", "M": "F"}),)},
    ],
)
def test_a_family_that_is_none_is_refused(change):
    sound = Family("sound", (Dimension("sex", ("F", "M")),), (("sex",),))

    families.checked(sound)
    with pytest.raises(WrongFamily):
        families.checked(dataclasses.replace(sound, **change))


def test_a_family_goes_through_its_file_and_keeps_its_hash():
    family = crowds.family()

    again = families.from_data(family.as_data())

    assert again.hash == family.hash
    assert again.with_table(["age", "source"]).hash != family.hash
    with pytest.raises(WrongFamily):
        families.from_data({"name": "nothing"})


def test_small_categories_fold_into_their_parents_and_no_further_than_needed():
    parents = {"MDA": "EUROPE", "SRB": "EUROPE", "UKR": "EUROPE", "NGA": "AFRICA", "GHA": "AFRICA"}
    origin = Dimension("origin", ("MDA", "SRB", "UKR", "NGA", "GHA", "NRU"), parents)
    family = families.checked(Family("folding", (origin,), (("origin",),)))
    numbers = {"MDA": 40, "SRB": 9, "UKR": 7, "NGA": 4, "GHA": 1, "NRU": 2}
    exact: Cells = {(): {(): 63}, ("origin",): {(code,): number for code, number in numbers.items()}}

    where = folding.folded(family, exact)["origin"]

    assert where["MDA"] in ("MDA", "EUROPE")
    assert where["SRB"] == where["UKR"] == "EUROPE"
    assert where["NGA"] == where["GHA"] == where["NRU"] == REMAINDER
    assert folding.category_of(origin, folding.shown(origin, where)) == where


def test_a_block_is_written_in_one_way_and_read_back():
    family = crowds.family(citizenships=8)
    block = block_of(family, crowds.exact(family, crowds.crowd(150, 2, citizenships=8)))

    content = blocks.as_bytes(block)

    assert blocks.from_bytes(content) == block
    assert blocks.as_bytes(blocks.from_bytes(content)) == content
    for broken in (content[:-20], b"{}", b"[]", content.replace(b'"format":1', b'"format":2')):
        with pytest.raises(ValueError, match=r"."):
            blocks.from_bytes(broken)


@settings(max_examples=8, deadline=None)
@given(numbers=st.lists(st.integers(20, 120), min_size=1, max_size=4), seed=st.integers(0, 99))
def test_a_sum_of_blocks_adds_up_and_has_the_lines_that_any_of_them_has(numbers, seed):
    family = crowds.family(citizenships=8, years=2, forms=4)
    people = [crowds.crowd(number, seed + at, citizenships=8, years=2, forms=4) for at, number in enumerate(numbers)]
    made = [block_of(family, crowds.exact(family, one)) for one in people]

    release = blocks.summed(family, made)

    assert release.total == sum(block.total for block in made)
    assert all(sum(release.cells[names].values()) == release.total for names in family.published)
    assert abs(release.total - sum(numbers)) <= release.farthest
    for one in family.dimensions:
        having = {code: sum(code in block.lists[one.name] for block in made) for code in one.codes}
        assert {code for code in one.codes if having[code]} == set(one.codes) & set(release.lists[one.name])
        assert release.in_part[one.name] == {code: n for code, n in having.items() if 0 < n < len(made)}
        for code in release.lists[one.name]:
            own = (block.cells[one.name,].get((code,), 0) for block in made)
            assert release.cells[one.name,][code,] == sum(own)


@pytest.mark.parametrize("base", [3, 5, 10])
@pytest.mark.parametrize("no", range(12))
def test_what_nearly_all_say_keeps_its_line_and_what_few_say_has_none(no, base):
    """Of 46 of whom few were not exploited so, the line of the many stands; of few, not even that of the others."""
    family = families.checked(Family("forms", (Dimension("form", (YES, NO)),), (("form",),), base))
    for few, many in ((NO, YES), (YES, NO)):
        exact: Cells = {(): {(): 46 + no}, ("form",): {(many,): 46, (few,): no}}
        where = folding.folded(family, exact)["form"]
        lists = {"form": folding.shown(family.by_name["form"], where)}
        counted = folding.counted_under(family, exact, {"form": where})
        if no >= 10:
            assert lists["form"] == (YES, NO)
        elif few == YES or base == 3:
            assert lists["form"] == (REMAINDER,)
        else:
            assert lists["form"] == (YES, REMAINDER)
            for key in range(20):
                made = figures(family, counted, key=bytes([key]), lists=lists)
                rest = made.figures["form",][REMAINDER,]
                assert abs(rest - no) < base
                assert rest + base - 1 < 10  # so that whoever is added may be among them


@pytest.mark.parametrize(
    ("day", "name"), [(date(2026, 1, 1), "2026-Q1"), (date(2026, 6, 30), "2026-Q2"), (date(2025, 12, 31), "2025-Q4")]
)
def test_a_quarter_has_one_name(day, name):
    quarter = blocks.quarter_of(day)

    assert quarter.name == name
    assert quarter.first <= day <= quarter.last
    assert blocks.quarter_of(quarter.last) == quarter


def test_longer_periods_are_named_by_what_they_are():
    assert Period(date(2026, 1, 1), date(2026, 6, 30)).name == "2026-H1"
    assert Period(date(2026, 1, 1), date(2026, 12, 31)).name == "2026"
    assert Period(date(2025, 7, 1), date(2026, 12, 31)).name == "2025-Q3--2026-Q4"
