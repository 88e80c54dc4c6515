"""The tables of a desk beside those of the cases: the desk itself, its members, its drafts."""

from __future__ import annotations

import secrets
from datetime import date, datetime
from enum import Enum
from uuid import UUID

from sqlalchemy import JSON, Date, ForeignKey, Index, LargeBinary, String, Uuid, false, text
from sqlalchemy.orm import Mapped, mapped_column

from referral_desk.nrm.case import Base
from referral_desk.nrm.consent import Consent


class Purpose(Enum):
    """What the cases of a desk are: invented ones and public data never lie beside real ones."""

    REAL = "real"
    PRACTICE = "practice"
    EVALUATION = "evaluation"


class About(Base):
    """The one row that describes the desk; organisation and contact stand on every letter."""

    __tablename__ = "about"

    id: Mapped[int] = mapped_column(primary_key=True)
    purpose: Mapped[str]
    mechanism: Mapped[str]
    organisation: Mapped[str]
    contact: Mapped[str]
    backup_place: Mapped[str] = mapped_column(server_default="")
    paper_secret: Mapped[bytes | None] = mapped_column(LargeBinary, default=lambda: secrets.token_bytes(32))
    """From it come the references and answer words of papers: nobody without the desk can guess or join them."""
    reckoned: Mapped[str] = mapped_column(server_default="")
    """By which rules and values what is due was last reckoned for every case."""


class MemberRow(Base):
    """A member of the desk; see vault.members. `given` says that the passphrase is not the member's own yet."""

    __tablename__ = "member"

    slot_id: Mapped[str] = mapped_column(String, primary_key=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    role: Mapped[str]
    identity_grant: Mapped[bytes | None] = mapped_column(LargeBinary)
    mac: Mapped[bytes] = mapped_column(LargeBinary)
    name: Mapped[str] = mapped_column(server_default="")
    given: Mapped[bool] = mapped_column(default=False, server_default=false())


class NationalValue(Base):
    """What the office put in the place of one value of a mechanism; see nrm.mechanism."""

    __tablename__ = "country_profile"

    mechanism: Mapped[str] = mapped_column(String, primary_key=True)
    key: Mapped[str] = mapped_column(String, primary_key=True)
    written: Mapped[str]
    source: Mapped[str]
    since: Mapped[str]
    verified_by: Mapped[str]
    verified_on: Mapped[str]
    note: Mapped[str]


class BackupRow(Base):
    """A backup that was made: its own database key, so that it can be opened again and looked at.

    The key opens nothing that this desk does not hold; on the stick it lies sealed to strong slots only.
    """

    __tablename__ = "backup"

    name: Mapped[str] = mapped_column(String, primary_key=True)
    made_at: Mapped[datetime]
    database_key: Mapped[bytes] = mapped_column(LargeBinary)
    head: Mapped[str]
    opened_at: Mapped[datetime]


class Erased(Base):
    """A case that was erased, by its random id: so that a restored backup can be cleared of it again."""

    __tablename__ = "erased"

    case_id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    erased_at: Mapped[datetime]


class Merged(Base):
    """A case that was merged into another; `moved` and `stayed` are its steps as JSON, each a kind and an id.

    What came along can go back; what a case has only once stayed, taken back.
    """

    __tablename__ = "merged"

    case_id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    into_id: Mapped[UUID] = mapped_column(Uuid, index=True)
    at: Mapped[datetime]
    moved: Mapped[str]
    stayed: Mapped[str]


class DisclosureRow(Base):
    """One paper that left, or one thing told by word of mouth; see disclosures.

    `document` is the name of a layout, empty for the spoken word; `questions` are `kind.question`; `consent` and
    `reference` are codes; `digest` is the SHA-256 of the file, which is kept in `sealed` (of the spoken word: what was
    said). `answer` and `answered_on` are what the recipient of an enquiry said, `reply_by` until when a paper with a
    slip asks for an answer.
    """

    __tablename__ = "disclosure"

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    case_id: Mapped[UUID] = mapped_column(Uuid, index=True)
    referral_id: Mapped[UUID | None] = mapped_column(Uuid)
    document: Mapped[str]
    version: Mapped[str]
    reference: Mapped[str]
    recipient: Mapped[str]
    questions: Mapped[list[str]] = mapped_column(JSON)
    basis: Mapped[str]
    consent: Mapped[str]
    copy_number: Mapped[int]
    language: Mapped[str]
    day: Mapped[date] = mapped_column(Date)
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str]
    delivery: Mapped[str]
    digest: Mapped[str]
    answer: Mapped[str]
    answered_on: Mapped[date | None] = mapped_column(Date)
    reply_by: Mapped[date | None] = mapped_column(Date, index=True)
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)


class Draft(Base):
    """A form half filled: one per case and kind of step (`place`), sealed, and never a step."""

    __tablename__ = "draft"

    place: Mapped[str] = mapped_column(String, primary_key=True)
    id: Mapped[UUID] = mapped_column(Uuid)
    revision: Mapped[int]
    kind: Mapped[str]
    case_id: Mapped[UUID | None] = mapped_column(Uuid)
    saved_at: Mapped[datetime]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class DueRow(Base):
    """What is due in a case, reckoned from its steps whenever they change; `number` tells those of a case apart.

    `due_at` (UTC) where hours count; `shown_on` is the day from which it is shown as coming; `kind` is the step that
    answers it, `step_id` the one from which it is counted.
    """

    __tablename__ = "due"
    __table_args__ = (Index("ix_due_on", "due_on", "shown_on"), Index("ix_due_key", "key", "due_on", "shown_on"))

    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str]
    due_on: Mapped[date] = mapped_column(Date)
    due_at: Mapped[datetime | None]
    shown_on: Mapped[date] = mapped_column(Date)
    kind: Mapped[str]
    step_id: Mapped[UUID | None] = mapped_column(Uuid)


class StepKinds(Base):
    """The kinds of step that a case holds, with blanks between them; see `step_kinds`."""

    __tablename__ = "step_kinds"

    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    kinds: Mapped[str]


# What everybody last said on being counted, found without reading all that anybody ever agreed to.
_said = Consent.__table__.c
Index(
    "ix_consent_statistics",
    *(_said.case_id, _said.day, _said.recorded_at, _said.id, _said.status),
    sqlite_where=text("current = 1 AND scope = 'STATS'"),
)
