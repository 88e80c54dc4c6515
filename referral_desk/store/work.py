"""A piece of work: reading and changing cases between two commits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID, uuid5

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from referral_desk import journal
from referral_desk.errors import NotEntitled, SecondPersonNeeded, UnknownCase, UnknownStep
from referral_desk.journal import Act
from referral_desk.nrm import pathway
from referral_desk.nrm.all_the_same import takes_two
from referral_desk.nrm.answers import Written
from referral_desk.nrm.case import KINDS, Case, Step, random_code
from referral_desk.nrm.pathway import NO_REASONS, Reasons
from referral_desk.nrm.person import FirstContact
from referral_desk.nrm.record import Record
from referral_desk.store import alike, drafts, due, reading, records, roster
from referral_desk.store.learning import Learning
from referral_desk.store.likeness import Reason
from referral_desk.store.memory import Memory
from referral_desk.store.rows import WaitingRows
from referral_desk.store.tables import About, DueRow
from referral_desk.vault.sealing import Seal

S = TypeVar("S", bound=Step)
R = TypeVar("R", bound=Record)

# Made once: SQLAlchemy takes longer to put a statement together than SQLite to answer it.
_BY_ID = select(Case).where(Case.id == bindparam("which"))
_BY_CODE = select(Case).where(Case.code == bindparam("which"))


class Work:
    """What may be done within one piece of work; made by Desk.work() and gone with it."""

    def __init__(self, session: Session, memory: Memory, seal: Seal | None, member: str, now: datetime) -> None:
        self.session = session
        self.seal = seal
        self.member = member
        self.now = now.astimezone(UTC).replace(tzinfo=None)
        self.today: date = now.date()
        self._recorded = self.now
        self.has_written = False
        self.is_over = False
        self._read_sealed: dict[tuple[str, UUID], None] = {}
        self._codes: set[str] | None = None
        self.learning = Learning(self, memory)

    def case_ids(self, text: str = "") -> list[UUID]:
        """The cases, newest first, whose code (or, for the entitled, name) has every word of `text`."""
        return self.learning.names.find(text) if text.split() else self.learning.every_case()

    def holds(self, case_id: UUID) -> bool:
        """Whether this is a case that leads to no other one."""
        case = self.session.get(Case, case_id)
        return case is not None and case.merged_into is None

    def cases(self, ids: Sequence[UUID], kinds: Iterable[type[Step]] | None = None) -> list[Case]:
        """Cases in the order of `ids`, with the steps of some kinds or of all."""
        found = {case.id: case for case in self.session.scalars(select(Case).where(Case.id.in_(ids)))}
        for case in found.values():
            case.steps.clear()
            case.stands_in(self.learning.around)
        for step in reading.steps(self.session.connection(), ids, KINDS.values() if kinds is None else kinds):
            found[step.case_id].steps.append(self.readable(step))
        for case in found.values():
            case.steps.sort(key=_order)
        return [found[id_] for id_ in ids if id_ in found]

    def case(self, which: UUID | str, *, itself: bool = False) -> Case:
        """One case by id or code, whole; UnknownCase where there is none.

        One that was merged leads to the case it was merged into, unless it is wanted `itself`.
        """
        wanted = (_BY_ID, which) if isinstance(which, UUID) else (_BY_CODE, which.strip().upper())
        case = self.session.scalar(wanted[0], {"which": wanted[1]})
        while case is not None and case.merged_into is not None and not itself:
            case = self.session.get(Case, case.merged_into)
        if case is None:
            raise UnknownCase
        case.steps.clear()
        case.stands_in(self.learning.around)
        case.steps.extend(map(self.readable, reading.whole(self.session.connection(), case.id)))
        case.steps.sort(key=_order)
        return case

    def find_case(self, code: str) -> Case | None:
        """The case with this number, if there is one."""
        try:
            return self.case(code)
        except UnknownCase:
            return None

    def alike(self, case_id: UUID) -> list[tuple[UUID, tuple[Reason, ...]]]:
        """The cases that may be of the same person as this one, with why; nothing without the seal."""
        return alike.found(self, case_id)

    def revisions(self, kind: type[S], step_id: UUID) -> list[S]:
        """Every revision of a step, the first one first; UnknownStep where there is none."""
        rows = self.session.scalars(select(kind).where(kind.id == step_id).order_by(kind.revision))
        found = [self.readable(step) for step in rows]
        if not found:
            raise UnknownStep
        return found

    def withdrawn(self, case_id: UUID) -> list[Step]:
        """The steps of a case that were taken back: of each the latest revision."""
        return [self.readable(step) for step in records.withdrawn(self.session, case_id)]

    def about(self) -> About:
        """What the desk says of itself."""
        return self.session.get_one(About, 1)

    def open_case(self, first: FirstContact) -> Case:
        """A new case, opened by its first contact."""
        case = pathway.open_case(on=self.today, first=first)
        case.stands_in(self.learning.around)
        self.session.add(case)
        self.session.flush()
        self.note(Act.OPENED_CASE, "case", case.id)
        self.put(first)
        self.reckon(case)
        self.learning.opened(case)
        return case

    def take(self, case: Case, step: Step, *, because: Reasons = NO_REASONS, by_two: bool = False) -> Step:
        """Take a step today; raises what pathway.take raises, and then nothing is kept.

        SecondPersonNeeded where it takes two; `by_two` says that a second person agreed (see `second_person`).
        """
        self._check_alone(by_two or not takes_two(step))
        pathway.take(case, step, on=self.today, because=because)
        self.put(step)
        self.note(Act.TOOK, step.kind, step.id)
        self._note_warnings(step)
        self.reckon(case)
        self.learning.learn(case, step)
        return step

    def correct(
        self,
        case: Case,
        former: Step,
        written: Mapping[str, Written],
        *,
        why: str,
        because: Reasons = NO_REASONS,
        by_two: bool = False,
    ) -> Step:
        """A new revision of a step; the former one stays readable. SecondPersonNeeded as in `take`."""
        revised = pathway.correct(case, former, written, why=why, on=self.today, because=because)
        self._check_alone(by_two or not takes_two(revised, former))
        self.put(revised)
        self.note(Act.CORRECTED, revised.kind, revised.id)
        self._note_warnings(revised)
        self.reckon(case)
        self.learning.learn(case, revised)
        return revised

    def reckon(self, case: Case) -> None:
        """Find out anew what is due in a case whose steps have changed; `case` must be whole."""
        due.reckon(self.session, case)

    def bring_in(self, cases: Iterable[Case]) -> int:
        """Add many whole cases at once; returns how many. One entry of the journal stands for all."""
        waiting = WaitingRows(self.session.connection())
        for case in cases:
            case.code = self._free_code(case.code)
            waiting.add(case)
            for step in case.steps:
                waiting.add(self._signed(step))
            waiting.put(DueRow, due.rows(case))
            waiting.write_if_many()
        return self._brought_in(waiting)

    def bring_in_alike(self, alike: Iterable[tuple[Case, Sequence[UUID]]]) -> int:
        """Add each case once for every id, alike in all but ids and code. What is sealed belongs to one id."""
        waiting = WaitingRows(self.session.connection())
        for case, ids in alike:
            waiting.add(case, each=[{"id": id_, "code": self._free_code(case.code)} for id_ in ids])
            for place, step in enumerate(case.steps):
                each = [{"id": uuid5(id_, f"{place} {step.kind}"), "case_id": id_} for id_ in ids]
                waiting.add(self._signed(step), each=each)
            waiting.write_if_many()
        return self._brought_in(waiting)

    def describe(self, *, organisation: str, contact: str) -> None:
        """What every letter says of the sender; never the address of a shelter."""
        about = self.about()
        about.organisation, about.contact = organisation, contact
        self.note(Act.DESCRIBED)

    def keep_draft(self, kind: str, case_id: UUID | None, written: dict[str, Any]) -> None:
        """Keep a half-filled form, sealed; `case_id` is None for a case not opened yet.

        UnknownCase where the case is gone by now: nothing of somebody who was erased comes back as a draft.
        """
        if case_id is not None and self.session.get(Case, case_id) is None:
            raise UnknownCase
        self.has_written = True
        drafts.keep(self.session, self._seal_in_force(), kind, case_id, written, self.now)

    def draft(self, kind: str, case_id: UUID | None) -> dict[str, Any] | None:
        """The half-filled form, if one was kept."""
        return None if self.seal is None else drafts.find(self.session, self.seal, kind, case_id)

    def drafts(self) -> list[tuple[str, UUID | None, datetime]]:
        """Kind, case and time (UTC) of every draft, newest first."""
        return drafts.every(self.session)

    def drop_draft(self, kind: str, case_id: UUID | None) -> None:
        self.has_written |= drafts.drop(self.session, kind, case_id)

    def put(self, record: Record) -> None:
        """Add a record as it is, sealed and signed, in the place of its former revision.

        Who calls this has judged it and notes it.
        """
        if record.revision > 1:
            kind = type(record)
            self.session.execute(update(kind).where(kind.id == record.id, kind.current).values(current=False))
        self.session.add(self._signed(record))
        self.session.flush()

    def readable(self, record: R) -> R:
        """The record itself, its sealed answers to be read on request where the seal is in force."""
        if self.seal is not None:
            record.open_by(lambda: self._unsealed(record))
        return record

    def note(self, act: Act, record: str = "", id_: UUID | None = None) -> None:
        """Write into the journal; what it says is kept with the work, or not at all."""
        self.has_written = True
        journal.note(self.session, act, at=self.now, by=self.member, record=record, id=id_)

    def last(self, act: Act) -> datetime | None:
        """When (UTC) this was last done at the desk."""
        return journal.last(self.session, act)

    def finish(self) -> None:
        """Note whose sealed answers were read, whether or not the work is kept; called before the commit."""
        for about, id_ in self._read_sealed:
            self.note(Act.READ_SEALED if about == "case" else Act.READ_LISTED, about, id_)

    def kept(self) -> None:
        """Let new cases and names be found; called after the commit, so that a failed work leaves no trace."""
        self.learning.keep()

    def _check_alone(self, may: bool) -> None:  # noqa: FBT001 - one thing is asked
        """Who is the only member of a desk has nobody to ask."""
        if not may and roster.others(self.session, self.member):
            raise SecondPersonNeeded

    def _note_warnings(self, step: Step) -> None:
        """Which rules were answered with a reason; the reason itself is sealed with the step."""
        for rule in pathway.reasons_of(step):
            self.note(Act.ANSWERED_WARNING, f"{step.kind}.{rule}", step.id)

    def _brought_in(self, waiting: WaitingRows) -> int:
        waiting.write()
        self.learning.forget_who_is_who()
        if waiting.cases:
            self.note(Act.BROUGHT_IN, f"{waiting.cases} cases")
        return waiting.cases

    def _free_code(self, code: str) -> str:
        """The code, or another one if a case has it: of 50 000 codes two are alike once in thirty times."""
        if self._codes is None:
            self._codes = set(self.session.scalars(select(Case.code)))
        while code in self._codes:
            code = random_code()
        self._codes.add(code)
        return code

    def _signed(self, record: R) -> R:
        """Say when and by whom it was recorded, and seal what is to be sealed."""
        self._recorded += timedelta(microseconds=1)
        record.recorded_by = self.member
        if record.revision == 1:
            record.recorded_at = self._recorded
        else:
            record.corrected_at = self._recorded
        text = record.sealed_text()
        if text is not None:
            seal = self._seal_in_force()
            record.sealed = seal.seal(text, kind=record.kind, record_id=record.id, revision=record.revision)
        return record

    def _seal_in_force(self) -> Seal:
        if self.seal is None:
            raise NotEntitled
        return self.seal

    def _unsealed(self, record: Record) -> bytes | None:
        if record.sealed is None:
            return None
        if self.is_over:
            raise RuntimeError("Sealed answers are read within the work.")
        self._read_sealed[_about(record)] = None
        seal = self._seal_in_force()
        return seal.unseal(record.sealed, kind=record.kind, record_id=record.id, revision=record.revision)


def _order(step: Step) -> tuple[date, datetime]:
    return step.day, step.recorded_at


def _about(record: Record) -> tuple[str, UUID]:
    """Whose sealed answers were read: of a case as a whole, or of one entry of the directory."""
    return ("case", record.case_id) if isinstance(record, Step) else (record.kind, record.id)
