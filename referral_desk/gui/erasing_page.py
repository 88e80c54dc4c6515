"""Erasing a person: what goes, what stays, why, and the code of the case typed before anything happens."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton, QVBoxLayout, QWidget

from referral_desk import words
from referral_desk.erasure import Ground, Plan, counted
from referral_desk.errors import DeskError, KeptUntil, OnLegalHold
from referral_desk.gui import desk_erasing
from referral_desk.gui.choices import Chip
from referral_desk.gui.desk import Door
from referral_desk.gui.layouts import CardGrid, Flow
from referral_desk.gui.pieces import (
    apart,
    at_top,
    button,
    card,
    column,
    directed,
    emptied,
    frame,
    image,
    label,
    narrow,
    notice,
    plain_widget,
    row,
    scrolled,
)
from referral_desk.gui.rights_card import HOLD
from referral_desk.gui.secret_field import captioned, error_line, private_line, tell
from referral_desk.gui.unlock import busy_bar
from referral_desk.words import N_, _

REASONS = {Ground.REQUEST: N_("The person asked for it"), Ground.RETENTION: N_("Its time has ended")}


class ErasingPage(QWidget):
    """A page, not a dialog: the lock must not wait for an answer. The certificate comes from the door."""

    left = Signal()
    wants_right = Signal(str, object)

    def __init__(self, door: Door, case_id: UUID, ground: Ground | None = None) -> None:
        super().__init__()
        self.door, self.case_id = door, case_id
        self.plan: Plan | None = None
        self.asking = Asking(ground)
        self.code = label("", "small")
        self.busy = busy_bar(_("The case is being erased"))
        self.erase_button = button(_("Erase for good"), self.erase, icon="trash-2", look="danger", tone="accent_ink")
        self.said, self.refusal = QVBoxLayout(), QVBoxLayout()
        body = column(self.refusal, self.said, self.asking, 1, gap=12, margin=(24, 16, 24, 24))
        self.area = scrolled(narrow(body))
        self.setLayout(column(self._head(), self.area, self._foot(), gap=0))
        QShortcut(QKeySequence("Esc"), self, self.left.emit)
        self._allow(False)
        desk_erasing.plan(door, case_id, self._show, self._refused)

    def erase(self) -> None:
        """Ask the desk, unless the reason or the code of the case is missing; that is said where it is missing."""
        if self.plan is None or not self.asking.is_answered(self.plan):
            return
        emptied(self.refusal)
        self.busy.show()
        self._allow(False)
        desk_erasing.erase(self.door, self.case_id, self.asking.ground(), self._refused)

    def _show(self, plan: Plan) -> None:
        self.plan = plan
        emptied(self.said)
        self.said.setSpacing(12)
        self.code.setText(directed(words.isolate(plan.code)))
        for part in (self._hold(plan), self._warning(plan), _what(plan), _recipients(plan)):
            if part is not None:
                self.said.addWidget(part)
        self.asking.show_for(plan)
        self.asking.setHidden(plan.on_legal_hold)
        self._allow(not plan.on_legal_hold)

    def _hold(self, plan: Plan) -> QFrame | None:
        if plan.held_since is None:
            return None
        lift = button(_("Lift the legal hold"), lambda: self.wants_right.emit(HOLD, self.case_id), icon="gavel")
        return notice(f"{OnLegalHold()}\n{held(plan)}", "danger", lift, icon="gavel")

    def _warning(self, plan: Plan) -> QFrame | None:
        return notice(plan.warning, "warn", icon="triangle-alert") if plan.warning else None

    def _refused(self, error: DeskError) -> None:
        """Nothing was erased: say why, where it is seen at once; and look again at what there is."""
        self.busy.hide()
        self._allow(self.plan is not None and not self.plan.on_legal_hold)
        self.asking.setHidden(self.plan is None or self.plan.on_legal_hold)
        emptied(self.refusal)
        self.refusal.addWidget(notice(str(error), "danger", icon="circle-alert"))
        self.area.verticalScrollBar().setValue(0)

    def _allow(self, may_go: bool) -> None:
        for one in (self.asking, self.erase_button):
            one.setEnabled(may_go)
        if may_go:
            QTimer.singleShot(0, self.asking, self.asking.first.setFocus)

    def _head(self) -> QFrame:
        back = button(_("Back"), self.left.emit, icon="arrow-left", says=_("Back, nothing is erased"))
        back.setToolTip("Esc")
        texts = column(label(_("Erase a case"), "page", wraps=True), self.code, gap=0)
        made = row(back, texts, gap=16, margin=(24, 12, 24, 12))
        made.setStretch(1, 1)
        return frame("bar", made)

    def _foot(self) -> QFrame:
        final = label(_("Nobody can bring back what is erased."), "muted", wraps=True)
        made = row(final, self.busy, self.erase_button, gap=12, margin=(24, 10, 24, 10))
        made.setStretch(0, 1)
        return frame("foot", made)


class Asking(QWidget):
    """The reason, and the deliberate word: the code of the case."""

    def __init__(self, ground: Ground | None) -> None:
        super().__init__()
        self.group = QButtonGroup(self)
        self.reasons = {one: self._reason(one, chosen=one is ground) for one in Ground}
        self.first: QWidget = self.reasons[ground or Ground.REQUEST]
        self.why_missing, self.code_missing = error_line(), error_line()
        self.too_early = label("", "small", wraps=True)
        self.typed = private_line(_("Code of the case"))
        hint = _("Type the code of the case that you see above, so that no other case goes by mistake.")
        reason = column(Flow(list(self.reasons.values())), self.too_early, self.why_missing, gap=6)
        code = captioned(_("Code of the case"), self.typed, hint)
        self.setLayout(
            column(
                card(label(_("Why is it erased?"), "heading"), reason, margin=16),
                card(code, self.code_missing, margin=16),
                gap=12,
            )
        )

    def show_for(self, plan: Plan) -> None:
        """Its own time is a reason only once it has ended."""
        by_time = self.reasons[Ground.RETENTION]
        by_time.setEnabled(plan.may_be_kept_no_longer)
        self.too_early.setText("" if plan.may_be_kept_no_longer else directed(kept(plan)))
        self.too_early.setHidden(plan.may_be_kept_no_longer)

    def ground(self) -> Ground:
        return next(ground for ground, chip in self.reasons.items() if chip.isChecked())

    def is_answered(self, plan: Plan) -> bool:
        """Whether both were answered; what is missing is marked and ready to be put right."""
        has_reason, is_named = self.group.checkedButton() is not None, plan.is_named_by(self.typed.text())
        tell(self.why_missing, "" if has_reason else _("Please say why."))
        tell(self.code_missing, "" if is_named else _("This is not the code of this case."))
        if not has_reason or not is_named:
            (self.first if not has_reason else self.typed).setFocus()
        return has_reason and is_named

    def _reason(self, ground: Ground, *, chosen: bool) -> QPushButton:
        made = Chip(_(REASONS[ground]))
        made.setProperty("look", "chip")
        made.setCheckable(True)
        made.setChecked(chosen)
        made.setAccessibleName(f"{_('Why is it erased?')} {_(REASONS[ground])}")
        made.setToolTip(ground.label)
        self.group.addButton(made)
        return made


def held(plan: Plan) -> str:
    """Since when a court needs the case, and until when it was said to."""
    if plan.held_since is None:
        return ""
    since = _("On hold since %(day)s") % {"day": words.isolate(words.day(plan.held_since))}
    if plan.held_until is None:
        return since
    until = _("expected to end on %(day)s") % {"day": words.isolate(words.day(plan.held_until))}
    return f"{since}, {until}"


def kept(plan: Plan) -> str:
    return str(KeptUntil(day=words.isolate(words.day(plan.kept_until))))


def _what(plan: Plan) -> QWidget:
    """What goes beside what stays."""
    goes = [_item("trash-2", "danger", counted(text, number)) for text, number in plan.goes]
    stays = [_item("info", "muted", sentence) for sentence in plan.stays]
    both = (
        card(label(_("What goes"), "heading"), *goes, 1),
        card(label(_("What stays"), "heading"), *stays, 1),
    )
    return CardGrid(both, narrowest=34)


def _recipients(plan: Plan) -> QFrame | None:
    if not plan.recipients:
        return None
    told = label(_("They hold paper about the case and must be told (GDPR, art. 19)."), "small", wraps=True)
    named = [_item("building-2", "muted", apart(name)) for name in plan.recipients]
    return card(label(_("Other organisations"), "heading"), told, *named)


def _item(icon: str, colour: str, text: str) -> QWidget:
    made = row(at_top(image(icon, colour, 16)), label(text, wraps=True), gap=8)
    made.setStretch(1, 1)
    return plain_widget(made)
