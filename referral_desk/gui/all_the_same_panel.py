"""Going on without consent, where a life is in danger or a law demands it: the ground, why, and a second person."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup

from referral_desk.gui.choices import Chip
from referral_desk.gui.layouts import Flow
from referral_desk.gui.pieces import column, label
from referral_desk.gui.question_field import QuestionField
from referral_desk.gui.second_panel import SecondPanel
from referral_desk.gui.secret_field import error_line, tell
from referral_desk.nrm.all_the_same import GROUNDS, Ground
from referral_desk.nrm.consent import Consent
from referral_desk.nrm.fields import Question
from referral_desk.nrm.terms import YesNo
from referral_desk.second_person import label_of
from referral_desk.words import _


class AllTheSamePanel(SecondPanel):
    """Asks what the law wants to be recorded; `agreed` with both once everything is said."""

    agreed = Signal(object, object)

    def __init__(self, members: Sequence[str], why: str = "") -> None:
        super().__init__(members)
        self.group = QButtonGroup(self)
        self.grounds = {ground: self._chip(ground.label) for ground in GROUNDS}
        self.why, self.told = _asked("justification"), _asked("person_told")
        self.why.fill(why or None)
        self.ground_missing = error_line()
        self.setLayout(column(self._all()))
        self.setFocusProxy(next(iter(self.grounds.values())))

    def act_in_words(self) -> str:
        return _("Go on all the same")

    def agree(self) -> None:
        """Say where something is missing, or that all is there."""
        ground = next((one for one, chip in self.grounds.items() if chip.isChecked()), None)
        why = str(self.why.written() or "").strip()
        tell(self.ground_missing, "" if ground else _("Please choose one."))
        self.why.show_error("" if why else _("Please answer this."))
        tell(self.wrong, self.missing())
        if ground and why and not self.wrong.text():
            told = str(self.told.written() or "")
            self.wait(True)
            self.agreed.emit(Ground(ground, why, YesNo.of(told) if told else None), self.second())
        else:
            (next(iter(self.grounds.values())) if not ground else self.why if not why else self.first()).setFocus()

    def _all(self):
        title = label(_("Go on without consent"), "heading")
        law = _(
            "The person's word stays in force for everything else. The ground, both names and the hour are recorded."
        )
        ground = column(
            label(label_of("ground"), "label"), Flow(list(self.grounds.values())), self.ground_missing, gap=4
        )
        made = self.card(title, label(law, "muted", wraps=True), ground, self.why, self.told)
        made.setAccessibleName(_("Go on without consent"))
        return made

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
