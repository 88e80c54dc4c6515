"""One's own passphrase, changed: at will, or at once where a keeper gave it and knows it, too."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QWidget

from referral_desk import staff
from referral_desk.errors import DeskError
from referral_desk.gui.desk import Door
from referral_desk.gui.new_passphrase import NewPassphrase
from referral_desk.gui.pieces import Content, button, card, column, label, notice, row, scrolled
from referral_desk.gui.secret_field import SecretField, captioned, error_line, tell
from referral_desk.gui.unlock import busy_bar
from referral_desk.words import _

WIDEST = 640


class PassphrasePage(QWidget):
    """Asks for the present passphrase and the new one; `changed` when it is in force."""

    changed = Signal()
    left = Signal()
    help_name = "passphrase"

    def __init__(self, door: Door) -> None:
        super().__init__()
        self.door = door
        self.present = SecretField(_("Present passphrase"))
        self.first: QWidget = self.present.line
        self.new = NewPassphrase()
        self.error = error_line()
        self.busy = busy_bar(_("The passphrase is being changed"))
        self.save = button(_("Change the passphrase"), self.change, icon="key-round", look="primary")
        for field in (self.present, self.new.again, self.new.own):
            field.entered.connect(self.change)
        self.is_first = door.facts.must_change_passphrase
        self.setLayout(column(scrolled(self._content())))
        if not self.is_first:
            QShortcut(QKeySequence("Esc"), self, self.left.emit)

    def change(self) -> None:
        wrong = self.new.what_is_wrong()
        tell(self.error, wrong)
        if not wrong:
            self._wait(True)
            present, new = self.present.text(), self.new.chosen()
            change = partial(staff.change_passphrase, passphrase=present, new=new, login=self.door.login)
            self.door.at_desk(change, self._changed, refused=self._refused)

    def _changed(self, _nothing: Any) -> None:
        self.changed.emit()

    def _refused(self, error: DeskError) -> None:
        self._wait(False)
        tell(self.error, str(error))
        self.present.line.setFocus()
        self.present.line.selectAll()

    def _wait(self, waiting: bool) -> None:
        self.busy.setVisible(waiting)
        for one in (self.present, self.new, *self.findChildren(QPushButton)):
            one.setEnabled(not waiting)

    def _content(self):
        given = _("A keeper gave you this passphrase and knows it. Choose one that only you know; then the desk opens.")
        why = notice(given, "warn", icon="key-round") if self.is_first else None
        lost = _("Nobody can read a passphrase back to you. If it is lost a keeper gives you a new one.")
        back: Content = None if self.is_first else button(_("Back"), self.left.emit, icon="arrow-left")
        inner = QWidget()
        inner.setMaximumWidth(WIDEST)
        asked = card(
            captioned(_("Present passphrase"), self.present),
            *(label(_("New passphrase"), "heading"), label(lost, "muted", wraps=True), self.new),
            *(self.error, self.busy, row(back, 1, self.save)),
            gap=12,
            margin=20,
        )
        inner.setLayout(column(label(_("Your passphrase"), "title"), why, asked, 1, gap=16))
        made = row(inner, 1, margin=24)
        made.setStretch(0, 1000)
        return made
