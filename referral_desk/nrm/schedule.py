"""How long what may take: read from resources/deadlines.toml, where a lawyer or an office can read it, too.

A length is a value of the mechanism like any other: the office of a desk may put its own in the place of it.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from referral_desk import resources
from referral_desk.words import _


@dataclass(frozen=True)
class Deadline:
    """`id` is that of the field's list; `time` is empty where the law or the record itself names the day.

    It is shown from `before` days before its day.
    """

    key: str
    id: str
    english: str
    time: str
    before: int
    source: str

    @property
    def label(self) -> str:
        return _(self.english)


@cache
def deadlines() -> dict[str, Deadline]:
    """Every deadline by its key, in the order in which a case meets them."""
    return {key: _read(key, table) for key, table in _held()["due"].items()}


@cache
def version() -> str:
    """Of which month the content is, and until when it is good."""
    return f"{_held()['version']}/{_held()['best_before']}"


@cache
def _held() -> dict[str, Any]:
    return tomllib.loads(resources.path("deadlines.toml").read_text(encoding="utf-8"))


def _read(key: str, table: dict[str, Any]) -> Deadline:
    return Deadline(
        key,
        id=str(table["id"]),
        english=str(table["label"]),
        time=str(table.get("time", "")),
        before=int(table.get("before", 0)),
        source=str(table["source"]),
    )
