"""The desks that are attacked, what they export, and (for scoring alone) what is true.

Practice desks, counted by the program's own statements. Of more than some thousand cases each story stands there
several times, and who it was, what was done to her or him and how it ended are dealt anew among the cases: telling
50 000 stories takes minutes for a seed, and the attacker sees nothing but counts.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any
from uuid import uuid4

import numpy as np
from sqlalchemy import bindparam, select, update

from referral_desk import store
from referral_desk.exchange import ctdc, our_figures, practice, stories
from referral_desk.nrm.case import Case
from referral_desk.nrm.pathway import KINDS
from referral_desk.statistics import blocks, composing, exact, folding, freezing, standard
from referral_desk.statistics.blocks import Release
from referral_desk.statistics.counting import CASES
from referral_desk.statistics.freezing import family_of
from referral_desk.store import Desk, Purpose, Work, backups
from referral_desk.store.figure_tables import CountedRow
from referral_desk.vault.passphrases import new_recovery_key
from referral_desk.vault.slots import FLOOR
from tests.cast import PASSPHRASE, TODAY

Names = tuple[str, ...]

RECOVERY_KEY = new_recovery_key()

STORIES = 5_000
DEALT = ("person", "interview", "decision", "assistance", "return")
COUNTED = {
    "person",
    "consent",
    "first_contact",
    "interview",
    "decision",
    "assistance",
    "reflection",
    "permit",
    "risk",
    "referral",
}
COUNTED |= {"referral_answer", "return", "monitoring", "guardian", "best_interests", "claim", "award", "closure"}
"""Steps that figures are made of: of a story that stands there several times only these are kept."""


def clock() -> datetime:
    return datetime(TODAY.year, TODAY.month, TODAY.day, 10, tzinfo=UTC)


@contextmanager
def practised(folder: Path, *, cases: int, seed: int) -> Iterator[Desk]:
    made: dict[str, Any] = {"passphrase": PASSPHRASE, "recovery_key": RECOVERY_KEY, "mechanism": "SRB"}
    with store.create(folder, cost=FLOOR, purpose=Purpose.PRACTICE, clock=clock, **made) as desk:
        if cases <= STORIES:
            practice.fill(desk, cases=cases, seed=seed)
        else:
            _fill_with_many(desk, cases, Random(seed))
        yield desk


def _fill_with_many(desk: Desk, cases: int, rng: Random) -> None:
    with desk.work() as work:
        told = (stories.tell(rng, today=work.today, mechanism=desk.mechanism) for _story in range(STORIES))
        each = [len(range(at, cases, STORIES)) for at in range(STORIES)]
        work.bring_in_alike(
            (_counted(case), [uuid4() for _copy in range(times)]) for case, times in zip(told, each, strict=True)
        )
    with desk.work() as work:
        for kind in DEALT:
            _deal(work, kind, rng)


def _counted(case: Case) -> Case:
    case.steps[:] = [step for step in case.steps if step.kind in COUNTED]
    return case


def _deal(work: Work, kind: str, rng: Random) -> None:
    """Every step of this kind goes to the case of another one."""
    steps: Any = KINDS[kind].__table__
    rows = work.session.execute(select(steps.c.id, steps.c.revision, steps.c.case_id)).all()
    cases = [row.case_id for row in rows]
    rng.shuffle(cases)
    to = [{"id_": row.id, "revision_": row.revision, "case": case} for row, case in zip(rows, cases, strict=True)]
    moved = update(steps).where(steps.c.id == bindparam("id_"), steps.c.revision == bindparam("revision_"))
    work.session.connection().execute(moved.values(case_id=bindparam("case")), to)


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
            found = [one.block for one in composing.with_all(work, name)]
            for at in range(1, len(found) + 1):
                release = blocks.summed(family_of(work, found[-1].family_hash), found[:at])
                (folder / f"sum-{name}-{at:03}.json").write_text(json.dumps(_sum(release)), encoding="utf-8")


def backed_up(desk: Desk) -> Path:
    """A backup of the desk as it is."""
    return desk.folder / backups.FOLDER / store.backups.make(desk).name


def restored(backup: Path, folder: Path) -> Desk:
    """A desk made of a backup in which nothing was published yet, and of which somebody says that it never was."""
    desk = store.restoring.restore(backup, folder, RECOVERY_KEY, clock=clock)
    with desk.work(unsealed=False) as work:
        our_figures.settle(work, was_published=False)
    return desk


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
