"""Language, look and lock: what this computer remembers. Nothing here is about any case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from referral_desk import __version__, settings, words
from referral_desk.gui.choices import SteadyBox
from referral_desk.gui.pieces import card, column, label, row, scrolled
from referral_desk.gui.secret_field import captioned
from referral_desk.words import N_, _, ngettext

THEMES = {"system": N_("As the computer"), "light": N_("Light"), "dark": N_("Dark")}
MINUTES = (1, 2, 3, 5, 10, 15, 30, 60)
WIDEST = 560


class SettingsPage(QWidget):
    """Every change holds at once."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        now = settings.load()
        self.language = _box(words.LANGUAGES, now.language)
        self.theme = _box({code: _(text) for code, text in THEMES.items()}, now.theme)
        self.minutes = _box({minutes: _minutes(minutes) for minutes in MINUTES}, now.idle_minutes)
        self.language.activated.connect(lambda at: self._keep(language=self.language.itemData(at)))
        self.theme.activated.connect(lambda at: self._keep(theme=self.theme.itemData(at)))
        self.minutes.activated.connect(lambda at: self._keep(idle_minutes=self.minutes.itemData(at)))
        self.setLayout(column(scrolled(self._content())))

    def _content(self):
        looks = card(
            captioned(_("Language"), self.language),
            captioned(_("Colours"), self.theme),
            gap=16,
            margin=20,
        )
        hint = _("The desk locks itself when nobody has used it for so long. What is being typed is kept.")
        locks = card(captioned(_("Lock after"), self.minutes, hint), margin=20)
        version = label(f"Referral Desk {__version__}", "small")
        inner = QWidget()
        inner.setMaximumWidth(WIDEST)
        inner.setLayout(column(label(_("Settings"), "title"), looks, locks, version, 1, gap=16))
        made = row(inner, 1, margin=24)
        made.setStretch(0, 1000)
        return made

    def _keep(self, **changed: object) -> None:
        settings.keep(**changed)
        self.changed.emit()


def _minutes(count: int) -> str:
    return ngettext("%(count)d minute", "%(count)d minutes", count) % {"count": count}


def _box(entries: Mapping[Any, str], chosen: object) -> QComboBox:
    made = SteadyBox()
    for code, text in entries.items():
        made.addItem(text, code)
    made.setCurrentIndex(made.findData(chosen))
    return made
