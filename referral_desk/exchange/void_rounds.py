"""Rounds that come to nothing: their coordinator signs it, and everybody's time is free again for rounded blocks.

A desk that sealed tables for a round writes no block of that time, because the two would narrow each other down. Of a
round that was given up there never is a sum, and so nothing is left to hold them against.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import delete, select

from referral_desk import __version__
from referral_desk.errors import ForgedFile, NoSuchRound
from referral_desk.exchange import figure_fields as fields
from referral_desk.exchange import figure_files, partners, rounds
from referral_desk.exchange.figure_files import Party
from referral_desk.exchange.rosters import PUBLISHED, VOID
from referral_desk.journal import Act
from referral_desk.statistics import sealed, ways
from referral_desk.statistics.blocks import Period
from referral_desk.store import Work, figures_key
from referral_desk.store.figure_tables import FigureFile, Round


@dataclass(frozen=True)
class VoidFile:
    """What a coordinator says of a round that it gave up."""

    coordinator: Party
    round_id: str


def give_up(work: Work, round_id: str) -> bytes:
    """Declare a round void and return the notice of it for everybody on its roster; asked again, the same notice.

    NoSuchRound where it was never begun here or is published: what is published stays. HowItStands after a restore.
    """
    row = work.session.get(Round, round_id)
    if row is None or row.state == PUBLISHED:
        raise NoSuchRound
    own = partners.ourselves(work)
    if row.state != VOID:
        rounds.check_known(work, row)
        row.state = VOID
        _free(work, round_id)
        work.note(Act.GAVE_UP_ROUND, Period(row.first_day, row.last_day).name)
    return notice(own, round_id, figures_key.secret(work))


def notice(coordinator: Party, round_id: str, secret: bytes) -> bytes:
    """The same for everybody who was on the roster."""
    body = {"program": __version__, "coordinator": figure_files.party_data(coordinator), "round": round_id}
    return figure_files.signed("void", body, secret)


def read(path: Path) -> VoidFile:
    """A notice, whole and signed by the coordinator it names."""
    wanted = {"coordinator": fields.is_party, "round": fields.is_text, "program": fields.is_text}
    found = figure_files.read(path, "void", wanted)
    coordinator = figure_files.party_of(found["coordinator"])
    figure_files.verify(found, "void", coordinator, path)
    return VoidFile(coordinator, found["round"])


def bring_in(work: Work, path: Path) -> Period:
    """Take a notice of the desk to which our tables were sealed, and return the time that is free again.

    NoSuchRound where nothing of ours went into that round, ForgedFile where another desk says that it is over.
    """
    found = read(path)
    partners.check_confirmed(work, found.coordinator, path)
    row = _given(work, found.round_id)
    if row is None:
        raise NoSuchRound
    if row.sealed_to != found.coordinator.identity:
        raise ForgedFile(file=path.name)
    period = Period(row.first_day, row.last_day)
    _free(work, found.round_id)
    work.note(Act.HEARD_OF_VOID_ROUND, period.name)
    return period


def _given(work: Work, round_id: str) -> FigureFile | None:
    own = partners.ourselves(work).identity
    sent = (FigureFile.level == ways.EXACT, FigureFile.shelter == own, FigureFile.round_id == round_id)
    return work.session.scalar(select(FigureFile).where(*sent))


def _free(work: Work, round_id: str) -> None:
    """Forget that our tables went into it. Those of others are noted only when a round is counted."""
    work.session.execute(delete(FigureFile).where(FigureFile.level == ways.EXACT, FigureFile.round_id == round_id))
    sealed.forget(work, round_id)
    work.has_written = True
