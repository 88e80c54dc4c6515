"""Above the tracks of a case: who must never learn of it, who may be the same person, who belongs to it."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from referral_desk import one_person, words
from referral_desk.beside import Beside, beside
from referral_desk.gui.compare_dialog import CompareDialog
from referral_desk.gui.desk import Door
from referral_desk.gui.pieces import apart, button, emptied, notice
from referral_desk.one_person import Candidate, LinkedRow, MergedRow, Side
from referral_desk.words import _, ngettext


class BesideCard(QWidget):
    """Takes no room where there is nothing to be known. With `named` it names persons who must not learn, too.

    It looks for them when it is told to: two threads that both run Python hinder each other, and painting comes first.
    """

    wants_taken_back = Signal()
    wants_case = Signal(object)

    def __init__(self, door: Door, case_id: UUID, *, named: bool) -> None:
        super().__init__()
        self.door, self.case_id = door, case_id
        self.shown = QVBoxLayout()
        self.shown.setContentsMargins(0, 0, 0, 0)
        self.shown.setSpacing(8)
        self.setLayout(self.shown)
        self.hide()
        self.known: Beside | None = None
        self._named = named
        self.has_asked = False
        door.pieces.names_known.connect(self._look_again)

    def look(self) -> None:
        """Ask what there is to be known, once."""
        if not self.has_asked:
            self.has_asked = True
            wanted = partial(beside, case_id=self.case_id, named=self._named, at_once=True)
            self.door.ask(wanted, self._show, unsealed=self.door.facts.entitled)

    def _look_again(self) -> None:
        """Every name is known by now, and with them who may be the same person."""
        if self.known is not None and self.known.candidates is None:
            self.has_asked = False
            self.look()

    def compare(self, other: Candidate) -> None:
        """Show both persons side by side; then somebody decides."""
        wanted = partial(one_person.compare, one=self.case_id, other=other.row.id)
        self.door.ask(wanted, partial(self._show_both, other), unsealed=True)

    def take_apart(self, one: MergedRow) -> None:
        self.door.change(partial(one_person.take_apart, away=one.id), lambda _id: None)

    def _show(self, known: Beside) -> None:
        self.known = known
        if known.candidates is None:
            self.door.pieces.learn_names()
        emptied(self.shown)
        if known.never_tell:
            names = " · ".join(apart(name) for name in known.never_tell)
            self.shown.addWidget(notice(_("Never tell: %(names)s") % {"names": names}, "danger", icon="shield-alert"))
        for row in (
            *(self._candidate(one) for one in known.candidates or ()),
            *(self._linked(one) for one in known.linked),
            *(self._merged(one) for one in known.merged),
            *([self._taken_back(known.taken_back)] if known.taken_back else []),
        ):
            self.shown.addWidget(row)
        self.setVisible(self.shown.count() > 0)

    def _candidate(self, one: Candidate) -> QWidget:
        told = {"case": words.isolate(one.row.code), "reasons": ", ".join(one.reasons)}
        said = _("Perhaps the same person as %(case)s: %(reasons)s.") % told
        look = button(_("Compare…"), partial(self.compare, one), look="quiet", says=_("Compare with %(case)s") % told)
        return notice(said, "warn", look, icon="users")

    def _linked(self, one: LinkedRow) -> QWidget:
        told = {"case": words.isolate(one.row.code), "link": one.link}
        said = _("%(link)s: %(case)s.") % told
        if one.may_know is False:
            said += " " + _("They may not know of one another.")
        go = button(
            _("Go there"), partial(self.wants_case.emit, one.row.id), look="quiet", says=_("Go to %(case)s") % told
        )
        return notice(said, "plain" if one.may_know is not False else "warn", go, icon="users")

    def _merged(self, one: MergedRow) -> QWidget:
        says = _("Take %(case)s apart again") % {"case": one.code}
        undo = button(_("Take apart"), partial(self.take_apart, one), look="quiet", says=says)
        buttons = [undo] if self.door.facts.entitled else []
        return notice(one_person.merged_sentence(one), "plain", *buttons, icon="copy")

    def _taken_back(self, count: int) -> QWidget:
        said = ngettext("%(count)d step was taken back.", "%(count)d steps were taken back.", count) % {"count": count}
        show = button(_("Show"), self.wants_taken_back.emit, look="quiet", says=_("Show what was taken back"))
        return notice(said, "plain", show, icon="undo-2")

    def _show_both(self, other: Candidate, sides: tuple[Side, Side]) -> None:
        dialog = CompareDialog(sides, other.reasons, self.window())
        dialog.wants_merge.connect(partial(self._merge, other.row.id))
        dialog.wants_apart.connect(partial(self._keep_apart, other.row.id))
        dialog.wants_case.connect(lambda: self.wants_case.emit(other.row.id))
        dialog.open()

    def _merge(self, other: UUID) -> None:
        self.door.change(partial(one_person.merge, away=other, into=self.case_id), lambda _id: None)

    def _keep_apart(self, other: UUID) -> None:
        self.door.change(partial(one_person.keep_apart, case_id=self.case_id, other_id=other), lambda _id: None)
