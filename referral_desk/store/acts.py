"""What was recorded since the desk was opened: in memory, so that the last of it can be taken back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class Done:
    """A revision that was recorded: of which step, in which case."""

    case_id: UUID
    kind: str
    step_id: UUID
    revision: int


class Acts:
    """The acts of a session, the latest last."""

    def __init__(self) -> None:
        self._done: list[Done] = []

    def add(self, done: Iterable[Done]) -> None:
        self._done.extend(done)

    def take_back(self, done: Done) -> None:
        if done in self._done:
            self._done.remove(done)

    @property
    def last(self) -> Done | None:
        return self._done[-1] if self._done else None
