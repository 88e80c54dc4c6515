"""Turning the laptop to the person and back: what the caseworker is told before, and what stays shut meanwhile."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QDialog, QWidget

from referral_desk import words
from referral_desk.gui.lock import UrgentKeys
from referral_desk.gui.pieces import SteadyBox, button, column, directed, label, row
from referral_desk.gui.turned_view import CHORD, TurnedView
from referral_desk.gui.turned_words import ISO, Asking
from referral_desk.words import _, isolate


class Turning(QObject):
    """Puts the view of the person in the place of the whole window, and takes it away again.

    Meanwhile no key of the window is heard but those that lock and close.
    """

    def __init__(self, window: Any) -> None:
        super().__init__(window)
        self.window = window
        self.view: TurnedView | None = None
        self.keys: list[QShortcut] = []

    def silences(self, key: QShortcut) -> None:
        """A key of the window that is not heard meanwhile."""
        self.keys.append(key)

    def ask(self, asked: Asking) -> None:
        """Before the person sees the screen: the language, and the keys that lead back."""
        dialog = TurnDialog(asked, self.window)
        dialog.begins.connect(lambda language: self.begin(asked, language))
        dialog.open()

    def begin(self, asked: Asking, language: str) -> None:
        self.view = TurnedView(asked, language)
        self.view.left.connect(self.back)
        self._hear_keys(False)
        self.state_before = self.window.windowState()
        self.window.root.addWidget(self.view)
        self.window.root.setCurrentWidget(self.view)
        self.window.showFullScreen()
        self.view.next.setFocus()

    def back(self) -> None:
        """Let the caseworker see the form again, with what the person ticked in it."""
        if self.view is None:
            return
        view, self.view = self.view, None
        self._hear_keys(True)
        self.window.root.setCurrentIndex(0)
        self.window.root.removeWidget(view)
        view.deleteLater()
        self.window.setWindowState(self.state_before)
        if self.window.cases.form is not None:
            self.window.cases.form.take_in(view.answers())

    def _hear_keys(self, heard: bool) -> None:
        for key in self.keys:
            key.setEnabled(heard)


class TurnDialog(QDialog):
    """What the caseworker must know before the laptop is turned: the language, and the keys that lead back."""

    begins = Signal(str)

    def __init__(self, asked: Asking, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Referral Desk")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.language = _language_box(asked.speaks)
        self.tried = label("", "small", wraps=True)
        self.does = button(_("Turn the laptop"), self._begin, icon="monitor", look="primary")
        self.does.setEnabled(False)
        keys = _("Only these keys lead back: %(keys)s. Press them once now, so that you know they work here.")
        caption = label(_("In which language?"), "label")
        caption.setBuddy(self.language)
        self.setLayout(
            column(
                label(_("Explain the consent to the person"), "heading"),
                label(_promise(), wraps=True),
                caption,
                self.language,
                label(keys % {"keys": isolate(CHORD)}, wraps=True),
                self.tried,
                row(1, button(_("Cancel"), self.reject), self.does),
                gap=12,
                margin=20,
            )
        )
        self.setMinimumWidth(520)
        UrgentKeys(self, {CHORD: self.know_keys})
        self.language.setFocus()

    def know_keys(self) -> None:
        """The keys were pressed, and so are known."""
        self.tried.setText(directed(_("They work. The person may now see the screen.")))
        self.does.setEnabled(True)
        self.does.setFocus()

    def _begin(self) -> None:
        self.begins.emit(self.language.currentData())
        self.accept()


def _promise() -> str:
    return _(
        "The person sees large pages in her or his language: what is asked, with whom it would be shared, for how "
        "long, and how to take it back. No name, no code and no other case can be seen. The answers come back into "
        "this form; nothing is saved by itself."
    )


def _language_box(speaks: str) -> SteadyBox:
    made = SteadyBox()
    made.setAccessibleName(_("In which language?"))
    for code, name in words.LANGUAGES.items():
        made.addItem(name, code)
    hers = next((code for code, iso in ISO.items() if iso == speaks), words.language())
    made.setCurrentIndex(made.findData(hers))
    return made
