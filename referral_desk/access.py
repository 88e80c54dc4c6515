"""Everything that is kept about one person, for that person (GDPR, art. 15): revisions, readings, recipients.

Colleagues appear by no name. What a free text says of somebody else no program can tell: such answers are marked,
somebody reads each of them and lets it out or holds it back (art. 15(4)), and the journal notes which.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from referral_desk import chronicle, disclosures, journal
from referral_desk.errors import DeskError, NotEntitled
from referral_desk.journal import Act
from referral_desk.nrm import answers
from referral_desk.nrm.case import KINDS, Case, Step, is_code
from referral_desk.nrm.fields import Question
from referral_desk.nrm.person import Person
from referral_desk.nrm.referral import Referral
from referral_desk.nrm.retention import kept_until
from referral_desk.nrm.terms import Unanswered
from referral_desk.store import Desk, Work
from referral_desk.words import N_, _

Withheld = Collection[tuple[UUID | str, str]]
"""Ids of steps (or kinds of half-filled forms) and names of questions whose answers speak of somebody else."""

Decided = Mapping[str, bool]
"""By the place of an answer, whether the person may have it."""

DECISIONS = "access"
"""The draft that keeps what was decided so far: a lock must not cost the reading of forty answers."""

_WITHHELD = N_("Withheld: it speaks of somebody else.")


@dataclass(frozen=True)
class Answered:
    """One answer; `may_name_others` asks somebody to read it before it is handed over.

    `place` tells it from every other answer, in every revision; `record` is how the journal calls it.
    """

    place: str
    record: str
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

    @property
    def marked(self) -> tuple[Answered, ...]:
        return tuple(answer for answer in self.answers if answer.may_name_others)


@dataclass(frozen=True)
class Handed:
    """What another organisation was told: by a referral, or a row of the ledger with what and on what it rested."""

    recipient: str
    day: date
    reference: str
    what: tuple[str, ...] = ()
    copy_number: int = 0


@dataclass(frozen=True)
class Access:
    """All that is kept about the person of a case, by an organisation that says of itself what stands here."""

    case_id: UUID
    code: str
    organisation: str
    contact: str
    today: date
    opened_on: date
    recorded: tuple[Recorded, ...]
    drafts: tuple[Recorded, ...]
    handed: tuple[Handed, ...]
    acts: tuple[tuple[datetime, str], ...]
    kept_until: date

    @property
    def marked(self) -> tuple[Answered, ...]:
        """Every answer that somebody has to read first."""
        return tuple(answer for one in (*self.recorded, *self.drafts) for answer in one.marked)


def of(desk: Desk, which: UUID | str, *, withheld: Withheld = ()) -> Access:
    """Gather everything and note that it was given. NotEntitled or UnknownCase."""
    _check_entitled(desk)
    with desk.work() as work:
        case = work.case(which)
        work.note(Act.GAVE_ACCESS, "case", case.id)
        return _without(_gathered(work, case), withheld)


def look(desk: Desk, which: UUID | str) -> tuple[Access, dict[str, bool]]:
    """Gather everything for somebody who reads it first, with what was decided so far. NotEntitled or UnknownCase."""
    _check_entitled(desk)
    with desk.work() as work:
        case = work.case(which)
        return _gathered(work, case), _decided(work, case.id)


def decide(desk: Desk, case_id: UUID, answer: Answered, *, may_have: bool) -> None:
    """Say whether the person may have an answer in somebody's own words; the journal notes it. NotEntitled."""
    _check_entitled(desk)
    with desk.work() as work:
        work.keep_draft(DECISIONS, case_id, _decided(work, case_id) | {answer.place: may_have})
        kind, _space, id_ = answer.record.rpartition(" ")
        work.note(Act.LET_OUT if may_have else Act.HELD_BACK, kind, UUID(id_))


def give(desk: Desk, looked: Access) -> bool:
    """Note that everything was given, unless it is no longer as it was looked at; whether it is.

    NotEntitled or UnknownCase.
    """
    _check_entitled(desk)
    with desk.work() as work:
        case = work.case(looked.case_id)
        if replace(_gathered(work, case), acts=looked.acts) != looked:
            return False
        work.note(Act.GAVE_ACCESS, "case", case.id)
        work.drop_draft(DECISIONS, case.id)
        return True


def as_given(looked: Access, decided: Decided) -> Access:
    """What the person gets: of the marked answers only those that were read and let out."""
    return _each_answer(looked, lambda _one, answer: answer.may_name_others and not decided.get(answer.place, False))


def _check_entitled(desk: Desk) -> None:
    if not desk.entitled:
        raise NotEntitled


def _gathered(work: Work, case: Case) -> Access:
    about = work.about()
    return Access(
        case_id=case.id,
        code=case.code,
        organisation=about.organisation,
        contact=about.contact,
        today=work.today,
        opened_on=case.opened_on,
        recorded=tuple(_recorded(work, case)),
        drafts=tuple(_drafts(work, case)),
        handed=tuple(_handed(work, case)),
        acts=tuple(_acts(work, case)),
        kept_until=kept_until(case),
    )


def _without(looked: Access, withheld: Withheld) -> Access:
    return _each_answer(looked, lambda one, answer: (one.id or answer.record.split(".")[1], answer.name) in withheld)


def _each_answer(looked: Access, is_held_back: Any) -> Access:
    """The same with the text of some answers replaced: what is not there cannot be printed."""

    def told(one: Recorded) -> Recorded:
        given = (replace(answer, text=_(_WITHHELD)) if is_held_back(one, answer) else answer for answer in one.answers)
        return replace(one, answers=tuple(given))

    return replace(looked, recorded=tuple(map(told, looked.recorded)), drafts=tuple(map(told, looked.drafts)))


def _decided(work: Work, case_id: UUID) -> dict[str, bool]:
    return work.draft(DECISIONS, case_id) or {}


def _recorded(work: Work, case: Case) -> Iterable[Recorded]:
    for current in (*case.steps, *work.withdrawn(case.id)):
        for step in work.revisions(type(current), current.id):
            told = tuple(_answered(step, question) for question in step.questions if _is_told(step, question))
            yield Recorded(step.id, step.label(), step.day, step.recorded_at, step.revision, step.current, told)


def _is_told(step: Step, question: Question) -> bool:
    return question.name != "day" and (step.answer(question) is not None or question.name in step.unanswered)


def _answered(step: Step, question: Question) -> Answered:
    text = answers.shown(question, step.answer(question))
    if not text and question.name in step.unanswered:
        text = Unanswered.of(step.unanswered[question.name]).label
    return Answered(
        place=f"{step.id}/{step.revision}/{question.name}",
        record=f"{step.kind}.{question.name} {step.id}",
        name=question.name,
        label=question.label,
        text=text,
        may_name_others=step.answer(question) is not None
        and _may_name_others(type(step), question)
        and not is_code(text),
    )


def _may_name_others(kind: type[Step], question: Question) -> bool:
    """Any text in one's own words may, but for the person's own names and number."""
    is_own = kind is Person and question.name in _OWN
    return not (is_own or question.vocabulary) and question.kind is str


_OWN = frozenset({"first_name", "last_name", "other_names", "place_of_birth", "phone"})


def _drafts(work: Work, case: Case) -> Iterable[Recorded]:
    """Half-filled forms; of a correction the key has the id of its step behind the kind."""
    for key, case_id, saved_at in work.drafts():
        kind = KINDS.get(key.partition(":")[0])
        if kind and case_id == case.id:
            written = work.draft(key, case_id) or {}
            half = tuple(
                _half(kind, case, f"{key}/{saved_at.isoformat()}", name, text) for name, text in written.items()
            )
            yield Recorded(None, kind.label(), None, saved_at, 0, is_current=False, answers=half)


def _half(kind: type[Step], case: Case, where: str, name: str, written: Any) -> Answered:
    question = kind.question("why_corrected" if name == "why" else name)
    return Answered(
        place=f"{where}/{name}",
        record=f"case.{kind.kind}.{name} {case.id}",
        name=name,
        label=question.label if question else name,
        text=_read(question, written),
        may_name_others=question is None or _may_name_others(kind, question),
    )


def _read(question: Question | None, written: Any) -> str:
    """What was typed, in words where it can be read already."""
    if isinstance(written, str) and written.startswith("?"):
        with suppress(DeskError):
            return Unanswered.of(written.removeprefix("?")).label
    if question:
        with suppress(DeskError):
            return answers.shown(question, answers.read(question, written))
    return ", ".join(written) if isinstance(written, list) else str(written)


def _handed(work: Work, case: Case) -> Iterable[Handed]:
    """Everybody who was told, on paper or by word of mouth, before a referral was corrected, too."""
    told = [one for one in disclosures.of(work, case.id) if one.recipient]
    for one in told:
        yield Handed(one.recipient, one.day, one.reference, one.what, one.copy_number)
    listed = {one.reference for one in told}
    for referral in case.taken(Referral):
        for step in work.revisions(Referral, referral.id):
            if (step.current or step.recipient != referral.recipient) and step.reference not in listed:
                yield Handed(step.recipient, step.day, step.reference or "")


def _acts(work: Work, case: Case) -> Iterable[tuple[datetime, str]]:
    """Who did what with the records: when and what; the member stays unnamed."""
    ids = {case.id, *(step.id for step in (*case.steps, *work.withdrawn(case.id)))}
    entries = journal.about(work.session, ids)
    yield from ((told.at, told.sentence) for told in chronicle.tell(work, entries, named=False))
