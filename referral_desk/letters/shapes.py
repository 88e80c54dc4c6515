"""What a page is made of: plain text, things beside and below one another, boxes to tick, lines to write on.

Text never meets a markup parser, so nothing that somebody typed can change a page. Every shape that may grow can
be split between two pages.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reportlab.lib.colors import Color
from reportlab.platypus import Flowable

from referral_desk import words
from referral_desk.letters import bidi
from referral_desk.letters.faces import ACCENT, HAIRLINE, INK, Face
from referral_desk.letters.lines import Line, broken


class Shape(Flowable):
    """A flowable that paints itself downwards from its upper left corner, once it has been measured by wrap()."""

    width: float = 0
    height: float = 0

    def __init__(self) -> None:
        super().__init__()
        self.is_leftward = words.is_right_to_left()
        """Whether it belongs to a language that runs to the left: then everything in it begins at the right."""

    def split(self, width: float, height: float) -> list[Shape]:  # noqa: ARG002 - a shape that stays whole
        return []

    def draw(self) -> None:
        self.paint(self.canv, 0, self.height)

    def paint(self, canvas: Any, left: float, top: float) -> None:
        raise NotImplementedError


class Text(Shape):
    """Plain text, broken into lines; a word longer than a line is broken as well."""

    def __init__(self, text: str, face: Face) -> None:
        super().__init__()
        self.text = text
        self.face = face
        self.lines: list[Line] = []

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        if not self.lines or width != self.width:
            self.lines = broken(self.text, self.face, width, base=bidi.RIGHT if self.is_leftward else bidi.LEFT)
        self.width, self.height = width, len(self.lines) * self.face.leading
        return self.width, self.height

    def split(self, width: float, height: float) -> list[Shape]:
        self.wrap(width, height)
        fitting = int(height / self.face.leading)
        if not 0 < fitting < len(self.lines):
            return []
        return [self._part(part) for part in (self.lines[:fitting], self.lines[fitting:])]

    def _part(self, lines: list[Line]) -> Text:
        """Some of its lines, ordered as they were in the whole."""
        part = Text("\n".join(line.text for line in lines), self.face)
        part.lines, part.width, part.is_leftward = lines, self.width, self.is_leftward
        return part

    def paint(self, canvas: Any, left: float, top: float) -> None:
        up = top - 0.5 * self.face.leading - 0.36 * self.face.size
        text = canvas.beginText(left, up)
        text.setFont(self.face.font, self.face.size, self.face.leading)
        text.setFillColor(self.face.colour)
        for line in self.lines:
            if self.is_leftward:
                line.draw(text, left + self.width - line.width, up)
            elif line.spans:
                line.draw(text, left, up)
            else:
                text.setTextOrigin(left, up)
                text.textOut(line.text)
            up -= self.face.leading
        canvas.drawText(text)


class Stack(Shape):
    """Shapes below one another; `headed` keeps the first with what follows when a page ends."""

    def __init__(self, parts: Sequence[Shape], *, gap: float = 0, headed: bool = False) -> None:
        super().__init__()
        self.parts = list(parts)
        self.gap = gap
        self.headed = headed

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        heights = [part.wrap(width, height)[1] for part in self.parts]
        self.width, self.height = width, sum(heights) + self.gap * max(len(heights) - 1, 0)
        return self.width, self.height

    def split(self, width: float, height: float) -> list[Shape]:
        left = height
        for at, part in enumerate(self.parts):
            needed = part.wrap(width, left)[1]
            if needed > left:
                return self._split_at(at, part.split(width, left))
            left -= needed + self.gap
        return []

    def _split_at(self, at: int, halves: list[Shape]) -> list[Shape]:
        first, rest = self.parts[:at], self.parts[at:]
        if halves:
            first, rest = [*first, halves[0]], [halves[1], *rest[1:]]
        if len(first) <= self.headed:
            return []
        return [Stack(first, gap=self.gap, headed=self.headed), Stack(rest, gap=self.gap)]

    def paint(self, canvas: Any, left: float, top: float) -> None:
        for part in self.parts:
            part.paint(canvas, left, top)
            top -= part.height + self.gap


class Beside(Shape):
    """Shapes beside one another on a grid; `columns` says how many columns of it each takes.

    They begin at the same height, or end there if `low`.
    """

    def __init__(self, parts: Sequence[Shape], columns: Sequence[int], *, gap: float = 14, low: bool = False) -> None:
        super().__init__()
        self.parts = list(parts)
        self.columns = list(columns)
        self.gap = gap
        self.low = low

    def _widths(self, width: float) -> list[float]:
        column = (width + self.gap) / sum(self.columns)
        return [taken * column - self.gap for taken in self.columns]

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        sized = zip(self.parts, self._widths(width), strict=False)
        self.width, self.height = width, max(part.wrap(own, height)[1] for part, own in sized)
        return self.width, self.height

    def split(self, width: float, height: float) -> list[Shape]:
        halves = [_halved(part, own, height) for part, own in zip(self.parts, self._widths(width), strict=False)]
        if not all(halves):
            return []
        return [self._part([half[at] for half in halves]) for at in (0, 1)]

    def _part(self, parts: list[Shape]) -> Beside:
        part = Beside(parts, self.columns, gap=self.gap)
        part.is_leftward = self.is_leftward
        return part

    def paint(self, canvas: Any, left: float, top: float) -> None:
        at = 0.0
        for part, own in zip(self.parts, self._widths(self.width), strict=False):
            start = self.width - at - own if self.is_leftward else at
            part.paint(canvas, left + start, top - self.height + part.height if self.low else top)
            at += own + self.gap


def _halved(part: Shape, width: float, height: float) -> list[Shape]:
    """What fits and the rest; empty where nothing would fit."""
    return [part, Stack([])] if part.wrap(width, height)[1] <= height else part.split(width, height)


class Panel(Shape):
    """Something in a frame, with a bar where its lines begin that is seen in black and white too."""

    def __init__(self, part: Shape, *, bar: Color = INK, padding: float = 7) -> None:
        super().__init__()
        self.part = part
        self.bar = bar
        self.padding = padding

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        inner = self.part.wrap(width - 2 * self.padding - 3, height)[1]
        self.width, self.height = width, inner + 2 * self.padding
        return self.width, self.height

    def split(self, width: float, height: float) -> list[Shape]:
        halves = self.part.split(width - 2 * self.padding - 3, height - 2 * self.padding)
        return [self._part(half) for half in halves]

    def _part(self, inner: Shape) -> Panel:
        part = Panel(inner, bar=self.bar, padding=self.padding)
        part.is_leftward = self.is_leftward
        return part

    def paint(self, canvas: Any, left: float, top: float) -> None:
        canvas.setStrokeColor(HAIRLINE)
        canvas.setLineWidth(0.6)
        canvas.rect(left, top - self.height, self.width, self.height)
        canvas.setFillColor(self.bar)
        bar = left + self.width - 3 if self.is_leftward else left
        canvas.rect(bar, top - self.height, 3, self.height, stroke=0, fill=1)
        self.part.paint(canvas, left + self.padding + (0 if self.is_leftward else 3), top - self.padding)


class Tick(Shape):
    """A box, ticked or to be ticked by hand, and what it stands for."""

    def __init__(self, text: str, face: Face, *, ticked: bool) -> None:
        super().__init__()
        self.text = Text(text, face)
        self.ticked = ticked
        self.indent = face.size * 1.6

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width, self.height = width, self.text.wrap(width - self.indent, height)[1]
        return self.width, self.height

    def paint(self, canvas: Any, left: float, top: float) -> None:
        side = self.text.face.size * 0.9
        foot = top - 0.5 * self.text.face.leading - side / 2
        canvas.setStrokeColor(INK)
        canvas.setLineWidth(0.8)
        box = left + self.width - side - 0.4 if self.is_leftward else left + 0.4
        canvas.rect(box, foot, side, side)
        if self.ticked:
            _draw_tick(canvas, box, foot, side)
        self.text.paint(canvas, left if self.is_leftward else left + self.indent, top)


def _draw_tick(canvas: Any, left: float, foot: float, side: float) -> None:
    corner = (left + side * 0.42, foot + side * 0.24)
    canvas.setLineWidth(1.5)
    canvas.setStrokeColor(ACCENT)
    canvas.line(left + side * 0.2, foot + side * 0.5, *corner)
    canvas.line(*corner, left + side * 0.82, foot + side * 0.8)


class Blank(Shape):
    """A line to write on, with what is to be written below it."""

    def __init__(self, label: str, face: Face, *, room: float = 17) -> None:
        super().__init__()
        self.face = face
        self.label: Shape = Text(label, face)
        self.room = room

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width, self.height = width, self.room + self.label.wrap(width, height)[1]
        return self.width, self.height

    def paint(self, canvas: Any, left: float, top: float) -> None:
        canvas.setStrokeColor(INK)
        canvas.setLineWidth(0.5)
        canvas.line(left, top - self.room, left + self.width, top - self.room)
        self.label.paint(canvas, left, top - self.room)


class Rule(Shape):
    """A line across; `dashed` is where to cut."""

    def __init__(self, *, colour: Color = HAIRLINE, weight: float = 0.6, dashed: bool = False) -> None:
        super().__init__()
        self.colour = colour
        self.weight = weight
        self.dashed = dashed

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        self.width, self.height = width, self.weight
        return self.width, self.height

    def paint(self, canvas: Any, left: float, top: float) -> None:
        canvas.setStrokeColor(self.colour)
        canvas.setLineWidth(self.weight)
        if self.dashed:
            canvas.setDash(4, 3)
        canvas.line(left, top - self.weight / 2, left + self.width, top - self.weight / 2)
        if self.dashed:
            canvas.setDash()


class LastPage(Shape):
    """The end of a paper: one part follows what went before, the other stands at the foot of the same page."""

    def __init__(self, above: Shape, foot: Shape, *, page_height: float) -> None:
        super().__init__()
        self.parts = Stack([above, foot], gap=10)
        self.page_height = page_height

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        needed = self.parts.wrap(width, height)[1]
        self.width, self.height = width, needed if needed > height else height - _ROUNDING
        return self.width, self.height

    def split(self, width: float, height: float) -> list[Shape]:
        """Only what is longer than a whole page is ever split."""
        longer = self.parts.wrap(width, height)[1] > self.page_height
        return self.parts.split(width, height) if longer else []

    def paint(self, canvas: Any, left: float, top: float) -> None:
        above, foot = self.parts.parts
        above.paint(canvas, left, top)
        foot.paint(canvas, left, top - self.height + foot.height)


_ROUNDING = 0.01
