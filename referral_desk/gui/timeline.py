"""What happened in a case, newest first; each step opens to what was recorded."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QSizePolicy, QWidget

from referral_desk import words
from referral_desk.gui import icons, theme
from referral_desk.gui.pieces import Content, WrappingButton, button, column, image, label, line, plain_widget, row
from referral_desk.pages import Line, TakenStep
from referral_desk.words import _


class Timeline(QFrame):
    """All steps of a case, of every track."""

    wants_correction = Signal(object)
    wants_former = Signal(object)

    def __init__(self, steps: tuple[TakenStep, ...]) -> None:
        super().__init__()
        self.setProperty("look", "card")
        self.entries = {step.id: Entry(step) for step in steps}
        for entry in self.entries.values():
            entry.wants_correction.connect(self.wants_correction)
            entry.wants_former.connect(self.wants_former)
        parts = [part for entry in self.entries.values() for part in (entry, line())][:-1]
        self.setLayout(column(label(_("What happened"), "heading"), *parts, gap=6, margin=16))


class Entry(QWidget):
    """One step: its day, its kind, and on request every answer."""

    wants_correction = Signal(object)
    wants_former = Signal(object)

    def __init__(self, step: TakenStep) -> None:
        super().__init__()
        self.step = step
        self.arrow = QLabel()
        self.toggle = WrappingButton(self.turn, "taken", f"{words.day(step.day)}: {step.label}", *self._head())
        self.answers: QWidget | None = None
        self.setLayout(column(self.toggle, gap=4))
        self._turn(False)

    def turn(self) -> None:
        self._turn(self.answers is None or self.answers.isHidden())

    def open(self) -> None:
        self._turn(True)
        self.toggle.setFocus()

    def _turn(self, wide: bool) -> None:
        if wide and self.answers is None:
            self.answers = self._answers()
            self.layout().addWidget(self.answers)
        if self.answers is not None:
            self.answers.setVisible(wide)
        self.arrow.setPixmap(icons.picture("chevron-up" if wide else "chevron-down", "muted", 16, 2.0))

    def _head(self) -> list[Content]:
        revised = label(_("corrected"), "pill") if self.step.revision > 1 else None
        name = label(self.step.label, "label")
        return [_dot(self.step.track), label(words.day(self.step.day), "muted"), name, revised, 1, self.arrow]

    def _answers(self) -> QWidget:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 3)
        grid.setColumnStretch(0, 2)
        for at, told in enumerate(self.step.lines):
            _put(grid, at, told)
        correct = button(_("Correct"), partial(self.wants_correction.emit, self.step), icon="pencil", look="quiet")
        former = partial(self.wants_former.emit, self.step)
        before = (
            button(_("What it said before"), former, icon="history", look="quiet") if self.step.revision > 1 else None
        )
        return plain_widget(column(grid, row(correct, before, 1), gap=8, margin=(28, 0, 4, 8)))


def _put(grid: QGridLayout, at: int, told: Line) -> None:
    asked = label(told.label, "muted", wraps=True)
    said = label(told.text, wraps=True)
    asked.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop)
    said.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
    grid.addWidget(asked, at, 0)
    grid.addLayout(row(said, image("lock", "muted", 14) if told.is_sealed else None), at, 1)


def _dot(track: str) -> QLabel:
    made = QLabel()
    made.setStyleSheet(f"background: {theme.colour(f'track_{track}')}; border-radius: 5px;")
    made.setMinimumSize(10, 10)
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    made.setMaximumSize(10, 10)
    return made
