"""Erasing a person: what goes and what stays is said before, certified after, and survives every restore."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from pathlib import Path
from uuid import UUID

from referral_desk import words
from referral_desk.errors import KeptUntil, NotEntitled, OnLegalHold
from referral_desk.journal import Act
from referral_desk.nrm.case import KINDS, Case
from referral_desk.nrm.referral import Referral
from referral_desk.nrm.retention import kept_until, on_legal_hold
from referral_desk.store import Desk, Work, backups, ledger, migrating, records
from referral_desk.words import N_, _, ngettext

BACKUPS_LAST = timedelta(days=396)
"""The oldest monthly backup is gone by then, if a backup is made at least once a month."""


class Ground(Enum):
    """Why a case is erased."""

    REQUEST = "request"
    RETENTION = "retention"

    @property
    def label(self) -> str:
        return _(_LABELS[self])


_LABELS = {
    Ground.REQUEST: N_("at the person's own request (GDPR, art. 17)"),
    Ground.RETENTION: N_("because the time for which it is kept has ended (GDPR, art. 5(1)(e))"),
}

_OTHER_ROWS = {"cases": N_("The case itself"), "draft": N_("Half-filled forms")}

_STAYS = (
    N_("The journal: that a case was opened, worked on and erased, when and by whom. No name and no answer is in it."),
    N_("Figures that were counted before."),
    N_("Backups made before today hold it, encrypted, until %(day)s at the latest. One that is restored is cleared."),
)


@dataclass(frozen=True)
class Plan:
    """What an erasure would do: `goes` is what is kept by label and number, `recipients` who holds paper of it."""

    case_id: UUID
    code: str
    goes: tuple[tuple[str, int], ...]
    stays: tuple[str, ...]
    recipients: tuple[str, ...]
    kept_until: date
    on_legal_hold: bool


@dataclass(frozen=True)
class Certificate:
    """What was erased, when (UTC) and on which ground; kept nowhere: it is printed and handed over."""

    plan: Plan
    ground: Ground
    at: datetime
    organisation: str

    @property
    def text(self) -> str:
        """The certificate as it is printed: the reference of the case, no name."""
        return "\n".join(_lines(self))


def plan(desk: Desk, which: UUID | str) -> Plan:
    """Say what would go and what would stay; changes nothing. NotEntitled or UnknownCase."""
    _check_entitled(desk)
    with desk.work() as work:
        return _plan(work, work.case(which))


def erase(desk: Desk, which: UUID | str, ground: Ground) -> Certificate:
    """Erase a case with everything in it: steps, former revisions, sealed answers, drafts.

    NotEntitled, UnknownCase, OnLegalHold, or KeptUntil where nobody asked and its time has not come.
    """
    _check_entitled(desk)
    places = backups.reachable(desk, make=True)
    with desk.work() as work:
        case = work.case(which)
        planned = _plan(work, case)
        _check_may_go(planned, ground, work.today)
        organisation = work.about().organisation
        records.erase(work.session, case.id, at=work.now)
        work.note(Act.ERASED, "case", planned.case_id)
        _write_ledgers(desk, places, records.erased(work.session))
        certificate = Certificate(planned, ground, work.now, organisation)
    _remove_copies(desk)
    return certificate


def _plan(work: Work, case: Case) -> Plan:
    counts = records.counts(work.session, case.id)
    last = words.isolate(words.day(work.today + BACKUPS_LAST))
    return Plan(
        case_id=case.id,
        code=case.code,
        goes=tuple((_label(name), number) for name, number in counts.items()),
        stays=tuple(_(sentence) % {"day": last} for sentence in _STAYS),
        recipients=tuple(sorted({step.recipient for step in case.taken(Referral)})),
        kept_until=kept_until(case),
        on_legal_hold=on_legal_hold(case),
    )


def _check_entitled(desk: Desk) -> None:
    # Who cannot read the name cannot know whom the request is about.
    if not desk.entitled:
        raise NotEntitled


def _check_may_go(planned: Plan, ground: Ground, on: date) -> None:
    if planned.on_legal_hold:
        raise OnLegalHold
    if ground is Ground.RETENTION and on <= planned.kept_until:
        raise KeptUntil(day=words.day(planned.kept_until))


def _write_ledgers(desk: Desk, places: Iterable[Path], gone: frozenset[UUID]) -> None:
    """Comes before the commit: what a ledger says too much the next one puts right; too little would bring back."""
    if desk.seal:
        for place in places:
            ledger.write(ledger.file_in(place, desk.keys.store_salt), desk.seal, gone)


def _remove_copies(desk: Desk) -> None:
    """A copy made before a migration holds everything that was there then."""
    desk.names.forget()
    for copy in migrating.copies(desk.folder):
        copy.unlink(missing_ok=True)


def _label(table: str) -> str:
    return KINDS[table].label() if table in KINDS else _(_OTHER_ROWS.get(table, table))


def _lines(certificate: Certificate) -> Iterable[str]:
    planned = certificate.plan
    yield _("Certificate of erasure")
    yield certificate.organisation
    told = {"code": planned.code, "day": words.day(certificate.at.date()), "ground": certificate.ground.label}
    yield _("The case %(code)s was erased on %(day)s %(ground)s.") % told
    yield _("What was erased:")
    for label, number in planned.goes:
        yield "  " + ngettext("%(label)s: %(count)d record", "%(label)s: %(count)d records", number) % {
            "label": label,
            "count": number,
        }
    yield _("What stays:")
    yield from (f"  {sentence}" for sentence in planned.stays)
    if planned.recipients:
        yield _("These organisations hold paper about the case and must be told (GDPR, art. 19):")
        yield from (f"  {recipient}" for recipient in planned.recipients)
