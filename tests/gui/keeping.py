"""What a keeper does in the stories of backups: Ana's desk, a stick, and waiting for what is done beside the work."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QLineEdit

from referral_desk.gui.desk import Door
from tests import crew
from tests.gui.acting import settle


def rest(qtbot, door: Door) -> None:
    """Wait until nothing is done any more, neither at the desk nor beside it."""
    qtbot.waitUntil(lambda: door.upkeep.beside.in_hand is None, timeout=20_000)
    settle(qtbot, door)
    qtbot.waitUntil(lambda: door.upkeep.beside.in_hand is None, timeout=20_000)
    settle(qtbot, door)


def rest_outside(qtbot, door: Door) -> None:
    """The same before any desk is open."""
    back: list[object] = []
    qtbot.waitUntil(lambda: door.upkeep.beside.in_hand is None, timeout=20_000)
    door.beforehand(lambda: None, back.append, back.append)
    qtbot.waitUntil(lambda: bool(back), timeout=20_000)


def look(qtbot, door: Door) -> None:
    """What the desk does by itself soon after it was opened, and from then on."""
    door.upkeep.look_now()
    rest(qtbot, door)


def opened(qtbot, folder: Path, who: str = crew.ANA, **more: Any) -> Door:
    door = Door()
    answers: list[object] = []
    given = {"login": crew.LOGINS.get(who, ""), "passphrase": who} | more
    door.open_desk(str(folder), **given, then=answers.append, refused=answers.append)
    qtbot.waitUntil(lambda: bool(answers))
    pass_days(door, 0)
    door.facts = replace(door.facts, must_change_passphrase=False)
    return door


def pass_days(door: Door, days: int) -> None:
    """So many days after the desk was founded."""
    door._desk.clock = lambda: crew.clock() + timedelta(days=days)


def typed(qtbot, line: QLineEdit, text: str) -> None:
    line.clear()
    qtbot.keyClicks(line, text)


def damage(file: Path) -> None:
    content = bytearray(file.read_bytes())
    for place in range(len(content) // 3, len(content), 4096):
        content[place] ^= 1
    file.write_bytes(content)
