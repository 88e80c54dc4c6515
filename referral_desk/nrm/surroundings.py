"""What a rule may ask beyond the case it judges, given from outside: rules themselves read no store."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


def _nobody(_asked: Any) -> tuple[Any, ...]:
    return ()


@dataclass(frozen=True)
class Surroundings:
    """By default nothing is known.

    `doubts` says of a recipient, by name, what speaks against sending anything there (see `directory.Doubt`).
    `exploiter_signs` says of a step which of its trusted questions hold what some case records of an exploiter.
    """

    doubts: Callable[[str], tuple[Any, ...]] = _nobody
    exploiter_signs: Callable[[Any], tuple[Any, ...]] = _nobody
