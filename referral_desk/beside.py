"""What has to be known beside a case: who must never learn of it, and what was taken back."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from referral_desk.nrm.fields import SEALED_MARK
from referral_desk.nrm.never_tell import NeverTell, NeverTellSort, in_force
from referral_desk.store import Work


@dataclass(frozen=True)
class Beside:
    """`never_tell` names those who must not learn of the person; a sealed name is SEALED_MARK without the seal."""

    never_tell: tuple[str, ...]
    taken_back: int


def beside(work: Work, case_id: UUID) -> Beside:
    case = work.case(case_id)
    return Beside(
        never_tell=tuple(_named(step) for step in in_force(case, work.today)),
        taken_back=len(work.withdrawn(case_id)),
    )


def _named(step: NeverTell) -> str:
    who = step.organisation if step.sort is NeverTellSort.ORGANISATION else step.name
    told = who or SEALED_MARK
    return f"{told} ({step.reason.label})" if step.reason else told
