"""Text in lines: where it breaks, in which order it is drawn, and what keeps its own order within it.

A phone number, code, address of e-mail or date in Arabic or Persian text is isolated: otherwise its parts would be
read in the wrong order.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any
from unicodedata import is_normalized, normalize

from referral_desk.letters import bidi, shaping
from referral_desk.letters.faces import Face, width_of
from referral_desk.letters.shaping import Glyph, Span

_ISOLATE, _END = "\u2066", "\u2069"
_EM = 1000
_OWN_ORDER = re.compile(
    r"""
    [\w.+-]+@[\w-]+(?:\.[\w-]+)+                                # an address of e-mail
    | (?:https?://|www\.)[^\s\u0600-\u06ff]+
    | [A-Za-z]+(?:[-–/.][A-Za-z0-9]+)+                          # a code
    | \d+(?:\(\w{1,3}\))+                                      # a paragraph of a law
    | \+?\(?\d[\d\u0660-\u0669\u06f0-\u06f9]*(?:[\s()/.–-]{1,3}\d+){2,}   # a phone, a date in figures
    | \+\d+(?:[\s()/.–-]{1,3}\d+)*
    """,
    re.VERBOSE,
)


@dataclass(frozen=True)
class Line:
    """One line as it was typed; `spans` are its parts from left to right, None where it is drawn as it stands."""

    text: str
    face: Face
    spans: tuple[Span, ...] | None = None

    @cached_property
    def width(self) -> float:
        """In points."""
        if self.spans is None:
            return width_of(self.text, self.face)
        return sum(span.width for span in self.spans) * self.face.size / 1000

    def draw(self, text: Any, left: float, top: float) -> None:
        """Draw it into a text object of ReportLab."""
        text.setTextOrigin(left, top)
        if self.spans is None:
            text.setFont(self.face.font, self.face.size, self.face.leading)
            text.textOut(self.text)
        for span in self.spans or ():
            _draw_span(text, span, self.face)


def broken(text: str, face: Face, width: float, *, base: int = bidi.LEFT) -> list[Line]:
    """Text in lines no wider than `width`; its own line breaks are kept. `base` is the direction of the page."""
    whole = text if is_normalized("NFC", text) else normalize("NFC", text)
    return [line for paragraph in whole.splitlines() for line in _lines(paragraph, face, width, base)]


def one_line(text: str, face: Face, *, base: int = bidi.LEFT) -> Line:
    """Text that is known to fit."""
    found = broken(text, face, float("inf"), base=base)
    return found[0] if found else Line("", face)


def _lines(paragraph: str, face: Face, width: float, base: int) -> Iterator[Line]:
    if bidi.is_one_way(paragraph):
        yield from (Line(line, face) for line in _filled(_words(paragraph, face, width), face, width))
    else:
        prepared = _isolated(paragraph)
        own = _direction(prepared, base)
        yield from _Ordered(prepared, bidi.levels(prepared, own), own, face).lines(width)


def _direction(paragraph: str, base: int) -> int:
    """That of the page, if it runs to the left; that of its first letter elsewhere, or where most letters are Latin."""
    leftward = sum(bidi.runs_left(sign) for sign in paragraph)
    if base and 2 * leftward >= sum(sign.isalpha() for sign in paragraph):
        return bidi.RIGHT
    return bidi.first_strong(paragraph)


def _isolated(paragraph: str) -> str:
    return _OWN_ORDER.sub(lambda found: f"{_ISOLATE}{found[0]}{_END}", paragraph)


@dataclass(frozen=True)
class _Ordered:
    """A paragraph with the level of each of its characters; `base` is its own level."""

    text: str
    levels: list[int]
    base: int
    face: Face

    def lines(self, width: float) -> Iterator[Line]:
        start = end = 0
        for first, last in self._words(width):
            if end and self._width(start, last) > width:
                yield self._line(start, end)
                end = 0
            start, end = (start if end else first), last
        if end:
            yield self._line(start, end)

    def _words(self, width: float) -> Iterator[tuple[int, int]]:
        """Where words begin and end; one that no line can hold comes in pieces."""
        for found in re.finditer(r"\S+", self.text):
            start, end = found.span()
            while self._width(start, end) > width and end - start > 1:
                fitting = bisect_right(range(start + 2, end), width, key=lambda last: self._width(start, last))
                yield start, start + 1 + fitting
                start += 1 + fitting
            yield start, end

    def _line(self, start: int, end: int) -> Line:
        shown = self.text[start:end].replace(_ISOLATE, "").replace(_END, "")
        return Line(shown, self.face, tuple(self._spans(start, end)))

    def _width(self, start: int, end: int) -> float:
        return sum(span.width for span in self._spans(start, end)) * self.face.size / _EM

    def _spans(self, start: int, end: int) -> Iterator[Span]:
        text = self.text[start:end]
        for run in bidi.runs(text, self.levels[start:end], self.base):
            made = shaping.spans(text[run.start : run.end], self.face.font, leftward=run.is_leftward)
            yield from (span for span in made if span.glyphs)


def _draw_span(text: Any, span: Span, face: Face) -> None:
    """Glyphs that stand where their font puts them in one go, the others one by one."""
    text.setFont(span.font, face.size, face.leading)
    for is_moved, glyphs in groupby(span.glyphs, key=lambda glyph: glyph.shift is not None):
        if is_moved:
            for glyph in glyphs:
                _draw_moved(text, glyph, face)
        else:
            text.textOut("".join(glyph.sign for glyph in glyphs))


def _draw_moved(text: Any, glyph: Glyph, face: Face) -> None:
    across, up, further = glyph.shift or (0, 0, 0)
    text.setRise(up * face.size / _EM)
    text._code.append(f"[{-across:g}] TJ")  # noqa: SLF001 - ReportLab has no word for a step aside
    text.textOut(glyph.sign)
    text._code.append(f"[{-further:g}] TJ")  # noqa: SLF001
    text.setRise(0)


def _words(paragraph: str, face: Face, width: float) -> list[tuple[str, float]]:
    """The words of a paragraph and their widths; one that no line can hold comes in pieces."""
    measured = [(word, width_of(word, face)) for word in paragraph.split()]
    return [piece for word, wide in measured for piece in (_cut(word, face, width) if wide > width else [(word, wide)])]


def _filled(words: list[tuple[str, float]], face: Face, width: float) -> list[str]:
    space = width_of(" ", face)
    lines: list[list[str]] = [[]]
    left = width
    for word, wide in words:
        if lines[-1] and wide + space > left:
            lines.append([])
            left = width
        left -= wide + (space if lines[-1] else 0)
        lines[-1].append(word)
    return [" ".join(line) for line in lines]


def _cut(word: str, face: Face, width: float) -> list[tuple[str, float]]:
    """A word in pieces as wide as may be, one letter at least; the width of a text is that of its letters."""
    wide = {letter: width_of(letter, face) for letter in set(word)}
    starts, end = [0], 0.0
    for at, letter in enumerate(word):
        if end + wide[letter] > width and at > starts[-1]:
            starts.append(at)
            end = 0.0
        end += wide[letter]
    pieces = (word[start:stop] for start, stop in zip(starts, [*starts[1:], len(word)], strict=True))
    return [(piece, width_of(piece, face)) for piece in pieces]
