"""The names of all cases as the store holds them, with what else tells who is who."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, Any
from uuid import UUID

from referral_desk.nrm.case import Case, Step
from referral_desk.nrm.person import Person

if TYPE_CHECKING:
    from referral_desk.store.work import Work

NAMES = ("first_name", "last_name", "other_names")

_AT_ONCE = 1000

Held = dict[str, Any]
"""The sealed answers of a record as they were written."""


def line_of(case: Case, person: Person) -> str:
    """The code of a case and the names in it."""
    return " ".join([case.code, *(getattr(person, name) or "" for name in NAMES)])


def ids(work: Work) -> list[UUID]:
    """Every case, newest first: no name is read for it."""
    return [UUID(id_) for id_, _code in _rows(work, _CASES)]


@dataclass(frozen=True, slots=True)
class Listed:
    """A case in the list: its id as the store writes it, and that of the case to which it leads, if any."""

    id: str
    code: str
    opened_on: str
    into: str | None


def entries(work: Work) -> list[tuple[UUID, str]]:
    """The line of every case, with the names read at once, newest first."""
    names = {case_id: names_in(told) for case_id, told in (*of_merged(work), *held(work, Person))}
    every, _end = cases_after(work, 0, _ALL)
    leads = merged(every)
    return [line(case, names, leads) for case in newest_first(every)]


def newest_first(cases: Iterable[Listed]) -> list[Listed]:
    """Those that lead to no other one."""
    by_code = sorted((case for case in cases if case.into is None), key=attrgetter("code"))
    return sorted(by_code, key=attrgetter("opened_on"), reverse=True)


def merged(cases: Iterable[Listed]) -> dict[str, list[Listed]]:
    """The cases that lead to another one, by that one."""
    leads = {case.id: case for case in cases if case.into is not None}
    told: dict[str, list[Listed]] = {}
    for case in leads.values():
        end = case.into or ""
        while end in leads:
            end = leads[end].into or ""
        told.setdefault(end, []).append(case)
    return told


def line(case: Listed, names: Mapping[str, str], leads: Mapping[str, list[Listed]]) -> tuple[UUID, str]:
    """A case with its code and names, and with those of the cases that lead to it.

    `names` are those of each case, by its id as the store writes it; empty where nobody may know them.
    """
    others = [f"{other.code} {names.get(other.id, '')}" for other in leads.get(case.id, ())]
    return UUID(case.id), " ".join([case.code, names.get(case.id, ""), *others])


def cases_after(work: Work, place: int, most: int) -> tuple[list[Listed], int | None]:
    """The next cases in the order of the store; and the place of the last, None at the end."""
    rows = list(_rows(work, _CASES_AFTER.format(place, most)))
    return [Listed(*row[:-1]) for row in rows], rows[-1][-1] if len(rows) == most else None


def names_in(told: Held) -> str:
    return " ".join([told.get(name, "") for name in NAMES])


def of_merged(work: Work) -> Iterator[tuple[str, Held]]:
    """The persons of cases that lead to another one, the latest of each last; for the most part none is current."""
    return held(work, Person, where=f"case_id IN ({_MERGED_IDS}) ORDER BY revision")


def held_after(work: Work, kind: type[Step], place: int, most: int) -> tuple[list[tuple[str, Held]], int | None]:
    """What is sealed in the next rows of a kind, in the order of the store; and the place of the last, None at the end.

    Places hold as long as the data file is the same.
    """
    rows = list(_rows(work, _sealed(kind.kind, _AFTER.format(place, most), also="rowid")))
    told = list(_unsealed(work, kind.kind, (row[:-1] for row in rows)))
    return told, rows[-1][-1] if len(rows) == most else None


def held(work: Work, kind: type[Step], *, where: str = "current") -> Iterator[tuple[str, Held]]:
    """What is sealed in the steps of a kind, with the id of its case as the store writes it; needs the seal.

    Rows are taken as the driver gives them: to make ids of a hundred thousand would take as long as unsealing.
    """
    return _unsealed(work, kind.kind, _rows(work, _sealed(kind.kind, where)))


def _unsealed(work: Work, code: str, rows: Iterable[Any]) -> Iterator[tuple[str, Held]]:
    seal = work.seal
    if seal is None:
        return
    for case_id, id_, revision, sealed in rows:
        block = seal.unseal(sealed, kind=code, record_id=_dashed(id_), revision=revision)
        yield case_id, json.loads(block.decode())


def _rows(work: Work, query: str) -> Iterator[Any]:
    """As the driver gives them: SQLAlchemy makes an object of each row, which takes as long as unsealing it."""
    cursor = work.session.connection().connection.cursor()
    cursor.execute(query)
    while some := cursor.fetchmany(_AT_ONCE):
        yield from some


def _dashed(id_: str) -> str:
    return f"{id_[:8]}-{id_[8:12]}-{id_[12:16]}-{id_[16:20]}-{id_[20:]}"


def _sealed(kind: str, where: str, also: str = "") -> str:
    told = ", ".join(filter(None, ("case_id, id, revision, sealed", also)))
    return f"SELECT {told} FROM {kind} WHERE sealed IS NOT NULL AND {where}"  # noqa: S608


_AFTER = "current AND rowid > {} ORDER BY rowid LIMIT {}"
_CASES = "SELECT id, code FROM cases WHERE merged_into IS NULL ORDER BY opened_on DESC, code"
_MERGED_IDS = "SELECT id FROM cases WHERE merged_into IS NOT NULL"
_CASES_AFTER = "SELECT id, code, opened_on, merged_into, rowid FROM cases WHERE rowid > {} ORDER BY rowid LIMIT {}"
_ALL = -1
