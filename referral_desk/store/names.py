"""Finding a case by name: an index in memory, made after unlocking, gone with the process.

Nothing of a name ever lies on the disk in a form that can be searched.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from uuid import UUID

from referral_desk import words

_OWN = str.maketrans({"đ": "dj", "ł": "l", "ı": "i", "ß": "ss", "ø": "o", "æ": "ae", "ё": "е"})


def folded(text: str) -> str:
    """Text as it is compared: no case, no diacritics, Serbian Cyrillic as Latin."""
    plain = words.to_latin(text.casefold()).translate(_OWN)
    return "".join(sign for sign in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(sign))


class NameIndex:
    """Codes and names of all cases, newest first, in one text that is scanned."""

    def __init__(self) -> None:
        self.is_ready = False
        self._ids: list[UUID] = []
        self._lines: list[str] = []
        self._late: dict[UUID, str] = {}
        self._text = ""
        self._starts: list[int] = []

    def build(self, entries: Iterable[tuple[UUID, str]]) -> None:
        """Take the cases, newest first, with the words that find them."""
        found = [(id_, folded(text).replace("\n", " ")) for id_, text in entries]
        self._ids = [id_ for id_, _line in found]
        self._lines = [line for _id, line in found]
        self._late = {}
        self._join()
        self.is_ready = True

    def add(self, case_id: UUID, text: str) -> None:
        """Let a case that is new, or newly named, be found."""
        self._late[case_id] = f"{self._late.get(case_id, '')} {folded(text)}"

    def every(self) -> list[UUID]:
        known = set(self._ids) if self._late else set()
        return [id_ for id_ in reversed(self._late) if id_ not in known] + self._ids

    def find(self, text: str) -> list[UUID]:
        """The cases in whose line every word of `text` occurs."""
        wanted = folded(text).split()
        if not wanted:
            return self.every()
        late = [id_ for id_, line in reversed(self._late.items()) if all(word in line for word in wanted)]
        seen = set(late)
        return late + [id_ for id_ in self._scan(wanted) if id_ not in seen]

    def _scan(self, wanted: list[str]) -> Iterator[UUID]:
        longest = max(wanted, key=len)
        at = self._text.find(longest)
        while at >= 0:
            row = bisect_right(self._starts, at) - 1
            line = self._lines[row]
            if all(word in line for word in wanted):
                yield self._ids[row]
            at = self._text.find(longest, self._starts[row] + len(line) + 1)

    def _join(self) -> None:
        self._text = "\n".join(self._lines)
        self._starts = []
        start = 0
        for line in self._lines:
            self._starts.append(start)
            start += len(line) + 1
