"""The order in which text of both directions is drawn: the Unicode Bidirectional Algorithm (UAX #9, revision 48).

Levels are even where text runs to the right and odd where it runs to the left. A character that the algorithm takes
out (an embedding, its end, a boundary without width) keeps the level of its surroundings, so that no index moves.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from referral_desk.letters.embedding import (
    EMBEDDINGS,
    ISOLATES,
    LEFT,
    RIGHT,
    TAKEN_OUT,
    Together,
    by_first_strong,
    explicit,
    sequences,
)

__all__ = ["LEFT", "RIGHT", "TAKEN_OUT", "Run", "first_strong", "is_one_way", "levels", "runs", "runs_left"]

_NEUTRAL = frozenset(["B", "S", "WS", "ON", *ISOLATES, "PDI"])
_STRONG = {"L": "L", "R": "R", "EN": "R", "AN": "R"}
_MOST_OPEN_BRACKETS = 63

_BRACKETS = (
    "()[]{}༺༻༼༽᚛᚜⁅⁆⁽⁾₍₎⌈⌉⌊⌋〈〉❨❩❪❫❬❭❮❯❰❱❲❳❴❵⟅⟆⟦⟧⟨⟩⟪⟫⟬⟭⟮⟯⦃⦄⦅⦆⦇⦈⦉⦊⦋⦌⦍⦐⦏⦎⦑⦒⦓⦔⦕⦖⦗⦘⧘⧙⧚⧛⧼⧽"
    "⸢⸣⸤⸥⸦⸧⸨⸩⹕⹖⹗⹘⹙⹚⹛⹜〈〉《》「」『』【】〔〕〖〗〘〙〚〛﹙﹚﹛﹜﹝﹞（）［］｛｝｟｠｢｣"
)
_CLOSING = dict(zip(_BRACKETS[::2], _BRACKETS[1::2], strict=True))
_CANONICAL = {"\u2329": "〈", "\u232a": "〉"}


@dataclass(frozen=True)
class Run:
    """A part of a line that runs in one direction; `start` and `end` are indices of its text."""

    start: int
    end: int
    level: int

    @property
    def is_leftward(self) -> bool:
        return self.level % 2 == 1


def is_one_way(text: str) -> bool:
    """Whether nothing in a text runs to the left or changes direction: then it is drawn as it stands."""
    return text.isascii() or not any(unicodedata.bidirectional(sign) in _OTHER_WAY for sign in text)


_OTHER_WAY = frozenset(["R", "AL", "AN", "PDF", "PDI", *EMBEDDINGS, *ISOLATES])


def first_strong(text: str, otherwise: int = LEFT) -> int:
    """The level of a paragraph by its first strong letter (rules P2 and P3)."""
    return by_first_strong(_kinds(text), otherwise)


def runs_left(sign: str) -> bool:
    """Whether a letter belongs to a script that runs to the left."""
    return sign >= "\u0590" and unicodedata.bidirectional(sign) in ("R", "AL")


def levels(text: str, base: int) -> list[int]:
    """The level of every character of a paragraph, before its lines are known."""
    kinds = _kinds(text)
    found, kinds = explicit(kinds, base)
    for sequence in list(sequences(kinds, found, base)):
        _resolve(sequence, text, kinds, found)
    for at, kind in enumerate(kinds):
        if kind in TAKEN_OUT:
            found[at] = found[at - 1] if at else base
    return found


def runs(text: str, found: Sequence[int], base: int) -> list[Run]:
    """A line from its levels: its runs from left to right (rules L1 and L2)."""
    settled = _settled(text, found, base)
    parts, at = [], 0
    for level, same in groupby(settled):
        end = at + len(list(same))
        parts.append(Run(at, end, level))
        at = end
    return _reordered(parts)


def _kinds(text: str) -> list[str]:
    return [unicodedata.bidirectional(sign) or "L" for sign in text]


def _resolve(sequence: Together, text: str, kinds: list[str], found: list[int]) -> None:
    places = sequence.places
    given = [str(kinds[at]) for at in places]
    weak = _weak(given, [getattr(kinds[at], "own", "") for at in places], sequence.before)
    _brackets(sequence, text, given, weak)
    _neutral(sequence, weak)
    for at, kind in zip(places, weak, strict=True):
        level = sequence.level
        if level % 2:
            found[at] = level + (kind != "R")
        else:
            found[at] = level + {"L": 0, "R": 1, "AN": 2, "EN": 2}[kind]


def _weak(given: list[str], isolates: list[str], before: str) -> list[str]:
    """Marks, numbers and what stands between them (rules W1 to W7)."""
    kinds, former = [], before
    for kind, isolate in zip(given, isolates, strict=True):
        former = former if kind == "NSM" else kind
        kinds.append(former)
        former = "ON" if isolate else former
    strong = before
    for at, kind in enumerate(kinds):
        strong = kind if kind in ("L", "R", "AL") else strong
        if kind == "EN" and strong == "AL":
            kinds[at] = "AN"
    kinds = ["R" if kind == "AL" else kind for kind in kinds]
    _separators(kinds)
    _terminators(kinds)
    kinds = ["ON" if kind in ("ES", "ET", "CS") else kind for kind in kinds]
    strong = before
    for at, kind in enumerate(kinds):
        strong = kind if kind in ("L", "R") else strong
        if kind == "EN" and strong == "L":
            kinds[at] = "L"
    return kinds


def _separators(kinds: list[str]) -> None:
    """A single separator between two numbers of one kind belongs to them (W4)."""
    for at in range(1, len(kinds) - 1):
        kind, former, following = kinds[at], kinds[at - 1], kinds[at + 1]
        if former == following and ((former == "EN" and kind in ("ES", "CS")) or (former == "AN" and kind == "CS")):
            kinds[at] = former


def _terminators(kinds: list[str]) -> None:
    """What stands at a European number, such as a sign for percent, belongs to it (W5)."""
    at = 0
    for kind, group in groupby(list(kinds)):
        end = at + len(list(group))
        beside = (kinds[at - 1] if at else "", kinds[end] if end < len(kinds) else "")
        if kind == "ET" and "EN" in beside:
            kinds[at:end] = ["EN"] * (end - at)
        at = end


def _brackets(sequence: Together, text: str, given: list[str], weak: list[str]) -> None:
    """Brackets that belong together take one direction (N0)."""
    signs = [_CANONICAL.get(text[at], text[at]) for at in sequence.places]
    for opening, closing in sorted(_pairs(signs, weak)):
        direction = _of_pair(sequence, weak, opening, closing)
        if direction:
            for at in (opening, closing):
                weak[at] = direction
                for mark in range(at + 1, len(given)):
                    if given[mark] != "NSM":
                        break
                    weak[mark] = direction


def _of_pair(sequence: Together, weak: list[str], opening: int, closing: int) -> str:
    own = sequence.direction
    inside = {_STRONG[kind] for kind in weak[opening + 1 : closing] if kind in _STRONG}
    if own in inside:
        return own
    if not inside:
        return ""
    earlier = (_STRONG[kind] for kind in reversed(weak[:opening]) if kind in _STRONG)
    return own if next(earlier, sequence.before) == own else "LR"[own == "L"]


def _pairs(signs: list[str], weak: list[str]) -> Iterator[tuple[int, int]]:
    """The pairs of brackets that are still neutral (BD16)."""
    found: list[tuple[int, int]] = []
    waiting: list[tuple[str, int]] = []
    for at, (sign, kind) in enumerate(zip(signs, weak, strict=True)):
        if kind != "ON":
            continue
        if sign in _CLOSING:
            if len(waiting) == _MOST_OPEN_BRACKETS:
                return iter(())
            waiting.append((_CLOSING[sign], at))
        else:
            which = next((n for n in range(len(waiting) - 1, -1, -1) if waiting[n][0] == sign), None)
            if which is not None:
                found.append((waiting[which][1], at))
                del waiting[which:]
    return iter(found)


def _neutral(sequence: Together, weak: list[str]) -> None:
    """What has no direction takes that of both its neighbours, or that of the text around it (N1 and N2)."""
    at = 0
    for is_neutral, group in groupby(list(weak), key=_NEUTRAL.__contains__):
        end = at + len(list(group))
        if is_neutral:
            former = _STRONG[weak[at - 1]] if at else sequence.before
            following = _STRONG[weak[end]] if end < len(weak) else sequence.after
            weak[at:end] = [former if former == following else sequence.direction] * (end - at)
        at = end


def _settled(text: str, found: Sequence[int], base: int) -> list[int]:
    """Separators, and blanks before them or at the end of the line, stand at the level of the paragraph (L1)."""
    settled, at_end = list(found), True
    for at in range(len(text) - 1, -1, -1):
        kind = unicodedata.bidirectional(text[at])
        if kind in ("B", "S"):
            at_end = True
        elif kind not in ("WS", *ISOLATES, "PDI") and kind not in TAKEN_OUT:
            at_end = False
        if at_end:
            settled[at] = base
    return settled


def _reordered(parts: list[Run]) -> list[Run]:
    """From the highest level to the lowest odd one, whatever lies at it or above is turned round (L2)."""
    highest = max((part.level for part in parts), default=0)
    lowest = min((part.level for part in parts if part.level % 2), default=highest + 1)
    for level in range(highest, lowest - 1, -1):
        parts = _turned(parts, level)
    return parts


def _turned(parts: list[Run], level: int) -> list[Run]:
    turned: list[Run] = []
    for is_high, group in groupby(parts, key=lambda part: part.level >= level):
        same = list(group)
        turned += reversed(same) if is_high else same
    return turned
