"""A chart in a window: the picture of the very page that holds the drawing in the report."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from referral_desk.gui import theme
from referral_desk.gui.paper import drawn_page

MARGIN = 14
WIDEST = 760
"""Of the picture; wider bars tell no more."""


class ChartPicture(QWidget):
    """Dark ink on white, whatever the colours of the window: as it will be printed. Every figure is said, too."""

    def __init__(self, chart: Any) -> None:
        super().__init__()
        self.pdf: bytes = chart.pdf
        self.size_on_paper = QSize(int(chart.drawing.width), int(chart.drawing.height))
        self._drawn: tuple[int, Any] = (0, None)
        self.setAccessibleName(chart.title)
        self.setAccessibleDescription("\n".join(chart.said))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMaximumWidth(WIDEST + 2 * MARGIN)

    def heightForWidth(self, width: int) -> int:
        inner = max(1, min(WIDEST, width - 2 * MARGIN))
        return inner * self.size_on_paper.height() // self.size_on_paper.width() + 2 * MARGIN

    def sizeHint(self) -> QSize:
        return QSize(560, self.heightForWidth(560))

    def minimumSizeHint(self) -> QSize:
        return QSize(240, self.heightForWidth(240))

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self.setFixedHeight(self.heightForWidth(self.width()))

    def paintEvent(self, event) -> None:
        painter = QPainter(self)
        painter.setPen(QColor(theme.colour("line")))
        painter.setBrush(QColor("white"))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 8, 8)
        inner = self.rect().adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
        inner.setHeight(inner.width() * self.size_on_paper.height() // self.size_on_paper.width())
        painter.drawImage(inner, self._picture(int(inner.width() * self.devicePixelRatioF())))

    def _picture(self, wide: int) -> Any:
        if self._drawn[0] != wide:
            self._drawn = (wide, drawn_page(self.pdf, 0, width=wide))
        return self._drawn[1]
