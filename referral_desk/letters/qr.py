"""A QR code as a shape: what a scanner types into the field for answers."""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby
from typing import Any

from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel

from referral_desk.letters.faces import INK
from referral_desk.letters.shapes import Shape

_QUIET = 4
"""Modules that stay white around it (ISO/IEC 18004)."""


class Scannable(Shape):
    """A code `side` points wide that stands for a text."""

    def __init__(self, text: str, *, side: float) -> None:
        super().__init__()
        self.rows = rows_of(text)
        self.side = side

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        self.width = self.height = self.side
        return self.width, self.height

    def paint(self, canvas: Any, left: float, top: float) -> None:
        module = self.side / (len(self.rows) + 2 * _QUIET)
        canvas.setFillColor(INK)
        path = canvas.beginPath()
        for down, row in enumerate(self.rows):
            for start, length in _dark_runs(row):
                across = left + (start + _QUIET) * module
                path.rect(across, top - (down + _QUIET + 1) * module, length * module, module)
        canvas.drawPath(path, stroke=0, fill=1)


@lru_cache(maxsize=512)
def rows_of(text: str) -> tuple[tuple[bool, ...], ...]:
    """The dark and light modules of a code, row by row; a quarter of it may be soiled."""
    code = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(text)
    code.make()
    size = code.getModuleCount()
    return tuple(tuple(bool(code.isDark(row, column)) for column in range(size)) for row in range(size))


def _dark_runs(row: tuple[bool, ...]) -> list[tuple[int, int]]:
    """Where dark modules that touch begin, and how many they are."""
    runs = [(is_dark, len(list(alike))) for is_dark, alike in groupby(row)]
    starts = [sum(length for _dark, length in runs[:at]) for at in range(len(runs))]
    return [(start, length) for start, (is_dark, length) in zip(starts, runs, strict=True) if is_dark]
