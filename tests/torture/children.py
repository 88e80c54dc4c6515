"""Starting a child at a desk, and ending it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.torture.looking import SILENT, Complaint
from tests.torture.telling import Told, Value, heard

PATIENCE = 120
"""Seconds after which a child hangs."""


@dataclass(frozen=True)
class Trial:
    """What one trial showed: `scene` is what was done or which file was harmed, `outcome` how it went, in a word."""

    scene: str
    outcome: str
    acknowledged: int = 0
    complaints: list[Complaint] = field(default_factory=list)


@dataclass(frozen=True)
class Ended:
    """How a child ended, after so many seconds at work, and what it told."""

    code: int
    seconds: float
    told: Told
    error: str

    @property
    def defects(self) -> list[Complaint]:
        """A child that fell over, unless it was killed."""
        return [Complaint(SILENT, self.error)] if self.code > 0 else []


def run(
    scene: str,
    root: Path,
    seed: str,
    known: dict[str, Value],
    *,
    kill_after: float | None = None,
    environment: Mapping[str, str] = os.environ,
) -> Ended:
    """Let a child play a scene, to its end or for so many seconds (then SIGKILL)."""
    command = [sys.executable, "-m", "tests.torture.child", scene, str(root), seed]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**environment}
    ) as child:
        assert child.stdout
        assert child.stderr
        child.stdout.readline()
        begun = time.perf_counter()
        _wait(child, kill_after)
        seconds = time.perf_counter() - begun
        told, error = heard(child.stdout, known), child.stderr.read().strip()
    return Ended(child.returncode, seconds, told, error.splitlines()[-1] if error else f"ended by {child.returncode}")


def _wait(child: subprocess.Popen[str], kill_after: float | None) -> None:
    try:
        child.wait(PATIENCE if kill_after is None else kill_after)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
        if kill_after is None:
            raise
