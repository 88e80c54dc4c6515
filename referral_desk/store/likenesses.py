"""Where to look for the same person under another number: in memory, with the seal in force, gone with the process.

What cannot be looked up by name (phones, other names, numbers of documents) is kept as it was written, a line for
each case. Looking through all lines for one number takes milliseconds, and nothing has to be reckoned beforehand.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate
from typing import Any
from uuid import UUID

from referral_desk.store.likeness import SLIP_FROM, Identity, bare_number, other_parts
from referral_desk.store.names import folded
from referral_desk.store.signs import own_digits

Lines = list[tuple[str, str]]
"""Ids of cases as the store writes them, and what was written there."""


class Likenesses:
    """What of the persons of all cases tells them from others, but for their names, which another index holds."""

    def __init__(self) -> None:
        self._called, self._others = _Kept(_digits), _Kept(folded)
        self._numbers: _Kept | None = None
        self._late: dict[UUID, Identity] = {}

    @property
    def knows_numbers(self) -> bool:
        """Whether the numbers of documents were read."""
        return self._numbers is not None

    def note(self, case_id: str, held: dict[str, Any]) -> None:
        """Keep what tells a person from others, as it is read from the store."""
        if called := f"{held.get('phone') or ''} {held.get('other_phone') or ''}".strip():
            self._called.lines.append((case_id, called))
        names = [held.get("first_name"), held.get("last_name")]
        alone = "" if all(names) else next(filter(None, names), "")  # somebody with one name is found like an alias
        if others := ",".join(filter(None, (held.get("other_names"), alone))):
            self._others.lines.append((case_id, others))

    def note_numbers(self, numbers: Iterable[tuple[str, dict[str, Any]]]) -> None:
        """Keep the numbers of documents."""
        self._numbers = _Kept(_signs)
        self._numbers.lines.extend((case_id, number) for case_id, held in numbers if (number := held.get("number")))

    def add(self, case_id: UUID, one: Identity) -> None:
        """Know the person of a case, or know her or him better."""
        self._late[case_id] = one

    def drop(self, case_id: UUID) -> None:
        """Know nothing of one case any more."""
        self._late.pop(case_id, None)
        for kept in filter(None, (self._called, self._others, self._numbers)):
            kept.drop(case_id.hex)

    def near(self, mine: Identity, late: dict[UUID, Identity]) -> dict[UUID, None]:
        """Cases whose persons may share a number, a phone or another name with this one; it is still to be judged."""
        keys = mine.keys
        found = {id_: None for known in (self._late, late) for id_, one in known.items() if keys & one.keys}
        numbers = (self._numbers.holding(number) for number in mine.numbers) if self._numbers else ()
        phones = (self._called.holding(phone) for phone in mine.phones)
        aliases = (self._called_like(part) for part in mine.called)
        return found | {UUID(id_): None for ids in (*numbers, *phones, *aliases) for id_ in ids}

    def _called_like(self, part: str) -> Iterator[str]:
        """Those of whom one other name has these words, in whatever order."""
        longest = max(part.split(), key=len, default="")
        if len(part) >= SLIP_FROM:
            yield from (id_ for id_, line in self._others.found(longest) if part in other_parts(line))


class _Kept:
    """Lines that are looked through as one text, in one form for all ways of writing; `form` keeps line breaks."""

    def __init__(self, form: Callable[[str], str]) -> None:
        self.lines: Lines = []
        self._form = form
        self._text = ""
        self._ends = array("Q")

    def holding(self, sought: str) -> Iterator[str]:
        return (id_ for id_, _line in self.found(sought))

    def found(self, sought: str) -> Iterator[tuple[str, str]]:
        """The lines in which something stands, each once."""
        if len(self._ends) != len(self.lines):
            self._make()
        at = self._text.find(sought)
        while at >= 0:
            number = bisect_right(self._ends, at)
            yield self.lines[number]
            at = self._text.find(sought, self._ends[number])

    def drop(self, id_: str) -> None:
        self.lines = [line for line in self.lines if line[0] != id_]
        self._make()

    def _make(self) -> None:
        self._text = self._form("".join(" ".join(line.split()) + "\n" for _id, line in self.lines))
        self._ends = array("Q", accumulate(map(len, self._text.splitlines(keepends=True))))


def _digits(text: str) -> str:
    """The digits of a phone stand together, as `signs.phones` tells them apart."""
    plain = text if text.isascii() else "\n".join(map(own_digits, text.split("\n")))
    return _NO_DIGIT.sub("", plain)


def _signs(text: str) -> str:
    return "\n".join(map(bare_number, text.split("\n")))


_NO_DIGIT = re.compile(r"[^0-9\n]+")
