"""What a form made from questions is, whatever they are asked about: its fields, its marks, its draft, its foot."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from referral_desk.errors import DeskError
from referral_desk.gui.desk import Door
from referral_desk.gui.errands import Form
from referral_desk.gui.form_parts import TYPING_PAUSE, WIDEST, read_answer, said_of, sections_of
from referral_desk.gui.pieces import Content, button, column, emptied, frame, label, narrow, notice, row, scrolled
from referral_desk.gui.question_field import QuestionField
from referral_desk.nrm.answers import Written
from referral_desk.nrm.fields import Question
from referral_desk.words import _


class QuestionForm(QWidget):
    """Asks questions that depend on each other; it opens when its draft is there and seals what was typed since.

    Whoever makes one says where the draft lies (`seal`, `unseal`) and how it is sent (`save`).
    """

    saved = Signal(object)
    left = Signal()

    def __init__(
        self, door: Door, questions: Iterable[Question], *, reasons: bool = True, first: Content | None = None
    ) -> None:
        super().__init__()
        self.door = door
        self.fields = {q.name: QuestionField(q, reasons=reasons) for q in questions}
        self.sections = sections_of(list(self.fields.values()))
        self.above, self.kept = QVBoxLayout(), label("", "small")
        self.pause = QTimer(self, singleShot=True, interval=TYPING_PAUSE)
        self.pause.timeout.connect(self.keep_draft)
        self.is_touched = False
        parts: list[Content] = [first, self.above, *(section for section, _fields in self.sections)]
        body = column(*parts, 1, gap=12, margin=(24, 16, 24, 24))
        self.area = scrolled(narrow(body, WIDEST))
        self.area.setEnabled(False)  # what is typed before the draft is there would be lost under it
        self.act_on("Ctrl+Return", self.save)
        self.act_on("Ctrl+Enter", self.save)
        self.act_on("Esc", self.leave)

    def save(self) -> None:
        """Send what was answered, or say at the right place what is missing."""
        raise NotImplementedError

    def seal(self) -> None:
        """Keep what was typed so far as the draft of this place."""
        raise NotImplementedError

    def unseal(self) -> None:
        """Forget the draft of this place, then leave."""
        raise NotImplementedError

    def shown(self) -> list[QuestionField]:
        """The questions that make sense with the answers so far."""
        return [field for field in self.fields.values() if not field.isHidden()]

    def answered(self) -> Form:
        """The answers to the questions that are asked, as they stand now."""
        given = {field.question.name: field.written() for field in self.shown()}
        return {name: answer for name, answer in given.items() if answer is not None}

    def keep_draft(self) -> None:
        """Seal what was typed so far; who may not seal types in one go."""
        self.pause.stop()
        if self.is_touched and self.door.facts.entitled:
            self.seal()

    def leave(self) -> None:
        """Go back; what was typed waits as a draft."""
        self.keep_draft()
        self.left.emit()

    def give_up(self) -> None:
        """Keep nothing more of what was typed, and bring nobody back here."""
        self.pause.stop()
        self.is_touched = False
        self.blockSignals(True)

    def discard(self) -> None:
        """Forget what was typed, and go back."""
        self.pause.stop()
        self.is_touched = False
        self.unseal()

    def fill(self, given: Mapping[str, Written], *, is_draft: bool) -> None:
        """Show the answers that were there before, and let the questions be answered from now on."""
        for name, field in self.fields.items():
            field.fill(given.get(name))
            field.edited.connect(self.edited)
        self.ask_what_fits()
        self.area.setEnabled(True)
        if is_draft:
            self.say(_("This is the draft that was kept."), "accent", icon="history")

    def edited(self) -> None:
        """Something was typed: what is asked may change, and the draft is sealed when the typing pauses."""
        self.is_touched = True
        self.ask_what_fits()
        self.kept.setText("")
        self.pause.start()

    def ask_what_fits(self) -> None:
        """Show the questions that the answers so far make sense of, and hide the others."""
        given = {name: read_answer(field) for name, field in self.fields.items()}
        for section, fields in self.sections:
            for field in fields:
                field.setVisible(field.question.is_asked(given))
            section.setVisible(any(not field.isHidden() for field in fields))

    def send(self) -> bool:
        """Whether it may be sent now: it is open and nothing is under way. What was marked is unmarked, the draft kept.

        The desk may lock before it answers: what it then refuses must wait as a draft, what it takes must not.
        """
        if not (self.save_button.isEnabled() and self.area.isEnabled()):
            return False
        self.clear()
        self.keep_draft()
        self.is_touched = False
        self.save_button.setEnabled(False)
        return True

    def sent_back(self) -> None:
        """It was refused: everything typed stands, and it can be sent again."""
        self.save_button.setEnabled(True)
        self.is_touched = True
        self.area.verticalScrollBar().setValue(0)

    def mark(self, error: DeskError) -> list[QuestionField]:
        """The questions an error speaks of, each marked, the first one ready to be answered."""
        said = said_of(error, self.shown())
        for field, text in said.items():
            field.show_error(text)
        wrong = list(said)
        if wrong:
            wrong[0].setFocus()
            QTimer.singleShot(0, wrong[0], lambda: self.area.ensureWidgetVisible(wrong[0], 0, 60))
        return wrong

    def clear(self) -> None:
        """Take away what was said above the questions and beside them."""
        emptied(self.above)
        for field in self.fields.values():
            field.show_error("")

    def say(self, text: str, tone: str, *, icon: str) -> None:
        """Say something above the questions."""
        self.above.addWidget(notice(text, tone, icon=icon))

    def head(self, title: str, about: QLabel, beside: Content | None = None) -> QFrame:
        back = button(_("Back"), self.leave, icon="arrow-left", says=_("Back, the draft is kept"))
        back.setToolTip("Esc")
        texts = column(label(title, "page", wraps=True), about, gap=0)
        made = row(back, texts, beside, gap=16, margin=(24, 12, 24, 12))
        made.setStretch(1, 1)
        return frame("bar", made)

    def foot(self) -> QFrame:
        self.save_button = button(_("Save"), self.save, icon="check", look="primary")
        self.save_button.setToolTip("Ctrl+Enter")
        discard = button(_("Discard draft"), self.discard, icon="trash-2", look="quiet")
        return frame("foot", row(discard, 1, self.kept, self.save_button, gap=12, margin=(24, 10, 24, 10)))

    def act_on(self, keys: str, act: Callable[[], object]) -> None:
        """While the focus is in this form, these keys do this."""
        QShortcut(QKeySequence(keys), self, act, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def say_saved(self, brought: object) -> None:
        """A method, not the signal: who left meanwhile is asked nothing any more."""
        self.saved.emit(brought)

    def say_gone(self, _nothing: object) -> None:
        self.left.emit()

    def say_kept(self, _nothing: object = None) -> None:
        self.kept.setText(_("Draft kept, sealed"))
