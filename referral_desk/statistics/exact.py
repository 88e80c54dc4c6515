"""The true tables of a family, counted in the store: for `freezing` alone, which rounds them before anybody sees them.

One statement asks what each case tells, and the store counts those that tell the same; the tables are sums of that.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from referral_desk.statistics.counting import CASES
from referral_desk.statistics.families import Cells, Codes, Family, Names
from referral_desk.statistics.sources import Source
from referral_desk.statistics.standard import Counted

_REMEMBERED = 50_000

Told = tuple[np.ndarray, np.ndarray]
"""Rows of places, and how many cases each row stands for."""


def tables(session: Session, counted: Counted, which: ColumnElement[bool], family: Family | None = None) -> Cells:
    """The tables of a family (or of it with more tables) over some cases; places of nobody are left out."""
    return tabled(family or counted.family, told(session, counted, which))


def told(session: Session, counted: Counted, which: ColumnElement[bool]) -> Told:
    """What some cases tell: those that tell the same in one row, the place of its code in every dimension."""
    columns = [column for source in counted.sources for column in source.columns]
    every_column = [column.label(f"told_{place}") for place, column in enumerate(columns)]
    every = select(*every_column).where(which, func.length(CASES.c.code) > 0).subquery()
    rows = session.execute(select(*every.c, func.count()).group_by(*every.c)).all()
    return _placed(rows, counted)


def tabled(family: Family, told: Told) -> Cells:
    """The tables of what was told."""
    places, numbers = told
    at = {dimension.name: place for place, dimension in enumerate(family.dimensions)}
    return {
        names: _table(family, names, places[:, [at[name] for name in names]], numbers) for names in family.published
    }


def _placed(rows: Any, counted: Counted) -> Told:
    readers = [_reader(source) for source in counted.sources]
    widths = [len(source.columns) for source in counted.sources]
    places = np.zeros((len(rows), len(counted.family.dimensions)), dtype=np.int64)
    for at, row in enumerate(rows):
        told: list[int] = []
        start = 0
        for read, width in zip(readers, widths, strict=True):
            told += read(*row[start : start + width])
            start += width
        places[at] = told
    return places, np.array([row[-1] for row in rows], dtype=np.int64)


def _reader(source: Source) -> Any:
    """What reads a case's answers as places in the lists of codes; most answers come again and again."""
    place = [{code: at for at, code in enumerate(dimension.codes)} for dimension in source.dimensions]

    @lru_cache(_REMEMBERED)
    def read(*told: Any) -> list[int]:
        return [at[code] for at, code in zip(place, source.read(*told), strict=True)]

    return read


def _table(family: Family, names: Names, places: np.ndarray, numbers: np.ndarray) -> Counter[Codes]:
    lists = [family.by_name[name].codes for name in names]
    shape = tuple(map(len, lists))
    flat = np.ravel_multi_index(list(places.T), shape) if names else np.zeros(len(places), dtype=np.int64)
    sums = np.bincount(flat, weights=numbers, minlength=1)
    found: Counter[Codes] = Counter()
    for one in np.nonzero(sums)[0]:
        codes = np.unravel_index(one, shape) if names else ()
        found[tuple(codes_[int(at)] for codes_, at in zip(lists, codes, strict=True))] = int(sums[one])
    return found
