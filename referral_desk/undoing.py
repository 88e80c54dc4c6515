"""Taking the last act back, while nothing has been built on it; and what changed from one revision to the next.

Nothing is lost by it: what was taken back stays as a revision that is no longer current, and the journal says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from referral_desk import journal
from referral_desk.errors import NothingToUndo, WordStands
from referral_desk.journal import Act
from referral_desk.nrm import answers, pathway
from referral_desk.nrm.case import KINDS, Case, Step
from referral_desk.nrm.consent import Consent, comes_back
from referral_desk.nrm.fields import SEALED_MARK, Question, Reach
from referral_desk.nrm.keeping import LinkedCase
from referral_desk.nrm.person import FirstContact
from referral_desk.nrm.terms import Unanswered
from referral_desk.store import Work, alike, records, roster
from referral_desk.store.acts import Done
from referral_desk.words import N_, _

_WHY = N_("Undone: it was recorded by mistake.")

_BUILDS_ON_NOTHING = frozenset({Act.READ_SEALED.name, Act.LISTED_NAMES.name, Act.UNDID.name})
"""What may be done to a case after a step without hindering that the step is taken back."""


LOOKED_BACK = 2000
"""Entries of the journal; what lies further back is not taken back but corrected."""


@dataclass(frozen=True)
class Undoable:
    """The last act of this session, in words; `code` is that of its case."""

    done: Done
    label: str
    code: str
    is_correction: bool

    @property
    def sentence(self) -> str:
        told = {"step": self.label, "case": self.code}
        return (
            _("Corrected: %(step)s (%(case)s)") % told if self.is_correction else _("Saved: %(step)s (%(case)s)") % told
        )


@dataclass(frozen=True)
class Changed:
    """One answer before and after; sealed ones read as SEALED_MARK where the seal is not in force."""

    label: str
    before: str
    after: str
    is_sealed: bool


@dataclass(frozen=True)
class Revised:
    """A revision and what it changed; of the first one nothing is listed. `at` is UTC."""

    number: int
    at: datetime
    by: str
    why: str
    changes: tuple[Changed, ...]
    is_current: bool


def last(work: Work, done: Done | None) -> Undoable | None:
    """What was done last, to be offered for taking back; None where there is nothing of the kind."""
    if done is None or _opened_its_case(done) or records.code_of(work.session, "case", done.case_id) is None:
        return None
    case = work.case(done.case_id)
    return (
        None
        if _step(case, done) is None
        else Undoable(done, KINDS[done.kind].label(), case.code, is_correction=done.revision > 1)
    )


def undo(work: Work, done: Done | None) -> UUID:
    """Take an act back; returns its case. NothingToUndo, WordStands or NotEntitled, and then nothing is changed."""
    if last(work, done) is None or done is None:
        raise NothingToUndo
    case = work.case(done.case_id)
    step = _step(case, done)
    if step is None or not _is_last(work, case, done):
        raise NothingToUndo
    former = work.revisions(type(step), step.id)[-2] if done.revision > 1 else None
    _check_word(case, step, former)
    work.put(pathway.undone(case, step, former, why=_(_WHY)))
    work.note(Act.UNDID, step.kind, step.id)
    if isinstance(step, LinkedCase):
        alike.take_back_there(work, case, step, why=_(_WHY))
    work.learning.unlearn(done)
    work.reckon(work.case(case.id))
    return case.id


def _check_word(case: Case, step: Step, former: Step | None) -> None:
    if isinstance(step, Consent) and comes_back(case, step, former if isinstance(former, Consent) else None):
        raise WordStands


def last_in(work: Work, case: Case) -> Done | None:
    """The last thing that was recorded in a case, if this member did it today: for those who work without windows."""
    steps = [step for step in case.steps if step.recorded_by == work.member]
    latest = max(steps, key=_when, default=None)
    if latest is None or _when(latest).date() != work.now.date():
        return None
    return Done(case.id, latest.kind, latest.id, latest.revision)


def history(work: Work, kind: type[Step], step_id: UUID) -> tuple[Revised, ...]:
    """Every revision of a step with what it changed, the first one first; UnknownStep."""
    revisions = work.revisions(kind, step_id)
    names = roster.names(work.session)
    pairs = zip([None, *revisions], revisions, strict=False)
    return tuple(_revised(former, step, names.get(step.recorded_by, "")) for former, step in pairs)


def changes(former: Step, later: Step) -> tuple[Changed, ...]:
    """The answers that differ between two revisions, in the order of the questions."""
    return tuple(
        Changed(q.label, _shown(former, q), _shown(later, q), q.reach is Reach.SEALED)
        for q in later.questions
        if q.name != "why_corrected" and _differs(former, later, q)
    )


def _revised(former: Step | None, step: Step, by: str) -> Revised:
    told = changes(former, step) if former else ()
    why = str(step.answer(_why(step)) or "") if former else ""
    return Revised(step.revision, step.corrected_at or step.recorded_at, by, why, told, step.current)


def _why(step: Step) -> Question:
    return next(question for question in step.questions if question.name == "why_corrected")


def _differs(former: Step, later: Step, question: Question) -> bool:
    name = question.name
    answered = former.answer(question) != later.answer(question)
    return answered or former.unanswered.get(name) != later.unanswered.get(name)


def _shown(step: Step, question: Question) -> str:
    answer = step.answer(question)
    text = SEALED_MARK if answer == SEALED_MARK else answers.shown(question, answer)
    return text or Unanswered.of(step.unanswered.get(question.name, Unanswered.NOT_ASKED.code)).label


def _opened_its_case(done: Done) -> bool:
    """A case without a first contact is none; one that was opened in error is closed for that reason."""
    return KINDS[done.kind] is FirstContact and done.revision == 1


def _is_last(work: Work, case: Case, done: Done) -> bool:
    """Whether nothing was recorded or printed in the case since; reading it builds nothing."""
    ids = {str(case.id), *(str(step.id) for step in case.steps)}
    for entry in journal.newest(work.session, LOOKED_BACK):
        id_ = entry.record[journal.RECORD_ID :]
        if id_ == str(done.step_id):
            return entry.act in _RECORDING
        if id_ in ids and entry.act not in _BUILDS_ON_NOTHING:
            return False
    return False


_RECORDING = frozenset({Act.TOOK.name, Act.CORRECTED.name})


def _step(case: Case, done: Done) -> Step | None:
    return next((s for s in case.steps if s.id == done.step_id and s.revision == done.revision), None)


def _when(step: Step) -> datetime:
    return step.corrected_at or step.recorded_at
