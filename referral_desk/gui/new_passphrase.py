"""A new passphrase: five words by chance, shown large and hidden at will, or words of one's own with their strength."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from referral_desk.errors import WeakPassphrase
from referral_desk.gui.layouts import Flow
from referral_desk.gui.paper import print_on
from referral_desk.gui.pieces import button, column, directed, label, refreshed, rename
from referral_desk.gui.printing import ask_printer
from referral_desk.gui.secret_field import SecretField, captioned
from referral_desk.vault import passphrases
from referral_desk.words import N_, _

NO_PRINTER = N_("There is no printer on this computer. Write it down by hand.")
SPOOLED = N_("By hand is safer: a printer keeps what it printed for a while.")
HIDDEN = "•••••  " * 5


class SecretShown(QWidget):
    """Something secret in large letters, with buttons to hide it and, where there is paper for it, to print it."""

    refused = Signal(str)

    def __init__(self, *more: QWidget, paper: Callable[[], bytes] | None = None) -> None:
        super().__init__()
        self.paper = paper
        self.text = self.says = ""
        self.is_hidden = False
        self.shown = label("", "secret", wraps=True)
        self.hide_button = button(_("Hide"), self.turn, icon="eye-off", look="quiet")
        self.print_button = button(_("Print…"), self.print, icon="printer", look="quiet")
        self.print_button.setToolTip(_(SPOOLED))
        self.print_button.setVisible(paper is not None)
        self.setLayout(column(self.shown, Flow([*more, self.hide_button, self.print_button]), gap=6))

    def show_text(self, text: str, says: str, *, lines: str = "") -> None:
        """Show a secret; `says` is how it is read aloud, `lines` how it is written where that is not the same."""
        self.text, self.says, self.lines = text, says, lines or text
        self._draw()

    def turn(self) -> None:
        self.is_hidden = not self.is_hidden
        self._draw()

    def print(self) -> None:
        """Print what is shown, from memory. Nothing is ever saved here: a secret in a file is a secret lost."""
        paper = self.paper
        if paper and not ask_printer(self, lambda printer: print_on(printer, paper())):
            self.refused.emit(_(NO_PRINTER))

    def _draw(self) -> None:
        self.shown.setText(directed(HIDDEN.strip() if self.is_hidden else self.lines))
        self.shown.setAccessibleName(_("Hidden") if self.is_hidden else self.says)
        rename(self.hide_button, _("Show") if self.is_hidden else _("Hide"))


class FirstPassphrase(SecretShown):
    """Five words by chance; others at a click."""

    def __init__(self, *, paper: Callable[[str], bytes] | None = None) -> None:
        other = button(_("Other words"), self.draw, icon="undo-2", look="quiet")
        super().__init__(other, paper=(lambda: paper(self.text)) if paper else None)
        self.draw()

    def draw(self) -> None:
        from referral_desk import staff

        words = staff.first_passphrase()
        self.show_text(words, _("Your passphrase: %(words)s") % {"words": words})


class NewPassphrase(QWidget):
    """The passphrase somebody wants from now on, typed once more either way."""

    def __init__(self) -> None:
        super().__init__()
        self.generated = FirstPassphrase()
        self.own = SecretField(_("My own passphrase"))
        self.strength = label("", "small", wraps=True)
        self.again = SecretField(_("Type the passphrase"))
        hint = _("At least 15 characters that nobody could guess.")
        self.own_part = captioned(_("My own passphrase"), self.own, hint)
        self.own_part.layout().addWidget(self.strength)
        self.switch = button("", self._switch, icon="pencil", look="quiet")
        self.own.line.textChanged.connect(self._show_strength)
        again = captioned(_("Type the passphrase"), self.again)
        self.setLayout(column(self.generated, self.own_part, Flow([self.switch]), again, gap=10))
        self._use_own(False)

    @property
    def first(self) -> QWidget:
        """Where to begin typing."""
        return self.own.line if self.uses_own else self.again.line

    @property
    def words(self) -> str:
        """The words by chance that are offered."""
        return self.generated.text

    def chosen(self) -> str:
        return self.own.text() if self.uses_own else self.words

    def what_is_wrong(self) -> str:
        if self.uses_own and advice(self.chosen()):
            return str(WeakPassphrase())
        typed, wanted = (passphrases.normalised_passphrase(text) for text in (self.again.text(), self.chosen()))
        return "" if typed == wanted else _("What you typed is not the same passphrase. Type it again.")

    def _switch(self) -> None:
        self._use_own(not self.uses_own)
        self.first.setFocus()

    def _use_own(self, own: bool) -> None:
        self.uses_own = own
        self.generated.setVisible(not own)
        self.own_part.setVisible(own)
        rename(self.switch, _("Use random words") if own else _("Use one of my own"))

    def _show_strength(self, typed: str) -> None:
        wrong = advice(typed) if typed else ""
        self.strength.setText(directed(wrong or (_("Strong enough.") if typed else "")))
        self.strength.setProperty("look", "error" if wrong else "small")
        refreshed(self.strength)


def advice(passphrase: str) -> str:
    """What would make a passphrase of one's own harder to guess; empty for one that will do."""
    return "" if passphrases.strong_enough(passphrase) else str(WeakPassphrase())
