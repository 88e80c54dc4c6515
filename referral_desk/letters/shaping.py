"""Letters as they are drawn: Arabic letters joined by HarfBuzz, Latin and Cyrillic ones as they come.

Every font is embedded as a subset. A glyph of an Arabic font is drawn by a private code and says in the file which
letters it stands for, so that a page can be searched, copied and read aloud.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby
from typing import Any

import uharfbuzz
from reportlab.pdfbase.pdfmetrics import getFont, registerFont, stringWidth
from reportlab.pdfbase.ttfonts import SUBSETN, TTFont

from referral_desk import resources

REGULAR, BOLD = "NotoSans-Regular", "NotoSans-Bold"
ARABIC = {REGULAR: "NotoSansArabic-Regular", BOLD: "NotoSansArabic-Bold"}
"""Which font writes Arabic letters beside the one that writes all others."""

_FIRST_PRIVATE = 0xE000
_MIRRORED = dict(zip("()[]{}<>«»‹›≤≥", ")(][}{><»«›‹≥≤", strict=True))
_ZERO_WIDTH_JOINERS = "\u200c\u200d"
_EM = 1000


class GlyphFont(TTFont):
    """A font whose characters are glyphs; each keeps the letters it was made of."""

    def __init__(self, name: str) -> None:
        path = resources.path("fonts", f"{name}.ttf")
        super().__init__(name, path, asciiReadable=False)
        self.shaper = uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob(path.read_bytes())))
        self._codes: dict[tuple[int, str], str] = {}
        self._letters = {0: " ", ord(" "): " "}

    def code(self, glyph: int, letters: str) -> str:
        """The private character that draws a glyph which stands for some letters."""
        found = self._codes.get((glyph, letters))
        if found is None:
            number = _FIRST_PRIVATE + len(self._codes)
            found = self._codes[glyph, letters] = chr(number)
            self._letters[number] = letters
            self.face.charToGlyph[number] = glyph
            self.face.charWidths[number] = self.shaper.get_glyph_h_advance(glyph) * _EM / self.shaper.face.upem
        return found

    def addObjects(self, doc: Any) -> None:
        """As ReportLab does, but what the file says of each glyph are its letters, not its private code."""
        subsets = self.state[doc].subsets
        super().addObjects(doc)
        for number, subset in enumerate(subsets):
            name = b"".join((SUBSETN(number), b"+", self.face.name, self.face.subfontNameX)).decode("pdfdoc")
            stream = doc.idToObject[f"toUnicodeCMap:{name}"]
            stream.content = _letters_of_codes(name, [self._letters.get(code, "") for code in subset])


@dataclass(frozen=True)
class Glyph:
    """`sign` draws it in its font; where it stands and how far it moves on, in thousandths of the size.

    `shift` is what the font itself would not do: how far it is moved sideways and upwards, and how much further.
    """

    sign: str
    advance: float
    shift: tuple[float, float, float] | None = None


@dataclass(frozen=True)
class Span:
    """A part of a line in one font, from left to right; `width` in thousandths of the size."""

    font: str
    glyphs: tuple[Glyph, ...]
    width: float

    @property
    def signs(self) -> str:
        return "".join(glyph.sign for glyph in self.glyphs)


@cache
def embed_fonts() -> None:
    """Make our fonts known to ReportLab; what a document uses of them becomes part of it."""
    for name, arabic in ARABIC.items():
        registerFont(TTFont(name, resources.path("fonts", f"{name}.ttf")))
        registerFont(GlyphFont(arabic))


def missing(text: str) -> str:
    """The letters that no font of ours has, each once; without the letter a reader would see an empty box."""
    embed_fonts()
    known = [getFont(name).face.charToGlyph for name in (REGULAR, ARABIC[REGULAR])]
    unknown = (sign for sign in text if not any(ord(sign) in glyphs for glyphs in known))
    return "".join(sign for sign in dict.fromkeys(unknown) if not sign.isspace() and unicodedata.category(sign) != "Cf")


@lru_cache(maxsize=8192)
def spans(text: str, font: str, *, leftward: bool) -> tuple[Span, ...]:
    """A part of a line that runs in one direction, in the order in which it is drawn."""
    embed_fonts()
    pieces = [("".join(piece), is_arabic) for is_arabic, piece in groupby(text, key=_in_arabic_font(text))]
    made = [_arabic(piece, font) if arabic else _plain(piece, font, leftward=leftward) for piece, arabic in pieces]
    return tuple(reversed(made)) if leftward else tuple(made)


def _in_arabic_font(text: str) -> Any:
    """Blanks between Arabic letters belong to them."""
    glyphs = getFont(ARABIC[REGULAR]).face.charToGlyph
    has_arabic = any(_is_arabic(sign) for sign in text)

    def belongs(sign: str) -> bool:
        return _is_arabic(sign) or (has_arabic and sign in f" {_ZERO_WIDTH_JOINERS}" and ord(sign) in glyphs)

    return belongs


def _is_arabic(sign: str) -> bool:
    return (
        "\u0600" <= sign <= "\u06ff"
        or "\u0750" <= sign <= "\u077f"
        or "\ufb50" <= sign <= "\ufdff"
        or ("\ufe70" <= sign <= "\ufefe")
    )


def _plain(text: str, font: str, *, leftward: bool) -> Span:
    seen = "".join(sign for sign in text if unicodedata.category(sign) != "Cf")
    signs = [_MIRRORED.get(sign, sign) for sign in reversed(seen)] if leftward else list(seen)
    glyphs = tuple(Glyph(sign, 0) for sign in signs)
    return Span(font, glyphs, float(stringWidth("".join(signs), font, _EM)))


def _arabic(text: str, font: str) -> Span:
    """Digits of Arabic and Persian run to the right, letters to the left: HarfBuzz is told which."""
    of_glyphs: GlyphFont = getFont(ARABIC[font])
    glyphs = tuple(_glyphs(of_glyphs, text))
    return Span(of_glyphs.fontName, glyphs, sum(glyph.advance for glyph in glyphs))


def _glyphs(font: GlyphFont, text: str) -> Iterator[Glyph]:
    numeric = all(unicodedata.bidirectional(sign) in ("AN", "EN") for sign in text.strip() or "x")
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.cluster_level = uharfbuzz.BufferClusterLevel.MONOTONE_CHARACTERS
    buffer.direction, buffer.script, buffer.language = "ltr" if numeric else "rtl", "Arab", "ar"
    uharfbuzz.shape(font.shaper, buffer)
    letters = _letters_by_cluster(text, sorted({info.cluster for info in buffer.glyph_infos}))
    scale = _EM / font.shaper.face.upem
    for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        if text[info.cluster] not in _ZERO_WIDTH_JOINERS:
            code = font.code(info.codepoint, letters.pop(info.cluster, ""))
            yield _placed(code, font.face.charWidths[ord(code)], position, scale)


def _placed(code: str, natural: float, position: Any, scale: float) -> Glyph:
    across, up, advance = position.x_offset * scale, position.y_offset * scale, position.x_advance * scale
    shift = (across, up, advance - across - natural)
    return Glyph(code, advance, shift if any(shift) else None)


def _letters_by_cluster(text: str, starts: list[int]) -> dict[int, str]:
    """Which letters begin where; a joiner, which is not drawn, stays with the letter before it."""
    found: dict[int, str] = {}
    former = 0
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        if text[start] in _ZERO_WIDTH_JOINERS and former in found:
            found[former] += text[start:end]
        else:
            found[start] = text[start:end]
            former = start
    return found


def _told(letters: str) -> str:
    """Several letters in one glyph as the one character for them, or turned round: readers turn them back."""
    return _ligatures().get(letters, letters[::-1]) or "\u200b"


@cache
def _ligatures() -> dict[str, str]:
    """The characters of Unicode's presentation forms that stand for several letters, by those letters."""
    forms = (chr(code) for code in (*range(0xFB50, 0xFE00), *range(0xFE70, 0xFEFD)))
    meant = ((form, unicodedata.normalize("NFKC", form)) for form in forms)
    return {letters: form for form, letters in meant if len(letters) == 2 and " " not in letters}


def _letters_of_codes(name: str, letters: list[str]) -> str:
    """The table by which a reader of the file finds the letters of each code."""
    lines = [f"<{code:02X}> <{_told(text).encode('utf-16-be').hex().upper()}>" for code, text in enumerate(letters)]
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
            f"/CIDSystemInfo << /Registry ({name}) /Ordering ({name}) /Supplement 0 >> def",
            f"/CMapName /{name} def /CMapType 2 def",
            f"1 begincodespacerange <00> <{len(letters) - 1:02X}> endcodespacerange",
            *(part for at in range(0, len(lines), 100) for part in _hundred(lines[at : at + 100])),
            "endcmap CMapName currentdict /CMap defineresource pop end end",
        ]
    )


def _hundred(lines: list[str]) -> list[str]:
    return [f"{len(lines)} beginbfchar", *lines, "endbfchar"]
