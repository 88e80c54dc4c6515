"""What the pages send through the door: plain functions of a piece of work, run in its thread.

They bring back frozen data in the language spoken, never records.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from referral_desk import directory, pages, staff, today, undoing, words
from referral_desk.errors import FormAtFault
from referral_desk.expectation import Expectation, expectation, outdated
from referral_desk.nrm import answers, pathway, retention
from referral_desk.nrm.answers import Written
from referral_desk.nrm.case import Step
from referral_desk.nrm.fields import COLLEAGUES, ORGANISATIONS
from referral_desk.nrm.pathway import NO_REASONS, Reasons
from referral_desk.nrm.person import FirstContact, Person
from referral_desk.nrm.record import BESIDE
from referral_desk.nrm.referral import Referral
from referral_desk.nrm.referral_news import ReferralAnswer, stopped_by
from referral_desk.step_lines import TakenStep, taken_step
from referral_desk.today import DueLine, TodayPage

Form = dict[str, Written]

ANSWERED_BY_CORRECTION = frozenset({"recipient_told", "breach", "breach_person", "missing", "hearing"})
"""Due things whose answer is another answer of the step from which they are counted."""

WHERE = "open"
"""The draft that is no form: where somebody was when the desk locked."""


@dataclass(frozen=True)
class Place:
    """Which form: of what kind, in which case (None for a new one), correcting which step (None for a new one).

    `about` is an earlier step that it answers, such as a referral; it is suggested, no more.
    """

    kind: str
    case_id: UUID | None
    step_id: UUID | None = None
    about: UUID | None = None

    @property
    def key(self) -> str:
        """The kind under which its draft is kept: each correction has a draft of its own."""
        return f"{self.kind}:{self.step_id}" if self.step_id else self.kind


@dataclass(frozen=True)
class Beginning:
    """What a form starts from: the draft kept, or the step to be corrected, or what goes without asking.

    `earlier` holds, by question, the steps that may be pointed at: id and text, the latest first.
    `speaks` is the language of the person by its ISO 639-2 code, empty where it is not known.
    """

    case_code: str
    given: Form
    is_draft: bool
    offers: dict[str, tuple[str, ...]] = field(default_factory=dict)
    earlier: Mapping[str, list[tuple[str, str]]] = field(default_factory=dict)
    speaks: str = ""


@dataclass(frozen=True)
class StepHistory:
    """The revisions of one step, and what the former ones said, oldest first."""

    label: str
    revisions: tuple[undoing.Revised, ...]
    former: list[TakenStep]


@dataclass(frozen=True)
class Unfinished:
    """A form that was left before it was saved."""

    place: Place
    label: str
    case_code: str


@dataclass(frozen=True)
class Day:
    """What is due in all cases, and what waits to be finished."""

    page: TodayPage
    drafts: list[Unfinished]
    outdated: str = ""
    """That the content of the country is past its best-before date; empty where it is not."""


@dataclass(frozen=True)
class CaseShown:
    """A case, what is due in it, and what is expected and owed now."""

    page: pages.CasePage
    due: tuple[DueLine, ...]
    expectation: Expectation


def case_ids(work: Any, text: str) -> tuple[list[UUID], int]:
    """The cases that a search finds, and how many there are at all."""
    found = work.case_ids(text)
    return found, len(work.case_ids()) if text.split() else len(found)


def case_rows(work: Any, ids: Sequence[UUID]) -> list[pages.CaseRow]:
    return [pages.case_row(case, work.today) for case in work.cases(ids, kinds=pages.ROW_KINDS)]


def case_shown(work: Any, case_id: UUID) -> CaseShown:
    case = work.case(case_id)
    due = today.of_case(work, case_id)
    return CaseShown(pages.case_page(case, work.today), due, expectation(case, work.today, due))


def place_of(line: DueLine) -> Place | None:
    """The form that answers what is due: of a step that a case has but once, the correction; None where none does."""
    if not line.kind:
        return None
    is_there = line.step_id is not None and (pathway.kind_of(line.kind).once or line.key in ANSWERED_BY_CORRECTION)
    return Place(line.kind, line.case_id, line.step_id if is_there else None, about=line.step_id)


def day_at_desk(work: Any, most: int) -> Day:
    """What stands on the page of today; `most` lines of each group."""
    return Day(today.today(work, most=most), unfinished(work), outdated(work.today))


def step_history(work: Any, kind: str, step_id: UUID) -> StepHistory:
    """What changed from one revision of a step to the next, and what it said before."""
    step = pathway.kind_of(kind)
    former = [taken_step(one) for one in work.revisions(step, step_id)[:-1]]
    return StepHistory(step.label(), undoing.history(work, step, step_id), former)


def taken_back(work: Any, case_id: UUID) -> list[StepHistory]:
    """The steps of a case that were taken back."""
    return [step_history(work, step.kind, step.id) for step in work.withdrawn(case_id)]


def unfinished(work: Any) -> list[Unfinished]:
    """Every form that waits to be finished, the latest first."""
    waiting = [_place(kind, case_id) for kind, case_id, _at in work.drafts()]
    return [_unfinished(work, place) for place in waiting if place.kind in pathway.KINDS]


def begin_form(work: Any, place: Place) -> Beginning:
    case = work.case(place.case_id) if place.case_id else None
    draft = work.draft(place.key, place.case_id)
    former = written_step(_step(case, place.step_id)) if case and place.step_id else None
    given = draft or former or _suggested(work, case, place)
    offers = {ORGANISATIONS: directory.names(work), COLLEAGUES: staff.at_work(work)}
    about = case.code if case else ""
    earlier = _earlier(case, place.kind)
    return Beginning(about, given, is_draft=bool(draft), offers=offers, earlier=earlier, speaks=_speaks(case))


def _earlier(case: Any, kind: str) -> dict[str, list[tuple[str, str]]]:
    pointing = [question for question in pathway.kind_of(kind).questions if case and question.points_at]
    return {q.name: [(str(one.id), one.in_short()) for one in pathway.earlier_steps(case, q)] for q in pointing}


def keep_draft(work: Any, place: Place, form: Form) -> None:
    work.keep_draft(place.key, place.case_id, form)


def drop_draft(work: Any, place: Place) -> None:
    work.drop_draft(place.key, place.case_id)


def take_step(work: Any, place: Place, form: Form, because: Reasons = NO_REASONS) -> UUID:
    """Take a step, or open a case with its first; the draft of it is no longer needed.

    `because` says why it is taken in spite of a rule that warns, by the id of the rule.
    """
    _check(work, place, form, work.case(place.case_id) if place.case_id else None)
    step = pathway.step_from(pathway.kind_of(place.kind), form)
    if place.case_id is None and isinstance(step, FirstContact):
        opened: UUID = work.open_case(step).id
    else:
        case = work.case(place.case_id)
        work.take(case, step, because=because)
        opened = case.id
    drop_draft(work, place)
    return opened


def correct_step(work: Any, place: Place, form: Form, why: str, because: Reasons = NO_REASONS) -> UUID | None:
    """A new revision with the answers of the form; what the form left out has no answer any more."""
    case = work.case(place.case_id)
    _check(work, place, form, case)
    former = _step(case, place.step_id)
    given = {q.name: form.get(q.name) for q in former.questions if is_open(q)}
    work.correct(case, former, given, why=why, because=because)
    drop_draft(work, place)
    return place.case_id


def check_form(work: Any, place: Place, form: Form) -> None:
    """FormAtFault with everything that is wrong with the answers of a form."""
    _check(work, place, form, work.case(place.case_id) if place.case_id else None)


def _check(work: Any, place: Place, form: Form, case: Any) -> None:
    """Say at once of every question what is wrong with its answer."""
    if faults := pathway.faults(pathway.kind_of(place.kind), form, on=work.today, case=case):
        raise FormAtFault(faults)


def written_step(step: Step) -> Form:
    """The answers of a step as a form holds them."""
    given = {q.name: answers.written(q, step.answer(q)) for q in step.questions if is_open(q)}
    why_none = {name: f"?{code}" for name, code in step.unanswered.items()}
    return {name: answer for name, answer in (given | why_none).items() if answer is not None}


def _suggested(work: Any, case: Any, place: Place) -> Form:
    """What goes without asking in a new form."""
    home = work.about().mechanism
    given: Form = {"day": work.today.isoformat(), "mechanism": home, "currency": words.currency_of(home) or None}
    given |= _pointing(case, place) if case and place.about else {}
    return given | ({"status": retention.likely_status(case).code} if place.kind == retention.LegalHold.kind else {})


def _pointing(case: Any, place: Place) -> Form:
    """The first question that may be answered by the step the form is about."""
    for question in pathway.kind_of(place.kind).questions:
        for step in pathway.earlier_steps(case, question):
            if step.id == place.about:
                return {question.name: str(place.about)} | _stopping(case, step, place)
    return {}


def _stopping(case: Any, step: Step, place: Place) -> Form:
    """Where consent to a referral is gone, the news that stops it."""
    if place.kind != ReferralAnswer.kind or not isinstance(step, Referral):
        return {}
    stops = stopped_by(case, step, date.max)
    return {"news": stops.code} if stops else {}


def _speaks(case: Any) -> str:
    person = case.latest(Person) if case else None
    return person.language.code if person and person.language else ""


def is_open(question: Any) -> bool:
    """Whether a form asks it: what derives and what is said beside the questions it does not."""
    return question.derived is None and question.name not in BESIDE


def _step(case: Any, step_id: UUID | None) -> Step:
    return next(step for step in case.steps if step.id == step_id)


def _place(key: str, case_id: UUID | None) -> Place:
    """The form whose draft is kept under a key."""
    kind, _colon, step_id = key.partition(":")
    return Place(kind, case_id, UUID(step_id) if step_id else None)


def _unfinished(work: Any, place: Place) -> Unfinished:
    code = work.case(place.case_id).code if place.case_id else ""
    return Unfinished(place, pathway.kind_of(place.kind).label(), code)
