"""Reading the public data of the Counter-Trafficking Data Collaborative (CTDC) as cases of an evaluation desk.

Real data, published without identities: they show what the desk and its figures do, and never lie beside cases
of one's own. Cite them as: Counter-Trafficking Data Collaborative, Global Dataset, <year>.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from uuid import UUID, uuid5

from sqlalchemy import select

from referral_desk import files
from referral_desk.errors import RealCases, UnwritableTarget
from referral_desk.exchange import csv_file
from referral_desk.exchange.ctdc_rows import COLUMNS, DETAILS, YEAR, NotUnderstood, Told, told_by
from referral_desk.nrm import pathway
from referral_desk.nrm.case import Case, Step
from referral_desk.nrm.experience import TraffickingExperience
from referral_desk.nrm.identification import Interview
from referral_desk.nrm.person import FirstContact, Person
from referral_desk.store import Desk, Purpose, Work
from referral_desk.words import N_, _

OnProgress = Callable[[int, int], None]
"""Takes what is done and what there is to do, in no particular unit."""

_IDS = UUID("6f2d8a0e-51c7-5b0f-9a6e-3c1f6d4e7b21")
"""The name space of the ids of cases; under another one a file would come in a second time."""

_NO_CTDC = N_("It does not have the columns of CTDC data, such as yearOfRegistration, each of them once.")
_NO_ROW = N_("The row has %(cells)s cells instead of %(columns)s.")
_TELL_EVERY = 500
_REMEMBERED = 20_000


@dataclass(frozen=True)
class Outcome:
    """What became of the rows of a file; `refused_in` is the file with the refused ones, if there are any."""

    added: int
    already_there: int
    refused: int
    refused_in: Path | None = None


@dataclass(frozen=True)
class Refused:
    """A row that cannot be understood, as it stands in the file, and why; `line` counts from 1."""

    line: int
    reason: str
    cells: tuple[str, ...]


@dataclass
class Reading:
    """What a file tells: how many rows say the same, by what they say, and which are not understood."""

    header: tuple[str, ...]
    told: Counter[str] = field(default_factory=Counter)
    refused: list[Refused] = field(default_factory=list)


def bring_in(desk: Desk, path: Path, *, rejects: Path | None = None, on_progress: OnProgress | None = None) -> Outcome:
    """Read a file into an evaluation desk, or into an empty one, which becomes one: all of it or nothing.

    Rows that are there already are not added again, whatever their order; so a refused row is put right in the
    file itself, which is then read again. Raises RealCases, UnreadableFile, and what files.write raises; then
    nothing has changed.
    """
    if rejects is not None and rejects.resolve() == path.resolve():
        raise UnwritableTarget(file=rejects)
    progress = on_progress or (lambda _done, _of: None)
    with desk.work(unsealed=False) as work:
        _known(desk, work)
        this_year = work.today.year
    reading = read(path, this_year=this_year, on_progress=lambda done, of: progress(done, 2 * of))
    with desk.work(unsealed=False) as work:
        added = work.bring_in_alike(_new_cases(reading.told, _known(desk, work), work.today, progress))
        if added:
            work.about().purpose = Purpose.EVALUATION.value
        refused_in = _give_back(reading, rejects or path.with_name(f"{path.name}.refused.csv"))
    desk.purpose = Purpose.EVALUATION if added else desk.purpose
    return Outcome(added, reading.told.total() - added, len(reading.refused), refused_in)


def read(path: Path, *, this_year: int, on_progress: OnProgress) -> Reading:
    """Read and check a whole file, telling progress in bytes; rows of years after `this_year` are refused."""
    with csv_file.opened(path) as table:
        places = _places(table.header, path)
        reading = Reading(table.header)
        understood = _understanding(tuple(places), this_year)
        for number, row in enumerate(table.rows()):
            try:
                reading.told[understood(_picked(row, places, table.header))] += 1
            except NotUnderstood as reason:
                reading.refused.append(Refused(table.line, str(reason), tuple(row)))
            if number % _TELL_EVERY == 0:
                on_progress(table.done, table.size)
    return reading


def _known(desk: Desk, work: Work) -> set[UUID]:
    """The cases that are there; RealCases where there are any and the desk is not for evaluation."""
    known = set(work.session.scalars(select(Case.id)))
    if known and desk.purpose is not Purpose.EVALUATION:
        raise RealCases
    return known


def _places(header: Sequence[str], path: Path) -> dict[str, int]:
    """Where in a row the columns stand that tell us something, by their names in the codebook."""
    spelled = {column.casefold(): column for column in COLUMNS}
    found = [(spelled.get(name.casefold()), place) for place, name in enumerate(header)]
    places = {column: place for column, place in found if column}
    if YEAR not in places or len(places) < 2 or len(places) < sum(1 for column, _place in found if column):
        raise csv_file.unreadable(path, _NO_CTDC)
    return places


def _picked(row: Sequence[str], places: dict[str, int], header: Sequence[str]) -> tuple[str, ...]:
    if len(row) != len(header):
        raise NotUnderstood(_(_NO_ROW) % {"cells": len(row), "columns": len(header)})
    return tuple(row[place] for place in places.values())


def _understanding(columns: Sequence[str], this_year: int) -> Callable[[tuple[str, ...]], str]:
    """What turns cells into the one text of all rows that say the same; most rows repeat an earlier one."""

    @lru_cache(_REMEMBERED)
    def understood(cells: tuple[str, ...]) -> str:
        told = told_by(dict(zip(columns, cells, strict=True)), this_year=this_year)
        return json.dumps(told, sort_keys=True)

    return understood


def _new_cases(
    told: Counter[str], known: set[UUID], on: date, progress: OnProgress
) -> Iterator[tuple[Case, list[UUID]]]:
    """A case for each thing told, and the ids of all cases that are like it and not yet known."""
    done, of = 0, told.total()
    for text, times in told.items():
        ids = [uuid5(_IDS, f"{text} {ordinal}") for ordinal in range(times)]
        new = [id_ for id_ in ids if id_ not in known]
        if new:
            yield _case(json.loads(text), on), new
        done += times
        progress(of + done, 2 * of)


def _case(told: Told, on: date) -> Case:
    """A case as the pathway makes it, so that nothing comes in that could not be recorded by hand."""
    first = FirstContact(day=date(int(str(told["year"])), 1, 1))
    case = pathway.open_case(on=on, first=first)
    for kind in (Person, Interview, *([TraffickingExperience] if DETAILS & told.keys() else [])):
        pathway.take(case, _step(kind, told, first.day), on=on)
    return case


def _step(kind: type[Step], told: Told, day: date) -> Step:
    answers = {name: written for name, written in told.items() if kind.question(name)}
    step = pathway.step_from(kind, {"day": day.isoformat(), **answers})
    for name, written in answers.items():
        if written == []:  # an answer too: none of these
            setattr(step, name, frozenset())
    return step


def _give_back(reading: Reading, target: Path) -> Path | None:
    """Write the refused rows with line and reason before them; None where there are none."""
    if not reading.refused:
        return None
    lines = [(_("line"), _("reason"), *reading.header)]
    lines += [(str(row.line), row.reason, *row.cells) for row in reading.refused]
    files.write(target, files.as_csv(lines))
    return target
