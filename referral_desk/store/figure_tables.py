"""The tables for figures that travel between desks: this desk's key, the others, files made and counted, rounds."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, LargeBinary, String
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
