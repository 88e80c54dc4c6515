"""The tables of a desk beside those of the cases: the desk itself, its members, its drafts."""

from __future__ import annotations

from datetime import date, datetime
from enum import Enum
from uuid import UUID

from sqlalchemy import JSON, LargeBinary, String, Uuid, false
from sqlalchemy.orm import Mapped, mapped_column

from referral_desk.nrm.case import Base


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


class FiguresKey(Base):
    """The one secret with which this desk signs figures and receives sealed ones; see vault.envelopes.

    `name` is what others call this desk in sums; it may be a pseudonym.
    """

    __tablename__ = "figures_key"

    id: Mapped[int] = mapped_column(primary_key=True)
    secret: Mapped[bytes] = mapped_column(LargeBinary)
    name: Mapped[str] = mapped_column(server_default="")


class Partner(Base):
    """Another organisation whose figures are merged. `confirmed_at`: when its six words were compared by phone."""

    __tablename__ = "partner"

    identity: Mapped[str] = mapped_column(String, primary_key=True)
    name: Mapped[str]
    added_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]


class FigureFile(Base):
    """A file of figures that was made or counted here: so that nothing is counted twice or on two ways.

    `level` 1 is a rounded block, which is kept whole in `content` because it is public; 2 is an exact table sealed for
    a round, of which nothing is kept but that it was there. `shelter` is the identity of the desk that made it.
    """

    __tablename__ = "figure_file"

    digest: Mapped[str] = mapped_column(String, primary_key=True)
    level: Mapped[int]
    family: Mapped[str]
    shelter: Mapped[str]
    first_day: Mapped[date]
    last_day: Mapped[date]
    issue: Mapped[int] = mapped_column(server_default="1")
    round_id: Mapped[str] = mapped_column(server_default="")
    at: Mapped[datetime]
    content: Mapped[bytes | None] = mapped_column(LargeBinary)


class Round(Base):
    """A level 2 round: who takes part is fixed when it begins. `state` is OPEN, PUBLISHED or VOID.

    `result` is the release that came of it, as it was published.
    """

    __tablename__ = "round"

    id: Mapped[str] = mapped_column(String, primary_key=True)
    family: Mapped[str]
    first_day: Mapped[date]
    last_day: Mapped[date]
    roster: Mapped[list[str]] = mapped_column(JSON)
    state: Mapped[str]
    at: Mapped[datetime]
    result: Mapped[str] = mapped_column(server_default="")
