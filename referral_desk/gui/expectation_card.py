"""What is expected now in a case, until when, what the person is entitled to; and everything that is due in it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from referral_desk.gui.errands import CaseShown, place_of
from referral_desk.gui.layouts import Flow
from referral_desk.gui.pieces import Content, at_top, button, column, image, label, plain_widget, row
from referral_desk.pages import Hindrance
from referral_desk.today import WITHDRAWN, DueLine
from referral_desk.words import _

SHOWN = 6
ICONS = {"danger": "circle-alert", "warn": "clock", "good": "circle-check", "plain": "calendar-clock"}


class ExpectationCard(QFrame):
    """One sentence first; below it a button for each thing due, and what the rules remark."""

    wants_form = Signal(object)

    def __init__(self, shown: CaseShown) -> None:
        super().__init__()
        expected = shown.expectation
        self.setProperty("look", "card")
        self.setAccessibleName(" ".join([expected.now, *expected.entitled, expected.doubt]))
        self.now = label(expected.now, "heading", wraps=True)
        entitled = [label(f"•  {sentence}", wraps=True) for sentence in expected.entitled]
        doubt = label(expected.doubt, "small", wraps=True) if expected.doubt else None
        first = sorted(shown.due, key=lambda line: line.key not in WITHDRAWN)
        due = [self._due(line) for line in first[:SHOWN]]
        remarks = [_remark(one) for one in shown.page.remarks]
        texts: list[Content] = [
            self.now,
            Flow(due) if due else None,
            label(_("She or he is entitled to:"), "small"),
            *entitled,
            doubt,
            _suggestion(shown.page.suggestion) if shown.page.suggestion else None,
            *remarks,
        ]
        sign = at_top(image(ICONS[expected.tone], expected.tone, 22))
        made = row(sign, column(*texts, gap=5), gap=12, margin=(16, 14, 16, 14))
        made.setStretch(1, 1)
        self.setLayout(made)

    def _due(self, line: DueLine) -> QWidget:
        """What is due, as a way to its form; a mark where no form answers it."""
        text = f"{line.label} · {line.left}"
        place = place_of(line)
        if place is None:
            return label(text, "pill", tone=line.when.tone)
        says = f"{line.label}, {line.left}, {line.until}"
        made = button(text, partial(self.wants_form.emit, place), look="due", says=says)
        made.setProperty("tone", line.when.tone)
        made.setToolTip(line.until)
        return made


def _suggestion(said: str) -> QWidget:
    """What the indicators suggest; it stands with the remarks, because nothing follows from it by itself."""
    made = row(at_top(image("info", "muted", 14)), label(said, "small", wraps=True), gap=8)
    made.setStretch(1, 1)
    return plain_widget(made)


def _remark(one: Hindrance) -> QWidget:
    """A rule that does not hold in the case as it stands."""
    sign = image("triangle-alert" if one.needs_reason else "info", "warn" if one.needs_reason else "muted", 14)
    said = row(at_top(sign), label(f"{one.sentence} ({one.source})", "small", wraps=True), gap=8)
    said.setStretch(1, 1)
    made = QWidget()
    made.setLayout(said)
    made.setAccessibleName(f"{one.sentence} ({one.source})")
    return made
