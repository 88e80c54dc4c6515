"""The floor for printing: the words of a finished form, drawn again with ReportLab where they stand."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from unittest import mock

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from referral_desk.letters import faces, shapes, shaping


def words_of(render):
    """Everything that `render()` writes: place, face and text of each line."""
    written: list[Any] = []
    paint = shapes.Text.paint

    def noted(self, canvas, left, top):
        across, up = canvas.absolutePosition(left, top)
        written.extend(
            (across, up - (at + 0.86) * self.face.leading, self.face, line.text) for at, line in enumerate(self.lines)
        )
        paint(self, canvas, left, top)

    with mock.patch.object(shapes.Text, "paint", noted):
        render()
    return written


def draw(words):
    """The same words on one page, as a finished PDF."""
    faces.embed_fonts()
    target = BytesIO()
    canvas = Canvas(target, pagesize=A4, invariant=1, pageCompression=1, initialFontName=shaping.REGULAR)
    for across, up, face, line in words:
        canvas.setFont(face.font, face.size)
        canvas.setFillColor(face.colour)
        canvas.drawString(across, up, line)
    canvas.save()
    return target.getvalue()
