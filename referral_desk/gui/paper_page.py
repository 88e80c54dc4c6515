"""A paper before it leaves: what is on screen is what is printed or saved, in the language chosen."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QFrame, QScrollArea, QVBoxLayout, QWidget

from referral_desk import files, words
from referral_desk.errors import DeskError
from referral_desk.gui.paper import Paper, print_on
from referral_desk.gui.pieces import SteadyBox, button, card, column, emptied, frame, label, notice, row, scrolled
from referral_desk.gui.printing import is_shared
from referral_desk.gui.save_file import ask_file
from referral_desk.gui.secret_field import captioned
from referral_desk.words import N_, _

SIDE_WIDTH = 320
WIDEST_SHEET = 860
NOT_TAKEN = N_(
    "The printer did not take it: look whether it is there and switched on, then print again. What was noted as having "
    "left stays noted; the next print is another copy."
)


class PaperPage(QWidget):
    """Preview, language, printer and file. A page says how its paper is made (`refresh`), and then shows it."""

    left = Signal()
    went = Signal()
    """It was printed or saved."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.paper: Paper | None = None
        self.file_name = ""
        self.language = _language_box()
        self.language.activated.connect(lambda _at: self.refresh())
        self.notices = QVBoxLayout()
        self.choices = column(gap=14)
        """What a page lets one choose besides the language."""
        self.told = QVBoxLayout()
        self.area = _paper_area()
        body = row(self.area, self._side(), gap=0)
        body.setStretch(0, 1)
        self.setLayout(column(self._head(title), body, gap=0))
        QShortcut(QKeySequence("Esc"), self, self.left.emit, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def refresh(self) -> None:
        """Make the paper in the language chosen."""
        raise NotImplementedError

    def look_again(self, let_go: Callable[[bytes], object]) -> None:
        """Let the paper go; a page whose paper may have changed meanwhile makes it anew before."""
        if self.paper is not None:
            let_go(self.paper.pdf)

    def show_paper(self, pdf: bytes, file_name: str) -> None:
        self.file_name = file_name
        self.paper = Paper(pdf)
        ground = QWidget()
        ground.setObjectName("ground")
        ground.setLayout(column(self.paper, 1, margin=(24, 20, 24, 20)))
        self.area.setWidget(ground)
        self._draw()
        self.allow(True)

    def show_none(self, error: DeskError) -> None:
        """No paper, and none of before either: only what may leave now can be printed."""
        self.paper = None
        self.area.setWidget(QWidget())
        emptied(self.told)
        self.allow(False)
        self.refused(error)

    def print_form(self) -> None:
        if not QPrinterInfo.availablePrinterNames():
            self.tell(_("There is no printer on this computer. Save the form as PDF instead."), "warn", "printer")
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, self)
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintToFile, on=False)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self._chosen(printer))
        QDialog.open(dialog)

    def _chosen(self, printer: QPrinter) -> None:
        """A printer that others share is used only by somebody who knows it."""
        if not is_shared(printer):
            self._go_to(printer)
            return
        said = _("Others use this printer, too: they may see the paper in its queue or take it from the tray.")
        all_the_same = button(_("Print all the same"), partial(self._go_to, printer), look="quiet")
        emptied(self.notices)
        self.notices.addWidget(notice(said, "warn", icon="printer"))
        self.notices.addLayout(row(1, all_the_same))

    def _go_to(self, printer: QPrinter) -> None:
        self.look_again(partial(self._print, printer))

    def save_form(self) -> None:
        ask_file(self, _("Save the form"), self.file_name, "PDF (*.pdf)", self.save_as)

    def save_as(self, path: str) -> None:
        self.look_again(partial(self._write, path))

    def allow(self, may_leave: bool) -> None:
        for one in (self.printing, self.saving):
            one.setEnabled(may_leave)

    def refused(self, error: DeskError) -> None:
        self.tell(str(error), "danger", "circle-alert")

    def tell(self, text: str, tone: str, icon: str) -> None:
        emptied(self.notices)
        self.notices.addWidget(notice(text, tone, icon=icon))

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._draw)

    def _draw(self) -> None:
        if self.paper is not None:
            self.paper.draw(min(WIDEST_SHEET, max(200, self.area.viewport().width() - 50)))

    def _print(self, printer: QPrinter, pdf: bytes) -> None:
        if print_on(printer, pdf):
            self.went.emit()
        else:
            self.tell(_(NOT_TAKEN), "danger", "circle-alert")

    def _write(self, path: str, pdf: bytes) -> None:
        try:
            files.write(Path(path), pdf)
        except DeskError as error:
            self.refused(error)
        else:
            self.tell(_("Saved. It is not sealed: delete it when delivered."), "good", "circle-check")
            self.went.emit()

    def _head(self, title: str) -> QFrame:
        back = button(_("Back"), self.left.emit, icon="arrow-left")
        back.setToolTip("Esc")
        self.saving = button(_("Save as PDF…"), self.save_form, icon="save")
        self.printing = button(_("Print…"), self.print_form, icon="printer", look="primary")
        self.allow(False)
        made = row(back, label(title, "page"), 1, self.saving, self.printing, gap=12, margin=(24, 12, 24, 12))
        return frame("bar", made)

    def _side(self) -> QFrame:
        warning = _(
            "A printer keeps what it printed for a while, and the system keeps what waits to be printed: print where "
            "only you can reach the printer, and empty its queue if it was switched off."
        )
        choice = captioned(_("Language of the form"), self.language)
        inner = column(
            self.notices,
            self.choices,
            choice,
            label(warning, "small", wraps=True),
            card(self.told),
            1,
            gap=14,
            margin=16,
        )
        self.told.setSpacing(10)
        area = scrolled(inner)
        area.setFixedWidth(SIDE_WIDTH)
        return area


def _paper_area() -> QScrollArea:
    area = QScrollArea()
    area.setObjectName("page")
    area.setWidgetResizable(True)
    area.setAccessibleName(_("The form as it will be printed"))
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # the paper is as wide as what is left
    return area


def _language_box() -> SteadyBox:
    """The languages there is a form for; the one of the window first, if it is one of them."""
    from referral_desk import letters

    made = SteadyBox()
    made.setAccessibleName(_("Language of the form"))
    for code in letters.LANGUAGES:
        made.addItem(words.PAPER_LANGUAGES[code], code)
    made.setCurrentIndex(max(0, made.findData(words.language())))
    return made
