"""What an office puts in the place of a country's value: from where it is known, who verified it and when."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from referral_desk import profile
from referral_desk.errors import DeskError
from referral_desk.gui.desk import Door
from referral_desk.gui.pieces import button, card, column, directed, frame, label, narrow, row, scrolled
from referral_desk.gui.question_field import QuestionField
from referral_desk.gui.secret_field import error_line, tell
from referral_desk.nrm.fields import Question
from referral_desk.nrm.mechanism import SETTINGS, Value
from referral_desk.profile import Laid
from referral_desk.words import N_, _

WIDEST = 700
QUESTIONS = (
    Question("source", N_("From where is it known?"), hint=N_("Law and article, or who said so"), required=True),
    Question("since", N_("Since when is it so?"), hint=N_("A year or a date")),
    Question(
        "verified_by", N_("Who verified it?"), hint=N_("Best a lawyer. Without a name and a day it stays unverified.")
    ),
    Question("verified_on", N_("When was it verified?"), hint=N_("year-month-day")),
    Question("note", N_("What should one know of it?"), long=True),
)


class ValueForm(QWidget):
    """Changes one line of a country profile."""

    saved = Signal()
    left = Signal()

    def __init__(self, door: Door, code: str, one: Laid) -> None:
        super().__init__()
        self.door, self.code, self.one = door, code, one
        form = _(SETTINGS[one.key].form)
        value = Question("value", N_("What is it?"), hint=_("As: %(form)s") % {"form": form}, required=True)
        self.fields = {q.name: QuestionField(q, reasons=False) for q in (value, *QUESTIONS)}
        self.first = self.fields["value"]
        for name, text in _former(one).items():
            self.fields[name].fill(text or None)
        self.wrong = error_line()
        self.save_button = button(_("Put it in force"), self.save, icon="check", look="primary")
        self.setLayout(column(self._head(), scrolled(narrow(self._body(), WIDEST)), self._foot(), gap=0))
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.save, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def save(self) -> None:
        """Put the value in force, unless something is missing."""
        given = {name: str(field.written() or "").strip() for name, field in self.fields.items()}
        missing = [name for name in ("value", "source") if not given[name]]
        for name in ("value", "source"):
            self.fields[name].show_error(_("Please answer this.") if name in missing else "")
        tell(self.wrong, "")
        if missing:
            self.fields[missing[0]].setFocus()
        else:
            self.save_button.setEnabled(False)
            put = partial(_put, code=self.code, key=self.one.key, given=given)
            self.door.at_desk(put, self._done, refused=self._refused)

    def drop(self) -> None:
        """Let the published value stand again."""
        self.door.at_desk(partial(profile.drop, code=self.code, key=self.one.key), self._done, refused=self._refused)

    def _done(self, _brought: object) -> None:
        self.saved.emit()

    def _refused(self, error: DeskError) -> None:
        self.save_button.setEnabled(True)
        tell(self.wrong, str(error))
        self.first.setFocus()

    def _body(self) -> QVBoxLayout:
        stands = _("In force now: %(value)s") % {"value": self.one.text}
        return column(
            label(directed(stands), "muted", wraps=True),
            card(self.wrong, *self.fields.values(), gap=18, margin=20),
            1,
            gap=12,
            margin=(24, 16, 24, 24),
        )

    def _head(self) -> QWidget:
        back = button(_("Back"), self.left.emit, icon="arrow-left", says=_("Back, nothing is changed"))
        back.setToolTip("Esc")
        texts = column(label(self.one.label, "page", wraps=True), label(_("Country profile"), "small"), gap=0)
        made = row(back, texts, gap=16, margin=(24, 12, 24, 12))
        made.setStretch(1, 1)
        return frame("bar", made)

    def _foot(self) -> QWidget:
        again = button(_("Let the published value stand again"), self.drop, icon="undo-2", look="quiet")
        again.setVisible(self.one.is_own)
        return frame("foot", row(again, 1, self.save_button, gap=12, margin=(24, 10, 24, 10)))


def _former(one: Laid) -> dict[str, str]:
    """A value of the office is changed as it stands; of a published one the rest is asked anew."""
    if not one.is_own:
        return {"value": one.written}
    told = {"value": one.written, "source": one.source}
    return told | {"since": one.since, "note": one.note, "verified_by": one.verified_by, "verified_on": one.verified_on}


def _put(desk: Any, code: str, key: str, given: dict[str, str]) -> None:
    told: dict[str, Any] = {name: text for name, text in given.items() if name != "value"}
    profile.put(desk, code, key, replace(Value(given["value"]), **told))
