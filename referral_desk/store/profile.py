"""The country profile of a desk: values that its office put in the place of what the mechanisms' files say."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy import select
from sqlalchemy.orm import Session

from referral_desk.nrm.mechanism import Own, Value
from referral_desk.store.tables import NationalValue

_NAMES = ("written", "source", "since", "verified_by", "verified_on", "note")


def own(session: Session) -> Own:
    """Every value of the office, by mechanism and key."""
    rows = session.scalars(select(NationalValue))
    return {
        (row.mechanism, row.key): Value(**{name: getattr(row, name) for name in _NAMES}, is_own=True) for row in rows
    }


def put(session: Session, code: str, key: str, value: Value) -> None:
    held = {name: text for name, text in asdict(value).items() if name in _NAMES}
    session.merge(NationalValue(mechanism=code, key=key, **held))
    session.flush()


def drop(session: Session, code: str, key: str) -> bool:
    """Let the file speak again; whether there was a value to drop."""
    row = session.get(NationalValue, (code, key))
    if row is not None:
        session.delete(row)
        session.flush()
    return row is not None
