"""Looking over the whole store: once a day, and after the program did not end as it should."""

from __future__ import annotations

from referral_desk.errors import DeskDamaged
from referral_desk.journal import Act
from referral_desk.store import engine
from referral_desk.store.desk import Desk


def is_due(desk: Desk) -> bool:
    """Whether today nobody has looked yet, or the last opening did not end with a closing."""
    with desk.work(unsealed=False) as work:
        last = work.last(Act.CHECKED)
        return desk.was_interrupted or last is None or last.date() < work.now.date()


def check(desk: Desk) -> None:
    """Read every page, index and reference, which takes a second for 50 MB: for the background.

    DeskDamaged where something is not as it was written; otherwise the journal says that it was looked at.
    """
    desk.checkpoint()
    with engine.told_apart():
        if not engine.is_whole(desk.engine):
            raise DeskDamaged
    with desk.work(unsealed=False) as work:
        work.note(Act.CHECKED)
    desk.was_interrupted = False
