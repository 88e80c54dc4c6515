"""The form of a step, made from its questions. What is typed is kept as a sealed draft until it is saved."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from referral_desk import glossary, words
from referral_desk.errors import AnswersMissing, DeskError, FormAtFault, SafeguardsUnmet
from referral_desk.gui.asked_panel import AskedPanel
from referral_desk.gui.choices import EarlierStep
from referral_desk.gui.desk import Door
from referral_desk.gui.errands import (
    Beginning,
    Form,
    Place,
    begin_form,
    correct_step,
    drop_draft,
    keep_draft,
    take_step,
)
from referral_desk.gui.form_parts import TYPING_PAUSE, WIDEST, read_answer, said_of, sections_of, summary
from referral_desk.gui.pieces import Content, button, column, emptied, frame, label, narrow, notice, row, scrolled
from referral_desk.gui.question_field import QuestionField
from referral_desk.gui.turned_words import Asking
from referral_desk.gui.whereabouts import Spot, go_down_to, height_of, parts_of, type_again, typing_in
from referral_desk.nrm import pathway
from referral_desk.nrm.consent import Consent
from referral_desk.nrm.fields import Question
from referral_desk.nrm.record import BESIDE
from referral_desk.pages import Hindrance, hindrances
from referral_desk.words import N_, _

DESPITE = "despite "
"""Before the id of a rule: under this name a draft keeps the reason given for it."""
WHY_DESPITE = N_("Why is it done all the same?")
WHY = Question("why", N_("Why was it corrected?"), required=True, hint=N_("What it said before stays readable."))


class StepForm(QWidget):
    """Asks the questions of one kind of step, to take it or to correct one that was taken."""

    saved = Signal(object)
    left = Signal()
    wants_turning = Signal(object)
    """What is to be asked of the person while the laptop is turned."""

    def __init__(self, door: Door, place: Place, spot: Spot | None = None) -> None:
        super().__init__()
        self.door, self.place, self.spot = door, place, spot
        self.kind = pathway.kind_of(place.kind)
        self.fields = {q.name: QuestionField(q) for q in self._questions()}
        self.sections = sections_of(list(self.fields.values()))
        self.above = QVBoxLayout()
        self.case_code, self.kept = label("", "small"), label("", "small")
        self.pause = QTimer(self, singleShot=True, interval=TYPING_PAUSE)
        self.pause.timeout.connect(self.keep_draft)
        self.is_touched = False
        self.speaks = ""
        self.why_despite: dict[str, QuestionField] = {}
        self.because: dict[str, str] = {}
        parts: list[Content] = [AskedPanel(door, place), self.above, *(section for section, _fields in self.sections)]
        body = column(*parts, 1, gap=12, margin=(24, 16, 24, 24))
        self.area = scrolled(narrow(body, WIDEST))
        self.area.setEnabled(False)  # what is typed before the draft is there would be lost under it
        self.setLayout(column(self._head(), self.area, self._foot(), gap=0))
        self._shortcuts()
        door.ask(partial(begin_form, place=place), self._begin, unsealed=True)

    def typed(self) -> Form:
        """The answers to the questions that are asked, as they stand now; and why, where a step is corrected."""
        given = {name: field.written() for name, field in self.fields.items() if not field.isHidden()}
        given |= {DESPITE + id_: why for id_, why in self.reasons().items()}
        return {name: answer for name, answer in given.items() if answer is not None}

    def written(self) -> Form:
        """The answers alone."""
        return {name: answer for name, answer in self.typed().items() if name in self.fields and name != WHY.name}

    def reasons(self) -> dict[str, str]:
        """Why it is done in spite of rules that warn, as far as it was said, by the id of the rule."""
        typed = {id_: str(field.written() or "") for id_, field in self.why_despite.items()}
        self.because |= {id_: why for id_, why in typed.items() if why}
        return self.because

    def save(self) -> None:
        """Take the step, or say at the right place what is missing."""
        if not (self.save_button.isEnabled() and self.area.isEnabled()):
            return
        because = dict(self.reasons())
        self._clear_errors()
        # The desk may lock before it answers: what it then refuses must wait as a draft, what it takes must not.
        self.keep_draft()
        self.is_touched = False
        self.save_button.setEnabled(False)
        why = str(self.fields[WHY.name].written() or "") if self.place.step_id else ""
        if unclear := self._unclear(needs_why=bool(self.place.step_id and not why)):
            self._refused(FormAtFault(unclear))
        else:
            do = partial(correct_step, why=why) if self.place.step_id else take_step
            do = partial(do, place=self.place, form=self.written(), because=because)
            self.door.change(do, self._saved, refused=self._refused)

    def _unclear(self, *, needs_why: bool) -> dict[str, DeskError]:
        """What need not be sent to be refused: a text that is no entry of its list, and no reason to correct."""
        shown = [field for field in self.fields.values() if not field.isHidden()]
        found = {f.question.name for f in shown if f.written() is None and f.editor.trouble()}
        found |= {WHY.name} if needs_why else set()
        return {name: AnswersMissing(labels=self.fields[name].question.label) for name in found}

    def keep_draft(self) -> None:
        """Seal what was typed so far."""
        self.pause.stop()
        if self.is_touched and self.door.facts.entitled:
            self.door.keep(partial(keep_draft, place=self.place, form=self.typed()), self._kept)

    def leave(self) -> None:
        """Go back; what was typed waits as a draft."""
        self.keep_draft()
        self.left.emit()

    def turn(self) -> None:
        """Let the person read and tick for herself or himself what this form asks."""
        self.wants_turning.emit(Asking.of(self.written(), self.speaks))

    def take_in(self, said: Form) -> None:
        """What the person ticked, to be looked over and saved by whoever explained it."""
        for name, answer in said.items():
            if name in self.fields:
                self.fields[name].fill(answer)
        self._edited()
        self._notice(
            _("These are the person's own answers. Look them over; nothing is saved yet."), "accent", icon="user"
        )
        self.keep_draft()

    def go_to_section(self, by: int) -> None:
        """To the first question of the next group of questions, or of the one before."""
        shown = [fields for section, fields in self.sections if not section.isHidden()]
        held = self.focusWidget()
        at = next((n for n, fields in enumerate(shown) for f in fields if held and f.isAncestorOf(held)), -1)
        first = next((f for f in shown[max(0, min(at + by, len(shown) - 1))] if not f.isHidden()), None)
        if first:
            first.setFocus()
            self.area.ensureWidgetVisible(first, 0, 80)

    def give_up(self) -> None:
        """Keep nothing more of what was typed, and bring nobody back here."""
        self.pause.stop()
        self.is_touched = False
        self.blockSignals(True)

    def discard(self) -> None:
        self.pause.stop()
        self.is_touched = False
        self.door.keep(partial(drop_draft, place=self.place), lambda _nothing: self.left.emit())

    def _questions(self) -> list[Question]:
        asked = [q for q in self.kind.questions if q.derived is None and q.name not in BESIDE]
        return [WHY, *asked] if self.place.step_id else asked

    def _begin(self, beginning: Beginning) -> None:
        self.area.setEnabled(True)
        about = words.isolate(beginning.case_code) if beginning.case_code else _("A new case")
        self.case_code.setText(f"\u200f{about}" if words.is_right_to_left() else about)
        self.speaks = beginning.speaks
        kept = {name: str(why) for name, why in beginning.given.items() if name.startswith(DESPITE)}
        self.because = {name.removeprefix(DESPITE): why for name, why in kept.items()}
        for name, field in self.fields.items():
            field.offer(beginning.offers.get(field.question.offers, ()))
            if isinstance(field.editor, EarlierStep):
                field.editor.offer(beginning.earlier.get(name, []))
            field.fill(beginning.given.get(name))
            if self.spot and name in self.spot.typing:
                type_again(field, self.spot.typing[name])
            field.edited.connect(self._edited)
        self._ask_what_fits()
        if beginning.is_draft:
            self._notice(_("This is the draft that was kept."), "accent", icon="history")
        self._go_back_to(self.spot) if self.spot else self._first_open().setFocus()

    def explanation(self) -> str:
        """What the words of the question mean in which one is."""
        held = self.focusWidget()
        asked = next((f.question for f in self.fields.values() if held and f.isAncestorOf(held)), None)
        return glossary.explained(f"{asked.text} {asked.hint}") if asked else ""

    def where(self) -> Spot:
        """Where somebody is in this form."""
        held = self.focusWidget()
        focused = next((name for name, field in self.fields.items() if held and field.isAncestorOf(held)), "")
        parts = parts_of(self.fields[focused]) if focused else []
        typing = {name: typed for name, field in self.fields.items() if (typed := typing_in(field))}
        part = parts.index(held) if held in parts else 0
        return Spot(height_of(self.area), focused, part, typing)

    def _go_back_to(self, spot: Spot) -> None:
        go_down_to(self.area.verticalScrollBar(), spot.height)
        parts = parts_of(self.fields[spot.focused]) if spot.focused in self.fields else []
        (parts[spot.part] if spot.part < len(parts) else self._first_open()).setFocus()

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
        given = {name: read_answer(field) for name, field in self.fields.items()}
        for section, fields in self.sections:
            for field in fields:
                field.setVisible(field.question.is_asked(given))
            section.setVisible(any(not field.isHidden() for field in fields))

    def _saved(self, case_id: object) -> None:
        self.saved.emit(case_id)

    def _kept(self, _nothing: object) -> None:
        self.kept.setText(_("Draft kept, sealed"))

    def _refused(self, error: DeskError) -> None:
        """Say what is missing at its question; and what stands in the way above all."""
        self.save_button.setEnabled(True)
        self.is_touched = True
        if isinstance(error, SafeguardsUnmet):
            for unmet in hindrances(error.unmet):
                self._show_unmet(unmet)
        else:
            wrong = self._marked(error)
            self._notice(summary(error, len(wrong)), "danger", icon="circle-alert")
        self.area.verticalScrollBar().setValue(0)
        if self.why_despite:
            next(iter(self.why_despite.values())).setFocus()

    def _show_unmet(self, unmet: Hindrance) -> None:
        """A rule that does not hold: its source, what the law allows instead, or a line for the reason."""
        said = "\n".join(filter(None, (unmet.sentence, unmet.source, unmet.otherwise)))
        tone, icon = ("warn", "triangle-alert") if unmet.needs_reason else ("danger", "shield-alert")
        self._notice(said, tone, icon=icon)
        if unmet.needs_reason:
            self._ask_why(unmet)

    def _ask_why(self, warned: Hindrance) -> None:
        """A line for the reason why it is done in spite of a rule that warns."""
        question = Question(warned.id, WHY_DESPITE, hint=_("It is sealed with the step; the journal notes the rule."))
        asked = QuestionField(question, reasons=False)
        asked.fill(self.because.get(warned.id))
        asked.edited.connect(self._edited)
        self.why_despite[warned.id] = asked
        self.above.addWidget(asked)

    def _marked(self, error: DeskError) -> list[QuestionField]:
        """The questions an error speaks of, each marked, the first one ready to be answered."""
        said = said_of(error, [field for field in self.fields.values() if not field.isHidden()])
        for field, text in said.items():
            field.show_error(text)
        wrong = list(said)
        if wrong:
            wrong[0].setFocus()
            QTimer.singleShot(0, wrong[0], lambda: self.area.ensureWidgetVisible(wrong[0], 0, 60))
        return wrong

    def _clear_errors(self) -> None:
        emptied(self.above)
        self.why_despite.clear()
        for field in self.fields.values():
            field.show_error("")

    def _notice(self, text: str, tone: str, *, icon: str) -> None:
        self.above.addWidget(notice(text, tone, icon=icon))

    def _head(self) -> QFrame:
        back = button(_("Back"), self.leave, icon="arrow-left", says=_("Back, the draft is kept"))
        back.setToolTip("Esc")
        title = _("Correct: %(step)s") % {"step": self.kind.label()} if self.place.step_id else self.kind.label()
        texts = column(label(title, "page", wraps=True), self.case_code, gap=0)
        turning = button(_("Explain it to the person…"), self.turn, icon="monitor") if self._is_explained() else None
        made = row(back, texts, turning, gap=16, margin=(24, 12, 24, 12))
        made.setStretch(1, 1)
        return frame("bar", made)

    def _is_explained(self) -> bool:
        """Whether the person can read and tick this for herself or himself."""
        return self.kind.kind == Consent.kind and not self.place.step_id

    def _foot(self) -> QFrame:
        self.save_button = button(_("Save"), self.save, icon="check", look="primary")
        self.save_button.setToolTip("Ctrl+Enter")
        discard = button(_("Discard draft"), self.discard, icon="trash-2", look="quiet")
        return frame("foot", row(discard, 1, self.kept, self.save_button, gap=12, margin=(24, 10, 24, 10)))

    def _shortcuts(self) -> None:
        onward, back = partial(self.go_to_section, 1), partial(self.go_to_section, -1)
        keys_of = (("Ctrl+Return", self.save), ("Ctrl+Enter", self.save), ("Esc", self.leave))
        for keys, act in (*keys_of, ("Ctrl+Down", onward), ("Ctrl+Up", back)):
            QShortcut(QKeySequence(keys), self, act, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
