"""What the keys do: one list, for the windows to obey and for people to read (Ctrl+/)."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QWidget

from referral_desk.gui.pieces import button, column, label, row
from referral_desk.words import N_, _, isolate

CLOSE_NOW = "Ctrl+Q"

SHORTCUTS = (
    ("Ctrl+N", "new_case", N_("Begin a new case")),
    ("Ctrl+F", "search", N_("Search for a case")),
    ("Ctrl+R", "record", N_("Record something in the case in sight")),
    ("Ctrl+P", "preview", N_("Preview the form of the latest referral")),
    ("Ctrl+E", "answer", N_("Record the answer that a recipient gave by three words")),
    ("Ctrl+Z", "undo", N_("Take back what was recorded last")),
    ("Ctrl+L", "lock", N_("Lock the desk at once")),
    (CLOSE_NOW, "close_now", N_("Close the program at once; what was typed is kept")),
    ("Ctrl+T", "today", N_("Go to what is due today")),
    ("Ctrl+1", "cases", N_("Go to the cases")),
    ("Ctrl+2", "statistics", N_("Go to the statistics")),
    ("Ctrl+3", "backups", N_("Go to the backups")),
    ("Ctrl+4", "members", N_("Go to the members")),
    ("Ctrl+5", "journal", N_("Go to the journal")),
    ("Ctrl+6", "retention", N_("Go to the cases whose time has ended")),
    ("Ctrl+7", "directory", N_("Go to the directory")),
    ("Ctrl+8", "country", N_("Go to the country profile")),
    ("Ctrl+,", "settings", N_("Go to the settings")),
    ("Ctrl+Return", "", N_("Save the form")),
    ("Esc", "", N_("Go back; a form is kept as a draft")),
    ("F1", "help", N_("Say what this page is for, and what the words of a question mean")),
    ("Shift+F1", "glossary", N_("Explain the words of the field")),
    ("Ctrl+/", "keys", N_("Show this list")),
)
"""Keys, the act of the main window (empty where another page obeys), and what is said of it."""

URGENT = frozenset({"lock", "close_now"})
"""The acts that no dialog, menu or list may stand in the way of."""


class ShortcutsDialog(QDialog):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Referral Desk")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        grid = QGridLayout()
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(10)
        for at, (keys, _act, text) in enumerate(SHORTCUTS):
            shown = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
            grid.addWidget(label(isolate(shown), "pill"), at, 0)
            grid.addWidget(label(_(text)), at, 1)
        close = button(_("Close"), self.accept, look="primary")
        close.setDefault(True)
        self.setLayout(column(label(_("Keys"), "heading"), grid, row(1, close), gap=16, margin=20))
