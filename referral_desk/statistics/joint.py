"""Closures are people who came before: both families together must leave room for people who fit both.

For every group by gender and age, those whose case was closed are no more than those who came. Rounded apart, figures
break that in most blocks, and then tell of small groups exactly: four blocks of 0 and closures of 20 say that each 0
was 4. So the people invented for a block of closures are matched with people invented for the intakes; where that
cannot be, the block waits for the next one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import product

from referral_desk.statistics import folding
from referral_desk.statistics.blocks import Block
from referral_desk.statistics.families import Codes, Family
from referral_desk.statistics.program import Lists, Match
from referral_desk.statistics.standard import SHARED

Group = tuple[frozenset[str], ...]
"""For each shared dimension, the codes that a category holds."""


def match(
    family: Family, lists: Lists, intakes: Sequence[tuple[Family, Block]], closures: Sequence[tuple[Family, Block]]
) -> Match:
    """Whom the people of a new block of closures must match, given all blocks published so far."""
    supply = _groups(intakes)
    taken = _groups(closures)
    come_from = {group: _fitting(group, supply) for group in taken}
    new = {codes: _group(family, lists, codes) for codes in product(*(lists[name] for name in SHARED))}
    return Match(
        names=SHARED,
        supply=tuple(supply.values()),
        taken=tuple((number, come_from[group]) for group, number in taken.items() if number),
        cells={codes: _fitting(group, supply) for codes, group in new.items()},
    )


def _groups(published: Iterable[tuple[Family, Block]]) -> Counter[Group]:
    """How many people were published in each group, all blocks together."""
    found: Counter[Group] = Counter()
    for family, block in published:
        for codes, figure in block.cells[SHARED].items():
            found[_group(family, block.lists, codes)] += figure
    return found


def _group(family: Family, lists: Lists, codes: Codes) -> Group:
    holds = (folding.members(family.by_name[name], lists[name]) for name in SHARED)
    return tuple(frozenset(members[code]) for members, code in zip(holds, codes, strict=True))


def _fitting(group: Group, supply: Iterable[Group]) -> tuple[int, ...]:
    """The places of the groups with somebody who can be in this one, too."""
    places = enumerate(supply)
    return tuple(at for at, other in places if all(one & two for one, two in zip(group, other, strict=True)))
