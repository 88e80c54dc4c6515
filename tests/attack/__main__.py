"""Run all attacks and print what they found beside the marks; ends with 1 where a mark is missed."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path
from random import Random

import numpy as np

from referral_desk.statistics import standard
from referral_desk.store import Desk
from tests.attack import attacks, ground, membership, reading
from tests.attack.attacks import Found
from tests.public_data import CTDC, MISSING

SIZES = (200, 2_000, 50_000)
SEEDS = 10
SMALL_NUMBERS = 60
TRIALS, FEWER_TRIALS = 60, 12
"""Persons who are planted one after the other: fewer where every export takes seconds."""
TIMES = 30
PERSONS = 50
MEMBERS = 20


def attack_public(folder: Path) -> Found:
    """The same on public data: who is in it is known to nobody, but the figures must hold all the same."""
    rng = Random(1)
    with ground.public(folder / "desk", CTDC) as desk:
        ground.export(desk, folder / "export")
        return _at(desk, folder, rng)


def attack(folder: Path, *, cases: int, seed: int, trials: int = TRIALS, times: int = TIMES) -> Found:
    """Every attack on one desk."""
    rng = Random(seed)
    with ground.practised(folder / "desk", cases=cases, seed=seed) as desk:
        backup = ground.backed_up(desk)
        ground.export(desk, folder / "export")
        found = _at(desk, folder, rng)
        found.trials = membership.trials(desk, standard.INTAKE, rng, min(times, MEMBERS))
        found += attacks.averaging(desk, folder / "averaging", times=times, backup=backup)
        found += attacks.series(desk, folder / "series", rng, trials=trials)
    return found


def _at(desk: Desk, folder: Path, rng: Random) -> Found:
    found, every = Found(), reading.exports(folder / "export")
    true = {family: ground.truth(desk, family) for family in every}
    for family, published in every.items():
        found += attacks.single(published, true[family], rng, ask=SMALL_NUMBERS)
        if published:
            found += attacks.merged(published, reading.totals(folder / "export", family))
            found += attacks.insider(published, true[family], ground.persons(desk, family, rng, PERSONS))
    if every.get("closure"):
        found += attacks.jointly(every, true)
    return found


def lines(what: str, seeds: int, found: Found, seconds: float) -> list[tuple[str, str, str]]:
    """What is printed: attack, result, mark."""
    narrowest = found.narrowest if found.asked else "none asked"
    certain = 100 * float(np.mean(found.insider_certain)) if found.insider_certain else 0.0
    outside = membership.advantage([(one.was_there, one.score) for one in found.trials])
    true = membership.advantage([(one.was_there, one.true_score) for one in found.trials])
    met = membership.met(found.trials)
    relative = 100 * float(np.median(found.relative)) if found.relative else 0.0
    return [
        (what, f"{seeds} seeds, {found.blocks} blocks, {found.figures} figures, {seconds:.0f} s", ""),
        ("A1 small numbers asked", f"{found.asked} of {found.small}", ""),
        ("A1 found exactly", str(found.exact), "0"),
        ("A1 narrower than 4", f"{found.narrower} (narrowest: {narrowest})", "0"),
        ("A1 ranges without the truth", str(found.unsound), "0"),
        ("A2 planted persons found", f"{found.profiles} of {found.planted} (by mode {found.by_mode})", "0"),
        ("A3 exports that differ", str(found.differing_bytes), "0"),
        ("A4 narrower by all together", f"{found.merged_narrower} ({found.joint_asked} asked)", "0"),
        ("A5 certain to an insider", f"{certain:.0f} %", "(no mark)"),
        ("A5 advantage of an outsider", f"{outside:.0%} (by the true figures: {true:.0%})", "(no mark)"),
        ("A6 certain zeros", f"{found.certain_zeros} of {found.zeros_asked}", "0"),
        ("A6 certain rows", str(found.certain_rows), "0"),
        ("A7 met by invented records", "{} of {} who were there, {} of {} who were not".format(*met), "alike"),
        ("sums wrong", f"{found.wrong_sums} of {found.sums}", "0"),
        ("farthest from the truth", str(found.farthest), "4"),
        ("mean error, 2 dimensions", f"{found.error(2):.2f}", "1.7"),
        ("mean error, 1 dimension", f"{found.error(1):.2f}", "1.8"),
        ("median error of 20 and more", f"{relative:.1f} %", ""),
        ("passes", "yes" if found.passes else "NO", "yes"),
    ]


def main() -> int:
    asked = argparse.ArgumentParser(prog="make attack")
    asked.add_argument("--sizes", type=int, nargs="*", default=SIZES)
    asked.add_argument("--seeds", type=int, default=SEEDS)
    asked.add_argument("--first-seed", type=int, default=1)
    asked.add_argument("--no-public-data", action="store_true")
    chosen = asked.parse_args()
    passed = True
    for size in chosen.sizes:
        found, began = Found(), time.monotonic()
        for seed in range(chosen.first_seed, chosen.first_seed + chosen.seeds):
            started = time.monotonic()
            with tempfile.TemporaryDirectory() as folder:
                trials = TRIALS if size <= ground.STORIES else FEWER_TRIALS
                found += attack(Path(folder), cases=size, seed=seed, trials=trials)
            _tell_progress(size, seed, found, started)
        passed &= _told(f"{size} cases", chosen.seeds, found, began)
    if not CTDC.is_file():
        print(MISSING)
    elif not chosen.no_public_data:
        began = time.monotonic()
        with tempfile.TemporaryDirectory() as folder:
            passed &= _told("public data (CTDC)", 1, attack_public(Path(folder)), began)
    return 0 if passed else 1


def _tell_progress(size: int, seed: int, found: Found, started: float) -> None:
    so_far = "nobody found so far" if found.is_safe else "NOT SAFE"
    print(f"{size} cases, seed {seed}: {time.monotonic() - started:.0f} s, {so_far}", file=sys.stderr, flush=True)


def _told(what: str, seeds: int, found: Found, began: float) -> bool:
    for line in lines(what, seeds, found, time.monotonic() - began):
        print("{:30} {:44} {}".format(*line), flush=True)
    print()
    return found.passes


if __name__ == "__main__":
    sys.exit(main())
