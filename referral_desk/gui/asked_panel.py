"""Above a form that asks what happened: what was asked before, so that nobody has to tell it twice."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from referral_desk.asked_once import ASKING, Asked, asked_before, not_again
from referral_desk.gui.desk import Door
from referral_desk.gui.errands import Place
from referral_desk.gui.pieces import column, frame, image, label, row
from referral_desk.words import _


class AskedPanel(QWidget):
    """Takes no room where nothing was asked yet, or where a step is only corrected."""

    def __init__(self, door: Door, place: Place) -> None:
        super().__init__()
        self.shown = QVBoxLayout()
        self.shown.setContentsMargins(0, 0, 0, 0)
        self.setLayout(self.shown)
        self.hide()
        if place.kind in ASKING and place.case_id is not None and place.step_id is None:
            door.ask(partial(asked_before, case_id=place.case_id), self._show)

    def _show(self, asked: tuple[Asked, ...]) -> None:
        if asked:
            topics = label(
                _("Do not ask again: %(topics)s") % {"topics": ", ".join(not_again(asked))}, "label", wraps=True
            )
            talks = [label(one.sentence, wraps=True) for one in asked]
            made = row(
                image("message-square", "accent_text"), column(topics, *talks, gap=6), gap=10, margin=(12, 9, 12, 9)
            )
            made.setStretch(1, 1)
            self.shown.addWidget(frame("notice", made, tone="accent"))
            self.show()
