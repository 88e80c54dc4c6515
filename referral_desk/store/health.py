"""Looking over the whole store: once a day, and after the program did not end as it should."""

from __future__ import annotations

from collections.abc import Callable

from referral_desk.errors import DeskDamaged
from referral_desk.journal import Act
from referral_desk.store import engine, keys
from referral_desk.store.aside import HERE, Aside, Phase
from referral_desk.store.desk import Desk


def is_due(desk: Desk) -> bool:
    """Whether today nobody has looked yet, or the last opening did not end with a closing."""
    with desk.work(unsealed=False) as work:
        last = work.last(Act.CHECKED)
        return desk.was_interrupted or last is None or last.date() < work.now.date()


def check(desk: Desk, aside: Aside = HERE) -> None:
    """Read every page, index and reference, which takes a second for 50 MB: for the background.

    DeskDamaged where something is not as it was written; otherwise the journal says that it was looked at.
    """
    aside.tell(Phase.LOOKING, 0.0)
    aside.turn(desk.checkpoint)
    with desk.reading.beside(aside) as stops:
        _look(desk, stops)
    aside.turn(lambda: _note(desk))


def _look(desk: Desk, stops: Callable[[], bool]) -> None:
    """On a connection of its own, so that the work at the desk goes on."""
    made = engine.engine(desk.folder / keys.read(desk).database, desk.keys.database_key, stops=stops)
    try:
        with engine.told_apart():
            if not engine.is_whole(made):
                raise DeskDamaged
    finally:
        made.dispose()


def _note(desk: Desk) -> None:
    with desk.work(unsealed=False) as work:
        work.note(Act.CHECKED)
    desk.was_interrupted = False
