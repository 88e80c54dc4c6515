"""The rule of the operational indicators: a suggestion, and never “not a victim”."""

from __future__ import annotations

from itertools import combinations_with_replacement

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_desk.nrm.indicators import DIMENSIONS, Indicator, IndicatorAnswers
from referral_desk.nrm.screening import Suggestion, is_positive, screened, suggested
from referral_desk.pages import case_page
from tests.cast import TODAY, a_child, a_woman, tells

POSITIVE = {"SS", "SM", "SW", "MMM", "MMW"}
LADDER = [Suggestion.UNKNOWN, Suggestion.POSSIBLE, Suggestion.STRONG]

weights = st.lists(st.sampled_from("SMW"), max_size=5)
looks = st.fixed_dictionaries(dict.fromkeys(DIMENSIONS, weights))


@pytest.mark.parametrize("seen", sorted(POSITIVE))
def test_each_positive_combination_is_positive(seen: str) -> None:
    assert is_positive(seen)


@pytest.mark.parametrize("seen", ["", "S", "M", "W", "MM", "MW", "WW", "WWW", "MWW", "WWWW", "MWWWW"])
def test_each_near_miss_is_not(seen: str) -> None:
    assert not is_positive(seen)


def test_every_combination_of_six_is_positive_just_where_one_of_the_four_is_in_it() -> None:
    for size in range(7):
        for seen in combinations_with_replacement("SMW", size):
            has = [all(seen.count(sign) >= one.count(sign) for sign in set(one)) for one in POSITIVE]
            assert is_positive(seen) is any(has)


@given(looks, st.sampled_from(DIMENSIONS), st.sampled_from("SMW"), st.booleans(), st.booleans())
def test_one_more_indicator_never_lowers_the_suggestion(
    seen: dict[str, list[str]], where: str, weight: str, as_child: bool, act_known: bool
) -> None:
    more = seen | {where: [*seen[where], weight]}

    before = suggested(seen, as_child=as_child, act_known=act_known)
    after = suggested(more, as_child=as_child, act_known=act_known)

    assert LADDER.index(after.suggestion) >= LADDER.index(before.suggestion)
    assert set(after.positive) >= set(before.positive)


@given(looks, st.booleans(), st.booleans())
def test_nothing_ever_says_not_a_victim(seen: dict[str, list[str]], as_child: bool, act_known: bool) -> None:
    found = suggested(seen, as_child=as_child, act_known=act_known)

    assert found.suggestion in LADDER
    assert "not a victim" not in found.suggestion.english.lower()


@given(looks, st.booleans())
def test_a_child_is_never_suggested_less_than_an_adult(seen: dict[str, list[str]], act_known: bool) -> None:
    child = suggested(seen, as_child=True, act_known=act_known)
    adult = suggested(seen, as_child=False, act_known=act_known)

    assert LADDER.index(child.suggestion) >= LADDER.index(adult.suggestion)


@pytest.mark.parametrize(
    ("positive", "suggestion"),
    [
        (["conditions"], Suggestion.UNKNOWN),
        (["deceptive"], Suggestion.UNKNOWN),
        (["deceptive", "coercion_there"], Suggestion.UNKNOWN),
        (["deceptive", "conditions"], Suggestion.POSSIBLE),
        (["vulnerability_there", "conditions"], Suggestion.POSSIBLE),
        (["vulnerable", "conditions", "coercion_there"], Suggestion.POSSIBLE),
        (["deceptive", "conditions", "coercion_there"], Suggestion.STRONG),
        (["coercive", "conditions", "coercion_there"], Suggestion.STRONG),
    ],
)
def test_dimensions_make_the_published_patterns(positive: list[str], suggestion: Suggestion) -> None:
    assert suggested(dict.fromkeys(positive, "SS"), as_child=False).suggestion is suggestion


def test_of_a_child_exploitation_is_enough_and_means_are_not_asked_for() -> None:
    assert suggested({"conditions": ["W"]}, as_child=True).suggestion is Suggestion.POSSIBLE
    assert suggested({"conditions": "SS"}, as_child=True, act_known=True).suggestion is Suggestion.STRONG
    assert suggested({"deceptive": "SS"}, as_child=True).suggestion is Suggestion.UNKNOWN


def indicators(case, **given):
    written = {name: [f"{code}={seen}" for code, seen in codes.items()] for name, codes in given.items()}
    return tells(case, "indicators", 2, profile="DELPHI_LAB_A", **written)


def test_a_case_is_looked_at_with_the_list_that_fits() -> None:
    woman, child = a_woman(), a_child()
    for case in (woman, child):
        indicators(
            case,
            deceptive={"D1.10": "YES", "D1.02": "YES"},
            conditions={"D4.01": "YES", "D4.09": "YES"},
            coercion_there={"D5.01": "NO"},
        )

    assert screened(woman, TODAY).suggestion is Suggestion.UNKNOWN
    assert screened(child, TODAY).suggestion is Suggestion.STRONG
    indicators(woman, deceptive={"D1.01": "YES", "D1.02": "NO"})
    assert screened(woman, TODAY).suggestion is Suggestion.POSSIBLE


def test_a_childs_exploitation_recorded_anywhere_is_enough() -> None:
    case = a_child()
    tells(case, "interview", 3, exploitation="BEG")

    assert screened(case, TODAY).suggestion is Suggestion.POSSIBLE


def test_the_list_is_whole() -> None:
    entries: list[Indicator] = [
        entry
        for name in DIMENSIONS
        for entry in IndicatorAnswers.question(name).many.every()  # type: ignore[union-attr]
    ]

    assert len(entries) == 67
    assert sum(entry.child != "" for entry in entries) == 65
    assert {entry.child for entry in entries} == {"S", "M", ""}


def test_the_page_of_a_case_says_what_is_suggested_and_that_it_is_a_suggestion() -> None:
    case = a_woman()
    assert case_page(case, TODAY).suggestion == ""
    seen = {"deceptive": ["D1.01=YES", "D1.02=YES"], "conditions": ["D4.01=YES", "D4.02=YES"]}
    tells(case, "indicators", 3, profile="DELPHI_LAB_A", **seen)

    said = case_page(case, TODAY).suggestion
    assert said.startswith("What the indicators suggest: ")
    assert "help does not wait for it" in said
    assert "sexual exploitation" not in said
    tells(case, "interview", 2, agreed="YES", in_private="YES", exploitation="SEX")
    assert "There is no list for sexual exploitation here" in case_page(case, TODAY).suggestion
