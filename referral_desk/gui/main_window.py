"""The window of an open desk: side bar, pages, foot; and the lock that nothing stops."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QWidget

from referral_desk import settings
from referral_desk.gui.cases_page import CasesPage
from referral_desk.gui.desk import Door
from referral_desk.gui.errands import Unfinished, unfinished
from referral_desk.gui.frame_parts import Foot, SideBar, band
from referral_desk.gui.lock import IdleWatch
from referral_desk.gui.pieces import button, column, emptied, notice, plain_widget, row
from referral_desk.gui.shortcuts import SHORTCUTS, ShortcutsDialog
from referral_desk.words import _

SMALLEST = (960, 600)
SHOWN_FOR = 8000


class MainWindow(QMainWindow):
    """Everything one does at an open desk. `lock` ends the process; tests give one that does not."""

    wants_rebuild = Signal()

    def __init__(self, door: Door, *, lock: Callable[[str, bool], None], resume: bool = False) -> None:
        super().__init__()
        self.door, self._lock = door, lock
        self.setWindowTitle("Referral Desk")
        self.setMinimumSize(*SMALLEST)
        self.cases = CasesPage(door)
        self.side = SideBar(self.go, lambda: self.lock("asked"))
        self.foot = Foot()
        self.notices = column()
        self.stack = QStackedWidget()
        self.stack.setObjectName("page")
        self.stack.addWidget(self.cases)
        middle = plain_widget(column(self.notices, self.stack, gap=0))
        body = row(self.side, middle, gap=0)
        body.setStretch(1, 1)
        self.setCentralWidget(plain_widget(column(band(door.facts.purpose), body, self.foot, gap=0)))
        self._connect()
        self.go("cases")
        self.cases.list.search.setFocus()
        if resume:
            self.resume()

    def go(self, place: str) -> None:
        """Show a place of the side bar; pages but the cases are made anew each time."""
        self.side.show_place(place)
        self._show(self.cases if place == "cases" else self._made(place))

    def show_letter(self, referral_id: UUID) -> None:
        from referral_desk.gui.letter_page import LetterPage

        page = LetterPage(self.door, referral_id)
        page.left.connect(lambda: self.go("cases"))
        self._show(page)

    def resume(self) -> None:
        """Open the form that was being filled in when the desk locked."""
        self.door.ask(unfinished, self._resume)

    def lock(self, why: str) -> None:
        """Hide at once, keep what was typed, close the desk, and let the process end."""
        self.watch.timer.stop()
        for window in QApplication.topLevelWidgets():
            window.hide()
        filling = self.cases.form is not None
        try:
            self.cases.put_form_away()
            self.door.close()
        finally:
            self._lock(why, filling)

    def refuse(self, sentence: str) -> None:
        """Say what cannot be done, in the one place for it; it goes by itself after a while."""
        emptied(self.notices)
        close = button("", lambda: emptied(self.notices), icon="x", look="quiet", says=_("Close this message"))
        shown = notice(sentence, "danger", close, icon="circle-alert")
        self.notices.setContentsMargins(12, 12, 12, 0)
        self.notices.addWidget(shown)
        QTimer.singleShot(SHOWN_FOR, shown, self._clear_notices)

    def closeEvent(self, event) -> None:
        self.watch.timer.stop()
        self.cases.put_form_away()
        super().closeEvent(event)

    def _clear_notices(self) -> None:
        emptied(self.notices)
        self.notices.setContentsMargins(0, 0, 0, 0)

    def _connect(self) -> None:
        self.watch = IdleWatch(settings.load().idle_minutes)
        self.watch.setParent(self)
        self.watch.is_due.connect(self.lock)
        self.watch.seconds_left.connect(self.foot.show_time_left)
        self.watch.look()
        self.cases.wants_letter.connect(self.show_letter)
        self.door.refused.connect(self.refuse)
        self.door.changed.connect(self.foot.show_saved)
        for keys, act, _text in SHORTCUTS:
            if act:
                QShortcut(QKeySequence(keys), self, getattr(self, f"_on_{act}"))

    def _made(self, place: str) -> QWidget:
        if place == "statistics":
            from referral_desk.gui.statistics_page import StatisticsPage

            return StatisticsPage(self.door)
        from referral_desk.gui.settings_page import SettingsPage

        page = SettingsPage()
        page.changed.connect(self.wants_rebuild)
        return page

    def _show(self, page: QWidget) -> None:
        before = self.stack.currentWidget()
        if self.stack.indexOf(page) < 0:
            self.stack.addWidget(page)
        self.stack.setCurrentWidget(page)
        if before is not None and before not in (page, self.cases):
            self.stack.removeWidget(before)
            before.deleteLater()

    def _resume(self, forms: list[Unfinished]) -> None:
        if forms:
            self.cases.go_on_with(forms[0])

    def _on_new_case(self) -> None:
        self.go("cases")
        self.cases.new_case()

    def _on_search(self) -> None:
        self.go("cases")
        self.cases.list.search.setFocus()
        self.cases.list.search.selectAll()

    def _on_preview(self) -> None:
        if self.stack.currentWidget() is self.cases and self.cases.case is not None and self.cases.form is None:
            self.cases.case.preview_first_form()

    def _on_lock(self) -> None:
        self.lock("asked")

    def _on_cases(self) -> None:
        self.go("cases")

    def _on_statistics(self) -> None:
        self.go("statistics")

    def _on_settings(self) -> None:
        self.go("settings")

    def _on_help(self) -> None:
        ShortcutsDialog(self).open()
