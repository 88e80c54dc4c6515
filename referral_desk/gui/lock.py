"""The lock: this process ends, and a fresh one that knows nothing waits at the unlock window.

Time is the clock on the wall, so that a computer that slept locks when it wakes.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QProcess, QTimer, Signal
from PySide6.QtWidgets import QApplication

TICK = 1000
ASLEEP_AFTER = 90.0
"""Seconds between two ticks that only a computer that slept can explain."""

ACTIVITY = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.InputMethod,
    }
)


class IdleWatch(QObject):
    """Counts the time since the last key or click anywhere in the program."""

    seconds_left = Signal(int)
    is_due = Signal(str)

    def __init__(self, minutes: int, *, clock: Callable[[], float] = time.time, tick: int = TICK) -> None:
        super().__init__()
        self.allowed = minutes * 60.0
        self.clock = clock
        self.last_act = self.last_tick = clock()
        self.timer = QTimer(self, interval=tick)
        self.timer.timeout.connect(self.look)
        self.timer.start()
        QApplication.instance().installEventFilter(self)

    def eventFilter(self, watched, event) -> bool:
        if event.type() in ACTIVITY:
            self.last_act = self.clock()
        return False

    def look(self) -> None:
        """Tell how long is left, and when nothing is."""
        now = self.clock()
        slept, idle = now - self.last_tick, now - self.last_act
        self.last_tick = now
        if slept > ASLEEP_AFTER or idle >= self.allowed:
            self.timer.stop()
            self.is_due.emit("idle" if idle >= self.allowed and slept <= ASLEEP_AFTER else "asleep")
        else:
            # A clock that was set back must not stretch the time.
            self.last_act = min(self.last_act, now)
            self.seconds_left.emit(int(self.allowed - idle))


def lock_now(why: str, resume: bool) -> None:
    """Leave a fresh process at the unlock window, and end this one."""
    arguments = ["-m", "referral_desk", "--locked", why, *(["--resume"] if resume else [])]
    packaged = getattr(sys, "frozen", False)
    fresh = QProcess()
    fresh.setProgram(sys.executable)
    fresh.setArguments(arguments[2:] if packaged else arguments)
    # It must not hold on to the terminal or pipe that this process was started from.
    fresh.setStandardInputFile(QProcess.nullDevice())
    fresh.setStandardOutputFile(QProcess.nullDevice())
    fresh.setStandardErrorFile(QProcess.nullDevice())
    fresh.startDetached()
    QApplication.quit()
