"""The pages of making a desk: where, who, the passphrase, the recovery key, and where backups go.

Each says what is wrong with what was typed; what only the desk can tell, `ask` asks through the door.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from referral_desk import words
from referral_desk.errors import WrongRecoveryKey
from referral_desk.gui.desk import Door, Then
from referral_desk.gui.new_passphrase import SPOOLED, NewPassphrase, SecretShown
from referral_desk.gui.pieces import Content, SteadyBox, button, column, label, row
from referral_desk.gui.secret_field import captioned, private_line
from referral_desk.gui.settings_page import sender_fields
from referral_desk.gui.unlock import ask_folder
from referral_desk.vault import passphrases
from referral_desk.words import _, isolate


class Page(QWidget):
    """One step; `first` is where to begin typing."""

    refused = Signal(str)

    def __init__(self, first: QWidget) -> None:
        super().__init__()
        self.first = first

    def what_is_wrong(self) -> str:
        """What has to be typed otherwise, in one sentence; empty where all is well."""
        return ""

    def ask(self, _door: Door, then: Then, _refused: Then) -> None:
        """Ask what cannot be seen here, and go on when the answer is there."""
        then(None)

    def given(self) -> dict[str, Any]:
        """What the founding of the desk wants to know of this page."""
        return {}


class PlacePage(Page):
    """Where the desk lies, and by which law its reflection periods are counted."""

    def __init__(self) -> None:
        self.folder = private_line(_("Folder of the new desk"), str(Path.home() / "Referral Desk"))
        self.mechanism = mechanism_box()
        super().__init__(self.folder)
        hint = _("A folder on this computer that no other service copies. It will be made if it is not there.")
        place = _folder_field(
            self, _("Folder of the new desk"), self.folder, hint, _("Choose where the desk shall lie")
        )
        law = captioned(_("National mechanism"), self.mechanism, _("By it reflection periods are counted."))
        self.setLayout(page_of(_("Where shall it lie?"), place, law))

    def ask(self, door: Door, then: Then, refused: Then) -> None:
        """Whether the folder will do is better known now than after four more pages."""
        door.beforehand(partial(_check_place, Path(self.folder.text())), then, refused)

    def given(self) -> dict[str, Any]:
        return {"mechanism": self.mechanism.currentData()}


class SenderPage(Page):
    """Whose desk it is, and who founds it."""

    def __init__(self) -> None:
        self.name = private_line(_("Your name"))
        self.organisation = private_line(_("Organisation"))
        self.contact = private_line(_("Contact"))
        super().__init__(self.name)
        hint = _("As colleagues say it: it stands among the members and in the journal. Initials will do.")
        about = _("Organisation and contact stand on every letter as the sender. Both can be left for later.")
        self.setLayout(
            page_of(
                _("Who are you?"),
                captioned(_("Your name"), self.name, hint),
                label(about, "muted", wraps=True),
                *sender_fields(self.organisation, self.contact),
            )
        )

    def what_is_wrong(self) -> str:
        return "" if self.name.text().strip() else _("Write a name; initials or a nickname will do.")

    def given(self) -> dict[str, Any]:
        fields = {"name": self.name, "organisation": self.organisation, "contact": self.contact}
        return {name: field.text().strip() for name, field in fields.items()}


class PassphrasePage(Page):
    """Five random words, or words of one's own; typed once more either way."""

    def __init__(self) -> None:
        self.new = NewPassphrase()
        super().__init__(self.new.first)
        advice = _("Write the words down and keep the paper apart from this computer. Nobody can reset a passphrase.")
        self.setLayout(page_of(_("Your passphrase"), label(advice, "muted", wraps=True), self.new))

    def what_is_wrong(self) -> str:
        return self.new.what_is_wrong()

    def given(self) -> dict[str, Any]:
        return {"passphrase": self.new.chosen()}


class RecoveryPage(Page):
    """The key for the day the passphrase is lost: whoever has not typed it back has not written it down."""

    def __init__(self, key: str) -> None:
        self.typed = private_line(_("Type the recovery key"))
        super().__init__(self.typed)
        self.key = key
        grouped = passphrases.grouped(key)
        self.shown = SecretShown(paper=self._sheet)
        self.shown.show_text(grouped, " ".join(grouped), lines=in_two_lines(grouped))
        self.shown.refused.connect(self.refused)
        advice = _(
            "It opens the desk and every backup if the passphrase is lost. Write it down, or print the sheet, and lock "
            "it away in another place. Whoever has neither passphrase nor recovery key has lost the desk."
        )
        forgiven = _("Small letters, spaces and missing hyphens are forgiven.")
        field = captioned(_("Type the recovery key"), self.typed, forgiven)
        spooled = label(_(SPOOLED), "small", wraps=True)
        self.setLayout(page_of(_("Your recovery key"), label(advice, "muted", wraps=True), self.shown, spooled, field))

    def what_is_wrong(self) -> str:
        typed = self.typed.text()
        is_same = passphrases.is_recovery_key(typed) and passphrases.parsed_recovery_key(typed) == self.key
        return "" if is_same else str(WrongRecoveryKey())

    def given(self) -> dict[str, Any]:
        return {"recovery_key": self.key}

    def _sheet(self) -> bytes:
        from referral_desk import letters

        return letters.recovery_sheet(self.key, language=words.language())


class BackupPage(Page):
    """Where backups go besides the folder of the desk: offered, not forced."""

    def __init__(self) -> None:
        self.folder = private_line(_("Second place for backups"))
        super().__init__(self.folder)
        why = _(
            "The desk backs itself up once a day. If the computer breaks or is stolen, the backups on it are gone, "
            "too: name a folder on a USB stick that leaves the room. Only the recovery key opens what lies there."
        )
        later = _("Leave it empty to name a place later; until then the desk reminds you.")
        place = _folder_field(self, _("Second place for backups"), self.folder, later, _("Choose a folder for backups"))
        self.setLayout(page_of(_("And if this computer is lost?"), label(why, "muted", wraps=True), place))

    def ask(self, door: Door, then: Then, refused: Then) -> None:
        place = self.place()
        if place:
            door.beforehand(partial(_check_backup_place, place), then, refused)
        else:
            then(None)

    def given(self) -> dict[str, Any]:
        return {"second_place": self.place()}

    def place(self) -> Path | None:
        """The folder, if one is named."""
        typed = self.folder.text().strip()
        return Path(typed) if typed else None


def in_two_lines(grouped: str) -> str:
    """Four groups and three: as one would write them on paper."""
    groups = grouped.split("-")
    return isolate("-".join(groups[:4]) + "-") + "\n" + isolate("-".join(groups[4:]))


def page_of(title: str, *parts: Content):
    return column(label(title, "page"), *parts, 1, gap=14)


def mechanism_box() -> SteadyBox:
    """Every mechanism there is a file for, by the name of its country."""
    from referral_desk.nrm import mechanism

    box = SteadyBox()
    box.setAccessibleName(_("National mechanism"))
    for code in mechanism.codes():
        box.addItem(mechanism.of(code).label, code)
    return box


def _folder_field(page: QWidget, text: str, field: QLineEdit, hint: str, title: str) -> QWidget:
    """A line for a folder, with a button to choose one."""
    choose = button(_("Choose…"), _chooser(page, title, field.setText), icon="folder-open", says=title)
    made = captioned(text, field, hint)
    made.layout().insertLayout(2, row(field, choose, gap=6))
    return made


def _chooser(page: QWidget, title: str, chosen: Callable[[str], None]) -> Callable[[], None]:
    return lambda: ask_folder(page, title, "", chosen)


def _check_place(folder: Path) -> None:
    from referral_desk import founding

    founding.check_place(folder)


def _check_backup_place(folder: Path) -> None:
    from referral_desk import founding

    founding.check_backup_place(folder)
