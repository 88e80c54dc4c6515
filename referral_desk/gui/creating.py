"""Making a desk in five steps; it does not exist before the recovery key was typed back."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QWidget

from referral_desk import settings
from referral_desk.errors import DeskError
from referral_desk.gui.creating_pages import BackupPage, Page, PassphrasePage, PlacePage, RecoveryPage, SenderPage
from referral_desk.gui.desk import Door
from referral_desk.gui.pieces import button, card, column, directed, label, rename, row, scrolled
from referral_desk.gui.secret_field import error_line, tell
from referral_desk.gui.unlock import around, busy_bar
from referral_desk.vault import passphrases
from referral_desk.words import _


class Creating(QWidget):
    """The pages in one card; `opened` when the desk is there and open."""

    opened = Signal()
    given_up = Signal()
    language_chosen = Signal(str)

    def __init__(self, door: Door) -> None:
        super().__init__()
        self.door = door
        self.recovery_key = passphrases.new_recovery_key()
        self.place, self.second = PlacePage(), BackupPage()
        recovery = RecoveryPage(self.recovery_key)
        self.steps: tuple[Page, ...] = (self.place, SenderPage(), PassphrasePage(), recovery, self.second)
        self.error = error_line()
        self.pages = QStackedWidget()
        for page in self.steps:
            self.pages.addWidget(page)
            page.refused.connect(self._say)
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
        return self._page().first

    def forward(self) -> None:
        """Check what this page asked, and go to the next one or make the desk."""
        wrong = self._page().what_is_wrong()
        self._say(wrong)
        if not wrong:
            self._wait(True)
            self._page().ask(self.door, self._go_on, self._refused)

    def go_back(self) -> None:
        at = self.pages.currentIndex()
        self._show_page(at - 1) if at else self.given_up.emit()

    def _page(self) -> Page:
        return self.steps[self.pages.currentIndex()]

    def _go_on(self, _nothing: object) -> None:
        self._wait(False)
        at = self.pages.currentIndex()
        self._create() if at == len(self.steps) - 1 else self._show_page(at + 1)

    def _show_page(self, at: int) -> None:
        self._say("")
        self.pages.setCurrentIndex(at)
        last = at == len(self.steps) - 1
        self.step.setText(directed(_("A new desk: step %(at)s of %(all)s") % {"at": at + 1, "all": len(self.steps)}))
        rename(self.go_on, _("Create the desk") if last else _("Go on"))
        self.first.setFocus()

    def _create(self) -> None:
        wanted: dict[str, Any] = {}
        for page in self.steps:
            wanted |= page.given()
        self._wait(True)
        self.door.create(self.place.folder.text(), **wanted, then=self._made, refused=self._not_made)

    def _made(self, _facts: object) -> None:
        settings.keep(last_desk=self.place.folder.text())
        self.opened.emit()

    def _refused(self, error: DeskError) -> None:
        self._wait(False)
        self._say(str(error))
        self.first.setFocus()

    def _not_made(self, error: DeskError) -> None:
        """The folder was taken meanwhile, or the stick is gone: nothing was made, and nothing typed is lost."""
        about_backups = self.second.place() == error.evidence.get("folder")
        self._wait(False)
        self._show_page(self.steps.index(self.second if about_backups else self.place))
        self._say(str(error))

    def _say(self, text: str) -> None:
        tell(self.error, text)

    def _wait(self, waiting: bool) -> None:
        self.busy.setVisible(waiting)
        for one in (self.pages, self.back, self.go_on):
            one.setEnabled(not waiting)
