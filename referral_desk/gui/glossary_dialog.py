"""The words of the field and what they mean, searched as one types."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QVBoxLayout, QWidget

from referral_desk.glossary import WORDS, Word
from referral_desk.gui.finding import has_all, plain
from referral_desk.gui.pieces import button, column, emptied, label, plain_widget, row, scrolled
from referral_desk.gui.secret_field import private_line
from referral_desk.words import _


class GlossaryDialog(QDialog):
    """Stands beside the work, not in its way; closes with Escape."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Referral Desk")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.search = private_line(_("Search the words"))
        self.search.setPlaceholderText(_("Search the words"))
        self.search.setClearButtonEnabled(True)
        self.body = QVBoxLayout()
        self.body.setSpacing(12)
        self.area = scrolled(column(self.body, 1, margin=(0, 0, 12, 0)))
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # so that the arrows scroll it
        self.area.setAccessibleName(_("Words of the field"))
        close = button(_("Close"), self.accept, look="primary")
        title = label(_("Words of the field"), "heading")
        self.setLayout(column(title, self.search, self.area, row(1, close), gap=12, margin=16))
        self.resize(620, 640)
        self.search.textChanged.connect(self._fill)
        self._fill("")
        self.search.setFocus()

    def _fill(self, wanted: str) -> None:
        emptied(self.body)
        found = [word for word in WORDS if has_all(wanted, word.label, word.meaning, word.english)]
        for word in sorted(found, key=lambda word: plain(word.label)):
            self.body.addWidget(_entry(word))
        if not found:
            self.body.addWidget(label(_("None of the words is explained here."), "muted", wraps=True))


def _entry(word: Word) -> QWidget:
    said: list[QLabel] = [label(word.label, "label", wraps=True), label(word.meaning, wraps=True)]
    made = plain_widget(column(*said, gap=2))
    made.setAccessibleName(f"{word.label}: {word.meaning}")
    return made
