"""What is measured: each thing done by the program, and the floor below it, done in the plainest way.

A function takes the ground and gives the time of one, in milliseconds; each runs in a process of its own.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

from sqlalchemy import select

from referral_desk import letters, pages
from referral_desk.errors import DeskError
from referral_desk.exchange import ctdc
from referral_desk.nrm.case import KINDS
from referral_desk.nrm.person import Person
from referral_desk.nrm.referral import Referral
from referral_desk.statistics import counting as cases_counted
from referral_desk.store import Purpose, Work
from tests.benchmarks import memory
from tests.benchmarks.ground import copy_tables, desk, new_desk, plain, put, some_cases
from tests.benchmarks.timing import each, slowest
from tests.public_data import CTDC

SHOWN_ROWS = 40
FORMS = 1000
STARTS = 5

_TABLES = ["cases", "first_contact", "person", "interview"]
_WINDOW = """
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([])
window = QMainWindow()
window.show()
app.processEvents()
"""
_UNLOCK = """
from PySide6.QtWidgets import QApplication
from referral_desk.gui.app import Windows
app = QApplication([])
windows = Windows(app, lock=lambda why, resume: None)
windows.unlock()
app.processEvents()
"""
_END = """
import os
from tests.benchmarks.memory import peak
from tests.public_data import CTDC
print(peak(), flush=True)
os._exit(0)
"""


def first_search(ground: Path) -> float:
    """After unlocking: names are unsealed and the index is made."""
    with desk(ground) as opened, opened.work() as work:
        return each(work.case_ids, ["nobody of this name"])


def first_search_floor(ground: Path) -> float:
    with closing(plain(ground / "plain.db")) as store:
        return each(lambda query: store.execute(query).fetchall(), ["SELECT case_id, line FROM names"])


def typing(ground: Path) -> float:
    """The slowest letter while names are typed, and the rows that are then shown."""
    with desk(ground) as opened, opened.work() as work:
        names = _some_names(work)
        return slowest(lambda typed: _rows(work, work.case_ids(typed)[:SHOWN_ROWS]), _letter_by_letter(names))


def typing_floor(ground: Path) -> float:
    with desk(ground) as opened, opened.work() as work:
        names = _some_names(work)
    with closing(plain(ground / "plain.db")) as store:
        query = "SELECT case_id FROM names WHERE line LIKE ?"
        return slowest(lambda typed: store.execute(query, (f"%{typed}%",)).fetchall(), _letter_by_letter(names))


def opening(ground: Path) -> float:
    with desk(ground) as opened:
        wanted = some_cases(opened)
        with opened.work() as work:
            return each(lambda id_: pages.case_page(work.case(id_), work.today), wanted)


def opening_noted(ground: Path) -> float:
    """As the window does it: a piece of work of its own, with the entry in the journal."""

    def open_case(id_: UUID) -> None:
        with opened.work() as work:
            pages.case_page(work.case(id_), work.today)

    with desk(ground) as opened:
        return each(open_case, some_cases(opened))


def opening_floor(ground: Path) -> float:
    with desk(ground) as opened:
        wanted = some_cases(opened)
    with closing(plain(ground / "plain.db")) as store:

        def rows(id_: UUID) -> list[Any]:
            steps = (f"SELECT * FROM {kind} WHERE case_id = ? AND current" for kind in KINDS)  # noqa: S608
            queries = ["SELECT * FROM cases WHERE id = ?", *steps]
            return [store.execute(query, (id_.hex,)).fetchall() for query in queries]

        return each(rows, wanted)


def printing(ground: Path) -> float:
    with desk(ground) as opened, opened.work(unsealed=False) as work:
        ids = _printable(work)
        return each(lambda id_: letters.referral_form(work, id_, language="en"), ids)


def printing_floor(ground: Path) -> float:
    """The same words, drawn with ReportLab where they stand on the forms."""
    from tests.letters.by_hand import draw, words_of

    with desk(ground) as opened, opened.work(unsealed=False) as work:
        ids = _printable(work)
        forms = [words_of(lambda id_=id_: letters.referral_form(work, id_, language="en")) for id_ in ids]
    return each(draw, forms)


def importing(_ground: Path) -> float:
    with TemporaryDirectory() as folder, new_desk(Path(folder) / "desk", Purpose.REAL) as made:
        return each(lambda file: ctdc.bring_in(made, file, rejects=Path(folder) / "refused.csv"), [CTDC])


def importing_floor(_ground: Path) -> float:
    """The finished rows of the same import, handed to the driver."""
    with TemporaryDirectory() as folder, closing(plain(Path(folder) / "plain.db")) as store:
        with new_desk(Path(folder) / "desk", Purpose.REAL) as made:
            ctdc.bring_in(made, CTDC, rejects=Path(folder) / "refused.csv")
            store.execute("BEGIN")
            copy_tables(made, store, _TABLES)
        rows = {table: store.execute(f"SELECT * FROM {table}").fetchall() for table in _TABLES}  # noqa: S608
        for table in reversed(_TABLES):
            store.execute(f"DELETE FROM {table}")  # noqa: S608
        store.execute("COMMIT")
        return each(lambda tables: _put_all(store, tables), [rows])


def counting(ground: Path) -> float:
    with desk(ground) as opened, opened.work(unsealed=False) as work:
        names = ["person.gender", "person.age_band"]
        return each(lambda by: cases_counted.unprotected(work.session, cases_counted.chosen(by)), [names] * 3)


def counting_floor(ground: Path) -> float:
    query = """
        SELECT gender, age_band, count(*) FROM cases LEFT JOIN person ON case_id = cases.id AND current GROUP BY 1, 2
    """
    with closing(plain(ground / "plain.db")) as store:
        return each(lambda text: store.execute(text).fetchall(), [query] * 3)


def counting_many(ground: Path) -> float:
    """The hardest pair: several steps of a kind in a case, several answers in a step."""
    with desk(ground) as opened, opened.work(unsealed=False) as work:
        names = ["assistance.services", "interview.control"]
        return each(lambda by: cases_counted.unprotected(work.session, cases_counted.chosen(by)), [names] * 3)


def counting_many_floor(ground: Path) -> float:
    query = """
        WITH given AS (SELECT DISTINCT case_id, value FROM assistance, json_each(services) WHERE current),
             means AS (SELECT DISTINCT case_id, value FROM interview, json_each(control) WHERE current)
        SELECT given.value, means.value, count(*)
        FROM cases LEFT JOIN given ON given.case_id = id LEFT JOIN means ON means.case_id = id GROUP BY 1, 2
    """
    with closing(plain(ground / "plain.db")) as store:
        return each(lambda text: store.execute(text).fetchall(), [query] * 3)


def starting(_ground: Path) -> float:
    return each(_run, [_UNLOCK] * STARTS)


def starting_floor(_ground: Path) -> float:
    return each(_run, [_WINDOW] * STARTS)


def _some_names(work: Work) -> list[str]:
    people = work.cases(Random(2).sample(work.case_ids(), SHOWN_ROWS), kinds=[Person])
    return [person.last_name for case in people if (person := case.latest(Person)) and person.last_name]


def _letter_by_letter(names: Iterable[str]) -> list[str]:
    return [name[:length] for name in names for length in range(1, len(name) + 1)]


def _rows(work: Work, ids: list[UUID]) -> list[pages.CaseRow]:
    return [pages.case_row(case, work.today) for case in work.cases(ids, kinds=pages.ROW_KINDS)]


def _printable(work: Work) -> list[UUID]:
    """Referrals whose form may be printed: consent is in force."""
    found = []
    for id_ in work.session.scalars(select(Referral.id).order_by(Referral.id).limit(5 * FORMS)):
        try:
            letters.referral_form(work, id_, language="en")
        except DeskError:
            continue
        found.append(id_)
        if len(found) == FORMS:
            break
    return found


def _put_all(store: Any, tables: dict[str, list[Any]]) -> None:
    store.execute("BEGIN")
    for table, rows in tables.items():
        put(store, table, rows)
    store.execute("COMMIT")


def _run(program: str) -> None:
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", program + _END]
    told = subprocess.run(command, check=True, env=environment, stdout=subprocess.PIPE)
    memory.of_windows.append(float(told.stdout))
