"""Where something secret is typed: hidden or shown, as whoever types it wishes, and warning of Caps Lock."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget

from referral_desk.gui import icons
from referral_desk.gui.pieces import button, column, directed, label, row
from referral_desk.words import _

PRIVATE = Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
"""No keyboard may learn what is typed into this program."""
SECRET = PRIVATE | Qt.InputMethodHint.ImhNoAutoUppercase


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
        self.caps = label(_("Caps Lock seems to be on."), "error")
        self.caps.hide()
        self.setLayout(column(row(self.line, self.eye, gap=6), self.caps, gap=4))
        self.setFocusProxy(self.line)

    def text(self) -> str:
        return self.line.text()

    def eventFilter(self, watched, event) -> bool:
        if event.type() == QEvent.Type.KeyPress:
            self._look_for_caps_lock(event)
        return super().eventFilter(watched, event)

    def _show(self) -> None:
        shown = self.eye.isChecked()
        self.line.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        self.eye.setIcon(icons.icon("eye-off" if shown else "eye"))

    def _look_for_caps_lock(self, event: QKeyEvent) -> None:
        """Qt does not tell; but a capital without Shift, or a small letter with it, does."""
        typed = event.text()
        if typed.isalpha() and typed.lower() != typed.upper():
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.caps.setVisible(typed.isupper() != shift)


def private_line(name: str, text: str = "") -> QLineEdit:
    """A line that no keyboard learns from."""
    made = QLineEdit(text)
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
