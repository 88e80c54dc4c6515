"""What a desk does for itself once a day, beside the work: it looks itself over and backs itself up."""

from __future__ import annotations

from referral_desk.errors import DeskError
from referral_desk.store import backups, health
from referral_desk.store.aside import HERE, Aside
from referral_desk.store.desk import Desk
from referral_desk.store.tables import Purpose


def daily(desk: Desk, aside: Aside = HERE) -> DeskError | None:
    """Do what is due today; returns what hindered it, which is to be said and stops nobody's work.

    A practice or evaluation desk holds nobody's only record. A damaged desk is not backed up: the last good backups
    stay.
    """
    if desk.purpose is not Purpose.REAL:
        return None
    try:
        if aside.turn(lambda: health.is_due(desk)):
            health.check(desk, aside)
        backups.keep_up(desk, aside)
    except DeskError as error:
        return error
    return None
