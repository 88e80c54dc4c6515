"""What goes through the door for the tables of all."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from referral_desk.gui.desk import Door, Then
from referral_desk.gui.desk_figures import changed


def added(door: Door, family: str, then: Then) -> None:
    """The titles of the tables that a ministry asks for beyond those of the program."""
    door.ask(partial(_added, family=family), then)


def save(door: Door, family: str, path: str, then: Then, refused: Then) -> None:
    """Write our family for everybody."""
    door.do(partial(_save, family=family, path=Path(path)), then, refused=refused)


def bring_in(door: Door, path: str, then: Then, refused: Then) -> None:
    """Let a ministry's family be in force here."""
    changed(door, partial(_bring_in, path=Path(path)), then, refused)


def _added(work: Any, family: str) -> list[str]:
    from referral_desk.exchange import common_tables
    from referral_desk.statistics import labels

    return [labels.table(names) for names in common_tables.added(work, family)]


def _save(desk: Any, family: str, path: Path) -> None:
    from referral_desk.exchange import common_tables, handing

    handing.hand_out(desk, path, lambda work: common_tables.file_of_ours(work, family))


def _bring_in(work: Any, path: Path) -> None:
    from referral_desk.exchange import common_tables

    common_tables.bring_in(work, path)
