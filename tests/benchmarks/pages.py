"""The pages one looks at most, from the store to the screen, beside the bare statements that read the same rows.

Floor of a page: its rows from plain sqlite3, in the plainest statements, with nothing made of them.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date
from random import Random
from statistics import median
from typing import TYPE_CHECKING, Any
from uuid import UUID

from referral_desk import beside, today
from referral_desk.gui import errands
from referral_desk.nrm.case import KINDS
from referral_desk.nrm.identification import Interview
from tests.benchmarks.ground import PASSPHRASE, desk, plain, some_cases
from tests.benchmarks.timing import each, times

if TYPE_CHECKING:
    from pathlib import Path

TURNS = 20
LOOKED_AT = 50
WIDE, HIGH = 1360, 860

_COUNTS = """
    SELECT key, sum(due_on < :on), sum(due_on = :on), sum(due_on > :on) FROM due WHERE shown_on <= :on GROUP BY key
"""
_LINES = "SELECT due.*, code FROM due JOIN cases ON cases.id = case_id WHERE {} ORDER BY due_on LIMIT :most"
_GROUPS = ("due_on < :on", "due_on = :on", "due_on > :on AND shown_on <= :on")


def looking_at_today(ground: Path) -> float:
    """From the store to all that the page shows."""
    with desk(ground) as opened, opened.work(unsealed=False) as work:
        return each(lambda _turn: errands.day_at_desk(work, today.SHOWN), range(TURNS))


def looking_at_today_floor(ground: Path) -> float:
    on = {"on": date.today().isoformat(), "most": today.SHOWN}  # noqa: DTZ011 - the day on the clock of this computer
    keys = [f"due.key = '{key}' AND shown_on <= :on" for key in (*today.LETTERS, *today.EXPIRING)]
    queries = [_COUNTS, *(_LINES.format(where) for where in (*_GROUPS, *keys))]
    with closing(plain(ground / "plain.db")) as store:
        return each(lambda _turn: [store.execute(query, on).fetchall() for query in queries], range(TURNS))


def reading_a_case(ground: Path) -> float:
    """From the store to all that the page of a case shows."""
    with desk(ground) as opened:
        wanted = some_cases(opened)
        with opened.work(unsealed=False) as work:
            errands.case_shown(work, wanted[0])
            return each(lambda id_: errands.case_shown(work, id_), wanted)


def reading_a_case_floor(ground: Path) -> float:
    with desk(ground) as opened:
        wanted = some_cases(opened)
    queries = ["SELECT * FROM cases WHERE id = ?", "SELECT * FROM due WHERE case_id = ?"]
    queries += [f"SELECT * FROM {kind} WHERE case_id = ? AND current" for kind in KINDS]  # noqa: S608 - our own tables
    with closing(plain(ground / "plain.db")) as store:
        return each(lambda id_: [store.execute(query, (id_.hex,)).fetchall() for query in queries], wanted)


def opening_a_case(ground: Path) -> float:
    """In the real window: from choosing a case to its page in sight, painted; each from rest."""
    with _cases_in_sight(ground) as (page, until):

        def show(id_: UUID) -> None:
            page.show_case(id_)
            painted = _painted(page.case)
            until(lambda: page.case.page is not None and painted())

        took: list[float] = []
        for id_ in Random(3).sample(page.list.rows.ids, LOOKED_AT + 3):
            took += times(show, [id_])
            until(lambda: page.case.beside.known is not None and page.case.beside.known.candidates is not None)
        return median(took[3:])


def _painted(view: Any) -> Callable[[], bool]:
    """Whether a view was painted since it has its page."""
    from PySide6.QtCore import QEvent, QObject

    class Watch(QObject):
        is_painted = False

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            self.is_painted |= event.type() == QEvent.Type.Paint and view.page is not None
            return super().eventFilter(watched, event)

    watch = Watch(view)
    view.installEventFilter(watch)
    return lambda: watch.is_painted


def first_likeness(ground: Path) -> float:
    """Of the first case after unlocking: who may be the same person, who belongs to it, what was taken back."""
    with desk(ground) as opened:
        wanted = some_cases(opened)[0]
        with opened.work() as work:
            work.case_ids()
        with opened.work() as work:
            return each(lambda id_: beside.beside(work, id_, named=False), [wanted])


def later_likeness(ground: Path) -> float:
    """The same of every other case."""
    with desk(ground) as opened:
        wanted = some_cases(opened)
        with opened.work() as work:
            beside.beside(work, wanted[0], named=False)
            return each(lambda id_: beside.beside(work, id_, named=False), wanted[1 : LOOKED_AT + 1])


def everything_held(ground: Path) -> float:
    """All that an open desk ever keeps in memory, in one process with its windows; what counts is the memory."""
    with _cases_in_sight(ground) as (page, until):
        found: list[Any] = []
        for do in (_search, _beside, _whom_to_warn_of):
            page.door.ask(do, found.append, unsealed=True)
        page.door.ask(lambda work: errands.day_at_desk(work, today.SHOWN), found.append)
        return each(lambda count: until(lambda: len(found) == count), [4])


def _search(work: Any) -> Any:
    return work.case_ids("nobody of this name")


def _beside(work: Any) -> Any:
    return beside.beside(work, work.case_ids()[0], named=False)


def _whom_to_warn_of(work: Any) -> Any:
    return work.learning.around.exploiter_signs(Interview(interpreter="Nobody of this name"))


@contextmanager
def _cases_in_sight(ground: Path) -> Iterator[tuple[Any, Callable[[Callable[[], bool]], None]]]:
    """The page of cases in a window, dressed as always; and a way to wait until something is so, and painted."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtCore import QEvent, QEventLoop
    from PySide6.QtWidgets import QApplication

    from referral_desk.gui import qt_words, theme
    from referral_desk.gui.cases_page import CasesPage
    from referral_desk.gui.desk import Door

    app = QApplication([])
    qt_words.use(app, "en")
    theme.use(app, "light")
    door = Door()
    door.warm_up()

    def until(is_so: Callable[[], bool]) -> None:
        while not is_so():
            app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        app.processEvents()
        app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)  # as the loop of the program does by itself

    opened: list[Any] = []
    door.open_desk(str(ground / "desk"), login="", passphrase=PASSPHRASE, then=opened.append, refused=opened.append)
    until(lambda: bool(opened))
    page = CasesPage(door)
    page.resize(WIDE, HIGH)
    page.show()
    until(lambda: bool(page.list.rows.ids))
    try:
        yield page, until
    finally:
        door.close()
