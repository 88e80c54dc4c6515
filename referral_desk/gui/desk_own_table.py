"""What goes through the door for a table of one's own. Nothing is unsealed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from referral_desk.gui.desk import Door, Then
from referral_desk.gui.desk_figures import changed


def dimensions_of(door: Door, family: str, then: Then) -> None:
    """What a table of one's own can be made of: name and what it is called."""
    door.ask(partial(_dimensions_of, family=family), then)


def cost(door: Door, family: str, names: Sequence[str], then: Then) -> None:
    """What a table of one's own would cost."""
    door.ask(partial(_cost, family=family, names=names), then)


def own_table(door: Door, family: str, periods: Sequence[str], names: Sequence[str], then: Then, refused: Then) -> None:
    """Add a table of one's own to the closed blocks and to those to come; brings its publication for chosen ones."""
    changed(door, partial(_own_table, family=family, periods=periods, names=names), then, refused)


def _dimensions_of(_work: Any, family: str) -> list[tuple[str, str]]:
    from referral_desk.statistics import labels, standard

    return [(one.name, labels.dimension(one.name)) for one in standard.counted(family).family.dimensions]


def _cost(work: Any, family: str, names: Sequence[str]) -> Any:
    from referral_desk.statistics import composing

    return composing.cost(work, family, names)


def _own_table(work: Any, family: str, periods: Sequence[str], names: Sequence[str]) -> Any:
    from referral_desk.exchange import our_figures
    from referral_desk.statistics import composing

    if not periods:
        composing.with_table(work, family, names)
        return None
    return our_figures.own_table(work, family, periods, names)
