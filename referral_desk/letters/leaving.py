"""What leaves on a paper and what stays: the allow-list.

An answer leaves only if its question may stand on a letter, the layout holds it, the person agreed to share its
item with this recipient and the agreement stands today, and the referral says that the form tells it. What is
asked of the recipient (`request`) needs no consent item: without it there is no request, and to leave out whom not to
contact would put the person in danger. The person may have everything, and a panel what the law gives it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date

from referral_desk.errors import ConsentNotInForce, SafeguardsUnmet
from referral_desk.letters.layout import Block, Layout
from referral_desk.nrm import answers
from referral_desk.nrm.case import Case, Step
from referral_desk.nrm.consent import Consent, agreed_items, in_force
from referral_desk.nrm.fields import Question, Reach
from referral_desk.nrm.never_tell import may_not_be_told_yet, must_not_learn
from referral_desk.nrm.referral import Referral
from referral_desk.nrm.safeguards import unmet, warnings
from referral_desk.nrm.terms import DataItem
from referral_desk.words import N_

NOT_CONSENTED = N_("%(question)s: the person has not agreed to share this with the recipient")
NOT_CHOSEN = N_("%(question)s: the referral does not say that the form tells it")
NO_ITEM = N_("%(question)s: it belongs to nothing that a person can agree to share")
TAKEN_OFF = N_("%(question)s: taken off this paper, because it could point to a person")

_otherwise: ContextVar[Mapping[str, str | None]] = ContextVar("otherwise", default={})  # noqa: B039 - never changed


@dataclass(frozen=True)
class Leaving:
    """An answer that leaves; `otherwise` is what is printed instead of what is recorded."""

    step: Step
    question: Question
    otherwise: str = ""

    @property
    def text(self) -> str:
        """As it is printed, in the language spoken."""
        return self.otherwise or answers.shown(self.question, self.step.answer(self.question))


@dataclass(frozen=True)
class Staying:
    """An answer that the layout holds and that stays; `why` is English with a place for the label."""

    question: Question
    why: str


@dataclass(frozen=True)
class Agreement:
    """What may be told to one recipient today; `is_whole` where nobody has to be asked: the person, a panel."""

    consent: Consent | None
    consented: frozenset[DataItem] = frozenset()
    chosen: frozenset[DataItem] = frozenset()
    is_whole: bool = False


WHOLE = Agreement(None, is_whole=True)

Sorted = list[tuple[str, list[Leaving | Staying]]]
"""The answers under their headings, in the order printed."""


def agreement(case: Case, referral: Referral, on: date) -> Agreement:
    """What the person agreed to, and what of that the referral takes; ConsentNotInForce where there is no consent.

    SafeguardsUnmet where the recipient must never learn of the person.
    """
    consent = in_force(case, referral.recipient, on)
    if consent is None:
        raise ConsentNotInForce
    check_may_learn(case, referral, on)
    return Agreement(consent, agreed_items(case, consent), referral.shares or frozenset())


def check_may_learn(case: Case, referral: Referral, on: date) -> None:
    """SafeguardsUnmet where the recipient must never learn of the person, not even by a question without a name."""
    if must_not_learn(case, referral.recipient, on):
        raise SafeguardsUnmet(unmet=tuple(guard for guard in unmet(case, referral, on) if guard.id == "N1"))
    if may_not_be_told_yet(case, referral.recipient, on):
        raise SafeguardsUnmet(unmet=tuple(guard for guard in warnings(case, referral, on) if guard.id == "N1"))


def unasked(case: Case, referral: Referral, on: date, layout: Layout) -> Agreement:
    """What is told without asking; even a question without a name is not put to who must never learn of the person."""
    if layout.has_slip:
        check_may_learn(case, referral, on)
    return WHOLE


def sorted_answers(case: Case, referral: Referral, agreed: Agreement, layout: Layout) -> Sorted:
    """Every answer that the layout holds: leaving, or staying and why."""
    return [
        (heading, [answer for block in blocks for answer in answers_of(case, referral, agreed, layout, block)])
        for heading, blocks in layout.sections()
    ]


def answers_of(
    case: Case, referral: Referral, agreed: Agreement, layout: Layout, block: Block
) -> Iterator[Leaving | Staying]:
    """The answers of one block: of each question the latest one, or that of every step."""
    if block.kind is None:
        return
    steps: list[Step] = [referral] if block.kind is Referral else list(case.taken(block.kind))
    if block.each:
        for step in steps:
            yield from _answers([step], agreed, layout, block.questions)
    else:
        yield from _answers(steps, agreed, layout, block.questions)


def single(
    case: Case, referral: Referral, agreed: Agreement, kind: type[Step], question: Question
) -> Leaving | Staying | None:
    """One answer that a sentence names; None where there is none."""
    steps: list[Step] = [referral] if kind is Referral else list(case.taken(kind))
    step = next((step for step in reversed(steps) if step.answer(question) not in _NOTHING), None)
    if step is None:
        return None
    return _told(step, question, agreed)


@contextmanager
def printed_otherwise(changes: Mapping[str, str | None]) -> Iterator[None]:
    """Print other texts for a while, by kind and question with a point between; None leaves the answer off."""
    token = _otherwise.set(changes)
    try:
        yield
    finally:
        _otherwise.reset(token)


def _told(step: Step, question: Question, agreed: Agreement) -> Leaving | Staying:
    why = _why_it_stays(question, agreed)
    if why:
        return Staying(question, why)
    otherwise = _otherwise.get().get(f"{step.kind}.{question.name}", "")
    return Staying(question, TAKEN_OFF) if otherwise is None else Leaving(step, question, otherwise)


def lowest_reach(layout: Layout) -> Reach:
    """How far an answer of this layout must at least travel."""
    if layout.is_sealed:
        return Reach.SEALED
    return Reach.LETTER if layout.recipient == "organisation" else Reach.DESK


def _answers(
    steps: list[Step], agreed: Agreement, layout: Layout, questions: tuple[Question, ...]
) -> Iterator[Leaving | Staying]:
    for question in questions:
        step = next((step for step in reversed(steps) if step.answer(question) not in _NOTHING), None)
        if step is not None and question.reach >= lowest_reach(layout):
            yield _told(step, question, agreed)


_NOTHING: tuple[object, ...] = (None, "", frozenset())


def _why_it_stays(question: Question, agreed: Agreement) -> str | None:
    if question.request or agreed.is_whole:
        return None
    if question.item is None:
        return NO_ITEM
    if question.item not in agreed.consented:
        return NOT_CONSENTED
    return None if question.item in agreed.chosen else NOT_CHOSEN
