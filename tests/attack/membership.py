"""A5 and A7: was this person at the shelter at all? Asked of published figures, and of invented records.

The attacker knows every answer of somebody, and how often such answers are among people like these. Half of the
shelters she looks at had that person, half had not; all others at it are drawn anew each time, because she does not
know them. She scores what is published, by a threshold learned on one half of the shelters and tried on the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from random import Random

import numpy as np
from sqlalchemy import select

from referral_desk.errors import NoRounding
from referral_desk.exchange import synthetic
from referral_desk.statistics import blocks, certificate, composing, exact, folding, rounding, standard
from referral_desk.statistics.blocks import Block
from referral_desk.statistics.counting import CASES
from referral_desk.statistics.families import Cells, Codes, Family
from referral_desk.statistics.folding import Folded
from referral_desk.statistics.rounding import Draw, Rounded
from referral_desk.store import Desk
from referral_desk.store.figure_tables import CountedRow

Places = np.ndarray

MOST = 400
"""Cases of a shelter in these trials: in larger ones a person is harder to find, not easier."""


@dataclass(frozen=True)
class Trial:
    """Whether the person was there, how much it looks so by figures and by true ones, and the invented records.

    `met` says that an invented record has all the person's answers; `was_alone` that nobody else had them.
    """

    was_there: bool
    score: float
    true_score: float
    met: bool
    was_alone: bool


def trials(desk: Desk, family_name: str, rng: Random, number: int) -> list[Trial]:
    """So many trials with the people of the newest block, half of them with the person looked for."""
    pool, family, block = _people(desk, family_name)
    if len(pool) < 2:
        return []
    found = []
    for at in range(number):
        target = rng.randrange(len(pool))
        others = [one for one in range(len(pool)) if one != target]
        size = min(len(pool), MOST)
        chosen = [*rng.choices(others, k=size - 1), target if at % 2 == 0 else rng.choice(others)]
        found.append(_trial(family, block, pool, pool[chosen], pool[target], at % 2 == 0, rng.randbytes(16)))
    return found


def met(trials: Sequence[Trial]) -> tuple[int, int, int, int]:
    """Whom an invented record meets: of those who were there alone with their answers, and of those who were not."""
    there = [one for one in trials if one.was_alone]
    away = [one for one in trials if not one.was_there]
    return sum(one.met for one in there), len(there), sum(one.met for one in away), len(away)


def is_beyond_chance(trials: Sequence[Trial]) -> bool:
    """Whether invented records meet those who were there oftener than those who were not, by three deviations."""
    here, there, elsewhere, away = met(trials)
    if not there or not away:
        return False
    share = (here + elsewhere) / (there + away)
    deviation = sqrt(share * (1 - share) * (1 / there + 1 / away))
    return here / there - elsewhere / away > 3 * deviation


def advantage(scores: list[tuple[bool, float]]) -> float:
    """How much oftener she says yes of those who were there, by the best threshold of one half on the other."""
    half = len(scores) // 2
    learned, tried = scores[:half], scores[half:]
    if not learned or not tried:
        return 0.0
    best = max((score for _there, score in learned), key=lambda threshold: _beyond(learned, threshold))
    return _beyond(tried, best)


def _beyond(scores: list[tuple[bool, float]], threshold: float) -> float:
    shares = []
    for wanted in (True, False):
        some = [score >= threshold for there, score in scores if there is wanted]
        shares.append(sum(some) / len(some) if some else 0.0)
    return shares[0] - shares[1]


def _people(desk: Desk, family_name: str) -> tuple[Places, Family, Block | None]:
    """Everybody of the newest block, a row each."""
    counted = standard.counted(family_name)
    with desk.work(unsealed=False) as work:
        published = composing.with_all(work, family_name)
        if not published:
            return np.zeros((0, 0), dtype=np.int64), counted.family, None
        newest = max(published, key=lambda one: one.block.period)
        members = select(CountedRow.case_id).where(CountedRow.block.in_((newest.id, newest.adds_to)))
        places, numbers = exact.told(work.session, counted, CASES.c.id.in_(members))
    return np.repeat(places, numbers, axis=0), counted.family, newest.block


def _rounded(family: Family, true: Cells, draw: Draw, *, alone: bool) -> tuple[Folded, dict[str, Codes], Rounded]:
    where = folding.folded(family, true, alone=alone)
    lists = {one.name: folding.shown(one, where[one.name]) for one in family.dimensions}
    return where, lists, rounding.rounded(family, lists, folding.counted_under(family, true, where), draw)


def _trial(
    family: Family, block: Block | None, pool: Places, people: Places, target: Places, was_there: bool, key: bytes
) -> Trial:
    assert block
    true, usual = _tables(family, people), _tables(family, pool)
    draw = rounding.drawn(key, "trial")
    try:
        where, lists, made = _rounded(family, true, draw, alone=True)
    except NoRounding:
        where, lists, made = _rounded(family, true, draw, alone=False)
    shown, expected = folding.counted_under(family, true, where), folding.counted_under(family, usual, where)
    codes = {one.name: where[one.name][one.codes[at]] for one, at in zip(family.dimensions, target, strict=True)}
    share = len(people) / len(pool)
    rows = _invented(family, block, lists, made.figures)
    own = synthetic.row(codes, "")
    alike = sum(_codes(family, where, other) == codes for other in people)
    return Trial(
        was_there,
        _score(codes, made.figures, expected, share),
        _score(codes, shown, expected, share),
        own in rows,
        was_there and alike == 1,
    )


def _codes(family: Family, where: folding.Folded, person: Places) -> dict[str, str]:
    return {one.name: where[one.name][one.codes[at]] for one, at in zip(family.dimensions, person, strict=True)}


def _invented(family: Family, block: Block, lists: dict[str, tuple[str, ...]], figures: Cells) -> set[tuple[str, ...]]:
    """The records that anybody can draw from these figures."""
    proof = certificate.Certificate(figures[()][()], 0, family.base - 1)
    published = blocks.Block("trial", block.period, family.name, family.hash, family.base, lists, figures, proof)
    people = synthetic.people_of(family, published)
    return {synthetic.row(dict(zip(people.names, codes, strict=True)), "") for codes in certificate.as_counter(people)}


def _tables(family: Family, people: Places) -> Cells:
    return exact.tabled(family, (people, np.ones(len(people), dtype=np.int64)))


def _score(codes: dict[str, str], figures: Cells, expected: Cells, share: float) -> float:
    """How much higher the person's places are than usual."""
    score = 0.0
    for names, table in figures.items():
        if names:
            at = tuple(codes[name] for name in names)
            usual = expected[names][at] * share
            score += (table[at] - usual) / sqrt(usual + 4)
    return score
