"""Who knows what about the person of a case: every paper that left and every word that was said, and what is next."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from referral_desk import words
from referral_desk.disclosures import SPOKEN_BASES, Disclosure
from referral_desk.errors import DeskError
from referral_desk.gui import desk_papers
from referral_desk.gui.desk import Door
from referral_desk.gui.desk_papers import Ledger
from referral_desk.gui.pieces import (
    SteadyBox,
    apart,
    button,
    card,
    column,
    directed,
    emptied,
    frame,
    label,
    line,
    narrow,
    notice,
    plain_widget,
    row,
    scrolled,
)
from referral_desk.gui.secret_field import captioned, error_line, private_line, tell
from referral_desk.letters import additions
from referral_desk.letters.documents import Errand
from referral_desk.letters.sentences import BASES
from referral_desk.nrm.terms import DataItem
from referral_desk.words import _

ENQUIRY = "enquiry"


class PapersPage(QWidget):
    """The ledger of one case, by recipient; from here every paper that belongs to no referral is made."""

    help_name = "papers"
    left = Signal()
    wants_right = Signal(str, object)
    wants_paper = Signal(object)

    def __init__(self, door: Door, case_id: UUID) -> None:
        super().__init__()
        self.door, self.case_id = door, case_id
        self.code = label("", "small")
        self.body = QVBoxLayout()
        self.body.setSpacing(12)
        self.spoken = Spoken(door, case_id)
        self.spoken.recorded.connect(self.refresh)
        content = column(self.body, self.spoken, 1, gap=12, margin=(24, 16, 24, 24))
        self.setLayout(column(self._head(), scrolled(narrow(content)), gap=0))
        QShortcut(QKeySequence("Esc"), self, self.left.emit)
        self.refresh()

    def refresh(self) -> None:
        desk_papers.ledger(self.door, self.case_id, self._show)

    def paper(self, document: str, recipient: str = "") -> None:
        """Look at a paper of this case before it leaves."""
        self.wants_paper.emit(Errand(document, self.case_id, recipient=recipient))

    def _show(self, found: Ledger) -> None:
        emptied(self.body)
        self.code.setText(directed(words.isolate(found.case_code)))
        for recipient in found.to_be_told:
            self.body.addWidget(self._call_back(recipient))
        told = [one for one in found.told if one.recipient]
        for recipient in dict.fromkeys(one.recipient for one in told):
            self.body.addWidget(_recipient(recipient, [one for one in told if one.recipient == recipient]))
        for_her = [one for one in found.told if not one.recipient]
        if for_her:
            self.body.addWidget(_recipient(_("The person, or a panel"), for_her))
        if not found.told:
            empty = _("Nobody was told anything yet. Begin with an enquiry: it asks for a place and names nobody.")
            self.body.addWidget(notice(empty, "accent", icon="info"))

    def _call_back(self, recipient: str) -> QFrame:
        told = _("%(recipient)s holds papers though the person has withdrawn consent.") % {"recipient": recipient}
        write = button(_("Write the notice"), partial(self.paper, additions.WITHDRAWAL, recipient), icon="file-text")
        return notice(told, "danger", write, icon="circle-alert")

    def _head(self) -> QFrame:
        back = button(_("Back"), self.left.emit, icon="arrow-left")
        back.setToolTip("Esc")
        self.first = back
        texts = column(label(_("Who knows what"), "page", wraps=True), self.code, gap=0)
        ask = button(_("Ask for a place…"), partial(self.paper, ENQUIRY), icon="file-text")
        show = button(
            _("Paper for the person…"), partial(self.paper, additions.WHO_KNOWS), icon="printer", look="primary"
        )
        made = row(back, texts, ask, show, gap=12, margin=(24, 12, 24, 12))
        made.setStretch(1, 1)
        return frame("bar", made)


class Spoken(QFrame):
    """What somebody was told by word of mouth, recorded by hand."""

    recorded = Signal()

    def __init__(self, door: Door, case_id: UUID) -> None:
        super().__init__()
        self.door, self.case_id = door, case_id
        self.setProperty("look", "card")
        self.recipient = private_line(_("Who was told?"))
        self.item = _box(_("What?"), [(one.code, one.label) for one in DataItem])
        self.basis = _box(_("On what does it rest?"), [(code, _(BASES[code])) for code in SPOKEN_BASES])
        self.said = private_line(_("What was said; it is sealed"))
        self.error = error_line()
        self.does = button(_("Record it"), self.record, icon="plus")
        self.does.setEnabled(door.facts.entitled)
        fields = (
            captioned(_("Who was told?"), self.recipient),
            captioned(_("What?"), self.item),
            captioned(_("On what does it rest?"), self.basis),
            captioned(_("What was said; it is sealed"), self.said),
        )
        heading = label(_("Told by word of mouth"), "heading")
        self.setLayout(column(heading, *fields, self.error, row(self.does, 1), gap=10, margin=16))

    def record(self) -> None:
        recipient = self.recipient.text().strip()
        if not recipient:
            tell(self.error, _("Say who was told."))
            self.recipient.setFocus()
            return
        told = {"recipient": recipient, "items": [self.item.currentData()], "basis": self.basis.currentData()}
        desk_papers.tell(self.door, self.case_id, self._done, self._refused, said=self.said.text(), **told)

    def _done(self, _row: object) -> None:
        tell(self.error, "")
        self.recipient.clear()
        self.said.clear()
        self.recorded.emit()

    def _refused(self, error: DeskError) -> None:
        tell(self.error, str(error))


def _recipient(name: str, told: list[Disclosure]) -> QFrame:
    parts: list[QWidget] = []
    for one in told:
        parts += [line(), _one(one)]
    return card(label(apart(name), "heading", wraps=True), *parts, gap=8)


def _one(one: Disclosure) -> QWidget:
    copy = _("copy %(number)d") % {"number": one.copy_number} if one.is_paper else ""
    head = " · ".join(
        part for part in (words.day(one.day), additions.title(one), words.isolate(one.reference), copy) if part
    )
    what = ", ".join(one.what) or _("nothing personal")
    why = " · ".join(part for part in (_(BASES.get(one.basis, "")), one.delivery, one.answer) if part)
    texts = [
        label(apart(head), "label", wraps=True),
        label(apart(what), wraps=True),
        label(apart(why), "small", wraps=True),
    ]
    return plain_widget(column(*texts, gap=2))


def _box(name: str, entries: list[tuple[str, str]]) -> SteadyBox:
    made = SteadyBox()
    made.setAccessibleName(name)
    for code, text in entries:
        made.addItem(text, code)
    return made
