"""The journal for a keeper: found by member, subject and case, verified, and printed with its head."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from referral_desk import chronicle, letters, words
from referral_desk.chronicle import Subject, Verified, Wanted
from referral_desk.errors import DeskError, UnknownCase
from referral_desk.gui.desk import Door
from referral_desk.gui.journal_list import JournalRows, Rows, journal_view, rows_of, spoken
from referral_desk.gui.pieces import (
    SteadyBox,
    apart,
    button,
    card,
    column,
    directed,
    emptied,
    label,
    notice,
    plain_widget,
    row,
)
from referral_desk.gui.secret_field import captioned, error_line, private_line, tell
from referral_desk.gui.sheet_page import SheetPage
from referral_desk.letters.journal_paper import FILE_NAME, MOST, JournalSheet, in_groups
from referral_desk.roll import Roll, read
from referral_desk.words import N_, _, ngettext

ONLY_NEWEST = N_(
    "Only the newest %(count)d entries find room on paper. Choose a member, a subject or a case to print others."
)
NOT_FOUND = N_(
    "The entries hold together, but the head you typed is in none of them. Compare it with the sheet sign by sign; "
    "if it is right, the journal was written anew since."
)


class JournalPage(QWidget):
    """The list of entries; in its place, when asked for, the sheet to be printed."""

    help_name = "journal"

    def __init__(self, door: Door) -> None:
        super().__init__()
        self.door = door
        self.rows = JournalRows(door, self)
        self.view = journal_view(self.rows)
        self.member, self.subject = SteadyBox(16), SteadyBox(16)
        self.case = private_line(_("Case"))
        self.case_error = error_line()
        self.count = label("", "small")
        self.whole = label("", "", wraps=True)
        self.notices = QVBoxLayout()
        self.verifying = VerifyCard(door)
        self.verifying.hide()
        self.sheet: SheetPage | None = None
        self.room = QStackedWidget()
        self.room.addWidget(self._list())
        self.setLayout(column(self.room))
        self._connect()
        door.at_desk(read, self._offer, refused=self._refused)

    def refresh(self) -> None:
        """Look for what is chosen now."""
        tell(self.case_error, "")
        wanted = self.wanted()
        self.door.at_desk(partial(rows_of, wanted=wanted), partial(self._show, wanted), refused=self._refused)

    def wanted(self) -> Wanted:
        case = self.case.text().strip()
        return Wanted(self.member.currentData(), self.subject.currentData(), case or None)

    def prepare_sheet(self) -> None:
        """Make the sheet of what is chosen; what is then on screen is what is printed."""
        make = partial(letters.journal_sheet, wanted=self.wanted(), language=words.language())
        self.print_button.setEnabled(False)
        self.door.at_desk(make, self._show_sheet, refused=self._refused)

    def _connect(self) -> None:
        self.member.activated.connect(lambda _at: self.refresh())
        self.subject.activated.connect(lambda _at: self.refresh())
        self.case.editingFinished.connect(self._case_typed)
        self.view.selectionModel().currentChanged.connect(self._show_whole)
        self.rows.dataChanged.connect(lambda *_which: self._show_whole(self.view.currentIndex()))

    def _case_typed(self) -> None:
        if self.case.isModified():
            self.case.setModified(False)
            self.refresh()

    def _offer(self, roll: Roll) -> None:
        """Everybody who may have done something, those who left included."""
        self.member.addItem(_("Everybody"), None)
        for one in (*(present.colleague for present in roll.present), *roll.former):
            self.member.addItem(apart(one.name) or _("without a name"), one.id)
        self.subject.addItem(_("Everything"), None)
        for subject in Subject:
            self.subject.addItem(subject.label, subject)
        self.refresh()

    def _show(self, wanted: Wanted, rows: Rows) -> None:
        if wanted == self.wanted():
            self.rows.show(rows)
            self.count.setText(directed(counted(sum(isinstance(held, int) for held in rows))))
            self.whole.setText("")
            self.print_button.setEnabled(bool(rows))

    def _show_whole(self, current: QModelIndex, _former: QModelIndex | None = None) -> None:
        """The chosen entry in full, where the list has no room for it."""
        told = self.rows.told(current.row()) if current.isValid() else None
        self.whole.setText(directed(f"{spoken(told)} · {told.number}") if told else "")

    def _show_sheet(self, made: JournalSheet) -> None:
        self.sheet = page = SheetPage(_("Journal"), made.pdf, FILE_NAME)
        if made.left_out:
            page.say(_(ONLY_NEWEST) % {"count": MOST}, "warn")
        page.left.connect(self._back_to_list)
        self.room.addWidget(page)
        self.room.setCurrentWidget(page)
        page.back.setFocus()

    def _back_to_list(self) -> None:
        if self.sheet is not None:
            self.room.removeWidget(self.sheet)
            self.sheet.deleteLater()
            self.sheet = None
            self.refresh()
            self.print_button.setFocus()

    def _refused(self, error: DeskError) -> None:
        if isinstance(error, UnknownCase):
            tell(self.case_error, _("There is no case with this code. Type it as it stands on the list of cases."))
            self._show(self.wanted(), [])
            return
        emptied(self.notices)
        self.notices.addWidget(notice(str(error), "plain", icon="info"))
        for part in (self.filters, self.view, self.verify_button, self.print_button, self.count, self.whole):
            part.hide()
        self.listing.addStretch(1)

    def _list(self) -> QWidget:
        self.verify_button = button(_("Verify…"), self._turn_verifying, icon="shield-check")
        self.print_button = button(_("Print or save…"), self.prepare_sheet, icon="printer", look="primary")
        self.print_button.setEnabled(False)
        head = row(label(_("Journal"), "title"), 1, self.verify_button, self.print_button, gap=10)
        self.case.setPlaceholderText(_("Code of the case"))
        chosen = row(
            captioned(_("Member"), self.member),
            captioned(_("Subject"), self.subject),
            captioned(_("Case"), self.case),
            gap=12,
        )
        for at in range(3):
            chosen.setStretch(at, 1)
        self.filters = plain_widget(column(chosen, self.case_error, gap=4))
        top = column(head, self.notices, self.verifying, self.filters, self.count, gap=10, margin=(24, 20, 24, 8))
        foot = column(self.whole, margin=(24, 8, 24, 10))
        self.whole.setMinimumHeight(self.fontMetrics().height() * 2)
        self.listing = column(top, self.view, foot, gap=0)
        self.listing.setStretch(1, 1)
        return plain_widget(self.listing)

    def _turn_verifying(self) -> None:
        self.verifying.setVisible(self.verifying.isHidden())
        (self.verify_button if self.verifying.isHidden() else self.verifying.verify_button).setFocus()


class VerifyCard(QWidget):
    """Follows the chain, shows how far it is, and says in one sentence what came of it."""

    def __init__(self, door: Door) -> None:
        super().__init__()
        self.door = door
        self.head = private_line(_("Head from a printed sheet"))
        self.verify_button = button(_("Verify now"), self.verify, icon="shield-check", look="primary")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("The journal is being verified"))
        self.bar.hide()
        self.said = QVBoxLayout()
        self.head.returnPressed.connect(self.verify)
        door.progress.connect(self._show_progress)
        means = _("Follows every entry from the first one, and looks for the heads that lie beside the backups.")
        hint = _("If you have a sheet: the head at its end. Spaces are forgiven.")
        field = captioned(_("Head from a printed sheet"), self.head, hint)
        asked = row(field, self.verify_button, gap=10)
        asked.setStretch(0, 1)
        asked.setAlignment(self.verify_button, Qt.AlignmentFlag.AlignBottom)
        made = card(label(means, "muted", wraps=True), asked, self.bar, self.said, gap=10, margin=14)
        self.setLayout(column(made))

    def verify(self) -> None:
        self._wait(True)
        heads = [self.head.text()] if self.head.text().strip() else []
        do = partial(chronicle.verify, heads=heads, on_progress=self.door.progress.emit)
        self.door.at_desk(do, self._verified, refused=self._broken)

    def _verified(self, found: Verified) -> None:
        self._wait(False)
        if found.missing:
            self._say(_(NOT_FOUND), "danger")
            return
        whole = ngettext(
            "The journal is whole: %(count)d entry, and nothing was changed, removed or put in.",
            "The journal is whole: %(count)d entries, and nothing was changed, removed or put in.",
            found.entries,
        )
        beside = _beside(found.anchors)
        sheet = _("So was the head from your sheet.") if self.head.text().strip() else ""
        today = _("Today's head: %(head)s") % {"head": words.isolate(in_groups(found.head))}
        self._say(" ".join(filter(None, (whole % {"count": found.entries}, beside, sheet))) + f"\n{today}", "good")

    def _broken(self, error: DeskError) -> None:
        self._wait(False)
        self._say(str(error), "danger")

    def _say(self, text: str, tone: str) -> None:
        emptied(self.said)
        self.said.addWidget(notice(text, tone, icon="shield-check" if tone == "good" else "shield-alert"))

    def _show_progress(self, done: int, of: int) -> None:
        self.bar.setRange(0, of)
        self.bar.setValue(done)

    def _wait(self, waiting: bool) -> None:
        self.bar.setRange(0, 0)
        self.bar.setVisible(waiting)
        self.verify_button.setEnabled(not waiting)
        if waiting:
            emptied(self.said)


def _beside(anchors: int) -> str:
    if not anchors:
        return _("There is no backup yet to compare it with.")
    found = ngettext(
        "The head beside %(count)d backup is in it.", "The heads beside %(count)d backups are in it.", anchors
    )
    return found % {"count": anchors}


def counted(entries: int) -> str:
    if not entries:
        return _("No entry fits.")
    return ngettext("%(count)d entry", "%(count)d entries", entries) % {"count": entries}
