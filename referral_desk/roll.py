"""The roll of a desk: its members as a page shows them, since when they are, and who left."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from referral_desk import journal, staff
from referral_desk.chronicle import on_this_clock
from referral_desk.errors import KeeperNeeded
from referral_desk.journal import Act
from referral_desk.pages import Mark
from referral_desk.staff import Colleague
from referral_desk.store import Desk, Work, roster
from referral_desk.vault.members import FORMER
from referral_desk.words import _

COMING = (Act.CREATED, Act.ADDED_MEMBER)


@dataclass(frozen=True)
class Present:
    """A member; `since` is None where the journal does not tell, `standing` where there is nothing to say."""

    colleague: Colleague
    since: date | None
    standing: Mark | None


@dataclass(frozen=True)
class Former:
    """Somebody who was a member and opens nothing that came since."""

    id: str
    name: str
    until: date | None


@dataclass(frozen=True)
class Roll:
    """Who is a member and who was; `why_not` says why this one changes nobody, and is empty for who may."""

    present: tuple[Present, ...]
    former: tuple[Former, ...]
    why_not: str


def read(desk: Desk) -> Roll:
    """The roll, as everybody may see it: whoever opens the desk knows the colleagues."""
    may_change = desk.is_kept_by_me and desk.entitled
    colleagues = staff.colleagues(desk)
    with desk.work(unsealed=False) as work:
        came, left = dict(_days(work, COMING)), dict(_days(work, (Act.REMOVED_MEMBER,)))
        gone = [row for row in roster.rows(work.session) if row.role == FORMER]
    return Roll(
        present=tuple(Present(one, came.get(one.id), standing(one)) for one in colleagues),
        former=tuple(Former(row.slot_id, row.name, left.get(row.slot_id)) for row in gone),
        why_not="" if may_change else str(KeeperNeeded()),
    )


def standing(one: Colleague) -> Mark | None:
    """What has to be done about a member, if anything."""
    if one.is_genuine is False:
        return Mark(_("ALTERED: reset this member"), "danger")
    if not one.may_open:
        return Mark(_("has no passphrase: reset this member"), "danger")
    return Mark(_("has not changed the first passphrase yet"), "warn") if one.must_change_passphrase else None


def _days(work: Work, acts: tuple[Act, ...]) -> Iterator[tuple[str, date]]:
    """On which day whom one of these acts befell; who made the desk came with it."""
    numbers = [number for number, _at in journal.find(work.session, acts=acts)]
    for entry in reversed(journal.these(work.session, numbers)):
        whom = entry.record.removeprefix("member ") or entry.by
        yield whom, on_this_clock(entry.at).date()
