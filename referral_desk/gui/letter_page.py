"""The referral form before it leaves: exactly what will be on paper, what it tells, and what it withholds."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from referral_desk.errors import DeskError
from referral_desk.gui.desk import Door
from referral_desk.gui.paper_page import PaperPage
from referral_desk.gui.pieces import apart, column, emptied, image, label, row
from referral_desk.words import _


class LetterPage(PaperPage):
    """What is on screen before printing is all that leaves."""

    help_name = "letter"

    def __init__(self, door: Door, referral_id: UUID) -> None:
        super().__init__(_("Referral form"))
        self.door, self.referral_id = door, referral_id
        self.letter: Any = None
        self.refresh()

    def refresh(self) -> None:
        """Make the form anew, in the language chosen. No seal is in force while it is made."""
        language = self.language.currentData()
        self.door.make_letter(self.referral_id, language=language, then=self._show, refused=self._not_made)

    def look_again(self, let_go: Callable[[bytes], object]) -> None:
        """Make the form anew before it leaves: consent may have been withdrawn since it was shown."""
        self.allow(False)
        language = self.language.currentData()
        then = partial(self._let_go, let_go)
        self.door.make_letter(self.referral_id, language=language, then=then, refused=self._not_made)

    def _let_go(self, let_go: Callable[[bytes], object], letter: Any) -> None:
        """Nothing leaves but what was on screen; a form that has changed is shown first."""
        if self.letter is not None and letter.pdf == self.letter.pdf:
            self.allow(True)
            let_go(letter.pdf)
        else:
            self._show(letter)
            self.tell(_("The form has changed meanwhile. Look at it, then print or save it again."), "warn", "info")

    def _show(self, letter: Any) -> None:
        self.letter = letter
        self.show_paper(letter.pdf, letter.file_name)
        self._show_told(letter)

    def _show_told(self, letter: Any) -> None:
        emptied(self.told)
        self.told.addWidget(label(_("The form tells"), "heading"))
        for line in letter.told:
            self.told.addWidget(_told(line.label, line.text))
        if letter.withheld:
            self.told.addWidget(label(_("It withholds"), "heading"))
            for text in letter.withheld:
                self.told.addLayout(_withheld(text))
        self.told.addStretch(1)

    def _not_made(self, error: DeskError) -> None:
        self.letter = None
        self.show_none(error)


def _told(asked: str, text: str) -> QWidget:
    made = QWidget()
    made.setLayout(column(label(apart(asked), "small", wraps=True), label(apart(text), wraps=True), gap=1))
    return made


def _withheld(text: str):
    made = row(image("eye-off", "muted", 16), label(apart(text), "muted", wraps=True), gap=8)
    made.setStretch(1, 1)
    return made
