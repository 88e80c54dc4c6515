"""Finding a case by name: an index in memory, made after unlocking, gone with the process.

A name is found as it is written, by its beginning, by another way of writing or reading it, by a part, and, where
hardly anything else was found, in spite of a slip. The better a case fits, the further in front it stands.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Generator, Iterable, Iterator
from functools import cache, reduce
from itertools import chain, compress, pairwise
from operator import and_, or_
from unicodedata import is_normalized
from uuid import UUID

from referral_desk.store.names import folded, foldings, is_arabic, skeletons, visible, without_article
from referral_desk.store.slips import Words

EXACT, BEGINS, READS, INSIDE, ONE_SLIP, TWO_SLIPS = range(6)
"""How well a word fits, the best first."""

HARDLY_ANY = 20
"""With fewer cases found, slips are forgiven, too."""

_FITS = tuple(sum(1 << worse for worse in range(rank, TWO_SLIPS + 1)) for rank in range(TWO_SLIPS + 1))
"""A byte for each rank, with a bit for it and every worse one: of two, `and` gives the worse, `or` the better."""
_ONLY = tuple(bytes(mark == fits for mark in range(256)) for fits in _FITS)

_PART = re.compile(r"[^\W_]+")
_UNHEARD = str.maketrans("", "", "'’ʼ‘`´ʹʻ")
_PARTICLES = "al el abd abdel abdul abdal abu umm bin ibn ben de del da la le van von عبد ابن بن ابو ام بنت بو"
_JOINED = frozenset(_PARTICLES.split())
"""Words that some write together with the next one."""

_PART_FROM, _SLIP_FROM, _TWO_SLIPS_FROM, _CODE_FROM = 3, 4, 8, 4
"""From how many letters on these are looked for."""
_CODES_BEGIN = "rd"
_KEPT = 7
_AT_ONCE = 50
"""Words, or cases, between two looks whether somebody waits."""

_ARABIC, _LATIN = "\x01", "\x02"
"""Before the consonants of a word: they are compared across scripts alone."""


class NameIndex:
    """Codes and names of all cases, newest first.

    `named` says whether names are in it; one that was made without the seal holds codes alone.
    """

    def __init__(self, entries: Iterable[tuple[UUID, str]] | None = None, *, named: bool = False) -> None:
        self._is_ready = entries is not None
        self._is_named = named
        self._known = _Known(entries or ())
        self._late: dict[UUID, str] = {}
        self._known_late: _Known | None = None

    def serves(self, *, named: bool) -> bool:
        """Whether it is made, and with names if they are wanted; without the seal nobody may search names."""
        return self._is_ready and self._is_named is named

    def fill(self, entries: Iterable[tuple[UUID, str]]) -> None:
        """Know these cases."""
        self._is_ready, self._known = True, _Known(entries)

    def add(self, case_id: UUID, text: str) -> None:
        """Let a case that is new, or newly named, be found; one that is not made yet needs no adding."""
        if self._is_ready:
            names = text.partition(" ")[2] if case_id in self._late else text
            self._late[case_id] = f"{self._late.get(case_id, '')} {names}".strip()
            self._known_late = None

    def drop(self, case_id: UUID) -> None:
        """Know nothing of one case any more, its name included."""
        self._known = self._known.without(case_id)
        self._late.pop(case_id, None)
        self._known_late = None

    def make_more(self) -> bool:
        """Make beforehand a little of what the first search needs; whether there is more to be made."""
        return self._known.make_more()

    def every(self) -> list[UUID]:
        known = set(self._known.ids) if self._late else set()
        return [id_ for id_ in reversed(self._late) if id_ not in known] + self._known.ids

    def find(self, text: str) -> list[UUID]:
        """The cases that every word of `text` fits, first those that it fits best, then the newest.

        A word is a name or a part of a code.
        """
        wanted = text.split()
        if not wanted:
            return self.every()
        if not self._late:
            return list(chain.from_iterable(self._known.find(wanted)))
        self._known_late = self._known_late or _Known(reversed(self._late.items()))
        ranks = zip(self._known_late.find(wanted), self._known.find(wanted), strict=True)
        return list(dict.fromkeys(chain.from_iterable(chain.from_iterable(ranks))))


class _Known:
    """Cases that are looked through together; a line of each is its code and then its names."""

    def __init__(self, entries: Iterable[tuple[UUID, str]]) -> None:
        self._entries = list(entries)
        self.ids = [id_ for id_, _line in self._entries]
        self._found: dict[tuple[str, bool], int] = {}
        self._cases: dict[str, array[int]] = {}
        self._steps = self._make()

    def without(self, case_id: UUID) -> _Known:
        self._steps.close()
        return _Known(entry for entry in self._entries if entry[0] != case_id)

    def find(self, wanted: list[str]) -> list[list[UUID]]:
        """The cases that all words fit, by how well the worst of them does."""
        while self.make_more():
            pass
        marks = self._marks(wanted, slips=False)
        if len(marks) - marks.count(0) < HARDLY_ANY:
            marks = self._marks(wanted, slips=True)
        return [
            list(compress(self.ids, marks.translate(only))) if fits in marks else []
            for fits, only in zip(_FITS, _ONLY, strict=True)
        ]

    def make_more(self) -> bool:
        """Make a little of what the first search needs; whether there may be more of it."""
        return next(self._steps, False)

    def _make(self) -> Generator[bool]:
        """In which cases each word stands, and the forms in which words are looked for."""
        for number, (_id, line) in enumerate(self._entries):
            for word in _spoken(line.split()[1:]):
                self._cases.setdefault(word, array("I")).append(number)
            if number % _AT_ONCE == 0:
                yield True
        self._cases_of = list(self._cases.values())
        self._names = yield from self._words_in(_written)
        self._readings = yield from self._words_in(_read)
        self._consonants = yield from self._words_in(_heard)
        codes: list[tuple[str, int]] = []
        for number, (_id, line) in enumerate(self._entries):
            codes.append((_squeezed(line.partition(" ")[0]), number))
            if number % _AT_ONCE == 0:
                yield True
        self._codes = Words(codes)

    def _words_in(self, forms: Callable[[str], set[str]]) -> Generator[bool, None, Words]:
        pairs: list[tuple[str, int]] = []
        for number, word in enumerate(self._cases):
            pairs.extend((form, number) for form in forms(word))
            if number % _AT_ONCE == 0:
                yield True
        return Words(pairs)

    def _marks(self, wanted: list[str], *, slips: bool) -> bytes:
        """How well each case fits, as a byte of `_FITS`, or 0."""
        found = (reduce(and_, (self._fits(word, slips=slips) for word in words)) for words in _joined(wanted))
        return reduce(or_, found).to_bytes(len(self.ids), "little")

    def _fits(self, typed: str, *, slips: bool) -> int:
        """How well each case fits a word as it was typed: a number of as many bytes."""
        parts = _parts(typed)
        names = reduce(and_, (self._fits_name(part, slips=slips) for part in parts)) if parts else 0
        return names | self._fits_code(_squeezed(typed))

    def _fits_name(self, part: str, *, slips: bool) -> int:
        """As one types, all words but the last stay: what was found for them is kept for a moment."""
        fits = self._found.get((part, slips))
        if fits is None:
            words = self._slipped(part) if slips else self._words(part)
            fits = self._marked(
                (rank, chain.from_iterable(map(self._cases_of.__getitem__, those))) for rank, those in words
            )
            self._found = dict([*self._found.items()][-_KEPT:]) | {(part, slips): fits}
        return fits | (self._fits_name(part, slips=False) if slips else 0)

    def _words(self, part: str) -> Iterator[tuple[int, Iterable[int]]]:
        """The words that a part fits, those that fit worst first."""
        plain, bare = folded(part), without_article(folded(part))
        begins = {*self._names.beginning(plain), *(self._names.beginning(bare) if bare != plain else ())}
        if len(plain) >= _PART_FROM:
            yield INSIDE, set(self._names.holding(plain)) - begins
            yield READS, self._reading(part) - begins
        yield BEGINS, begins
        yield EXACT, self._names.being(plain)

    def _reading(self, part: str) -> set[int]:
        """The words that a part may be another way of writing of."""
        found = [forms.beginning(one) for one in foldings(part) for forms in (self._names, self._readings)]
        script = _LATIN if is_arabic(folded(part)) else _ARABIC
        for consonants in skeletons(folded(part)):
            look = self._consonants.beginning if len(consonants) >= _PART_FROM else self._consonants.being
            found.append(look(script + consonants))
        return set().union(*found)

    def _slipped(self, part: str) -> Iterator[tuple[int, set[int]]]:
        """The words that a part fits but for one slip, or for two if it is a long one."""
        plain = folded(part)
        if len(plain) >= _TWO_SLIPS_FROM:
            yield TWO_SLIPS, self._names.near(plain, 2)
        if len(plain) >= _SLIP_FROM:
            readings = (self._readings.near(one, 1) for one in foldings(part))
            yield ONE_SLIP, self._names.near(plain, 1).union(*readings)

    def _fits_code(self, typed: str) -> int:
        if not _is_code(typed):
            return 0
        holding = () if typed.startswith(_CODES_BEGIN) else self._codes.holding(typed)
        begins, being = self._codes.beginning(typed), self._codes.being(typed)
        return self._marked(((INSIDE, holding), (BEGINS, begins), (EXACT, being)))

    def _marked(self, ranks: Iterable[tuple[int, Iterable[int]]]) -> int:
        """The worst come first, so that the better one stays where a case has both."""
        marks = bytearray(len(self.ids))
        for rank, cases in ranks:
            mark = _FITS[rank]
            for case in cases:
                marks[case] = mark
        return int.from_bytes(marks, "little")


def _is_code(typed: str) -> bool:
    """Whether it may be a part of a code: all begin alike, and most have figures."""
    may_begin = len(typed) > 1 and _CODES_BEGIN.startswith(typed[: len(_CODES_BEGIN)])
    return may_begin or len(typed) >= _CODE_FROM or any(sign.isdigit() for sign in typed)


def _spoken(words: list[str]) -> Iterator[str]:
    """Words as they stand, and those that may be one with the next: `Abd`, `al-Rahman`, `Abd al-Rahman`."""
    yield from words
    for word, after in pairwise(words):
        if _is_joined(word):
            yield f"{word} {after}"


def _joined(words: list[str]) -> Iterator[list[str]]:
    """What was typed, and the same with one word more written together with the next."""
    yield words
    for at, word in enumerate(words[:-1]):
        if _is_joined(word):
            yield [*words[:at], word + words[at + 1], *words[at + 2 :]]


@cache
def _is_joined(word: str) -> bool:
    return folded(word) in _JOINED


def _parts(word: str) -> list[str]:
    """What stands between hyphens and other signs, with its letters as they are."""
    if word.isalpha() and is_normalized("NFKC", word):
        return [word]
    return _PART.findall(visible(word).translate(_UNHEARD))


def _written(word: str) -> set[str]:
    """A word as it is looked for: each part, all in one, and without the Arabic article."""
    parts = [folded(part) for part in _parts(word)]
    found = {"".join(parts)} if " " in word else {*parts, "".join(parts)}
    return found | {without_article(one) for one in found}


def _read(word: str) -> set[str]:
    """The other readings of a word."""
    parts = _parts(word)
    return {reading for part in {*parts, "".join(parts)} for reading in foldings(part)} - {folded(word)}


def _heard(word: str) -> set[str]:
    """The consonants of a word."""
    parts = [folded(part) for part in _parts(word)]
    script = _ARABIC if is_arabic("".join(parts)) else _LATIN
    return {script + consonants for part in {*parts, "".join(parts)} for consonants in skeletons(part)}


def _squeezed(code: str) -> str:
    return folded(code).replace("-", "")
