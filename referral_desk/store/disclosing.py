"""The rows of the disclosure ledger: added once, never changed but for the answer that came back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from referral_desk.errors import NotEntitled
from referral_desk.nrm.case import Case
from referral_desk.nrm.referral import Referral
from referral_desk.store.tables import About, DisclosureRow
from referral_desk.vault.derivation import new_key
from referral_desk.vault.sealing import Seal

KIND = "disclosure"

_ENQUIRIES = (DisclosureRow.reply_by.is_not(None), DisclosureRow.referral_id.is_(None))
"""The papers that ask for an answer and belong to no referral."""


def add(session: Session, seal: Seal | None, kept: bytes, **told: Any) -> DisclosureRow:
    """Add a row; what left is kept with it where the seal is in force to seal it."""
    row = DisclosureRow(id=uuid4(), answer="", answered_on=None, **told)
    row.sealed = seal.seal(kept, kind=KIND, record_id=row.id, revision=1) if seal and kept else None
    session.add(row)
    session.flush()
    return row


def of(session: Session, case_id: UUID) -> list[DisclosureRow]:
    """Everything told of a case, the first before the others."""
    wanted = select(DisclosureRow).where(DisclosureRow.case_id == case_id)
    return list(session.scalars(wanted.order_by(DisclosureRow.recorded_at, DisclosureRow.copy_number)))


def one(session: Session, id_: UUID) -> DisclosureRow | None:
    return session.get(DisclosureRow, id_)


def kept(seal: Seal | None, row: DisclosureRow) -> bytes | None:
    """The file that left, or what was said; None where nothing was kept. NotEntitled without the seal."""
    if seal is None:
        raise NotEntitled
    return None if row.sealed is None else seal.unseal(row.sealed, kind=KIND, record_id=row.id, revision=1)


def copies(session: Session, case_id: UUID, document: str, reference: str) -> int:
    """How many copies of a paper have left."""
    wanted = select(func.max(DisclosureRow.copy_number)).where(
        DisclosureRow.case_id == case_id, DisclosureRow.document == document, DisclosureRow.reference == reference
    )
    return session.scalar(wanted) or 0


def secret(session: Session) -> bytes:
    """From it come the references and answer words of this desk's papers."""
    about = session.get_one(About, 1)
    if about.paper_secret is None:
        about.paper_secret = new_key()
        session.flush()
    return about.paper_secret


def references(session: Session) -> Iterable[tuple[str, UUID, UUID | None]]:
    """Reference, case and referral (None for an enquiry) of every paper to which an answer may come."""
    referrals = select(Referral.reference, Referral.case_id, Referral.id).where(Referral.current)
    yield from ((reference, case_id, id_) for reference, case_id, id_ in session.execute(referrals) if reference)
    enquiries = select(DisclosureRow.reference, DisclosureRow.case_id).where(*_ENQUIRIES)
    yield from ((reference, case_id, None) for reference, case_id in session.execute(enquiries.distinct()))


def with_reference(session: Session, case_id: UUID, reference: str) -> list[DisclosureRow]:
    """Every paper that left under one reference, the first before the others."""
    return [row for row in of(session, case_id) if row.reference == reference]


def unanswered(session: Session, by: date) -> list[tuple[DisclosureRow, str]]:
    """The enquiries whose answer is asked for by a day and did not come, with the codes of their cases."""
    wanted = select(DisclosureRow, Case.code).join(Case, Case.id == DisclosureRow.case_id)
    wanted = wanted.where(*_ENQUIRIES, DisclosureRow.reply_by <= by, DisclosureRow.answer == "")
    return [(row, code) for row, code in session.execute(wanted.order_by(DisclosureRow.day))]


def enquiries(session: Session, reference: str) -> list[DisclosureRow]:
    """Every copy of an enquiry."""
    return list(session.scalars(select(DisclosureRow).where(*_ENQUIRIES, DisclosureRow.reference == reference)))
