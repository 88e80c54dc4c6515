"""One organisation of the directory with its services, locations and contacts; addresses stay sealed."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QVBoxLayout, QWidget

from referral_desk import words
from referral_desk.directory import EntryPage, OrganisationPage
from referral_desk.gui import desk_listed
from referral_desk.gui.desk import Door
from referral_desk.gui.desk_listed import EntryPlace
from referral_desk.gui.layouts import Flow
from referral_desk.gui.pieces import (
    apart,
    button,
    card,
    column,
    emptied,
    frame,
    image,
    label,
    narrow,
    notice,
    row,
    scrolled,
)
from referral_desk.step_lines import Line
from referral_desk.words import N_, _

WIDEST = 900
ICONS = {"organisation": "building-2", "service": "hand-helping", "location": "house", "contact": "user"}
ADD = {
    "service": N_("Add a service"),
    "location": N_("Add a location"),
    "contact": N_("Add a contact"),
}
HAS_VERIFICATION = ("organisation", "service")


class OrganisationView(QWidget):
    left = Signal()
    wants_form = Signal(object)
    help_name = "directory"

    def __init__(self, door: Door, organisation_id: UUID) -> None:
        super().__init__()
        self.door, self.organisation_id = door, organisation_id
        self.is_open = False
        self.page: OrganisationPage | None = None
        self.body = QVBoxLayout()
        self.body.setContentsMargins(0, 0, 0, 0)
        self.setLayout(self.body)
        QShortcut(QKeySequence("Esc"), self, self.left.emit, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.refresh()

    def refresh(self) -> None:
        desk_listed.look(self.door, self.organisation_id, self._show, unsealed=self.is_open)

    def turn_addresses(self) -> None:
        """Show what is sealed, or hide it again; the journal notes the reading."""
        self.is_open = not self.is_open
        self.refresh()

    def verify(self, one: EntryPage) -> None:
        desk_listed.verify(self.door, one.code, one.id, lambda _id: self.refresh())

    def show_history(self, one: EntryPage) -> None:
        desk_listed.history(self.door, one, self._show_history)

    def _show(self, page: OrganisationPage) -> None:
        self.page = page
        emptied(self.body)
        doubts = [notice(doubt, "warn", icon="triangle-alert") for doubt in page.doubts]
        cards = [self._entry(page.entry), *(self._entry(one) for one in page.parts)]
        adding = Flow([self._adding(code) for code, _label in page.kinds], gap=8)
        self.area = scrolled(narrow(column(*doubts, *cards, adding, 1, gap=12, margin=(24, 16, 24, 24)), WIDEST))
        self.body.addWidget(self._head(page))
        self.body.addWidget(self.area, 1)
        self.back.setFocus()

    def _head(self, page: OrganisationPage) -> QFrame:
        self.back = button(_("Back"), self.left.emit, icon="arrow-left")
        self.back.setToolTip("Esc")
        name = label(words.isolate(page.row.name), "page", wraps=True)
        texts = column(name, label(page.row.summary, "small", wraps=True), gap=0)
        made = row(self.back, texts, self._opener(), gap=16, margin=(24, 12, 24, 12))
        made.setStretch(1, 1)
        return frame("bar", made)

    def _opener(self) -> QWidget | None:
        if not self.door.facts.entitled:
            return None
        text = _("Hide addresses") if self.is_open else _("Show addresses")
        made = button(text, self.turn_addresses, icon="eye-off" if self.is_open else "eye")
        made.setToolTip(_("Addresses and remarks are sealed; the journal notes that you looked."))
        return made

    def _entry(self, one: EntryPage) -> QFrame:
        kind = label(one.label, "small")
        name = label(words.isolate(one.name), "heading", wraps=True)
        marks = Flow([label(mark.text, "pill", tone=mark.tone) for mark in one.marks])
        head = row(image(ICONS[one.code], "accent_text"), column(kind, name, gap=0), gap=10)
        head.setStretch(1, 1)
        return card(head, marks, _answers(one.lines), Flow(self._buttons(one), gap=4), gap=10)

    def _buttons(self, one: EntryPage) -> list[QWidget]:
        owner = None if one.code == "organisation" else self.organisation_id
        place = EntryPlace(one.code, owner, one.id)
        made = [self._act(_("Change"), "pencil", partial(self.wants_form.emit, place), one)]
        if one.code in HAS_VERIFICATION:
            made.append(self._act(_("Verified today"), "check", partial(self.verify, one), one))
        if one.revision > 1:
            made.append(self._act(_("What it said before"), "history", partial(self.show_history, one), one))
        return made

    def _act(self, text: str, icon: str, do, one: EntryPage) -> QWidget:
        return button(text, do, icon=icon, look="quiet", says=f"{text}: {one.name}")

    def _adding(self, code: str) -> QWidget:
        place = EntryPlace(code, self.organisation_id)
        return button(_(ADD[code]), partial(self.wants_form.emit, place), icon="plus")

    def _show_history(self, former: list[EntryPage]) -> None:
        EntryHistory(former, self.window()).open()


class EntryHistory(QDialog):
    """What an entry said before, the latest first."""

    def __init__(self, former: list[EntryPage], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Referral Desk")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(640, 520)
        cards = [
            card(label(_("Revision %(number)d") % {"number": one.revision}, "label"), _answers(one.lines), gap=8)
            for one in reversed(former)
        ]
        close = button(_("Close"), self.accept, look="primary")
        close.setDefault(True)
        title = label(_("What it said before"), "heading")
        self.setLayout(column(title, scrolled(column(*cards, 1, gap=12)), row(1, close), gap=12, margin=20))


def _answers(lines: tuple[Line, ...]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(0, 2)
    grid.setColumnStretch(1, 3)
    for at, told in enumerate(line for line in lines if line.name != "name"):
        asked = label(told.label, "muted", wraps=True)
        asked.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop)
        grid.addWidget(asked, at, 0)
        grid.addLayout(
            row(label(apart(told.text), wraps=True), image("lock", "muted", 14) if told.is_sealed else None), at, 1
        )
    return grid
