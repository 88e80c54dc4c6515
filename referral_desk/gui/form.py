"""The form of a step, made from its questions. What is typed is kept as a sealed draft until it is saved."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame

from referral_desk import glossary, words
from referral_desk.errors import AnswersMissing, DeskError, FormAtFault, SafeguardsUnmet
from referral_desk.gui import desk_second
from referral_desk.gui.all_the_same_panel import AllTheSamePanel
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
from referral_desk.gui.form_parts import summary
from referral_desk.gui.pieces import button, column, label, plain_widget, row
from referral_desk.gui.question_field import QuestionField
from referral_desk.gui.question_form import QuestionForm
from referral_desk.gui.second_panel import SecondPanel
from referral_desk.gui.turned_words import Asking
from referral_desk.gui.whereabouts import Spot, go_down_to, height_of, parts_of, type_again, typing_in
from referral_desk.nrm import pathway
from referral_desk.nrm.all_the_same import Ground, may_go_on
from referral_desk.nrm.consent import Consent, ConsentStatus
from referral_desk.nrm.fields import Question
from referral_desk.nrm.record import BESIDE
from referral_desk.pages import Hindrance, hindrances
from referral_desk.second_person import Second
from referral_desk.words import N_, _

DESPITE = "despite "
"""Before the id of a rule: under this name a draft keeps the reason given for it."""
WITHOUT_CONSENT = "consent"
"""Under this name stands the reason to go on without it; no rule is called so."""
WHY_DESPITE = N_("Why is it done all the same?")
WHY = Question("why", N_("Why was it corrected?"), required=True, hint=N_("What it said before stays readable."))


class StepForm(QuestionForm):
    """Asks the questions of one kind of step, to take it or to correct one that was taken."""

    wants_turning = Signal(object)
    """What is to be asked of the person while the laptop is turned."""

    def __init__(self, door: Door, place: Place, spot: Spot | None = None) -> None:
        self.place, self.spot = place, spot
        self.kind = pathway.kind_of(place.kind)
        super().__init__(door, self._questions(), first=AskedPanel(door, place))
        self.case_code = label("", "small")
        self.speaks = ""
        self.why_despite: dict[str, QuestionField] = {}
        self.because: dict[str, str] = {}
        self.all_the_same: AllTheSamePanel | None = None
        self.seconding: SecondPanel | None = None
        self.setLayout(column(self._head(), self.area, self.foot(), gap=0))
        self.act_on("Ctrl+Down", partial(self.go_to_section, 1))
        self.act_on("Ctrl+Up", partial(self.go_to_section, -1))
        door.ask(partial(begin_form, place=place), self._begin, unsealed=True)

    def typed(self) -> Form:
        """The answers to the questions that are asked, as they stand now; and why, where a step is corrected."""
        return self.answered() | {DESPITE + id_: why for id_, why in self.reasons().items()}

    def written(self) -> Form:
        """The answers alone."""
        return {name: answer for name, answer in self.answered().items() if name != WHY.name}

    def reasons(self) -> dict[str, str]:
        """Why it is done in spite of rules that warn, as far as it was said, by the id of the rule."""
        typed = {id_: str(field.written() or "") for id_, field in self.why_despite.items()}
        self.because |= {id_: why for id_, why in typed.items() if why}
        return self.because

    def save(self) -> None:
        """Take the step, or say at the right place what is missing."""
        because = dict(self.reasons())
        if not self.send():
            return
        why = str(self.fields[WHY.name].written() or "") if self.place.step_id else ""
        if unclear := self._unclear(needs_why=bool(self.place.step_id and not why)):
            self._refused(FormAtFault(unclear))
        elif self._takes_two():
            ask = partial(self._ask_who_agrees, why=why, because=because)
            desk_second.check(self.door, self.place, self.written(), ask, self._refused)
        else:
            do = partial(correct_step, why=why) if self.place.step_id else take_step
            do = partial(do, place=self.place, form=self.written(), because=because)
            self.door.change(do, self.say_saved, refused=self._refused)

    def _takes_two(self) -> bool:
        return self.written().get("status") == ConsentStatus.OTHER_GROUND.code and self.kind is Consent

    def _ask_who_agrees(self, members: tuple[str, ...], why: str, because: dict[str, str]) -> None:
        """Let the second person agree before it is saved; on a desk of one the name that was typed stands."""
        told = {"why": why, "because": because}
        if not members:
            self._record(Second(name=str(self.written().get("authorised_by") or "")), self._refused, told)
            return
        self.sent_back()
        self.seconding = panel = SecondPanel.of(members)
        panel.agreed.connect(lambda second: self._let_go(partial(self._record, second, self._not_agreed, told)))
        panel.left.connect(self.clear)
        self._show_panel(panel)

    def _record(self, second: Second, refused: Callable[[DeskError], object], told: dict[str, Any]) -> None:
        """As the form reads when the second person agrees: she or he may have had something put right."""
        desk_second.record(self.door, self.place, self.written(), self.say_saved, refused, second=second, **told)

    def _unclear(self, *, needs_why: bool) -> dict[str, DeskError]:
        """What need not be sent to be refused: a text that is no entry of its list, and no reason to correct."""
        found = {f.question.name for f in self.shown() if f.written() is None and f.editor.trouble()}
        found |= {WHY.name} if needs_why else set()
        return {name: AnswersMissing(labels=self.fields[name].question.label) for name in found}

    def seal(self) -> None:
        self.door.keep(partial(keep_draft, place=self.place, form=self.typed()), self.say_kept)

    def unseal(self) -> None:
        self.door.keep(partial(drop_draft, place=self.place), self.say_gone)

    def turn(self) -> None:
        """Let the person read and tick for herself or himself what this form asks."""
        self.wants_turning.emit(Asking.of(self.written(), self.speaks))

    def take_in(self, said: Form) -> None:
        """What the person ticked, to be looked over and saved by whoever explained it."""
        for name, answer in said.items():
            if name in self.fields:
                self.fields[name].fill(answer)
        self.edited()
        self.say(_("These are the person's own answers. Look them over; nothing is saved yet."), "accent", icon="user")
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

    def _questions(self) -> list[Question]:
        asked = [q for q in self.kind.questions if q.derived is None and q.name not in BESIDE]
        return [WHY, *asked] if self.place.step_id else asked

    def _begin(self, beginning: Beginning) -> None:
        about = words.isolate(beginning.case_code) if beginning.case_code else _("A new case")
        self.case_code.setText(f"\u200f{about}" if words.is_right_to_left() else about)
        self.speaks = beginning.speaks
        kept = {name: str(why) for name, why in beginning.given.items() if name.startswith(DESPITE)}
        self.because = {name.removeprefix(DESPITE): why for name, why in kept.items()}
        for name, field in self.fields.items():
            field.offer(beginning.offers.get(field.question.offers, ()))
            if isinstance(field.editor, EarlierStep):
                field.editor.offer(beginning.earlier.get(name, []))
        self.fill(beginning.given, is_draft=beginning.is_draft)
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
        for name in spot.typing.keys() & self.fields.keys():
            type_again(self.fields[name], spot.typing[name])
        go_down_to(self.area.verticalScrollBar(), spot.height)
        parts = parts_of(self.fields[spot.focused]) if spot.focused in self.fields else []
        (parts[spot.part] if spot.part < len(parts) else self._first_open()).setFocus()

    def _first_open(self) -> QuestionField:
        empty = [field for field in self.fields.values() if not field.isHidden() and field.written() is None]
        return (empty or list(self.fields.values()))[0]

    def _refused(self, error: DeskError) -> None:
        """Say what is missing at its question; and what stands in the way above all."""
        self.sent_back()
        if isinstance(error, SafeguardsUnmet):
            for unmet in hindrances(error.unmet):
                self._show_unmet(unmet)
            self._offer_to_go_on(error)
        else:
            wrong = self.mark(error)
            self.say(summary(error, len(wrong)), "danger", icon="circle-alert")
        if self.why_despite:
            next(iter(self.why_despite.values())).setFocus()

    def _show_unmet(self, unmet: Hindrance) -> None:
        """A rule that does not hold: its source, what the law allows instead, or a line for the reason."""
        otherwise = "" if self._may_offer() else unmet.otherwise
        said = "\n".join(filter(None, (unmet.sentence, unmet.source, otherwise)))
        tone, icon = ("warn", "triangle-alert") if unmet.needs_reason else ("danger", "shield-alert")
        self.say(said, tone, icon=icon)
        if unmet.needs_reason:
            self._ask_why(unmet)

    def _ask_why(self, warned: Hindrance) -> None:
        """A line for the reason why it is done in spite of a rule that warns."""
        question = Question(warned.id, WHY_DESPITE, hint=_("It is sealed with the step; the journal notes the rule."))
        asked = QuestionField(question, reasons=False)
        asked.fill(self.because.get(warned.id))
        asked.edited.connect(self.edited)
        self.why_despite[warned.id] = asked
        self.above.addWidget(asked)

    def _offer_to_go_on(self, error: SafeguardsUnmet) -> None:
        """Where the law lets a new step go without consent, there is a way on for two."""
        if self._may_offer() and may_go_on(error.unmet):
            offer = button(_("Go on all the same…"), self.go_on_all_the_same, icon="shield-alert")
            self.above.addWidget(plain_widget(row(offer, 1)))
            offer.setFocus()

    def _may_offer(self) -> bool:
        """A correction is judged on its own day; what was wrong then is not made right by an act of today."""
        return bool(self.place.case_id and not self.place.step_id)

    def go_on_all_the_same(self) -> None:
        """Ask for the ground, the reason and the second person."""
        desk_second.others(self.door, self._ask_second, self._refused)

    def _ask_second(self, members: tuple[str, ...]) -> None:
        self.above.takeAt(self.above.count() - 1).widget().deleteLater()
        self.all_the_same = self.seconding = panel = AllTheSamePanel(members, self.because.get(WITHOUT_CONSENT, ""))
        self.why_despite[WITHOUT_CONSENT] = panel.why
        panel.why.edited.connect(self.edited)
        panel.agreed.connect(self._go_on)
        panel.left.connect(self.clear)
        self._show_panel(panel)

    def _show_panel(self, panel: SecondPanel) -> None:
        self.above.addWidget(panel)
        panel.setFocus()
        QTimer.singleShot(0, panel, lambda: self.area.ensureWidgetVisible(panel, 0, 20))

    def _go_on(self, ground: Ground, second: Second) -> None:
        told = {"ground": ground, "second": second, "because": dict(self.reasons())}
        to_desk = partial(desk_second.go_on, self.door, self.place, self.written(), self.say_saved, self._not_agreed)
        self._let_go(partial(to_desk, **told))

    def _let_go(self, send: Callable[[], object]) -> None:
        """Whoever agreed may be gone when the desk locks: what was typed is kept until it is done."""
        self.keep_draft()
        self.is_touched = False
        send()

    def _not_agreed(self, error: DeskError) -> None:
        """Say it where the second person looks; a rule that warns asks for its reason first."""
        self.is_touched = True
        panel = self.seconding
        if panel is None:
            self._refused(error)
            return
        if isinstance(error, SafeguardsUnmet):
            for unmet in hindrances(error.unmet):
                self._show_unmet(unmet)
        panel.refuse(error)

    def clear(self) -> None:
        super().clear()
        self.why_despite.clear()
        self.all_the_same = self.seconding = None

    def _head(self) -> QFrame:
        title = _("Correct: %(step)s") % {"step": self.kind.label()} if self.place.step_id else self.kind.label()
        turning = button(_("Explain it to the person…"), self.turn, icon="monitor") if self._is_explained() else None
        return self.head(title, self.case_code, turning)

    def _is_explained(self) -> bool:
        """Whether the person can read and tick this for herself or himself."""
        return self.kind.kind == Consent.kind and not self.place.step_id
