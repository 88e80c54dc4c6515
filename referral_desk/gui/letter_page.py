"""A document before it leaves: exactly what will be on paper, what it tells, what it withholds, what is missing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from referral_desk import words
from referral_desk.errors import DeskError
from referral_desk.gui import desk_papers
from referral_desk.gui.desk import Door
from referral_desk.gui.findings_panel import FindingsPanel
from referral_desk.gui.paper_page import PaperPage
from referral_desk.gui.pieces import SteadyBox, apart, button, column, emptied, image, label, notice, row
from referral_desk.gui.secret_field import captioned, private_line
from referral_desk.letters import layout
from referral_desk.letters.documents import Errand
from referral_desk.letters.findings import Ruling
from referral_desk.letters.form import FORM
from referral_desk.letters.layout import Layout
from referral_desk.letters.places import Missing
from referral_desk.nrm.referral import Delivery, Urgency
from referral_desk.nrm.terms import Service
from referral_desk.words import _


class LetterPage(PaperPage):
    """What is on screen before printing is all that leaves. As it leaves it is noted in the ledger."""

    help_name = "letter"
    wants_answer = Signal(object)
    """An answer that the paper lacks (Wanted)."""

    def __init__(self, door: Door, referral_id: UUID | None = None, errand: Errand | None = None) -> None:
        super().__init__(_("A paper before it leaves"))
        self.door = door
        self.errand = errand or Errand(FORM, referral=referral_id)
        self.letter: Any = None
        self.findings = FindingsPanel()
        self.findings.ruled.connect(self._rule)
        self.findings.taken_back.connect(self._take_back)
        self.rulings: tuple[Ruling, ...] = ()
        about = "referral" if self.errand.referral else "case"
        self.layouts = {one.name: one for one in layout.every() if one.about == about}
        self.document = self._box(_("Document"), [(one.name, one.label) for one in self.layouts.values()])
        self.document.setCurrentIndex(max(0, self.document.findData(self.errand.document)))
        self.recipient = private_line(_("To which organisation?"), self.errand.recipient)
        self.recipient.editingFinished.connect(self._recipient_changed)
        self.service = self._box(_("What is asked for?"), [(one.code, one.label) for one in Service])
        self.urgency = self._box(_("How urgent is it?"), [(one.code, one.label) for one in Urgency])
        self.urgency.setCurrentIndex(self.urgency.findData(Urgency.NORMAL.code))
        self.delivery = self._box(
            _("How will it be delivered?"), [("", "–"), *((one.code, one.label) for one in Delivery)]
        )
        self.delivery.activated.disconnect()
        self._asked = {
            "recipient": captioned(_("To which organisation?"), self.recipient),
            "service": captioned(_("What is asked for?"), self.service),
            "urgency": captioned(_("How urgent is it?"), self.urgency),
        }
        self.beside = self._box(_("Beside it, a second language"), [("", "–"), *words.PAPER_LANGUAGES.items()])
        self.choices.addWidget(self.findings)
        for part in (captioned(_("Document"), self.document), *self._asked.values()):
            self.choices.addWidget(part)
        self.choices.addWidget(captioned(_("Beside it, a second language"), self.beside))
        self.choices.addWidget(captioned(_("How will it be delivered?"), self.delivery))
        self.refresh()

    @property
    def laid(self) -> Layout:
        return self.layouts[self.document.currentData()]

    def wanted(self) -> Errand:
        """What is chosen now."""
        asks = self.laid.about == "case"
        return replace(
            self.errand,
            document=self.laid.name,
            recipient=self.recipient.text().strip() if asks else "",
            services=frozenset({Service.of(self.service.currentData())}) if asks else frozenset(),
            urgency=Urgency.of(self.urgency.currentData()),
            language=self.language.currentData(),
            beside=self._second_language(),
            rulings=self.rulings,
        )

    def _second_language(self) -> str:
        chosen = self.beside.currentData()
        return "" if chosen == self.language.currentData() else chosen

    def _rule(self, ruling: Ruling) -> None:
        """A decision about a finding: the paper is made and read anew."""
        others = (one for one in self.rulings if one.finding != ruling.finding)
        self.rulings = (*others, ruling)
        self.refresh()

    def _take_back(self, ruling: Ruling) -> None:
        self.rulings = tuple(one for one in self.rulings if one != ruling)
        self.refresh()

    def refresh(self) -> None:
        """Make the paper anew. No seal is in force while an anonymous one is made."""
        self._show_what_is_asked()
        self.allow(False)
        desk_papers.make(self.door, self.wanted(), self._show, self._not_made)

    def look_again(self, let_go: Callable[[bytes], object]) -> None:
        """Make it anew before it leaves: consent may have been withdrawn since it was shown."""
        self.allow(False)
        desk_papers.make(self.door, self.wanted(), partial(self._compare, let_go), self._not_made)

    def _compare(self, let_go: Callable[[bytes], object], letter: Any) -> None:
        """Nothing leaves but what was on screen; a paper that has changed is shown first."""
        if self.letter is not None and letter.pdf == self.letter.pdf and not letter.waiting:
            noted = partial(self._noted, let_go, letter)
            desk_papers.let_go(self.door, letter, self.delivery.currentData(), noted, self._not_made)
            return
        is_next_copy = self.letter is not None and _copy(letter) != _copy(self.letter)
        self._show(letter)
        if is_next_copy:
            told = _("This is copy %(number)d. Look at it, then print or save it again.") % {"number": _copy(letter)}
        else:
            told = _("The form has changed meanwhile. Look at it, then print or save it again.")
        self.tell(told, "warn", "info")

    def _noted(self, let_go: Callable[[bytes], object], letter: Any, _row: object) -> None:
        self.allow(True)
        let_go(letter.pdf)

    def _recipient_changed(self) -> None:
        if self.recipient.isModified():
            self.recipient.setModified(False)
            self.refresh()

    def _show_what_is_asked(self) -> None:
        """Only an enquiry asks for something that no referral says; a paper for the person goes to nobody else."""
        needs_one = self.laid.recipient == "organisation" or "{recipient}" in " ".join(self.laid.lead)
        self._asked["recipient"].setVisible(self.laid.about == "case" and needs_one)
        for name in ("service", "urgency"):
            self._asked[name].setVisible(self.laid.about == "case" and self.laid.has_slip)

    def _show(self, letter: Any) -> None:
        self.letter = letter
        emptied(self.notices)
        self.show_paper(letter.pdf, letter.file_name)
        self.allow(not letter.waiting)
        self.findings.show_findings(letter.waiting, self.rulings, {line.name: line.text for line in letter.told})
        for note in letter.notes:
            self.notices.addWidget(notice(note, "warn", icon="eye-off"))
        self._show_told(letter)

    def _show_told(self, letter: Any) -> None:
        emptied(self.told)
        if letter.missing:
            self.told.addWidget(label(_("Answers that are missing"), "heading"))
            for one in letter.missing:
                self.told.addLayout(self._missing(one))
        self.told.addWidget(label(_("The form tells"), "heading"))
        for line in letter.told:
            self.told.addWidget(_told(line.label, line.text))
        if letter.withheld:
            self.told.addWidget(label(_("It withholds"), "heading"))
            for text in letter.withheld:
                self.told.addLayout(_withheld(text))
        self.told.addStretch(1)

    def _missing(self, one: Missing):
        says = _("Answer “%(label)s”") % {"label": one.label}
        paper = self.letter.paper
        wanted = desk_papers.Wanted(paper.case_id, paper.referral_id, one.kind, one.question)
        jump = button(_("Answer it"), partial(self.wants_answer.emit, wanted), icon="pencil", look="quiet", says=says)
        made = row(label(apart(one.label), wraps=True), jump, gap=8)
        made.setStretch(0, 1)
        return made

    def _not_made(self, error: DeskError) -> None:
        self.letter = None
        self.show_none(error)

    def _box(self, name: str, entries: list[tuple[str, str]]) -> SteadyBox:
        made = SteadyBox()
        made.setAccessibleName(name)
        for code, text in entries:
            made.addItem(text, code)
        made.activated.connect(lambda _at: self.refresh())
        return made


def _copy(letter: Any) -> int:
    return letter.paper.copy_number if letter.paper else 0


def _told(asked: str, text: str) -> QWidget:
    made = QWidget()
    made.setLayout(column(label(apart(asked), "small", wraps=True), label(apart(text), wraps=True), gap=1))
    return made


def _withheld(text: str):
    made = row(image("eye-off", "muted", 16), label(apart(text), "muted", wraps=True), gap=8)
    made.setStretch(1, 1)
    return made
