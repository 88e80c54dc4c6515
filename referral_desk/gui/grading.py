"""A grade for each entry of a list: one line each, so that nothing is overlooked and nothing must be answered."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout

from referral_desk.gui.choices import Entries
from referral_desk.gui.editors import Editor, mark_wrong
from referral_desk.gui.pieces import SteadyBox, label
from referral_desk.nrm.answers import Written
from referral_desk.nrm.fields import Question


class Grading(Editor):
    """The entries below one another, each with a box of grades; an empty box was not asked."""

    def __init__(self, question: Question, entries: Entries) -> None:
        super().__init__()
        grades = [(grade.code, grade.label) for grade in question.graded.every()]
        self.boxes = {code: _box(f"{question.label}: {text}", grades) for code, text in entries}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setColumnStretch(0, 1)
        for line, (code, text) in enumerate(entries):
            grid.addWidget(label(text, wraps=True), line, 0)
            grid.addWidget(self.boxes[code], line, 1)
            self.boxes[code].currentIndexChanged.connect(self.edited)
        self.setFocusProxy(next(iter(self.boxes.values())))

    def written(self) -> Written:
        return [f"{code}={box.currentData()}" for code, box in self.boxes.items() if box.currentData()] or None

    def fill(self, written: Written) -> None:
        given = dict(text.split("=", 1) for text in written or [])
        for code, box in self.boxes.items():
            box.setCurrentIndex(max(0, box.findData(given.get(code))))

    def mark(self, wrong: bool) -> None:
        for box in self.boxes.values():
            mark_wrong(box, wrong)


def _box(says: str, grades: Entries) -> SteadyBox:
    made = SteadyBox()
    made.setAccessibleName(says)
    made.addItem("", None)
    for code, text in grades:
        made.addItem(text, code)
    return made
