"""Who may be the same person, and who belongs together, as a piece of work finds it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from referral_desk.errors import UnknownCase
from referral_desk.journal import Act
from referral_desk.nrm import answers, pathway
from referral_desk.nrm.case import Case, Step
from referral_desk.nrm.circumstances import IdentityDocument
from referral_desk.nrm.keeping import LinkedCase
from referral_desk.nrm.person import Person
from referral_desk.store import named
from referral_desk.store.likeness import Identity, Reason, identity, reasons, split_names

if TYPE_CHECKING:
    from referral_desk.store.work import Work


def identity_of(case: Case) -> Identity:
    """What the steps of a case say of the person; they must be readable."""
    person = case.latest(Person)
    numbers = tuple(step.number for step in case.taken(IdentityDocument) if step.number)
    return identity(_written(person) if person else {}, numbers)


def found(work: Work, case_id: UUID) -> list[tuple[UUID, tuple[Reason, ...]]]:
    """The cases that may be of the same person, with why, the strongest first; nothing without the seal."""
    if work.seal is None:
        return []
    mine = _identities(work, [case_id]).get(case_id)
    if mine is None:
        return []
    near = work.learning.near(mine) | dict.fromkeys(_named_alike(work, mine))
    near.pop(case_id, None)
    others = _identities(work, list(near)[:MOST])
    told = [(other, reasons(mine, one)) for other, one in others.items()]
    order = list(Reason)
    return sorted(((other, why) for other, why in told if why), key=lambda one: order.index(one[1][0]))


MOST, MOST_NAMED = 60, 30
"""So many are compared, and of those named alike the nearest: more would be no help to anybody."""


def _named_alike(work: Work, mine: Identity) -> Iterator[UUID]:
    """Those whose name is near the first and the last word of one of these names."""
    for name in (mine.name, *split_names(mine.others)):
        words = name.split()
        if len(words) > 1:
            yield from work.case_ids(f"{words[0]} {words[-1]}")[:MOST_NAMED]


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


def _identities(work: Work, ids: Sequence[UUID]) -> dict[UUID, Identity]:
    """What is known of the persons of some cases, in the order of `ids`."""
    given = ", ".join(f"'{id_.hex}'" for id_ in ids)
    here = f"current AND case_id IN ({given})"
    persons = dict(named.held(work, Person, where=here))
    numbers: dict[str, list[str]] = {}
    for case_id, told in named.held(work, IdentityDocument, where=here):
        numbers.setdefault(case_id, []).append(str(told.get("number") or ""))
    known = [id_ for id_ in ids if id_.hex in persons or id_.hex in numbers]
    return {id_: identity(persons.get(id_.hex, {}), tuple(numbers.get(id_.hex, ()))) for id_ in known}
