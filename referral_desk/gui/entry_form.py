"""The form of an entry of the directory, made from its questions. What is typed is kept as a sealed draft."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame

from referral_desk.errors import DeskError
from referral_desk.gui import desk_listed
from referral_desk.gui.desk import Door
from referral_desk.gui.desk_listed import EntryBeginning, EntryPlace
from referral_desk.gui.form_parts import summary
from referral_desk.gui.pieces import apart, column, label
from referral_desk.gui.question_form import QuestionForm
from referral_desk.nrm.directory import kind_of
from referral_desk.nrm.fields import Question
from referral_desk.words import N_, _

WHY = Question("why", N_("Why is it changed?"), hint=N_("If you wish. What it said before stays readable."))


class EntryForm(QuestionForm):
    """Asks the questions of one kind of entry."""

    help_name = "directory"

    def __init__(self, door: Door, place: EntryPlace) -> None:
        self.place, self.kind = place, kind_of(place.code)
        asked = [question for question in self.kind.questions if question.name != "why_corrected"]
        super().__init__(door, [*asked, WHY] if place.entry_id else asked, reasons=False)
        self.owner = label("", "small")
        self.setLayout(column(self._head(), self.area, self.foot(), gap=0))
        desk_listed.begin(door, place, self._begin)

    def save(self) -> None:
        if self.send():
            form = self.answered()
            why = str(form.pop(WHY.name, ""))
            desk_listed.save(self.door, self.place, form, self.say_saved, self._refused, why=why)

    def seal(self) -> None:
        desk_listed.keep(self.door, self.place, self.answered(), self.say_kept)

    def unseal(self) -> None:
        desk_listed.drop(self.door, self.place, self.say_gone)

    def _begin(self, beginning: EntryBeginning) -> None:
        self.owner.setText(apart(beginning.organisation))
        self.fill(beginning.given, is_draft=beginning.is_draft)
        next(iter(self.fields.values())).setFocus()

    def _refused(self, error: DeskError) -> None:
        self.sent_back()
        self.say(summary(error, len(self.mark(error))), "danger", icon="circle-alert")

    def _head(self) -> QFrame:
        told = {"entry": self.kind.label()}
        title = _("Change: %(entry)s") % told if self.place.entry_id else _("New: %(entry)s") % told
        return self.head(title, self.owner)
