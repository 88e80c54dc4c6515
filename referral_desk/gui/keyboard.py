"""Caps Lock and the keyboard layout, as the system tells them: X11, Windows and macOS. Wayland tells no program."""

from __future__ import annotations

import ctypes
import ctypes.util
from contextlib import suppress
from functools import cache
from typing import Any, NamedTuple

from PySide6.QtGui import QGuiApplication

CORE_KEYBOARD, LOCK_MASK = 0x100, 0x2
"""XkbUseCoreKbd and LockMask, from X11/extensions/XKB.h and X11/X.h."""
XA_STRING = 31
LONGEST_NAME = 1024

VK_CAPITAL = 0x14
ALPHA_SHIFT = 0x10000
"""kCGEventFlagMaskAlphaShift, from CGEventTypes.h."""


class Keyboard(NamedTuple):
    """`has_caps_lock` is None and `layout` is empty where the system does not tell."""

    has_caps_lock: bool | None
    layout: str


UNKNOWN = Keyboard(None, "")


class _XkbState(ctypes.Structure):
    """XkbStateRec, from X11/extensions/XKBstr.h."""

    _fields_ = (
        ("group", ctypes.c_ubyte),
        ("locked_group", ctypes.c_ubyte),
        ("base_group", ctypes.c_ushort),
        ("latched_group", ctypes.c_ushort),
        ("mods", ctypes.c_ubyte),
        ("base_mods", ctypes.c_ubyte),
        ("latched_mods", ctypes.c_ubyte),
        ("locked_mods", ctypes.c_ubyte),
        ("more", ctypes.c_ubyte * 5),
        ("buttons", ctypes.c_ushort),
    )


def keyboard_now() -> Keyboard:
    """What the next key will meet."""
    asked = {"xcb": _by_x11, "windows": _by_windows, "cocoa": _by_mac}.get(QGuiApplication.platformName())
    # What an older or stranger system does not offer must keep nobody from a desk.
    with suppress(OSError, AttributeError):
        return asked() if asked else UNKNOWN
    return UNKNOWN


def _by_x11() -> Keyboard:
    library, display = _x11()
    state = _XkbState()
    if not display or library.XkbGetState(display, CORE_KEYBOARD, ctypes.byref(state)):
        return UNKNOWN
    return Keyboard(bool(state.locked_mods & LOCK_MASK), layout_named(_x11_names(library, display), state.group))


def layout_named(names: bytes, group: int) -> str:
    """The layout of a group, such as `RS latin`; `names` are rules, model, layouts, variants and options."""
    _rules, _model, layouts, variants, *_more = names.decode("ascii", "replace").split("\0") + [""] * 4
    layout, variant = (dict(enumerate(listed.split(","))).get(group, "") for listed in (layouts, variants))
    return f"{layout.upper()} {variant}".strip()


@cache
def _x11() -> tuple[Any, Any]:
    """Xlib and a connection of our own to the screen."""
    library = ctypes.CDLL("libX11.so.6")
    library.XOpenDisplay.restype = ctypes.c_void_p
    library.XOpenDisplay.argtypes = [ctypes.c_char_p]
    library.XDefaultRootWindow.restype = ctypes.c_ulong
    library.XDefaultRootWindow.argtypes = [ctypes.c_void_p]
    library.XInternAtom.restype = ctypes.c_ulong
    library.XInternAtom.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int]
    library.XkbGetState.argtypes = [ctypes.c_void_p, ctypes.c_uint, ctypes.c_void_p]
    library.XFree.argtypes = [ctypes.c_void_p]
    window, place, found = ctypes.c_ulong, ctypes.c_long, ctypes.c_void_p
    library.XGetWindowProperty.argtypes = [
        ctypes.c_void_p,
        window,
        window,
        place,
        place,
        ctypes.c_int,
        window,
        *[found] * 5,
    ]
    return library, library.XOpenDisplay(None)


def _x11_names(library: Any, display: Any) -> bytes:
    """The property in which the layouts of the screen are named; empty where it is missing."""
    atom = library.XInternAtom(display, b"_XKB_RULES_NAMES", 1)
    kind, form, count, left = ctypes.c_ulong(), ctypes.c_int(), ctypes.c_ulong(), ctypes.c_ulong()
    found = ctypes.c_void_p()
    told = [ctypes.byref(one) for one in (kind, form, count, left, found)]
    root = library.XDefaultRootWindow(display)
    if not atom or library.XGetWindowProperty(display, root, atom, 0, LONGEST_NAME, 0, XA_STRING, *told) or not found:
        return b""
    names = ctypes.string_at(found, count.value)
    library.XFree(found)
    return names


def _by_windows() -> Keyboard:
    return Keyboard(bool(ctypes.WinDLL("user32").GetKeyState(VK_CAPITAL) & 1), _language_typed())


def _by_mac() -> Keyboard:
    services = ctypes.CDLL(ctypes.util.find_library("ApplicationServices"))
    services.CGEventSourceFlagsState.restype = ctypes.c_uint64
    return Keyboard(bool(services.CGEventSourceFlagsState(0) & ALPHA_SHIFT), _language_typed())


def _language_typed() -> str:
    """The language of the layout by its own name; Qt knows it on Windows and macOS."""
    return QGuiApplication.inputMethod().locale().nativeLanguageName()
