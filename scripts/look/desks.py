"""The desks in the pictures: invented cases, colleagues, and backups of the last months."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from referral_desk.gui.desk import PRACTICE_PASSPHRASE

RECOVERY_KEY = "VGFSQCGS5V9PPNWCJQ1086QA7HCV"
"""Of the desk in the pictures."""


def make_desk(folder: Path) -> Path:
    """A practice desk of invented cases of every kind and stage."""
    from referral_desk import store
    from referral_desk.exchange import practice
    from referral_desk.vault.passphrases import new_recovery_key
    from referral_desk.vault.slots import FLOOR

    with store.create(
        folder,
        passphrase=PRACTICE_PASSPHRASE,
        recovery_key=new_recovery_key(),
        cost=FLOOR,
        purpose=store.Purpose.PRACTICE,
        mechanism="SRB",
        name="Ana",
    ) as desk:
        practice.fill(desk, cases=100)
        let_in_colleagues(desk)
    return folder


def let_in_colleagues(desk: Any) -> None:
    """Everybody there can be: who may do everything, who may see no name, who has no passphrase yet, who left."""
    from referral_desk import staff
    from referral_desk.roles import Role
    from referral_desk.vault.slots import FLOOR

    for name, roles in (("Bo", [Role.COORDINATOR]), ("Cora", [Role.KEEPER]), ("Dana", [Role.CASEWORKER, Role.KEEPER])):
        staff.add(desk, name=name, roles=roles, cost=FLOOR)
    staff.remove(desk, "Cora")


def make_kept_desk(folder: Path, stick: Path) -> Path:
    """A desk that is backed up, without any case: the stick was there until three weeks ago."""
    from referral_desk import store
    from referral_desk.store import backups
    from referral_desk.vault.slots import FLOOR

    stick.mkdir()
    with store.create(folder, passphrase=PRACTICE_PASSPHRASE, recovery_key=RECOVERY_KEY, cost=FLOOR) as desk:
        backups.name_place(desk, stick)
        for days in (95, 60, 34, 27, 22, 21, 3, 2, 1):
            desk.clock = partial(days_ago, days)
            if days == 3:
                stick.rename(stick.with_name("drawer"))
            backups.make(desk)
        # The last ones are older than the pictures want them.
        for made in backups.every(desk)[:2]:
            shutil.rmtree(made.folders[0])
    return folder


def days_ago(count: int) -> datetime:
    return datetime.now().astimezone() - timedelta(days=count)
