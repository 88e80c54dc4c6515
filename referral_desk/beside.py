"""What has to be known beside a case: who must never learn of it, who may be the same person, who belongs to it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from referral_desk import one_person
from referral_desk.nrm.fields import SEALED_MARK
from referral_desk.nrm.never_tell import NeverTell, NeverTellSort, in_force
from referral_desk.one_person import Candidate, LinkedRow, MergedRow
from referral_desk.store import Work, records


@dataclass(frozen=True)
class Beside:
    """`never_tell` names those who must not learn of the person; a name not asked for is SEALED_MARK.

    `candidates` is None while it is not known who may be the same person.
    """

    never_tell: tuple[str, ...]
    candidates: tuple[Candidate, ...] | None
    linked: tuple[LinkedRow, ...]
    merged: tuple[MergedRow, ...]
    taken_back: int


def beside(work: Work, case_id: UUID, *, named: bool, at_once: bool = False) -> Beside:
    """Who is alike and who belongs together is told to those alone who may know names.

    `at_once`: not to read all names for it, if that was not done yet.
    """
    case = work.case(case_id)
    is_too_early = at_once and not work.learning.knows_persons
    return Beside(
        never_tell=tuple(_named(step, named=named) for step in in_force(case, work.today)),
        candidates=None if is_too_early else one_person.candidates(work, case),
        linked=one_person.linked(work, case),
        merged=one_person.merged(work, case.id),
        taken_back=records.count_withdrawn(work.session, case.id),
    )


def _named(step: NeverTell, *, named: bool) -> str:
    who = step.organisation if step.sort is NeverTellSort.ORGANISATION else step.name if named else None
    told = who or SEALED_MARK
    return f"{told} ({step.reason.label})" if step.reason else told
