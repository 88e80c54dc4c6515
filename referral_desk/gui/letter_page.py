"""The referral form before it leaves: exactly what will be on paper, what it tells, and what it withholds."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QFrame, QScrollArea, QVBoxLayout, QWidget

from referral_desk import files, words
from referral_desk.errors import DeskError
from referral_desk.gui.desk import Door
from referral_desk.gui.paper import Paper, print_on
from referral_desk.gui.pieces import (
    SteadyBox,
    apart,
    button,
    card,
    column,
    emptied,
    frame,
    image,
    label,
    notice,
    row,
    scrolled,
)
from referral_desk.gui.save_file import ask_file
from referral_desk.gui.secret_field import captioned
from referral_desk.words import _

SIDE_WIDTH = 320
WIDEST_SHEET = 860


class LetterPage(QWidget):
    """What is on screen before printing is all that leaves."""

    left = Signal()

    def __init__(self, door: Door, referral_id: UUID) -> None:
        super().__init__()
        self.door, self.referral_id = door, referral_id
        self.letter: Any = None
        self.paper: Paper | None = None
        self.language = _language_box()
        self.language.activated.connect(lambda _at: self.refresh())
        self.notices = QVBoxLayout()
        self.told = QVBoxLayout()
        self.area = QScrollArea()
        self.area.setObjectName("page")
        self.area.setWidgetResizable(True)
        self.area.setAccessibleName(_("The form as it will be printed"))
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        body = row(self.area, self._side(), gap=0)
        body.setStretch(0, 1)
        self.setLayout(column(self._head(), body, gap=0))
        QShortcut(QKeySequence("Esc"), self, self.left.emit)
        self.refresh()

    def refresh(self) -> None:
        """Make the form anew, in the language chosen. No seal is in force while it is made."""
        language = self.language.currentData()
        self.door.make_letter(self.referral_id, language=language, then=self._show, refused=self._not_made)

    def print_form(self) -> None:
        if not QPrinterInfo.availablePrinterNames():
            self._tell(_("There is no printer on this computer. Save the form as PDF instead."), "warn", "printer")
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, self)
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintToFile, on=False)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self.look_again(partial(print_on, printer)))
        QDialog.open(dialog)

    def save_form(self) -> None:
        ask_file(self, _("Save the form"), self.letter.file_name, "PDF (*.pdf)", self.save_as)

    def save_as(self, path: str) -> None:
        self.look_again(partial(self._write, path))

    def look_again(self, let_go: Callable[[bytes], object]) -> None:
        """Make the form anew before it leaves: consent may have been withdrawn since it was shown."""
        self._allow(False)
        language = self.language.currentData()
        then = partial(self._let_go, let_go)
        self.door.make_letter(self.referral_id, language=language, then=then, refused=self._not_made)

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._draw)

    def _let_go(self, let_go: Callable[[bytes], object], letter: Any) -> None:
        """Nothing leaves but what was on screen; a form that has changed is shown first."""
        if self.letter is not None and letter.pdf == self.letter.pdf:
            self._allow(True)
            let_go(letter.pdf)
        else:
            self._show(letter)
            self._tell(_("The form has changed meanwhile. Look at it, then print or save it again."), "warn", "info")

    def _write(self, path: str, pdf: bytes) -> None:
        try:
            files.write(Path(path), pdf)
        except DeskError as error:
            self._refused(error)
        else:
            self._tell(_("Saved. It is not sealed: delete it when delivered."), "good", "circle-check")

    def _allow(self, may_leave: bool) -> None:
        for one in (self.printing, self.saving):
            one.setEnabled(may_leave)

    def _show(self, letter: Any) -> None:
        self.letter = letter
        self.paper = Paper(letter.pdf)
        ground = QWidget()
        ground.setObjectName("ground")
        ground.setLayout(column(self.paper, 1, margin=(24, 20, 24, 20)))
        self.area.setWidget(ground)
        self._draw()
        self._show_told(letter)
        self._allow(True)

    def _draw(self) -> None:
        if self.paper is not None:
            self.paper.draw(min(WIDEST_SHEET, max(200, self.area.viewport().width() - 50)))

    def _show_told(self, letter: Any) -> None:
        emptied(self.told)
        self.told.addWidget(label(_("The form tells"), "heading"))
        for line in letter.told:
            self.told.addWidget(_told(line.label, line.text))
        if letter.withheld:
            self.told.addWidget(label(_("It withholds"), "heading"))
            for text in letter.withheld:
                self.told.addLayout(_withheld(text))
        self.told.addStretch(1)

    def _not_made(self, error: DeskError) -> None:
        """No form, and none of before either: only what may leave now can be printed."""
        self.letter = self.paper = None
        self.area.setWidget(QWidget())
        emptied(self.told)
        self._allow(False)
        self._refused(error)

    def _refused(self, error: DeskError) -> None:
        self._tell(str(error), "danger", "circle-alert")

    def _tell(self, text: str, tone: str, icon: str) -> None:
        emptied(self.notices)
        self.notices.addWidget(notice(text, tone, icon=icon))

    def _head(self) -> QFrame:
        back = button(_("Back"), self.left.emit, icon="arrow-left")
        back.setToolTip("Esc")
        self.saving = button(_("Save as PDF…"), self.save_form, icon="save")
        self.printing = button(_("Print…"), self.print_form, icon="printer", look="primary")
        self._allow(False)
        title = label(_("Referral form"), "page")
        return frame("bar", row(back, title, 1, self.saving, self.printing, gap=12, margin=(24, 12, 24, 12)))

    def _side(self) -> QFrame:
        warning = _("A printer keeps what it printed for a while. Print where only you can reach the printer.")
        choice = captioned(_("Language of the form"), self.language)
        inner = column(self.notices, choice, label(warning, "small", wraps=True), card(self.told), 1, gap=14, margin=16)
        self.told.setSpacing(10)
        area = scrolled(inner)
        area.setFixedWidth(SIDE_WIDTH)
        return area


def _language_box() -> SteadyBox:
    """The languages there is a form for; the one of the window first, if it is one of them."""
    from referral_desk import letters

    made = SteadyBox()
    made.setAccessibleName(_("Language of the form"))
    for code in letters.LANGUAGES:
        made.addItem(words.LANGUAGES[code], code)
    made.setCurrentIndex(max(0, made.findData(words.language())))
    return made


def _told(asked: str, text: str) -> QWidget:
    made = QWidget()
    made.setLayout(column(label(apart(asked), "small", wraps=True), label(apart(text), wraps=True), gap=1))
    return made


def _withheld(text: str):
    made = row(image("eye-off", "muted", 16), label(apart(text), "muted", wraps=True), gap=8)
    made.setStretch(1, 1)
    return made
