"""Two languages side by side: one paper told twice, what both say alike once.

Both tellings are made of the same shapes in the same order; each pair of texts comes to stand beside one another, the
first language where the page begins to be read. Where the room is narrow they stand below one another.
"""

from __future__ import annotations

from collections.abc import Sequence

from referral_desk.letters.shapes import Beside, Blank, LastPage, Panel, Rule, Shape, Stack, Text, Tick

_HALVES = (1, 1)
_BETWEEN = 18


def twins(ones: Sequence[Shape], others: Sequence[Shape], *, below: bool = False) -> list[Shape]:
    """The shapes of two tellings, pair by pair; whole below one another where they are not made alike."""
    if len(ones) != len(others):
        return [*ones, *others]
    return [twin(one, other, below=below) for one, other in zip(ones, others, strict=True)]


def twin(one: Shape, other: Shape, *, below: bool = False) -> Shape:
    """Two tellings of one thing."""
    alike = _alike(one, other, below=below) if type(one) is type(other) else None
    if alike is not None:
        return alike
    return Stack([one, _without_box(other)]) if below else Beside([one, other], _HALVES, gap=_BETWEEN)


def _alike(one: Shape, other: Shape, *, below: bool) -> Shape | None:  # noqa: PLR0911 - one line for each kind of shape
    """One shape for both; None where each language needs its own."""
    match one, other:
        case Text(), Text():
            return one if one.text == other.text else None
        case Stack(), Stack() if len(one.parts) == len(other.parts):
            return Stack(twins(one.parts, other.parts, below=below), gap=one.gap, headed=one.headed)
        case Beside(), Beside() if len(one.parts) == len(other.parts):
            return _row(one, other, below=below)
        case Panel(), Panel():
            return Panel(twin(one.part, other.part, below=below), bar=one.bar, padding=one.padding)
        case LastPage(), LastPage():
            parts = twins(one.parts.parts, other.parts.parts, below=below)
            return LastPage(*parts, page_height=one.page_height)
        case Blank(), Blank():
            return _blank(one, other)
        case (Rule(), Rule()):
            return one
    return None if isinstance(one, (Stack, Beside, Tick)) else one


def _row(one: Beside, other: Beside, *, below: bool) -> Shape:
    """What stood beside one another comes below; lines to write on and pictures stay where they are."""
    if below or any(map(_stays, one.parts)):
        return Beside(twins(one.parts, other.parts, below=True), one.columns, gap=one.gap, low=one.low)
    return Stack(twins(one.parts, other.parts), gap=6)


def _stays(shape: Shape) -> bool:
    """Whether a shape needs its place in a row: a line to write on, or what is neither text nor made of texts."""
    if isinstance(shape, (Stack, Beside)):
        return any(map(_stays, shape.parts))
    return not isinstance(shape, (Text, Tick, Panel, Rule, LastPage))


def _blank(one: Blank, other: Blank) -> Blank:
    both = Blank("", one.face, room=one.room)
    both.label = twin(one.label, other.label, below=True)
    return both


def _without_box(shape: Shape) -> Shape:
    """There is one box for both languages."""
    return shape.text if isinstance(shape, Tick) else shape
