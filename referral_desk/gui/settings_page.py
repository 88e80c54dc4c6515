"""Language, look and lock, which this computer remembers; and the sender on letters, which belongs to the desk."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QWidget

from referral_desk import __version__, settings, words
from referral_desk.errors import DeskError
from referral_desk.gui.desk import Door
from referral_desk.gui.pieces import SteadyBox, apart, button, card, column, directed, label, refreshed, row, scrolled
from referral_desk.gui.screen_capture import way_of_this_system
from referral_desk.gui.secret_field import captioned, private_line
from referral_desk.words import N_, _, ngettext

THEMES = {"system": N_("As the computer"), "light": N_("Light"), "dark": N_("Dark")}
PAPERS = {"": N_("As is usual in the country of the desk"), "A4": N_("A4"), "LETTER": N_("US Letter")}
MINUTES = (1, 2, 3, 5, 10, 15, 30, 60)
WIDEST = 560


class SettingsPage(QWidget):
    """What belongs to this computer holds at once; what stands on letters is saved by a keeper."""

    changed = Signal()
    wants_passphrase = Signal()

    def __init__(self, door: Door) -> None:
        super().__init__()
        self.sender_card = SenderCard(door)
        self.is_member = door.facts.is_member
        now = settings.load()
        self.language = _box(words.LANGUAGES, now.language)
        self.theme = _box({code: _(text) for code, text in THEMES.items()}, now.theme)
        self.minutes = _box({minutes: _minutes(minutes) for minutes in MINUTES}, now.idle_minutes)
        self.paper = _box({code: _(text) for code, text in PAPERS.items()}, now.paper)
        self.paper.activated.connect(lambda at: settings.keep(paper=self.paper.itemData(at)))
        self.language.activated.connect(lambda at: self._keep(language=self.language.itemData(at)))
        self.theme.activated.connect(lambda at: self._keep(theme=self.theme.itemData(at)))
        self.minutes.activated.connect(lambda at: self._keep(idle_minutes=self.minutes.itemData(at)))
        self.setLayout(column(scrolled(self._content(now))))

    def _content(self, now: settings.Settings):
        looks = card(
            captioned(_("Language"), self.language),
            label(_unchecked(), "small", wraps=True),
            captioned(_("Colours"), self.theme),
            captioned(_("Size of paper"), self.paper),
            gap=16,
            margin=20,
        )
        hint = _("The desk locks itself when nobody has used it for so long. What is being typed is kept.")
        locks = card(captioned(_("Lock after"), self.minutes, hint), self._pictures(now), gap=16, margin=20)
        version = label(f"Referral Desk {__version__}", "small")
        inner = QWidget()
        inner.setMaximumWidth(WIDEST)
        parts = (looks, locks, self._passphrase(), self.sender_card, version)
        inner.setLayout(column(label(_("Settings"), "title"), *parts, 1, gap=16))
        made = row(inner, 1, margin=24)
        made.setStretch(0, 1000)
        return made

    def _passphrase(self) -> QFrame | None:
        """Everybody changes the own one; who came with the recovery key has none."""
        if not self.is_member:
            return None
        change = button(_("Change my passphrase…"), self.wants_passphrase.emit, icon="key-round")
        return card(label(_("Passphrase"), "label"), row(change, 1), margin=20)

    def _pictures(self, now: settings.Settings) -> QWidget:
        """The switch for pictures of the screen, where windows can be kept out of them."""
        if way_of_this_system() is None:
            return label(_("On this system any program may take pictures of the screen."), "small", wraps=True)
        made = QCheckBox(_("Allow pictures and recordings of these windows, for training"))
        made.setChecked(now.may_be_captured)
        made.toggled.connect(lambda on: self._keep(may_be_captured=on))
        return made

    def _keep(self, **changed: object) -> None:
        settings.keep(**changed)
        self.changed.emit()


class SenderCard(QFrame):
    """What every letter says of the sender."""

    def __init__(self, door: Door) -> None:
        super().__init__()
        self.setProperty("look", "card")
        self.door = door
        self.organisation = private_line(_("Organisation"))
        self.contact = private_line(_("Contact"))
        self.save_button = button(_("Save"), self.save, icon="save", says=_("Save the sender on letters"))
        self.said = label("", "small", wraps=True)
        may_change = door.facts.is_kept_by_me
        for part in (self.organisation, self.contact):
            part.setReadOnly(not may_change)
            part.returnPressed.connect(self.save)
        self.save_button.setVisible(may_change)
        why_not = None if may_change else label(_("A keeper of the desk changes this."), "small", wraps=True)
        self.setLayout(
            column(
                label(_("Sender on letters"), "heading"),
                *sender_fields(self.organisation, self.contact),
                *(why_not, self.said, row(self.save_button, 1)),
                gap=12,
                margin=20,
            )
        )
        door.ask(_sender, self._show)

    def save(self) -> None:
        if self.door.facts.is_kept_by_me:
            given = {"organisation": self.organisation.text(), "contact": self.contact.text()}
            self.door.at_desk(partial(_describe, given=given), self._saved, refused=self._refused)

    def _show(self, sender: tuple[str, str]) -> None:
        for field, text in zip((self.organisation, self.contact), sender, strict=True):
            field.setText(text)

    def _saved(self, _nothing: object) -> None:
        self._say(_("Saved. Letters made from now on say so."), "small")

    def _refused(self, error: DeskError) -> None:
        self._say(str(error), "error")

    def _say(self, text: str, look: str) -> None:
        self.said.setText(directed(text))
        self.said.setProperty("look", look)
        refreshed(self.said)


def sender_fields(organisation: QWidget, contact: QWidget) -> tuple[QWidget, QWidget]:
    """The two fields under their labels, here and where a desk is made."""
    reach = _("A phone number or a post box. Never the address of a shelter.")
    return captioned(_("Organisation"), organisation), captioned(_("Contact"), contact, reach)


def _sender(work: Any) -> tuple[str, str]:
    about = work.about()
    return about.organisation, about.contact


def _describe(desk: Any, given: dict[str, str]) -> None:
    from referral_desk import founding

    founding.describe(desk, **given)


def _minutes(count: int) -> str:
    return ngettext("%(count)d minute", "%(count)d minutes", count) % {"count": count}


def _unchecked() -> str:
    """Which languages somebody should look over who grew up with them."""
    named = ", ".join(name for code, name in words.PAPER_LANGUAGES.items() if code in words.UNCHECKED)
    return _("No native speaker has checked these languages of windows and paper yet: %(languages)s.") % {
        "languages": apart(named)
    }


def _box(entries: Mapping[Any, str], chosen: object) -> SteadyBox:
    made = SteadyBox()
    for code, text in entries.items():
        made.addItem(text, code)
    made.setCurrentIndex(made.findData(chosen))
    return made
