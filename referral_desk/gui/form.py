"""The form of a step, made from its questions. What is typed is kept as a sealed draft until it is saved."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from referral_desk import words
from referral_desk.errors import AnswersMissing, DeskError, ImpossibleDate, SafeguardsUnmet
from referral_desk.gui.desk import Door
from referral_desk.gui.errands import Beginning, Form, begin_form, correct_step, drop_draft, keep_draft, take_step
from referral_desk.gui.pieces import button, card, column, emptied, frame, label, notice, row, scrolled
from referral_desk.gui.question_field import QuestionField
from referral_desk.nrm import answers, pathway
from referral_desk.nrm.answers import Written
from referral_desk.nrm.fields import Question
from referral_desk.pages import hindrances
from referral_desk.words import N_, _, ngettext

TYPING_PAUSE = 800
WIDEST = 820
WHY = Question("why", N_("Why was it corrected?"), required=True, hint=N_("What it said before stays readable."))


class StepForm(QWidget):
    """Asks the questions of one kind of step. `step_id` is given where a step is being corrected."""

    saved = Signal(object)
    left = Signal()

    def __init__(self, door: Door, kind: str, case_id: UUID | None, step_id: UUID | None = None) -> None:
        super().__init__()
        self.door, self.case_id, self.step_id = door, case_id, step_id
        self.kind = pathway.kind_of(kind)
        self.fields = {q.name: QuestionField(q) for q in self._questions()}
        self.sections = _sections(list(self.fields.values()))
        self.above = QVBoxLayout()
        self.case_code = label("", "small")
        self.kept = label("", "small")
        self.pause = QTimer(self, singleShot=True, interval=TYPING_PAUSE)
        self.pause.timeout.connect(self.keep_draft)
        self.is_touched = False
        body = column(self.above, *(section for section, _fields in self.sections), 1, gap=12, margin=(24, 16, 24, 24))
        self.area = scrolled(_narrow(body))
        self.setLayout(column(self._head(), self.area, self._foot(), gap=0))
        self._shortcuts()
        door.ask(partial(begin_form, kind=kind, case_id=case_id, step_id=step_id), self._begin, unsealed=True)

    def written(self) -> Form:
        """The answers to the questions that are asked, as they stand now."""
        given = {
            name: field.written() for name, field in self.fields.items() if not field.isHidden() and name != WHY.name
        }
        return {name: answer for name, answer in given.items() if answer is not None}

    def save(self) -> None:
        """Take the step, or say at the right place what is missing."""
        self.pause.stop()
        self._clear_errors()
        self.save_button.setEnabled(False)
        if self.step_id is None:
            do = partial(take_step, kind=self.kind.kind, case_id=self.case_id, form=self.written())
            self.door.change(do, self.saved.emit, refused=self._refused)
        elif self.fields[WHY.name].written():
            why = str(self.fields[WHY.name].written())
            corrected = partial(correct_step, case_id=self.case_id, step_id=self.step_id, form=self.written(), why=why)
            self.door.change(corrected, self.saved.emit, refused=self._refused)
        else:
            self._refused(AnswersMissing(labels=WHY.label))

    def keep_draft(self) -> None:
        """Seal what was typed so far; a correction is short and is not kept."""
        self.pause.stop()
        if self.is_touched and self.step_id is None and self.door.facts.entitled:
            do = partial(keep_draft, kind=self.kind.kind, case_id=self.case_id, form=self.written())
            self.door.ask(do, self._kept, unsealed=True)

    def leave(self) -> None:
        """Go back; what was typed waits as a draft."""
        if self.pause.isActive():
            self.keep_draft()
        self.left.emit()

    def discard(self) -> None:
        self.pause.stop()
        self.is_touched = False
        do = partial(drop_draft, kind=self.kind.kind, case_id=self.case_id)
        self.door.change(lambda work: do(work) or self.case_id, lambda _case: self.left.emit())

    def _questions(self) -> list[Question]:
        asked = [q for q in self.kind.questions if q.derived is None and q.name != "why_corrected"]
        return asked if self.step_id is None else [WHY, *asked]

    def _begin(self, beginning: Beginning) -> None:
        about = words.isolate(beginning.case_code) if beginning.case_code else _("A new case")
        self.case_code.setText(f"\u200f{about}" if words.is_right_to_left() else about)
        given = beginning.former or beginning.draft or {"day": beginning.today}
        for name, field in self.fields.items():
            field.fill(given.get(name))
            field.edited.connect(self._edited)
        self._ask_what_fits()
        if beginning.draft:
            self._notice(_("This is the draft that was kept."), "accent", icon="history")
        self._first_open().setFocus()

    def _first_open(self) -> QuestionField:
        empty = [field for field in self.fields.values() if not field.isHidden() and field.written() is None]
        return (empty or list(self.fields.values()))[0]

    def _edited(self) -> None:
        self.is_touched = True
        self._ask_what_fits()
        self.kept.setText("")
        self.pause.start()

    def _ask_what_fits(self) -> None:
        """Show the questions that the answers so far make sense of, and hide the others."""
        given = {name: _read(field) for name, field in self.fields.items()}
        for section, fields in self.sections:
            for field in fields:
                field.setVisible(field.question.is_asked(given))
            section.setVisible(any(not field.isHidden() for field in fields))

    def _kept(self, _nothing: object) -> None:
        self.kept.setText(_("Draft kept, sealed"))

    def _refused(self, error: DeskError) -> None:
        """Say what is missing at its question; and what stands in the way above all."""
        self.save_button.setEnabled(True)
        if isinstance(error, SafeguardsUnmet):
            for unmet in hindrances(error.unmet):
                self._notice(f"{unmet.sentence}\n{unmet.source}", "danger", icon="shield-alert")
        else:
            wrong = self._marked(error)
            self._notice(_summary(error, len(wrong)), "danger", icon="circle-alert")
        self.area.verticalScrollBar().setValue(0)

    def _marked(self, error: DeskError) -> list[QuestionField]:
        """The questions an error speaks of, each marked, the first one ready to be answered."""
        wrong = [field for field in self.fields.values() if not field.isHidden() and concerns(error, field)]
        for field in wrong:
            field.show_error(_("Please answer this.") if isinstance(error, AnswersMissing) else str(error))
        if wrong:
            wrong[0].setFocus()
            QTimer.singleShot(0, wrong[0], lambda: self.area.ensureWidgetVisible(wrong[0], 0, 60))
        return wrong

    def _clear_errors(self) -> None:
        emptied(self.above)
        for field in self.fields.values():
            field.show_error("")

    def _notice(self, text: str, tone: str, *, icon: str) -> None:
        self.above.addWidget(notice(text, tone, icon=icon))

    def _head(self) -> QFrame:
        back = button(_("Back"), self.leave, icon="arrow-left", says=_("Back, the draft is kept"))
        back.setToolTip("Esc")
        title = _("Correct: %(step)s") % {"step": self.kind.label()} if self.step_id else self.kind.label()
        texts = column(label(title, "page", wraps=True), self.case_code, gap=0)
        made = row(back, texts, gap=16, margin=(24, 12, 24, 12))
        made.setStretch(1, 1)
        return frame("bar", made)

    def _foot(self) -> QFrame:
        self.save_button = button(_("Save"), self.save, icon="check", look="primary")
        self.save_button.setToolTip("Ctrl+Enter")
        discard = None if self.step_id else button(_("Discard draft"), self.discard, icon="trash-2", look="quiet")
        return frame("foot", row(discard, 1, self.kept, self.save_button, gap=12, margin=(24, 10, 24, 10)))

    def _shortcuts(self) -> None:
        for keys, act in (("Ctrl+Return", self.save), ("Ctrl+Enter", self.save), ("Esc", self.leave)):
            QShortcut(QKeySequence(keys), self, act, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)


def _summary(error: DeskError, marked: int) -> str:
    if not isinstance(error, AnswersMissing) or not marked:
        return str(error)
    said = ngettext(
        "%(count)d answer is missing; it is marked.", "%(count)d answers are missing; they are marked.", marked
    )
    return said % {"count": marked}


def concerns(error: DeskError, field: QuestionField) -> bool:
    """Whether an error speaks of this question."""
    if isinstance(error, AnswersMissing):
        return field.question.required and not field.written()
    return isinstance(error, ImpossibleDate) and error.evidence.get("label") == field.question.label


def _read(field: QuestionField) -> Any:
    """The answer itself, for the questions that depend on it; None while it cannot be read."""
    written: Written = field.written()
    if isinstance(written, str) and written.startswith("?"):
        return None
    try:
        return answers.read(field.question, written)
    except DeskError:
        return None


def _sections(fields: list[QuestionField]) -> list[tuple[QFrame, list[QuestionField]]]:
    """The questions under their headings, each group a card."""
    groups: list[list[QuestionField]] = []
    for field in fields:
        if not groups or field.question.heading:
            groups.append([])
        groups[-1].append(field)
    return [(_section(group), group) for group in groups]


def _section(fields: list[QuestionField]) -> QFrame:
    heading = fields[0].question.heading
    return card(label(_(heading), "heading") if heading else None, *fields, gap=18, margin=20)


def _narrow(body):
    """A form is read best when its lines are not long."""
    inner = QWidget()
    inner.setLayout(body)
    inner.setMaximumWidth(WIDEST)
    made = row(1, inner, 1)
    made.setStretch(1, 1000)
    return made
