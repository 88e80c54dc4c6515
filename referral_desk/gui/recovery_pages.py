"""The recovery key: proving once a year that the paper is there and opens the desk, and making a new one."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from referral_desk import words
from referral_desk.errors import DeskError, WrongRecoveryKey
from referral_desk.gui.creating_pages import in_two_lines
from referral_desk.gui.desk import Door
from referral_desk.gui.desk_backups import prove_recovery, renew_recovery
from referral_desk.gui.paper import print_on
from referral_desk.gui.pieces import Content, button, card, column, emptied, label, notice, row, scrolled
from referral_desk.gui.printing import ask_printer
from referral_desk.gui.secret_field import SecretField, captioned, error_line, private_line, tell
from referral_desk.gui.unlock import busy_bar
from referral_desk.vault import passphrases
from referral_desk.words import _, isolate

WIDEST = 620


class Errand(QWidget):
    """A page for one thing to be done, with a way back."""

    left = Signal()

    def __init__(self, door: Door, title: str) -> None:
        super().__init__()
        self.door = door
        self.back = button(_("Back"), self.leave, icon="arrow-left")
        self.back.setToolTip("Esc")
        self.error = error_line()
        self.busy = busy_bar(_("The recovery key is being checked"))
        self.room = QVBoxLayout()
        self.room.setSpacing(16)
        inner = QWidget()
        inner.setMaximumWidth(WIDEST)
        inner.setLayout(column(row(self.back, label(title, "title"), 1, gap=12), self.room, 1, gap=16))
        content = row(inner, 1, margin=24)
        content.setStretch(0, 1000)
        self.setLayout(column(scrolled(content)))
        QShortcut(QKeySequence("Esc"), self, self.leave)

    def leave(self) -> None:
        self.left.emit()

    def show_parts(self, *parts: Content) -> None:
        """Show these in a card, in the place of what was there."""
        emptied(self.room)
        shown = card(*parts, gap=14, margin=20)
        self.room.addWidget(shown)
        shown.show()

    def refused(self, error: DeskError) -> None:
        self.wait_for_desk(False)
        tell(self.error, str(error))
        self.first.setFocus()

    def wait_for_desk(self, waiting: bool) -> None:
        """Nothing is typed or pressed meanwhile."""
        self.busy.setVisible(waiting)
        for one in (self.does, self.first):
            one.setEnabled(not waiting)


class ProvePage(Errand):
    """Opens nothing and changes nothing: it only remembers the day."""

    def __init__(self, door: Door) -> None:
        super().__init__(door, _("Prove the recovery key"))
        self.typed = SecretField(_("Recovery key"))
        self.first: QWidget = self.typed.line
        self.typed.entered.connect(self.prove)
        self.does = button(_("Prove it"), self.prove, icon="shield-check", look="primary")
        advice = _(
            "Take the paper from where it is locked away and type what stands on it. The desk looks whether this key "
            "would open it and every name in it. Then put the paper back."
        )
        hint = _("Small letters, spaces and missing hyphens are forgiven.")
        field = captioned(_("Recovery key"), self.typed, hint)
        self.show_parts(label(advice, "muted", wraps=True), field, self.error, self.busy, row(self.does, 1))

    def prove(self) -> None:
        if not self.does.isEnabled():
            return
        tell(self.error, "")
        self.wait_for_desk(True)
        self.door.at_desk(partial(prove_recovery, typed=self.typed.text()), self._proven, refused=self.refused)

    def _proven(self, at: Any) -> None:
        self.typed.line.clear()
        self.door.upkeep.read()
        said = _("This recovery key opens the desk. Proven on %(moment)s.") % {"moment": isolate(words.moment(at))}
        self.does = button(_("Done"), self.left.emit, icon="check", look="primary")
        self.first = self.does
        self.show_parts(
            notice(said, "good", icon="circle-check"),
            label(_("Put the paper back where it is locked away, apart from this computer."), wraps=True),
            row(self.does, 1),
        )
        self.first.setFocus()


class RenewPage(Errand):
    """The new key is typed back before it is in force; the former one then opens nothing that comes after."""

    def __init__(self, door: Door) -> None:
        super().__init__(door, _("A new recovery key"))
        self.key = passphrases.new_recovery_key()
        self.shown = label(in_two_lines(passphrases.grouped(self.key)), "secret")
        self.shown.setAccessibleName(" ".join(passphrases.grouped(self.key)))
        self.paper = button(_("Print the sheet…"), self.print_sheet, icon="printer")
        self.typed = private_line(_("Type the new recovery key"))
        self.first: QWidget = self.typed
        self.typed.returnPressed.connect(self.renew)
        self.does = button(_("Put it in force"), self.renew, icon="key-round", look="primary")
        advice = _(
            "Write it down by hand, or print the sheet, and lock it away in another place than this computer. A "
            "printer keeps what it printed for a while. When the new key is in force the former one opens nothing "
            "that comes after; backups made before still open with the former one alone."
        )
        self.show_parts(
            label(advice, "muted", wraps=True),
            *(self.shown, row(self.paper, 1), captioned(_("Type the new recovery key"), self.typed)),
            *(self.error, self.busy, row(self.does, 1)),
        )

    def print_sheet(self) -> None:
        if not ask_printer(self, self._print):
            tell(self.error, _("There is no printer on this computer. Write the key down by hand."))

    def renew(self) -> None:
        if not self.does.isEnabled():
            return
        if not self._is_typed_back():
            tell(self.error, str(WrongRecoveryKey()))
            return
        tell(self.error, "")
        self.wait_for_desk(True)
        self.door.at_desk(partial(renew_recovery, key=self.key), self._renewed, refused=self.refused)

    def _print(self, printer: Any) -> None:
        from referral_desk import letters

        print_on(printer, letters.recovery_sheet(self.key, language=words.language()))

    def _is_typed_back(self) -> bool:
        typed = self.typed.text()
        return passphrases.is_recovery_key(typed) and passphrases.parsed_recovery_key(typed) == self.key

    def _renewed(self, left_out: tuple[str, ...]) -> None:
        self.key = ""
        self.typed.clear()
        self.door.upkeep.back_up_quietly()
        self.does = button(_("Done"), self.left.emit, icon="check", look="primary")
        self.first = self.does
        altered = _("Altered, and shut out until a keeper resets it: %(name)s")
        self.show_parts(
            notice(_("The new recovery key is in force."), "good", icon="circle-check"),
            *(notice(altered % {"name": name}, "danger", icon="triangle-alert") for name in left_out),
            label(
                _(
                    "A backup that it opens is being made now. Keep the former sheet as long as you may need one of "
                    "the older backups; if somebody else may have seen it, destroy it and those backups."
                ),
                wraps=True,
            ),
            row(self.does, 1),
        )
        self.first.setFocus()
