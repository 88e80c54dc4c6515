"""Everything that is kept about one case, across all tables: found, looked up, removed."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from referral_desk.nrm.case import KINDS, Case


def code_of(session: Session, kind: str, id_: UUID) -> str | None:
    """The reference of the case with this id, or of the case that holds this step; None where it is gone."""
    if kind not in KINDS:
        return session.scalar(select(Case.code).where(Case.id == id_))
    step = KINDS[kind]
    return session.scalar(select(Case.code).join(step, step.case_id == Case.id).where(step.id == id_).limit(1))
