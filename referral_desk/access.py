"""Everything that is kept about one person, for that person (GDPR, art. 15): revisions, readings, recipients.

Colleagues appear by no name. What a free text says of somebody else no program can tell: such answers are marked, and
whoever hands the paper over decides which are withheld (art. 15(4)).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from referral_desk import chronicle, journal
from referral_desk.errors import NotEntitled
from referral_desk.journal import Act
from referral_desk.nrm import answers
from referral_desk.nrm.case import KINDS, Case, Step
from referral_desk.nrm.fields import Question
from referral_desk.nrm.person import Person
from referral_desk.nrm.referral import Referral
from referral_desk.nrm.retention import kept_until
from referral_desk.nrm.terms import Unanswered
from referral_desk.store import Desk, Work
from referral_desk.words import N_, _

Withheld = Collection[tuple[UUID, str]]
"""Step ids and names of questions whose answers speak of somebody else."""

_WITHHELD = N_("Withheld: it speaks of somebody else.")


@dataclass(frozen=True)
class Answered:
    """One answer; `may_name_others` asks somebody to read it before it is handed over."""

    name: str
    label: str
    text: str
    may_name_others: bool


@dataclass(frozen=True)
class Recorded:
    """One revision of a step, or a form half filled (then without revision). `recorded_at` is UTC."""

    id: UUID | None
    label: str
    day: date | None
    recorded_at: datetime
    revision: int
    is_current: bool
    answers: tuple[Answered, ...]


@dataclass(frozen=True)
class Handed:
    """A referral: what another organisation was told."""

    recipient: str
    day: date
    reference: str


@dataclass(frozen=True)
class Access:
    """All that is kept about the person of a case."""

    code: str
    opened_on: date
    recorded: tuple[Recorded, ...]
    drafts: tuple[Recorded, ...]
    handed: tuple[Handed, ...]
    acts: tuple[tuple[datetime, str], ...]
    kept_until: date


def of(desk: Desk, which: UUID | str, *, withheld: Withheld = ()) -> Access:
    """Gather everything and note that it was given. NotEntitled or UnknownCase."""
    if not desk.entitled:
        raise NotEntitled
    with desk.work() as work:
        case = work.case(which)
        work.note(Act.GAVE_ACCESS, "case", case.id)
        return Access(
            code=case.code,
            opened_on=case.opened_on,
            recorded=tuple(_recorded(work, case, withheld)),
            drafts=tuple(_drafts(work, case)),
            handed=tuple(Handed(step.recipient, step.day, step.reference or "") for step in case.taken(Referral)),
            acts=tuple(_acts(work, case)),
            kept_until=kept_until(case),
        )


def _recorded(work: Work, case: Case, withheld: Withheld) -> Iterable[Recorded]:
    for current in case.steps:
        for step in work.revisions(type(current), current.id):
            told = tuple(_answered(step, question, withheld) for question in step.questions if _is_told(step, question))
            yield Recorded(step.id, step.label(), step.day, step.recorded_at, step.revision, step.current, told)


def _is_told(step: Step, question: Question) -> bool:
    return question.name != "day" and (step.answer(question) is not None or question.name in step.unanswered)


def _answered(step: Step, question: Question, withheld: Withheld) -> Answered:
    text = answers.shown(question, step.answer(question))
    if not text and question.name in step.unanswered:
        text = Unanswered.of(step.unanswered[question.name]).label
    if (step.id, question.name) in withheld:
        text = _(_WITHHELD)
    return Answered(question.name, question.label, text, _may_name_others(type(step), question))


def _may_name_others(kind: type[Step], question: Question) -> bool:
    """Any text in one's own words may, but for the person's own names and contacts."""
    is_own = kind is Person and not question.long and question.name != "dependants"
    return not (is_own or question.vocabulary) and question.kind is str


def _drafts(work: Work, case: Case) -> Iterable[Recorded]:
    for kind, case_id, saved_at in work.drafts():
        if case_id == case.id:
            written = work.draft(kind, case_id) or {}
            label = KINDS[kind].label() if kind in KINDS else kind
            yield Recorded(None, label, None, saved_at, 0, is_current=False, answers=tuple(_half(kind, written)))


def _half(kind: str, written: dict[str, Any]) -> Iterable[Answered]:
    step = KINDS.get(kind)
    for name, text in written.items():
        question = step.question(name) if step else None
        told = ", ".join(text) if isinstance(text, list) else str(text)
        yield Answered(name, question.label if question else name, told, may_name_others=True)


def _acts(work: Work, case: Case) -> Iterable[tuple[datetime, str]]:
    """Who did what with the records: when and what; the member stays unnamed."""
    ids = {case.id, *(step.id for step in case.steps)}
    entries = journal.about(work.session, ids)
    yield from ((told.at, told.sentence) for told in chronicle.tell(work, entries, named=False))
