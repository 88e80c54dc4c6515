"""How text looks: sizes, weights, colours."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from reportlab.lib.colors import Color, HexColor
from reportlab.pdfbase.pdfmetrics import stringWidth

from referral_desk.letters import shaping
from referral_desk.letters.shaping import BOLD, REGULAR

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


def embed_fonts() -> None:
    """Make our fonts known to ReportLab; what a document uses of them becomes part of it."""
    shaping.embed_fonts()


def width_of(text: str, face: Face) -> float:
    """How wide a text that runs to the right is in one line, in points."""
    return _ems(text, face.font) * face.size


@lru_cache(maxsize=16384)
def _ems(text: str, font: str) -> float:
    """The same at a size of one point; a page says most of its words more than once."""
    embed_fonts()
    return float(stringWidth(text, font, 1))


def can_print(text: str) -> bool:
    """Whether the fonts have every letter; without the letter a reader would see an empty box."""
    return not shaping.missing(text)


def in_bold(face: Face) -> Face:
    return replace(face, font=BOLD)


BODY = Face(9.5, 13)
SMALL = Face(8, 10.5)
CAPTION = Face(7.5, 10.5, colour=MUTED)
TITLE = in_bold(Face(22, 27))
