"""How hard a passphrase of one's own is to guess: an estimate that rather says too little, in bits.

The text is cut into pieces as whoever guesses would build it: words that are tried first, words of the list, what is
known of the desk, walks over the keyboard, rows, dates, repetitions. The cheapest way of cutting counts (the idea is
zxcvbn's). What is in no list counts by its length, at a rate that suits words of any language: a sentence that
nobody has a list for must not look like chance.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from math import log2

from referral_desk import resources
from referral_desk.words import N_, to_latin

LONGEST = 80
"""Characters looked at: what is strong so far does not become weaker by what follows."""

_LETTER, _WORD_LETTER, _DIGIT, _SIGN = log2(26), 2.6, log2(10), 4.0
_KNOWN, _REPEATED, _ROW, _WALK, _TURN, _LITTLE_WORD = 2.0, 1.0, 5.0, 6.0, 1.5, 3.0
_DATE, _YEAR, _DISGUISE = log2(366 * 120), log2(140), 1.0
_LONGEST_WORD = 20

_DISGUISES = (str.maketrans("@4310$578", "aaeiosstb"), str.maketrans("!1", "il"))
_ARABIC = str.maketrans("ىةٱکی", "يهاكي")
_OWN = str.maketrans({"đ": "dj", "ł": "l", "ß": "ss", "ø": "o", "æ": "ae", "ı": "i"})

_KEYBOARDS = (
    ("1234567890-=", "qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,./"),
    ("1234567890'+", "qwertzuiopšđ", "asdfghjklčćž", "yxcvbnm,.-"),
    ("1234567890'+", "љњертзуиопшђж", "асдфгхјклчћ", "ѕџцвбнм,.-"),
    ("1234567890-=", "йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю."),
    ("1234567890-=", "ضصثقفغعهخحجد", "شسيبلاتنمكط", "ئءؤرىةوزظ"),
)
_PLACES = tuple(
    {sign: (at, place) for at, keys in enumerate(rows) for place, sign in enumerate(keys)} for rows in _KEYBOARDS
)

_REPETITION = re.compile(r"(\S+?)\1+")
_DATED = re.compile(
    r"(?:[0-3]?\d[-./ ]?[01]?\d[-./ ]?(?:(?:19|20)\d\d|\d\d)|(?:19|20)\d\d[-./ ]?[01]?\d[-./ ]?[0-3]?\d)(?!\d)"
)
_YEARS = re.compile(r"(?:19|20)\d\d")
_LITTLE = re.compile(r"(?<![^\W_])[^\W\d_]{1,3}(?![^\W_])")
_LETTERS = re.compile(r"[^\W\d_]{4,}")
_ALONE = re.compile(r"[^\s]+")

KNOWN = N_("Leave out names of people, places and the organisation. Take words that have nothing to do with them.")
ROWS = N_("Neighbouring keys, rows and repetitions are tried first. Take words instead.")
DATES = N_("Dates and years are tried first. Take words instead.")
COMMON = N_(
    "Some of these words are among the first that are tried. Add words that have nothing to do with each other."
)
MORE = N_("Still too easy to guess. Add a word or two that have nothing to do with the others.")


@dataclass(frozen=True)
class Piece:
    """One part of the text as somebody who guesses would build it; `bits` is what it adds."""

    text: str
    bits: float
    advice: str = MORE


def bits(text: str, about: Iterable[str] = ()) -> float:
    """Return the estimate for a normalised passphrase; `about` is what is known of desk and people."""
    return sum(piece.bits for piece in pieces(text, about))


def advice(text: str, about: Iterable[str] = ()) -> str:
    """Return what would help most, as a text to be looked up: about the kind of piece that fills most of the text."""
    lengths: dict[str, int] = {}
    for piece in pieces(text, about):
        lengths[piece.advice] = lengths.get(piece.advice, 0) + len(piece.text)
    return max(lengths, key=lambda kind: (kind != MORE, lengths[kind]), default=MORE)


def guessed() -> frozenset[str]:
    """Return the words that are tried first, folded."""
    return _listed("guessed.txt")


def pieces(text: str, about: Iterable[str] = ()) -> list[Piece]:
    """Return the cheapest way of cutting the text; the same piece once more adds next to nothing."""
    known = frozenset(part for one in about for part in _parts(folded(one)))
    seen: set[str] = set()
    cut = []
    for piece in _cheapest(text.casefold()[:LONGEST], known):
        words = set(folded(piece.text).split())
        again = words <= seen and piece.bits > _REPEATED
        cut.append(Piece(piece.text, _REPEATED, ROWS) if again else piece)
        seen |= words
    return cut


def folded(text: str) -> str:
    """Return the text as words are compared: no case, no marks, Serbian Cyrillic as Latin, one form of each letter."""
    return "".join(_folded(sign) for sign in text)


@cache
def _folded(sign: str) -> str:
    bare = unicodedata.normalize("NFKD", to_latin(sign.casefold()).translate(_OWN))
    kept = "".join(one for one in bare if not unicodedata.combining(one)).translate(_ARABIC)
    return str(unicodedata.decimal(kept, kept)) if len(kept) == 1 else kept


@cache
def _listed(name: str) -> frozenset[str]:
    lines = resources.path("words", name).read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def _parts(text: str) -> Iterator[str]:
    """The words in a name, and the name in one word."""
    found = re.findall(r"[^\W_]{3,}", text)
    yield from found
    if found:
        yield "".join(found)


def _cheapest(text: str, known: Collection[str]) -> list[Piece]:
    """The cheapest row of pieces from the first character to the last, built from the front."""
    best: list[tuple[float, Piece | None]] = [(0.0, None), *[(float("inf"), None)] * len(text)]
    offered = _offered(text, known)
    for start in range(len(text)):
        for piece in (_sign(text[start]), *offered.get(start, ())):
            end, total = start + len(piece.text), best[start][0] + piece.bits
            if total < best[end][0]:
                best[end] = (total, piece)
    return _traced(best)


def _traced(best: list[tuple[float, Piece | None]]) -> list[Piece]:
    cut: list[Piece] = []
    at = len(best) - 1
    while piece := best[at][1]:
        cut.append(piece)
        at -= len(piece.text)
    return cut[::-1]


def _offered(text: str, known: Collection[str]) -> dict[int, list[Piece]]:
    """Every piece by where it begins. A word of the list that stands alone is not cut: bananas hold no Ana."""
    whole = [found.span() for found in _ALONE.finditer(text) if _is_chance(folded(found[0]), known)]
    offered: dict[int, list[Piece]] = {}
    for start, piece in (*_words(text, known), *_runs(text), *_patterns(text)):
        end = start + len(piece.text)
        if all(end <= first or last <= start or _may_cover(piece, end - start, last - first) for first, last in whole):
            offered.setdefault(start, []).append(piece)
    return offered


def _may_cover(piece: Piece, length: int, word: int) -> bool:
    """Whether it holds a whole word of the list and more, or is that word itself."""
    return length > word or (length == word and piece.bits >= log2(len(_listed("english.txt"))))


def _is_chance(word: str, known: Collection[str]) -> bool:
    return word in _listed("english.txt") and word not in guessed() and word not in known


def _sign(sign: str) -> Piece:
    if sign.isspace():
        return Piece(sign, 0.0)
    return Piece(sign, _LETTER if sign.isalpha() else _DIGIT if sign.isdecimal() else _SIGN)


def _words(text: str, known: Collection[str]) -> Iterator[tuple[int, Piece]]:
    """Words of the lists wherever they stand, also with figures and signs in place of letters."""
    plain = [folded(sign) for sign in text]
    for form, extra in ((plain, 0.0), *(([one.translate(table) for one in plain], _DISGUISE) for table in _DISGUISES)):
        for start in range(len(text)):
            for end in range(start + 3, min(start + _LONGEST_WORD, len(text)) + 1):
                piece = _word("".join(form[start:end]), known)
                if piece:
                    yield start, Piece(text[start:end], piece[0] + extra, piece[1])


def _word(word: str, known: Collection[str]) -> tuple[float, str] | None:
    if word in known:
        return _KNOWN, KNOWN
    if word in guessed():
        return log2(len(guessed())), COMMON
    return (log2(len(_listed("english.txt"))), MORE) if word in _listed("english.txt") else None


def _runs(text: str) -> Iterator[tuple[int, Piece]]:
    """Words that no list has, by their length (longer ones are put together); the little ones of every sentence."""
    for found in _LETTERS.finditer(text):
        for start in range(found.start(), found.end() - 3):
            for end in range(start + 4, min(start + 7, found.end()) + 1):
                yield start, Piece(text[start:end], (end - start) * _WORD_LETTER)
    for found in _LITTLE.finditer(text):
        yield found.start(), Piece(found[0], min(_LITTLE_WORD, len(found[0]) * _LETTER))


def _patterns(text: str) -> Iterator[tuple[int, Piece]]:
    figures = folded(text) if len(folded(text)) == len(text) else text
    for kind, cost in ((_DATED, _DATE), (_YEARS, _YEAR)):
        yield from ((found.start(), Piece(text[slice(*found.span())], cost, DATES)) for found in kind.finditer(figures))
    for found in _REPETITION.finditer(text):
        whole, once = found[0], found[1]
        if len(whole) > 2:
            cost = sum(piece.bits for piece in _cheapest(once, ())) + log2(len(whole) / len(once))
            yield found.start(), Piece(whole, cost, ROWS)
    yield from _rows(text)
    for places in _PLACES:
        yield from _walks(text, places)


def _rows(text: str) -> Iterator[tuple[int, Piece]]:
    """`abcd`, `4321`, `абвг`: at least three in the order of their alphabet."""
    start = 0
    for at in range(1, len(text) + 1):
        if at - start >= 2 and (at == len(text) or _step(text, at) != _step(text, at - 1)):
            if at - start > 2 and abs(_step(text, at - 1)) == 1:
                yield start, Piece(text[start:at], _ROW, ROWS)
            start = at - 1


def _step(text: str, at: int) -> int:
    return ord(text[at]) - ord(text[at - 1])


def _walks(text: str, places: dict[str, tuple[int, int]]) -> Iterator[tuple[int, Piece]]:
    """Four and more keys of which each touches the one before."""
    start, turns, former = 0, 0, (0, 0)
    for at in range(1, len(text) + 1):
        step = _key_step(places, text[at - 1], text[at]) if at < len(text) else None
        if step is None:
            if at - start > 3:
                yield start, Piece(text[start:at], _WALK + _TURN * turns, ROWS)
            start, turns, former = at, 0, (0, 0)
        else:
            turns += former not in {step, (0, 0)}
            former = step


def _key_step(places: dict[str, tuple[int, int]], one: str, other: str) -> tuple[int, int] | None:
    if one not in places or other not in places or one == other:
        return None
    (row, place), (next_row, next_place) = places[one], places[other]
    step = next_row - row, next_place - place
    return step if max(abs(step[0]), abs(step[1])) == 1 else None
