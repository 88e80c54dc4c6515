"""A finished PDF on the screen and on paper: drawn from memory, never from a file."""

from __future__ import annotations

from collections.abc import Iterator

import pypdfium2
from PySide6.QtCore import QMarginsF, QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPixmap
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from referral_desk.gui import theme
from referral_desk.words import _

POINTS_PER_INCH = 72
PAPER_DPI = 300
JOB_NAME = "Form"
"""What a print queue shows and keeps: nothing."""


class Paper(QWidget):
    """The pages of a PDF under each other, as wide as there is room for and sharp at that width."""

    def __init__(self, pdf: bytes) -> None:
        super().__init__()
        self.pdf = pdf
        self.sheets = [_sheet(number) for number in range(1, page_count(pdf) + 1)]
        self._drawn_for = 0.0
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        for sheet in self.sheets:
            layout.addWidget(sheet, 0, Qt.AlignmentFlag.AlignHCenter)

    def draw(self, width: int) -> None:
        """Draw every page so wide, in the pixels of this screen."""
        ratio = self.devicePixelRatioF()
        if width * ratio == self._drawn_for:
            return
        self._drawn_for = width * ratio
        for sheet, image in zip(self.sheets, drawn_pages(self.pdf, width=int(width * ratio)), strict=True):
            image.setDevicePixelRatio(ratio)
            sheet.setPixmap(QPixmap.fromImage(image))


def page_count(pdf: bytes) -> int:
    with pypdfium2.PdfDocument(pdf) as document:
        return len(document)


def drawn_pages(pdf: bytes, *, width: int = 0, dpi: int = PAPER_DPI) -> Iterator[QImage]:
    """Each page as a picture, so many pixels wide or at a resolution."""
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            scale = width / page.get_width() if width else dpi / POINTS_PER_INCH
            bitmap = page.render(scale=scale, rev_byteorder=True)
            form = {3: QImage.Format.Format_RGB888, 4: QImage.Format.Format_RGBX8888}[bitmap.n_channels]
            yield QImage(bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, form).copy()


def print_on(printer: QPrinter, pdf: bytes) -> None:
    """Print, under a name that says nothing."""
    printer.setDocName(JOB_NAME)
    printer.setCreator("")
    printer.setFullPage(True)
    printer.setPageMargins(QMarginsF(0, 0, 0, 0))
    painter = QPainter(printer)
    for number, image in enumerate(drawn_pages(pdf)):
        if number:
            printer.newPage()
        whole = printer.pageLayout().fullRectPixels(printer.resolution())
        painter.drawImage(_fitted(image.size(), whole), image)
    painter.end()


def _fitted(size: QSize, whole: QRect) -> QRect:
    scaled = size.scaled(whole.size(), Qt.AspectRatioMode.KeepAspectRatio)
    return QRect(whole.topLeft(), scaled)


def _sheet(number: int) -> QLabel:
    made = QLabel()
    made.setFrameShape(QFrame.Shape.NoFrame)
    made.setStyleSheet(f"background: white; border: 1px solid {theme.colour('line')};")
    made.setAccessibleName(_("Page %(number)s of the form") % {"number": number})
    return made
