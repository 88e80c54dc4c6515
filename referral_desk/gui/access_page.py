"""Everything that is kept about one person: first somebody reads what may speak of others, then it goes on paper."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton, QVBoxLayout, QWidget

from referral_desk import words
from referral_desk.access import Access, Answered, Recorded
from referral_desk.errors import DeskError
from referral_desk.gui import desk_erasing
from referral_desk.gui.choices import Chip
from referral_desk.gui.desk import Door
from referral_desk.gui.paper_page import PaperPage
from referral_desk.gui.pieces import (
    apart,
    button,
    column,
    directed,
    emptied,
    frame,
    label,
    narrow,
    notice,
    row,
    scrolled,
)
from referral_desk.gui.secret_field import error_line, tell
from referral_desk.words import N_, _, ngettext

OWN_FILE = "own_file"
CHOICES = {True: N_("The person may have it"), False: N_("Black it out")}


class AccessPage(QWidget):
    """Goes through every marked answer; what was decided waits sealed, also over a lock."""

    left = Signal()
    wants_right = Signal(str, object)

    def __init__(self, door: Door, case_id: UUID) -> None:
        super().__init__()
        self.door, self.case_id = door, case_id
        self.decided: dict[str, bool] = {}
        self.cards: list[Marked] = []
        self.code, self.count = label("", "small"), label("", "muted")
        self.error = error_line()
        self.go_on = button(_("Preview the paper"), self.preview, icon="file-text", look="primary")
        self.body = QVBoxLayout()
        self.body.setSpacing(12)
        self.area = scrolled(narrow(column(self.body, 1, margin=(24, 16, 24, 24))))
        self.setLayout(column(self._head(), self.area, self._foot(), gap=0))
        QShortcut(QKeySequence("Esc"), self, self.left.emit)
        self.go_on.setEnabled(False)
        desk_erasing.look(door, case_id, self._show, self._refused)

    def preview(self) -> None:
        """Put it on paper once everything was read; before that, go to what waits."""
        waiting = self.waiting()
        if not waiting:
            self.wants_right.emit(OWN_FILE, self.case_id)
            return
        said = ngettext(
            "%(count)d answer is still to be read.", "%(count)d answers are still to be read.", len(waiting)
        )
        tell(self.error, said % {"count": len(waiting)})
        self._go_to(waiting[0])

    def waiting(self) -> list[Marked]:
        """The answers that nobody has decided upon."""
        return [card for card in self.cards if card.answer.place not in self.decided]

    def decide(self, card: Marked, may_have: bool) -> None:
        self.decided[card.answer.place] = may_have
        tell(self.error, "")
        self._say_how_many()
        done = partial(self._go_on_from, card)
        desk_erasing.decide(self.door, self.case_id, card.answer, may_have=may_have, then=done)

    def _show(self, found: tuple[Access, dict[str, bool]]) -> None:
        looked, self.decided = found
        emptied(self.body)
        self.code.setText(directed(words.isolate(looked.code)))
        self.body.addWidget(notice(_advice(len(looked.marked)), "accent", icon="eye"))
        self.cards = [Marked(one, answer) for one in (*looked.recorded, *looked.drafts) for answer in one.marked]
        for card in self.cards:
            card.show_decision(self.decided.get(card.answer.place))
            card.decided.connect(partial(self.decide, card))
            self.body.addWidget(card)
        self.go_on.setEnabled(True)
        self._say_how_many()
        self._go_on_from(None)

    def _refused(self, error: DeskError) -> None:
        emptied(self.body)
        self.body.addWidget(notice(str(error), "danger", icon="circle-alert"))

    def _say_how_many(self) -> None:
        read = len(self.cards) - len(self.waiting())
        told = {"read": read, "count": len(self.cards)}
        self.count.setText(directed(_("%(read)d of %(count)d read") % told) if self.cards else "")

    def _go_on_from(self, card: Marked | None, _nothing: object = None) -> None:
        """To the next answer that waits, from where one is; from the last to the first, and then to the paper."""
        waiting = self.waiting()
        at = self.cards.index(card) if card else -1
        later = [one for one in waiting if self.cards.index(one) > at]
        if waiting:
            self._go_to((later or waiting)[0])
        else:
            self.go_on.setFocus()

    def _go_to(self, card: Marked) -> None:
        card.first.setFocus()
        QTimer.singleShot(0, card, lambda: self.area.ensureWidgetVisible(card, 0, 40))

    def _head(self) -> QFrame:
        back = button(_("Back"), self.left.emit, icon="arrow-left")
        back.setToolTip("Esc")
        texts = column(label(_("Everything that is kept"), "page", wraps=True), self.code, gap=0)
        made = row(back, texts, gap=16, margin=(24, 12, 24, 12))
        made.setStretch(1, 1)
        return frame("bar", made)

    def _foot(self) -> QFrame:
        made = row(self.count, self.error, 1, self.go_on, gap=12, margin=(24, 10, 24, 10))
        return frame("foot", made)


class Marked(QFrame):
    """One answer in somebody's own words, where it stands, and whether the person may have it."""

    decided = Signal(bool)

    def __init__(self, one: Recorded, answer: Answered) -> None:
        super().__init__()
        self.answer = answer
        self.decision: bool | None = None
        self.setProperty("look", "card")
        self.group = QButtonGroup(self)
        self.chips = {may_have: self._chip(may_have) for may_have in CHOICES}
        self.first: QPushButton = self.chips[True]
        text = label(apart(answer.text), wraps=True)
        where = row(label(_where(one), "small"), label(_("former wording"), "pill") if _is_former(one) else None, 1)
        buttons = row(*self.chips.values(), 1)
        self.setLayout(column(where, label(answer.label, "label", wraps=True), text, buttons, gap=8, margin=16))

    def show_decision(self, may_have: bool | None) -> None:
        self.decision = may_have
        if may_have is not None:
            self.chips[may_have].setChecked(True)

    def _choose(self, may_have: bool) -> None:
        if may_have is not self.decision:
            self.decision = may_have
            self.decided.emit(may_have)

    def _chip(self, may_have: bool) -> QPushButton:
        made = Chip(_(CHOICES[may_have]))
        made.setProperty("look", "chip")
        made.setCheckable(True)
        made.setAccessibleName(f"{self.answer.label} {_(CHOICES[may_have])}")
        made.setAccessibleDescription(self.answer.text)
        made.clicked.connect(partial(self._choose, may_have))
        self.group.addButton(made)
        return made


class OwnFilePage(PaperPage):
    """The paper for the person. It is noted as given when it is printed or saved, and only as it was on screen."""

    wants_right = Signal(str, object)

    def __init__(self, door: Door, case_id: UUID) -> None:
        super().__init__(_("What we keep about you"))
        self.door, self.case_id = door, case_id
        self.shown: desk_erasing.OwnFile | None = None
        self.refresh()

    def refresh(self) -> None:
        self.allow(False)
        decided = self.shown.decided if self.shown else None  # once it was given, nothing waits at the desk any more
        language = self.language.currentData()
        desk_erasing.own_file(self.door, self.case_id, language, decided, self._show, self.show_none)

    def look_again(self, let_go) -> None:
        """Something may have been recorded since: then the paper is shown anew instead."""
        if self.shown is not None:
            self.allow(False)
            then = partial(self._let_go, let_go)
            desk_erasing.give(self.door, self.shown.looked, self.language.currentData(), then)

    def _let_go(self, let_go, is_the_same: bool) -> None:
        if is_the_same and self.paper is not None:
            self.allow(True)
            let_go(self.paper.pdf)
        else:
            self.door.refused.emit(_("Something was recorded meanwhile. Read what is new first."))
            self.wants_right.emit("access", self.case_id)

    def _show(self, shown: desk_erasing.OwnFile) -> None:
        self.shown = shown
        self.show_paper(shown.printed.pdf, shown.printed.file_name)
        emptied(self.told)
        self.told.addWidget(label(_("The paper holds"), "heading"))
        for sentence in _holds(shown):
            self.told.addWidget(label(sentence, wraps=True))
        self.told.addStretch(1)
        self.printing.setFocus()


def _advice(count: int) -> str:
    if not count:
        return _("No answer is in somebody's own words: nothing has to be read first.")
    return _(
        "These answers are in somebody's own words. Read each one. Black out what speaks of another person: "
        "what a name, a room or a threat tells of somebody else is not this person's to have (GDPR, art. 15(4))."
    )


def _where(one: Recorded) -> str:
    day = f"{one.label} · {words.isolate(words.day(one.day))}" if one.day else one.label
    return day if one.id else _("%(step)s, half filled") % {"step": day}


def _is_former(one: Recorded) -> bool:
    return one.id is not None and not one.is_current


def _holds(shown: desk_erasing.OwnFile) -> list[str]:
    count, held_back, left_out = len(shown.looked.recorded), shown.withheld, shown.printed.left_out
    told = [ngettext("%(count)d record", "%(count)d records", count) % {"count": count}]
    if held_back:
        said = ngettext("%(count)d answer is blacked out", "%(count)d answers are blacked out", held_back)
        told.append(said % {"count": held_back})
    if left_out:
        said = _("Not printed, for want of its letters; hand it over in another way: %(questions)s")
        told.append(said % {"questions": ", ".join(left_out)})
    return told
