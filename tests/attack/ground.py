"""The desks that are attacked, what they export, and (for scoring alone) what is true.

Practice desks, counted by the program's own statements. Invented people are sealed like real ones; that costs minutes
for 50 000, and happens once for a seed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
from sqlalchemy import select

from referral_desk import store
from referral_desk.exchange import ctdc, practice
from referral_desk.statistics import blocks, composing, exact, folding, freezing, standard
from referral_desk.statistics.blocks import Release
from referral_desk.statistics.counting import CASES
from referral_desk.store import Desk, Purpose
from referral_desk.store.figure_tables import CountedRow
from referral_desk.vault.passphrases import new_recovery_key
from referral_desk.vault.slots import FLOOR
from tests.cast import PASSPHRASE, TODAY

Names = tuple[str, ...]


def clock() -> datetime:
    return datetime(TODAY.year, TODAY.month, TODAY.day, 10, tzinfo=UTC)


@contextmanager
def practised(folder: Path, *, cases: int, seed: int) -> Iterator[Desk]:
    made: dict[str, Any] = {"passphrase": PASSPHRASE, "recovery_key": new_recovery_key(), "mechanism": "SRB"}
    with store.create(folder, cost=FLOOR, purpose=Purpose.PRACTICE, clock=clock, **made) as desk:
        practice.fill(desk, cases=cases, seed=seed)
        yield desk


@contextmanager
def public(folder: Path, file: Path) -> Iterator[Desk]:
    """An evaluation desk of public data, whose blocks are years, with gender by citizenship by form in each."""
    made: dict[str, Any] = {"passphrase": PASSPHRASE, "recovery_key": new_recovery_key(), "mechanism": "SRB"}
    with store.create(folder, cost=FLOOR, clock=clock, **made) as desk:
        ctdc.bring_in(desk, file, rejects=folder.with_name("refused.csv"))
        with desk.work(unsealed=False) as work:
            for form in ("SEX", "LAB"):
                table = ("person.gender", "person.citizenships", f"interview.exploitation={form}")
                composing.with_table(work, standard.INTAKE, table)
        yield desk


def export(desk: Desk, folder: Path) -> None:
    """Freeze what is due and write the blocks and families as they are published."""
    folder.mkdir(parents=True, exist_ok=True)
    with desk.work(unsealed=False) as work:
        freezing.freeze_due(work)
    with desk.work(unsealed=False) as work:
        for name in standard.names():
            for one in composing.with_all(work, name):
                (folder / f"block-{name}-{one.block.period.name}.json").write_bytes(one.content)
                told = json.dumps(one.family.as_data(), ensure_ascii=False)
                (folder / f"family-{name}.json").write_text(told, encoding="utf-8")
            if found := composing.with_all(work, name):
                release = blocks.summed(found[-1].family, [one.block for one in found])
                (folder / f"sum-{name}.json").write_text(json.dumps(_sum(release)), encoding="utf-8")


def persons(desk: Desk, family: str, rng: Random, number: int) -> list[tuple[int, dict[Names, tuple[int, ...]]]]:
    """Some persons: in which block each stands, and at which place of every table."""
    counted, found = standard.counted(family), []
    with desk.work(unsealed=False) as work:
        published = sorted(composing.with_all(work, family), key=lambda one: one.block.period)
        rows = select(CountedRow.case_id, CountedRow.block).where(CountedRow.family == family)
        every = sorted(work.session.execute(rows).all(), key=lambda row: str(row[0]))
        for case_id, block in rng.sample(every, min(number, len(every))):
            at = next(at for at, one in enumerate(published) if block in (one.id, one.adds_to))
            own = exact.tables(work.session, counted, CASES.c.id == case_id, published[at].family)
            where, lists = published[at].block.where(published[at].family), published[at].block.lists
            places = {}
            for names, [codes] in ((names, list(table)) for names, table in own.items()):
                shown = [where[name][code] for name, code in zip(names, codes, strict=True)]
                places[names] = tuple(lists[name].index(code) for name, code in zip(names, shown, strict=True))
            found.append((at, places))
    return found


def _sum(release: Release) -> dict[str, Any]:
    tables = [{"by": names, "figures": list(table.values())} for names, table in release.cells.items()]
    return {"lists": release.lists, "tables": tables}


def truth(desk: Desk, family: str) -> list[dict[Names, np.ndarray]]:
    """The true tables of every block under its published categories, in order of time."""
    found = []
    counted = standard.counted(family)
    with desk.work(unsealed=False) as work:
        for one in sorted(composing.with_all(work, family), key=lambda one: one.block.period):
            members = select(CountedRow.case_id).where(CountedRow.block.in_((one.id, one.adds_to)))
            true = exact.tables(work.session, counted, CASES.c.id.in_(members), one.family)
            by_category = folding.counted_under(one.family, true, one.block.where(one.family))
            found.append(
                {
                    names: np.array(list(table.values())).reshape([len(one.block.lists[name]) for name in names])
                    for names, table in by_category.items()
                }
            )
    return found
