"""Opening a folder after something happened to it, as its user would, and comparing it with what was told."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from referral_desk import journal, store
from referral_desk.errors import (
    ChangesMissing,
    DeskError,
    MemberAltered,
    OtherHistory,
    UnknownCase,
    WrongPassphrase,
    WrongRecoveryKey,
)
from referral_desk.nrm.person import FirstContact
from referral_desk.store import Work, backups, health, restoring
from referral_desk.vault import keyfile
from tests.torture import ground
from tests.torture.telling import Told, Value

LOST = "lost"
SILENT = "silent"

_MAY_LIE_THERE = re.compile(r"store\.rdk(\.1)?|state\.rds|store\.lock|backups|data-\d{4}\.before-\d+")


@dataclass(frozen=True)
class Complaint:
    """Something that must not be: a record `lost` that was acknowledged, or an error nobody was told of (`silent`)."""

    kind: str
    what: str


def complaints(root: Path, told: Told) -> list[Complaint]:
    """Everything that is wrong with the desks below `root`."""
    found = []
    for folder in sorted({thing.partition(":")[0] for thing in told.values}):
        if "there" in told.values.get(f"{folder}:desk", ()) or (root / folder / "store.rdk").exists():
            found += list(_of_desk(root, folder, told))
    return found


def _of_desk(root: Path, folder: str, told: Told) -> Iterator[Complaint]:
    """Open it with each passphrase that may be in force; then everything else."""
    place = root / folder
    try:
        in_force = _in_force(place, told.values.get(f"{folder}:passphrase") or {ground.RECOVERY_KEY})
        if in_force is None:
            yield Complaint(LOST, f"{folder}: no passphrase opens it")
            return
        with _defects_are_complaints() as defects:
            yield from _inside(root, folder, in_force, told)
            yield from _ways_in(place, folder, told)
            yield from _left_over(place)
        yield from defects
    except (ChangesMissing, OtherHistory) as missing:
        yield Complaint(LOST, f"{folder}: {type(missing).__name__} {missing.evidence}")
    except DeskError as error:
        yield Complaint(LOST, f"{folder}: {type(error).__name__}")


@contextmanager
def _defects_are_complaints() -> Iterator[list[Complaint]]:
    """What is no DeskError is nothing that a person was told."""
    found: list[Complaint] = []
    try:
        yield found
    except DeskError:
        raise
    except Exception as defect:  # noqa: BLE001 - whatever it is, it goes into the report
        found.append(Complaint(SILENT, f"{type(defect).__name__}: {defect}"))


def _in_force(place: Path, candidates: set[Value]) -> str | None:
    for passphrase in candidates:
        if isinstance(passphrase, str) and opens(place, passphrase):
            return passphrase
    return None


def opens(place: Path, passphrase: str) -> bool:
    """Whether the passphrase opens a slot; every other error comes through."""
    try:
        ground.opened(place, passphrase).close()
    except (WrongPassphrase, WrongRecoveryKey, MemberAltered):  # the last: let in, and killed before that was kept
        return False
    return True


def _inside(root: Path, folder: str, passphrase: str, told: Told) -> Iterator[Complaint]:
    """Records, drafts, journal, health, backups, and whether one can go on working."""
    with ground.opened(root / folder, passphrase) as desk:
        anchors = backups.anchors(desk)
        with desk.work() as work:
            yield from _differing(told.of(folder, "words/"), lambda code: _words(work, code), "words")
            yield from _differing(told.of(folder, "draft/"), lambda code: _draft(work, code), "draft")
            yield from _differing(told.of(folder, "cases"), lambda _all: len(work.case_ids()), "cases")
            journal.verify(work.session, anchors)
        health.check(desk)
        # Three of a day are kept; one that was made and not acknowledged may be among them.
        newest = dict(sorted(told.of(folder, "backup/").items())[-2:])
        yield from _differing(newest, lambda name: _checked(desk, name), "backup")
        after = ground.open_case(desk, "Afterwards.")
    with ground.opened(root / folder, passphrase) as desk, desk.work() as work:
        if _words(work, after) != "Afterwards.":
            yield Complaint(LOST, f"{folder}: what was recorded afterwards")
    yield from _restored(root, folder, told)


def _differing(expected: dict[str, set[Value]], found: Callable[[str], Value], what: str) -> Iterator[Complaint]:
    for thing, allowed in expected.items():
        value = found(thing)
        if value not in allowed:
            yield Complaint(LOST, f"{what} {thing}: {str(value)[:60]!r}")


def _words(work: Work, code: str) -> str | None:
    try:
        contact = work.case(code).latest(FirstContact)
    except UnknownCase:
        return None
    return contact.first_words if contact else None


def _draft(work: Work, code: str) -> str | None:
    try:
        held = work.draft("interview", work.case(code).id)
    except UnknownCase:
        return None
    return held["account"] if held else None


def _checked(desk: store.Desk, name: str) -> str:
    backups.check(desk, name)
    return "opens"


def _ways_in(place: Path, folder: str, told: Told) -> Iterator[Complaint]:
    """Who may come in does, and nobody by a passphrase that was given up."""
    for thing, allowed in told.of(folder).items():
        if not thing.startswith(("member/", "passphrase", "recovery")):
            continue
        here = [word for word in allowed if isinstance(word, str) and opens(place, word)]
        if not here and None not in allowed:
            yield Complaint(LOST, f"{thing} does not open {folder}")
        for former in told.former.get(f"{folder}:{thing}", ()):
            if former not in allowed and opens(place, str(former)):
                yield Complaint(SILENT, f"the former {thing} still opens {folder}")


def _left_over(place: Path) -> Iterator[Complaint]:
    """Nothing of another generation, or half written, lies in a desk that was opened and closed."""
    in_force = keyfile.read(place / keyfile.FILE_NAME).database
    for file in place.iterdir():
        if file.name != in_force and not _MAY_LIE_THERE.fullmatch(file.name):
            yield Complaint(SILENT, f"{file.name} was left over")


def _restored(root: Path, folder: str, told: Told) -> Iterator[Complaint]:
    """Who was erased stays erased, whichever copy of the backup is restored."""
    expected = told.of(folder, "restored/")
    if all(values == {"there"} for values in expected.values()):
        return
    name = max(told.of(folder, "backup/"))
    for place in (root / folder / "backups", root / "stick"):
        again = root / "looked at"
        with restoring.restore(place / name, again, ground.RECOVERY_KEY) as desk, desk.work() as work:
            there = {code: "there" if _words(work, code) else None for code in expected}
        yield from _differing(expected, there.__getitem__, f"restored from {place.name}")
        shutil.rmtree(again)
