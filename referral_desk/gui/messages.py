"""What is said when something goes wrong that is nobody's fault: the kind of defect and its place, no more.

The text of an error may hold what somebody told us, so it is never shown, copied or kept.
"""

from __future__ import annotations

import sys
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from referral_desk import __version__
from referral_desk.gui.pieces import at_top, button, column, image, label, row
from referral_desk.words import _


def catch_defects() -> None:
    """Show every error that nothing else has caught."""
    sys.excepthook = lambda _kind, error, _trace: show_defect(error)


def show_defect(error: BaseException) -> None:
    """Say that something is broken, and where; the work in hand goes on."""
    dialog = DefectDialog(place_of(error), QApplication.activeWindow())
    dialog.open()


def place_of(error: BaseException) -> str:
    """The class of an error and the place it comes from, such as `KeyError at form.py:120`."""
    where = _deepest(error.__traceback__)
    return f"{type(error).__name__} at {where} (Referral Desk {__version__})"


def _deepest(trace: TracebackType | None) -> str:
    """The last place in our own code that an error went through."""
    found = "?"
    while trace is not None:
        file = Path(trace.tb_frame.f_code.co_filename)
        if "referral_desk" in file.parts or found == "?":
            found = f"{file.name}:{trace.tb_lineno}"
        trace = trace.tb_next
    return found


class DefectDialog(QDialog):
    def __init__(self, place: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Referral Desk")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.place = place
        texts = column(
            label(_("Something in the program went wrong."), "heading", wraps=True),
            label(_("What was saved is safe, and what you were typing is kept as a draft."), wraps=True),
            label(
                _("You may send this to whoever looks after the program; it names nobody:"),
                "small",
                wraps=True,
            ),
            label(place, "secret", wraps=True),
            gap=8,
        )
        copy = button(_("Copy"), self._copy, icon="copy")
        close = button(_("Go on"), self.accept, look="primary")
        close.setDefault(True)
        top = row(at_top(image("triangle-alert", "warn", 28)), texts, gap=16)
        self.setLayout(column(top, row(1, copy, close), gap=16, margin=20))
        self.setMinimumWidth(460)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.place)
