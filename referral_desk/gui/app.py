"""The start of the windows: first the unlock window, then everything heavy while the person types."""

from __future__ import annotations

import sys
from collections.abc import Callable

from PySide6.QtCore import QSettings, QSize, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from referral_desk import settings
from referral_desk.gui import icons, messages, qt_words, theme
from referral_desk.gui.desk import Door
from referral_desk.gui.pieces import SMALLEST_WINDOW
from referral_desk.gui.unlock import Unlock

USUAL = (1360, 860)
TITLE_BAR = 32


class Windows:
    """The one window there is at a time, before and behind the door."""

    def __init__(self, app: QApplication, *, lock: Callable[[str], None], why_locked: str = "") -> None:
        self.app = app
        self.lock = lock
        self.why_locked = why_locked
        self.door = Door()
        self.door.failed.connect(messages.show_defect)
        self.shown: QWidget | None = None
        self.dress()

    def dress(self) -> None:
        """Take language and theme from the settings."""
        chosen = settings.load()
        qt_words.use(self.app, chosen.language)
        theme.use(self.app, chosen.theme)
        self.app.setWindowIcon(icons.icon("hand-helping", "accent", 32))

    def unlock(self) -> None:
        page = Unlock(self.door, why_locked=self.why_locked)
        page.opened.connect(self.work)
        page.folder_chosen.connect(self.unlock)
        page.wants_new_desk.connect(self.create)
        page.language_chosen.connect(lambda code: self.speak(code, self.unlock))
        self.show(framed(page))
        page.first.setFocus()

    def create(self) -> None:
        from referral_desk.gui.creating import Creating

        page = Creating(self.door)
        page.opened.connect(self.work)
        page.given_up.connect(self.unlock)
        page.language_chosen.connect(lambda code: self.speak(code, self.create))
        self.show(framed(page))
        page.first.setFocus()

    def work(self) -> None:
        """The desk is open: show its cases, where one was before if it had locked itself."""
        from referral_desk.gui.main_window import MainWindow

        window = MainWindow(self.door, lock=self.lock)
        window.wants_rebuild.connect(self._rebuild)
        self.show(window)

    def speak(self, code: str, again: Callable[[], None]) -> None:
        settings.keep(language=code)
        self.dress()
        again()

    def show(self, window: QWidget) -> None:
        """Show another window in the place of the one before."""
        before, self.shown = self.shown, window
        window.resize(before.size() if before else usual_size(self.app))
        window.show()
        if before:
            before.close()
            before.deleteLater()

    def _rebuild(self) -> None:
        QTimer.singleShot(0, self._rebuild_now)

    def _rebuild_now(self) -> None:
        """Wear the new settings, on the page where they were chosen."""
        self.dress()
        self.work()
        self.shown.go("settings")


def usual_size(app: QApplication) -> QSize:
    """As large as is useful, and no larger than the screen."""
    room = app.primaryScreen().availableSize()
    return QSize(*USUAL).boundedTo(QSize(room.width(), room.height() - TITLE_BAR))


def framed(page: QWidget) -> QMainWindow:
    """A window with a title that tells nobody anything."""
    window = QMainWindow()
    window.setWindowTitle("Referral Desk")
    window.setMinimumSize(*SMALLEST_WINDOW)
    window.setCentralWidget(page)
    return window


def start(arguments: list[str]) -> int:
    """Run the windows until the last one is closed."""
    keep_no_traces()
    app = QApplication(sys.argv[:1])
    app.setApplicationName("referral-desk")
    from referral_desk.gui import lock

    windows = Windows(app, lock=lock.lock_now, why_locked=_value(arguments, "--locked"))
    messages.catch_defects()
    windows.unlock()
    QTimer.singleShot(50, windows.door.warm_up)
    ended = app.exec()
    windows.door.close()
    return ended


def keep_no_traces() -> None:
    """Let Qt's dialogs remember no folder: what cannot be written is not kept. Windows keeps it in the registry."""
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, ":/nowhere")


def _value(arguments: list[str], option: str) -> str:
    at = arguments.index(option) + 1 if option in arguments else len(arguments)
    return arguments[at] if at < len(arguments) else ""
