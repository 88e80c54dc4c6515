"""Copying out of the program: marked so that no history keeps it, taken back after a minute and when the desk locks.

On Linux there are two clipboards: what is copied, and what is merely marked with the mouse.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QMimeData, QObject, Qt, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QLineEdit, QMenu, QPlainTextEdit

TAKEN_BACK_AFTER = 60_000
"""Milliseconds: time enough to paste it somewhere."""

COPIED, MARKED = QClipboard.Mode.Clipboard, QClipboard.Mode.Selection

_NO, _YES = (bytes([said, 0, 0, 0]) for said in (0, 1))
_KEPT_BY_NOBODY = {
    "win32": {
        'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"': _YES,
        'application/x-qt-windows-mime;value="CanIncludeInClipboardHistory"': _NO,
        'application/x-qt-windows-mime;value="CanUploadToCloudClipboard"': _NO,
        'application/x-qt-windows-mime;value="Clipboard Viewer Ignore"': _YES,
    },
    "linux": {"x-kde-passwordManagerHint": b"secret"},
}
"""What asks the histories of Windows (32 bits each), and of KDE and others, not to keep a text."""


def passing(text: str) -> QMimeData:
    """A text on its way to somewhere else, which nobody should keep."""
    made = QMimeData()
    made.setText(text)
    for form, said in _KEPT_BY_NOBODY.get(sys.platform, {}).items():
        made.setData(form, said)
    return made


def copy(text: str, mode: QClipboard.Mode = COPIED) -> None:
    QGuiApplication.clipboard().setMimeData(passing(text), mode)


def take_back() -> None:
    """Empty the clipboards, but only of what this program put there."""
    for mode in (COPIED, MARKED):
        if owns(mode):
            QGuiApplication.clipboard().clear(mode)


def owns(mode: QClipboard.Mode) -> bool:
    """Whether this program put there what is there. The other programs are not asked: one of them may hang."""
    clipboard = QGuiApplication.clipboard()
    return clipboard.ownsClipboard() if mode is COPIED else clipboard.ownsSelection()


class ClipboardWatch(QObject):
    """Takes back what was copied, a minute after the last copy."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.timer = QTimer(self, singleShot=True, interval=TAKEN_BACK_AFTER)
        self.timer.timeout.connect(take_back)
        QGuiApplication.clipboard().changed.connect(self._changed)

    def _changed(self, mode: QClipboard.Mode) -> None:
        if mode in (COPIED, MARKED) and owns(mode):
            self.timer.start()


class PrivateText(QPlainTextEdit):
    """Several lines; whatever is copied, cut, marked or dragged out of them is marked as passing."""

    def createMimeDataFromSelection(self) -> QMimeData:
        return passing(self.textCursor().selection().toPlainText())


class PrivateLine(QLineEdit):
    """One line, of which the same holds. Qt would copy from it without asking."""

    def keyPressEvent(self, event) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_passing()
        elif event.matches(QKeySequence.StandardKey.Cut):
            self.cut_passing()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event) -> None:
        super().mouseReleaseEvent(event)
        if owns(MARKED):
            self._copy(MARKED)

    def contextMenuEvent(self, event) -> None:
        self.menu().popup(event.globalPos())

    def menu(self) -> QMenu:
        """The menu of a line as Qt makes it, with ways of our own to copy and cut."""
        made = self.createStandardContextMenu()
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name, act in (("edit-copy", self.copy_passing), ("edit-cut", self.cut_passing)):
            for action in (one for one in made.actions() if one.objectName() == name):
                action.triggered.disconnect()
                action.triggered.connect(act)
        return made

    def copy_passing(self) -> None:
        self._copy(COPIED)

    def cut_passing(self) -> None:
        self._copy(COPIED)
        if self._may_be_copied() and not self.isReadOnly():
            self.insert("")

    def _copy(self, mode: QClipboard.Mode) -> None:
        if self._may_be_copied():
            copy(self.selectedText(), mode)

    def _may_be_copied(self) -> bool:
        return self.hasSelectedText() and self.echoMode() is QLineEdit.EchoMode.Normal
