"""After a restore: what the desk published after its backup was made is public, and the desk no longer knows of it.

A second rounding of nearly the same persons would narrow the first, so no period that ended before the restore is
closed until somebody has said how it stands: nothing was published since the backup; or blocks were brought back byte
for byte, and everything else of that time stays out for ever. The journal keeps what was said.
"""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select

from referral_desk.journal import Act, Entry
from referral_desk.statistics import blocks
from referral_desk.store import Work


def unsettled(work: Work) -> date | None:
    """The day of the last restore, as long as nobody has said what was published from the desk that is lost."""
    restored, said = _latest(work, Act.RESTORED), _latest(work, Act.NOTHING_PUBLISHED_SINCE, Act.BEGINS_ANEW_AFTER)
    return restored.at.date() if restored and (said is None or said.number < restored.number) else None


def closed_for_ever(work: Work) -> date | None:
    """The last day of the time of which nothing more is published, if there is such a time."""
    said = _latest(work, Act.BEGINS_ANEW_AFTER)
    return date.fromisoformat(said.record) if said else None


def is_unknown(work: Work, first: date) -> bool:
    """Whether figures of a time that begins on this day may have gone out without this desk knowing of it."""
    since, over = unsettled(work), closed_for_ever(work)
    return (since is not None and first < since) or (over is not None and first <= over)


def nothing_was_published(work: Work) -> None:
    """Nothing was published since the backup: everything goes on as if there had been no restore."""
    work.note(Act.NOTHING_PUBLISHED_SINCE)


def begin_anew(work: Work, since: date) -> None:
    """All that was published is back or lost: whoever came before the quarter of the restore is in no new block."""
    last = blocks.quarter_of(since).first - timedelta(days=1)
    work.note(Act.BEGINS_ANEW_AFTER, last.isoformat())


def _latest(work: Work, *acts: Act) -> Entry | None:
    names = [act.name for act in acts]
    return work.session.scalar(select(Entry).where(Entry.act.in_(names)).order_by(Entry.number.desc()).limit(1))
