"""Charts of published figures: bars, stacked bars, and lines over blocks; the same drawing on paper and in a window.

Whoever prints in black and white, or does not tell colours apart, still reads them: shades differ in lightness,
later ones are hatched, lines have marks of their own, and every figure that counts stands beside its bar.
In a language that runs from the right everything is mirrored.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.graphics import renderPDF
from reportlab.graphics.shapes import Circle, DirectDraw, Drawing, Group, Line, Polygon, PolyLine, Rect, Shape
from reportlab.lib.colors import Color, HexColor

from referral_desk import words
from referral_desk.letters import bidi, lines, paper
from referral_desk.letters.faces import HAIRLINE, INK, MUTED, Face, in_bold

WIDTH = 480.0
"""In points: the width of the text on a page of A4."""
LABELS = 150.0
FIGURES = 40.0
BAR = 13.0
PACE = 20.0
TITLE = in_bold(Face(10.5, 14))
LABEL = Face(8, 10)
SMALL = Face(7.5, 10, colour=MUTED)

SHADES = ("#0B4F4A", "#5FA8A0", "#C9E3DF", "#FFFFFF", "#0B4F4A", "#5FA8A0", "#C9E3DF", "#8A8A8A")
"""From dark to light; from the fifth on with hatching over them."""
HATCHED_FROM = 4
STROKES = ("#0B4F4A", "#5FA8A0", "#6B6B6B", "#A8A8A8")
"""Of lines, which have to stand out against the paper."""
DASHES: tuple[tuple[float, ...] | None, ...] = (None, (5, 2), (1.5, 2), (8, 2, 1.5, 2))


@dataclass(frozen=True)
class Series:
    """Figures under one name, one for each category."""

    label: str
    figures: tuple[int, ...]


@dataclass(frozen=True)
class Chart:
    """A finished drawing, and the same in a sentence for each category for those who hear the window."""

    title: str
    drawing: Drawing
    said: tuple[str, ...]

    @property
    def pdf(self) -> bytes:
        """A document of one page as large as the drawing, from which the window takes its picture."""
        size = (self.drawing.width, self.drawing.height)
        return paper.drawn_on(size, lambda canvas: renderPDF.draw(self.drawing, canvas, 0, 0))


def bars(title: str, categories: Sequence[str], series: Sequence[Series]) -> Chart:
    """Bars that lie, one for each category, the series one after the other in it. Figures are not negative."""
    heads = [_lines(category, LABEL, LABELS) for category in categories]
    heights = [max(PACE, 10.0 * len(head) + 4) for head in heads]
    legend = list(_legend([one.label for one in series])) if len(series) > 1 else []
    top = _title_height(title)
    canvas = _Canvas(top + sum(heights) + 18 * len(legend) + 10)
    canvas.title(title)
    highest = max((sum(figures) for figures in _by_category(series)), default=0) or 1
    at = canvas.height - top
    canvas.line((LABELS + 6, at), (LABELS + 6, at - sum(heights)), INK)
    for head, height, figures in zip(heads, heights, _by_category(series), strict=True):
        _bar(canvas, head, figures, at - height / 2, scale=(WIDTH - LABELS - FIGURES - 12) / highest)
        at -= height
    for row in legend:
        at -= 18
        canvas.keys(row, at)
    return Chart(title, canvas.drawing, tuple(_said(categories, series)))


def over_blocks(title: str, blocks: Sequence[str], series: Sequence[Series]) -> Chart:
    """A line for each series over the blocks, oldest first; one block alone is a mark."""
    legend = list(_legend([one.label for one in series]))
    top, foot, field = _title_height(title), 34.0, 150.0
    canvas = _Canvas(top + field + foot + 18 * len(legend))
    canvas.title(title)
    ground = canvas.height - top - field
    highest = max((figure for one in series for figure in one.figures), default=0) or 1
    step = _round_step(highest)
    scale = (field - 14) / (step * -(-highest // step))
    for level in range(0, step * -(-highest // step) + 1, step):
        canvas.line((42, ground + level * scale), (WIDTH - 10, ground + level * scale), HAIRLINE)
        canvas.text(str(level), 36, ground + level * scale - 3, SMALL, ends_here=True)
    places = _places(len(blocks), 60, WIDTH - 30)
    for label, place in zip(blocks, places, strict=True):
        canvas.centred(label, place, ground - 14, (WIDTH - 60) / max(len(blocks), 1))
    for number, one in enumerate(series):
        points = [(place, ground + figure * scale) for place, figure in zip(places, one.figures, strict=True)]
        canvas.curve(points, number)
    for at, row in enumerate(legend, 1):
        canvas.keys(row, ground - foot - 18 * at + 12, as_lines=True)
    return Chart(title, canvas.drawing, tuple(_said(blocks, series)))


class Words(DirectDraw):
    """A line of text in a drawing: joined and ordered as on any paper, which the text of ReportLab is not."""

    def __init__(self, line: lines.Line, x: float, y: float) -> None:
        self.line, self.x, self.y = line, x, y

    @property
    def text(self) -> str:
        return self.line.text

    def drawDirectly(self, renderer: Any) -> None:
        canvas = renderer._canvas  # noqa: SLF001 - what a DirectDraw is given, and no other way to it
        text = canvas.beginText(self.x, self.y)
        text.setFillColor(self.line.face.colour)
        self.line.draw(text, self.x, self.y)
        canvas.drawText(text)


class _Canvas:
    """A drawing whose left is its right where the language runs so."""

    def __init__(self, height: float) -> None:
        self.height = height
        self.mirrored = words.is_right_to_left()
        self.drawing = Drawing(WIDTH, height)

    def add(self, shape: Shape) -> None:
        self.drawing.add(shape)

    def x(self, at: float) -> float:
        return WIDTH - at if self.mirrored else at

    def line(self, start: tuple[float, float], end: tuple[float, float], colour: Color, weight: float = 0.6) -> None:
        self.add(Line(self.x(start[0]), start[1], self.x(end[0]), end[1], strokeColor=colour, strokeWidth=weight))

    def text(self, text: str, x: float, y: float, face: Face, *, ends_here: bool = False) -> None:
        for line in _lines(text, face)[:1]:
            self.line_of_text(line, x, y, ends_here=ends_here)

    def line_of_text(self, line: lines.Line, x: float, y: float, *, ends_here: bool = False) -> None:
        self.add(Words(line, self.x(x) - (line.width if ends_here != self.mirrored else 0), y))

    def centred(self, text: str, x: float, y: float, room: float) -> None:
        for number, line in enumerate(_lines(text, SMALL, max(room, 20))[:2]):
            self.add(Words(line, self.x(x) - line.width / 2, y - number * SMALL.leading))

    def title(self, text: str) -> None:
        for number, line in enumerate(_lines(text, TITLE, WIDTH), 1):
            self.line_of_text(line, 0, self.height - number * TITLE.leading + 3)

    def box(self, x: float, y: float, width: float, height: float, shade: int) -> None:
        left = self.x(x + width) if self.mirrored else x
        self.add(_box(left, y, width, height, shade))

    def curve(self, points: Sequence[tuple[float, float]], number: int) -> None:
        placed = [(self.x(x), y) for x, y in points]
        if len(placed) > 1:
            flat = [part for point in placed for part in point]
            self.add(
                PolyLine(
                    flat,
                    strokeColor=HexColor(STROKES[number % len(STROKES)]),
                    strokeWidth=1.6,
                    strokeDashArray=_dash(number),
                )
            )
        for x, y in placed:
            self.add(_mark(x, y, number))

    def keys(self, row: Sequence[tuple[int, str, float]], y: float, *, as_lines: bool = False) -> None:
        for number, label, x in row:
            if as_lines:
                self.curve([(x + 4, y + 4), (x + 20, y + 4)], number)
            else:
                self.box(x + 6, y, 12, 8, number)
            self.text(label, x + 27, y + 1, LABEL)


def _bar(canvas: _Canvas, label: Sequence[lines.Line], figures: Sequence[int], middle: float, *, scale: float) -> None:
    top = middle + len(label) * LABEL.leading / 2
    for number, line in enumerate(label, 1):
        canvas.line_of_text(line, LABELS, top - number * LABEL.leading + 2.5, ends_here=True)
    left = LABELS + 6
    for shade, figure in enumerate(figures):
        if figure:
            canvas.box(left, middle - BAR / 2, figure * scale, BAR, shade)
            left += figure * scale
    canvas.text(str(sum(figures)), left + 4, middle - 3, LABEL)


def _box(left: float, foot: float, width: float, height: float, shade: int) -> Shape:
    made = Group()
    plain = Rect(left, foot, width, height, fillColor=_shade(shade), strokeColor=INK, strokeWidth=0.5)
    made.add(plain)
    if shade >= HATCHED_FROM:
        for start, end in _hatching(left, foot, width, height):
            made.add(Line(*start, *end, strokeColor=_over(shade), strokeWidth=0.7))
    return made


def _hatching(left: float, foot: float, width: float, height: float) -> Iterator[tuple[tuple[float, float], ...]]:
    """Strokes that rise to the right, four points apart, cut at the edges of the box."""
    offset = 4.0
    while offset < width + height:
        start = (left + max(0.0, offset - height), foot + min(height, offset))
        end = (left + min(width, offset), foot + max(0.0, offset - width))
        yield start, end
        offset += 4.0


def _mark(x: float, y: float, number: int) -> Shape:
    look = {"fillColor": _shade(number), "strokeColor": INK, "strokeWidth": 0.7}
    if number % 3 == 0:
        return Circle(x, y, 3, **look)
    if number % 3 == 1:
        return Rect(x - 2.7, y - 2.7, 5.4, 5.4, **look)
    return Polygon([x - 3.2, y - 2.6, x + 3.2, y - 2.6, x, y + 3.4], **look)


def _shade(number: int) -> Color:
    return HexColor(SHADES[number % len(SHADES)])


def _over(number: int) -> Color:
    """What is seen on a shade: white on the dark ones."""
    return HexColor("#FFFFFF") if number % HATCHED_FROM == 0 else INK


def _dash(number: int) -> tuple[float, ...] | None:
    return DASHES[number % len(DASHES)]


def _lines(text: str, face: Face, width: float = float("inf")) -> list[lines.Line]:
    base = bidi.RIGHT if words.is_right_to_left() else bidi.LEFT
    return lines.broken(text, face, width, base=base)


def _title_height(title: str) -> float:
    return TITLE.leading * len(_lines(title, TITLE, WIDTH)) + 8


def _legend(labels: Sequence[str]) -> Iterator[list[tuple[int, str, float]]]:
    """The names of the series in rows as wide as the chart: number, name, and where it begins."""
    row: list[tuple[int, str, float]] = []
    at = 0.0
    for number, label in enumerate(labels):
        wide = 42 + max((line.width for line in _lines(label, LABEL)), default=0)
        if row and at + wide > WIDTH:
            yield row
            row, at = [], 0.0
        row.append((number, label, at))
        at += wide
    if row:
        yield row


def _by_category(series: Sequence[Series]) -> list[tuple[int, ...]]:
    return list(zip(*(one.figures for one in series), strict=True))


def _places(count: int, first: float, last: float) -> list[float]:
    if count < 2:
        return [(first + last) / 2] * count
    return [first + (last - first) * number / (count - 1) for number in range(count)]


def _round_step(highest: int) -> int:
    """A step of 1, 2 or 5 times a power of ten that takes at most five to the top, and 5 at least."""
    steps = (factor * int(10**power) for power in range(9) for factor in (1, 2, 5))
    return next(step for step in steps if step >= 5 and step * 5 >= highest)


def _said(categories: Sequence[str], series: Sequence[Series]) -> Iterator[str]:
    for category, figures in zip(categories, _by_category(series), strict=True):
        named = ", ".join(f"{one.label} {figure}" for one, figure in zip(series, figures, strict=True))
        yield f"{category}: {named if len(series) > 1 else figures[0]}"
