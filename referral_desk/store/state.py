"""Whether the data file is as this desk left it: read against the state file at every opening."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from referral_desk import files, journal
from referral_desk.errors import ChangesMissing, DiskFull, OtherHistory, UnwritableTarget
from referral_desk.journal import Entry
from referral_desk.store import engine
from referral_desk.vault.state import FILE_NAME, State, opened_state, sealed_state

_NOTHING = "0" * 64
_LARGEST = 1024


def write(folder: Path, made: Engine, *, database_key: bytes, generation: int, closed: bool = False) -> None:
    """Say how far the store has come.

    Comes after a commit, so that a state never speaks of what was not kept. Where it cannot be written, or the power
    fails, the older one stays: it misses a loss but never invents one.
    """
    content = sealed_state(_reached(made, closed=closed), database_key=database_key, generation=generation)
    with suppress(DiskFull, UnwritableTarget):
        files.keep(folder / FILE_NAME, content, lasting=False)


def read(folder: Path, *, database_key: bytes, generation: int) -> State | None:
    """The state last written; None where there is none, or one that these keys did not write."""
    try:
        with (folder / FILE_NAME).open("rb") as file:
            content = file.read(_LARGEST)
    except OSError:
        return None
    return opened_state(content, database_key=database_key, generation=generation)


def compare(made: Engine, state: State) -> None:
    """ChangesMissing where the store is older than its state, OtherHistory where it is no continuation of it."""
    missing = state.change - engine.changes(made)
    if missing > 0:
        raise ChangesMissing(count=missing)
    with Session(made) as session:
        head = session.scalar(select(Entry.chain).where(Entry.number == state.entries))
    if state.entries and head != state.head:
        raise OtherHistory


def _reached(made: Engine, *, closed: bool) -> State:
    with Session(made) as session:
        entries, head = journal.head(session)
    return State(engine.changes(made), entries, head or _NOTHING, closed)
