"""Long work beside the work at the desk: looking over, backing up, restoring.

It reads the store on a connection of its own and comes to the desk for short turns only. It may be stopped, or
killed, at any moment.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from threading import Event, Lock
from typing import Any

PATIENCE = 2.0
"""Seconds that a lock or a change of keys waits for a long reading to stop; it takes milliseconds."""


class Stopped(Exception):
    """Somebody changed her mind, or the desk is closing. Nothing is wrong, and nothing is half done."""


class Phase(Enum):
    """What long work is doing."""

    LOOKING = "looking over the store"
    WRITING = "writing the backup"
    OPENING = "opening the backup"
    COPYING = "copying the backup to the second place"
    OPENING_THERE = "opening it there"


@dataclass(frozen=True)
class Aside:
    """How long work goes on beside other work.

    `turn` does something short when it is its turn at the desk, `stops` says whether to stop, and `tell` hears
    what is being done and how much of it is done, from 0 to 1.
    """

    turn: Callable[[Callable[[], Any]], Any] = lambda do: do()
    stops: Callable[[], bool] = lambda: False
    tell: Callable[[Phase, float], object] = lambda _phase, _share: None

    def go_on(self) -> None:
        """Raise Stopped if it is time to."""
        if self.stops():
            raise Stopped


HERE = Aside()
"""Nothing else is going on: a command."""


class Reading:
    """Who reads the files of the store for long; whoever needs them alone asks that to stop, and waits."""

    def __init__(self) -> None:
        self._one = Lock()
        self._wanted = Event()

    @contextmanager
    def beside(self, aside: Aside) -> Iterator[Callable[[], bool]]:
        """Read for long; what it gives says when to stop. Stopped at once where somebody needs the files."""
        with self._one:
            if self._wanted.is_set():
                raise Stopped
            yield lambda: self._wanted.is_set() or aside.stops()

    @contextmanager
    def kept_off(self) -> Iterator[None]:
        """Nobody reads for long meanwhile."""
        self._wanted.set()
        has_waited = self._one.acquire(timeout=PATIENCE)
        try:
            yield
        finally:
            if has_waited:
                self._one.release()
            self._wanted.clear()

    def end(self) -> None:
        """Nobody reads for long any more."""
        self._wanted.set()
        if self._one.acquire(timeout=PATIENCE):
            self._one.release()
