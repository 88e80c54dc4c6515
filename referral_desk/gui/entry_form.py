"""The form of an entry of the directory, made from its questions. What is typed is kept as a sealed draft."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from referral_desk.errors import DeskError
from referral_desk.gui import desk_listed
from referral_desk.gui.desk import Door
from referral_desk.gui.desk_listed import EntryBeginning, EntryPlace
from referral_desk.gui.errands import Form
from referral_desk.gui.form_parts import TYPING_PAUSE, WIDEST, read_answer, said_of, sections_of, summary
from referral_desk.gui.pieces import apart, button, column, emptied, frame, label, narrow, notice, row, scrolled
from referral_desk.gui.question_field import QuestionField
from referral_desk.nrm.directory import kind_of
from referral_desk.nrm.fields import Question
from referral_desk.words import N_, _

WHY = Question("why", N_("Why is it changed?"), hint=N_("If you wish. What it said before stays readable."))


class EntryForm(QWidget):
    """Asks the questions of one kind of entry."""

    saved = Signal(object)
    left = Signal()
    help_name = "directory"

    def __init__(self, door: Door, place: EntryPlace) -> None:
        super().__init__()
        self.door, self.place = door, place
        self.kind = kind_of(place.code)
        self.is_touched = False
        asked = [question for question in self.kind.questions if question.name != "why_corrected"]
        asked += [WHY] if place.entry_id else []
        self.fields = {q.name: QuestionField(q, reasons=False) for q in asked}
        self.sections = sections_of(list(self.fields.values()))
        self.above = QVBoxLayout()
        self.owner = label("", "small")
        self.kept = label("", "small")
        self.pause = QTimer(self, singleShot=True, interval=TYPING_PAUSE)
        self.pause.timeout.connect(self.keep_draft)
        body = column(self.above, *(section for section, _fields in self.sections), 1, gap=12, margin=(24, 16, 24, 24))
        self.area = scrolled(narrow(body, WIDEST))
        self.setLayout(column(self._head(), self.area, self._foot(), gap=0))
        for keys, act in (("Ctrl+Return", self.save), ("Ctrl+Enter", self.save), ("Esc", self.leave)):
            QShortcut(QKeySequence(keys), self, act, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        desk_listed.begin(door, place, self._begin)

    def written(self) -> Form:
        given = {name: field.written() for name, field in self.fields.items() if not field.isHidden()}
        return {name: answer for name, answer in given.items() if answer is not None}

    def save(self) -> None:
        if not self.save_button.isEnabled():
            return
        self._clear_errors()
        self.keep_draft()
        self.is_touched = False
        self.save_button.setEnabled(False)
        form = self.written()
        why = str(form.pop(WHY.name, ""))
        desk_listed.save(self.door, self.place, form, self.saved.emit, self._refused, why=why)

    def keep_draft(self) -> None:
        """Seal what was typed so far; who may not seal types in one go."""
        self.pause.stop()
        if self.is_touched and self.door.facts.entitled:
            desk_listed.keep(self.door, self.place, self.written())
            self.kept.setText(_("Draft kept, sealed"))

    def leave(self) -> None:
        self.keep_draft()
        self.left.emit()

    def discard(self) -> None:
        self.pause.stop()
        self.is_touched = False
        desk_listed.drop(self.door, self.place, lambda _nothing: self.left.emit())

    def _begin(self, beginning: EntryBeginning) -> None:
        self.owner.setText(apart(beginning.organisation))
        for name, field in self.fields.items():
            field.fill(beginning.given.get(name))
            field.edited.connect(self._edited)
        self._ask_what_fits()
        if beginning.is_draft:
            self.above.addWidget(notice(_("This is the draft that was kept."), "accent", icon="history"))
        next(iter(self.fields.values())).setFocus()

    def _edited(self) -> None:
        self.is_touched = True
        self._ask_what_fits()
        self.kept.setText("")
        self.pause.start()

    def _ask_what_fits(self) -> None:
        given = {name: read_answer(field) for name, field in self.fields.items()}
        for section, fields in self.sections:
            for field in fields:
                field.setVisible(field.question.is_asked(given))
            section.setVisible(any(not field.isHidden() for field in fields))

    def _refused(self, error: DeskError) -> None:
        self.save_button.setEnabled(True)
        self.is_touched = True
        said = said_of(error, [field for field in self.fields.values() if not field.isHidden()])
        for field, text in said.items():
            field.show_error(text)
        wrong = list(said)
        self.above.addWidget(notice(summary(error, len(wrong)), "danger", icon="circle-alert"))
        self.area.verticalScrollBar().setValue(0)
        if wrong:
            wrong[0].setFocus()

    def _clear_errors(self) -> None:
        emptied(self.above)
        for field in self.fields.values():
            field.show_error("")

    def _head(self) -> QFrame:
        back = button(_("Back"), self.leave, icon="arrow-left", says=_("Back, the draft is kept"))
        back.setToolTip("Esc")
        told: dict[str, Any] = {"entry": self.kind.label()}
        title = _("Change: %(entry)s") % told if self.place.entry_id else _("New: %(entry)s") % told
        made = row(back, column(label(title, "page", wraps=True), self.owner, gap=0), gap=16, margin=(24, 12, 24, 12))
        made.setStretch(1, 1)
        return frame("bar", made)

    def _foot(self) -> QFrame:
        self.save_button = button(_("Save"), self.save, icon="check", look="primary")
        self.save_button.setToolTip("Ctrl+Enter")
        discard = button(_("Discard draft"), self.discard, icon="trash-2", look="quiet")
        return frame("foot", row(discard, 1, self.kept, self.save_button, gap=12, margin=(24, 10, 24, 10)))
