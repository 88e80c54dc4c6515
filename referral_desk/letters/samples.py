"""One of each document in each language, of invented people: to be looked at, translated, and shown to partners."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from uuid import UUID

from referral_desk import answer_words, disclosures, files
from referral_desk.answer_words import Reply
from referral_desk.errors import CannotFollow, DeskError, PracticeOnly
from referral_desk.letters import documents, layout
from referral_desk.letters.documents import Errand, Letter
from referral_desk.letters.form import FORM, LANGUAGES
from referral_desk.letters.layout import Layout
from referral_desk.nrm.referral import Referral
from referral_desk.nrm.terms import Service
from referral_desk.store import Desk, Purpose


@dataclass(frozen=True)
class _Case:
    """A case, its referrals, and what was asked of whom."""

    id: UUID
    referrals: tuple[UUID, ...] = ()
    asked: Mapping[str, frozenset[Service]] = field(default_factory=dict)


ENOUGH = 60
"""So many cases are tried for each document: on a practice desk of twenty nearly every stage is there."""


def write(
    desk: Desk, target: Path, *, on_progress: Callable[[int, int], object] | None = None
) -> tuple[int, tuple[str, ...]]:
    """Write them as `<document>-<language>.pdf`; how many there are, and which documents no case was fit for.

    PracticeOnly on any other desk. What a document needs that came before, such as an accepted referral, is recorded.
    """
    if desk.purpose is not Purpose.PRACTICE:
        raise PracticeOnly
    laid = layout.every()
    cases = _cases(desk)
    _prepare(desk, cases)
    made, left = 0, []
    for at, one in enumerate(laid, 1):
        errand = _fit(desk, one, cases)
        if errand is None:
            left.append(one.name)
        else:
            made += sum(_written(desk, replace(errand, language=language), target) for language in LANGUAGES)
        if on_progress:
            on_progress(at, len(laid))
    return made, tuple(left)


def _written(desk: Desk, errand: Errand, target: Path) -> bool:
    letter = _made(desk, errand)
    if letter is not None:
        files.write(target / f"{errand.document}-{errand.language}.pdf", letter.pdf)
    return letter is not None


def _cases(desk: Desk) -> list[_Case]:
    """The cases of the desk, those with most referrals first."""
    with desk.work(unsealed=False) as work:
        every = [(case.id, case.taken(Referral)) for case in work.cases(work.case_ids(), kinds=(Referral,))]
    every.sort(key=lambda one: -len(one[1]))
    return [_case(id_, steps) for id_, steps in every[:ENOUGH]]


def _case(id_: UUID, steps: list[Referral]) -> _Case:
    return _Case(id_, tuple(step.id for step in steps), {step.recipient: step.services for step in steps})


def _fit(desk: Desk, laid: Layout, cases: list[_Case]) -> Errand | None:
    """What to make, of the first case of which the document can be made."""
    wanted = (errand for case in cases for errand in _errands(laid, case))
    return next((errand for errand in wanted if _made(desk, errand)), None)


def _errands(laid: Layout, case: _Case) -> Iterator[Errand]:
    if laid.about == "referral":
        yield from (Errand(laid.name, referral=id_) for id_ in case.referrals)
        return
    for recipient, services in case.asked.items():
        yield Errand(laid.name, case.id, recipient=recipient, services=services)


def _made(desk: Desk, errand: Errand) -> Letter | None:
    try:
        return documents.checked(desk, errand)
    except DeskError:
        return None


def _prepare(desk: Desk, cases: list[_Case]) -> None:
    """Let one form leave and be accepted, so that there is a name to hand over and somebody who holds paper."""
    for id_ in (id_ for case in cases for id_ in case.referrals):
        letter = _made(desk, Errand(FORM, referral=id_))
        if letter is not None:
            documents.let_go(desk, letter)
            with desk.work(unsealed=False) as work:
                said = answer_words.words_for(work, letter.reference, Reply.ACCEPTED)
            with suppress(CannotFollow):  # it was answered before
                disclosures.reply(desk, said)
            if _made(desk, Errand("identity_sheet", referral=id_)):
                return
