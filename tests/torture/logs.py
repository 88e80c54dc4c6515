"""The log of a desk that was killed is removed, cut, flipped, emptied, or an older one: told, or harmless."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from unittest.mock import patch

from referral_desk import store
from referral_desk.errors import ChangesMissing, DeskError
from referral_desk.store import engine
from tests.torture import ground as grounds
from tests.torture import looking
from tests.torture.children import Trial
from tests.torture.ground import Ground
from tests.torture.looking import SILENT, Complaint
from tests.torture.telling import Teller, Told, heard

CASES = 6
"""Cases that lie in the log only."""

LOG = "data-0001.db-wal"
OLDER = "older"


def run(ground: Ground, numbers: range, seed: int, _library: Path | None = None) -> Iterator[Trial]:
    """One harmed log after another, each kind of harm as often as the others."""
    known = ground.fresh("usual")
    ended = subprocess.run(
        [sys.executable, "-m", "tests.torture.logs", str(ground.root)], capture_output=True, text=True, check=False
    )
    assert ended.returncode == -signal.SIGKILL, ended.stderr
    told = heard(ended.stdout.splitlines(), known)
    pattern = shutil.copytree(ground.root, ground.folder / "killed", dirs_exist_ok=True)
    for number in numbers:
        shutil.rmtree(ground.root)
        shutil.copytree(pattern, ground.root)
        name = sorted(HARMS)[number % len(HARMS)]
        HARMS[name](ground.root / "desk" / LOG, Random(f"{seed}/logs/{number}"))
        yield _judged(name, ground.root, pattern, told)


def _judged(name: str, root: Path, pattern: Path, told: Told) -> Trial:
    desk, harmed = root / "desk", _bytes(root / "desk")
    try:
        grounds.opened(desk).close()
    except ChangesMissing as missing:
        count = missing.evidence["count"]
        found = [] if count in range(1, 2 * CASES + 1) else [Complaint(SILENT, f"{name}: {count} missing")]
        if _bytes(desk) != harmed:
            found.append(Complaint(SILENT, f"{name}: the refused desk was written to"))
        # Somebody finds the log: what was refused must not have been spoilt.
        shutil.copy(pattern / "desk" / LOG, desk / LOG)
        found += looking.complaints(root, told)
        return Trial(name, "told", told.acknowledged, found)
    except DeskError as error:
        return Trial(name, "told otherwise", told.acknowledged, [Complaint(SILENT, f"{name}: {type(error).__name__}")])
    return Trial(name, "harmless", told.acknowledged, looking.complaints(root, told))


def _bytes(desk: Path) -> dict[str, bytes]:
    """What must not change while a desk is refused: everything but what SQLite keeps for itself, and the lock."""
    names = ("data-*.db", "data-*.db-wal", "state.rds", "store.rdk*")
    return {file.name: file.read_bytes() for name in names for file in desk.glob(name) if file.stat().st_size}


def _removed(log: Path, _rng: Random) -> None:
    log.unlink()


def _emptied(log: Path, _rng: Random) -> None:
    log.write_bytes(b"")


def _cut(log: Path, rng: Random) -> None:
    os.truncate(log, rng.randrange(log.stat().st_size))


def _flipped(log: Path, rng: Random) -> None:
    content = bytearray(log.read_bytes())
    content[rng.randrange(len(content))] ^= 1 << rng.randrange(8)
    log.write_bytes(content)


def _older(log: Path, rng: Random) -> None:
    """As it was after one of the changes before the last, or before the last checkpoint."""
    shutil.copy(rng.choice(sorted(log.parents[1].glob(f"{OLDER}-*"))), log)


HARMS: dict[str, Callable[[Path, Random], None]] = {
    "removed": _removed,
    "emptied": _emptied,
    "cut": _cut,
    "flipped": _flipped,
    "an older one": _older,
}


def _be_killed(root: Path) -> None:
    """Open cases that no checkpoint brings into the main file, keeping each state of the log, and end."""
    checkpoint = engine.checkpoint
    with grounds.quick_passphrases():
        desk = grounds.opened(root / "desk")
        with patch.object(engine, "checkpoint"):
            _open_cases(desk, root, "before")
            checkpoint(desk.engine)
            _open_cases(desk, root, "after")
            os.kill(os.getpid(), signal.SIGKILL)


def _open_cases(desk: store.Desk, root: Path, when: str) -> None:
    rng, teller = Random(when), Teller()
    for number in range(CASES):
        shutil.copy(root / "desk" / LOG, root / f"{OLDER}-{when}-{number}")
        words = grounds.some_words(rng, 40)
        teller.done(f"desk:words/{grounds.open_case(desk, words)}", words)


if __name__ == "__main__":
    _be_killed(Path(sys.argv[1]))
