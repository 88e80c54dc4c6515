"""Going on without consent, where a life is in danger or a law demands it: the ground, why, and a second person.

A part of the form and no dialog: the lock must not wait for an answer.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QLineEdit, QVBoxLayout, QWidget

from referral_desk.errors import DeskError
from referral_desk.gui.choices import Chip
from referral_desk.gui.layouts import Flow
from referral_desk.gui.pieces import button, column, frame, label, row
from referral_desk.gui.question_field import QuestionField
from referral_desk.gui.secret_field import SecretField, captioned, error_line, private_line, tell
from referral_desk.gui.unlock import busy_bar
from referral_desk.nrm.all_the_same import GROUNDS, Ground
from referral_desk.nrm.consent import Consent
from referral_desk.nrm.fields import Question
from referral_desk.nrm.terms import YesNo
from referral_desk.second_person import Second, label_of
from referral_desk.words import _


class AllTheSamePanel(QWidget):
    """Asks what the law wants to be recorded; `agreed` with both once everything is said."""

    agreed = Signal(object, object)
    left = Signal()

    def __init__(self, members: Sequence[str], why: str = "") -> None:
        super().__init__()
        self.members = members
        self.group = QButtonGroup(self)
        self.grounds = {ground: self._chip(ground.label) for ground in GROUNDS}
        self.why, self.told = _asked("justification"), _asked("person_told")
        self.why.fill(why or None)
        self.name = private_line(label_of("authorised_by"))
        self.login, self.passphrase = private_line(_("Login code")), SecretField(_("Passphrase"))
        self.passphrase.entered.connect(self.agree)
        self.ground_missing, self.wrong = error_line(), error_line()
        self.busy = busy_bar(_("The passphrase is being tried"))
        self.does = button(_("Go on all the same"), self.agree, icon="shield-alert", look="danger", tone="accent_ink")
        self.leaves = button(_("Not now"), self.left.emit)
        self.setLayout(column(self._card()))
        self.setFocusProxy(next(iter(self.grounds.values())))

    def agree(self) -> None:
        """Say where something is missing, or that all is there."""
        ground = next((one for one, chip in self.grounds.items() if chip.isChecked()), None)
        why = str(self.why.written() or "").strip()
        tell(self.ground_missing, "" if ground else _("Please choose one."))
        self.why.show_error("" if why else _("Please answer this."))
        tell(self.wrong, self._missing_of_second())
        if ground and why and not self.wrong.text():
            told = str(self.told.written() or "")
            self.wait(True)
            self.agreed.emit(Ground(ground, why, YesNo.of(told) if told else None), self._second())
        else:
            (next(iter(self.grounds.values())) if not ground else self.why if not why else self._first()).setFocus()

    def refuse(self, error: DeskError) -> None:
        """What the desk said to the second person; everything else stands."""
        self.wait(False)
        tell(self.wrong, str(error))
        self._first().setFocus()
        self.passphrase.line.selectAll()

    def wait(self, waiting: bool) -> None:
        self.busy.setVisible(waiting)
        for one in (self.does, self.leaves, self.passphrase):
            one.setEnabled(not waiting)

    def _second(self) -> Second:
        if not self.members:
            return Second(name=self.name.text())
        return Second(login=self.login.text(), passphrase=self.passphrase.text())

    def _missing_of_second(self) -> str:
        typed = self.passphrase.text() if self.members else self.name.text().strip()
        return "" if typed else _("A second person has to agree.")

    def _first(self) -> QLineEdit:
        return self.passphrase.line if self.members else self.name

    def _card(self) -> QFrame:
        title = label(_("Go on without consent"), "heading")
        law = _(
            "The person's word stays in force for everything else. The ground, both names and the hour are recorded."
        )
        ground = column(
            label(label_of("ground"), "label"), Flow(list(self.grounds.values())), self.ground_missing, gap=4
        )
        acts = row(self.leaves, 1, self.busy, self.does, gap=12)
        parts = (title, label(law, "muted", wraps=True), ground, self.why, self.told, self._who(), self.wrong, acts)
        made = frame("card", column(*parts, gap=14, margin=20))
        made.setAccessibleName(_("Go on without consent"))
        return made

    def _who(self) -> QVBoxLayout:
        caption = label(_("The second person"), "heading")
        if not self.members:
            alone = _(
                "Nobody else is a member of this desk: write who agreed. It is recorded that no passphrase proved it."
            )
            return column(caption, captioned(label_of("authorised_by"), self.name, alone), gap=6)
        said = _("One of these types her or his own passphrase here: %(names)s.") % {"names": ", ".join(self.members)}
        login = captioned(_("Login code"), self.login, _("Leave empty if you were given none."))
        return column(
            caption, label(said, "muted", wraps=True), login, captioned(_("Passphrase"), self.passphrase), gap=8
        )

    def _chip(self, text: str) -> Chip:
        made = Chip(text)
        made.setCheckable(True)
        made.setProperty("look", "chip")
        made.setAccessibleName(f"{label_of('ground')}: {text}")
        self.group.addButton(made)
        return made


def _asked(name: str) -> QuestionField:
    """A question of the consent, as its own form asks it."""
    question = Consent.question(name)
    return QuestionField(question or Question(name, name), reasons=False)
