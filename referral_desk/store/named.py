"""The names of all cases, as the index in memory is made of them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import select

from referral_desk.journal import Act
from referral_desk.nrm.case import Case
from referral_desk.nrm.person import Person

if TYPE_CHECKING:
    from referral_desk.store.work import Work

NAMES = ("first_name", "last_name", "other_names")


def line_of(case: Case, person: Person) -> str:
    """The code of a case and the names in it."""
    return " ".join([case.code, *(getattr(person, name) or "" for name in NAMES)])


def entries(work: Work) -> Iterator[tuple[UUID, str]]:
    """Every case with its code and, where the seal is in force, its names; newest first."""
    found = dict(_names(work)) if work.seal else {}
    if found:
        work.note(Act.LISTED_NAMES)
    others = _of_merged(work, found)
    rows = select(Case.id, Case.code).where(Case.merged_into.is_(None)).order_by(Case.opened_on.desc(), Case.code)
    for id_, code in work.session.execute(rows):
        yield id_, " ".join([code, found.get(id_, ""), *others.get(id_, ())])


def _of_merged(work: Work, found: Mapping[UUID, str]) -> dict[UUID, list[str]]:
    """The numbers and names of cases that lead to another one, by that one."""
    leads = {id_: (code, into) for id_, code, into in work.session.execute(_MERGED) if into is not None}
    told: dict[UUID, list[str]] = {}
    for id_, (code, into) in leads.items():
        end = into
        while end in leads:
            end = leads[end][1]
        told.setdefault(end, []).append(f"{code} {found.get(id_, '')}")
    return told


_MERGED = select(Case.id, Case.code, Case.merged_into).where(Case.merged_into.is_not(None))


def _names(work: Work) -> Iterator[tuple[UUID, str]]:
    merged = select(Case.id).where(Case.merged_into.is_not(None))
    rows = select(Person.case_id, Person.id, Person.revision, Person.sealed).order_by(Person.revision)
    rows = rows.where(Person.current | Person.case_id.in_(merged))
    for case_id, id_, revision, sealed in work.session.execute(rows):
        if sealed and work.seal:
            held = json.loads(work.seal.unseal(sealed, kind=Person.kind, record_id=id_, revision=revision))
            yield case_id, " ".join(held.get(name, "") for name in NAMES)
