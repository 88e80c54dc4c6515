"""Finding a case by name: an index in memory, made after unlocking, gone with the process.

Nothing of a name ever lies on the disk in a form that can be searched.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate
from uuid import UUID

from referral_desk import words

_OWN = str.maketrans(
    {"đ": "dj", "ł": "l", "ı": "i", "ß": "ss", "ø": "o", "æ": "ae"}
    | {"ю": "ju", "я": "ja", "щ": "sc", "ы": "y", "э": "e", "ъ": "a", "ь": "", "і": "i", "є": "je", "ґ": "g", "ѕ": "dz"}
)
"""Letters that do not fold by losing a mark; Cyrillic beyond Serbian, after the marks of й, ё, ї, ѓ and ќ are gone."""


def folded(text: str) -> str:
    """Text as it is compared: no case, no diacritics, Cyrillic as Latin."""
    latin = words.to_latin(_bare(text.casefold()))
    return _bare(latin.translate(_OWN))


def _bare(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))


class NameIndex:
    """Codes and names of all cases, newest first, in one text that is scanned.

    `named` says whether names are in it; one that was made without the seal holds codes alone.
    """

    def __init__(self, entries: Iterable[tuple[UUID, str]] | None = None, *, named: bool = False) -> None:
        self._is_ready = entries is not None
        self._is_named = named
        found = [(id_, folded(text).replace("\n", " ")) for id_, text in entries or ()]
        self._ids = [id_ for id_, _line in found]
        self._lines = [line for _id, line in found]
        self._late: dict[UUID, str] = {}
        self._text = "\n".join(self._lines)
        self._starts = list(accumulate((len(line) + 1 for line in self._lines), initial=0))[:-1]

    def serves(self, *, named: bool) -> bool:
        """Whether it is made, and with names if they are wanted; without the seal nobody may search names."""
        return self._is_ready and self._is_named is named

    def become(self, other: NameIndex) -> None:
        """Take over what another one holds."""
        vars(self).update(vars(other))

    def forget(self) -> None:
        """Know nothing any more, so that it is made anew."""
        self.become(NameIndex())

    def add(self, case_id: UUID, text: str) -> None:
        """Let a case that is new, or newly named, be found; one that is not made yet needs no adding."""
        if self._is_ready:
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
