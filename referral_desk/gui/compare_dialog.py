"""Two cases side by side: whether they are of one person somebody decides, and nobody else."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QGridLayout, QWidget

from referral_desk.gui.pieces import apart, button, column, label, notice, row, scrolled
from referral_desk.one_person import Side
from referral_desk.words import _, isolate


class CompareDialog(QDialog):
    """What is recorded of both persons, question by question; what differs stands out."""

    wants_merge = Signal()
    wants_apart = Signal()
    wants_case = Signal()

    def __init__(self, sides: tuple[Side, Side], reasons: tuple[str, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Referral Desk")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        codes = {"here": isolate(sides[0].row.code), "there": isolate(sides[1].row.code)}
        why = label(_("Why they are shown: %(reasons)s") % {"reasons": ", ".join(reasons)}, "muted", wraps=True)
        warning = _(
            "Merging puts everything of %(there)s into %(here)s. It can be taken apart again. "
            "In doubt, do not merge: ask."
        )
        self.setLayout(
            column(
                label(_("One person or two?"), "heading"),
                why,
                scrolled(column(_grid(sides), 1)),
                notice(warning % codes, "warn", icon="info"),
                self._buttons(codes),
                gap=12,
                margin=20,
            )
        )
        self.resize(760, 560)

    def _buttons(self, codes: dict[str, str]):
        close = button(_("Decide later"), self.reject)
        go = button(_("Go to %(there)s") % codes, lambda: self._choose(self.wants_case), look="quiet")
        apart_ = button(_("Two persons"), lambda: self._choose(self.wants_apart), icon="users")
        merge = button(_("One person: merge"), lambda: self._choose(self.wants_merge), icon="copy")
        close.setDefault(True)
        return row(go, 1, close, apart_, merge, gap=8)

    def _choose(self, signal) -> None:
        self.accept()
        signal.emit()


def _grid(sides: tuple[Side, Side]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(8)
    for at, side in enumerate(sides, 1):
        grid.addWidget(column_head(side), 0, at)
        grid.setColumnStretch(at, 3)
    grid.setColumnStretch(0, 2)
    told = [{line.name: line for line in side.lines} for side in sides]
    for at, name in enumerate(dict.fromkeys(name for lines in told for name in lines), 1):
        here, there = (lines.get(name) for lines in told)
        look = "" if here and there and here.text == there.text else "label"
        grid.addWidget(label((here or there).label, "muted", wraps=True), at, 0)
        for place, one in enumerate((here, there), 1):
            grid.addWidget(label(apart(one.text) if one else "–", look, wraps=True), at, place)
    return grid


def column_head(side: Side) -> QWidget:
    made = label(isolate(side.row.code), "label")
    made.setToolTip(side.row.summary)
    return made
