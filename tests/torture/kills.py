"""SIGKILL at any moment: between two operations on files where they can be counted, or by the clock."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random

from tests import recorder
from tests.torture import children, looking
from tests.torture.children import Ended, Trial
from tests.torture.ground import Ground
from tests.torture.scenes import SCENES

SCENES_KILLED = ("write", "rotate", "migrate", "backup", "restore", "import", "write", "rotate", "keys", "erase")
"""One after the other; what is done most often at a desk is killed most often."""


def run(ground: Ground, numbers: range, seed: int, library: Path | None) -> Iterator[Trial]:
    """One trial after another; every other one counts operations, if there is a recorder."""

    @cache
    def whole(scene: str) -> tuple[float, int]:
        """How long a scene takes that nobody kills, and how many operations it has."""
        ended, count = _played(ground, scene, "whole", library)
        assert ended.code == 0, f"{scene}: {ended.error}"
        return ended.seconds, count

    for number in numbers:
        rng = Random(f"{seed}/kills/{number}")
        scene = SCENES_KILLED[number % len(SCENES_KILLED)]
        seconds, count = whole(scene)
        by_count = library is not None and number // len(SCENES_KILLED) % 2 == 0
        ended, _count = _played(
            ground,
            scene,
            f"{seed}/{number}",
            library if by_count else None,
            kill_at=rng.randint(1, count) if by_count else None,
            kill_after=None if by_count else rng.uniform(0, seconds),
        )
        found = ended.defects + looking.complaints(ground.root, ended.told)
        outcome = "killed" if ended.code < 0 else "ended before"
        yield Trial(scene, outcome, ended.told.acknowledged, found)


def _played(
    ground: Ground,
    scene: str,
    seed: str,
    library: Path | None,
    *,
    kill_at: int | None = None,
    kill_after: float | None = None,
) -> tuple[Ended, int]:
    known = ground.fresh(SCENES[scene][1])
    if library is None:
        return children.run(scene, ground.root, seed, known, kill_after=kill_after), 0
    log = ground.folder / "log"
    log.unlink(missing_ok=True)
    environment = recorder.environment(library, log, under=[ground.root], kill_at=kill_at)
    ended = children.run(scene, ground.root, seed, known, environment=environment)
    return ended, sum(1 for _operation in recorder.read(log))
