"""What the linter found on a paper, and what is done about each finding: nothing unread is printed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QVBoxLayout, QWidget

from referral_desk.gui.layouts import Flow
from referral_desk.gui.pieces import SteadyBox, apart, button, card, column, emptied, image, label, notice, row
from referral_desk.letters import findings
from referral_desk.letters.findings import Ruling, Way
from referral_desk.letters.linter import Finding
from referral_desk.nrm.terms import KeepReason
from referral_desk.words import N_, _, ngettext

EDITOR_HEIGHT = 76
_DONE = {
    Way.REPLACE: N_("Printed otherwise: %(where)s"),
    Way.REMOVE: N_("Left off this paper: %(where)s"),
    Way.KEEP: N_("Kept: %(finding)s. %(reason)s."),
}


class FindingsPanel(QWidget):
    """One card for each finding that waits; below them what was decided, which can be taken back."""

    ruled = Signal(object)
    """A Ruling."""
    taken_back = Signal(object)
    """A Ruling that no longer holds."""

    def __init__(self) -> None:
        super().__init__()
        self.cards: list[FindingCard] = []
        self.inner = QVBoxLayout(self)
        self.inner.setContentsMargins(0, 0, 0, 0)
        self.inner.setSpacing(10)
        self.hide()

    def show_findings(self, waiting: Iterable[Finding], rulings: Iterable[Ruling], printed: Mapping[str, str]) -> None:
        """`printed` is what stands on the paper, by the name of the question: what a replacement begins with."""
        emptied(self.inner)
        self.cards = [FindingCard(finding, printed.get(_name(finding), ""), self.ruled.emit) for finding in waiting]
        settled = list(rulings)
        if self.cards:
            self.inner.addWidget(notice(_told(len(self.cards)), "danger", icon="shield-alert"))
        for made in self.cards:
            self.inner.addWidget(made)
        for ruling in settled:
            self.inner.addWidget(self._settled(ruling))
        self.setVisible(bool(self.cards or settled))
        if self.cards:
            self.cards[0].focus()

    def _settled(self, ruling: Ruling) -> QFrame:
        said = _DONE[ruling.way]
        reason = ruling.reason.label if ruling.reason else ""
        text = _(said) % {"where": ruling.finding.where, "finding": str(ruling.finding), "reason": reason}
        back = button(_("Undo"), partial(self.taken_back.emit, ruling), icon="undo-2", look="quiet", says=_undo(ruling))
        made = row(image("circle-check", "good", 16), label(apart(text), "small", wraps=True), back, gap=8)
        made.setStretch(1, 1)
        return card(made, margin=10)


class FindingCard(QFrame):
    """One finding and the three ways to deal with it."""

    def __init__(self, finding: Finding, printed: str, decide: Callable[[Ruling], object]) -> None:
        super().__init__()
        self.setProperty("look", "card")
        self.finding, self.decide = finding, decide
        self.room = QVBoxLayout()
        self.ways = self._ways(printed)
        head = label(apart(str(finding)), "strong", wraps=True)
        hint = [] if findings.can_be_changed(finding) else [label(_(_ELSEWHERE), "small", wraps=True)]
        self.setLayout(column(head, *hint, Flow(self.ways), self.room, gap=8, margin=12))
        self.setAccessibleName(str(finding))

    def focus(self) -> None:
        self.ways[0].setFocus()

    def _ways(self, printed: str) -> list[QWidget]:
        keep = self._way(_("Keep…"), "check", self.ask_reason)
        if not findings.can_be_changed(self.finding):
            return [keep]
        replace = self._way(_("Replace…"), "pencil", partial(self.ask_text, printed))
        remove = self._way(_("Remove"), "trash-2", lambda: self.decide(findings.removed(self.finding)))
        return [replace, remove, keep]

    def _way(self, text: str, icon: str, pressed: Callable[[], object]) -> QWidget:
        return button(text, pressed, icon=icon, says=f"{text} {self.finding}")

    def ask_text(self, printed: str) -> None:
        """What is printed instead; what is recorded stays as it is."""
        editor = QPlainTextEdit(printed)
        editor.setTabChangesFocus(True)
        editor.setFixedHeight(EDITOR_HEIGHT)
        editor.setAccessibleName(_("Print this instead"))
        use = button(_("Print this instead"), lambda: self._use(editor.toPlainText()), look="primary")
        said = label(_("It changes this paper alone, not what is recorded."), "small", wraps=True)
        self._open(editor, said, row(use, 1))
        editor.setFocus()
        editor.selectAll()

    def ask_reason(self) -> None:
        """Why it may stay; the reason goes into the journal."""
        reasons = SteadyBox()
        reasons.setAccessibleName(_("Keep it because"))
        for reason in KeepReason:
            reasons.addItem(reason.label, reason)
        use = button(_("Keep"), lambda: self.decide(findings.kept(self.finding, reasons.currentData())), look="primary")
        said = label(_("The reason goes into the journal, never what it says."), "small", wraps=True)
        self._open(label(_("Keep it because"), "small"), reasons, said, row(use, 1))
        reasons.setFocus()

    def _use(self, text: str) -> None:
        self.decide(findings.replaced(self.finding, text) if text.strip() else findings.removed(self.finding))

    def _open(self, *parts) -> None:
        emptied(self.room)
        self.room.addLayout(column(*parts, gap=6))


_ELSEWHERE = N_("It stands in the request itself or in the file. Correct the referral, or keep it for a reason.")


def _told(count: int) -> str:
    return ngettext(
        "%(count)d place could point to a person. Decide it: until then nothing can be printed.",
        "%(count)d places could point to a person. Decide each: until then nothing can be printed.",
        count,
    ) % {"count": count}


def _name(finding: Finding) -> str:
    return finding.at.rpartition(".")[2]


def _undo(ruling: Ruling) -> str:
    return _("Undo: %(what)s") % {"what": str(ruling.finding)}
