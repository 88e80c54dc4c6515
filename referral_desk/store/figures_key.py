"""The secret with which a desk signs figures, made the first time that it is wanted."""

from __future__ import annotations

from referral_desk.store.figure_tables import FiguresKey
from referral_desk.store.work import Work
from referral_desk.vault import envelopes
from referral_desk.vault.derivation import new_key


def secret(work: Work) -> bytes:
    """The 32 bytes of this desk. Every member's desk has them: figures are made by whoever may count."""
    kept = work.session.get(FiguresKey, 1)
    if kept is None:
        kept = FiguresKey(id=1, secret=new_key())
        work.session.add(kept)
        work.session.flush()
        work.has_written = True
    return kept.secret


def key_for(work: Work, purpose: str) -> bytes:
    """A key of 32 bytes for something of this desk alone."""
    return envelopes.purpose_key(secret(work), purpose)


def identity(work: Work) -> bytes:
    """What others know this desk by."""
    return envelopes.identity(secret(work))


def name(work: Work) -> str:
    """What others call this desk in sums; empty where nothing was chosen."""
    kept = work.session.get(FiguresKey, 1)
    return kept.name if kept else ""


def call(work: Work, chosen: str) -> None:
    """Let others call this desk so."""
    secret(work)
    work.session.get_one(FiguresKey, 1).name = " ".join(chosen.split())[:60]
    work.has_written = True
