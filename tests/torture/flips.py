"""One bit of one file is another: told by the error that fits, or everything reads as it did before."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from referral_desk import erasure, journal, staff, store
from referral_desk.errors import DeskError
from referral_desk.nrm.case import Case
from referral_desk.store import backups, health, restoring, roster
from referral_desk.vault.slots import FLOOR
from tests.torture import ground as grounds
from tests.torture.children import Trial
from tests.torture.ground import Ground
from tests.torture.looking import SILENT, Complaint

Content = dict[str, Any]

DAMAGED = frozenset({"DeskDamaged"})
DAMAGED_OR_OTHER = DAMAGED | {"OtherGeneration"}
"""The first page of a store is authenticated under a salt that stands in it: a flip there looks like another key."""

UNREADABLE = frozenset({"BackupUnreadable"})
BROKEN = frozenset({"JournalBroken"})
NOTHING: frozenset[str] = frozenset()
"""The file may be lost altogether, and the desk is as it was."""

FITTING = {
    "key file": DAMAGED,
    "store": DAMAGED_OR_OTHER,
    "copy of before": NOTHING,
    "state": NOTHING,
    "ledger": frozenset({"LedgerUnreadable"}),
    "backup": UNREADABLE,
    "key file of a backup": UNREADABLE,
    "head beside a backup": BROKEN,
}
"""What may be said of a flip in each kind of file. It is never a wrong passphrase."""


def run(ground: Ground, numbers: range, seed: int, _library: Path | None = None) -> Iterator[Trial]:
    """One flip after another, each kind of file as often as the others."""
    pattern = _prepared(ground)

    @cache
    def as_it_was(backup: Path | None) -> Content:
        _put(pattern, ground.root)
        return _content(ground.root, backup)

    for number in numbers:
        rng, files = Random(f"{seed}/flips/{number}"), _files(pattern)
        kind = sorted(FITTING)[number % len(FITTING)]
        file = ground.root / rng.choice(sorted(files[kind])).relative_to(pattern)
        backup = _backup_of(file)
        before = as_it_was(backup)
        _put(pattern, ground.root)
        _flip(file, rng)
        yield _judged(kind, lambda backup=backup: _content(ground.root, backup), before)  # type: ignore[misc]


def _prepared(ground: Ground) -> Path:
    """A desk with a file of every kind: somebody was erased, the key file has changed, the store was once migrated."""
    pattern = ground.folder / "flips"
    if not pattern.exists():
        ground.fresh("usual")
        folder = ground.root / "desk"
        with grounds.opened(folder) as desk:
            with desk.work() as work:
                code = work.cases(work.case_ids())[0].code
            erasure.erase(desk, code, erasure.Ground.REQUEST)
            backups.make(desk)
            staff.change_passphrase(desk, passphrase=grounds.ANA, new=grounds.ANA, cost=FLOOR)
        shutil.copy(folder / "data-0001.db", folder / "data-0001.before-1")
        shutil.copytree(ground.root, pattern)
    return pattern


def _put(pattern: Path, root: Path) -> None:
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(pattern, root)


def _files(root: Path) -> dict[str, list[Path]]:
    desk = root / "desk"
    places = (desk / "backups", root / "stick")
    every = [folder for place in places for folder in place.iterdir() if folder.is_dir()]
    return {
        "key file": [desk / "store.rdk"],
        "store": [desk / "data-0001.db"],
        "copy of before": [desk / "data-0001.before-1"],
        "state": [desk / "state.rds"],
        "ledger": [file for place in places for file in place.glob("*.erased")],
        "backup": [folder / "data-0001.db" for folder in every],
        "key file of a backup": [folder / "store.rdk" for folder in every],
        "head beside a backup": [folder / "head.txt" for folder in every],
    }


def _backup_of(file: Path) -> Path | None:
    """The backup that a file is of, or one beside a ledger; None for a file of the desk itself."""
    if file.suffix == ".erased":
        return max(folder for folder in file.parent.iterdir() if folder.is_dir())
    return file.parent if (file.parent / "head.txt").exists() else None


def _flip(file: Path, rng: Random) -> None:
    held = bytearray(file.read_bytes())
    held[rng.randrange(len(held))] ^= 1 << rng.randrange(8)
    file.write_bytes(held)


def _content(root: Path, backup: Path | None) -> Content:
    """Everything that can be read of a desk by all ways in, and what comes back of a backup."""
    read: Content = {}
    for name, passphrase in grounds.MEMBERS.items():
        with grounds.opened(root / "desk", passphrase) as desk:
            read[name] = sorted(desk.roles)
    grounds.opened(root / "desk", grounds.RECOVERY_KEY).close()
    with grounds.opened(root / "desk") as desk:
        health.check(desk)
        read["records"] = _records(desk)
        for one in backups.every(desk):
            backups.check(desk, one.name)
            read[one.name] = len(one.folders)
        anchors = backups.anchors(desk)
        with desk.work() as work:
            journal.verify(work.session, anchors)
    if backup:
        with restoring.restore(backup, root / "again", grounds.RECOVERY_KEY) as desk:
            read["restored"] = _records(desk)
    return read


def _records(desk: store.Desk) -> Content:
    with desk.work() as work:
        held = [work.draft(kind, case_id) or {} for kind, case_id, _at in work.drafts()]
        return {
            "cases": {case.code: _answers(case) for case in work.cases(work.case_ids())},
            "drafts": sorted(str(draft) for draft in held),
            "members": {row.slot_id: (row.name, row.role, row.mac) for row in roster.rows(work.session)},
            "erased": store.records.erased(work.session),
            "place": work.about().backup_place,
        }


def _answers(case: Case) -> list[Any]:
    return [(step.kind, step.answers()) for step in case.steps]


def _judged(kind: str, read: Callable[[], Content], before: Content) -> Trial:
    try:
        found = [] if read() == before else [Complaint(SILENT, f"{kind}: reads otherwise")]
        return Trial(kind, "harmless", complaints=found)
    except DeskError as error:
        name = type(error).__name__
        found = [] if name in FITTING[kind] else [Complaint(SILENT, f"{kind}: said {name}")]
        return Trial(kind, name, complaints=found)
    except Exception as defect:  # noqa: BLE001 - whatever it is, it goes into the report
        return Trial(kind, "defect", complaints=[Complaint(SILENT, f"{kind}: {type(defect).__name__}: {defect}")])
