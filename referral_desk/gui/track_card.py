"""One track of a case: where it stands, what was done, what can be done next and what stands in the way."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QLayout, QPushButton, QSizePolicy, QWidget

from referral_desk import words
from referral_desk.gui import icons
from referral_desk.gui.painted_button import PaintedButton, Piece
from referral_desk.gui.pieces import (
    Content,
    button,
    column,
    label,
    plain_widget,
    say_why_not,
)
from referral_desk.pages import Hindrance, OpenStepRow, TrackPage
from referral_desk.step_lines import TakenStep
from referral_desk.words import _, ngettext

TAKEN_SHOWN = 3
BARRED_SHOWN, FREE_SHOWN = 2, 2


class TrackCard(QFrame):
    """A track stands on its own: nothing in it waits for another card."""

    wants_step = Signal(str)
    wants_taken = Signal(object)
    wants_record = Signal(str)
    wants_earlier = Signal(str)

    def __init__(self, track: TrackPage) -> None:
        super().__init__()
        self.code = track.code
        self.setProperty("look", "card")
        self.setAccessibleName(f"{track.label}: {track.standing}")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        taken = [_taken_button(step, track.code, self.wants_taken.emit) for step in track.taken[:TAKEN_SHOWN]]
        earlier = len(track.taken) - TAKEN_SHOWN
        more = [_more(earlier, track, self.wants_earlier.emit)] if earlier > 0 else []
        shown = at_hand(track)
        steps = [open_step(step, self.wants_step.emit) for step in shown]
        others = len(track.open) - len(shown)
        record = [_record(others, track, self.wants_record.emit)] if others else []
        parts: list[Content] = [_heading(track), *taken, *more, 1, *steps, *record]
        self.setLayout(column(*parts, gap=6, margin=(14, 14, 14, 14)))


def at_hand(track: TrackPage) -> list[OpenStepRow]:
    """The steps for which a track has buttons of their own: what was never taken yet, and what is barred.

    One more than fits is shown, too: a button to reach a single step would take as much room as that step.
    """
    done = {step.kind for step in track.taken}
    free = [step for step in track.open if not step.unmet]
    new = sorted(free, key=lambda step: step.kind in done)[:FREE_SHOWN]
    barred = [step for step in track.open if step.unmet][:BARRED_SHOWN]
    shown = [step for step in track.open if step in new or step in barred]
    return list(track.open) if len(track.open) - len(shown) == 1 else shown


def open_step(step: OpenStepRow, take: Callable[[str], None]) -> QWidget:
    """The way to the form of a step, or a barred one: most steps are one widget each."""
    return BarredStep(step, take) if step.unmet else StepButton(step, partial(take, step.kind))


class StepButton(PaintedButton):
    """A kind of step that can be taken; greyed where something stands in its way."""

    def __init__(self, step: OpenStepRow, press: Callable[[], object]) -> None:
        self.kind = step.kind
        barred = bool(step.unmet)
        lacking = _("%(step)s, not possible yet") if step.is_barred else _("%(step)s, consent is missing")
        says = lacking % {"step": step.label} if barred else step.label
        name = Piece(step.label, colour="muted" if barred else "ink", stretches=True)
        sign = Piece(picture=icons.picture("lock" if barred else "plus", "muted" if barred else "accent_text", 16, 2.0))
        super().__init__(press, "step", says, sign, name, margin=(8, 4, 8, 4))
        self.setProperty("barred", barred)
        if step.is_barred:
            self.setCursor(Qt.CursorShape.ArrowCursor)
        if barred:
            say_why_not(self, "\n".join(hindrance_text(unmet) for unmet in step.unmet))


class BarredStep(QWidget):
    """A step with what stands in its way said beneath it.

    It keeps its place in the Tab order: whoever asks why not must be able to get there. Where the law lets two persons
    do without consent, the way to the form is open: what holds it up is said here, and there again.
    """

    def __init__(self, step: OpenStepRow, take: Callable[[str], None]) -> None:
        super().__init__()
        self.kind = step.kind
        self.unmet = step.unmet
        self.button = StepButton(step, self._press)
        self._take = take
        self._leads_on = not step.is_barred
        self._others: QWidget | None = None
        self.more = _more_reasons(len(step.unmet) - 1) if len(step.unmet) > 1 else None
        self.setLayout(column(self.button, _reason(step.unmet[0]), self.more, gap=4))

    def _press(self) -> None:
        if not self._leads_on:
            self._expand(self._others is None or self._others.isHidden())
        else:
            self._take(self.kind)

    def _expand(self, wide: bool) -> None:
        """Say all reasons; who never asks for the others has none of them made."""
        if self.more is None:
            return
        if self._others is None:
            self._others = plain_widget(column(*map(_reason, self.unmet[1:]), gap=4))
            self.layout().insertWidget(self.layout().count() - 1, self._others)
        self._others.setVisible(wide)
        self.more.setHidden(wide)


def hindrance_text(unmet: Hindrance) -> str:
    return f"{unmet.sentence} ({unmet.source})"


def _reason(unmet: Hindrance) -> QLayout:
    """The sentence of a safeguard, and under it the law it comes from."""
    sentence, source = label(unmet.sentence, "small", wraps=True), label(unmet.source, "source", wraps=True)
    return column(sentence, source, gap=0, margin=(12, 0, 4, 2))


def _more_reasons(count: int) -> QLabel:
    text = ngettext("… and %(count)d more reason", "… and %(count)d more reasons", count) % {"count": count}
    made = label(text, "small")
    made.setContentsMargins(12, 0, 4, 2)
    return made


def _heading(track: TrackPage) -> QLayout:
    made = QGridLayout()
    made.setContentsMargins(0, 0, 0, 4)
    made.setHorizontalSpacing(10)
    made.setVerticalSpacing(1)
    made.setColumnStretch(1, 1)
    made.setRowStretch(1, 1)
    made.addWidget(track_sign(track.code), 0, 0, 2, 1, Qt.AlignmentFlag.AlignTop)
    made.addWidget(label(track.label, "track", wraps=True), 0, 1)
    made.addWidget(label(track.standing, "small", wraps=True), 1, 1, Qt.AlignmentFlag.AlignTop)
    return made


def track_sign(code: str, size: int = 18) -> QLabel:
    """The picture of a track on its colour."""
    made = QLabel()
    made.setPixmap(
        icons.on_ground(icons.TRACK_ICONS[code], f"track_{code}", f"track_{code}_soft", size, around=7, corner=8)
    )
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return made


def _taken_button(step: TakenStep, track: str, show: Callable[[object], None]) -> PaintedButton:
    """A step that was taken; pressing it shows what was recorded."""
    sign = Piece(picture=icons.picture("check", f"track_{track}", 14, 2.0))
    name, day = Piece(step.label, stretches=True), Piece(words.day(step.day), colour="muted", small=True)
    says = f"{step.label}, {words.day(step.day)}"
    return PaintedButton(partial(show, step.id), "taken", says, sign, name, day, margin=(4, 2, 2, 2))


def _more(count: int, track: TrackPage, show: Callable[[str], None]) -> QPushButton:
    """Leads to the earlier steps of the track, among all that happened."""
    text = ngettext("and %(count)d earlier", "and %(count)d earlier", count) % {"count": count}
    return button(text, partial(show, track.code), look="quiet", says=f"{track.label}: {text}")


def _record(count: int, track: TrackPage, record: Callable[[str], None]) -> QPushButton:
    """Leads to all that can be recorded in this track."""
    text = ngettext("Record… (%(count)d more)", "Record… (%(count)d more)", count) % {"count": count}
    return button(text, partial(record, track.code), icon="plus", look="quiet", says=f"{track.label}: {text}")
