"""Charts: the same drawing on paper and in a window, readable without colour and in both directions."""

from __future__ import annotations

from itertools import pairwise

import pypdfium2
import pytest
from reportlab.graphics.shapes import Drawing, Group, Rect

from referral_desk import words
from referral_desk.statistics import charts
from referral_desk.statistics.charts import Series, Words

FORMS = ["Sexual exploitation", "Forced labour or services", "Benefit, identity or financial fraud"]


@pytest.fixture
def arabic():
    with words.speaking("ar"):
        yield


def strings(drawing: Drawing) -> list[Words]:
    return [part for part in drawing.contents if isinstance(part, Words)]


def boxes(drawing: Drawing) -> list[Rect]:
    groups = [part for part in drawing.contents if isinstance(part, Group)]
    return [inner for group in groups for inner in group.contents if isinstance(inner, Rect)]


def test_every_figure_stands_beside_its_bar_and_the_longest_has_the_highest():
    made = charts.bars("Forms", FORMS, [Series("Cases", (120, 60, 0))])

    told = [one.text for one in strings(made.drawing)]
    assert all(form in told for form in FORMS)
    assert [text for text in told if text.isdigit()] == ["120", "60", "0"]
    first, second = boxes(made.drawing)
    assert first.width == pytest.approx(2 * second.width)


def test_nothing_is_drawn_beyond_the_paper():
    series = [Series(f"A rather long answer number {n}", (1000, 5, 20)) for n in range(8)]
    made = charts.bars(
        "A title that is so long that it takes more than one line of the page it stands on " * 2, FORMS, series
    )

    for box in boxes(made.drawing):
        assert 0 <= box.x <= box.x + box.width <= charts.WIDTH
        assert 0 <= box.y <= box.y + box.height <= made.drawing.height
    assert all(0 <= one.y <= made.drawing.height for one in strings(made.drawing))


def test_shades_differ_without_colour():
    lightness = [(0.3 * c.red + 0.59 * c.green + 0.11 * c.blue) for c in map(charts._shade, range(4))]

    assert lightness == sorted(lightness)
    assert all(second - first > 0.1 for first, second in pairwise(lightness))


def test_arabic_begins_at_the_right(arabic):
    made = charts.bars("س", FORMS, [Series("Cases", (120, 60, 0))])

    first, second = boxes(made.drawing)
    assert first.x < second.x
    assert first.x + first.width == pytest.approx(second.x + second.width)


@pytest.mark.parametrize("figures", [(), (5,), (0, 0), (5, 1_000_000, 20)])
def test_lines_over_any_number_of_blocks(figures):
    blocks = [str(2020 + at) for at in range(len(figures))]
    made = charts.over_blocks("Cases", blocks, [Series("Woman", figures), Series("Man", figures)])

    page = pypdfium2.PdfDocument(made.pdf)[0]
    assert page.get_width() == charts.WIDTH
    assert len(made.said) == len(figures)


def test_who_hears_the_window_hears_every_figure():
    made = charts.bars("Forms", FORMS[:1], [Series("Woman", (5,)), Series("Man", (10,))])

    assert made.said == ("Sexual exploitation: Woman 5, Man 10",)


def test_the_same_figures_give_the_same_bytes():
    one, other = (charts.bars("Forms", FORMS, [Series("Cases", (5, 10, 15))]).pdf for _twice in range(2))

    assert one == other
