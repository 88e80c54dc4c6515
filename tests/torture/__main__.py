"""`python -m tests.torture`: every way in which a computer lets a desk down, many times, and what came of it."""

from __future__ import annotations

import argparse
import secrets
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests import recorder
from tests.torture import flips, full, kills, logs, powercut
from tests.torture.children import Trial
from tests.torture.ground import Ground, quick_passphrases
from tests.torture.looking import LOST, SILENT


@dataclass(frozen=True)
class Part:
    """One line of the table: what happens, how often, and whether that takes the recorder."""

    title: str
    run: Callable[..., Iterator[Trial]]
    times: int
    records: bool = True


PARTS = {
    "kills": Part("killed at any moment", kills.run, 200, records=False),
    "powercut": Part("power cut, replayed", powercut.run, 250),
    "flips": Part("one bit flipped", flips.run, 275, records=False),
    "logs": Part("log lost or damaged", logs.run, 60, records=False),
    "full": Part("disk full", full.run, 50),
    "pulled": Part("stick pulled out", full.run_pulled, 20),
}

_LINE = "{:<22}{:>7}{:>14}{:>6}{:>8}{:>8}  {}"


def main() -> None:
    """Run what is asked for, print the table, and end with 1 where anything was lost or silent."""
    asked = _arguments()
    print(f"seed {asked.seed}: --seed {asked.seed} does the same again")
    print(_LINE.format("", "times", "acknowledged", "lost", "silent", "seconds", "how it went"))
    with TemporaryDirectory(prefix="torture-") as folder, quick_passphrases():
        ground, library = Ground(Path(folder)), _library(Path(folder))
        wrong = sum(_report(name, ground, library, asked) for name in asked.only or PARTS)
    sys.exit(1 if wrong else 0)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.torture", description=__doc__)
    parser.add_argument("--only", action="append", choices=PARTS, help="this part; may be given more than once")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10**6), help="what chance begins with")
    parser.add_argument("--times", type=int, help="how often, instead of the usual number")
    parser.add_argument("--first", type=int, default=0, help="the number of the first trial, to repeat one alone")
    return parser.parse_args()


def _library(folder: Path) -> Path | None:
    try:
        return recorder.compiled(folder)
    except recorder.NoCompilerError as missing:
        print(missing)
        return None


def _report(name: str, ground: Ground, library: Path | None, asked: argparse.Namespace) -> int:
    """Run one part and print its line; how many complaints there were."""
    part = PARTS[name]
    if part.records and library is None:
        print(_LINE.format(part.title, "-", "", "", "", "", "skipped: it takes the recorder"))
        return 0
    begun, trials, found = time.perf_counter(), [], Counter[str]()
    numbers = range(asked.first, asked.first + (asked.times or part.times))
    for number, trial in zip(numbers, part.run(ground, numbers, asked.seed, library), strict=True):
        trials.append(trial)
        for complaint in trial.complaints:
            found[complaint.kind] += 1
            _say(f"{name} --seed {asked.seed} --first {number} --times 1 ({trial.scene}): {complaint.what}\n")
        _say(f"{name} {len(trials)} of {len(numbers)}, {time.perf_counter() - begun:.0f} s")
    _say("")
    print(_line(part, trials, found, time.perf_counter() - begun), flush=True)
    return found.total()


def _line(part: Part, trials: list[Trial], found: Counter[str], seconds: float) -> str:
    outcomes = Counter(trial.outcome for trial in trials).most_common()
    how = ", ".join(f"{outcome} {times}" for outcome, times in outcomes)
    acknowledged = sum(trial.acknowledged for trial in trials)
    return _LINE.format(part.title, len(trials), acknowledged, found[LOST], found[SILENT], f"{seconds:.0f}", how)


def _say(line: str) -> None:
    """One line that the next one replaces, unless it ends."""
    if line.endswith("\n") or sys.stderr.isatty():
        sys.stderr.write(f"\r\x1b[K{line}" if sys.stderr.isatty() else line)
        sys.stderr.flush()


if __name__ == "__main__":
    main()
