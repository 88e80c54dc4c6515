"""The journal: who did what to which record and when; never what was said.

Each entry holds the hash of all before it, so that a changed or removed entry breaks the chain.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection
from datetime import datetime
from enum import Enum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, String, func, or_, select
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
    ANSWERED_WARNING = "went on in spite of a warning, with a reason"
    WENT_ON = "went on without consent, on another ground in law"
    AGREED_AS_SECOND = "agreed as the second person"
    CORRECTED = "corrected a step"
    MERGED = "merged two cases"
    TOOK_APART = "took merged cases apart"
    UNDID = "took a step or a correction back"
    READ_SEALED = "read sealed answers"
    LISTED_NAMES = "prepared the search by name"
    PRINTED = "made a letter"
    LET_STAND = "let something stand on a paper that the linter stopped at"
    LET_LEAVE = "let a paper leave"
    TOLD = "noted what was told by word of mouth"
    ANSWERED = "recorded the answer of a recipient"
    COUNTED = "counted cases"
    PUBLISHED = "wrote figures that may be published"
    FROZE = "closed a period of figures"
    LET_WAIT = "let the figures of a period wait"
    NOTHING_PUBLISHED_SINCE = "said that nothing was published since the backup that was restored"
    BROUGHT_BACK = "brought back figures that were published before the desk was restored"
    BEGINS_ANEW_AFTER = "let no more figures be made of the time before the desk was restored"
    GAVE_RECORD = "handed a record to another organisation"
    MET_PARTNER = "took in the introduction of another desk"
    CONFIRMED_PARTNER = "compared the words of another desk by phone"
    FORGOT_PARTNER = "no longer takes figures from another desk"
    GAVE_FIGURES = "made a file of rounded figures"
    TOOK_IN_FIGURES = "took in rounded figures of another desk"
    BEGAN_ROUND = "began a round of sealed tables"
    GAVE_FAMILY = "saved the tables that everybody is to publish"
    TOOK_IN_FAMILY = "brought in the tables that everybody is to publish"
    GAVE_TABLES = "sealed exact tables for a round"
    COUNTED_ROUND = "added up a round of sealed tables"
    GAVE_UP_ROUND = "gave up a round of sealed tables"
    HEARD_OF_VOID_ROUND = "heard that a round of sealed tables was given up"
    INVENTED_RECORDS = "made invented records from published figures"
    LET_OUT = "let the person have an answer in somebody's own words"
    HELD_BACK = "held an answer back from the person it is about"
    BROUGHT_IN = "brought in cases"
    DESCRIBED = "changed what the desk says of itself"
    SET_VALUE = "put a value of the office in the place of a mechanism's"
    DROPPED_VALUE = "let a mechanism's own value stand again"
    OPENED_BY_RECOVERY = "opened the desk with the recovery key"
    OPENED_BY_BACKUP = "opened the desk with the backup passphrase"
    OPENED_AS_IT_IS = "opened the desk although changes are missing"
    ADDED_MEMBER = "added a member"
    RENAMED_MEMBER = "gave a member another name"
    REMOVED_MEMBER = "removed a member"
    RESET_MEMBER = "gave a member a new passphrase"
    CHANGED_PASSPHRASE = "changed the passphrase"  # noqa: S105 - a sentence about one
    PROVED_RECOVERY = "proved the recovery key"
    RENEWED_RECOVERY = "made a new recovery key"
    SET_BACKUP_PASSPHRASE = "put a backup passphrase in force"  # noqa: S105 - a sentence about one
    DROPPED_BACKUP_PASSPHRASE = "took the backup passphrase out of force"  # noqa: S105 - a sentence about one
    CHECKED = "checked the store"
    BACKED_UP = "made a backup and opened it"
    CHECKED_BACKUP = "opened a backup"
    CARRIED = "brought a backup to the second place and opened it there"
    RESTORED = "restored the desk from a backup"
    ERASED = "erased a case"
    GAVE_ACCESS = "gave a person access to everything kept"
    PRINTED_JOURNAL = "made a sheet of the journal"
    LISTED_WARNINGS = "prepared the comparison with those who exploited"
    LISTED = "wrote into the directory"
    CHANGED_LISTED = "changed an entry of the directory"
    READ_LISTED = "read an address or remark of the directory"
    EXPORTED_LISTED = "wrote the directory to a file"
    IMPORTED_LISTED = "brought entries into the directory"


MANY = 1000
"""After so many entries it is told how far the chain was followed."""

RECORD_ID = -36
"""Where in `record` the id of a case or step begins, seen from the end."""


class Entry(Base):
    """One act; `record` is the kind and id of what it was done to, the kind with details after points."""

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


def holds(session: Session, head: str) -> bool:
    """Whether some entry has this hash; says something of a chain only once that was verified."""
    return session.scalar(select(Entry.number).where(Entry.chain == head).limit(1)) is not None


def verify(
    session: Session, anchors: Collection[str] = (), *, on_progress: Callable[[int, int], object] | None = None
) -> int:
    """Follow the chain from the first entry; returns how many there are.

    JournalBroken with the first entry that is not as it was written, removed or put in. `anchors` are heads written
    down elsewhere: who rewrites the whole chain does not reach those, and one that is missing breaks the last entry.
    `on_progress` is told now and then how many entries were followed, and of how many.
    """
    last = head(session)[0]
    columns = (Entry.number, Entry.at, Entry.by, Entry.act, Entry.record, Entry.chain)
    number, former, missing = 0, "", set(anchors)
    for entry in session.execute(select(*columns).order_by(Entry.number)):
        number += 1
        if entry.number != number or entry.chain != link(former, entry):
            raise JournalBroken(number=number)
        former = entry.chain
        missing.discard(former)
        if on_progress and number % MANY == 0:
            on_progress(number, last)
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


def find(
    session: Session, *, member: str = "", acts: Collection[Act] = (), ids: Collection[UUID] | None = None
) -> list[tuple[int, datetime]]:
    """Number and time (UTC) of the entries that fit, newest first.

    Done by or to a `member` (a slot), one of these `acts`, about one of these cases or steps; empty takes every one.
    """
    wanted = [or_(Entry.by == member, Entry.record == f"member {member}")] if member else []
    if acts:
        wanted.append(Entry.act.in_([act.name for act in acts]))
    if ids is not None:
        wanted.append(_is_about(ids))
    rows = session.execute(select(Entry.number, Entry.at).where(*wanted).order_by(Entry.number.desc()))
    return [(number, at) for number, at in rows]


def these(session: Session, numbers: Collection[int]) -> list[Entry]:
    """The entries of these numbers, newest first."""
    return list(session.scalars(select(Entry).where(Entry.number.in_(numbers)).order_by(Entry.number.desc())))


def about(session: Session, ids: Collection[UUID]) -> list[Entry]:
    """Every entry about one of these records, oldest first."""
    return list(session.scalars(select(Entry).where(_is_about(ids)).order_by(Entry.number)))


def _is_about(ids: Collection[UUID]) -> ColumnElement[bool]:
    return func.substr(Entry.record, RECORD_ID).in_([str(id_) for id_ in ids])
