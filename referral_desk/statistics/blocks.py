"""A block: the figures of one family for one closed period of one shelter, frozen for ever; and sums of blocks.

What is in a block is public. It is written in one way only, so that the same block always has the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from math import prod, sqrt
from typing import Any

from referral_desk.errors import WrongFamily
from referral_desk.statistics import folding
from referral_desk.statistics.certificate import Certificate
from referral_desk.statistics.families import Cells, Codes, Dimension, Family, Names
from referral_desk.statistics.program import Lists

FORMAT = 1


@dataclass(frozen=True, order=True)
class Period:
    """Whole quarters, both days included."""

    first: date
    last: date

    @property
    def name(self) -> str:
        """Such as `2026-Q1`, `2026-H2`, `2026`, or `2025-Q3--2026-Q4`: the same in every language."""
        months = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1
        year = str(self.first.year)
        if months == 12 and self.first.month == 1:
            return year
        if months == 6 and self.first.month in (1, 7):
            return f"{year}-H{self.first.month // 6 + 1}"
        start = f"{year}-Q{_quarter(self.first)}"
        return start if months == 3 else f"{start}--{self.last.year}-Q{_quarter(self.last)}"

    @property
    def label(self) -> str:
        """The name as people read it."""
        return self.name.replace("--", " – ")

    def overlaps(self, other: Period) -> bool:
        return self.first <= other.last and other.first <= self.last


@dataclass(frozen=True)
class Block:
    """`shelter` is a pseudonym, `lists` the categories shown, `cells` the figures, `issue` 2 once it was corrected."""

    shelter: str
    period: Period
    family: str
    family_hash: str
    base: int
    lists: Lists
    cells: Cells
    certificate: Certificate
    issue: int = 1

    @property
    def total(self) -> int:
        return self.cells[()][()]

    def where(self, family: Family) -> folding.Folded:
        """Under which category each code of the family is counted here."""
        return {one.name: folding.category_of(one, self.lists[one.name]) for one in family.dimensions}

    def folded(self, family: Family) -> Mapping[str, Codes]:
        """By dimension, the codes that have no line of their own because fewer than ten cases have them."""
        found = {name: tuple(c for c, at in where.items() if c != at) for name, where in self.where(family).items()}
        return {name: codes for name, codes in found.items() if codes}


@dataclass(frozen=True)
class Release:
    """Figures that are read together: the sum of blocks, with the lines that any of them has.

    `in_part` holds, by dimension, the codes that have a line in some of the blocks, and in how many: in the others
    they had too few cases, and stand with others there. `others` holds the categories of which some have a line of
    their own: what is left of Southern Europe beside Serbia.
    """

    blocks: tuple[Block, ...]
    lists: Lists
    cells: Cells
    base: int
    in_part: Mapping[str, Mapping[str, int]]
    others: Mapping[str, frozenset[str]]

    @property
    def total(self) -> int:
        return self.cells[()][()]

    @property
    def farthest(self) -> int:
        """No figure is farther from the truth."""
        return (self.base - 1) * len(self.blocks)

    @property
    def usual_error(self) -> float:
        """By about how much a figure is off."""
        return self.base / 2 * sqrt(len(self.blocks))


def name_of(told: str) -> str:
    """The name of a period, also where it was copied as people read it."""
    return told.strip().replace(" – ", "--")


def quarter_of(day: date) -> Period:
    first = date(day.year, 3 * (_quarter(day) - 1) + 1, 1)
    following = date(first.year + first.month // 10, (first.month + 2) % 12 + 1, 1)
    return Period(first, following - timedelta(days=1))


def summed(family: Family, blocks: Sequence[Block]) -> Release:
    """The sum of blocks of one family; WrongFamily where one is of another, or where there is none.

    Every line is the sum of this line in the blocks that have it. What a block counts with others stays with these: a
    category that is small once would otherwise be gone from the sum of all years.
    """
    if not blocks or any(block.family_hash != family.hash for block in blocks):
        raise WrongFamily
    lists = {one.name: folding.lines(one, [block.lists[one.name] for block in blocks]) for one in family.dimensions}
    cells = {names: dict.fromkeys(product(*(lists[name] for name in names)), 0) for names in family.published}
    for block in blocks:
        for names in family.published:
            for codes, figure in block.cells[names].items():
                cells[names][codes] += figure
    in_part = {one.name: _in_part(one, blocks) for one in family.dimensions}
    others = {
        one.name: frozenset(above for code in lists[one.name] for above in one.line(code)[1:])
        for one in family.dimensions
    }
    return Release(tuple(blocks), lists, cells, family.base, in_part, others)


def as_bytes(block: Block) -> bytes:
    """The block as it is kept and handed on: JSON, one line, keys in order."""
    return json.dumps(as_data(block), sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def as_data(block: Block) -> dict[str, Any]:
    """The block as plain data; the figures of a table row by row, its last dimension running fastest."""
    tables = [{"by": list(names), "figures": list(table.values())} for names, table in _in_order(block)]
    return {
        "format": FORMAT,
        "shelter": block.shelter,
        "period": [block.period.first.isoformat(), block.period.last.isoformat()],
        "family": block.family,
        "family_hash": block.family_hash,
        "base": block.base,
        "issue": block.issue,
        "lists": {name: list(codes) for name, codes in block.lists.items()},
        "tables": tables,
        "certificate": {"people": block.certificate.people, "figures": block.certificate.figures},
    }


def from_bytes(content: bytes) -> Block:
    """A block that `as_bytes` wrote; ValueError where it is none. Whether it adds up `adds_up` says."""
    try:
        return from_data(json.loads(content))
    except (KeyError, TypeError, AttributeError) as fault:
        raise ValueError("no block") from fault


def from_data(data: Mapping[str, Any]) -> Block:
    """A block from plain data; ValueError, KeyError or TypeError where it is none."""
    lists = {name: tuple(codes) for name, codes in data["lists"].items()}
    cells = {tuple(one["by"]): _placed(one, lists) for one in data["tables"]}
    base = int(data["base"])
    if data["format"] != FORMAT:
        raise ValueError("another format")
    certificate = Certificate(int(data["certificate"]["people"]), int(data["certificate"]["figures"]), base - 1)
    return Block(
        shelter=str(data["shelter"]),
        period=Period(*map(date.fromisoformat, data["period"])),
        family=str(data["family"]),
        family_hash=str(data["family_hash"]),
        base=base,
        lists=lists,
        cells=cells,
        certificate=certificate,
        issue=int(data["issue"]),
    )


def adds_up(family: Family, block: Block) -> bool:
    """Whether a block is whole: every table of the family, multiples of the base, margins that are the sums."""
    if set(block.cells) != set(family.published) or set(block.lists) != set(family.by_name):
        return False
    if any(figure < 0 or figure % family.base for table in block.cells.values() for figure in table.values()):
        return False
    return all(_margin_fits(block, names, left) for names in family.published for left in range(len(names)))


def _margin_fits(block: Block, names: Names, left: int) -> bool:
    sums: dict[Codes, int] = {}
    for codes, figure in block.cells[names].items():
        rest = codes[:left] + codes[left + 1 :]
        sums[rest] = sums.get(rest, 0) + figure
    return sums == dict(block.cells[names[:left] + names[left + 1 :]])


def _placed(table: Mapping[str, Any], lists: Lists) -> dict[Codes, int]:
    shape = [lists[name] for name in table["by"]]
    if len(table["figures"]) != prod(map(len, shape)) or not all(type(one) is int for one in table["figures"]):
        raise ValueError("another shape")
    return dict(zip(product(*shape), table["figures"], strict=True))


def _in_order(block: Block) -> list[tuple[Names, dict[Codes, int]]]:
    lists = block.lists
    return [
        (names, {codes: int(table[codes]) for codes in product(*(lists[name] for name in names))})
        for names, table in block.cells.items()
    ]


def _in_part(dimension: Dimension, blocks: Sequence[Block]) -> dict[str, int]:
    """The codes that have a line in some of the blocks and not in all, and in how many."""
    having = {code: sum(code in block.lists[dimension.name] for block in blocks) for code in dimension.codes}
    return {code: number for code, number in having.items() if 0 < number < len(blocks)}


def _quarter(day: date) -> int:
    return (day.month - 1) // 3 + 1
