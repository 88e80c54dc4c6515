"""Everything that is kept about one case, across all tables: found, looked up, removed."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from uuid import UUID

from sqlalchemy import ColumnElement, Table, delete, select
from sqlalchemy.orm import Session
from sqlalchemy.sql.functions import count

from referral_desk.nrm.case import KINDS, Base, Case, Step
from referral_desk.store.drafts import WHEREABOUTS
from referral_desk.store.tables import Draft, Erased


def code_of(session: Session, kind: str, id_: UUID) -> str | None:
    """The reference of the case with this id, or of the case that holds this step; None where it is gone."""
    if kind not in KINDS:
        return session.scalar(select(Case.code).where(Case.id == id_))
    step = KINDS[kind]
    return session.scalar(select(Case.code).join(step, step.case_id == Case.id).where(step.id == id_).limit(1))


def tables() -> list[Table]:
    """Every table that holds something of a case, `cases` itself last."""
    found = [
        table for table in reversed(Base.metadata.sorted_tables) if "case_id" in table.c and table.name != "erased"
    ]
    return [*found, Base.metadata.tables["cases"]]


def counts(session: Session, case_id: UUID) -> dict[str, int]:
    """How many rows each table holds of a case, former revisions and drafts included."""
    found = {
        table.name: session.scalar(select(count()).select_from(table).where(_of(table, case_id))) for table in tables()
    }
    return {name: number for name, number in found.items() if number}


def quiet_since(session: Session, day: date) -> list[UUID]:
    """The cases in which nothing happened after this day, the one opened first before the others."""
    found = session.connection().exec_driver_sql(_quiet(), {"day": day.isoformat()})
    return [UUID(id_) for (id_,) in found]


def withdrawn(session: Session, case_id: UUID) -> list[Step]:
    """The steps of a case that were taken back: of each the latest revision, none of which is current."""
    found: list[Step] = []
    for kind in KINDS.values():
        rows = session.scalars(select(kind).where(kind.case_id == case_id).order_by(kind.revision))
        latest = {step.id: step for step in rows}
        found += [step for step in latest.values() if not step.current]
    return found


def erase(session: Session, case_id: UUID, *, at: datetime) -> None:
    """Remove everything of a case and remember its id, so that a restored backup is cleared of it, too.

    `secure_delete` overwrites what is removed.
    """
    for table in tables():
        session.execute(delete(table).where(_of(table, case_id)))
    session.execute(delete(Draft).where(Draft.kind == WHEREABOUTS))  # a name may stand there, or the id of the case
    session.merge(Erased(case_id=case_id, erased_at=at))
    session.flush()


def erased(session: Session) -> frozenset[UUID]:
    """The ids of all cases that were erased at this desk."""
    return frozenset(session.scalars(select(Erased.case_id)))


@cache
def _quiet() -> str:
    later = "NOT EXISTS (SELECT 1 FROM {0} WHERE case_id = cases.id AND current AND day > :day)"
    conditions = " AND ".join(["opened_on <= :day", *(later.format(kind) for kind in KINDS)])
    return f"SELECT id FROM cases WHERE {conditions} ORDER BY opened_on, code"  # noqa: S608 - our own tables


def _of(table: Table, case_id: UUID) -> ColumnElement[bool]:
    return (table.c.id if table.name == "cases" else table.c.case_id) == case_id
