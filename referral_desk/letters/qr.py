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
        self.size = len(rows_of(text)) + 2 * _QUIET
        self.text = text
        self.side = side

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        self.width = self.height = self.side
        return self.width, self.height

    def paint(self, canvas: Any, left: float, top: float) -> None:
        canvas.saveState()
        canvas.setFillColor(INK)
        canvas.translate(left, top)
        canvas.scale(self.side / self.size, self.side / self.size)
        canvas._code.append(_dark(self.text))  # noqa: SLF001 - ReportLab would write every number with ten figures
        canvas.restoreState()


@lru_cache(maxsize=512)
def rows_of(text: str) -> tuple[tuple[bool, ...], ...]:
    """The dark and light modules of a code, row by row; a quarter of it may be soiled."""
    code = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(text)
    code.make()
    size = code.getModuleCount()
    return tuple(tuple(bool(code.isDark(row, column)) for column in range(size)) for row in range(size))


@lru_cache(maxsize=512)
def _dark(text: str) -> str:
    """All that is dark, as PDF draws it: in modules, from the upper left corner down."""
    drawn = [
        f"{start + _QUIET} {-(down + _QUIET + 1)} {length} 1 re"
        for down, row in enumerate(rows_of(text))
        for start, length in _dark_runs(row)
    ]
    return " ".join([*drawn, "f"])


def _dark_runs(row: tuple[bool, ...]) -> list[tuple[int, int]]:
    """Where dark modules that touch begin, and how many they are."""
    runs = [(is_dark, len(list(alike))) for is_dark, alike in groupby(row)]
    starts = [sum(length for _dark, length in runs[:at]) for at in range(len(runs))]
    return [(start, length) for start, (is_dark, length) in zip(starts, runs, strict=True) if is_dark]
