"""How deep each character of a paragraph lies, and what is resolved together: rules P2 to X10 of UAX #9."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Self

LEFT, RIGHT = 0, 1
"""The level of a paragraph that runs to the right of the reader, and to the left."""

EMBEDDINGS = {"LRE": LEFT, "LRO": LEFT, "RLE": RIGHT, "RLO": RIGHT}
ISOLATES = ("LRI", "RLI", "FSI")
TAKEN_OUT = frozenset([*EMBEDDINGS, "PDF", "BN"])
"""What the algorithm removes before it looks at what is left (X9)."""

_DEEPEST = 125
_OVERRIDES = {"LRO": "L", "RLO": "R"}


def by_first_strong(kinds: Sequence[str], otherwise: int) -> int:
    depth = 0
    for kind in kinds:
        if kind in ISOLATES:
            depth += 1
        elif kind == "PDI":
            depth = max(0, depth - 1)
        elif not depth and kind in ("L", "R", "AL"):
            return LEFT if kind == "L" else RIGHT
    return otherwise


def _isolated(kinds: Sequence[str]) -> list[str]:
    """What lies between an initiator and its end, without either (rule X5c)."""
    depth = 0
    for at, kind in enumerate(kinds):
        depth += (kind in ISOLATES) - (kind == "PDI")
        if depth < 0:
            return list(kinds[:at])
    return list(kinds)


@dataclass
class _Depth:
    """How deep a character lies while a paragraph is read (rules X1 to X8)."""

    stack: list[tuple[int, str, bool]]
    isolates: int = 0
    lost_isolates: int = 0
    lost_embeddings: int = 0

    def open(self, direction: int, override: str, *, isolate: bool) -> None:
        level = self.stack[-1][0]
        deeper = level + 1 + ((level + 1) % 2 != direction)
        if deeper <= _DEEPEST and not self.lost_isolates and not self.lost_embeddings:
            self.isolates += isolate
            self.stack.append((deeper, override, isolate))
        elif isolate:
            self.lost_isolates += 1
        elif not self.lost_isolates:
            self.lost_embeddings += 1

    def close_isolate(self) -> None:
        if self.lost_isolates:
            self.lost_isolates -= 1
        elif self.isolates:
            self.lost_embeddings = 0
            while not self.stack[-1][2]:
                self.stack.pop()
            self.stack.pop()
            self.isolates -= 1

    def close_embedding(self) -> None:
        if self.lost_isolates:
            return
        if self.lost_embeddings:
            self.lost_embeddings -= 1
        elif not self.stack[-1][2] and len(self.stack) > 1:
            self.stack.pop()


def explicit(kinds: list[str], base: int) -> tuple[list[int], list[str]]:
    """Levels by embeddings, overrides and isolates, and the kinds that overrides leave."""
    depth, found, changed = _Depth([(base, "", False)]), [], list(kinds)
    for at, kind in enumerate(kinds):
        if kind == "PDI":
            depth.close_isolate()
        elif kind == "B":
            depth = _Depth([(base, "", False)])
        level, override, _isolate = depth.stack[-1]
        found.append(level)
        if override and kind not in TAKEN_OUT and kind != "B":
            changed[at] = override
        if kind in EMBEDDINGS:
            depth.open(EMBEDDINGS[kind], _OVERRIDES.get(kind, ""), isolate=False)
        elif kind in ISOLATES:
            way = by_first_strong(_isolated(kinds[at + 1 :]), LEFT) if kind == "FSI" else int(kind == "RLI")
            depth.open(way, "", isolate=True)
        elif kind == "PDF":
            depth.close_embedding()
    ends = (*ISOLATES, "PDI")
    pairs = zip(kinds, changed, strict=True)
    return found, [_Isolate(other, kind) if kind in ends else other for kind, other in pairs]


class _Isolate(str):
    """The kind of an initiator or end of an isolate, which stays one whatever an override makes of it."""

    __slots__ = ("own",)
    own: str

    def __new__(cls, kind: str, own: str) -> Self:
        made = super().__new__(cls, kind)
        made.own = own
        return made


@dataclass
class Together:
    """An isolating run sequence (BD13): indices, the level they share, and what stands before and after it."""

    places: list[int]
    level: int
    before: str
    after: str

    @property
    def direction(self) -> str:
        return "RL"[self.level % 2 == 0]


def sequences(kinds: list[str], found: list[int], base: int) -> Iterator[Together]:
    kept = [at for at, kind in enumerate(kinds) if kind not in TAKEN_OUT]
    position = {at: number for number, at in enumerate(kept)}
    for places in _linked(kinds, found, kept):
        level = found[places[0]]
        first, last = position[places[0]], position[places[-1]]
        open_end = getattr(kinds[places[-1]], "own", "") in ISOLATES
        before = found[kept[first - 1]] if first else base
        after = base if open_end or last + 1 == len(kept) else found[kept[last + 1]]
        yield Together(places, level, _side(level, before), _side(level, after))


def _side(level: int, other: int) -> str:
    return "RL"[max(level, other) % 2 == 0]


def _linked(kinds: list[str], found: list[int], kept: list[int]) -> list[list[int]]:
    """Level runs, joined from the initiator of an isolate to its end."""
    matching = _matching(kinds)
    joined: list[list[int]] = []
    by_opening: dict[int, list[int]] = {}
    for _level, group in groupby(_level_runs(found, kept), key=lambda pair: pair[0]):
        run = [at for _number, at in group]
        opened = by_opening.get(matching.get(run[0], -1))
        if opened is None:
            opened = []
            joined.append(opened)
        opened.extend(run)
        by_opening[run[-1]] = opened
    return joined


def _level_runs(found: list[int], kept: list[int]) -> Iterator[tuple[int, int]]:
    number = 0
    for at, former in zip(kept, [None, *kept], strict=False):
        number += former is not None and found[at] != found[former]
        yield number, at


def _matching(kinds: list[str]) -> dict[int, int]:
    """The initiator of each end of an isolate (BD9)."""
    waiting: list[int] = []
    pairs: dict[int, int] = {}
    for at, kind in enumerate(kinds):
        own = getattr(kind, "own", "")
        if own == "PDI" and waiting:
            pairs[at] = waiting.pop()
        elif own:
            waiting += [at] if own != "PDI" else []
        elif kind == "B":
            waiting.clear()
    return pairs
