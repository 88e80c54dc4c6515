"""The only way a step enters a case: take(), correct(), and what may come next.

Importing this module declares every kind of step.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple

from referral_desk.errors import (
    AlreadyTaken,
    AnswersMissing,
    ComesAfter,
    DeskError,
    NoSuchStep,
    NotEntitled,
    SafeguardsUnmet,
    UnknownQuestion,
    UnknownStep,
    WarningsUnanswered,
)
from referral_desk.nrm import answers, corrections
from referral_desk.nrm.case import Case, Step
from referral_desk.nrm.fields import Question
from referral_desk.nrm.kinds import KINDS
from referral_desk.nrm.person import FirstContact
from referral_desk.nrm.possible import day_faults
from referral_desk.nrm.referral_news import ReferralAnswer, check_order
from referral_desk.nrm.safe_return import Return
from referral_desk.nrm.safeguards import Safeguard, in_the_way, unmet, warnings
from referral_desk.nrm.terms import Unanswered

__all__ = [
    "KINDS",
    "OpenStep",
    "again",
    "correct",
    "earlier_steps",
    "kind_of",
    "next_steps",
    "open_case",
    "step_from",
    "take",
    "undone",
]

Reasons = Mapping[str, str]
"""Why a step is taken in spite of a warning, by the id of the rule."""

NO_REASONS: Reasons = MappingProxyType({})

_MAY_LIE_AHEAD = frozenset({Return})
"""A departure is cleared before its day; everything else is recorded after it happened."""


class OpenStep(NamedTuple):
    """A kind of step that could be taken now, all that stands in its way, and what it needs a reason for."""

    kind: type[Step]
    unmet: tuple[Safeguard, ...]
    warnings: tuple[Safeguard, ...] = ()

    @property
    def is_open(self) -> bool:
        return not self.unmet


def no_longer_cleared(case: Case, on: date) -> tuple[Safeguard, ...]:
    """What by now stands in the way of a departure that was cleared and has not happened yet."""
    coming = case.latest(Return)
    if coming is None or coming.day < on:
        return ()
    others = case.without(coming)
    return tuple({guard: None for day in (on, coming.day) for guard in unmet(others, coming, day)})


def kind_of(code: str) -> type[Step]:
    """The kind of step with this code; UnknownStep where there is none."""
    if code not in KINDS:
        raise UnknownStep
    return KINDS[code]


def open_case(*, on: date, first: FirstContact) -> Case:
    """A new case, opened by its first contact on the day of that contact."""
    case = Case(opened_on=first.day)
    take(case, first, on=on)
    return case


def take(case: Case, step: Step, *, on: date, because: Reasons = NO_REASONS) -> Step:
    """Add a step that happened, if it is whole, possible and every safeguard holds today (`on`).

    `because` gives a reason for each rule that only warns, by its id; reasons are sealed with the step. A departure
    must be possible today and on its day. Raises AnswersMissing, ImpossibleDate, ComesAfter, AlreadyTaken,
    SafeguardsUnmet or WarningsUnanswered, and then the case is as it was.
    """
    lies_ahead = type(step) in _MAY_LIE_AHEAD
    days = {on, step.day} if not lies_ahead or step.day is None or step.day > on else {step.day}
    return _entered(case, step, on=on, judged_on=days if lies_ahead else {on}, because=because)


def correct(
    case: Case,
    former: Step,
    written: Mapping[str, answers.Written],
    *,
    why: str,
    on: date,
    because: Reasons = NO_REASONS,
) -> Step:
    """A new revision with some answers changed; the former one stays. Safeguards are judged on the step's own day.

    What the former one gave a reason for needs no other. Raises what take() raises, and NotEntitled where the sealed
    answers cannot be carried over.
    """
    revised = revision_of(former, written, why=why)
    revised.__dict__["_corrects"] = former
    others = case.without(former)
    _entered(others, revised, on=on, judged_on={revised.day}, because={**reasons_of(former), **because})
    del revised.__dict__["_corrects"]
    former.current = False
    case.steps[case.steps.index(former)] = revised
    revised.case_id = case.id
    if isinstance(revised, FirstContact):
        case.opened_on = revised.day
    return revised


def revision_of(former: Step, written: Mapping[str, answers.Written], *, why: str) -> Step:
    """What a step would say with some answers changed, not judged yet. NotEntitled without the seal."""
    if former.sealed_answers() is None:
        raise NotEntitled
    given = {question.name: former.answer(question) for question in former.questions}
    said = answers.read(_beside(former, "why_corrected"), why)
    revised = type(former)(id=former.id, revision=former.revision + 1, **given | {"why_corrected": said})
    revised.unanswered = dict(former.unanswered)
    revised.recorded_at = former.recorded_at
    _fill(revised, written)
    corrections.follow(former, revised)
    return revised


def undone(case: Case, step: Step, former: Step | None, *, why: str) -> Step:
    """A revision that takes a step back, or (with the `former` revision) its last correction; nothing is lost.

    A step that was taken back has no current revision. NotEntitled where the sealed answers cannot be carried over.
    """
    back = again(step, former or step, why=why)
    back.case_id, back.current = case.id, former is not None
    step.current = False
    at = case.steps.index(step)
    case.steps[at : at + 1] = [back] if former else []
    if former and isinstance(back, FirstContact):
        case.opened_on = back.day
    return back


def again(latest: Step, says: Step, *, why: str) -> Step:
    """A new revision after the latest one that says what another one said. NotEntitled without the seal."""
    if says.sealed_answers() is None or latest.sealed_answers() is None:
        raise NotEntitled
    given = {question.name: says.answer(question) for question in says.questions}
    back = type(latest)(id=latest.id, revision=latest.revision + 1, **given | {"why_corrected": why})
    back.unanswered = dict(says.unanswered)
    back.recorded_at, back.case_id = latest.recorded_at, latest.case_id
    return back


def next_steps(case: Case, on: date) -> list[OpenStep]:
    """Every kind of step that a case may still take, in the order of declaration; tracks run side by side."""
    taken = case.kinds
    fitting = [
        kind
        for kind in KINDS.values()
        if (kind.after is None or kind.after in taken) and not (kind.once and kind in taken)
    ]
    return [OpenStep(kind, *in_the_way(case, kind, on)) for kind in fitting]


def reasons_of(step: Step) -> Reasons:
    """Why a step was taken in spite of a warning, by the id of the rule; nothing where the seal is not in force."""
    despite = (step.sealed_answers() or {}).get("despite") or ""
    lines = (line.partition(": ") for line in despite.splitlines())
    return {id_: why for id_, _colon, why in lines if why}


def earlier_steps(case: Case, question: Question) -> list[Step]:
    """The steps of a case that may answer a question which points at one, the latest first."""
    return list(reversed(case.taken(KINDS[question.points_at]))) if question.points_at else []


def step_from(kind: type[Step], written: Mapping[str, answers.Written]) -> Step:
    """A step from written answers; `?DECLINED` and `?UNK` say why there is none."""
    return _fill(kind(), written)


def _fill(step: Step, written: Mapping[str, answers.Written]) -> Step:
    for name, text in written.items():
        question = step.question(name)
        if question is None or question.derived:
            raise UnknownQuestion(question=name, step=step.kind)
        _give(step, question, text)
    return step


def _give(step: Step, question: Question, text: answers.Written) -> None:
    """An answer, or why there is none; the one takes the place of the other."""
    why = text.removeprefix("?") if isinstance(text, str) and text.startswith("?") else ""
    kept = {name: reason for name, reason in step.unanswered.items() if name != question.name}
    if why in _REASONS:
        setattr(step, question.name, None)
        step.unanswered = kept | {question.name: why}
    else:
        setattr(step, question.name, answers.read(question, text))
        step.unanswered = kept


_REASONS = frozenset({Unanswered.DECLINED.code, Unanswered.UNKNOWN.code})


def _entered(case: Case, step: Step, *, on: date, judged_on: set[date], because: Reasons) -> Step:
    given = step.answers()
    _check_whole(step)
    _check_days(step, on)
    _check_earlier_steps(case, step)
    if isinstance(step, ReferralAnswer):
        check_order(case, step)
    if step.after and not case.latest(step.after):
        raise ComesAfter(step=step.label(), former=step.after.label())
    if step.once and case.latest(type(step)):
        raise AlreadyTaken(step=step.label())
    standing_in_the_way = {guard: None for day in sorted(judged_on) for guard in unmet(case, step, day)}
    if standing_in_the_way:
        raise SafeguardsUnmet(unmet=tuple(standing_in_the_way))
    _answer_warnings(step, {guard: None for day in sorted(judged_on) for guard in warnings(case, step, day)}, because)
    return _enter(case, step, given)


def _answer_warnings(step: Step, warned: Iterable[Safeguard], because: Reasons) -> None:
    """Keep the reason for each rule that warns; WarningsUnanswered where one is missing."""
    reasons = {guard.id: " ".join(because.get(guard.id, "").split()) for guard in warned}
    unanswered = tuple(guard for guard in warned if not reasons[guard.id])
    if unanswered:
        raise WarningsUnanswered(unmet=unanswered)
    if reasons:
        told = "\n".join(f"{id_}: {why}" for id_, why in reasons.items())
        step.sealed_answers()["despite"] = answers.read(_beside(step, "despite"), told)  # type: ignore[index]


def _beside(step: Step, name: str) -> Question:
    """What is said beside the questions of a form is read as their answers are."""
    return next(question for question in step.questions if question.name == name)


def faults(
    kind: type[Step], written: Mapping[str, answers.Written], *, on: date, case: Case | None = None
) -> dict[str, DeskError]:
    """Every question whose answer is missing, cannot be read or cannot be, by its name: all at once, for a form."""
    step, found = kind(), {}
    for name, text in written.items():
        try:
            _fill(step, {name: text})
        except DeskError as error:
            found[name] = error
    missing = {question.name: AnswersMissing(labels=question.label) for question in _missing(step)}
    lost = _earlier_faults(case, step) if case and step.day else {}
    return {**day_faults(step, on, may_lie_ahead=type(step) in _MAY_LIE_AHEAD), **lost, **missing, **found}


def _missing(step: Step) -> list[Question]:
    given = step.answers()
    return [one for one in step.asked() if one.is_required(given) and given[one.name] in _NOTHING]


_NOTHING: tuple[Any, ...] = (None, "", frozenset())


def _check_whole(step: Step) -> None:
    if missing := _missing(step):
        raise AnswersMissing(labels=", ".join(question.label for question in missing))


def _check_days(step: Step, on: date) -> None:
    for error in day_faults(step, on, may_lie_ahead=type(step) in _MAY_LIE_AHEAD).values():
        raise error


def _check_earlier_steps(case: Case, step: Step) -> None:
    for error in _earlier_faults(case, step).values():
        raise error


def _earlier_faults(case: Case, step: Step) -> dict[str, DeskError]:
    """What a step points at is there, of the right kind, and not later than the step."""
    found: dict[str, DeskError] = {}
    for question in step.questions:
        meant = step.answer(question) if question.points_at else None
        there = [one for one in earlier_steps(case, question) if one.id == meant and one.day <= step.day]
        if meant is not None and not there:
            found[question.name] = NoSuchStep(label=question.label)
    return found


def _enter(case: Case, step: Step, given: Mapping[str, Any]) -> Step:
    """Derive what derives; what was answered before another answer made it no question is dropped."""
    for question in step.questions:
        if question.derived:
            setattr(step, question.name, question.derived(step))
        elif given[question.name] is not None and question.is_dropped(given):
            setattr(step, question.name, None)
    step.case_id = case.id
    case.steps.append(step)
    return step
