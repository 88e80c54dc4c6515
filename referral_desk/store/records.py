"""Everything that is kept about one case, across all tables: found, looked up, removed."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from functools import cache
from uuid import UUID

from sqlalchemy import ColumnElement, Table, delete, select, update
from sqlalchemy.orm import Session
from sqlalchemy.sql.functions import count

from referral_desk.nrm.case import KINDS, Base, Case, Step
from referral_desk.store.drafts import WHEREABOUTS
from referral_desk.store.tables import DisclosureRow, Draft, DueRow, Erased, Merged, StepKinds


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
    ids = with_merged(session, case_id)
    told = [table for table in tables() if table.name not in _REPEATING]
    found = {table.name: session.scalar(select(count()).select_from(table).where(_of(table, ids))) for table in told}
    return {name: number for name, number in found.items() if number}


_REPEATING = (DueRow.__tablename__, StepKinds.__tablename__)
"""What says again what the steps say."""


def quiet_since(session: Session, day: date) -> list[UUID]:
    """The cases in which nothing happened after this day, the one opened first before the others."""
    found = session.connection().exec_driver_sql(_quiet(), {"day": day.isoformat()})
    return [UUID(id_) for (id_,) in found]


def merged_into(session: Session, case_id: UUID) -> list[tuple[UUID, str, datetime]]:
    """Id, number and time (UTC) of every case that was merged into this one."""
    wanted = select(Merged.case_id, Case.code, Merged.at).join(Case, Case.id == Merged.case_id)
    return [(id_, code, at) for id_, code, at in session.execute(wanted.where(Merged.into_id == case_id))]


def move_disclosures(session: Session, ids: Collection[UUID], to: UUID) -> None:
    """What left on paper goes with the case that it is about."""
    session.execute(update(DisclosureRow).where(DisclosureRow.id.in_(ids)).values(case_id=to))


def disclosures_of(session: Session, case_id: UUID) -> list[UUID]:
    return list(session.scalars(select(DisclosureRow.id).where(DisclosureRow.case_id == case_id)))


def with_merged(session: Session, case_id: UUID) -> list[UUID]:
    """A case and all that were merged into it, and into those."""
    return [case_id, *(one for id_, _code, _at in merged_into(session, case_id) for one in with_merged(session, id_))]


def withdrawn(session: Session, case_id: UUID) -> list[Step]:
    """The steps of a case that were taken back: of each the latest revision, none of which is current."""
    found: list[Step] = []
    for id_ in with_merged(session, case_id):
        for kind, _count in _taken_back(session, id_):
            rows = session.scalars(select(KINDS[kind]).where(KINDS[kind].case_id == id_).order_by(KINDS[kind].revision))
            latest = {step.id: step for step in rows}
            found += [step for step in latest.values() if not step.current]
    return found


def count_withdrawn(session: Session, case_id: UUID) -> int:
    """How many steps of a case were taken back."""
    counted = (_taken_back(session, id_) for id_ in with_merged(session, case_id))
    return sum(count for found in counted for _kind, count in found)


def _taken_back(session: Session, case_id: UUID) -> list[tuple[str, int]]:
    """The kinds of step of which a case has some that were taken back, and how many: in one statement over indices."""
    found = session.connection().exec_driver_sql(_how_many_taken_back(), {"case_id": case_id.hex})
    return [(kind, count) for kind, count in found if count]


def erase(session: Session, case_id: UUID, *, at: datetime) -> None:
    """Remove everything of a case and of those merged into it, and remember its id, so that backups are cleared of it.

    `secure_delete` overwrites what is removed.
    """
    ids = with_merged(session, case_id)
    for table in tables():
        session.execute(delete(table).where(_of(table, ids)))
    session.execute(delete(Draft).where(Draft.kind == WHEREABOUTS))  # a name may stand there, or the id of the case
    for id_ in ids:
        session.merge(Erased(case_id=id_, erased_at=at))
    session.flush()


def erased(session: Session) -> frozenset[UUID]:
    """The ids of all cases that were erased at this desk."""
    return frozenset(session.scalars(select(Erased.case_id)))


@cache
def _how_many_taken_back() -> str:
    counted = """
        SELECT '{0}', count(DISTINCT id) FROM {0} AS one WHERE case_id = :case_id AND NOT current
        AND NOT EXISTS (SELECT 1 FROM {0} AS other WHERE other.id = one.id AND other.current)
    """
    return " UNION ALL ".join(map(counted.format, KINDS))


@cache
def _quiet() -> str:
    later = "NOT EXISTS (SELECT 1 FROM {0} WHERE case_id = cases.id AND current AND day > :day)"
    conditions = " AND ".join(["merged_into IS NULL", "opened_on <= :day", *(later.format(kind) for kind in KINDS)])
    return f"SELECT id FROM cases WHERE {conditions} ORDER BY opened_on, code"  # noqa: S608 - our own tables


def _of(table: Table, ids: list[UUID]) -> ColumnElement[bool]:
    return (table.c.id if table.name == "cases" else table.c.case_id).in_(ids)
