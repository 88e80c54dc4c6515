"""The list of cases, and beside it one case or one form."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QSplitter, QStackedWidget, QWidget

from referral_desk.gui.case_list import CaseList
from referral_desk.gui.case_page import CaseView
from referral_desk.gui.desk import Door
from referral_desk.gui.errands import Place, Unfinished, former_steps, remember_open
from referral_desk.gui.form import StepForm
from referral_desk.gui.pieces import button, column, image, label, row, scrolled
from referral_desk.gui.timeline import Entry
from referral_desk.pages import TakenStep
from referral_desk.words import _


class CasesPage(QWidget):
    """One thing at a time beside the list: nothing, a case, or a form."""

    wants_letter = Signal(object)

    def __init__(self, door: Door) -> None:
        super().__init__()
        self.door = door
        self.list = CaseList(door)
        self.room = QStackedWidget()
        self.room.addWidget(nothing_chosen())
        self.case: CaseView | None = None
        self.form: StepForm | None = None
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(1)
        self.split.addWidget(self.list)
        self.split.addWidget(self.room)
        self.split.setStretchFactor(1, 1)
        self.split.setSizes([310, 1000])
        self.setLayout(column(self.split))
        self.list.chosen.connect(self.choose_case)
        self.list.wants_new.connect(self.new_case)
        self.list.wants_form.connect(self.go_on_with)

    def choose_case(self, case_id: UUID) -> None:
        """Show a case, unless it is in sight already."""
        if self.case is None or self.case.case_id != case_id or self.room.currentWidget() is not self.case:
            self.show_case(case_id)

    def show_case(self, case_id: UUID) -> None:
        self.put_form_away()
        self.case = CaseView(self.door, case_id)
        self.case.wants_step.connect(lambda kind: self.show_form(Place(kind, case_id)))
        self.case.wants_correction.connect(lambda step: self.show_form(Place(step.kind, case_id, step.id)))
        self.case.wants_former.connect(self.show_former)
        self.case.wants_letter.connect(self.wants_letter)
        self._show(self.case)

    def new_case(self) -> None:
        self.show_form(Place("first_contact", None))

    def go_on_with(self, form: Unfinished) -> None:
        if form.place.case_id:
            self.list.select(form.place.case_id)
        self.show_form(form.place)

    def show_form(self, place: Place) -> None:
        self.put_form_away()
        self.form = StepForm(self.door, place)
        self.form.saved.connect(self._after_form)
        self.form.left.connect(lambda: self._after_form(place.case_id))
        self._show(self.form)

    def put_form_away(self) -> None:
        """Keep what was typed so far, and let the list say so."""
        if self.form is not None:
            self.form.keep_draft()
            self.form.blockSignals(True)  # it may still be saving, and must not bring anybody back here
            self.form = None
            self.list.look_for_unfinished()

    def put_form_aside(self) -> None:
        """Keep what was typed so far, to be shown again when these windows are made anew."""
        if self.form is not None:
            place = self.form.place
            self.put_form_away()
            self.door.ask(partial(remember_open, place=place), lambda _nothing: None, unsealed=True)

    def show_former(self, step: TakenStep) -> None:
        self.door.ask(lambda work: former_steps(work, step.kind, step.id), self._show_former, unsealed=True)

    def _after_form(self, case_id: UUID | None) -> None:
        self.form = None
        if case_id is None:
            self._show(nothing_chosen())
        else:
            self.show_case(case_id)
            self.case.setFocus()
            self.list.select(case_id)
        self.list.refresh()

    def _show(self, page: QWidget) -> None:
        before = self.room.currentWidget()
        self.room.addWidget(page)
        self.room.setCurrentWidget(page)
        if before is not None:
            self.room.removeWidget(before)
            before.deleteLater()

    def _show_former(self, steps: list[TakenStep]) -> None:
        FormerDialog(steps, self.window()).open()


class FormerDialog(QDialog):
    """What a step said before it was corrected."""

    def __init__(self, steps: list[TakenStep], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Referral Desk")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        entries = [Entry(step) for step in steps]
        for entry in entries:
            entry.open()
        close = button(_("Close"), self.accept, look="primary")
        title = label(_("What it said before"), "heading")
        self.setLayout(column(title, scrolled(column(*entries, 1)), row(1, close), gap=12, margin=16))
        self.resize(560, 420)


def nothing_chosen() -> QWidget:
    """The page while no case is chosen: one sentence."""
    made = QWidget()
    made.setObjectName("page")
    sign = row(1, image("folder-open", "edge", 48), 1)
    said = label(_("Choose a case on the list, or begin a new one."), "muted", wraps=True)
    said.setAlignment(Qt.AlignmentFlag.AlignCenter)
    made.setLayout(column(2, sign, said, 3, gap=12, margin=24))
    return made
