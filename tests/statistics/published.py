"""A small family of questions that the desk asks, a crowd that answers them, and what is published of it."""

from __future__ import annotations

from datetime import date
from itertools import product

import numpy as np

from referral_desk.statistics import blocks, certificate, families, folding, rounding
from referral_desk.statistics.blocks import Block, Period, Release
from referral_desk.statistics.families import Cells, Dimension, Family

GENDERS, BANDS, COUNTRIES = ("F", "M", "?"), ("9--17", "18--20", "30--38", "?"), ("MDA", "UKR", "SRB", "NRU", "?")
FORMS = ("SEX", "LAB", "FRAUD")
REGIONS = {"MDA": "151", "UKR": "151", "SRB": "039", "NRU": "057", "151": "150", "039": "150"}
FIRST = Period(date(2024, 1, 1), date(2024, 12, 31))
SECOND = Period(date(2025, 1, 1), date(2025, 6, 30))


def family() -> Family:
    gender, form = "person.gender", "interview.exploitation="
    dimensions = [
        Dimension(gender, GENDERS),
        Dimension("person.age_group", ("CHILD", "ADULT")),
        Dimension("person.age_band", BANDS),
        Dimension("person.citizenships", COUNTRIES, REGIONS),
        *(Dimension(form + one, ("YES", "NO")) for one in FORMS),
    ]
    tables = [
        (gender, "person.age_band"),
        (gender, "person.citizenships"),
        *((gender, "person.age_group", form + one) for one in FORMS),
    ]
    return families.checked(Family("intake", tuple(dimensions), tuple(tables)))


def exact(number: int, seed: int) -> Cells:
    """The true tables of so many invented people."""
    draw = np.random.default_rng(seed)
    answers = {
        "person.gender": draw.choice(GENDERS, number, p=[0.6, 0.35, 0.05]),
        "person.age_band": draw.choice(BANDS, number),
        "person.citizenships": draw.choice(COUNTRIES, number, p=[0.4, 0.3, 0.2, 0.01, 0.09]),
    }
    answers["person.age_group"] = np.where(answers["person.age_band"] == "9--17", "CHILD", "ADULT")
    for at, one in enumerate(FORMS):
        answers[f"interview.exploitation={one}"] = np.where(draw.random(number) < (0.5, 0.4, 0.01)[at], "YES", "NO")
    people = family()
    found = {}
    for names in people.published:
        cells = dict.fromkeys(product(*(people.by_name[name].codes for name in names)), 0)
        for codes in zip(*(answers[name] for name in names), strict=True) if names else [()] * number:
            cells[tuple(map(str, codes))] += 1
        found[names] = cells
    return found


def block(period: Period, number: int, seed: int) -> Block:
    counted_by, true = family(), exact(number, seed)
    where = folding.folded(counted_by, true)
    lists = {one.name: folding.shown(one, where[one.name]) for one in counted_by.dimensions}
    counted = folding.counted_under(counted_by, true, where)
    made = rounding.rounded(counted_by, lists, counted, rounding.drawn(b"k", period.name))
    proof = certificate.certified(counted_by, made.figures, counted, certificate.people_of(made, lists))
    return Block("Shelter", period, "intake", counted_by.hash, counted_by.base, lists, made.figures, proof)


def release() -> Release:
    """Two periods together."""
    return blocks.summed(family(), [block(FIRST, 400, 1), block(SECOND, 200, 2)])
