"""How text looks, and how it is broken into lines."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from reportlab.lib.colors import Color, HexColor
from reportlab.pdfbase.pdfmetrics import getFont, registerFont, stringWidth
from reportlab.pdfbase.ttfonts import TTFont

from referral_desk import resources

REGULAR = "NotoSans-Regular"
BOLD = "NotoSans-Bold"

INK = HexColor("#17211F")
MUTED = HexColor("#53605C")
ACCENT = HexColor("#0F766E")
HAIRLINE = HexColor("#C3CDCA")


@dataclass(frozen=True)
class Face:
    """How text looks; sizes in points."""

    size: float
    leading: float
    font: str = REGULAR
    colour: Color = INK


@cache
def embed_fonts() -> None:
    """Make our fonts known to ReportLab; what a document uses of them becomes part of it."""
    for name in (REGULAR, BOLD):
        registerFont(TTFont(name, resources.path("fonts", f"{name}.ttf")))


def width_of(text: str, face: Face) -> float:
    """How wide a text is in one line, in points."""
    embed_fonts()
    return float(stringWidth(text, face.font, face.size))


def can_print(text: str) -> bool:
    """Whether the fonts have every letter; without the letter a reader would see an empty box."""
    embed_fonts()
    known = getFont(REGULAR).face.charToGlyph
    return all(ord(sign) in known for sign in text if not sign.isspace())


def in_bold(face: Face) -> Face:
    return replace(face, font=BOLD)


def broken(text: str, face: Face, width: float) -> list[str]:
    """Text in lines no wider than `width`; its own line breaks are kept."""
    return [line for paragraph in text.splitlines() for line in _filled(_words(paragraph, face, width), face, width)]


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
