"""Making a desk: where, with which passphrase, and the recovery key typed back before the desk exists."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QStackedWidget, QWidget

from referral_desk import resources, settings
from referral_desk.errors import DeskError, WeakPassphrase, WrongRecoveryKey
from referral_desk.gui.desk import Door
from referral_desk.gui.pieces import Content, button, card, column, directed, label, rename, row, scrolled
from referral_desk.gui.secret_field import SecretField, captioned, error_line, private_line, tell
from referral_desk.gui.unlock import around, ask_folder, busy_bar
from referral_desk.vault import passphrases
from referral_desk.words import _, isolate


class Creating(QWidget):
    """Three pages in one card; `opened` when the desk is there and open."""

    opened = Signal()
    given_up = Signal()
    language_chosen = Signal(str)

    def __init__(self, door: Door) -> None:
        super().__init__()
        self.door = door
        self.recovery_key = passphrases.new_recovery_key()
        self.error = error_line()
        self.pages = QStackedWidget()
        for page in (PlacePage(), PassphrasePage(), RecoveryPage(self.recovery_key)):
            self.pages.addWidget(page)
        self.step = label("", "small")
        self.busy = busy_bar(_("The desk is being made"))
        self.back = button(_("Back"), self.go_back, icon="arrow-left")
        self.go_on = button("", self.forward, icon="arrow-right", look="primary")
        for typed in self.pages.findChildren(QLineEdit):
            typed.returnPressed.connect(self.forward)
        content = card(
            *(self.step, self.pages, self.error, self.busy, row(self.back, 1, self.go_on)), gap=14, margin=24
        )
        self.setLayout(column(scrolled(around(content, self.language_chosen.emit))))
        self._show_page(0)

    @property
    def first(self) -> QWidget:
        """Where to begin typing on the page shown."""
        first: QWidget = self.pages.currentWidget().first
        return first

    def forward(self) -> None:
        """Check what this page asked, and go to the next one or make the desk."""
        at, page = self.pages.currentIndex(), self.pages.currentWidget()
        try:
            page.check()
        except DeskError as error:
            tell(self.error, str(error))
            return
        self._show_page(at + 1) if at < self.pages.count() - 1 else self._create()

    def go_back(self) -> None:
        at = self.pages.currentIndex()
        self._show_page(at - 1) if at else self.given_up.emit()

    def _show_page(self, at: int) -> None:
        tell(self.error, "")
        self.pages.setCurrentIndex(at)
        last = at == self.pages.count() - 1
        self.step.setText(directed(_("A new desk: step %(at)s of %(all)s") % {"at": at + 1, "all": self.pages.count()}))
        rename(self.go_on, _("Create the desk") if last else _("Go on"))
        self.first.setFocus()

    def _create(self) -> None:
        place, passphrase, _recovery = (self.pages.widget(at) for at in range(3))
        self._wait(True)
        self.door.create(
            place.folder.text(),
            passphrase=passphrase.chosen(),
            recovery_key=self.recovery_key,
            mechanism=place.mechanism.currentData(),
            then=self._made,
            refused=self._refused,
        )

    def _made(self, _facts: object) -> None:
        settings.keep(last_desk=self.pages.widget(0).folder.text())
        self.opened.emit()

    def _refused(self, error: DeskError) -> None:
        self._wait(False)
        self._show_page(0)
        tell(self.error, str(error))

    def _wait(self, waiting: bool) -> None:
        self.busy.setVisible(waiting)
        for one in (self.pages, self.back, self.go_on):
            one.setEnabled(not waiting)


class PlacePage(QWidget):
    """Where the desk lies, and by which law its reflection periods are counted."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = private_line(_("Folder of the new desk"), str(Path.home() / "Referral Desk"))
        self.first = self.folder
        self.mechanism = mechanism_box()
        choose = button(_("Choose…"), self._choose, icon="folder-open", says=_("Choose where the desk shall lie"))
        hint = _("A folder on this computer that no other service copies. It will be made if it is not there.")
        place = captioned(_("Folder of the new desk"), self.folder, hint)
        place.layout().insertLayout(2, row(self.folder, choose, gap=6))
        law = captioned(_("National mechanism"), self.mechanism, _("By it reflection periods are counted."))
        self.setLayout(page_of(_("Where shall it lie?"), place, law))

    def check(self) -> None:
        """Whether the folder will do is for the store to say, before anything is made."""

    def _choose(self) -> None:
        ask_folder(self, _("Choose where the desk shall lie"), "", self.folder.setText)


class PassphrasePage(QWidget):
    """Five random words, or words of one's own; typed once more either way."""

    def __init__(self) -> None:
        super().__init__()
        self.generated = label("", "secret", wraps=True)
        self.again = SecretField(_("Type the passphrase"))
        self.own = SecretField(_("My own passphrase"))
        self.first = self.again.line
        self.own_part = captioned(
            _("My own passphrase"), self.own, _("At least 15 characters that nobody could guess.")
        )
        self.other = button(_("Other words"), self._draw, icon="undo-2", look="quiet")
        self.switch = button("", self._switch, icon="pencil", look="quiet")
        self._draw()
        advice = _("Write the words down and keep the paper apart from this computer. Nobody can reset a passphrase.")
        self.setLayout(
            page_of(
                _("Your passphrase"),
                *(label(advice, "muted", wraps=True), self.generated, self.own_part),
                row(self.other, 1, self.switch),
                captioned(_("Type the passphrase"), self.again),
            )
        )
        self._use_own(False)

    def chosen(self) -> str:
        return self.own.text() if self.uses_own else self.words

    def check(self) -> None:
        """WeakPassphrase if it is too simple, Mistyped if what was typed is something else."""
        if not passphrases.strong_enough(self.chosen()):
            raise WeakPassphrase
        typed, wanted = (passphrases.normalised_passphrase(text) for text in (self.again.text(), self.chosen()))
        if typed != wanted:
            raise Mistyped

    def _draw(self) -> None:
        listed = resources.path("words", "english.txt").read_text(encoding="utf-8").split()
        self.words = passphrases.generated_passphrase(listed)
        self.generated.setText(self.words)
        self.generated.setAccessibleName(_("Your passphrase: %(words)s") % {"words": self.words})

    def _switch(self) -> None:
        self._use_own(not self.uses_own)

    def _use_own(self, own: bool) -> None:
        self.uses_own = own
        self.generated.setVisible(not own)
        self.other.setVisible(not own)
        self.own_part.setVisible(own)
        rename(self.switch, _("Use random words") if own else _("Use one of my own"))


class RecoveryPage(QWidget):
    """The key for the day the passphrase is lost: whoever has not typed it back has not written it down."""

    def __init__(self, key: str) -> None:
        super().__init__()
        self.key = key
        shown = label(in_two_lines(passphrases.grouped(key)), "secret")
        shown.setAccessibleName(" ".join(passphrases.grouped(key)))
        self.typed = private_line(_("Type the recovery key"))
        self.first = self.typed
        advice = _("It opens the desk if the passphrase is lost. Write it down and lock it away in another place.")
        field = captioned(
            _("Type the recovery key"), self.typed, _("Small letters, spaces and missing hyphens are forgiven.")
        )
        self.setLayout(page_of(_("Your recovery key"), label(advice, "muted", wraps=True), shown, field))

    def check(self) -> None:
        if passphrases.parsed_recovery_key(self.typed.text()) != self.key:
            raise WrongRecoveryKey


class Mistyped(DeskError):
    sentence = "What you typed is not the same passphrase. Type it again."

    def __str__(self) -> str:
        return _("What you typed is not the same passphrase. Type it again.")


def in_two_lines(grouped: str) -> str:
    """Four groups and three: as one would write them on paper."""
    groups = grouped.split("-")
    return isolate("-".join(groups[:4]) + "-") + "\n" + isolate("-".join(groups[4:]))


def page_of(title: str, *parts: Content):
    return column(label(title, "page"), *parts, 1, gap=14)


def mechanism_box() -> QComboBox:
    """Every mechanism there is a file for, by the name of its country."""
    from referral_desk.nrm import mechanism

    box = QComboBox()
    box.setAccessibleName(_("National mechanism"))
    for code in mechanism.codes():
        box.addItem(mechanism.of(code).label, code)
    return box
