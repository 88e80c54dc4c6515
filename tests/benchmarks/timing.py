"""How long things take, in milliseconds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from statistics import median
from time import perf_counter
from typing import Any


def each(do: Callable[[Any], object], things: Iterable[Any]) -> float:
    """The usual time for one thing."""
    return median(times(do, things))


def slowest(do: Callable[[Any], object], things: Iterable[Any]) -> float:
    """The time that one in a hundred takes longer than."""
    found = sorted(times(do, things))
    return found[len(found) * 99 // 100]


def times(do: Callable[[Any], object], things: Iterable[Any]) -> Iterator[float]:
    for thing in things:
        start = perf_counter()
        do(thing)
        yield (perf_counter() - start) * 1000
