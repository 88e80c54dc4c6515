"""What goes through the door for papers: documents before they leave, answers that come back, the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from referral_desk import disclosures, enquiries, words
from referral_desk.answer_words import Reply
from referral_desk.disclosures import Disclosure
from referral_desk.gui.desk import Door, Then
from referral_desk.gui.errands import Place
from referral_desk.letters import documents
from referral_desk.letters.documents import Errand, Letter
from referral_desk.nrm.terms import DataItem


@dataclass(frozen=True)
class Ledger:
    """Everything told of a case; `to_be_told` hold papers though the person withdrew."""

    case_code: str
    told: tuple[Disclosure, ...]
    to_be_told: tuple[str, ...]


@dataclass(frozen=True)
class Wanted:
    """An answer that a paper lacks: of which kind of step, to which question."""

    case_id: UUID
    referral_id: UUID | None
    kind: str
    question: str

    def place(self, work: Any) -> Place:
        """The form in which it can be given: of the step that is there, or of a new one."""
        taken = [step for step in work.case(self.case_id).steps if step.kind == self.kind]
        own = [step for step in taken if step.id == self.referral_id] or taken
        return Place(self.kind, self.case_id, own[-1].id if own else None)


def make(door: Door, errand: Errand, then: Then, refused: Then) -> None:
    """A paper, read by the linter; nothing is noted yet."""
    door.do(partial(documents.looked_at, errand=errand), then, refused=refused)


def let_go(door: Door, letter: Letter, delivery: str, then: Then, refused: Then) -> None:
    """Note that the paper leaves; then it may."""
    done = partial(_gone, door, letter, then)
    door.do(partial(documents.let_go, letter=letter, delivery=delivery), done, refused=refused)


def reply(door: Door, typed: str, then: Then, refused: Then) -> None:
    """Record the answer of three words."""
    door.do(partial(_reply, typed=typed, language=words.language()), partial(_replied, door, then), refused=refused)


def answer_enquiry(door: Door, reference: str, reply: Reply, then: Then, refused: Then) -> None:
    """Record what was said of an enquiry without its words."""
    done = partial(_replied, door, then)
    door.do(partial(_answer, reference=reference, reply=reply, language=words.language()), done, refused=refused)


def ledger(door: Door, case_id: UUID, then: Then) -> None:
    """Who knows what about the person of a case."""
    door.ask(partial(_ledger, case_id=case_id), then)


def tell(door: Door, case_id: UUID, then: Then, refused: Then, **told: Any) -> None:
    """Record what somebody was told by word of mouth."""
    door.do(partial(_tell, case_id=case_id, told=told), then, refused=refused)


def _gone(door: Door, letter: Letter, then: Then, row: object) -> None:
    then(row)
    if letter.paper is not None:
        door.changed.emit(letter.paper.case_id)


def _reply(desk: Any, typed: str, language: str) -> disclosures.Answered:
    with words.speaking(language):
        return disclosures.reply(desk, typed)


def _answer(desk: Any, reference: str, reply: Reply, language: str) -> disclosures.Answered:
    with words.speaking(language):
        return enquiries.answer(desk, reference, reply)


def _replied(door: Door, then: Then, answered: disclosures.Answered) -> None:
    then(answered)
    door.changed.emit(answered.case_id)


def _ledger(work: Any, case_id: UUID) -> Ledger:
    case = work.case(case_id)
    return Ledger(case.code, disclosures.of(work, case.id), disclosures.to_be_told(work, case))


def _tell(desk: Any, case_id: UUID, told: dict[str, Any]) -> Disclosure:
    items = [DataItem.of(code) for code in told["items"]]
    return disclosures.tell(
        desk, case_id, recipient=told["recipient"], items=items, basis=told["basis"], said=told["said"]
    )
