"""The two ways in which figures of a shelter may reach a national sum, and that it is never both for one time.

Rounded blocks (level 1) and an independently rounded sum of exact tables (level 2) of the same persons would narrow
each other down. Both the shelter's desk and the coordinator's ask here before anything leaves or is counted.
"""

from __future__ import annotations

from sqlalchemy import select

from referral_desk.errors import OtherLevel
from referral_desk.statistics.blocks import Period
from referral_desk.store import Work
from referral_desk.store.figure_tables import FigureFile

ROUNDED, EXACT = 1, 2


def check(work: Work, *, level: int, shelter: str, name: str, period: Period) -> None:
    """OtherLevel where figures of this shelter for an overlapping time went out, or were counted, on the other way.

    Families do not matter: the persons are the same.
    """
    others = select(FigureFile.digest).where(
        FigureFile.level != level,
        FigureFile.shelter == shelter,
        FigureFile.first_day <= period.last,
        FigureFile.last_day >= period.first,
    )
    if work.session.scalar(others.limit(1)) is not None:
        raise OtherLevel(shelter=name, period=period.name)
