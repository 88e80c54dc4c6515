"""A whole case recorded by real key presses in a real window, with a picture of every page: `make keys`.

Needs Xvfb, xdotool and a window manager (openbox). The screen is a virtual one of 1280×720; every key is sent by
xdotool to whatever has the focus, as a keyboard would. The pictures lie below look/.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes.util import find_library
from pathlib import Path
from typing import Any

from scripts.look.waiting import LOOK

HOUSE = Path(__file__).resolve().parent.parent.parent
SCREEN = "1280x720x24"
PROGRAMS = ("Xvfb", "xdotool", "openbox")
LIBRARIES = ("xcb-cursor", "xkbcommon-x11", "xcb-icccm", "xcb-keysyms", "xcb-shape")
PACKAGES = "xvfb xdotool openbox libxcb-cursor0 libxkbcommon-x11-0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0"


def main() -> int:
    missing = [name for name in PROGRAMS if shutil.which(name) is None]
    missing += [name for name in LIBRARIES if find_library(name) is None]
    if missing:
        print(f"Missing: {', '.join(missing)}. On Debian: apt-get install {PACKAGES}")
        return 1
    with tempfile.TemporaryDirectory() as home, screen() as display:
        homes = dict.fromkeys(("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "APPDATA", "LOCALAPPDATA"), home)
        os.environ.update(homes | {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"})
        with subprocess.Popen(["openbox"], stderr=subprocess.DEVNULL) as manager:
            try:
                return record(Path(home))
            finally:
                manager.terminate()


@contextmanager
def screen() -> Iterator[str]:
    """A virtual screen; its name."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", SCREEN, "-nolisten", "tcp"]
    with subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL) as server:
        os.close(writing)
        with os.fdopen(reading) as told:
            number = told.readline().strip()
        try:
            yield f":{number}"
        finally:
            server.terminate()


def record(home: Path) -> int:
    """From the passphrase to the letter that leaves, by keys alone."""
    from PySide6.QtWidgets import QApplication

    from scripts.look.desks import make_desk
    from scripts.look.waiting import rest, until
    from referral_desk import settings
    from referral_desk.gui.app import Windows
    from referral_desk.gui.desk import PRACTICE_PASSPHRASE
    from tests.gui.by_keyboard import record_a_case

    app = QApplication(sys.argv[:1])
    settings.keep(language="en", theme="light", last_desk=str(make_desk(home / "desk")), idle_minutes=60)
    windows: Any = Windows(app, lock=lambda _why: None)
    windows.unlock()
    windows.shown.showMaximized()
    until(windows.shown.isActiveWindow)
    began, taken = time.monotonic(), 0

    def seen(name: str) -> None:
        nonlocal taken
        taken += 1
        until(lambda: True)
        path = LOOK / f"keys-{taken:02}-{name}.png"
        windows.shown.screen().grabWindow(0).save(str(path))
        print(path.relative_to(HOUSE))

    hands = real_hands(windows)
    seen("unlock")
    hands.type(PRACTICE_PASSPHRASE)
    hands.press_named("Return")
    until(lambda: hasattr(windows.shown, "cases"))
    hands.window = windows.shown
    windows.shown.showMaximized()
    until(windows.shown.isActiveWindow)
    rest(windows.door)
    seen("today")
    record_a_case(hands, seen)
    print(f"{hands.pressed} keys in {time.monotonic() - began:.0f} s")
    windows.door.close()
    return 0


def real_hands(windows: Any) -> Any:
    """Hands whose keys come from outside the program."""
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QApplication

    from scripts.look.waiting import rest
    from tests.gui.by_keyboard import CONTROL, Hands

    names = {
        Qt.Key.Key_Tab: "Tab",
        Qt.Key.Key_Return: "Return",
        Qt.Key.Key_Space: "space",
        Qt.Key.Key_Right: "Right",
        Qt.Key.Key_Escape: "Escape",
    }

    class RealHands(Hands):
        pressed = 0

        def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
            name = names.get(key) or chr(key.value).lower()
            self.press_named(f"ctrl+{name}" if modifiers & CONTROL else name)

        def press_named(self, name: str) -> None:
            self._send("key", name)

        def type(self, text: str) -> None:
            self._send("type", "--delay", "8", text)

        def _send(self, *command: str) -> None:
            """Let xdotool press, and the window see it."""
            RealHands.pressed += len(command[-1]) if command[0] == "type" else 1
            with subprocess.Popen(["xdotool", *command]) as sent:
                while sent.poll() is None:
                    QApplication.processEvents()
                    time.sleep(0.001)
            end = time.monotonic() + 0.02
            while time.monotonic() < end:
                QApplication.processEvents()

    return RealHands(windows.shown, lambda: rest(windows.door))
