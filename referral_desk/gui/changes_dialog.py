"""What changed: each correction of a step with its day, its reason, and every answer before and after."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QLabel, QWidget

from referral_desk.gui.errands import StepHistory
from referral_desk.gui.pieces import apart, button, card, column, image, label, row, scrolled
from referral_desk.gui.timeline import Entry
from referral_desk.undoing import Changed, Revised
from referral_desk.words import _, isolate, moment


class ChangesDialog(QDialog):
    """The corrections of some steps, the latest first; below, what each said before, whole."""

    def __init__(self, title: str, histories: list[StepHistory], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Referral Desk")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        cards = [part for one in histories for part in _told(one, is_alone=len(histories) == 1)]
        close = button(_("Close"), self.accept, look="primary")
        close.setDefault(True)
        body = scrolled(column(*cards, 1, gap=12, margin=(0, 0, 8, 0)))
        self.setLayout(column(label(title, "heading"), body, row(1, close), gap=12, margin=16))
        self.resize(680, 520)


def _told(one: StepHistory, *, is_alone: bool) -> list[QWidget]:
    head = [] if is_alone else [label(one.label, "label")]
    entries = [Entry(step) for step in one.former]
    for entry in entries:
        entry.open()
    before = [label(_("What it said before"), "label"), *entries] if entries else []
    return [*head, *(_revision(revised) for revised in reversed(one.revisions[1:])), *before]


def _revision(one: Revised) -> QFrame:
    about = " · ".join(part for part in (isolate(moment(one.at)), apart(one.by)) if part)
    why = label(apart(one.why), wraps=True) if one.why else None
    state = None if one.is_current or one.changes else label(_("taken back"), "pill", tone="warn")
    return card(row(label(about, "small"), 1, state), why, _grid(one.changes), gap=8)


def _grid(changes: tuple[Changed, ...]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(6)
    for at, one in enumerate(changes):
        parts = (label(one.label, "muted", wraps=True), _before(one.before), label(apart(one.after), wraps=True))
        for place, part in zip((0, 1, 3), parts, strict=True):
            part.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop)
            grid.addWidget(part, at, place)
        grid.addWidget(image("arrow-right", "muted", 14), at, 2)
        grid.addWidget(image("lock", "muted", 14) if one.is_sealed else QLabel(), at, 4)
    for place in (0, 1, 3):
        grid.setColumnStretch(place, 1)
    return grid


def _before(text: str) -> QLabel:
    made = label(apart(text), "muted", wraps=True)
    font = made.font()
    font.setStrikeOut(True)
    made.setFont(font)
    made.setAccessibleName(_("before: %(answer)s") % {"answer": text})
    return made
