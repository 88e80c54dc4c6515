"""A1 to A7: what an attacker tries, and how far she gets."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import product
from pathlib import Path
from random import Random
from typing import Self

import numpy as np

from referral_desk import store
from referral_desk.nrm.identification import Exploitation, Interview
from referral_desk.nrm.person import AgeBand, Contact, FirstContact, Gender, Person
from referral_desk.nrm.terms import Country
from referral_desk.store import Desk
from tests.attack import ground, membership, reading
from tests.attack.jointly import SHARED, Jointly
from tests.attack.membership import Trial
from tests.attack.model import Model
from tests.attack.reading import Export, Names, Sum
from tests.cast import PASSPHRASE

Truth = dict[Names, np.ndarray]

SMALL = 10
FARTHEST = 4
MEAN_ERROR = {2: 1.7, 1: 1.8}
"""The marks of the errors, for base 5, by the dimensions of a table."""


@dataclass
class Found:
    """What came of the attacks on one desk."""

    blocks: int = 0
    figures: int = 0
    small: int = 0
    asked: int = 0
    exact: int = 0
    narrower: int = 0
    narrowest: int = 10**6
    unsound: int = 0
    planted: int = 0
    profiles: int = 0
    by_mode: int = 0
    differing_bytes: int = 0
    sums: int = 0
    wrong_sums: int = 0
    zeros_asked: int = 0
    certain_zeros: int = 0
    certain_rows: int = 0
    merged_narrower: int = 0
    joint_asked: int = 0
    farthest: int = 0
    errors: dict[int, list[int]] = field(default_factory=lambda: {1: [], 2: []})
    relative: list[float] = field(default_factory=list)
    insider_certain: list[bool] = field(default_factory=list)
    trials: list[Trial] = field(default_factory=list)

    def error(self, dimensions: int) -> float:
        return float(np.mean(self.errors[dimensions])) if self.errors[dimensions] else 0.0

    @property
    def is_safe(self) -> bool:
        found = self.exact or self.narrower or self.unsound or self.profiles or self.differing_bytes
        told = self.wrong_sums or self.certain_zeros or self.certain_rows or self.merged_narrower
        return not found and not told and self.farthest <= FARTHEST and not membership.is_beyond_chance(self.trials)

    @property
    def passes(self) -> bool:
        """Safe, and near enough to be of use; of a few hundred figures the mean error says nothing."""
        return self.is_safe and self.error(2) <= MEAN_ERROR[2] and self.error(1) <= MEAN_ERROR[1]

    def __iadd__(self, other: Found) -> Self:
        for name, value in vars(other).items():
            if name == "narrowest":
                self.narrowest = min(self.narrowest, value)
            elif name == "farthest":
                self.farthest = max(self.farthest, value)
            elif name == "errors":
                for dimensions in (1, 2):
                    self.errors[dimensions] += value[dimensions]
            else:
                setattr(self, name, getattr(self, name) + value)
        return self


def single(published: Sequence[Export], true: Sequence[Truth], rng: Random, *, ask: int) -> Found:
    """A1 and A6: the range of small numbers, and of zeros, in each block for itself; and what the figures lose."""
    found = Found(blocks=len(published))
    at_work = list(zip(published, true, strict=True))
    for export, block in at_work:
        wrong, checked = reading.wrong_sums(export)
        found.wrong_sums, found.sums = found.wrong_sums + wrong, found.sums + checked
        _measure(found, export, block)
    for export, block in rng.sample(at_work, min(3, len(at_work))):
        model = Model(export)
        for names, codes in _some(block, rng, ask, range(1, export.base)):
            if model.is_possible(names, codes):
                _ask(found, model, export, block, names, codes)
        for names, codes in _some(block, rng, ask // 3, range(1)):
            if model.is_possible(names, codes):
                found.zeros_asked += 1
                found.certain_zeros += model.range_of(names, codes)[1] < export.base - 1
        found.certain_rows += _certain_rows(model, export, rng)
    return found


def _measure(found: Found, export: Export, block: Truth) -> None:
    for names, table in export.tables.items():
        off = np.abs(table - block[names])
        found.figures += table.size
        found.small += int(((block[names] > 0) & (block[names] < export.base)).sum())
        found.farthest = max(found.farthest, int(off.max(initial=0)))
        if len(names) in found.errors:
            found.errors[len(names)] += off.ravel().tolist()
        large = block[names] >= 20
        found.relative += (off[large] / block[names][large]).ravel().tolist()


def _ask(found: Found, model: Model, export: Export, block: Truth, names: Names, codes: tuple[int, ...]) -> None:
    low, high = model.range_of(names, codes)
    found.asked += 1
    found.exact += low == high
    found.narrower += high - low < export.base - 1
    found.narrowest = min(found.narrowest, high - low)
    found.unsound += not low <= int(block[names][codes]) <= high


def _some(block: Truth, rng: Random, number: int, which: range) -> list[tuple[Names, tuple[int, ...]]]:
    every = [
        (names, codes)
        for names, table in block.items()
        for codes in product(*map(range, table.shape))
        if names and int(table[codes]) in which
    ]
    return rng.sample(every, min(number, len(every)))


def _certain_rows(model: Model, export: Export, rng: Random) -> int:
    """Rows of five or more of which it is certain that all stand in one cell."""
    rows = [
        (names, codes[0], codes[1])
        for names, table in export.tables.items()
        if len(names) == 2
        for codes in product(*map(range, table.shape))
        if table[codes] and table[codes] == table[codes[0]].sum() and table.shape[1] > 1
    ]
    certain = 0
    for names, row, column in rng.sample(rows, min(6, len(rows))):
        others = [other for other in range(export.tables[names].shape[1]) if other != column]
        possible = [other for other in others if model.is_possible(names, (row, other))]
        certain += bool(possible) and all(model.range_of(names, (row, other))[1] == 0 for other in possible)
    return certain


def series(desk: Desk, folder: Path, rng: Random, *, trials: int) -> Found:
    """A2: export, one new case, export again, subtract, and guess the person's answers from the difference."""
    found = Found()
    ground.export(desk, folder / "before")
    for trial in range(trials):
        before = folder / ("before" if trial == 0 else f"after{trial - 1}")
        after = folder / f"after{trial}"
        planted = _plant(desk, rng)
        ground.export(desk, after)
        guess, mode = _guess(before, after)
        found.planted += 1
        found.profiles += guess is not None and guess == planted
        found.by_mode += mode == planted
        if trial:
            shutil.rmtree(before)
    return found


def _plant(desk: Desk, rng: Random) -> tuple[str, ...]:
    """Somebody comes, today or in a quarter that was published long ago."""
    gender, band = rng.choice(list(Gender)), rng.choice(list(AgeBand))
    country, form, contact = Country(rng.choice(["NGA", "MDA", "VNM", "SRB"])), rng.choice(list(Exploitation)), None
    contact = rng.choice(list(Contact))
    with desk.work() as work:
        day = work.today - timedelta(days=rng.choice([0, 1, 200, 900]))
        case = work.open_case(FirstContact(day=day, contact=contact))
        work.take(case, Person(day=day, gender=gender, age_band=band, citizenships=frozenset({country})))
        work.take(case, Interview(day=day, exploitation=frozenset({form})))
    return gender.code, band.code, country, form.code, contact.code


def _guess(before: Path, after: Path) -> tuple[tuple[str, ...] | None, tuple[str, ...]]:
    """The profile that the difference of two exports shows, if any; and the most frequent one, told without it."""
    old, new = (reading.exports(folder)["intake"] for folder in (before, after))
    difference: dict[str, Counter[str]] = {}
    for sign, some in ((1, new), (-1, old)):
        for export in some:
            for names, table in export.tables.items():
                if len(names) == 1:
                    numbers = dict(zip(export.lists[names[0]], (sign * table).tolist(), strict=True))
                    difference.setdefault(names[0], Counter()).update(numbers)
    usual: dict[str, Counter[str]] = {}
    for export in old:
        for names, table in export.tables.items():
            if len(names) == 1:
                usual.setdefault(names[0], Counter()).update(
                    dict(zip(export.lists[names[0]], table.tolist(), strict=True))
                )
    moved = any(number for one in difference.values() for number in one.values())
    return (_profile(difference) if moved else None), _profile(usual)


def _profile(numbers: dict[str, Counter[str]]) -> tuple[str, ...]:
    def most(name: str) -> str:
        return max(numbers.get(name, Counter({"?": 0})).items(), key=lambda item: item[1])[0]

    forms = {name.partition("=")[2]: one["YES"] for name, one in numbers.items() if name.startswith("interview.expl")}
    form = max(forms, key=lambda code: forms[code], default="?")
    single = ("person.gender", "person.age_band", "person.citizenships")
    return (*map(most, single), form, most("first_contact.contact"))


def averaging(desk: Desk, folder: Path, *, times: int, backup: Path) -> Found:
    """A3: the same store exported many times, from a copy on another computer, and from an old backup: not a byte.

    The backup is from before anything was published.
    """
    ground.export(desk, folder / "first")
    first = _bytes(folder / "first")
    found = Found()
    for time in range(times):
        ground.export(desk, folder / f"again{time}")
        found.differing_bytes += _bytes(folder / f"again{time}") != first
        shutil.rmtree(folder / f"again{time}")
    desk.checkpoint()
    copied = Path(shutil.copytree(desk.folder, folder / "copied", ignore=shutil.ignore_patterns("*lock*")))
    with store.open_desk(copied, passphrase=PASSPHRASE, clock=ground.clock, as_it_is=True) as other:
        ground.export(other, folder / "elsewhere")
    found.differing_bytes += _bytes(folder / "elsewhere") != first
    with ground.restored(backup, folder / "restored") as other:
        ground.export(other, folder / "after")
    found.differing_bytes += _bytes(folder / "after") != first
    return found


def _bytes(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir())}


def merged(published: Sequence[Export], totals: Sequence[Sum]) -> Found:
    """A4: whatever a sum says that its blocks do not, in every release: of the first block, of the first two, of all.

    One that is rounded by itself would narrow the blocks down, and so would the difference of two.
    """
    found = Found()
    for at, (total, lists) in enumerate(totals, 1):
        found += _summed(published[:at], total, lists)
    return found


def jointly(published: dict[str, list[Export]], true: dict[str, list[Truth]]) -> Found:
    """A4 again: small numbers by gender and age group, by the figures of all blocks of both families together."""
    found = Found()
    model = Jointly(published["intake"], published["closure"])
    for blocks, family in ((model.intakes, "intake"), (model.closures, "closure")):
        for block, truth in zip(blocks, true[family], strict=True):
            for cell, number in enumerate(truth[SHARED].ravel().tolist()):
                if number < SMALL and all(block.groups[cell]):
                    low, high = model.range_of(block, cell)
                    found.joint_asked += 1
                    found.merged_narrower += high - low < block.export.base - 1
                    found.unsound += not low <= number <= high
    return found


def _summed(published: Sequence[Export], total: dict[Names, np.ndarray], lists: dict[str, list[str]]) -> Found:
    sums = {names: np.zeros_like(table) for names, table in total.items()}
    for export in published:
        for names, table in export.tables.items():
            onto = [[lists[name].index(code) for code in export.lists[name]] for name in names]
            sums[names][np.ix_(*onto)] += table
    return Found(merged_narrower=sum(int((sums[names] != table).sum()) for names, table in total.items()))


def insider(
    published: Sequence[Export], true: Sequence[Truth], persons: Sequence[tuple[int, dict[Names, tuple[int, ...]]]]
) -> Found:
    """A5: somebody knows all other records of a block; of how many persons it is certain that they are there.

    Reported, without a mark: no rounding can prevent it.
    """
    found = Found()
    for at, places in persons:
        export, block = published[at], true[at]
        # Without the person each number would be one less: does any figure rule that out by the public rule?
        off = (abs(int(export.tables[names][codes]) - int(block[names][codes]) + 1) for names, codes in places.items())
        found.insider_certain.append(any(one >= export.base for one in off))
    return found
