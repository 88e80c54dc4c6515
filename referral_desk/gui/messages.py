"""What is said when something goes wrong that is nobody's fault: the kind of defect and its place, no more.

The text of an error may hold what somebody told us, so it is never shown, copied or kept.
"""

from __future__ import annotations

from PySide6.QtCore import QMessageLogContext, Qt, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from referral_desk import defects
from referral_desk.gui.pieces import at_top, button, column, image, label, row
from referral_desk.words import _


def catch_defects() -> None:
    """Note and show every error that nothing else has caught, and note that Qt had something to say."""
    defects.catch_everything(show_defect)
    qInstallMessageHandler(note_what_qt_says)


def note_what_qt_says(kind: QtMsgType, context: QMessageLogContext, _text: str) -> None:
    """Qt repeats what it was given, such as a text; its kind, its subject and our own line must do."""
    if kind not in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg):
        defects.note_line(f"{defects.CODE} {kind.name} of {context.category} at {defects.here()}")


def failed(error: BaseException) -> None:
    """Note what failed in another thread, and show it."""
    defects.note(error)
    show_defect(error)


def show_defect(error: BaseException) -> None:
    """Say that something is broken, and where; the work in hand goes on."""
    dialog = DefectDialog(defects.place_of(error), QApplication.activeWindow())
    dialog.open()


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
