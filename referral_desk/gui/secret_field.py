"""Where something secret is typed: hidden or shown, as one wishes, and with a word on Caps Lock and layout."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget

from referral_desk.gui import icons
from referral_desk.gui.copying import PrivateLine
from referral_desk.gui.keyboard import keyboard_now
from referral_desk.gui.pieces import button, column, directed, label, row
from referral_desk.words import _, isolate

PRIVATE = Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
"""No keyboard may learn what is typed into this program."""
SECRET = PRIVATE | Qt.InputMethodHint.ImhNoAutoUppercase

LOOKED_AT_EVERY = 500
"""Milliseconds: a layout may be changed by the mouse, too."""


class SecretField(QWidget):
    """A line for a passphrase, with a button to see it that Tab reaches."""

    entered = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.line = private_line(name)
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setInputMethodHints(SECRET | Qt.InputMethodHint.ImhHiddenText)
        self.line.returnPressed.connect(self.entered)
        self.line.installEventFilter(self)
        self.eye = _eye(self._show)
        self.caps = label("", "error")
        self.caps.hide()
        self.layout_name = label("", "small")
        self.setLayout(column(row(self.line, self.eye, gap=6), row(self.caps, 1, self.layout_name), gap=4))
        self.setFocusProxy(self.line)
        self.looking = QTimer(self, interval=LOOKED_AT_EVERY)
        self.looking.timeout.connect(self.look_at_keyboard)
        self.look_at_keyboard()

    def text(self) -> str:
        return self.line.text()

    def eventFilter(self, watched, event) -> bool:
        if event.type() == QEvent.Type.KeyPress and keyboard_now().has_caps_lock is None:
            self._guess_caps_lock(event)
        elif event.type() in (QEvent.Type.FocusIn, QEvent.Type.KeyRelease):
            self.look_at_keyboard()
            self.looking.start()
        elif event.type() == QEvent.Type.FocusOut:
            self.looking.stop()
        return super().eventFilter(watched, event)

    def look_at_keyboard(self) -> None:
        """Say whether Caps Lock is on and which layout is in use; where the system does not tell, one has to guess."""
        found = keyboard_now()
        if found.has_caps_lock is not None:
            self._warn(_("Caps Lock is on.") if found.has_caps_lock else "")
        self.layout_name.setText(directed(_("Keyboard: %(layout)s") % {"layout": isolate(found.layout)}))
        self.layout_name.setVisible(bool(found.layout))

    def _show(self) -> None:
        shown = self.eye.isChecked()
        self.line.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        self.eye.setIcon(icons.icon("eye-off" if shown else "eye"))

    def _guess_caps_lock(self, event: QKeyEvent) -> None:
        """A capital without Shift tells, or a small letter with it."""
        typed = event.text()
        if typed.isalpha() and typed.lower() != typed.upper():
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._warn(_("Caps Lock seems to be on.") if typed.isupper() != shift else "")

    def _warn(self, text: str) -> None:
        if self.caps.text() != directed(text):
            tell(self.caps, text)


def private_line(name: str, text: str = "") -> QLineEdit:
    """A line that no keyboard learns from."""
    made = PrivateLine(text)
    made.setAccessibleName(name)
    made.setInputMethodHints(PRIVATE)
    return made


def captioned(text: str, field: QWidget, hint: str = "") -> QWidget:
    """A field under its label; the label names the field for those who hear the window."""
    caption = label(text, "label")
    caption.setBuddy(field.focusProxy() or field)
    made = QWidget()
    made.setLayout(column(caption, label(hint, "small", wraps=True) if hint else None, field, gap=4))
    return made


def error_line() -> QLabel:
    """A place for what went wrong; it takes no room while all is well."""
    made = label("", "error", wraps=True)
    made.hide()
    return made


def tell(place: QLabel, text: str) -> None:
    place.setText(directed(text))
    place.setAccessibleName(text)
    place.setVisible(bool(text))


def _eye(pressed: Callable[[], object]) -> QPushButton:
    made = button("", pressed, icon="eye", says=_("Show what is typed"))
    made.setCheckable(True)
    made.setToolTip(_("Show what is typed"))
    return made
