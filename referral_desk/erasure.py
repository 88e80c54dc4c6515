"""Erasing a person: what goes and what stays is said before, certified after, and survives every restore."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from itertools import islice
from pathlib import Path
from uuid import UUID

from referral_desk import disclosures, pages, words
from referral_desk.errors import DeskError, KeptUntil, NotEntitled, OnLegalHold
from referral_desk.journal import Act
from referral_desk.nrm.case import KINDS, Case
from referral_desk.nrm.referral import Referral
from referral_desk.nrm.retention import holds_in_force, kept_until, quiet_long_enough
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

_OTHER_ROWS = {
    "cases": N_("The case itself"),
    "draft": N_("Half-filled forms"),
    "disclosure": N_("Papers that left, with the copies kept here, and what was told"),
}

_STAYS = (
    N_("The journal: that a case was opened, worked on and erased, when and by whom. No name and no answer is in it."),
    N_("Figures that were counted before."),
    N_("Backups made before today hold it, encrypted, until %(day)s at the latest. One that is restored is cleared."),
    N_("Papers that were printed and files that were saved before: they have to be looked for and destroyed."),
    N_("What other people's cases say of this person."),
)
_UNOPENED = N_("A form for a case that is not opened yet, half filled: look whether it is about this person.")
_AWAY = N_(
    "The second place of the backups is not there now, and does not know of this erasure until it is. A backup there "
    "that is restored before would bring the case back."
)


@dataclass(frozen=True)
class Plan:
    """What an erasure would do, told in the language spoken: `goes` is what is kept by label and number.

    `counts` are rows by table, `recipients` those who may hold paper of it; `held_since` is the day of the latest
    legal hold in force, `held_until` the last day named for any; `place_is_away` says that the second place of the
    backups cannot be reached, `others_are_half_filled` that a form waits which belongs to no case yet.
    """

    case_id: UUID
    code: str
    counts: tuple[tuple[str, int], ...]
    backups_until: date
    recipients: tuple[str, ...]
    kept_until: date
    may_be_kept_no_longer: bool
    held_since: date | None
    held_until: date | None
    place_is_away: bool
    others_are_half_filled: bool

    @property
    def goes(self) -> tuple[tuple[str, int], ...]:
        return tuple((_label(name), number) for name, number in self.counts)

    @property
    def stays(self) -> tuple[str, ...]:
        told = {"day": words.isolate(words.day(self.backups_until))}
        more = [_(_UNOPENED)] if self.others_are_half_filled else []
        return (*(_(sentence) % told for sentence in _STAYS), *more, *([self.warning] if self.place_is_away else []))

    @property
    def warning(self) -> str:
        """What somebody had better put right first."""
        return _(_AWAY) if self.place_is_away else ""

    @property
    def on_legal_hold(self) -> bool:
        return self.held_since is not None

    def is_named_by(self, typed: str) -> bool:
        """Whether somebody typed the code of this very case: the deliberate word before an erasure."""
        return _bare(typed) == _bare(self.code)


@dataclass(frozen=True)
class Certificate:
    """What was erased, when (UTC, and the day here) and on which ground; kept nowhere: it is printed, handed over."""

    plan: Plan
    ground: Ground
    at: datetime
    day: date
    organisation: str

    @property
    def sentence(self) -> str:
        """What happened: the reference of the case, no name."""
        told = {"code": words.isolate(self.plan.code), "day": words.isolate(words.day(self.day))}
        return _("The case %(code)s was erased on %(day)s %(ground)s.") % {**told, "ground": self.ground.label}

    @property
    def erased(self) -> tuple[str, ...]:
        return tuple(counted(label, number) for label, number in self.plan.goes)

    @property
    def text(self) -> str:
        """The certificate as plain lines."""
        return "\n".join(_lines(self))


@dataclass(frozen=True)
class Ended:
    """A case whose time has ended, as a list shows it; `held_since` and `held_until` as in Plan."""

    row: pages.CaseRow
    kept_until: date
    held_since: date | None
    held_until: date | None


def plan(desk: Desk, which: UUID | str) -> Plan:
    """Say what would go and what would stay; changes nothing. NotEntitled or UnknownCase."""
    _check_entitled(desk)
    is_away = _second_place_is_away(desk)
    with desk.work() as work:
        return _plan(work, work.case(which), place_is_away=is_away)


def erase(desk: Desk, which: UUID | str, ground: Ground) -> Certificate:
    """Erase a case with everything in it: steps, former revisions, sealed answers, drafts.

    NotEntitled, UnknownCase, OnLegalHold, or KeptUntil where nobody asked and its time has not come.
    """
    _check_entitled(desk)
    is_away = _second_place_is_away(desk)
    places = backups.reachable(desk, make=True)
    with _ledgers_put_right(desk, places), desk.work() as work:
        case = work.case(which)
        planned = _plan(work, case, place_is_away=is_away)
        _check_may_go(planned, ground)
        organisation = work.about().organisation
        records.erase(work.session, case.id, at=work.now)
        work.note(Act.ERASED, f"case.{ground.value}", planned.case_id)
        _write_ledgers(desk, places, records.erased(work.session))
        certificate = Certificate(planned, ground, work.now, work.today, organisation)
    desk.memory.drop(planned.case_id)
    _remove_copies(desk)
    return certificate


def ended(work: Work, *, at_most: int) -> tuple[tuple[Ended, ...], int]:
    """The cases whose time has ended, those opened first before the others, and how many there are; needs no seal."""
    ids = records.quiet_since(work.session, quiet_long_enough(work.today))
    return tuple(_ended(case, work.today) for case in work.cases(list(islice(ids, at_most)))), len(ids)


def counted(label: str, number: int) -> str:
    """How many records of a kind there are, or were."""
    told = {"label": label, "count": number}
    return ngettext("%(label)s: %(count)d record", "%(label)s: %(count)d records", number) % told


def _plan(work: Work, case: Case, *, place_is_away: bool) -> Plan:
    since, until = _held(case)
    return Plan(
        case_id=case.id,
        code=case.code,
        counts=tuple(records.counts(work.session, case.id).items()),
        backups_until=work.today + BACKUPS_LAST,
        recipients=tuple(sorted(set(recipients(work, case)))),
        kept_until=kept_until(case),
        may_be_kept_no_longer=kept_until(case) < work.today,
        held_since=since,
        held_until=until,
        place_is_away=place_is_away,
        others_are_half_filled=any(kind in KINDS and case_id is None for kind, case_id, _at in work.drafts()),
    )


def recipients(work: Work, case: Case) -> Iterable[str]:
    """Who was told of the case, before a referral was corrected, too."""
    yield from (one.recipient for one in disclosures.of(work, case.id) if one.recipient)
    for referral in case.taken(Referral):
        yield from (step.recipient for step in work.revisions(Referral, referral.id))


def _ended(case: Case, on: date) -> Ended:
    return Ended(pages.case_row(case, on), kept_until(case), *_held(case))


def _held(case: Case) -> tuple[date | None, date | None]:
    holds = holds_in_force(case)
    until = [hold.until for hold in holds if hold.until]
    return (holds[-1].day if holds else None), max(until, default=None)


def _check_entitled(desk: Desk) -> None:
    # Who cannot read the name cannot know whom the request is about.
    if not desk.entitled:
        raise NotEntitled


def _check_may_go(planned: Plan, ground: Ground) -> None:
    if planned.on_legal_hold:
        raise OnLegalHold
    if ground is Ground.RETENTION and not planned.may_be_kept_no_longer:
        raise KeptUntil(day=words.day(planned.kept_until))


def _second_place_is_away(desk: Desk) -> bool:
    named = backups.place(desk)
    return bool(named) and not Path(named).is_dir()


@contextmanager
def _ledgers_put_right(desk: Desk, places: Iterable[Path]) -> Iterator[None]:
    """Where an erasure fails halfway no ledger may say that it happened: a restored backup would lack the case."""
    try:
        yield
    except BaseException:
        with desk.work(unsealed=False) as work:
            gone = records.erased(work.session)
        for place in places:
            with suppress(DeskError):
                _write_ledgers(desk, [place], gone)
        raise


def _write_ledgers(desk: Desk, places: Iterable[Path], gone: frozenset[UUID]) -> None:
    """Comes before the commit: what a ledger says too much the next one puts right; too little would bring back."""
    if desk.seal:
        for place in places:
            ledger.write(ledger.file_in(place, desk.keys.store_salt), desk.seal, gone)


def _remove_copies(desk: Desk) -> None:
    """A copy made before a migration holds everything that was there then."""
    for copy in migrating.copies(desk.folder):
        copy.unlink(missing_ok=True)


def _bare(code: str) -> str:
    """A code without what people leave out or put in when they copy one."""
    return "".join(sign for sign in code.upper() if sign.isalnum())


def _label(table: str) -> str:
    return KINDS[table].label() if table in KINDS else _(_OTHER_ROWS.get(table, table))


def _lines(certificate: Certificate) -> Iterable[str]:
    yield _("Certificate of erasure")
    yield certificate.organisation
    yield certificate.sentence
    yield _("What was erased:")
    yield from (f"  {line}" for line in certificate.erased)
    yield _("What stays:")
    yield from (f"  {sentence}" for sentence in certificate.plan.stays)
    if certificate.plan.recipients:
        yield _("These organisations hold paper about the case and must be told (GDPR, art. 19):")
        yield from (f"  {recipient}" for recipient in certificate.plan.recipients)
