"""`python -m tests.benchmarks`: the program beside its floors, in one table of one run."""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks import figures, ground, letters, locks, memory, pages, parts
from tests.benchmarks.timing import each
from tests.public_data import CTDC, MISSING


@dataclass(frozen=True)
class Part:
    """One line: a function of one of the modules here, its floor, and what it may take.

    `times` its floor, its floor and `more` milliseconds, `at_most` so many in all, with at most `held` MB of memory.
    """

    title: str
    ours: str
    floor: str = ""
    times: float | None = None
    more: float | None = None
    at_most: float | None = None
    held: float | None = None

    @property
    def aim(self) -> str:
        if self.held:
            return f"{self.held:g} MB"
        if self.more:
            return f"+ {self.more:g} ms"
        both = (f"{self.times:g} times" if self.times else "", f"{self.at_most:g} ms" if self.at_most else "")
        return ", ".join(filter(None, both))

    def is_met(self, ours: Measured, floor: float) -> bool | None:
        """None where nothing is aimed at."""
        bounds = [
            (ours.ms, floor * (self.times or 1) + (self.more or 0) if self.times or self.more else None),
            (ours.ms, self.at_most),
            (ours.peak, self.held),
        ]
        asked = [value <= bound for value, bound in bounds if bound]
        return all(asked) if asked else None


@dataclass(frozen=True)
class Measured:
    """Milliseconds for one, and the peak memory of the process in MB."""

    ms: float
    peak: float


FEW = 5000
"""As many cases as a shelter has; for more of them some aims are others."""


def parts_for(cases: int) -> tuple[Part, ...]:
    """All lines, with the aims for a desk of so many cases."""
    return (
        Part("unlock to the list; floor Argon2id", "unlocking", "stretching", more=300 if cases <= FEW else 1500),
        *PARTS,
        Part(f"seal {locks.SEALED} records", "sealing", "sealing_floor", times=2),
        Part(f"open {locks.SEALED} sealed records", "opening_seals", "opening_seals_floor", times=2),
        Part("backup, opened before it counts", "backing_up", "exporting", times=2),
        Part("member removed, new keys", "rotating", "rekeying", at_most=1000 if cases <= FEW else None),
    )


PARTS = (
    Part("Today, from the store", "looking_at_today", "looking_at_today_floor", times=3, at_most=500),
    Part(
        "a case page of 12 steps, from the store",
        "reading_twelve_steps",
        "reading_twelve_steps_floor",
        times=3,
        at_most=100,
    ),
    Part("a case page, from the store", "reading_a_case", "reading_a_case_floor", times=3, at_most=100),
    Part("a case page, chosen to painted", "opening_a_case", at_most=100),
    Part("perhaps the same person, first case", "first_likeness"),
    Part("perhaps the same person, other cases", "later_likeness", at_most=100),
    Part("all that is ever held in memory", "everything_held", held=400),
    Part("first search after unlocking", "first_search", "first_search_floor"),
    Part("search as one types, slowest letter", "typing", "typing_floor", at_most=50),
    Part("open a case", "opening", "opening_floor", times=2),
    Part("open a case, noted in the journal", "opening_noted", "opening_floor"),
    Part(f"a referral form (of {parts.FORMS})", "printing", "printing_floor", times=2),
    Part("a referral form of two pages", "two_pages", "two_pages_floor", times=2),
    Part("the same beside WeasyPrint", "few_pages", "weasyprint", times=0.1),
    Part("the same beside LibreOffice", "few_pages", "libreoffice", times=0.1),
    Part("the last look at one page", "linting", at_most=30),
    Part("the first page of a preview", "previewing", at_most=150),
    Part("import of the CTDC file", "importing", "importing_floor", times=5),
    Part("count by two questions", "counting", "counting_floor", times=2),
    Part("count by two with many answers", "counting_many", "counting_many_floor", times=2),
    Part("count a whole family of tables", "counting_family", "counting_family_floor", times=2),
    Part("928 figures of 200 cases, certified", "rounding_200", at_most=2000),
    Part("928 figures of 2 000 cases", "rounding_2000", at_most=2000),
    Part("928 figures of 50 000 cases", "rounding_50000", at_most=2000),
    Part("2 966 figures of 100 000 cases", "rounding_large", at_most=15000),
    Part("start to the unlock window", "starting", "starting_floor", times=2),
)

_LINE = "{:<41}{:>12}{:>12}{:>8}{:>16}  {:<7}{:>9}{:>9}"


def main() -> None:
    """Build the ground once, measure every part in processes of their own, print the table."""
    arguments = _arguments()
    if arguments.run:
        print(json.dumps(_measured_here(arguments.run, arguments.ground)))
        return
    with TemporaryDirectory(prefix="bench-") as folder:
        kept = arguments.ground or Path(folder)
        print(f"Python {platform.python_version()}, {platform.system()}, {os.cpu_count()} processors")
        if not (kept / "desk").exists():
            _report_building(kept, arguments.cases)
        if not (kept / "plain.db").exists():
            _measure("copy", kept)
        print(f"A case has {ground.steps(kept):.1f} steps on the average.")
        print(_LINE.format("", "ours", "floor", "times", "aim", "", "MB", "MB floor"))
        for part in parts_for(ground.count(kept)):
            if part.ours == "importing" and not CTDC.is_file():
                print(MISSING)
            elif (not arguments.only or part.ours in arguments.only) and letters.are_there(part.floor):
                _report(part, kept)
        if not arguments.only or "found" in arguments.only:
            letters.tell_found()
    print("\nOther tools, 928 figures of 200 / 2 000 / 50 000 people:")
    for peer in figures.PEERS:
        print("  {:<32}{:<32}{}".format(*peer))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--cases", type=int, default=100_000, help="how many invented cases (100000)")
    parser.add_argument(
        "--only", action="append", choices=[*(part.ours for part in parts_for(0)), "found"], help="measure this part"
    )
    parser.add_argument("--run", help=argparse.SUPPRESS)
    parser.add_argument("--ground", type=Path, help="a folder to build in, or to measure on what was built there")
    return parser.parse_args()


def _measured_here(name: str, folder: Path) -> dict[str, float]:
    if name.isdecimal():
        ms = each(lambda cases: ground.invent(folder, cases), [int(name)])
    elif name == "copy":
        ms = each(ground.copy_plainly, [folder])
    else:
        room = next(room for room in (locks, letters, figures, pages, parts) if hasattr(room, name))
        ms = getattr(room, name)(folder)
    return {"ms": ms, "peak": memory.peak()}


def _measure(name: str, folder: Path) -> Measured:
    command = [sys.executable, "-m", "tests.benchmarks", "--run", name, "--ground", str(folder)]
    told = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return Measured(**json.loads(told.stdout.splitlines()[-1]))


def _report_building(folder: Path, cases: int) -> None:
    built = _measure(str(cases), folder)
    size = sum(file.stat().st_size for file in (folder / "desk").iterdir()) / 2**20
    print(f"{cases} cases invented in {built.ms / 1000:.0f} s with {built.peak:.0f} MB; {size:.0f} MB on the disk")


def _report(part: Part, folder: Path) -> None:
    ours = _measure(part.ours, folder)
    floor = _measure(part.floor, folder) if part.floor else None
    times = ours.ms / floor.ms if floor else 0
    verdict = {True: "ok", False: "missed", None: ""}[part.is_met(ours, floor.ms if floor else 0)]
    under = (_shown(floor.ms), f"{times:.1f}") if floor else ("", "")
    memory = (f"{ours.peak:.0f}", f"{floor.peak:.0f}" if floor else "")
    print(_LINE.format(part.title, _shown(ours.ms), *under, part.aim, verdict, *memory), flush=True)


def _shown(ms: float) -> str:
    return f"{ms / 1000:.2f} s" if ms >= 1000 else f"{ms:.2f} ms"


if __name__ == "__main__":
    main()
