"""Two cases that may be of one person: told with the reason, kept apart or merged; and cases that belong together.

A merge moves steps and loses nothing: it can be taken apart again, and until then the other number leads here.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from referral_desk import pages, words
from referral_desk.errors import CannotMerge, NotEntitled
from referral_desk.journal import Act
from referral_desk.nrm import pathway
from referral_desk.nrm.case import KINDS, Case, Step
from referral_desk.nrm.fields import SEALED_MARK
from referral_desk.nrm.keeping import Link, LinkedCase, LinkStatus
from referral_desk.nrm.person import Person
from referral_desk.step_lines import Line, taken_step
from referral_desk.store import Work, records
from referral_desk.store.likeness import Reason
from referral_desk.store.tables import Merged
from referral_desk.words import N_, _

Records = list[tuple[str, UUID]]
"""Kinds and ids; `disclosure` is what left on paper."""
_LETTER = "disclosure"

_WHY_MERGED = N_("Merged: the same person has the case %(case)s.")
_WHY_APART = N_("Taken apart: they are two persons.")


@dataclass(frozen=True)
class Candidate:
    """Another case that may be of the same person, and why."""

    row: pages.CaseRow
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class LinkedRow:
    """A case that belongs to this one; `may_know` is None where nothing was said of it."""

    row: pages.CaseRow
    link: str
    may_know: bool | None


@dataclass(frozen=True)
class MergedRow:
    """A case that was merged into this one, with what both said of the person, to be looked at."""

    id: UUID
    code: str
    at: datetime


@dataclass(frozen=True)
class Side:
    """One of two cases that are compared: its row, and what is recorded of the person."""

    row: pages.CaseRow
    lines: tuple[Line, ...]


def candidates(work: Work, which: UUID | Case) -> tuple[Candidate, ...]:
    """The cases that may be of the same person, but for those of whom somebody said that they are not."""
    case = which if isinstance(which, Case) else work.case(which)
    apart = {step.case_code for step in case.taken(LinkedCase) if step.link is Link.NOT_SAME and _is_linked(step)}
    joined = {step.case_code for step in case.taken(LinkedCase) if step.link is not Link.NOT_SAME}
    found = dict(work.alike(case.id))
    others = [one for one in work.cases(list(found), kinds=pages.ROW_KINDS) if one.code not in apart | joined]
    return tuple(Candidate(pages.case_row(one, work.today), _labels(found[one.id])) for one in others)


def linked(work: Work, which: UUID | Case) -> tuple[LinkedRow, ...]:
    """The cases that belong to this one; needs the seal, because who belongs together is identity."""
    case = which if isinstance(which, Case) else work.case(which)
    told = {step.case_code: step for step in case.taken(LinkedCase) if step.case_code != SEALED_MARK}
    rows = []
    for code, step in told.items():
        other = work.find_case(code)
        if other is not None and _is_linked(step) and step.link is not Link.NOT_SAME:
            may = None if step.may_know is None else step.may_know.code == "YES"
            rows.append(LinkedRow(pages.case_row(other, work.today), step.link.label, may))
    return tuple(rows)


def compare(work: Work, one: UUID, other: UUID) -> tuple[Side, Side]:
    """What is recorded of the person in two cases, side by side."""
    first, second = (_side(work.case(case_id), work) for case_id in (one, other))
    return first, second


def keep_apart(work: Work, case_id: UUID, other_id: UUID) -> UUID:
    """Somebody looked and knows that they are two persons: neither case shows the other as its like any more."""
    case, other = work.case(case_id), work.case(other_id)
    link(work, case, other.code, Link.NOT_SAME)
    return case.id


def link(work: Work, case: Case, code: str, kind: Link) -> Step:
    """Say that two cases belong together; the other one says so, too. UnknownCase."""
    told = {"day": work.today.isoformat(), "case_code": code, "link": kind.code, "status": LinkStatus.LINKED.code}
    return work.take(case, pathway.step_from(LinkedCase, told))


def merge(work: Work, *, away: UUID | str, into: UUID | str) -> UUID:
    """Put everything of one case into another; returns the one that stays. CannotMerge or NotEntitled.

    What a case has only once stays where it is, taken back, unless the other one lacks it.
    """
    gone, stays = work.case(away, itself=True), work.case(into)
    if work.seal is None:
        raise NotEntitled
    if gone.id == stays.id or gone.merged_into is not None:
        raise CannotMerge
    moving = [step for step in gone.steps if not (step.once and stays.latest(type(step)))]
    staying = [step for step in gone.steps if step not in moving]
    for step in staying:
        work.put(pathway.undone(gone, step, None, why=_(_WHY_MERGED) % {"case": stays.code}))
    letters = records.disclosures_of(work.session, gone.id)
    _move(work, moving, stays.id)
    records.move_disclosures(work.session, letters, stays.id)
    moved = [*((step.kind, step.id) for step in moving), *((_LETTER, id_) for id_ in letters)]
    _remember(work, gone, stays, moved, [(step.kind, step.id) for step in staying])
    work.note(Act.MERGED, f"case.{gone.code}", stays.id)
    _reckon(work, gone.id, stays.id)
    work.learning.forget_who_is_who()
    return stays.id


def take_apart(work: Work, away: UUID | str) -> UUID:
    """Undo a merge: what came from the case goes back; what was recorded since stays where it is.

    Returns the case that it was merged into. CannotMerge where it is not merged, or that one was merged on.
    """
    gone = work.case(away, itself=True)
    row = work.session.get(Merged, gone.id)
    stays = work.case(row.into_id, itself=True) if row else None
    if row is None or stays is None or stays.merged_into is not None or work.seal is None:
        raise CannotMerge
    came = {UUID(id_) for _kind, id_ in json.loads(row.moved)}
    letters = [UUID(id_) for kind, id_ in json.loads(row.moved) if kind == _LETTER]
    records.move_disclosures(work.session, letters, gone.id)
    _move(work, [step for step in stays.steps if step.id in came], gone.id)
    for kind, id_ in json.loads(row.stayed):
        former = work.revisions(KINDS[kind], UUID(id_))
        work.put(pathway.again(former[-1], former[-2], why=_(_WHY_APART)))
    gone.merged_into = None
    work.session.delete(row)
    work.note(Act.TOOK_APART, f"case.{gone.code}", stays.id)
    _reckon(work, gone.id, stays.id)
    work.learning.forget_who_is_who()
    return stays.id


def merged(work: Work, case_id: UUID) -> tuple[MergedRow, ...]:
    """The cases that were merged into this one."""
    return tuple(MergedRow(*row) for row in records.merged_into(work.session, case_id))


def _move(work: Work, steps: Iterable[Step], to: UUID) -> None:
    """All revisions of the steps; what is sealed belongs to a step and not to its case."""
    for step in steps:
        for revision in work.revisions(type(step), step.id):
            revision.case_id = to
    work.session.flush()


def _reckon(work: Work, *ids: UUID) -> None:
    """What is due in cases between which steps have moved; nothing is due in one that leads to another."""
    for id_ in ids:
        work.reckon(work.case(id_, itself=True))


def _remember(work: Work, gone: Case, stays: Case, moved: Records, stayed: Records) -> None:
    def listed(told: Records) -> str:
        return json.dumps([[kind, str(id_)] for kind, id_ in told])

    gone.merged_into = stays.id
    row = Merged(case_id=gone.id, into_id=stays.id, at=work.now, moved=listed(moved), stayed=listed(stayed))
    work.session.add(row)
    work.session.flush()


def _side(case: Case, work: Work) -> Side:
    person = case.latest(Person)
    lines = taken_step(person).lines if person else ()
    return Side(pages.case_row(case, work.today), lines)


def _labels(reasons: tuple[Reason, ...]) -> tuple[str, ...]:
    return tuple(reason.label for reason in reasons)


def _is_linked(step: LinkedCase) -> bool:
    return step.status is LinkStatus.LINKED


def merged_sentence(one: MergedRow) -> str:
    """That a case was merged into the one in sight, and when."""
    told = {"case": words.isolate(one.code), "at": words.isolate(words.moment(one.at))}
    return _("%(case)s was merged into this case (%(at)s).") % told
