"""The names of all cases, as the index in memory is made of them; read once, with what else tells who is who."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from referral_desk.journal import Act
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


def entries(work: Work, also: Callable[[str, Held], object] = lambda _id, _held: None) -> Iterator[tuple[UUID, str]]:
    """Every case with its code and, where the seal is in force, its names; newest first.

    `also` is given what is held of each person: the id of the case as the store writes it, and the answers.
    """
    found = dict(_names(work, also)) if work.seal else {}
    if found:
        work.note(Act.LISTED_NAMES)
    others = _of_merged(work, found)
    for id_, code in _rows(work, _CASES):
        yield UUID(id_), " ".join([code, found.get(id_, ""), *others.get(id_, ())])


def held(work: Work, kind: type[Step], *, where: str = "current") -> Iterator[tuple[str, Held]]:
    """What is sealed in the steps of a kind, with the id of its case as the store writes it; needs the seal.

    Rows are taken as the driver gives them: to make ids of a hundred thousand would take as long as unsealing.
    """
    seal, code = work.seal, kind.kind
    for case_id, id_, revision, sealed in _rows(work, _sealed(code, where)):
        if seal is not None:
            block = seal.unseal(sealed, kind=code, record_id=_dashed(id_), revision=revision)
            yield case_id, json.loads(block.decode())


def _of_merged(work: Work, found: Mapping[str, str]) -> dict[str, list[str]]:
    """The numbers and names of cases that lead to another one, by that one."""
    leads = {id_: (code, into) for id_, code, into in _rows(work, _MERGED)}
    told: dict[str, list[str]] = {}
    for id_, (code, into) in leads.items():
        end = into
        while end in leads:
            end = leads[end][1]
        told.setdefault(end, []).append(f"{code} {found.get(id_, '')}")
    return told


def _names(work: Work, also: Callable[[str, Held], object]) -> Iterator[tuple[str, str]]:
    """The latest of a case comes last; one that leads to another has, for the most part, none that is current."""
    for case_id, told in held(work, Person, where=f"case_id IN ({_MERGED_IDS}) ORDER BY revision"):
        yield case_id, _named(told)
    for case_id, told in held(work, Person):
        also(case_id, told)
        yield case_id, _named(told)


def _named(told: Held) -> str:
    return " ".join([told.get(name, "") for name in NAMES])


def _rows(work: Work, query: str) -> Iterator[Any]:
    """As the driver gives them: SQLAlchemy makes an object of each row, which takes as long as unsealing it."""
    cursor = work.session.connection().connection.cursor()
    cursor.execute(query)
    while some := cursor.fetchmany(_AT_ONCE):
        yield from some


def _dashed(id_: str) -> str:
    return f"{id_[:8]}-{id_[8:12]}-{id_[12:16]}-{id_[16:20]}-{id_[20:]}"


def _sealed(kind: str, where: str) -> str:
    return f"SELECT case_id, id, revision, sealed FROM {kind} WHERE sealed IS NOT NULL AND {where}"  # noqa: S608


_CASES = "SELECT id, code FROM cases WHERE merged_into IS NULL ORDER BY opened_on DESC, code"
_MERGED_IDS = "SELECT id FROM cases WHERE merged_into IS NOT NULL"
_MERGED = "SELECT id, code, merged_into FROM cases WHERE merged_into IS NOT NULL"
