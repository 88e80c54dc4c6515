"""The tasks of one case: what waits, until when and for whom; one press says that it is done."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLayout

from referral_desk import words
from referral_desk.gui.desk import Door
from referral_desk.gui.errands import Form, Place, take_step
from referral_desk.gui.pieces import apart, button, column, label, line, row
from referral_desk.nrm.keeping import Task, TaskDone, TaskResult
from referral_desk.pages import CasePage
from referral_desk.tasks import TaskRow
from referral_desk.words import _


class TasksCard(QFrame):
    """Whoever pressed too soon takes it back with Ctrl+Z, like any other step."""

    wants_form = Signal(object)

    def __init__(self, door: Door, page: CasePage) -> None:
        super().__init__()
        self.door, self.case_id, self.today = door, page.id, page.on
        self.setProperty("look", "card")
        self.setAccessibleName(_("Tasks"))
        new = button(_("Add a task…"), self.add, icon="plus")
        head = row(label(_("Tasks"), "heading"), 1, new)
        empty = None if page.tasks else label(_("No task waits in this case."), "muted")
        rows = [part for one in page.tasks for part in (line(), self._row(one))]
        self.setLayout(column(head, empty, *rows, gap=8, margin=16))

    def add(self) -> None:
        self.wants_form.emit(Place(Task.kind, self.case_id))

    def end(self, task_id: UUID) -> None:
        """It is done today; every page that shows it hears of that."""
        place = Place(TaskDone.kind, self.case_id)
        form: Form = {"day": self.today.isoformat(), "task": str(task_id), "result": TaskResult.DONE.code}
        self.door.change(partial(take_step, place=place, form=form), _seen)

    def _row(self, one: TaskRow) -> QLayout:
        until = _("until %(day)s") % {"day": words.isolate(words.day(one.due_on))} if one.due_on else ""
        about = [until, apart(one.who)]
        said = column(
            label(apart(one.what), wraps=True), label(" · ".join(filter(None, about)), "small", wraps=True), gap=1
        )
        late = label(_("overdue"), "pill", tone="danger") if one.is_overdue else None
        done = button(_("Done"), partial(self.end, one.id), icon="check", says=_("Done: %(task)s") % {"task": one.what})
        other = _("Another end: %(task)s") % {"task": one.what}
        place = Place(TaskDone.kind, self.case_id, about=one.id)
        more = button("", partial(self.wants_form.emit, place), icon="ellipsis", look="quiet", says=other)
        more.setToolTip(_("Not needed any more, or done on another day"))
        made = row(said, late, done, more, gap=8)
        made.setStretch(0, 1)
        return made


def _seen(_case_id: object) -> None:
    """The page is made anew by what changed."""
