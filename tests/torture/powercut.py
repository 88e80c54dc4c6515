"""The power fails at any moment: each scene is recorded a few times, and each record is cut at many places."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from random import Random

from tests import recorder
from tests.recorder import Operation, replay
from tests.recorder.replay import Disk
from tests.torture import children, looking
from tests.torture.children import Trial
from tests.torture.ground import Ground
from tests.torture.scenes import SCENES
from tests.torture.telling import Value, heard

SCENES_CUT = ("write", "rotate", "backup", "restore", "create", "draft", "keys", "migrate", "erase")
CUTS = 10
"""How often one record is cut."""

_DECIDING = frozenset({"rename", "sync", "unlink", "create", "mkdir", "cut"})
_PIPE = "pipe:"


@dataclass(frozen=True)
class Record:
    """What a scene did to a disk, from what was known of it and how it was before."""

    known: dict[str, Value]
    disk: Disk
    operations: Sequence[Operation]


def run(ground: Ground, numbers: range, seed: int, library: Path) -> Iterator[Trial]:
    """One cut after another."""

    @lru_cache(len(SCENES_CUT))
    def recorded(scene: str, which: int) -> Record:
        return _recorded(ground, scene, f"{seed}/{which}", library)

    for number in numbers:
        times, place = divmod(number, len(SCENES_CUT))
        record = recorded(SCENES_CUT[place], times // CUTS)
        rng = Random(f"{seed}/powercut/{number}")
        fate = rng.choice(replay.FATES)
        yield _cut(ground, SCENES_CUT[place], record, fate, rng)


def _recorded(ground: Ground, scene: str, seed: str, library: Path) -> Record:
    known = ground.fresh(SCENES[scene][1])
    disk, log = Disk(ground.root), ground.folder / "log"
    log.unlink(missing_ok=True)
    environment = recorder.environment(library, log, under=[ground.root, _PIPE])
    ended = children.run(scene, ground.root, seed, known, environment=environment)
    assert ended.code == 0, f"{scene}: {ended.error}"
    return Record(known, disk, list(recorder.read(log)))


def _cut(ground: Ground, scene: str, record: Record, fate: str, rng: Random) -> Trial:
    at = _moment(record.operations, rng)
    disk, before = copy.deepcopy(record.disk), record.operations[:at]
    for operation in before:
        disk.apply(operation)
    # What was being written when the power failed may be there in part.
    if record.operations[at].name == "write":
        disk.apply(record.operations[at])
    disk.survivor(ground.root, fate, rng)
    said = b"".join(operation.content for operation in before if operation.path.startswith(_PIPE))
    told = heard(said.decode().splitlines(), record.known)
    return Trial(scene, fate, told.acknowledged, looking.complaints(ground.root, told))


def _moment(operations: Sequence[Operation], rng: Random) -> int:
    """Anywhere, or just before or after what decides whether something happened."""
    deciding = [number for number, operation in enumerate(operations) if operation.name in _DECIDING]
    if rng.random() < 1 / 2:
        return min(rng.choice(deciding) + rng.randrange(2), len(operations) - 1)
    return rng.randrange(len(operations))
