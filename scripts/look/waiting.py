"""Waiting for a window, and keeping a picture of it."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication, QWidget

LOOK = Path(__file__).resolve().parent.parent.parent / "look"


def keep(window: QWidget, name: str) -> None:
    until(lambda: True)
    window.grab().save(str(LOOK / f"{name}.png"))
    print(f"look/{name}.png")


def rest(door: Any) -> None:
    """Wait until all work that was sent through the door, and what it sends in turn, has come back."""
    for _again in range(3):
        wait_for(door)


def wait_for(door: Any) -> None:
    back: list[object] = []
    door.ask(lambda _work: None, back.append)
    until(lambda: bool(back))


def until(true: Callable[[], bool], seconds: float = 90.0) -> None:
    end = time.monotonic() + seconds
    while not true():
        QApplication.processEvents()
        time.sleep(0.002)
        if time.monotonic() > end:
            raise TimeoutError
    for _again in range(12):
        QApplication.processEvents()
        time.sleep(0.002)
