"""Stories of the rules: which test tells that a rule holds, and which that it does not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

TOLD: dict[tuple[str, bool], list[str]] = defaultdict(list)
"""The tests that tell a story, by the id of the rule and whether it holds in it."""


def story(id: str, *, holds: bool) -> Callable[[Any], Any]:  # noqa: A002
    """Say that a test tells a story in which a rule holds, or in which it does not."""

    def tell(test: Any) -> Any:
        TOLD[id, holds].append(test.__name__)
        return test

    return tell
