"""One question of a form: its text, its hint, its editor, why there is no answer, and what is wrong with it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import partial
from textwrap import wrap

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from referral_desk import glossary
from referral_desk.gui import icons
from referral_desk.gui.choices import (
    FEW,
    MANY,
    Checks,
    Chips,
    Choice,
    EarlierStep,
    Entries,
    SearchedSeveral,
    entries_of,
)
from referral_desk.gui.editors import DateLine, Editor, LongText, MoneyLine, NumberLine, TextLine
from referral_desk.gui.grading import Grading
from referral_desk.gui.partial_date import PartialDateLine
from referral_desk.gui.pieces import button, column, directed, label, row
from referral_desk.gui.secret_field import error_line, tell
from referral_desk.nrm.answers import Written
from referral_desk.nrm.dates import PartialDate
from referral_desk.nrm.fields import Question, Reach
from referral_desk.nrm.terms import Unanswered, YesNo
from referral_desk.words import _

WIDEST_TIP = 70
"""In letters: the system breaks no lines of its own in what appears beside the mouse."""


class QuestionField(QWidget):
    """What stands in a form for one question; an answer that is simply absent was not asked."""

    edited = Signal()

    def __init__(self, question: Question, *, reasons: bool = True) -> None:
        """With `reasons` somebody may say why there is no answer; an entry of the directory has none to give."""
        super().__init__()
        self.question = question
        self.why_none: str | None = None
        self.editor = editor_for(question, reasons=reasons)
        self.caption = label(question.label, "label", wraps=True)
        self.caption.setToolTip("\n".join(wrap(glossary.explained(question.text), WIDEST_TIP)))
        self.caption.setBuddy(self.editor.focusProxy() or self.editor)
        self.error = error_line()
        self.reason = self._reason_button() if reasons and has_reasons(question) else None
        head = row(self.caption, _sign(question), self.reason, gap=6)
        head.setStretch(0, 1)
        hint = label(question.hint and _(question.hint), "small", wraps=True) if question.hint else None
        self.setLayout(column(head, hint, self.error, self.editor, gap=4))
        self.setFocusProxy(self.editor.focusProxy() or self.editor)
        self.editor.edited.connect(self._edited)

    def written(self) -> Written:
        """The answer in its written form; `?DECLINED` or `?UNK` where there is none for a reason."""
        return f"?{self.why_none}" if self.why_none else self.editor.written()

    def fill(self, written: Written) -> None:
        reasoned = isinstance(written, str) and written.startswith("?") and self.reason is not None
        self.editor.fill(None if reasoned else written)
        self._give_reason(str(written)[1:] if reasoned else None)

    def offer(self, texts: tuple[str, ...]) -> None:
        """Suggest texts while one types; anything else may be typed as well."""
        if texts and isinstance(self.editor, TextLine):
            self.editor.offer(texts)

    def show_error(self, text: str) -> None:
        tell(self.error, text)
        self.editor.mark(bool(text))

    def _edited(self) -> None:
        if self.error.text():
            self.show_error("")
        self.edited.emit()

    def _reason_button(self) -> QPushButton:
        made = button(
            _("No answer"),
            lambda: None,
            look="quiet",
            says=_("No answer: %(question)s") % {"question": self.question.label},
        )
        menu = QMenu(made)
        for reason in Unanswered.every():
            menu.addAction(reason.label, partial(self._choose_reason, reason.code))
        made.setMenu(menu)
        return made

    def _choose_reason(self, code: str) -> None:
        self._give_reason(None if code == Unanswered.NOT_ASKED.code else code)
        self.edited.emit()

    def _give_reason(self, code: str | None) -> None:
        self.why_none = code
        self.editor.setEnabled(code is None)
        if self.reason is not None:
            text = Unanswered.of(code).label if code else _("No answer")
            self.reason.setText(directed(text))
            self.reason.setIcon(icons.icon("circle-question-mark" if code else "chevron-down", "accent_text", 14))


def editor_for(question: Question, *, reasons: bool = True) -> Editor:
    """The editor that fits a question: how many entries there are decides, not what they mean."""
    if question.points_at:
        return EarlierStep(question)
    if question.graded:
        return Grading(question, entries_of(question))
    if question.vocabulary:
        return _chooser_for(question, entries_of(question), reasons=reasons)
    lines = {PartialDate: PartialDateLine, date: DateLine, int: NumberLine, Decimal: MoneyLine}
    return lines.get(question.kind, LongText if question.long else TextLine)(question)


def has_reasons(question: Question) -> bool:
    """Whether a menu offers reasons for no answer; chips of yes and no hold them themselves."""
    return not question.required and question.one is not YesNo


def _chooser_for(question: Question, entries: Entries, *, reasons: bool) -> Editor:
    if question.many:
        return (SearchedSeveral if len(entries) > MANY else Checks)(question, entries)
    if question.one is YesNo and not question.required and reasons:
        return Chips(question, entries + _reasons())
    return (Chips if 0 < len(entries) <= FEW else Choice)(question, entries)


def _reasons() -> Entries:
    return [(f"?{reason.code}", reason.label) for reason in (Unanswered.DECLINED, Unanswered.UNKNOWN)]


def _sign(question: Question) -> QWidget | None:
    """What a question says of itself: that it must be answered, or that its answer is sealed."""
    if question.required:
        return label(_("required"), "pill", tone="accent")
    if question.reach is not Reach.SEALED:
        return None
    made = label(_("sealed"), "pill")
    made.setToolTip(_("Only those who may know names can read this answer. It never leaves the desk."))
    return made
