"""The lock: this process ends, and a fresh one that knows nothing waits at the unlock window.

Time is the clock on the wall, so that a computer that slept locks when it wakes. Nothing stops the lock: neither a
dialog, whose own loop runs the same timers, nor windows that hang.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable, Mapping
from typing import NoReturn

from PySide6.QtCore import QEvent, QKeyCombination, QObject, QProcess, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication

TICK = 1000
ASLEEP_AFTER = 90.0
"""Seconds between two ticks that only a computer that slept can explain."""
SLEPT = 5.0
"""Seconds that the clock on the wall went ahead of the one that stands still while the computer sleeps."""
GRACE = 10.0
"""Seconds for the windows to lock by themselves, before the process is ended from beside them."""

CLOSED = "closed"
"""Why the process ends that leaves no window behind."""

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

SIGNS = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.ShiftModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)

BY_PLACE = {46: Qt.Key.Key_L, 24: Qt.Key.Key_Q} if sys.platform == "linux" else {}
"""Keys of Linux by their place on the keyboard (/usr/share/X11/xkb/keycodes/evdev)."""


class UrgentKeys(QObject):
    """Obeys keys wherever they are pressed, in a dialog, a menu or a list, too, and before anything else hears them.

    A shortcut of Qt is silent while a dialog or a menu is open.
    """

    def __init__(self, parent: QObject, acts: Mapping[str, Callable[[], object]]) -> None:
        super().__init__(parent)
        self.acts = {QKeySequence(keys): act for keys, act in acts.items()}
        QApplication.instance().installEventFilter(self)

    def eventFilter(self, watched, event) -> bool:
        if event.type() != QEvent.Type.KeyPress:
            return False
        act = self.acts.get(QKeySequence(QKeyCombination(event.modifiers() & SIGNS, letter_of(event))))
        if act:
            act()
        return act is not None


def letter_of(event: QKeyEvent) -> Qt.Key:
    """The key pressed, as a Latin letter even where the keyboard has none.

    Windows numbers its keys by Latin letters, and macOS has them under Command in every layout.
    """
    key = event.key()
    if key <= Qt.Key.Key_AsciiTilde or key >= Qt.Key.Key_Escape:
        return Qt.Key(key)
    return BY_PLACE.get(event.nativeScanCode(), Qt.Key(event.nativeVirtualKey() if sys.platform == "win32" else key))


class IdleWatch(QObject):
    """Counts the time since the last key or click in the program, and notices that the computer slept."""

    seconds_left = Signal(int)
    is_due = Signal(str)

    def __init__(
        self,
        minutes: int,
        *,
        clock: Callable[[], float] = time.time,
        awake: Callable[[], float] = time.monotonic,
        tick: int = TICK,
    ) -> None:
        super().__init__()
        self.allowed = minutes * 60.0
        self.clock, self.awake = clock, awake
        self.last_act = self.last_tick = clock()
        self.last_awake = awake()
        self.is_counting = True
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
        now, awake = self.clock(), self.awake()
        passed, idle = now - self.last_tick, now - self.last_act
        slept = passed > ASLEEP_AFTER or passed - (awake - self.last_awake) > SLEPT
        self.last_tick, self.last_awake = now, awake
        if slept or idle >= self.allowed:
            self.tell("asleep" if slept else "idle")
        else:
            # A clock that was set back must not stretch the time.
            self.last_act = min(self.last_act, now)
            self.seconds_left.emit(int(self.allowed - idle))

    def tell(self, why: str) -> None:
        """Once is enough: some desktops say twice that the screen is locked, and a lock leaves a fresh process."""
        if self.is_counting:
            self.stop()
            self.is_due.emit(why)

    def stop(self) -> None:
        """The process is about to end; if it does not, that is too late as well."""
        self.is_counting = False
        self.timer.stop()

    def is_over(self) -> bool:
        """Whether the process ought to have ended by now; may be asked in any thread."""
        return not self.is_counting or self.clock() - self.last_act >= self.allowed


class LastResort(threading.Thread):
    """Ends the process where the windows hang and cannot lock themselves."""

    def __init__(self, is_over: Callable[[], bool], end: Callable[[], object], *, grace: float = GRACE) -> None:
        super().__init__(name="last resort", daemon=True)
        self.is_over, self.end, self.grace = is_over, end, grace
        self.given_up = threading.Event()

    def run(self) -> None:
        since = None
        while not self.given_up.wait(min(1.0, self.grace / 4)):
            # Not the clock on the wall: it may just have jumped, and the windows are about to lock.
            now = time.monotonic()
            since = (since or now) if self.is_over() else None
            if since and now - since >= self.grace:
                self.end()
                return


def end(why: str) -> NoReturn:
    """End this process at once, whatever it is doing; unless it was closed, leave a fresh one at the unlock window."""
    try:
        if why != CLOSED:
            _begin_afresh(why)
    finally:
        os._exit(0)


def _begin_afresh(why: str) -> None:
    arguments = ["-m", "referral_desk", "--locked", why]
    packaged = getattr(sys, "frozen", False)
    fresh = QProcess()
    fresh.setProgram(sys.executable)
    fresh.setArguments(arguments[2:] if packaged else arguments)
    # It must not hold on to the terminal or pipe that this process was started from.
    fresh.setStandardInputFile(QProcess.nullDevice())
    fresh.setStandardOutputFile(QProcess.nullDevice())
    fresh.setStandardErrorFile(QProcess.nullDevice())
    fresh.startDetached()
