"""The window of an open desk: side bar, pages, foot; and the lock that nothing stops."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QWidget

from referral_desk import settings
from referral_desk.gui import copying, places
from referral_desk.gui.cases_page import CasesPage
from referral_desk.gui.desk import Door
from referral_desk.gui.errands import Place
from referral_desk.gui.frame_parts import Foot, SideBar, band
from referral_desk.gui.glossary_dialog import GlossaryDialog
from referral_desk.gui.help import HelpStrip
from referral_desk.gui.lock import CLOSED, IdleWatch, UrgentKeys
from referral_desk.gui.pieces import SMALLEST_WINDOW, button, column, emptied, notice, plain_widget, row
from referral_desk.gui.rights_card import PAPERS
from referral_desk.gui.shortcuts import SHORTCUTS, URGENT, ShortcutsDialog
from referral_desk.gui.system_signals import SystemSignals
from referral_desk.gui.turning import Turning
from referral_desk.gui.undoing import Undoing
from referral_desk.gui.warning_banner import WarningBanner
from referral_desk.gui.whereabouts import Spot, Whereabouts, where_before
from referral_desk.nrm.retention import LegalHold
from referral_desk.words import _

SHOWN_FOR = 8000


class MainWindow(QMainWindow):
    """Everything one does at an open desk. `lock` ends the process; tests give one that does not.

    `why_left` is empty until the process is about to end.
    """

    wants_rebuild = Signal()

    def __init__(self, door: Door, *, lock: Callable[[str], None]) -> None:
        super().__init__()
        self.door, self._lock = door, lock
        self.why_left = ""
        self.place = "today"
        self.setWindowTitle("Referral Desk")
        self.setMinimumSize(*SMALLEST_WINDOW)
        self.cases = CasesPage(door)
        self.side = SideBar(self.go, self._on_help, lambda: self.lock("asked"))
        self.foot = Foot()
        self.help = HelpStrip(self._on_keys, self._on_glossary)
        self.warning = WarningBanner(door.upkeep)
        self.notices = column()
        self.stack = QStackedWidget()
        self.stack.setObjectName("page")
        self.stack.addWidget(self.cases)
        middle = plain_widget(column(self.help, self.warning, self.notices, self.stack, gap=0))
        body = row(self.side, middle, gap=0)
        body.setStretch(1, 1)
        self.root = QStackedWidget()
        self.root.addWidget(plain_widget(column(band(door.facts.purpose), body, self.foot, gap=0)))
        self.setCentralWidget(self.root)
        self.turning = Turning(self)
        self.undoing = Undoing(self)
        self._connect()
        self.go("today")
        door.keep(where_before, self._resume)

    def go(self, place: str) -> None:
        """Show a place of the side bar; pages but the cases are made anew each time.

        Whoever has a passphrase that a keeper knows changes it first.
        """
        must_change = self.door.facts.must_change_passphrase
        self.side.allow(not must_change)
        place = "passphrase" if must_change else place
        self.cases.keep_draft()
        self.place = place
        self.side.show_place(place)
        self._show(self.cases if place == "cases" else places.made(place, self))

    def act(self, name: str) -> Callable[[], object]:
        """What a key does; the name of a place leads there."""
        return partial(self.go, name) if name in self.side.places else getattr(self, f"_on_{name}")

    def show_letter(self, referral_id: UUID) -> None:
        from referral_desk.letters.form import FORM, Errand

        self._show_paper(Errand(FORM, referral=referral_id), lambda: self.go("cases"))

    def show_paper(self, errand: Any) -> None:
        """A paper that belongs to no referral; from it one goes back to the papers of the case."""
        self._show_paper(errand, lambda: self.show_right(PAPERS, errand.case))

    def _show_paper(self, errand: Any, back: Callable[[], object]) -> None:
        from referral_desk.gui.letter_page import LetterPage

        page = LetterPage(self.door, errand=errand)
        page.left.connect(back)
        page.wants_answer.connect(self._answer)
        self._show(page)

    def _answer(self, wanted: Any) -> None:
        """To the question whose answer a paper lacks."""
        self.go("cases")
        self.door.ask(wanted.place, lambda place: self.cases.show_form(place, Spot(focused=wanted.question)))

    def show_right(self, right: str, case_id: UUID) -> None:
        """What a person may ask for: to see everything, to be erased; or a court: that the case is kept."""
        from referral_desk.gui import rights

        if right == LegalHold.kind:
            self.go("cases")
            self.cases.show_form(Place(right, case_id))
            return
        page = rights.page(right, self.door, case_id)
        page.left.connect(lambda: self.go(self.place))
        page.wants_right.connect(self.show_right)
        if right == PAPERS:
            page.wants_paper.connect(self.show_paper)
        self._show(page)

    def rebuild(self) -> None:
        """Make everything anew, after language or colours were changed."""
        self.cases.put_aside(self.place)
        self.wants_rebuild.emit()

    def lock(self, why: str) -> None:
        """Hide at once, keep what was typed, close the desk, and let the process end."""
        if self.why_left:
            return
        self.leave(why)
        for window in QApplication.topLevelWidgets():
            window.hide()
        try:
            copying.take_back()
            QGuiApplication.inputMethod().commit()
            self.turning.back()
            self.cases.put_aside(self.place)
            self.door.close()
        finally:
            self._lock(why)

    def leave(self, why: str) -> None:
        """From now on the process is to end."""
        self.why_left = why
        self.watch.stop()

    def refuse(self, sentence: str) -> None:
        """Say what cannot be done."""
        self.say(sentence, "danger", "circle-alert")

    def say(self, sentence: str, tone: str, icon: str, *buttons: QWidget) -> None:
        """Say something about the desk as a whole, in the one place for it; it goes by itself after a while."""
        emptied(self.notices)
        close = button("", lambda: emptied(self.notices), icon="x", look="quiet", says=_("Close this message"))
        shown = notice(sentence, tone, *buttons, close, icon=icon)
        self.notices.setContentsMargins(12, 12, 12, 0)
        self.notices.addWidget(shown)
        QTimer.singleShot(SHOWN_FOR, shown, self._clear_notices)

    def put_right(self, remedy: str) -> None:
        """Do what a warning asks for; only what takes more than a click leaves the page one is on."""
        if remedy == "BACK_UP":
            self.door.upkeep.back_up_quietly()
        else:
            self.go("backups")
            self.stack.currentWidget().put_right(remedy)

    def closeEvent(self, event) -> None:
        self.leave(self.why_left or CLOSED)
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
        SystemSignals(self).told.connect(self.watch.tell)
        UrgentKeys(self, {keys: getattr(self, f"_on_{act}") for keys, act, _text in SHORTCUTS if act in URGENT})
        self.cases.wants_letter.connect(self.show_letter)
        self.cases.room.currentChanged.connect(self._follow)
        self.cases.wants_right.connect(self.show_right)
        self.cases.wants_answer.connect(self._on_answer)
        self.cases.wants_turning.connect(self.turning.ask)
        self.door.erased.connect(self._forget)
        self.door.refused.connect(self.refuse)
        self.door.changed.connect(self.foot.show_saved)
        self.foot.follow(self.door.upkeep)
        self.warning.wanted.connect(self.put_right)
        self.door.upkeep.start()
        for keys, act, _text in SHORTCUTS:
            if act and act not in URGENT:
                self.turning.silences(QShortcut(QKeySequence(keys), self, self.act(act)))

    def _forget(self, certificate: Any) -> None:
        """A case is gone: nothing of it stays here, and its certificate comes whatever page was in sight."""
        from referral_desk.gui import rights
        from referral_desk.gui.certificate_page import CertificatePage

        self.cases.forget(certificate.plan.case_id)
        rights.forget_copied()
        page = CertificatePage(self.door, certificate)
        page.left.connect(lambda: self.go(self.place))
        self._show(page)

    def show_case(self, case_id: UUID) -> None:
        self.go("cases")
        self.cases.show_case(case_id)
        self.cases.list.select(case_id)

    def show_form(self, place: Place) -> None:
        """A form that somewhere else than in the case was asked for."""
        self.go("cases")
        if place.case_id is not None:
            self.cases.list.select(place.case_id)
        self.cases.show_form(place)

    def _show(self, page: QWidget) -> None:
        before = self.stack.currentWidget()
        if self.stack.indexOf(page) < 0:
            self.stack.addWidget(page)
        self.stack.setCurrentWidget(page)
        if before is not None and before not in (page, self.cases):
            self.stack.removeWidget(before)
            before.deleteLater()
        if hasattr(page, "first"):
            page.first.setFocus()
        self._follow()

    def _follow(self, _at: int = 0) -> None:
        """Let the help speak of what is in sight."""
        self.help.follow(self._help_name())

    def _help_name(self) -> str:
        return getattr(self.stack.currentWidget(), "help_name", self.place)

    def _resume(self, where: Whereabouts | None) -> None:
        """Go back to where somebody was when the desk locked."""
        if where:
            self.cases.go_back_to(where)
            if where.page in self.side.places:
                self.go(where.page)

    def _on_new_case(self) -> None:
        self.go("cases")
        if self.place == "cases":
            self.cases.new_case()

    def _on_search(self) -> None:
        self.go("cases")
        self.cases.list.search.setFocus()
        self.cases.list.search.selectAll()

    def _on_preview(self) -> None:
        if self.stack.currentWidget() is self.cases and self.cases.case is not None and self.cases.form is None:
            self.cases.case.preview_first_form()

    def _on_record(self) -> None:
        if self.stack.currentWidget() is self.cases and self.cases.case is not None and self.cases.form is None:
            self.cases.case.record()

    def _on_answer(self) -> None:
        self.answer_enquiry(None)

    def answer_enquiry(self, enquiry: Any) -> None:
        """Ask what was answered: to an enquiry that waits, or by words to any paper."""
        from referral_desk.gui.answer_dialog import AnswerDialog

        dialog = AnswerDialog(self.door, self, enquiry=enquiry)
        dialog.answered.connect(lambda answered: self.say(answered.sentence, "good", "circle-check"))
        dialog.open()

    def _on_undo(self) -> None:
        self.undoing.undo()

    def _on_lock(self) -> None:
        self.lock("asked")

    def _on_close_now(self) -> None:
        self.lock(CLOSED)

    def _on_help(self) -> None:
        self.help.turn(self._help_name(), self.cases.form.explanation() if self.cases.form else "")

    def _on_glossary(self) -> None:
        GlossaryDialog(self).open()

    def _on_keys(self) -> None:
        ShortcutsDialog(self).open()
