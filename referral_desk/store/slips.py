"""Many words, looked through by beginning, by part, and in spite of slips of the pen.

A slip is a letter wrong, missing or too many, or two neighbours that changed places. A word with some slips, cut into
one piece more than slips, holds at least one piece as it should be: only words that hold it near the same place are
compared. Nothing is kept for it but the sorted words.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

_LAST = "\U0010ffff"


class Words:
    """Words of numbered things, in the order of the words; what is returned are numbers, some more than once."""

    def __init__(self, pairs: Iterable[tuple[str, int]]) -> None:
        in_order = sorted(pairs)
        self._words = [word for word, _number in in_order]
        self._numbers = array("I", (number for _word, number in in_order))
        self._text = "\n".join(self._words)
        self._starts = array("Q", _starts(self._words))

    def being(self, typed: str) -> Iterable[int]:
        return self._numbers[bisect_left(self._words, typed) : bisect_right(self._words, typed)]

    def beginning(self, typed: str) -> Iterable[int]:
        return self._numbers[self._range(typed)]

    def holding(self, typed: str) -> Iterator[int]:
        numbers = self._numbers
        return (numbers[place] for place, _at in self._holding(typed, slice(0, len(numbers))))

    def near(self, typed: str, slips: int) -> set[int]:
        """Those that begin as typed, but for so many slips at most; of two none is in the first letter."""
        among = self._range(typed[: slips - 1])
        return {self._numbers[place] for place in self._near(typed, slips, among)}

    def _near(self, typed: str, slips: int, among: slice) -> set[int]:
        if slips == 0:
            return _places(self._range(typed))
        letters, cuts = set(typed), [len(typed) * number // (slips + 1) for number in range(1, slips + 1)]
        found = {
            place
            for place in self._with_a_piece(typed, cuts, among)
            if len(letters.difference(self._words[place])) <= slips and begins_nearly(typed, self._words[place], slips)
        }
        # Two letters that changed places across a cut leave neither piece whole.
        return found.union(*(self._near(_swapped(typed, cut), slips - 1, among) for cut in cuts))

    def _with_a_piece(self, typed: str, cuts: list[int], among: slice) -> set[int]:
        places = _places(self._range(typed[: cuts[0]]))
        for cut, end in zip(cuts, [*cuts[1:], len(typed)], strict=True):
            places.update(place for place, at in self._holding(typed[cut:end], among) if abs(at - cut) <= len(cuts))
        return places

    def _range(self, typed: str) -> slice:
        """The places of the words that begin so."""
        return slice(bisect_left(self._words, typed), bisect_left(self._words, typed + _LAST))

    def _holding(self, part: str, among: slice) -> Iterator[tuple[int, int]]:
        """The places of the words that hold a part, and where in the word it stands."""
        starts, text = self._starts, self._text
        end = starts[among.stop] if among.stop < len(starts) else len(text)
        at = text.find(part, starts[among.start], end) if among.start < among.stop else -1
        while at >= 0:
            place = bisect_right(starts, at) - 1
            yield place, at - starts[place]
            at = text.find(part, at + 1, end)


def begins_nearly(typed: str, word: str, slips: int) -> bool:
    """Whether the word begins as typed but for so many slips; while one types, the rest of it may still be missing."""
    same = 0
    for mine, its in zip(typed, word, strict=False):
        if mine != its:
            break
        same += 1
    left, rest = typed[same:], word[same:]
    if not left or not slips:
        return not left
    return (
        (bool(rest) and begins_nearly(left[1:], rest[1:], slips - 1))
        or begins_nearly(left[1:], rest, slips - 1)
        or (bool(rest) and begins_nearly(left, rest[1:], slips - 1))
        or (left[:2] == rest[1::-1] and begins_nearly(left[2:], rest[2:], slips - 1))
    )


def _places(among: slice) -> set[int]:
    return set(range(among.start, among.stop))


def _swapped(word: str, at: int) -> str:
    return word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :]


def _starts(words: list[str]) -> Iterator[int]:
    at = 0
    for word in words:
        yield at
        at += len(word) + 1
