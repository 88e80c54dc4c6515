"""The page of a case: who (hidden until asked for), the tracks side by side, what happened, what was referred."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QApplication, QFrame, QLayout, QScrollArea, QVBoxLayout, QWidget

from referral_desk import words
from referral_desk.errors import NothingToPrint
from referral_desk.gui.beside_card import BesideCard
from referral_desk.gui.desk import Door
from referral_desk.gui.errands import CaseShown, Place, case_shown
from referral_desk.gui.expectation_card import ExpectationCard
from referral_desk.gui.layouts import CardGrid, Flow
from referral_desk.gui.pieces import (
    apart,
    button,
    card,
    column,
    emptied,
    filled,
    frame,
    label,
    line,
    plain_widget,
    row,
    scrolled,
)
from referral_desk.gui.record_dialog import RecordDialog
from referral_desk.gui.rights_card import RightsCard
from referral_desk.gui.tasks_card import TasksCard
from referral_desk.gui.timeline import Timeline
from referral_desk.gui.track_card import TrackCard
from referral_desk.gui.whereabouts import go_down_to, height_of
from referral_desk.nrm.referral_news import ReferralAnswer
from referral_desk.pages import CasePage, ReferralRow
from referral_desk.words import _

AROUND = (20, 16, 20, 24)


class CaseView(QWidget):
    """Shows one case as it stands today. Names and notes stay sealed until somebody asks to see them."""

    wants_step = Signal(str)
    wants_form = Signal(object)
    wants_correction = Signal(object)
    wants_former = Signal(object)
    wants_letter = Signal(object)
    wants_right = Signal(str)
    wants_answer = Signal()
    wants_taken_back = Signal()
    wants_case = Signal(object)

    def __init__(self, door: Door, case_id: UUID, height: int = 0) -> None:
        super().__init__()
        self.door = door
        self.case_id = case_id
        self.height_before = height
        self.is_open = False
        self.page: CasePage | None = None
        self.timeline: Timeline | None = None
        self.tracks: list[TrackCard] = []
        self.body = QVBoxLayout()
        self.area: QScrollArea | None = None
        self.beside: BesideCard | None = None
        self.name_button: QWidget | None = None
        self.setLayout(filled_with(self.body))
        door.changed.connect(self._changed)
        self.refresh()

    def refresh(self) -> None:
        wanted = partial(case_shown, case_id=self.case_id)
        self.door.ask(wanted, self._show, unsealed=self.is_open)

    def turn_name(self) -> None:
        """Show what is sealed, or hide it again; the journal notes the reading."""
        self.is_open = not self.is_open
        self.refresh()

    def preview_first_form(self) -> None:
        if self.page and self.page.referrals:
            self.wants_letter.emit(self.page.referrals[0].id)
        else:
            self.door.refused.emit(str(NothingToPrint()))

    def record(self, track: str = "") -> None:
        """Ask what is to be recorded, in any track or in one."""
        if self.page is not None:
            dialog = RecordDialog(self.page.tracks, self.window(), track=track)
            dialog.chosen.connect(self.wants_step)
            dialog.finished.connect(self.window().activateWindow)  # not every system does that by itself
            dialog.open()

    def paintEvent(self, event) -> None:
        super().paintEvent(event)
        if self.beside is not None:
            QTimer.singleShot(0, self.beside, self.beside.look)

    def _changed(self, case_id: object) -> None:
        if case_id == self.case_id:
            self.refresh()

    def _show(self, shown: CaseShown) -> None:
        page = shown.page
        height = height_of(self.area) if self.area else self.height_before
        held = QApplication.focusWidget()
        is_inside = held is not None and (held is self or self.isAncestorOf(held))
        is_at_name = held is not None and held is self.name_button
        narrowed = self.timeline.narrowed if self.timeline else None
        self.page = page
        emptied(self.body)
        self.body.addWidget(self._head(page))
        content = column()
        self.area = scrolled(content)
        self.body.addWidget(self.area, 1)
        self._fill(content, shown)
        if narrowed:
            self.timeline.narrow(*narrowed)
        go_down_to(self.area.verticalScrollBar(), height)
        if is_inside:  # whoever uses the keyboard stays here, though every part is new
            (self.name_button if is_at_name and self.name_button else self).setFocus()

    def _head(self, page: CasePage) -> QFrame:
        code = label(words.isolate(page.code), "title")
        marks = Flow([label(mark.text, "pill", tone=mark.tone) for mark in page.marks])
        left = column(code, self._name(page), label(page.summary, "muted", wraps=True), marks, gap=4)
        preview = button(_("Preview form"), self.preview_first_form, icon="printer") if page.referrals else None
        if preview:
            preview.setToolTip("Ctrl+P")
        self.name_button = self._name_button()
        self.record_button = button(_("Record…"), self.record, icon="plus", look="primary")
        self.record_button.setToolTip("Ctrl+R")
        buttons = Flow([one for one in (self.name_button, preview, self.record_button) if one], gap=8, at_end=True)
        made = row(left, buttons, gap=16, margin=(24, 16, 24, 14))
        for side in (0, 1):
            made.setStretch(side, 1)
        return frame("bar", made)

    def _name(self, page: CasePage) -> QWidget | None:
        return label(apart(page.name) or _("no name recorded"), "page", wraps=True) if self.is_open else None

    def _name_button(self) -> QWidget | None:
        if not self.door.facts.entitled:
            return None
        text = _("Hide name") if self.is_open else _("Show name")
        made = button(text, self.turn_name, icon="eye-off" if self.is_open else "eye")
        made.setToolTip(_("Names and notes are sealed; the journal notes that you looked."))
        return made

    def _fill(self, content: QLayout, shown: CaseShown) -> None:
        """Put everything below the head where it belongs; a part is dressed anew each time that it is moved."""
        page = shown.page
        expected = ExpectationCard(shown)
        expected.wants_form.connect(self.wants_form)
        self.tracks = [TrackCard(track) for track in page.tracks]
        for one in self.tracks:
            one.wants_step.connect(self.wants_step)
            one.wants_taken.connect(self._show_taken)
            one.wants_record.connect(self.record)
            one.wants_earlier.connect(self._show_earlier)
        self.timeline = Timeline(page.timeline, page.tracks)
        self.timeline.wants_correction.connect(self.wants_correction)
        self.timeline.wants_former.connect(self.wants_former)
        rights = RightsCard(self.door, page)
        rights.wants.connect(self.wants_right)
        below = [self.timeline, *([self._referrals(page)] if page.referrals else []), rights]
        side, _above, other_side, _below = AROUND
        grid = CardGrid(self.tracks, narrowest=27, expected=self.width() - side - other_side)
        tasks = TasksCard(self.door, page)
        tasks.wants_form.connect(self.wants_form)
        self.beside = BesideCard(self.door, self.case_id, named=self.is_open)
        self.beside.wants_case.connect(self.wants_case)
        self.beside.wants_taken_back.connect(self.wants_taken_back)
        filled(content, (expected, self.beside, tasks, grid, *below, 1), 12, AROUND)

    def _referrals(self, page: CasePage) -> QFrame:
        rows = [part for one in page.referrals for part in (line(), self._referral(one))]
        answer = button(_("Record an answer…"), self.wants_answer.emit, icon="check")
        answer.setToolTip("Ctrl+E")
        head = row(label(_("Referrals"), "heading"), 1, answer)
        return card(plain_widget(head), *rows, gap=10)

    def _referral(self, one: ReferralRow) -> QWidget:
        until = _("prepared %(day)s, answer asked for by %(until)s")
        days = {"day": words.isolate(words.day(one.day)), "until": words.isolate(words.day(one.reply_by))}
        about = row(
            label(words.isolate(one.reference), "pill", tone="accent"), label(until % days, "small", wraps=True)
        )
        about.setStretch(1, 1)
        texts = column(label(one.recipient, "label", wraps=True), about, gap=4)
        about.insertWidget(0, label(one.state, "pill", tone="danger" if one.is_to_be_stopped else "plain"))
        says = _("Preview the form for %(recipient)s") % {"recipient": one.recipient}
        preview = button(_("Preview form"), partial(self.wants_letter.emit, one.id), icon="printer", says=says)
        made = row(texts, self._stop(one) if one.is_to_be_stopped else None, preview)
        made.setStretch(0, 1)
        return plain_widget(made)

    def _stop(self, one: ReferralRow) -> QWidget:
        """The person has withdrawn consent: one act stops it."""
        says = _("Consent withdrawn: stop the referral to %(recipient)s") % {"recipient": one.recipient}
        place = Place(ReferralAnswer.kind, self.case_id, about=one.id)
        return button(
            _("Stop it…"),
            partial(self.wants_form.emit, place),
            icon="circle-alert",
            look="danger",
            says=says,
            tone="accent_ink",
        )

    def _show_taken(self, step_id: UUID) -> None:
        """Bring the step into sight, with what was recorded."""
        entry = self.timeline.show_step(step_id)
        entry.open()
        QTimer.singleShot(0, entry, lambda: self.area.ensureWidgetVisible(entry, 0, 80))

    def _show_earlier(self, track: str) -> None:
        """Bring all steps of one track into sight."""
        box = self.timeline.track
        self.timeline.show_track(track)
        box.setFocus()
        QTimer.singleShot(0, box, lambda: self.area.ensureWidgetVisible(box, 0, 200))


def filled_with(body: QVBoxLayout) -> QVBoxLayout:
    body.setContentsMargins(0, 0, 0, 0)
    body.setSpacing(0)
    return body
