"""What the system tells of itself: that the computer goes to sleep, that the screen is locked, that another user comes.

Linux tells by D-Bus, Windows by messages to every window, macOS by a notification when the screen is locked. Where
nothing is told the clock of the lock decides alone.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from ctypes import wintypes
from typing import Any

from PySide6.QtCore import SLOT, QAbstractNativeEventFilter, QCoreApplication, QObject, QSocketNotifier, Signal, Slot
from PySide6.QtWidgets import QWidget

TOLD_BY_LINUX = (
    ("systemBus", "org.freedesktop.login1.Manager", "PrepareForSleep", "sleeps(bool)"),
    ("sessionBus", "org.freedesktop.ScreenSaver", "ActiveChanged", "screen_locks(bool)"),
    ("sessionBus", "org.gnome.ScreenSaver", "ActiveChanged", "screen_locks(bool)"),
)
"""Bus, interface and signal by which a Linux desktop tells what happens, and who listens."""

LOGIND = ("org.freedesktop.login1", "/org/freedesktop/login1", "org.freedesktop.login1.Manager")

POWER, SESSION = 0x0218, 0x02B1
TOLD_BY_WINDOWS = {
    (POWER, 0x4): "asleep",
    (SESSION, 0x2): "screen",
    (SESSION, 0x4): "screen",
    (SESSION, 0x6): "screen",
    (SESSION, 0x7): "screen",
}
"""WM_POWERBROADCAST: suspend. WM_WTSSESSION_CHANGE: another user came, the remote screen left, log-off, lock."""

TOLD_BY_MAC = b"com.apple.screenIsLocked"
UTF8, AT_ONCE = 0x08000100, 4


def hear_the_end(act: Callable[[], object]) -> None:
    """Let something be done when the system ends the session and with it this process: Linux and macOS.

    Python acts on a signal only when it is its turn, and while nothing happens it is Qt's: the pipe makes it Python's.
    """
    if os.name != "posix":
        return
    woken, waking = os.pipe()
    os.set_blocking(waking, False)
    signal.set_wakeup_fd(waking)
    listener = QSocketNotifier(woken, QSocketNotifier.Type.Read, QCoreApplication.instance())
    listener.activated.connect(lambda *_told: os.read(woken, 1))
    for told in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(told, lambda *_told: act())


class SystemSignals(QObject):
    """`told` says in one word why to lock: asleep or screen."""

    told = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.window = window
        self.held: list[Any] = []
        """What must live as long as this."""
        # What an older or stranger system does not offer must keep nobody from a desk.
        with suppress(OSError, AttributeError):
            {"linux": self._ask_linux, "win32": self._ask_windows, "darwin": self._ask_mac}[sys.platform]()

    @Slot(bool)
    def sleeps(self, begins: bool) -> None:
        if begins:
            self.told.emit("asleep")

    @Slot(bool)
    def screen_locks(self, begins: bool) -> None:
        if begins:
            self.told.emit("screen")

    def _ask_linux(self) -> None:
        from PySide6.QtDBus import QDBusConnection

        for bus, interface, told, slot in TOLD_BY_LINUX:
            getattr(QDBusConnection, bus)().connect("", "", interface, told, self, SLOT(slot))
        self._ask_for_time()

    def _ask_for_time(self) -> None:
        """Let the computer wait with its sleep until this process has ended, for at most five seconds."""
        from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher

        asked = QDBusMessage.createMethodCall(*LOGIND, "Inhibit")
        asked.setArguments(["sleep", "Referral Desk", "Locks before the computer sleeps", "delay"])
        waiting = QDBusPendingCallWatcher(QDBusConnection.systemBus().asyncCall(asked), self)
        waiting.finished.connect(lambda _call: self.held.append(waiting.reply().arguments()))

    def _ask_windows(self) -> None:
        listener = WindowsMessages(self)
        QCoreApplication.instance().installNativeEventFilter(listener)
        self.held.append(listener)
        ctypes.WinDLL("wtsapi32").WTSRegisterSessionNotification(wintypes.HWND(self.window.winId()), 0)

    def _ask_mac(self) -> None:
        core = ctypes.CDLL(ctypes.util.find_library("CoreFoundation"))
        heard = ctypes.CFUNCTYPE(None, *[ctypes.c_void_p] * 5)(lambda *_told: self.screen_locks(True))
        core.CFNotificationCenterGetDistributedCenter.restype = ctypes.c_void_p
        core.CFStringCreateWithCString.restype = ctypes.c_void_p
        core.CFStringCreateWithCString.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_uint32]
        add = core.CFNotificationCenterAddObserver
        add.restype, add.argtypes = None, [*[ctypes.c_void_p] * 5, ctypes.c_long]
        name = core.CFStringCreateWithCString(None, TOLD_BY_MAC, UTF8)
        add(core.CFNotificationCenterGetDistributedCenter(), None, heard, name, None, AT_ONCE)
        self.held.append(heard)


class WindowsMessages(QAbstractNativeEventFilter):
    """Reads the messages that Windows sends to every window."""

    def __init__(self, signals: SystemSignals) -> None:
        super().__init__()
        self.signals = signals

    def nativeEventFilter(self, kind, message) -> tuple[bool, int]:
        if kind == b"windows_generic_MSG":
            said = wintypes.MSG.from_address(int(message))
            why = TOLD_BY_WINDOWS.get((said.message, said.wParam), "")
            if why:
                self.signals.told.emit(why)
        return False, 0
