"""What a page or a command shows of a case, as frozen data in the language spoken.

Records never leave a piece of work; these do. Nothing here decides: it asks the pathway and the safeguards.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from referral_desk import step_lines, words
from referral_desk.nrm import mechanism, pathway
from referral_desk.nrm.case import Case, Step
from referral_desk.nrm.fields import SEALED_MARK
from referral_desk.nrm.never_tell import NeverTell, in_force
from referral_desk.nrm.person import Gender, Person, is_child
from referral_desk.nrm.referral import Referral
from referral_desk.nrm.referral_news import state_of, stopped_by
from referral_desk.nrm.reflection import (
    Interruption,
    ReflectionEnd,
    ReflectionExtension,
    ReflectionPeriod,
    last_protected_day,
    running_period,
    standing,
)
from referral_desk.nrm.retention import holds_in_force, kept_until, on_legal_hold
from referral_desk.nrm.risk import RiskAssessment, RiskLevel
from referral_desk.nrm.safeguards import Safeguard, remarks
from referral_desk.nrm.status import IdentificationDecision
from referral_desk.nrm.terms import Track, YesNo
from referral_desk.step_lines import TakenStep, taken_step
from referral_desk.suggestion import suggestion
from referral_desk.tasks import TaskRow, waiting
from referral_desk.words import N_, _, ngettext

ROW_KINDS = (
    Person,
    IdentificationDecision,
    RiskAssessment,
    ReflectionPeriod,
    ReflectionExtension,
    Interruption,
    ReflectionEnd,
    NeverTell,
)
"""The kinds of step that a row shows something of: a list of cases need read no others."""


@dataclass(frozen=True)
class Mark:
    """A short remark beside a case; `tone` is plain, good, warn or danger."""

    text: str
    tone: str = "plain"


@dataclass(frozen=True)
class CaseRow:
    """One case in a list: no name, no sealed answer."""

    id: UUID
    code: str
    opened_on: date
    summary: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Hindrance:
    """A safeguard that does not hold; `severity` is B, W or I.

    With `needs_reason` the step can be taken all the same if a reason is given under this id; `otherwise` says by
    which recorded act the law lets one do without, and is empty where it does not.
    """

    id: str
    sentence: str
    source: str
    severity: str = "B"
    otherwise: str = ""

    @property
    def needs_reason(self) -> bool:
        return self.severity == "W"


@dataclass(frozen=True)
class OpenStepRow:
    kind: str
    label: str
    unmet: tuple[Hindrance, ...]
    warnings: tuple[Hindrance, ...] = ()

    @property
    def is_barred(self) -> bool:
        """Whether no way leads on: what the law lets one do without holds up the form, and not the way there."""
        return any(not hindrance.otherwise for hindrance in self.unmet)


@dataclass(frozen=True)
class TrackPage:
    """One of the tracks that run side by side; `standing` is one sentence on where it stands today."""

    code: str
    label: str
    standing: str
    taken: tuple[TakenStep, ...]
    open: tuple[OpenStepRow, ...]


@dataclass(frozen=True)
class ReferralRow:
    id: UUID
    reference: str
    recipient: str
    day: date
    reply_by: date
    state: str = ""
    is_to_be_stopped: bool = False
    """Consent to it was withdrawn, and it goes on."""


@dataclass(frozen=True)
class CasePage:
    """Everything the page of a case shows; `timeline` is newest first; `name` is SEALED_MARK without the seal.

    `keeping` is one sentence on how long it is kept, `is_held` whether a legal hold is in force. `remarks` are the
    rules that do not hold in the case as it stands.
    """

    id: UUID
    code: str
    name: str
    summary: str
    is_child: bool
    marks: tuple[Mark, ...]
    tracks: tuple[TrackPage, ...]
    timeline: tuple[TakenStep, ...]
    referrals: tuple[ReferralRow, ...]
    keeping: str
    is_held: bool
    remarks: tuple[Hindrance, ...] = ()
    tasks: tuple[TaskRow, ...] = ()
    on: date = date.min
    suggestion: str = ""
    """What the indicators suggest, in words; empty where nobody has looked at them."""


def case_row(case: Case, on: date) -> CaseRow:
    return CaseRow(case.id, case.code, case.opened_on, _summary(case), tuple(_marks(case, on)))


def case_page(case: Case, on: date) -> CasePage:
    """The page of a case as it stands on a day."""
    called = step_lines.in_short(case.steps)
    taken = [taken_step(step, called) for step in case.steps]
    return CasePage(
        id=case.id,
        code=case.code,
        name=_name(case),
        summary=_summary(case),
        is_child=is_child(case),
        marks=tuple(_marks(case, on)),
        tracks=tuple(_tracks(case, on, taken)),
        timeline=tuple(reversed(taken)),
        referrals=tuple(_referral_row(case, step, on) for step in reversed(case.taken(Referral))),
        keeping=_keeping(case, on),
        is_held=on_legal_hold(case),
        remarks=hindrances(remarks(case, on)),
        on=on,
        tasks=waiting(case, on),
        suggestion=suggestion(case, on),
    )


def hindrances(unmet: Iterable[Safeguard]) -> tuple[Hindrance, ...]:
    return tuple([_hindrance(guard) for guard in unmet])


@words.said_once
def _hindrance(guard: Safeguard) -> Hindrance:
    return Hindrance(guard.id, guard.label, guard.cited, guard.severity.value, _(guard.otherwise))


def _name(case: Case) -> str:
    person = case.latest(Person)
    if person is None:
        return ""
    parts = [person.first_name, person.last_name]
    return SEALED_MARK if SEALED_MARK in parts else " ".join(part for part in parts if part)


def _summary(case: Case) -> str:
    person = case.latest(Person)
    if person is None:
        return _("Nothing is recorded about the person yet")
    parts = [_gender(person), words.isolate(person.age_band.label) if person.age_band else ""]
    if person.interpreter is YesNo.YES:
        spoken = person.language.label if person.language else _("language not recorded")
        parts.append(_("interpreter: %(language)s") % {"language": spoken})
    return " · ".join(part for part in parts if part) or _("No coded facts yet")


def _gender(person: Person) -> str:
    if person.age_band and person.age_band.is_child and person.gender in _CHILDREN:
        return _(_CHILDREN[person.gender])
    return person.gender.label if person.gender else ""


_CHILDREN = {Gender.WOMAN: N_("Girl"), Gender.MAN: N_("Boy")}


def _marks(case: Case, on: date) -> Iterable[Mark]:
    if case.latest(Person) and is_child(case):
        yield Mark(_("Child"), "warn")
    decision = case.latest(IdentificationDecision)
    if decision:
        yield Mark(decision.status.label, "good")
    if running_period(case, on):
        yield Mark(_("Reflection"), "plain")
    if pathway.no_longer_cleared(case, on):
        yield Mark(_("Return: no longer cleared"), "danger")
    if never := in_force(case, on):
        yield Mark(_("Never tell: %(count)d") % {"count": len(never)}, "danger")
    risk = case.latest(RiskAssessment)
    if risk and risk.level in (RiskLevel.HIGH, RiskLevel.EXTREME):
        yield Mark(_("Risk: %(level)s") % {"level": risk.level.label}, "danger")


def _tracks(case: Case, on: date, taken: Sequence[TakenStep]) -> Iterable[TrackPage]:
    own: dict[Track, list[TakenStep]] = {track: [] for track in Track}
    coming: dict[Track, list[OpenStepRow]] = {track: [] for track in Track}
    for step, told in zip(reversed(case.steps), reversed(taken), strict=True):
        own[step.track].append(told)
    for one in pathway.next_steps(case, on):
        coming[one.kind.track].append(_open_row(one.kind, one.unmet, one.warnings))
    for track in Track:
        yield TrackPage(track.code, track.label, _standing(case, track, on), tuple(own[track]), tuple(coming[track]))


@words.said_once
def _open_row(kind: type[Step], unmet: tuple[Safeguard, ...], warnings: tuple[Safeguard, ...]) -> OpenStepRow:
    return OpenStepRow(kind.kind, kind.label(), hindrances(unmet), hindrances(warnings))


def _standing(case: Case, track: Track, on: date) -> str:
    if track is Track.REFLECTION:
        return _reflection_standing(case, on)
    standing_in_the_way = pathway.no_longer_cleared(case, on) if track is Track.RETURN else ()
    if standing_in_the_way:
        return " ".join([_("The departure is no longer cleared."), *(guard.label for guard in standing_in_the_way)])
    latest = next((step for step in reversed(case.steps) if step.track is track), None)
    if latest is None:
        return _("Nothing recorded yet")
    return _("%(step)s on %(day)s") % {"step": latest.label(), "day": words.isolate(words.day(latest.day))}


def _reflection_standing(case: Case, on: date) -> str:
    period = running_period(case, on)
    if period is None:
        return standing(case, on).label
    last = last_protected_day(case, period, on)
    if last is None:
        return _("Interrupted: the person stays protected, and the days are not lost") if period.ends_on else ""
    left = (last - on).days
    days = ngettext("%(count)d day left", "%(count)d days left", left) % {"count": left}
    until = _("Until %(day)s (%(left)s)") % {"day": words.isolate(words.day(last)), "left": days}
    if period.granted_until or last != period.ends_on:
        return until
    return f"{until}. {mechanism.of(period.mechanism).reflection.standing}"


def _keeping(case: Case, on: date) -> str:
    if holds := holds_in_force(case):
        since = {"day": words.isolate(words.day(holds[-1].day))}
        return _("On legal hold since %(day)s: nothing of it is erased until the hold is lifted.") % since
    until = {"day": words.isolate(words.day(kept_until(case)))}
    if kept_until(case) < on:
        return _("The time for which it is kept ended on %(day)s.") % until
    return _("Kept until %(day)s. The person may ask for its erasure at any time before.") % until


def _referral_row(case: Case, step: Referral, on: date) -> ReferralRow:
    until = step.reply_by or step.day
    stops = stopped_by(case, step, on) is not None
    state = state_of(case, step, on).label
    return ReferralRow(step.id, step.reference or "", step.recipient, step.day, until, state, stops)
