"""The disk is full at some byte, or the stick is pulled at some operation; then there is room, or the stick, again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from random import Random

from tests import recorder
from tests.recorder import Operation
from tests.torture import children, looking
from tests.torture.children import Ended, Trial
from tests.torture.ground import Ground
from tests.torture.looking import SILENT, Complaint
from tests.torture.scenes import SCENES

SCENES_FULL = ("write", "backup", "rotate", "restore", "draft", "migrate", "create", "keys", "import", "erase")
SAID_FULL = frozenset({"DiskFull", "PlaceFull"})
SAID_PULLED = frozenset({"UnwritableTarget", "PlaceAway", "PlaceUnsound", "BackupUnreadable"})
"""The sentences that fit; any other one would send somebody the wrong way."""


def run(ground: Ground, numbers: range, seed: int, library: Path) -> Iterator[Trial]:
    """The disk is full, once for each number."""

    @cache
    def growth(scene: str) -> int:
        """By how many bytes the files of a scene grow; what is cut off and written again counts twice."""
        _ended, log = _played(ground, scene, "whole", library)
        return _growth(recorder.read(log))

    for number in numbers:
        scene, rng = SCENES_FULL[number % len(SCENES_FULL)], Random(f"{seed}/full/{number}")
        ended, _log = _played(ground, scene, f"{seed}/{number}", library, room=_some(rng, growth(scene)))
        yield _judged(ground, scene, ended, SAID_FULL)


def run_pulled(ground: Ground, numbers: range, seed: int, library: Path) -> Iterator[Trial]:
    """The stick is pulled while a backup is made, once for each number."""

    @cache
    def operations() -> int:
        _ended, log = _played(ground, "backup", "whole", library)
        stick = str(ground.root / "stick")
        return sum(1 for operation in recorder.read(log) if operation.path.startswith(stick))

    for number in numbers:
        rng = Random(f"{seed}/pulled/{number}")
        gone = {ground.root / "stick": rng.randrange(operations())}
        ended, _log = _played(ground, "backup", f"{seed}/{number}", library, gone=gone)
        yield _judged(ground, "backup", ended, SAID_PULLED)


def _growth(operations: Iterable[Operation]) -> int:
    sizes, grown = dict[str, int](), 0
    for operation in operations:
        end = operation.offset + len(operation.content)
        former = sizes.get(operation.file, 0)
        if operation.name == "write":
            grown += max(0, end - former)
            sizes[operation.file] = max(former, end)
        elif operation.name in ("create", "cut"):
            sizes[operation.file] = operation.offset
    return grown


def _some(rng: Random, most: int) -> int:
    """Few bytes as likely as many."""
    return int(most ** rng.random()) if rng.random() < 1 / 2 else rng.randrange(most)


def _judged(ground: Ground, scene: str, ended: Ended, fitting: frozenset[str]) -> Trial:
    said = ended.told.refused
    found = [Complaint(SILENT, f"said {name}") for name in said if name not in fitting]
    found += ended.defects + looking.complaints(ground.root, ended.told)
    return Trial(scene, "refused" if said else "not met", ended.told.acknowledged, found)


def _played(
    ground: Ground,
    scene: str,
    seed: str,
    library: Path,
    *,
    room: int | None = None,
    gone: dict[Path, int] | None = None,
) -> tuple[Ended, Path]:
    known, log = ground.fresh(SCENES[scene][1]), ground.folder / "log"
    log.unlink(missing_ok=True)
    environment = recorder.environment(library, log, under=[ground.root], room=room, gone=gone)
    return children.run(scene, ground.root, seed, known, environment=environment), log
