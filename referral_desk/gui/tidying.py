"""Python clears up in the thread of the windows alone.

By itself it does so in whichever thread has just made something, also in the one that works at the desk. A menu or a
window that is freed there, long after it was left, brings the whole program down.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

EVERY = 500
"""Milliseconds."""


class Tidying(QObject):
    """As often as Python would by itself, but only when it is the turn of the windows."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self.timer = QTimer(self, interval=EVERY)
        self.timer.timeout.connect(self.tidy)
        self.timer.start()

    def tidy(self) -> None:
        due = [
            age
            for age, (made, bound) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True))
            if made > bound
        ]
        if due:
            gc.collect(max(due))
