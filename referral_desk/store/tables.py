"""The tables of a desk beside those of the cases: the desk itself, its members, its drafts."""

from __future__ import annotations

from datetime import date, datetime
from enum import Enum
from uuid import UUID

from sqlalchemy import Date, LargeBinary, String, Uuid, false
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
    """The one row from which the figures of this desk are drawn: the same for ever, and never out of the desk.

    `shelter` is the pseudonym under which the desk publishes.
    """

    __tablename__ = "figures_key"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[bytes] = mapped_column(LargeBinary)
    shelter: Mapped[str]


class FamilyRow(Base):
    """A family of tables under which something was published, by its hash: `content` is its file."""

    __tablename__ = "figures_family"

    hash: Mapped[str] = mapped_column(String, primary_key=True)
    name: Mapped[str]
    content: Mapped[bytes] = mapped_column(LargeBinary)


class FrozenRow(Base):
    """Figures that were published for a closed period; `content` is the block, byte for byte.

    A block is never changed. `replaced` marks one that was issued anew; `adds_to` is the block to which a table of
    its own was added later.
    """

    __tablename__ = "figures_block"

    id: Mapped[int] = mapped_column(primary_key=True)
    family: Mapped[str]
    family_hash: Mapped[str]
    first: Mapped[date] = mapped_column(Date)
    last: Mapped[date] = mapped_column(Date)
    issue: Mapped[int]
    content: Mapped[bytes] = mapped_column(LargeBinary)
    cases: Mapped[int]
    frozen_at: Mapped[datetime]
    replaced: Mapped[bool] = mapped_column(default=False, server_default=false())
    adds_to: Mapped[int | None]


class CountedRow(Base):
    """Which case stands in which block: each once in a family, whatever is corrected later."""

    __tablename__ = "figures_case"

    family: Mapped[str] = mapped_column(String, primary_key=True)
    case_id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    block: Mapped[int] = mapped_column(index=True)


class ReleaseRow(Base):
    """The ledger: which block went out, and how. `level` is 1 rounded by us, 2 exact and sealed to be rounded once."""

    __tablename__ = "figures_release"

    id: Mapped[int] = mapped_column(primary_key=True)
    block: Mapped[int] = mapped_column(index=True)
    level: Mapped[int]
    released_at: Mapped[datetime]
    by: Mapped[str]
    what: Mapped[str]
