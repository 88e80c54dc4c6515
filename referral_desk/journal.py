"""The journal: who did what to which record and when; never what was said.

Each entry holds the hash of all before it, so that a changed or removed entry breaks the chain.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from datetime import datetime
from enum import Enum
from typing import Any
from uuid import UUID

from sqlalchemy import String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from referral_desk.errors import JournalBroken
from referral_desk.nrm.case import Base


class Act(Enum):
    """What can be done at a desk."""

    CREATED = "created the desk"
    OPENED = "opened the desk"
    MIGRATED = "brought the store up to date"
    OPENED_CASE = "opened a case"
    TOOK = "took a step"
    CORRECTED = "corrected a step"
    READ_SEALED = "read sealed answers"
    LISTED_NAMES = "prepared the search by name"
    PRINTED = "made a letter"
    COUNTED = "counted cases"
    BROUGHT_IN = "brought in cases"
    DESCRIBED = "changed what the desk says of itself"
    OPENED_BY_RECOVERY = "opened the desk with the recovery key"
    OPENED_AS_IT_IS = "opened the desk although changes are missing"
    ADDED_MEMBER = "added a member"
    RENAMED_MEMBER = "gave a member another name"
    REMOVED_MEMBER = "removed a member"
    RESET_MEMBER = "gave a member a new passphrase"
    CHANGED_PASSPHRASE = "changed the passphrase"  # noqa: S105 - a sentence about one
    PROVED_RECOVERY = "proved the recovery key"
    RENEWED_RECOVERY = "made a new recovery key"
    CHECKED = "checked the store"
    BACKED_UP = "made a backup and opened it"
    CHECKED_BACKUP = "opened a backup"
    RESTORED = "restored the desk from a backup"
    ERASED = "erased a case"
    GAVE_ACCESS = "gave a person access to everything kept"


class Entry(Base):
    """One act; `record` is the kind and id of what it was done to."""

    __tablename__ = "journal"

    number: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    by: Mapped[str]
    act: Mapped[str]
    record: Mapped[str] = mapped_column(String)
    chain: Mapped[str]


def note(session: Session, act: Act, *, at: datetime, by: str, record: str = "", id: UUID | None = None) -> None:  # noqa: A002
    """Write an entry in the piece of work that does the act, so that both are kept or neither."""
    number, chain = head(session)
    thing = f"{record} {id}" if id else record
    entry = Entry(number=number + 1, at=at, by=by, act=act.name, record=thing)
    entry.chain = link(chain, entry)
    session.add(entry)
    session.flush()


def last(session: Session, act: Act) -> datetime | None:
    """When (UTC) this was last done; None where it never was."""
    return session.scalar(select(Entry.at).where(Entry.act == act.name).order_by(Entry.number.desc()).limit(1))


def head(session: Session) -> tuple[int, str]:
    """Number and hash of the last entry: written down elsewhere they prove what the journal was then."""
    last = session.execute(select(Entry.number, Entry.chain).order_by(Entry.number.desc()).limit(1)).first()
    return (last[0], last[1]) if last else (0, "")


def verify(session: Session, anchors: Collection[str] = ()) -> int:
    """Follow the chain from the first entry; returns how many there are.

    JournalBroken with the first entry that is not as it was written, removed or put in. `anchors` are heads written
    down elsewhere: who rewrites the whole chain does not reach those, and one that is missing breaks the last entry.
    """
    columns = (Entry.number, Entry.at, Entry.by, Entry.act, Entry.record, Entry.chain)
    number, former, missing = 0, "", set(anchors)
    for entry in session.execute(select(*columns).order_by(Entry.number)):
        number += 1
        if entry.number != number or entry.chain != link(former, entry):
            raise JournalBroken(number=number)
        former = entry.chain
        missing.discard(former)
    if missing:
        raise JournalBroken(number=number)
    return number


def link(former: str, entry: Any) -> str:
    """The hash that binds an entry (or its row) to all before it."""
    parts = (former, str(entry.number), entry.at.isoformat(), entry.by, entry.act, entry.record)
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def newest(session: Session, count: int) -> list[Entry]:
    """The last entries, newest first."""
    return list(session.scalars(select(Entry).order_by(Entry.number.desc()).limit(count)))


def about(session: Session, ids: Collection[UUID]) -> list[Entry]:
    """Every entry about one of these records, oldest first."""
    ends = {str(id_) for id_ in ids}
    found = session.scalars(select(Entry).order_by(Entry.number))
    return [entry for entry in found if entry.record.rpartition(" ")[2] in ends]
