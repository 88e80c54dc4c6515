"""Backups: how they stand, the second place, every backup there is, and the recovery key that opens them."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from referral_desk import words
from referral_desk.errors import DeskError, KeeperNeeded
from referral_desk.gui.backup_table import BackupTable
from referral_desk.gui.backup_words import about_place, line_of
from referral_desk.gui.desk import Door
from referral_desk.gui.desk_backups import every, name_place
from referral_desk.gui.pieces import (
    button,
    card,
    column,
    directed,
    emptied,
    label,
    notice,
    rename,
    row,
    say_why_not,
    scrolled,
)
from referral_desk.gui.recovery_pages import ProvePage, RenewPage
from referral_desk.gui.restore_page import RestorePage
from referral_desk.gui.unlock import ask_folder
from referral_desk.words import N_, _, isolate

WIDEST = 820
HEADINGS = (N_("Made on"), N_("Last opened on"), N_("Where"), N_("Size"), N_("Kept as"))
ICONS = {"good": "circle-check", "warn": "triangle-alert", "danger": "triangle-alert"}


class BackupsPage(QWidget):
    """The overview, and in its place one errand at a time: restoring, proving, renewing."""

    wants_other_desk = Signal(str)
    """The folder of a desk that was restored and is to be opened instead of this one."""

    def __init__(self, door: Door) -> None:
        super().__init__()
        self.door = door
        self.overview = Overview(door)
        self.overview.wants_restore.connect(self.restore)
        self.overview.wants_proof.connect(self.prove)
        self.overview.wants_renewal.connect(self.renew)
        self.rooms = QStackedWidget()
        self.rooms.setObjectName("page")
        self.rooms.addWidget(self.overview)
        self.setLayout(column(self.rooms))

    @property
    def first(self) -> QWidget:
        """Where the keyboard begins."""
        return self.overview.now

    def put_right(self, remedy: str) -> None:
        """Begin what a warning asked for."""
        begin = {"PLACE": self.overview.choose_place, "RECOVERY": self.prove, "RESTORE": self.restore}
        begin.get(remedy, self.overview.back_up)()

    def restore(self, backup: Any = None) -> None:
        """Restore the backup chosen in the list, or any other."""
        status = self.door.upkeep.standing.backups if self.door.upkeep.standing else None
        page = RestorePage(self.door, backup, places=(status.place,) if status and status.place else ())
        page.wants_other_desk.connect(self.wants_other_desk)
        self._show(page)

    def prove(self) -> None:
        self._show(ProvePage(self.door))

    def renew(self) -> None:
        self._show(RenewPage(self.door))

    def _show(self, page: Any) -> None:
        self._forget_errand()
        page.left.connect(self._back)
        self.rooms.addWidget(page)
        self.rooms.setCurrentWidget(page)
        page.first.setFocus()

    def _back(self) -> None:
        self.rooms.setCurrentWidget(self.overview)
        self._forget_errand()
        self.overview.refresh()
        self.overview.now.setFocus()

    def _forget_errand(self) -> None:
        while (page := self.rooms.widget(1)) is not None:
            self.rooms.removeWidget(page)
            page.deleteLater()


class Overview(QWidget):
    """How it stands."""

    wants_restore = Signal(object)
    wants_proof = Signal()
    wants_renewal = Signal()

    def __init__(self, door: Door) -> None:
        super().__init__()
        self.door, self.upkeep = door, door.upkeep
        self.backups: tuple[Any, ...] = ()
        self.notices, self.state = QVBoxLayout(), QVBoxLayout()
        self.place, self.proven = label("", wraps=True), label("", wraps=True)
        self.table = BackupTable(_("Every backup"), [_(text) for text in HEADINGS])
        self.empty = label(_("There is no backup yet."), "muted")
        self._make_buttons()
        self.doing, self.bar = label("", "small"), _bar()
        self.progress = row(column(self.doing, self.bar, gap=4), self.cancel, gap=12)
        self.setLayout(column(scrolled(self._content())))
        self.upkeep.changed.connect(self.refresh)
        self.upkeep.beside.told.connect(self._show_progress)
        self.upkeep.beside.changed.connect(self._show_whether_busy)
        self._show_whether_busy()
        self.upkeep.read()

    def refresh(self) -> None:
        """Show how it stands now."""
        self.door.at_desk(every, self._show_list)
        if self.upkeep.standing is not None:
            self._show_state(self.upkeep.standing)
            self._show_place(self.upkeep.standing.backups)
            self._show_proven(self.upkeep.standing.recovery_proven_at)

    def back_up(self) -> None:
        self.upkeep.back_up(then=self._made, refused=self._refused)

    def choose_place(self) -> None:
        if self.door.facts.is_kept_by_me:
            ask_folder(self, _("Choose the second place for backups"), "", self.name_place)
        else:
            self._refused(KeeperNeeded())

    def name_place(self, folder: str) -> None:
        """Keep backups there, too, from now on; nothing for nowhere else."""
        self.door.at_desk(partial(name_place, folder=folder), self._placed, refused=self._refused)

    def _make_buttons(self) -> None:
        self.now = button(_("Back up now"), self.back_up, icon="archive", look="primary")
        self.cancel = button(_("Stop"), self.upkeep.stop, icon="x")
        self.choose = button(_("Choose…"), self.choose_place, icon="folder-open", says=_("Choose a second place"))
        self.forget = button(_("Keep no second place"), lambda: self.name_place(""), icon="x", look="quiet")
        self.check = button(_("Open to check"), self._check, icon="eye")
        self.restore = button(_("Restore…"), self._restore, icon="history")
        self.elsewhere = button(_("Restore one from elsewhere…"), lambda: self.wants_restore.emit(None), icon="search")
        self.prove = button(_("Prove it…"), self.wants_proof.emit, icon="shield-check")
        self.renew = button(_("Make a new one…"), self.wants_renewal.emit, icon="key-round", look="quiet")
        facts = self.door.facts
        _bar_unless(facts.is_kept_by_me, self.choose, self.forget)
        _bar_unless(facts.is_kept_by_me and facts.entitled, self.renew)

    def _content(self):
        hint = _("It opens every backup. Once a year somebody should take the paper out and type it.")
        inner = QWidget()
        inner.setMaximumWidth(WIDEST)
        parts = (
            card(self.state, self.progress, row(self.now, 1), gap=12),
            _headed(_("Second place"), self.place, row(self.choose, self.forget, 1)),
            _headed(_("Every backup"), self.empty, row(self.check, self.restore, 1, self.elsewhere), self.table),
            _headed(_("Recovery key"), label(hint, "small", wraps=True), self.proven, row(self.prove, self.renew, 1)),
        )
        inner.setLayout(column(label(_("Backups"), "title"), self.notices, *parts, 1, gap=16))
        made = row(inner, 1, margin=24)
        made.setStretch(0, 1000)
        return made

    def _show_state(self, standing: Any) -> None:
        emptied(self.state)
        level = standing.backups.level
        tone = level if self.door.facts.purpose == "REAL" else "plain"
        self.state.addWidget(notice(standing.sentence, tone, icon=ICONS[level] if tone != "plain" else "info"))
        for concern in self.upkeep.concerns()[1:]:  # the first one stands above every page
            self.state.addWidget(notice(concern.sentence, concern.level, icon="triangle-alert"))
        if self.door.facts.purpose != "REAL":
            self.state.addWidget(
                label(_("This desk is backed up only when somebody asks for it."), "small", wraps=True)
            )

    def _show_place(self, status: Any) -> None:
        self.place.setText(directed(about_place(status)))
        rename(self.choose, _("Change…") if status.place else _("Choose…"))
        self.forget.setVisible(bool(status.place))

    def _show_proven(self, proven_at: Any) -> None:
        said = _("Last proven on %(moment)s.") if proven_at else _("It was not proven since it was made.")
        moment = isolate(words.moment(proven_at)) if proven_at else ""
        self.proven.setText(directed(said % {"moment": moment}))

    def _show_list(self, backups: tuple[Any, ...]) -> None:
        self.backups = backups
        status = self.upkeep.standing.backups if self.upkeep.standing else None
        self.table.show_lines([line_of(one, status.place if status else "") for one in backups])
        for part in (self.table, self.check, self.restore):
            part.setVisible(bool(backups))
        self.empty.setVisible(not backups)

    def _show_progress(self, doing: str, percent: int) -> None:
        self.doing.setText(directed(doing))
        self.bar.setAccessibleName(doing)
        self.bar.setRange(0, 100 if percent else 0)
        self.bar.setValue(percent)

    def _show_whether_busy(self) -> None:
        busy = self.upkeep.beside.in_hand is not None
        for part in (self.doing, self.bar, self.cancel):
            part.setVisible(busy)
        for one in (self.now, self.check):
            one.setEnabled(not busy)

    def _check(self) -> None:
        self.upkeep.check(self._chosen().name, then=self._checked, refused=self._refused)

    def _restore(self) -> None:
        self.wants_restore.emit(self._chosen())

    def _chosen(self) -> Any:
        return self.backups[max(0, self.table.currentRow())]

    def _made(self, _backup: Any) -> None:
        self._tell(_("The backup was made and opened."), "good", "circle-check")

    def _checked(self, _nothing: None) -> None:
        self._tell(_("The backup opens and is whole."), "good", "circle-check")

    def _placed(self, _nothing: None) -> None:
        emptied(self.notices)
        self.upkeep.read()
        self.upkeep.look_now()

    def _refused(self, error: DeskError) -> None:
        self._tell(str(error), "danger", "circle-alert")

    def _tell(self, text: str, tone: str, icon: str) -> None:
        emptied(self.notices)
        self.notices.addWidget(notice(text, tone, icon=icon))


def _headed(heading: str, *parts) -> QFrame:
    return card(label(heading, "heading"), *parts, gap=10)


def _bar() -> QProgressBar:
    made = QProgressBar()
    made.setTextVisible(False)
    made.setRange(0, 0)
    return made


def _bar_unless(allowed: bool, *buttons: Any) -> None:
    """Grey buttons say why."""
    for one in buttons:
        one.setEnabled(allowed)
        if not allowed:
            say_why_not(one, str(KeeperNeeded()))
