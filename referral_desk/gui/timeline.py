"""What happened in a case, newest first; narrowed by track and word; each step opens to what was recorded."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from referral_desk import words
from referral_desk.gui import icons
from referral_desk.gui.finding import has_all
from referral_desk.gui.layouts import Flow, Ruled
from referral_desk.gui.painted_button import PaintedButton, Piece
from referral_desk.gui.pieces import (
    SteadyBox,
    button,
    column,
    directed,
    emptied,
    image,
    label,
    plain_widget,
    row,
)
from referral_desk.gui.secret_field import private_line
from referral_desk.pages import TrackPage
from referral_desk.step_lines import Line, TakenStep
from referral_desk.words import _, ngettext

SHOWN = 12
"""Steps at a time: a case of many years must open as fast as a new one."""
FEW = 4
"""So few steps need no search."""
TYPING_PAUSE = 150


class Timeline(QFrame):
    """All steps of a case, of every track."""

    wants_correction = Signal(object)
    wants_former = Signal(object)

    def __init__(self, steps: tuple[TakenStep, ...], tracks: tuple[TrackPage, ...] = ()) -> None:
        super().__init__()
        self.setProperty("look", "card")
        self.steps = steps
        self.most = SHOWN
        self.entries: dict[UUID, Entry] = {}
        self.track = _track_box(tracks)
        self.search = _search_line()
        self.found = label("", "small")
        self.body = QVBoxLayout()
        self.body.setSpacing(6)
        self.typing = QTimer(self, singleShot=True, interval=TYPING_PAUSE)
        head = row(label(_("What happened"), "heading"), Flow([self.found, self.track, self.search], at_end=True))
        head.setStretch(1, 1)
        self.setLayout(column(head, self.body, gap=10, margin=16))
        for part in (self.track, self.search):
            part.setVisible(len(steps) > FEW)
        self.typing.timeout.connect(self.fill)
        self.search.textChanged.connect(lambda _text: self.typing.start())
        self.track.currentIndexChanged.connect(lambda _at: self.fill())
        self.fill()

    def fill(self) -> None:
        """Show what fits, as far as it is asked for."""
        self.typing.stop()
        emptied(self.body)
        fitting = [step for step in self.steps if self._fits(step)]
        self.entries = {step.id: self._entry(step) for step in fitting[: self.most]}
        self.body.addWidget(Ruled(list(self.entries.values())))
        if len(fitting) > self.most:
            self.body.addWidget(self._rest(len(fitting) - self.most))
        narrowed = len(fitting) != len(self.steps)
        told = _("%(found)d of %(count)d steps") % {"found": len(fitting), "count": len(self.steps)}
        self.found.setText(directed(told) if narrowed else "")

    @property
    def narrowed(self) -> tuple[str, str, int]:
        """Track, words looked for and how many steps at most: what must survive when the page is made anew."""
        return self.track.currentData() or "", self.search.text(), self.most

    def narrow(self, track: str, text: str, most: int) -> None:
        if (track, text, most) != self.narrowed:
            self.most = most
            self.show_track(track, text)

    def show_track(self, code: str, text: str = "") -> None:
        """Narrow to one track, and to steps that hold these words."""
        self.search.setText(text)
        self.track.setCurrentIndex(max(0, self.track.findData(code)))
        self.fill()

    def show_step(self, step_id: UUID) -> Entry:
        """Let a step be in sight whatever was looked for before."""
        if step_id not in self.entries:
            self.most = len(self.steps)
            self.show_track("")
        return self.entries[step_id]

    def _fits(self, step: TakenStep) -> bool:
        if self.track.currentData() not in (None, "", step.track):
            return False
        said = [part for told in step.lines for part in (told.label, told.text)]
        return has_all(self.search.text(), step.label, words.day(step.day), *said)

    def _entry(self, step: TakenStep) -> Entry:
        made = Entry(step)
        made.wants_correction.connect(self.wants_correction)
        made.wants_former.connect(self.wants_former)
        return made

    def _rest(self, count: int) -> QWidget:
        text = ngettext("Show %(count)d earlier step", "Show %(count)d earlier steps", count) % {"count": count}
        return button(text, self._show_all, icon="history", look="quiet")

    def _show_all(self) -> None:
        at = self.most
        self.most = len(self.steps)
        self.fill()
        list(self.entries.values())[at].toggle.setFocus()


class Entry(QWidget):
    """One step: its day, its kind, and on request every answer."""

    wants_correction = Signal(object)
    wants_former = Signal(object)

    def __init__(self, step: TakenStep) -> None:
        super().__init__()
        self.step = step
        says = f"{words.day(step.day)}: {step.label}" + (f", {_('corrected')}" if step.revision > 1 else "")
        self.toggle = PaintedButton(self.turn, "taken", says, *self._head(), margin=(8, 4, 8, 4))
        self.answers: QWidget | None = None
        self.setLayout(column(self.toggle, gap=4))

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
        self.toggle.replace(-1, _arrow(wide=wide))

    def _head(self) -> list[Piece]:
        sign = Piece(picture=icons.dot(f"track_{self.step.track}"))
        day, name = Piece(words.day(self.step.day), colour="muted"), Piece(self.step.label, bold=True, stretches=True)
        revised = [Piece(_("corrected"), colour="plain", ground="plain_soft", small=True)]
        return [sign, day, name, *(revised if self.step.revision > 1 else []), _arrow(wide=False)]

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


def _track_box(tracks: tuple[TrackPage, ...]) -> SteadyBox:
    made = SteadyBox(shortest=16)
    made.setAccessibleName(_("Which track"))
    made.addItem(_("All tracks"), "")
    for track in tracks:
        if track.taken:
            made.addItem(track.label, track.code)
    return made


def _search_line() -> QWidget:
    made = private_line(_("Search what happened"))
    made.setPlaceholderText(_("Search"))
    made.setClearButtonEnabled(True)
    made.setFixedWidth(made.fontMetrics().averageCharWidth() * 24)
    return made


def _put(grid: QGridLayout, at: int, told: Line) -> None:
    asked = label(told.label, "muted", wraps=True)
    said = label(told.text, wraps=True)
    asked.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop)
    said.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
    grid.addWidget(asked, at, 0)
    grid.addLayout(row(said, image("lock", "muted", 14) if told.is_sealed else None), at, 1)


def _arrow(*, wide: bool) -> Piece:
    return Piece(picture=icons.picture("chevron-up" if wide else "chevron-down", "muted", 16, 2.0))
