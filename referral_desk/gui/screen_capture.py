"""Keeping the windows out of pictures and recordings of the screen, where the system can: Windows and macOS.

Microsoft says that this is no protection against who means it; it stops what happens by itself: a shared screen, a
program that takes a picture every few seconds, the overview of open windows.
"""

from __future__ import annotations

import ctypes
import ctypes.util
from collections.abc import Callable
from contextlib import suppress

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from referral_desk import settings

ALLOWED, BLACK, LEFT_OUT = 0x0, 0x1, 0x11
"""WDA_NONE, WDA_MONITOR and WDA_EXCLUDEFROMCAPTURE (Windows 10 of 2004), from winuser.h."""
SHARED_WITH_NOBODY, SHARED_TO_READ = 0, 1
"""NSWindowSharingNone and NSWindowSharingReadOnly, from NSWindow.h."""

Keep = Callable[[int, bool], None]
"""Takes Qt's number of a window, and whether it may be seen."""


class CaptureGuard(QObject):
    """Keeps every window out of pictures as it is shown, dialogs and menus too, unless the settings allow them."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        keep = way_of_this_system()
        if keep:
            self.keep = keep
            QApplication.instance().installEventFilter(self)

    def eventFilter(self, watched, event) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            # What an older system does not offer must keep nobody from a desk.
            with suppress(OSError, AttributeError):
                self.keep(int(watched.winId()), settings.load().may_be_captured)
        return False


def way_of_this_system() -> Keep | None:
    """How windows are kept out of pictures here; None where no program can: Linux."""
    return {"windows": _by_windows, "cocoa": _by_mac}.get(QGuiApplication.platformName())


def _by_windows(window: int, seen: bool) -> None:
    set_affinity = ctypes.WinDLL("user32").SetWindowDisplayAffinity
    set_affinity.argtypes = [ctypes.c_void_p, ctypes.c_uint32]
    if not set_affinity(window, ALLOWED if seen else LEFT_OUT):
        set_affinity(window, ALLOWED if seen else BLACK)


def _by_mac(view: int, seen: bool) -> None:
    objc = ctypes.CDLL(ctypes.util.find_library("objc"))
    objc.sel_registerName.restype = ctypes.c_void_p
    objc.sel_registerName.argtypes = [ctypes.c_char_p]
    find = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p)(("objc_msgSend", objc))
    share = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_ulong)(("objc_msgSend", objc))
    window = find(view, objc.sel_registerName(b"window"))
    if window:
        share(window, objc.sel_registerName(b"setSharingType:"), SHARED_TO_READ if seen else SHARED_WITH_NOBODY)
