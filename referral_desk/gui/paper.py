"""A finished PDF on the screen and on paper: drawn from memory, never from a file."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from contextlib import closing

import pypdfium2
from PySide6.QtCore import QMarginsF, QRect, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QVBoxLayout, QWidget

from referral_desk.gui import theme
from referral_desk.letters.reading import PDFIUM
from referral_desk.words import _

POINTS_PER_INCH = 72
PAPER_DPI = 300
JOB_NAME = "Form"
"""What a print queue shows and keeps: nothing."""
DRAWN_KEPT = 6
"""Pages whose pictures stay in memory: a hundred would take a third of a gigabyte."""


class Paper(QWidget):
    """The pages of a PDF under each other, as wide as there is room for; each is drawn when it comes into sight."""

    def __init__(self, pdf: bytes) -> None:
        super().__init__()
        self.pdf = pdf
        self._drawn: OrderedDict[tuple[int, int], QImage] = OrderedDict()
        self.sheets = [Sheet(self, number, size) for number, size in enumerate(page_sizes(pdf))]
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        for sheet in self.sheets:
            layout.addWidget(sheet, 0, Qt.AlignmentFlag.AlignHCenter)

    def draw(self, width: int) -> None:
        """Make every page so wide."""
        for sheet in self.sheets:
            sheet.setFixedSize(width, width * sheet.size_on_paper.height() // sheet.size_on_paper.width())

    def picture(self, number: int, width: int) -> QImage:
        """A page, so many pixels wide."""
        key = (number, width)
        if key not in self._drawn:
            self._drawn[key] = drawn_page(self.pdf, number, width=width)
        self._drawn.move_to_end(key)
        while len(self._drawn) > DRAWN_KEPT:
            self._drawn.popitem(last=False)
        return self._drawn[key]


class Sheet(QWidget):
    """One page on the screen, in the pixels of this screen."""

    def __init__(self, paper: Paper, number: int, size: QSize) -> None:
        super().__init__(paper)
        self.size_on_paper = size
        self._paper, self._number = paper, number
        self.setAccessibleName(_("Page %(number)s of the form") % {"number": number + 1})

    def paintEvent(self, event) -> None:
        painter = QPainter(self)
        wide = int(self.width() * self.devicePixelRatioF())
        painter.drawImage(self.rect(), self._paper.picture(self._number, wide))
        painter.setPen(QColor(theme.colour("line")))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))


def page_sizes(pdf: bytes) -> list[QSize]:
    """How large each page is, in points."""
    with PDFIUM, closing(pypdfium2.PdfDocument(pdf)) as document:
        sizes = [document.get_page_size(number) for number in range(len(document))]
        return [QSize(round(width), round(height)) for width, height in sizes]


def drawn_page(pdf: bytes, number: int, *, width: int = 0, dpi: int = PAPER_DPI) -> QImage:
    """A page as a picture, so many pixels wide or at a resolution."""
    with PDFIUM, closing(pypdfium2.PdfDocument(pdf)) as document, closing(document[number]) as page:
        scale = width / page.get_width() if width else dpi / POINTS_PER_INCH
        with closing(page.render(scale=scale, rev_byteorder=True)) as bitmap:
            form = {3: QImage.Format.Format_RGB888, 4: QImage.Format.Format_RGBX8888}[bitmap.n_channels]
            return QImage(bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, form).copy()


def drawn_pages(pdf: bytes, *, width: int = 0, dpi: int = PAPER_DPI) -> Iterator[QImage]:
    """Each page as a picture."""
    for number in range(len(page_sizes(pdf))):
        yield drawn_page(pdf, number, width=width, dpi=dpi)


def print_on(printer: QPrinter, pdf: bytes) -> bool:
    """Print on pages of the size of the PDF, under a name that says nothing; False where it was not taken."""
    printer.setPageSize(QPageSize(QSizeF(page_sizes(pdf)[0]), QPageSize.Unit.Point))
    printer.setDocName(JOB_NAME)
    printer.setCreator("")
    printer.setFullPage(True)
    printer.setPageMargins(QMarginsF(0, 0, 0, 0))
    painter = QPainter()
    if not painter.begin(printer):
        return False
    took = True
    for number, image in enumerate(drawn_pages(pdf)):
        if number:
            took = printer.newPage() and took
        whole = printer.pageLayout().fullRectPixels(printer.resolution())
        painter.drawImage(_fitted(image.size(), whole), image)
    return painter.end() and took and printer.printerState() not in _FAILED


_FAILED = (QPrinter.PrinterState.Error, QPrinter.PrinterState.Aborted)


def _fitted(size: QSize, whole: QRect) -> QRect:
    scaled = size.scaled(whole.size(), Qt.AspectRatioMode.KeepAspectRatio)
    return QRect(whole.topLeft(), scaled)
