"""The start of the windows: first the unlock window, then everything heavy while the person types."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import NoReturn

from PySide6.QtCore import QSettings, QSize, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from referral_desk import settings
from referral_desk.gui import copying, icons, messages, qt_words, theme
from referral_desk.gui.desk import Door
from referral_desk.gui.help import HelpStrip
from referral_desk.gui.lock import CLOSED, LastResort, UrgentKeys, end
from referral_desk.gui.pieces import SMALLEST_WINDOW
from referral_desk.gui.screen_capture import CaptureGuard
from referral_desk.gui.shortcuts import CLOSE_NOW
from referral_desk.gui.system_signals import hear_the_end
from referral_desk.gui.tidying import Tidying
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
        self.door.failed.connect(messages.failed)
        self.shown: QWidget | None = None
        self.last_resort: LastResort | None = None
        self.copies = copying.ClipboardWatch()
        self.pictures = CaptureGuard(app)
        self.tidying = Tidying(app)
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
        page.wants_restore.connect(self.restore)
        page.language_chosen.connect(lambda code: self.speak(code, self.unlock))
        self.show(FirstWindow(page, "unlock", self.close_now))
        page.first.setFocus()

    def create(self) -> None:
        from referral_desk.gui.creating import Creating

        page = Creating(self.door)
        page.opened.connect(self.work)
        page.given_up.connect(self.unlock)
        page.language_chosen.connect(lambda code: self.speak(code, self.create))
        self.show(FirstWindow(page, "creating", self.close_now))
        page.first.setFocus()

    def restore(self) -> None:
        """On a new computer, or beside a desk that is damaged."""
        from referral_desk.gui.restore_page import Restoring

        page = Restoring(self.door)
        page.restored.connect(self._open_other)
        page.given_up.connect(self.unlock)
        page.language_chosen.connect(lambda code: self.speak(code, self.restore))
        self.show(FirstWindow(page, "restoring", self.close_now))
        page.first.setFocus()

    def work(self) -> None:
        """The desk is open: show its cases, where one was before if it had locked itself."""
        from referral_desk.gui.main_window import MainWindow

        window = MainWindow(self.door, lock=self.lock)
        window.wants_rebuild.connect(self._rebuild)
        self.show(window)
        self._stand_by(window)

    def close_now(self) -> None:
        """End at once, before the door or behind it; nothing comes back by itself."""
        if hasattr(self.shown, "lock"):
            self.shown.lock(CLOSED)
        else:
            self.shown.hide()
            copying.take_back()
            self.lock(CLOSED)

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

    def _open_other(self, folder: str) -> None:
        settings.keep(last_desk=folder)
        self.why_locked = ""
        self.unlock()

    def _stand_by(self, window: QWidget) -> None:
        """See to it that the process ends even where the window hangs."""
        if self.last_resort:
            self.last_resort.given_up.set()
        self.last_resort = LastResort(window.watch.is_over, lambda: self.lock(window.why_left or "idle"))
        self.last_resort.start()

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


class FirstWindow(QMainWindow):
    """The window before a desk is open, with a title that tells nobody anything, and help above its page."""

    def __init__(self, page: QWidget, help_name: str, close_now: Callable[[], None]) -> None:
        super().__init__()
        self.help_name = help_name
        self.help = HelpStrip()
        self.setWindowTitle("Referral Desk")
        self.setMinimumSize(*SMALLEST_WINDOW)
        self.setMenuWidget(self.help)
        self.setCentralWidget(page)
        QShortcut(QKeySequence("F1"), self, self.turn_help)
        UrgentKeys(self, {CLOSE_NOW: close_now})

    def turn_help(self) -> None:
        self.help.turn(self.help_name)


def start(arguments: list[str]) -> NoReturn:
    """Run the windows until the last one is closed; the process ends with them."""
    keep_no_traces()
    app = QApplication(sys.argv[:1])
    app.setApplicationName("referral-desk")
    windows = Windows(app, lock=end, why_locked=_value(arguments, "--locked"))
    messages.catch_defects()
    hear_the_end(windows.close_now)
    windows.unlock()
    QTimer.singleShot(50, windows.door.warm_up)
    app.exec()
    copying.take_back()
    windows.door.close()
    end(CLOSED)


def keep_no_traces() -> None:
    """Let Qt's dialogs remember no folder: what cannot be written is not kept. Windows keeps it in the registry.

    On Linux Qt hands a printer what it prints in a file, which shall lie in memory and be readable to nobody else.
    """
    if in_memory := os.environ.get("XDG_RUNTIME_DIR"):
        os.environ["TMPDIR"] = in_memory
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, ":/nowhere")


def _value(arguments: list[str], option: str) -> str:
    at = arguments.index(option) + 1 if option in arguments else len(arguments)
    return arguments[at] if at < len(arguments) else ""
