"""The report for those who decide: figures and charts on paper, with the method in plain words (form F11)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from reportlab.graphics import renderPDF
from reportlab.platypus import Flowable, Spacer

from referral_desk import words
from referral_desk.letters import paper
from referral_desk.letters.faces import ACCENT, BODY, CAPTION, SMALL, TITLE, Face, in_bold
from referral_desk.letters.shapes import Beside, Panel, Rule, Shape, Stack, Text
from referral_desk.statistics import presenting
from referral_desk.statistics.charts import Chart
from referral_desk.statistics.presenting import Shown
from referral_desk.words import _

if TYPE_CHECKING:
    from referral_desk.statistics.publication import Publication

HEADING = in_bold(Face(12, 16, colour=ACCENT))
FIGURE = in_bold(Face(20, 25))
MOST_COLUMNS = 7
"""More do not fit on a page; a table of more is in the other files, and its chart and totals are here."""


class Drawn(Shape):
    """A chart on paper: the drawing itself, not a picture of it."""

    def __init__(self, chart: Chart) -> None:
        super().__init__()
        self.chart = chart

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        self.width, self.height = width, self.chart.drawing.height * self._scale(width)
        return self.width, self.height

    def paint(self, canvas: Any, left: float, top: float) -> None:
        canvas.saveState()
        canvas.translate(left, top - self.height)
        canvas.scale(self._scale(self.width), self._scale(self.width))
        renderPDF.draw(self.chart.drawing, canvas, 0, 0)
        canvas.restoreState()

    def _scale(self, width: float) -> float:
        return float(min(1.0, width / self.chart.drawing.width))


class Cell(Shape):
    """A figure in a table, at the end of its column."""

    def __init__(self, text: str, face: Face) -> None:
        super().__init__()
        self.text = Text(text, face)

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width, self.height = width, self.text.wrap(width, height)[1]
        return self.width, self.height

    def paint(self, canvas: Any, left: float, top: float) -> None:
        widest = max((line.width for line in self.text.lines), default=0)
        aside = self.width - widest
        self.text.paint(canvas, left - aside if self.is_leftward else left + aside, top)


def as_pdf(told: Publication) -> bytes:
    """The report in the language spoken; the same figures give the same bytes."""
    return paper.render(list(_story(told)), _furniture(told), language=words.language())


def _story(told: Publication) -> Iterator[Flowable]:
    yield _front(told)
    yield Spacer(1, 12)
    yield _method(told)
    over_time = presenting.over_blocks(told.release)
    if over_time is not None:
        yield Spacer(1, 14)
        yield Drawn(over_time)
    for table in told.tables:
        yield Spacer(1, 16)
        yield from _table(table)
    yield Spacer(1, 16)
    yield _sheet(told)


def _front(told: Publication) -> Shape:
    name = Stack([Text(told.organisation, in_bold(BODY)), Text(told.title, TITLE), Text(told.periods, HEADING)])
    total = Stack([Text(str(told.release.total), FIGURE), Text(_("persons, rounded"), CAPTION)])
    return Stack([Beside([name, total], (3, 1)), Rule(colour=ACCENT, weight=2)], gap=6)


def _method(told: Publication) -> Shape:
    heading = Text(_("How to read these figures"), in_bold(BODY))
    return Panel(Stack([heading, *(Text(sentence, BODY) for sentence in told.method)], gap=2), bar=ACCENT)


def _table(table: Shown) -> Iterator[Flowable]:
    """The chart of a table, and its figures below where they fit on a page."""
    yield Drawn(table.chart())
    if len(table.column_codes) <= MOST_COLUMNS and table.which.columns:
        yield Spacer(1, 6)
        yield from _rows(table)


def _rows(table: Shown) -> Iterator[Shape]:
    head, *lines = table.lines
    grid = (3, *(1 for _column in head[1:]))
    yield Stack([_row(head, grid, in_bold(SMALL)), Rule()], gap=2)
    for line in lines[:-1]:
        yield _row(line, grid, SMALL)
    yield Stack([Rule(), _row(lines[-1], grid, in_bold(SMALL))], gap=2)


def _row(line: list[str | int], grid: tuple[int, ...], face: Face) -> Shape:
    label, *figures = line
    return Beside([Text(str(label), face), *(Cell(str(figure), face) for figure in figures)], grid, gap=8, low=True)


def _sheet(told: Publication) -> Shape:
    said = [Text(sentence, SMALL) for sentence in (*told.sheet, *told.still_open())]
    return Stack([Text(_("What is in these figures"), HEADING), Rule(), *said], gap=3, headed=True)


def _furniture(told: Publication) -> paper.Furniture:
    counted = _("Page %(page)d of %(pages)d")
    return paper.Furniture(
        title=told.title,
        left=_("Rounded figures: no person can be recognised in them."),
        below=told.periods,
        page=lambda page, pages: counted % {"page": page, "pages": pages},
    )
