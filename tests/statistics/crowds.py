"""Invented crowds without a desk: answers that hang together as in life, as numbers, and their exact tables."""

from __future__ import annotations

from itertools import product

import numpy as np

from referral_desk.statistics import families
from referral_desk.statistics.families import Cells, Dimension, Family

SERVICES = 8

Crowd = dict[str, np.ndarray]


def crowd(number: int, seed: int, *, citizenships: int = 30, years: int = 5, forms: int = 8) -> Crowd:
    """That many people with sixteen answers each."""
    draw = np.random.default_rng(seed)
    sex = draw.choice(3, number, p=[0.68, 0.29, 0.03])
    usual = np.where(sex == 0, draw.choice([0, 0, 0, 2, 1], number), draw.choice([1, 1, 1, 3, 0], number))
    form = np.where(draw.random(number) < 0.6, usual, draw.integers(0, forms, number))
    age = np.clip(draw.normal(2.5, 1.3, number).round(), 0, 5).astype(int)
    share = 1 / np.arange(1, citizenships + 1) ** 1.1
    origin = draw.choice(citizenships, number, p=share / share.sum())
    citizenship = (origin + form * 3 * (draw.random(number) < 0.4)).astype(int) % citizenships
    year = draw.integers(0, years, number)
    outcome = np.clip(draw.poisson(1.5 + year * 0.3), 0, 6)
    duration = np.clip(draw.poisson(0.7 + outcome * 0.4), 0, 4)
    source = (draw.poisson(1.5, number) + form) % 7
    answers = [sex, age, form, citizenship, year, outcome, duration, source]
    names = ["sex", "age", "form", "citizenship", "year", "outcome", "duration", "source"]
    helped = {
        f"service{k}": (draw.random(number) < 0.1 + 0.08 * k + 0.1 * (sex == 0)).astype(int) for k in range(SERVICES)
    }
    return dict(zip(names, answers, strict=True)) | helped


def family(*, citizenships: int = 30, years: int = 5, forms: int = 8, base: int = 5) -> Family:
    """Twelve tables: 928 figures with the totals, as the method was tried with."""
    sizes = {"sex": 3, "age": 6, "form": forms, "citizenship": citizenships, "year": years, "outcome": 7}
    sizes |= {"duration": 5, "source": 7} | {f"service{k}": 2 for k in range(SERVICES)}
    tables = (
        *(("sex", "age"), ("sex", "form"), ("form", "citizenship"), ("sex", "citizenship"), ("age", "form")),
        *(("form", "year"), ("citizenship", "year"), ("form", "outcome"), ("outcome", "duration")),
        *(("form", "source"), ("year", "outcome")),
        *(("sex", f"service{k}") for k in range(SERVICES)),
    )
    dimensions = tuple(Dimension(name, tuple(map(str, range(size))), None, 1000) for name, size in sizes.items())
    return families.checked(Family("crowd", dimensions, tables, base))


def exact(family: Family, people: Crowd) -> Cells:
    """The true tables."""
    return {names: _table(family, people, names) for names in family.published}


def every_code(family: Family) -> dict[str, tuple[str, ...]]:
    """The lists with nothing folded."""
    return {one.name: one.codes for one in family.dimensions}


def _table(family: Family, people: Crowd, names: tuple[str, ...]) -> dict[tuple[str, ...], int]:
    lists = [family.by_name[name].codes for name in names]
    shape = tuple(map(len, lists))
    flat = np.ravel_multi_index([people[name] for name in names], shape) if names else np.zeros(len(people["sex"]), int)
    numbers = np.bincount(flat, minlength=int(np.prod(shape)))
    return dict(zip(product(*lists), map(int, numbers), strict=True))
