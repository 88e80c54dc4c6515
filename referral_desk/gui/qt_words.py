"""Qt's own words (buttons of dialogs, menus of text boxes) from the same catalogue as ours."""

from __future__ import annotations

from PySide6.QtCore import QLocale, Qt, QTranslator
from PySide6.QtWidgets import QApplication

from referral_desk import words
from referral_desk.words import N_, _

QT_TEXTS = (
    *(N_("OK"), N_("Cancel"), N_("Save"), N_("Close"), N_("Discard"), N_("Open"), N_("&Yes"), N_("&No")),
    *(N_("&Undo"), N_("&Redo"), N_("Cu&t"), N_("&Copy"), N_("&Paste"), N_("Delete"), N_("Select All")),
    *(N_("Look in:"), N_("File &name:"), N_("Files of type:"), N_("&Open"), N_("&Save"), N_("&Choose")),
    *(N_("Directory:"), N_("Back"), N_("Forward"), N_("Parent Directory"), N_("Create New Folder")),
    *(N_("List View"), N_("Detail View"), N_("Name"), N_("Size"), N_("Type"), N_("Date Modified")),
    *(N_("Print"), N_("Printer"), N_("Copies"), N_("Pages"), N_("Options"), N_("Properties")),
)
"""Texts that stand in Qt, named here so that translators meet them."""


class QtWords(QTranslator):
    """Answers Qt's questions from our catalogue. None, not "", where it has no answer: or menus go empty."""

    def isEmpty(self) -> bool:
        return False

    def translate(self, context, source, disambiguation=None, n=-1) -> str | None:
        known = next((text for text in (source, source.replace("&", "")) if text in QT_TEXTS), "")
        found = _(known)
        return found if found != known else None


def use(app: QApplication, code: str) -> None:
    """Speak a language in every window: our texts, Qt's texts, direction, and what a date looks like."""
    words.use(code)
    # The world's Arabic, not Egypt's: codes, dates and numbers keep Latin digits everywhere.
    QLocale.setDefault(QLocale("ar_001" if code == "ar" else code))
    app.setLayoutDirection(
        Qt.LayoutDirection.RightToLeft if words.is_right_to_left() else Qt.LayoutDirection.LeftToRight
    )
    if not hasattr(app, "qt_words"):
        app.qt_words = QtWords(app)
        app.installTranslator(app.qt_words)
