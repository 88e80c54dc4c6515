"""The list of cases, and beside it one case or one form."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from referral_desk.gui.case_list import CaseList
from referral_desk.gui.case_page import CaseView
from referral_desk.gui.changes_dialog import ChangesDialog
from referral_desk.gui.desk import Door
from referral_desk.gui.errands import Place, StepHistory, Unfinished, step_history, taken_back
from referral_desk.gui.form import StepForm
from referral_desk.gui.pieces import column, image, label, row
from referral_desk.gui.whereabouts import Spot, Whereabouts, height_of, remember
from referral_desk.step_lines import TakenStep
from referral_desk.words import _


class CasesPage(QWidget):
    """One thing at a time beside the list: nothing, a case, or a form."""

    wants_letter = Signal(object)
    wants_right = Signal(str, object)
    wants_answer = Signal()
    wants_turning = Signal(object)

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

    @property
    def help_name(self) -> str:
        """What is in sight, for the help."""
        if self.form is not None:
            return "form"
        return "case" if self.case is not None and self.room.currentWidget() is self.case else "cases"

    def choose_case(self, case_id: UUID) -> None:
        """Show a case, unless it is in sight already."""
        if self.case is None or self.case.case_id != case_id or self.room.currentWidget() is not self.case:
            self.show_case(case_id)

    def show_case(self, case_id: UUID, height: int = 0) -> None:
        self.put_form_away()
        self.case = CaseView(self.door, case_id, height)
        self.case.wants_step.connect(lambda kind: self.show_form(Place(kind, case_id)))
        self.case.wants_form.connect(self.show_form)
        self.case.wants_correction.connect(lambda step: self.show_form(Place(step.kind, case_id, step.id)))
        self.case.wants_former.connect(self.show_former)
        self.case.wants_case.connect(self._jump)
        self.case.wants_taken_back.connect(lambda: self.show_taken_back(case_id))
        self.case.wants_letter.connect(self.wants_letter)
        self.case.wants_answer.connect(self.wants_answer)
        self.case.wants_right.connect(lambda right: self.wants_right.emit(right, case_id))
        self._show(self.case)

    def new_case(self) -> None:
        self.show_form(Place("first_contact", None))

    def go_on_with(self, form: Unfinished) -> None:
        if form.place.case_id:
            self.list.select(form.place.case_id)
        self.show_form(form.place)

    def show_form(self, place: Place, spot: Spot | None = None) -> None:
        self.put_form_away()
        self.form = StepForm(self.door, place, spot)
        self.form.saved.connect(self._after_form)
        self.form.wants_turning.connect(self.wants_turning)
        self.form.left.connect(lambda: self._after_form(place.case_id))
        self._show(self.form)

    def keep_draft(self) -> None:
        """Keep what was typed so far; the form stays."""
        if self.form is not None:
            self.form.keep_draft()

    def put_form_away(self) -> None:
        """Keep what was typed so far, and let the list say so."""
        if self.form is not None:
            self.form.keep_draft()
            self.form.blockSignals(True)  # it may still be saving, and must not bring anybody back here
            self.form = None
            self.list.look_for_unfinished()

    def put_aside(self, page: str) -> None:
        """Keep what was typed so far and where somebody is, for when these windows are made anew."""
        where = self._where(page)
        self.put_form_away()
        if self.door.facts.entitled:
            self.door.keep(partial(remember, where=where))

    def go_back_to(self, where: Whereabouts) -> None:
        """Let everything be as it was before these windows were made anew; but a name stays hidden."""
        self.list.search.setText(where.search)
        if where.case_id:
            self.list.select(where.case_id)
        if where.form:
            self.show_form(where.form, where.spot)
        elif where.case_id:
            self.show_case(where.case_id, where.case_height)

    def _where(self, page: str) -> Whereabouts:
        shown = self.room.currentWidget()
        if isinstance(shown, StepForm):
            place = self.form.place if self.form else None
            return Whereabouts(page, self.list.search.text(), shown.place.case_id, form=place, spot=shown.where())
        case_id, height = (shown.case_id, height_of(shown.area)) if isinstance(shown, CaseView) else (None, 0)
        return Whereabouts(page, self.list.search.text(), case_id, height)

    def forget(self, case_id: UUID) -> None:
        """Nothing of a case that is gone stays in sight, or waits to be kept; nor does a name in the search line."""
        if self.form is not None and self.form.place.case_id == case_id:
            self.form.give_up()
            self.form = None
            self._show(nothing_chosen())
        elif self.case is not None and self.case.case_id == case_id:
            self._show(nothing_chosen())
        self.list.forget(case_id)

    def show_former(self, step: TakenStep) -> None:
        wanted = partial(step_history, kind=step.kind, step_id=step.id)
        self.door.ask(wanted, lambda told: self._show_changes([told]), unsealed=True)

    def _jump(self, case_id: UUID) -> None:
        self.show_case(case_id)
        self.list.select(case_id)

    def show_taken_back(self, case_id: UUID) -> None:
        """The steps of a case that were taken back."""
        self.door.ask(partial(taken_back, case_id=case_id), self._show_changes, unsealed=True)

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
        self.case = page if isinstance(page, CaseView) else None
        self.room.addWidget(page)
        self.room.setCurrentWidget(page)
        if before is not None:
            self.room.removeWidget(before)
            before.deleteLater()

    def _show_changes(self, told: list[StepHistory]) -> None:
        ChangesDialog(_("What changed"), told, self.window()).open()


def nothing_chosen() -> QWidget:
    """The page while no case is chosen: one sentence."""
    made = QWidget()
    made.setObjectName("page")
    sign = row(1, image("folder-open", "edge", 48), 1)
    said = label(_("Choose a case on the list, or begin a new one."), "muted", wraps=True)
    said.setAlignment(Qt.AlignmentFlag.AlignCenter)
    made.setLayout(column(2, sign, said, 3, gap=12, margin=24))
    return made
