"""The tables for figures that travel between desks: this desk's key, the others, files made and counted, rounds."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import JSON, LargeBinary, String, Uuid, false
from sqlalchemy.orm import Mapped, mapped_column

from referral_desk.nrm.case import Base


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
    a round, of which nothing is kept but that it was there. `shelter` is the identity of the desk that made it,
    `sealed_to` that of the desk that can open it.
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
    sealed_to: Mapped[str] = mapped_column(server_default="")
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


class FamilyRow(Base):
    """A family of tables under which something was frozen, by its hash: `content` holds it as in a family file.

    `of` in it is the identity of the ministry whose family it is, if it is one's.
    """

    __tablename__ = "figures_family"

    hash: Mapped[str] = mapped_column(String, primary_key=True)
    name: Mapped[str]
    content: Mapped[bytes] = mapped_column(LargeBinary)


class FrozenRow(Base):
    """Figures of a closed period; `content` is the block, byte for byte. It is never changed.

    `issue` is 2 for one that was issued anew, and then the first one is `replaced`. `adds_to` is the block to which
    this one adds a table. `cases` is how many there were; 0 of one that came back after a restore, of which it is
    no longer known who was in it.
    """

    __tablename__ = "figures_block"

    id: Mapped[int] = mapped_column(primary_key=True)
    family: Mapped[str]
    family_hash: Mapped[str]
    first_day: Mapped[date]
    last_day: Mapped[date]
    issue: Mapped[int]
    content: Mapped[bytes] = mapped_column(LargeBinary)
    cases: Mapped[int]
    frozen_at: Mapped[datetime]
    replaced: Mapped[bool] = mapped_column(server_default=false())
    adds_to: Mapped[int | None]


class CountedRow(Base):
    """Which case stands in which block: each once in a family, whatever is corrected later."""

    __tablename__ = "figures_case"

    family: Mapped[str] = mapped_column(String, primary_key=True)
    case_id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    block: Mapped[int] = mapped_column(index=True)


class SealedRow(Base):
    """Which case went into which round of sealed tables, and for which time: each once in a family."""

    __tablename__ = "figures_sealed"

    family: Mapped[str] = mapped_column(String, primary_key=True)
    case_id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    round_id: Mapped[str] = mapped_column(String, index=True)
    first_day: Mapped[date]
    last_day: Mapped[date]
