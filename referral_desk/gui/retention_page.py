"""Cases whose time has ended: each is erased, or kept because a court needs it. Nobody's name stands here."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from referral_desk import words
from referral_desk.erasure import Ended
from referral_desk.errors import NotEntitled
from referral_desk.gui import desk_erasing
from referral_desk.gui.desk import Door
from referral_desk.gui.layouts import Flow
from referral_desk.gui.pieces import (
    button,
    card,
    column,
    directed,
    emptied,
    image,
    label,
    line,
    narrow,
    plain_widget,
    row,
    scrolled,
)
from referral_desk.gui.rights_card import HOLD
from referral_desk.nrm.retention import KEPT
from referral_desk.words import _, ngettext

ENDED = "ended"


class RetentionPage(QWidget):
    """What has to be decided, and under it what a legal hold keeps."""

    left = Signal()
    wants_right = Signal(str, object)
    wants_case = Signal(object)

    def __init__(self, door: Door) -> None:
        super().__init__()
        self.door = door
        self.shown = QVBoxLayout()
        self.shown.setSpacing(12)
        title = label(_("End of retention"), "title")
        self.setLayout(column(scrolled(narrow(column(title, self.shown, 1, gap=16, margin=24), 900))))
        door.changed.connect(self._changed)
        self.refresh()

    def refresh(self) -> None:
        desk_erasing.ended(self.door, self._show)

    def _changed(self, _case_id: object) -> None:
        self.refresh()

    def _show(self, found: tuple[tuple[Ended, ...], int]) -> None:
        ended, count = found
        emptied(self.shown)
        waiting = [one for one in ended if one.held_since is None]
        held = [one for one in ended if one.held_since is not None]
        if not self.door.facts.entitled and ended:
            self.shown.addWidget(label(str(NotEntitled()), "muted", wraps=True))
        if waiting:
            self.shown.addWidget(self._group(_("To be decided"), _advice(), waiting))
        if held:
            self.shown.addWidget(self._group(_("Kept because of a legal hold"), _advice_on_holds(), held))
        if count > len(ended):
            more = ngettext("and %(count)d more", "and %(count)d more", count - len(ended))
            self.shown.addWidget(label(directed(more % {"count": count - len(ended)}), "muted"))
        if not ended:
            self.shown.addWidget(_none())

    def _group(self, title: str, advice: str, cases: list[Ended]) -> QFrame:
        rows = [part for one in cases for part in (line(), self._row(one))]
        return card(label(title, "heading"), label(advice, "muted", wraps=True), *rows, gap=10)

    def _row(self, one: Ended) -> QWidget:
        code = button(one.row.code, partial(self.wants_case.emit, one.row.id), icon="folder-open", look="quiet")
        days = label(_days(one), "small", wraps=True)
        about = label(one.row.summary, wraps=True)
        told = column(row(code, 1), column(about, days, gap=2, margin=(8, 0, 8, 0)), gap=2)
        rights = _rights(one) if self.door.facts.entitled else ()
        buttons = Flow([self._button(right, text, icon, one) for right, text, icon in rights], gap=8, at_end=True)
        made = row(told, buttons, gap=16)
        for side in (0, 1):
            made.setStretch(side, 1)
        return plain_widget(made)

    def _button(self, right: str, text: str, icon: str, one: Ended) -> QWidget:
        says = f"{text}: {one.row.code}"
        return button(text, partial(self.wants_right.emit, right, one.row.id), icon=icon, says=says)


def _rights(one: Ended) -> tuple[tuple[str, str, str], ...]:
    if one.held_since is not None:
        return ((HOLD, _("Lift the legal hold"), "gavel"),)
    return ((ENDED, _("Erase the case"), "trash-2"), (HOLD, _("Keep it: a court needs it"), "gavel"))


def _days(one: Ended) -> str:
    ended = _("Its time ended on %(day)s") % {"day": words.isolate(words.day(one.kept_until))}
    if one.held_since is None:
        return ended
    since = _("on hold since %(day)s") % {"day": words.isolate(words.day(one.held_since))}
    parts = [ended, since]
    if one.held_until:
        parts.append(_("expected to end on %(day)s") % {"day": words.isolate(words.day(one.held_until))})
    return " · ".join(parts)


def _advice() -> str:
    return _(
        "Nothing has happened in these cases for %(time)s. What is no longer needed is no longer kept: "
        "erase it, or say which court needs it."
    ) % {"time": KEPT}


def _advice_on_holds() -> str:
    return _("Ask from time to time whether the hold is still needed. It ends only when somebody lifts it.")


def _none() -> QWidget:
    sign = row(1, image("archive", "edge", 48), 1)
    said = label(
        _("No case has come to the end of its time. Cases are listed here when nothing has happened for %(time)s.")
        % {"time": KEPT}
    )
    said.setWordWrap(True)
    said.setProperty("look", "muted")
    return plain_widget(column(sign, said, gap=12, margin=(0, 48, 0, 0)))
