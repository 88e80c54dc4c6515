"""Who may open the desk: everybody sees the colleagues, a keeper who may read names changes them."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from referral_desk import words
from referral_desk.gui.desk import Door
from referral_desk.gui.layouts import Flow
from referral_desk.gui.member_panels import GivePanel, Panel, RemovePanel, RenamePanel
from referral_desk.gui.pieces import (
    apart,
    button,
    card,
    column,
    emptied,
    frame,
    label,
    notice,
    plain_widget,
    row,
    scrolled,
)
from referral_desk.roles import Role
from referral_desk.roll import Former, Present, Roll, read
from referral_desk.words import _

WIDEST = 900


class MembersPage(QWidget):
    """The roll, and in its place one thing at a time that is done with it."""

    wants_passphrase = Signal()
    help_name = "members"

    def __init__(self, door: Door) -> None:
        super().__init__()
        self.door = door
        self.add = button(_("Add a member"), self.ask_to_add, icon="user-plus", look="primary")
        self.add.hide()
        self.notices = QVBoxLayout()
        self.shown = QVBoxLayout()
        self.shown.setSpacing(10)
        self.panel: Panel | None = None
        self.room = QStackedWidget()
        self.room.addWidget(self._list())
        self.setLayout(column(self.room))
        self.refresh()

    def refresh(self) -> None:
        self.door.at_desk(read, self._show)

    def ask_to_add(self) -> None:
        self.show_panel(GivePanel(self.door))

    def show_panel(self, panel: Panel) -> None:
        """Put what is to be done in the place of the list."""
        emptied(self.notices)
        self.panel = panel
        panel.left.connect(self._back_to_list)
        panel.done.connect(self._done)
        self.room.addWidget(panel)
        self.room.setCurrentWidget(panel)
        panel.first.setFocus()

    def _back_to_list(self) -> None:
        if self.panel is not None:
            self.room.removeWidget(self.panel)
            self.panel.deleteLater()
            self.panel = None
            self.add.setFocus()

    def _done(self, sentence: str, left_out: tuple[str, ...]) -> None:
        self._back_to_list()
        self.notices.addWidget(notice(sentence, "good", icon="circle-check"))
        for name in left_out:
            said = _("Altered, and shut out until a keeper resets it: %(name)s") % {"name": apart(name)}
            self.notices.addWidget(notice(said, "danger", icon="shield-alert"))
        self.refresh()

    def _show(self, roll: Roll) -> None:
        emptied(self.shown)
        self.add.setVisible(not roll.why_not)
        if roll.why_not:
            self.shown.addWidget(notice(roll.why_not, "plain", icon="info"))
        for one in roll.present:
            self.shown.addWidget(self._row(one, may_change=not roll.why_not))
        if roll.former:
            self.shown.addWidget(_those_who_left(roll.former))

    def _row(self, one: Present, *, may_change: bool) -> QFrame:
        name = label(called(one), "heading", wraps=True)
        you = label(_("you"), "pill", tone="accent") if one.colleague.is_me else None
        state = label(one.standing.text, "pill", tone=one.standing.tone) if one.standing else None
        marks = Flow([mark for mark in (you, state) if mark])
        texts = column(name, label(_about(one), "muted", wraps=True), *([marks] if you or state else []), gap=4)
        buttons = Flow(self._buttons(one) if may_change else [], gap=4, at_end=True)
        made = row(texts, buttons, gap=16, margin=(16, 12, 16, 12))
        made.setStretch(0, 1)
        made.setStretch(1, 1)
        return frame("card", made)

    def _buttons(self, one: Present) -> list[QWidget]:
        """What may be done with a member; nobody resets or removes the pair that has the desk open."""
        rename = self._act(_("Rename…"), "pencil", RenamePanel, one)
        if one.colleague.is_me:
            own = button(_("My passphrase…"), self.wants_passphrase.emit, icon="key-round", look="quiet")
            return [own, rename]
        return [
            self._act(_("New passphrase or roles…"), "key-round", GivePanel, one),
            rename,
            self._act(_("Remove…"), "log-out", RemovePanel, one),
        ]

    def _act(self, text: str, icon: str, panel: Any, one: Present) -> QWidget:
        says = f"{text} {called(one)}"
        return button(
            text, lambda: self.show_panel(panel(self.door, one.colleague)), icon=icon, look="quiet", says=says
        )

    def _list(self) -> QWidget:
        inner = QWidget()
        inner.setMaximumWidth(WIDEST)
        head = row(label(_("Members"), "title"), 1, self.add)
        inner.setLayout(column(head, self.notices, self.shown, 1, gap=14))
        made = row(inner, 1, margin=24)
        made.setStretch(0, 1000)
        return plain_widget(column(scrolled(made)))


def called(one: Present) -> str:
    return apart(one.colleague.name) or _("without a name")


def _about(one: Present) -> str:
    roles = ", ".join(role.label for role in Role if role in one.colleague.roles)
    if one.since is None:
        return roles
    since = _("member since %(day)s") % {"day": words.isolate(words.day(one.since))}
    return f"{roles} · {since}"


def _those_who_left(former: tuple[Former, ...]) -> QFrame:
    title = label(_("Former members"), "heading")
    said = label(
        _("They open nothing that was recorded after they left; the journal keeps their names."), "small", wraps=True
    )
    return card(title, said, *(label(_left(one), wraps=True) for one in former))


def _left(one: Former) -> str:
    name = apart(one.name) or _("without a name")
    if one.until is None:
        return name
    return _("%(name)s, until %(day)s") % {"name": name, "day": words.isolate(words.day(one.until))}
