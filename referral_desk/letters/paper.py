"""Paper: A4 or US Letter, our own fonts embedded, page x of y, and nothing in the file that says who made it when.

Everything is made in memory, one document at a time: a font of ReportLab must not serve two at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from io import BytesIO
from threading import Lock
from typing import Any

from reportlab import rl_config
from reportlab.lib.pagesizes import A4, LETTER
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from referral_desk import settings, words
from referral_desk.letters.bidi import LEFT, RIGHT
from referral_desk.letters.faces import HAIRLINE, MUTED, Face, embed_fonts, in_bold
from referral_desk.letters.lines import one_line
from referral_desk.letters.shapes import Panel, Text
from referral_desk.letters.shaping import REGULAR
from referral_desk.nrm import mechanism

rl_config.useA85 = 0  # bytes as they are: smaller and faster than as printable characters

_SIDE, _TOP, _FOOT = 20 * mm, 12 * mm, 18.5 * mm
_SMALL = Face(8, 10)
_WARNING = in_bold(Face(10, 13))
_ONE_AT_A_TIME = Lock()
_ON: ContextVar[tuple[float, float] | None] = ContextVar("paper", default=None)

SIZES: dict[str, tuple[float, float]] = {"A4": A4, "LETTER": LETTER}
"""In points."""

_LETTER_COUNTRIES = frozenset(
    ["BLZ", "CAN", "CHL", "COL", "CRI", "GTM", "MEX", "NIC", "PAN", "PHL", "PRI", "SLV", "USA", "VEN"]
)
"""Where US Letter is the usual size (Unicode CLDR, supplemental measurementData, paperSize)."""

_LANGUAGE_TAGS = {"sr_Latn": "sr-Latn", "sr_Cyrl": "sr-Cyrl"}


@dataclass(frozen=True)
class Furniture:
    """What stands on every page: at its foot, and in a box `above` everything else.

    `page` puts a page and the number of pages into words.
    """

    title: str
    left: str
    below: str
    page: Callable[[int, int], str]
    above: str = ""


def render(story: Sequence[Flowable], furniture: Furniture, *, language: str) -> bytes:
    """The finished PDF; the same story gives the same bytes."""
    with _ONE_AT_A_TIME, on(size()):
        embed_fonts()
        target = BytesIO()
        _document(target, furniture, language).build(list(story), canvasmaker=_canvas_with(furniture))
        return target.getvalue()


def drawn_on(size: tuple[float, float], paint: Callable[[Canvas], object]) -> bytes:
    """A PDF of one page of this size, painted on; the same painting gives the same bytes."""
    with _ONE_AT_A_TIME:
        embed_fonts()
        target = BytesIO()
        canvas = Canvas(target, pagesize=size, invariant=1, pageCompression=1, initialFontName=REGULAR)
        for say in (canvas.setAuthor, canvas.setCreator, canvas.setProducer, canvas.setTitle):
            say("")
        paint(canvas)
        canvas.showPage()
        canvas.save()
        return target.getvalue()


def size() -> tuple[float, float]:
    """How wide and high a page is, in points: as chosen on this computer, or as is usual in the country of the desk."""
    chosen = _ON.get()
    if chosen is None:
        chosen = SIZES[settings.load().paper or ("LETTER" if mechanism.in_force()[0] in _LETTER_COUNTRIES else "A4")]
    return chosen


@contextmanager
def on(chosen: tuple[float, float]) -> Iterator[None]:
    """Meanwhile every page has this size."""
    token = _ON.set(chosen)
    try:
        yield
    finally:
        _ON.reset(token)


def width() -> float:
    """How wide the text is, in points."""
    return float(size()[0] - 2 * _SIDE)


def height(furniture: Furniture | None = None) -> float:
    """How high the text of a page may be, in points."""
    return float(size()[1] - _TOP - _FOOT - (_above(furniture)[1] if furniture else 0))


def _above(furniture: Furniture) -> tuple[Panel | None, float]:
    """The box at the head of every page, measured, and how much room it takes with what is between."""
    if not furniture.above:
        return None, 0
    box = Panel(Text(furniture.above, _WARNING), padding=5)
    return box, box.wrap(width(), size()[1])[1] + 8


def _document(target: BytesIO, furniture: Furniture, language: str) -> BaseDocTemplate:
    frame = Frame(_SIDE, _FOOT, width(), height(furniture), 0, 0, 0, 0)
    return BaseDocTemplate(
        target,
        pagesize=size(),
        pageTemplates=[PageTemplate(frames=[frame])],
        invariant=1,
        pageCompression=1,
        initialFontName=REGULAR,
        lang=_LANGUAGE_TAGS.get(language, language),
        title=furniture.title,
        author="",
        subject="",
        creator="",
        producer="",
    )


def _canvas_with(furniture: Furniture) -> Callable[..., Canvas]:
    """A canvas that waits with the foot of each page until the number of pages is known."""

    class NumberedCanvas(Canvas):
        def __init__(self, *given: Any, **more: Any) -> None:
            super().__init__(*given, **more)
            self.waiting: list[dict[str, Any]] = []

        def showPage(self) -> None:
            self.waiting.append(dict(self.__dict__))
            self._startPage()

        def save(self) -> None:
            pages = self.waiting
            for number, page in enumerate(pages, 1):
                self.__dict__.update(page)
                _draw_foot(self, furniture, furniture.page(number, len(pages)))
                _draw_head(self, furniture)
                super().showPage()
            super().save()

    return NumberedCanvas


def _draw_head(canvas: Canvas, furniture: Furniture) -> None:
    box, _room = _above(furniture)
    if box is not None:
        box.paint(canvas, _SIDE, size()[1] - _TOP)


def _draw_foot(canvas: Canvas, furniture: Furniture, page: str) -> None:
    canvas.setStrokeColor(HAIRLINE)
    canvas.setLineWidth(0.6)
    canvas.line(_SIDE, _FOOT - 6 * mm, _SIDE + width(), _FOOT - 6 * mm)
    _draw_at_foot(canvas, furniture.left, in_bold(_SMALL), _FOOT - 10 * mm)
    _draw_at_foot(canvas, page, _SMALL, _FOOT - 10 * mm, at_end=True)
    _draw_at_foot(canvas, furniture.below, replace(_SMALL, colour=MUTED), _FOOT - 14 * mm)


def _draw_at_foot(canvas: Canvas, said: str, face: Face, up: float, *, at_end: bool = False) -> None:
    """A line at the side where the language begins to read, or at the other one."""
    leftward = words.is_right_to_left()
    line = one_line(said, face, base=RIGHT if leftward else LEFT)
    text = canvas.beginText()
    text.setFillColor(face.colour)
    line.draw(text, _SIDE + (width() - line.width if at_end != leftward else 0), up)
    canvas.drawText(text)
