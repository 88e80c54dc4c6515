"""Who this desk is to others, and which other desks it knows: by six words, compared by phone once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from referral_desk import resources
from referral_desk.errors import UnknownPartner
from referral_desk.exchange import figure_files
from referral_desk.exchange.figure_files import Party
from referral_desk.journal import Act
from referral_desk.store import Work, figures_key
from referral_desk.store.figure_tables import Partner
from referral_desk.vault import envelopes


@dataclass(frozen=True)
class Known:
    """A desk that introduced itself. Before somebody `confirmed` its words by phone nothing of it is counted."""

    party: Party
    words: tuple[str, ...]
    confirmed: bool


def ourselves(work: Work) -> Party:
    """The desk as files name it: by the name chosen for figures, or else by that of the organisation."""
    return Party(figures_key.name(work) or work.about().organisation or "–", figures_key.identity(work).hex())


def our_words(work: Work) -> tuple[str, ...]:
    """What somebody else reads out to us when they look at our introduction."""
    return words_of(ourselves(work))


def words_of(party: Party) -> tuple[str, ...]:
    """Six English words, the same on every computer; the list is the one for passphrases."""
    return envelopes.spoken(party.public, resources.path("words", "english.txt").read_text(encoding="utf-8").split())


def our_introduction(work: Work) -> bytes:
    """The file with which others bring this desk in."""
    return figure_files.introduction(ourselves(work), figures_key.secret(work))


def known(work: Work) -> tuple[Known, ...]:
    """Every desk that introduced itself, by name."""
    rows = work.session.scalars(select(Partner).order_by(Partner.name, Partner.identity))
    parties = [(Party(row.name, row.identity), row.confirmed_at is not None) for row in rows]
    return tuple(Known(party, words_of(party), confirmed) for party, confirmed in parties)


def bring_in(work: Work, path: Path) -> Known:
    """Take in an introduction. A name that changed is taken over; what was confirmed stays so, for the keys are it."""
    party = figure_files.read_introduction(path)
    row = work.session.get(Partner, party.identity)
    if row is None:
        row = Partner(identity=party.identity, name=party.name, added_at=work.now, confirmed_at=None)
        work.session.add(row)
    row.name = party.name
    work.session.flush()
    work.note(Act.MET_PARTNER)
    return Known(party, words_of(party), row.confirmed_at is not None)


def confirm(work: Work, identity: str) -> None:
    """Somebody compared the six words by phone. UnknownPartner where nobody introduced itself so."""
    row = work.session.get(Partner, identity)
    if row is None:
        raise UnknownPartner(file="–")
    row.confirmed_at = work.now
    work.note(Act.CONFIRMED_PARTNER)


def forget(work: Work, identity: str) -> None:
    """No longer take anything from a desk; what was counted stays counted."""
    row = work.session.get(Partner, identity)
    if row is not None:
        work.session.delete(row)
        work.note(Act.FORGOT_PARTNER)


def named(work: Work, name: str) -> Known:
    """The desk of this name; UnknownPartner where none or more than one has it."""
    found = [one for one in known(work) if one.party.name.casefold() == name.strip().casefold()]
    if len(found) != 1:
        raise UnknownPartner(file=name)
    return found[0]


def check_confirmed(work: Work, party: Party, path: Path) -> Party:
    """The party by the name under which it is known here; UnknownPartner unless its words were compared."""
    if party.identity == figures_key.identity(work).hex():
        return party
    row = work.session.get(Partner, party.identity)
    if row is None or row.confirmed_at is None:
        raise UnknownPartner(file=path.name)
    return Party(row.name, row.identity)
