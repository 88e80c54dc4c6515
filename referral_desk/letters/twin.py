"""Two languages side by side: one paper told twice, what both say alike once.

Both tellings are made of the same shapes in the same order; each pair of texts comes to stand beside one another, the
first language where the page begins to be read.
"""

from __future__ import annotations

from collections.abc import Sequence

from referral_desk.letters.shapes import Beside, Blank, LastPage, Panel, Rule, Shape, Stack, Text

_HALVES = (1, 1)
_BETWEEN = 18


def twins(ones: Sequence[Shape], others: Sequence[Shape]) -> list[Shape]:
    """The shapes of two tellings, pair by pair; whole below one another where they are not made alike."""
    if len(ones) != len(others):
        return [*ones, *others]
    return [twin(one, other) for one, other in zip(ones, others, strict=True)]


def twin(one: Shape, other: Shape) -> Shape:
    """Two tellings of one thing."""
    if type(one) is not type(other):
        return _beside(one, other)
    return _alike(one, other) or _beside(one, other)


def _alike(one: Shape, other: Shape) -> Shape | None:  # noqa: PLR0911 - one line for each kind of shape
    """One shape for both; None where they stand beside one another."""
    match one, other:
        case Text(), Text():
            return one if one.text == other.text else None
        case Stack(), Stack() if len(one.parts) == len(other.parts):
            return Stack(twins(one.parts, other.parts), gap=one.gap, headed=one.headed)
        case Beside(), Beside() if len(one.parts) == len(other.parts):
            return _row(one, other)
        case Panel(), Panel():
            return Panel(twin(one.part, other.part), bar=one.bar, padding=one.padding)
        case LastPage(), LastPage():
            (above, foot), (other_above, other_foot) = one.parts.parts, other.parts.parts
            return LastPage(twin(above, other_above), twin(foot, other_foot), page_height=one.page_height)
        case Blank(), Blank():
            return _blank(one, other)
        case (Rule(), Rule()):
            return one
    return None if vars(one).keys() & {"text", "label"} else one


def _row(one: Beside, other: Beside) -> Shape:
    """What stood beside one another comes below; lines to write on stay where there is room for a hand."""
    parts = twins(one.parts, other.parts)
    if any(isinstance(part, Blank) for part in one.parts):
        return Beside(parts, one.columns, gap=one.gap, low=one.low)
    return Stack(parts, gap=6)


def _blank(one: Blank, other: Blank) -> Blank:
    both = Blank("", one.label.face, room=one.room)
    both.label = one.label if one.label.text == other.label.text else Stack([one.label, other.label])
    return both


def _beside(one: Shape, other: Shape) -> Beside:
    return Beside([one, other], _HALVES, gap=_BETWEEN)
