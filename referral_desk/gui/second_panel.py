"""A second person agrees: with a passphrase of her or his own, or by name on a desk of one.

A part of the form and no dialog: the lock must not wait for an answer.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from referral_desk.errors import DeskError
from referral_desk.gui.pieces import Content, button, column, frame, label, row
from referral_desk.gui.secret_field import SecretField, captioned, error_line, private_line, tell
from referral_desk.gui.unlock import busy_bar
from referral_desk.second_person import Second, label_of
from referral_desk.words import _


class SecondPanel(QWidget):
    """Asks who agrees; `agreed` once everything is said. Subclasses ask for more before."""

    agreed = Signal(object)
    left = Signal()

    def __init__(self, members: Sequence[str]) -> None:
        super().__init__()
        self.members = members
        self.name = private_line(label_of("authorised_by"))
        self.login, self.passphrase = private_line(_("Login code")), SecretField(_("Passphrase"))
        self.passphrase.entered.connect(self.agree)
        self.wrong = error_line()
        self.busy = busy_bar(_("The passphrase is being tried"))
        self.does = button(self.act_in_words(), self.agree, icon="shield-alert", look="danger", tone="accent_ink")
        self.leaves = button(_("Not now"), self.left.emit)

    @classmethod
    def of(cls, members: Sequence[str]) -> SecondPanel:
        """The panel itself, ready to be shown."""
        made = cls(members)
        made.setLayout(column(made.card()))
        made.setFocusProxy(made.first())
        return made

    def act_in_words(self) -> str:
        """What the button says."""
        return _("Agree and save")

    def agree(self) -> None:
        """Say what is missing, or that all is there."""
        tell(self.wrong, self.missing())
        if self.wrong.text():
            self.first().setFocus()
        else:
            self.wait(True)
            self.agreed.emit(self.second())

    def refuse(self, error: DeskError) -> None:
        """What the desk said to the second person; everything else stands."""
        self.wait(False)
        tell(self.wrong, str(error))
        self.first().setFocus()
        self.passphrase.line.selectAll()

    def wait(self, waiting: bool) -> None:
        self.busy.setVisible(waiting)
        for one in (self.does, self.leaves, self.passphrase):
            one.setEnabled(not waiting)

    def second(self) -> Second:
        """Who agrees, as far as it was typed."""
        if not self.members:
            return Second(name=self.name.text())
        return Second(login=self.login.text(), passphrase=self.passphrase.text())

    def missing(self) -> str:
        """What the second person still has to do; empty where all is there."""
        typed = self.passphrase.text() if self.members else self.name.text().strip()
        return "" if typed else _("A second person has to agree.")

    def first(self) -> QLineEdit:
        """Where the second person types."""
        return self.passphrase.line if self.members else self.name

    def card(self, *before: Content) -> QFrame:
        """All of it, after what else is asked."""
        acts = row(self.leaves, 1, self.busy, self.does, gap=12)
        return frame("card", column(*before, self._who(), self.wrong, acts, gap=14, margin=20))

    def _who(self) -> QVBoxLayout:
        caption = label(_("The second person"), "heading")
        if not self.members:
            alone = _(
                "Nobody else is a member of this desk: write who agreed. It is recorded that no passphrase proved it."
            )
            return column(caption, captioned(label_of("authorised_by"), self.name, alone), gap=6)
        said = _("One of these types her or his own passphrase here: %(names)s.") % {"names": ", ".join(self.members)}
        login = captioned(_("Login code"), self.login, _("Leave empty if you were given none."))
        return column(
            caption, label(said, "muted", wraps=True), login, captioned(_("Passphrase"), self.passphrase), gap=8
        )
