"""The first page after unlocking: what is overdue, due and coming in all cases, and what waits to be finished."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QDateTime, QModelIndex, Qt, QTime, QTimer, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QListView, QProgressBar, QWidget

from referral_desk import words
from referral_desk.gui.choices import Chip
from referral_desk.gui.desk import Door
from referral_desk.gui.errands import Day, day_at_desk
from referral_desk.gui.layouts import Flow
from referral_desk.gui.pieces import button, column, directed, emptied, frame, image, label, plain_widget, row
from referral_desk.gui.today_rows import AT_ONCE, GROUPS, Heading, Task, TaskPainter, TaskRows, drafts, tasks_of
from referral_desk.today import HowFar, still_reckoned
from referral_desk.words import _, isolate

AFTER_CHANGES = 300
"""Milliseconds: of several changes at once the last one is looked at."""
SHOWN = 100
"""Lines of each group at first; nobody reads more of them at once."""
AFTER_MIDNIGHT = QTime(0, 0, 2)


class TodayPage(QWidget):
    """A list; Enter leads to the form that answers what is marked, or asks what was answered to an enquiry."""

    wants_form = Signal(object)
    wants_case = Signal(object)
    wants_reply = Signal(object)
    help_name = "today"

    def __init__(self, door: Door) -> None:
        super().__init__()
        self.door = door
        self.day: Day | None = None
        self.only = ""
        self.most = SHOWN
        self.rows = TaskRows(self)
        self.view = _list_of(self.rows)
        self.said = label("", "muted", wraps=True)
        self.backup = label("", "small")
        self.outdated = label("", "error", wraps=True)
        self.outdated.hide()
        self.chips = Flow()
        self.group = QButtonGroup(self)
        self.empty = _nothing_due()
        self.bar = QProgressBar(textVisible=False)
        self.bar.setAccessibleName(_("How far the deadlines are reckoned"))
        self.bar.hide()
        self.does = button(_("Go to the form"), self.go, icon="arrow-right", look="primary")
        self.opens = button(_("Open the case"), self.open_case, icon="folder-open")
        self.more = button(_("Show more"), self.show_more, look="quiet")
        self.first = self.view
        self.setObjectName("page")
        self.setLayout(column(self._head(), self.bar, self.empty, self.view, self._foot(), gap=0))
        self.later = QTimer(self, singleShot=True, interval=AFTER_CHANGES)
        self.midnight = QTimer(self, singleShot=True)
        for timer in (self.later, self.midnight):
            timer.timeout.connect(self.refresh)
        door.changed.connect(self._changed)
        door.pieces.reckoned.connect(self._show_reckoned)
        door.upkeep.changed.connect(self._show_backup)
        self.view.activated.connect(lambda _index: self.go())
        self.view.selectionModel().currentChanged.connect(self._follow)
        self.empty.hide()
        self._follow()
        self.refresh()

    def refresh(self) -> None:
        """Look again now, and when the day is over."""
        now = QDateTime.currentDateTime()
        self.midnight.start(int(now.msecsTo(QDateTime(now.date().addDays(1), AFTER_MIDNIGHT))))
        self.door.ask(partial(day_at_desk, most=self.most), self._show)

    def go(self) -> None:
        """To the form that answers what is marked, or to its case where no form does."""
        task = self.rows.task(self.view.currentIndex())
        if task is not None and task.place is not None:
            self.wants_form.emit(task.place)
        elif task is not None and task.enquiry is not None:
            self.wants_reply.emit(task.enquiry)
        else:
            self.open_case()

    def open_case(self) -> None:
        task = self.rows.task(self.view.currentIndex())
        if task is not None and task.case_id is not None:
            self.wants_case.emit(task.case_id)

    def show_only(self, code: str) -> None:
        """One group alone; an empty code shows everything."""
        self.only = code
        self._narrow()
        self._mark(1)

    def show_more(self) -> None:
        self.most *= 10
        self.refresh()

    def tasks(self, code: str) -> tuple[int, list[Task]]:
        """How many there are of a group, and those that can be shown."""
        if code == "drafts":
            return len(self.day.drafts), drafts(self.day.drafts)
        group = getattr(self.day.page, code)
        return group.count, tasks_of(group)

    def _changed(self, _case_id: object) -> None:
        self.later.start()

    def _show(self, day: Day) -> None:
        at = self.view.currentIndex().row()
        self.day = day
        self._say(day.page.sentence)
        self._show_far(day.page.reckoned)
        self.outdated.setText(directed(day.outdated))
        self.outdated.setHidden(not day.outdated)
        self._show_backup()
        self._make_chips()
        self._narrow()
        self._mark(max(at, 1))

    def _mark(self, at: int) -> None:
        """Mark a row, or the one above it that is a task."""
        last = self.rows.rowCount() - 1
        at = min(at, last)
        while at > 0 and self.rows.task(self.rows.index(at)) is None:
            at -= 1
        self.view.setCurrentIndex(self.rows.index(max(at, min(1, last))) if last > 0 else QModelIndex())
        self._follow()

    def _make_chips(self) -> None:
        emptied(self.chips)
        counts = {code: self.tasks(code)[0] for code in GROUPS}
        held = [code for code in GROUPS if counts[code]]
        self.only = self.only if self.only in held else ""
        if held:
            self.chips.addWidget(self._chip("", _("Everything"), sum(counts[code] for code in AT_ONCE)))
        for code in held:
            self.chips.addWidget(self._chip(code, _(GROUPS[code][0]), counts[code]))
        is_empty = not held and self.day.page.reckoned is None
        self.empty.setVisible(is_empty)
        self.view.setVisible(
            not is_empty
        )  # empty while deadlines are reckoned: it holds head and buttons in their places

    def _chip(self, code: str, text: str, count: int) -> Chip:
        made = Chip(directed(f"{text}  {count}"))
        made.setProperty("look", "chip")
        made.setCheckable(True)
        made.setChecked(code == self.only)
        made.setAccessibleName(f"{text}: {count}")
        self.group.addButton(made)
        made.clicked.connect(lambda _checked=False: self.show_only(code))
        return made

    def _narrow(self) -> None:
        rows: list[Heading | Task] = []
        hidden = 0
        for code in [self.only] if self.only else AT_ONCE:
            count, tasks = self.tasks(code)
            if tasks:
                rows += [Heading(_(GROUPS[code][0]), count, GROUPS[code][1]), *tasks]
            hidden += count - len(tasks)
        self.rows.show(rows)
        self.more.setVisible(hidden > 0)

    def _follow(self, *_indexes: object) -> None:
        task = self.rows.task(self.view.currentIndex())
        is_enquiry = task is not None and task.enquiry is not None
        self.does.setText(_("Record the answer") if is_enquiry else _("Go to the form"))
        self.does.setEnabled(task is not None and (is_enquiry or task.place is not None))
        self.opens.setEnabled(task is not None and task.case_id is not None)

    def _show_reckoned(self, far: HowFar | None) -> None:
        """How far the deadlines are; when all are known the day is looked at again."""
        if self.day is None or not self.day.page.reckoned:
            return
        if far is None:
            self.refresh()
        else:
            self._say(still_reckoned(far))
            self._show_far(far)

    def _show_far(self, far: HowFar | None) -> None:
        """After the rules have changed it takes a while until the deadlines are known."""
        self.bar.setVisible(far is not None)
        if far is not None:
            self.bar.setRange(0, far.of)
            self.bar.setValue(far.done)
            self.door.pieces.reckon()

    def _say(self, sentence: str) -> None:
        self.said.setText(directed(f"{isolate(words.day(self.day.page.on))} · {sentence}"))

    def _show_backup(self) -> None:
        standing = self.door.upkeep.standing
        last = standing.backups.last if standing else None
        told = _("Last backup %(moment)s") % {"moment": isolate(words.moment(last.made_at))} if last else ""
        self.backup.setText(directed(told or (_("No backup has been made yet") if standing else "")))

    def _head(self) -> QFrame:
        texts = column(label(_("Today"), "title"), self.said, gap=0)
        head = row(texts, self.backup, gap=16)
        head.setStretch(0, 1)
        return frame("bar", column(head, self.outdated, self.chips, gap=12, margin=(24, 16, 24, 12)))

    def _foot(self) -> QFrame:
        return frame("foot", row(self.more, 1, self.opens, self.does, gap=12, margin=(24, 10, 24, 10)))


def _nothing_due() -> QWidget:
    sign = row(1, image("circle-check", "edge", 48), 1)
    said = label(_("Nothing is due and nothing waits. What becomes due appears here by itself."), "muted", wraps=True)
    said.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return plain_widget(column(2, sign, said, 3, gap=12, margin=24))


def _list_of(rows: TaskRows) -> QListView:
    made = QListView()
    made.setProperty("look", "cases")
    made.setAccessibleName(_("What is due"))
    made.setModel(rows)
    made.setItemDelegate(TaskPainter(made))
    made.setUniformItemSizes(True)
    made.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    made.setMouseTracking(True)
    return made
