"""What a rule may ask beyond the case it judges, given from outside: rules themselves read no store."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


def _nobody(_asked: Any) -> tuple[Any, ...]:
    return ()


def _is_nothing_known(_name: str) -> bool:
    return False


def _unlike(_one: str, _other: str) -> bool:
    return False


@dataclass(frozen=True)
class Surroundings:
    """By default nothing is known.

    `doubts` says of a recipient, by name, what speaks against sending anything there (see `directory.Doubt`).
    `is_named_in` finds a name in a text in any script and spelling, `same_organisation` one that is called otherwise.
    `is_like_organisation` finds one name in another, but for a slip, a spelling or a script; `is_police` says whether
    the directory knows an organisation of this name as police.
    `exploiter_signs` says of a step which of its trusted questions hold what some case records of an exploiter, each
    with whether it is the name alone.
    """

    doubts: Callable[[str], tuple[Any, ...]] = _nobody
    exploiter_signs: Callable[[Any], tuple[Any, ...]] = _nobody
    is_named_in: Callable[[str, str], bool] = _unlike
    same_organisation: Callable[[str, str], bool] = _unlike
    is_like_organisation: Callable[[str, str], bool] = _unlike
    is_police: Callable[[str], bool] = _is_nothing_known
