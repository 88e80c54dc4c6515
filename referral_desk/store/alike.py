"""Who may be the same person, and who belongs together, as a piece of work finds it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import select

from referral_desk.errors import UnknownCase
from referral_desk.journal import Act
from referral_desk.nrm import answers, pathway
from referral_desk.nrm.case import Case, Step
from referral_desk.nrm.circumstances import IdentityDocument
from referral_desk.nrm.keeping import LinkedCase
from referral_desk.nrm.person import Person
from referral_desk.store.likeness import Identity, Reason, identity
from referral_desk.store.likenesses import Likenesses

if TYPE_CHECKING:
    from referral_desk.store.work import Work


def identity_of(case: Case) -> Identity:
    """What the steps of a case say of the person; they must be readable."""
    person = case.latest(Person)
    numbers = tuple(step.number for step in case.taken(IdentityDocument) if step.number)
    return identity(_written(person) if person else {}, numbers)


def found(work: Work, likenesses: Likenesses, case_id: UUID) -> list[tuple[UUID, tuple[Reason, ...]]]:
    """The cases that may be of the same person, with why; nothing without the seal."""
    if work.seal is None:
        return []
    if not likenesses.is_ready:
        likenesses.become(_entries(work))
        work.note(Act.LISTED_NAMES)
    mine = likenesses.of(case_id)
    words = mine.name.split() if mine else []
    named = work.case_ids(f"{words[0]} {words[-1]}")[:MOST_NAMED] if len(words) > 1 else []
    return likenesses.like(case_id, named)


MOST_NAMED = 30
"""Of those named alike the nearest are compared."""


def say_it_there_too(work: Work, case: Case, step: LinkedCase) -> None:
    """A link holds from both sides; UnknownCase where the number is none of another case."""
    other = work.case(step.case_code)
    if other.id == case.id:
        raise UnknownCase
    there = {(one.case_code, one.link, one.status, one.day): None for one in other.taken(LinkedCase)}
    if (case.code, step.link, step.status, step.day) not in there:
        told: dict[str, Any] = {q.name: answers.written(q, step.answer(q)) for q in step.questions if _is_told(q.name)}
        mirrored = pathway.take(other, pathway.step_from(LinkedCase, told | {"case_code": case.code}), on=work.today)
        work.put(mirrored)
        work.note(Act.TOOK, mirrored.kind, mirrored.id)


def take_back_there(work: Work, case: Case, step: LinkedCase, *, why: str) -> None:
    """The other side of a link that was taken back."""
    other = work.find_case(step.case_code)
    told = (case.code, step.link, step.status, step.day)
    for one in other.taken(LinkedCase) if other else ():
        if (one.case_code, one.link, one.status, one.day) == told and other is not None:
            work.put(pathway.undone(other, one, None, why=why))
            work.note(Act.UNDID, one.kind, one.id)


def _is_told(name: str) -> bool:
    return name not in ("why_corrected", "despite")


def _written(step: Step) -> dict[str, Any]:
    return {q.name: answers.written(q, step.answer(q)) for q in step.questions}


def _entries(work: Work) -> Iterator[tuple[UUID, Identity]]:
    numbers: dict[UUID, list[str]] = {}
    for case_id, held in _held(work, IdentityDocument):
        numbers.setdefault(case_id, []).append(str(held.get("number") or ""))
    for case_id, held in _held(work, Person):
        yield case_id, identity(held, tuple(numbers.pop(case_id, ())))
    for case_id, more in numbers.items():
        yield case_id, identity({}, tuple(more))


def _held(work: Work, kind: type[Step]) -> Iterator[tuple[UUID, dict[str, Any]]]:
    rows = select(kind.case_id, kind.id, kind.revision, kind.sealed).where(kind.current, kind.sealed.is_not(None))
    for case_id, id_, revision, sealed in work.session.execute(rows):
        if work.seal is not None and sealed is not None:
            yield case_id, json.loads(work.seal.unseal(sealed, kind=kind.kind, record_id=id_, revision=revision))
