"""A finished paper of our own before it leaves: looked at, printed, saved."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from referral_desk import files
from referral_desk.errors import DeskError
from referral_desk.gui.paper import Paper, print_on
from referral_desk.gui.pieces import button, column, emptied, frame, label, notice, plain_widget, row
from referral_desk.gui.printing import ask_printer
from referral_desk.gui.save_file import ask_file
from referral_desk.words import _

WIDEST_SHEET = 860


class SheetPage(QWidget):
    """What is on screen is what is printed. The paper was made and noted before."""

    left = Signal()

    def __init__(self, title: str, pdf: bytes, file_name: str) -> None:
        super().__init__()
        self.title, self.pdf, self.file_name = title, pdf, file_name
        self.paper = Paper(pdf)
        self.notices = QVBoxLayout()
        self.notices.setContentsMargins(24, 0, 24, 0)
        self.area = QScrollArea()
        self.area.setObjectName("page")
        self.area.setWidgetResizable(True)
        self.area.setAccessibleName(_("The sheet as it will be printed"))
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(plain_widget(column(self.paper, 1, margin=(24, 20, 24, 20)), "ground"))
        self.setLayout(column(self._head(), self.notices, self.area, gap=0))
        QShortcut(QKeySequence("Esc"), self, self.left.emit)

    def print_sheet(self) -> None:
        if not ask_printer(self, lambda printer: print_on(printer, self.pdf)):
            self.say(_("There is no printer on this computer. Save the sheet as PDF instead."), "warn")

    def save_sheet(self) -> None:
        ask_file(self, self.title, self.file_name, "PDF (*.pdf)", self.save_as)

    def save_as(self, path: str) -> None:
        try:
            files.write(Path(path), self.pdf)
        except DeskError as error:
            self.say(str(error), "danger")
        else:
            self.say(_("Saved. It is not sealed: keep it where only a keeper can reach it."), "good")

    def say(self, text: str, tone: str) -> None:
        emptied(self.notices)
        self.notices.setContentsMargins(24, 12, 24, 0)
        self.notices.addWidget(notice(text, tone))

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._draw)

    def _draw(self) -> None:
        self.paper.draw(min(WIDEST_SHEET, max(200, self.area.viewport().width() - 50)))

    def _head(self) -> QFrame:
        self.back = button(_("Back"), self.left.emit, icon="arrow-left")
        self.back.setToolTip("Esc")
        saving = button(_("Save as PDF…"), self.save_sheet, icon="save")
        printing = button(_("Print…"), self.print_sheet, icon="printer", look="primary")
        return frame(
            "bar", row(self.back, label(self.title, "page"), 1, saving, printing, gap=12, margin=(24, 12, 24, 12))
        )
