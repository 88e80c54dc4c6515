"""Forms half filled: sealed as one types, restored in place, and never a step."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from referral_desk.store.tables import Draft
from referral_desk.vault.sealing import Seal

WHEREABOUTS = "open"
"""The kind of the draft that is no form: where somebody was when the desk locked, and what was searched for."""


def keep(session: Session, seal: Seal, kind: str, case_id: UUID | None, written: dict[str, Any], at: datetime) -> None:
    """Keep a form; it replaces the former draft of this kind in this case. `case_id` is None for a new case."""
    place = _place(kind, case_id)
    draft = session.get(Draft, place) or Draft(place=place, id=uuid4(), revision=0, kind=kind, case_id=case_id)
    draft.revision += 1
    draft.saved_at = at
    text = json.dumps(written, ensure_ascii=False).encode()
    draft.sealed = seal.seal(text, kind="draft", record_id=draft.id, revision=draft.revision)
    session.add(draft)


def find(session: Session, seal: Seal, kind: str, case_id: UUID | None) -> dict[str, Any] | None:
    """The form as it was left, if one was kept."""
    draft = session.get(Draft, _place(kind, case_id))
    if draft is None:
        return None
    text = seal.unseal(draft.sealed, kind="draft", record_id=draft.id, revision=draft.revision)
    held: dict[str, Any] = json.loads(text)
    return held


def every(session: Session) -> list[tuple[str, UUID | None, datetime]]:
    """Kind, case and time (UTC) of every draft, newest first."""
    rows = session.scalars(select(Draft).order_by(Draft.saved_at.desc()))
    return [(draft.kind, draft.case_id, draft.saved_at) for draft in rows]


def drop(session: Session, kind: str, case_id: UUID | None) -> bool:
    """Forget a draft; whether there was one."""
    draft = session.get(Draft, _place(kind, case_id))
    if draft is not None:
        session.delete(draft)
        session.flush()
    return draft is not None


def _place(kind: str, case_id: UUID | None) -> str:
    return f"{kind}/{case_id or 'new'}"
