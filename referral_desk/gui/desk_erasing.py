"""What goes through the door when a person asks to be erased, or to see everything that is kept.

Everything here is done by a whole desk, in the thread of the door.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from referral_desk import access, erasure, words
from referral_desk.access import Access, Answered, Decided
from referral_desk.erasure import Certificate, Ground
from referral_desk.gui.desk import Door, Then

SHOWN_AT_ONCE = 100
"""Cases of a list whose time has ended; each is decided for itself, so that nobody needs more at once."""


@dataclass(frozen=True)
class OwnFile:
    """The paper of everything kept, what it was made of, and what had been decided by then."""

    looked: Access
    decided: Decided
    printed: Any

    @property
    def withheld(self) -> int:
        """How many answers are held back."""
        return sum(not self.decided.get(answer.place, False) for answer in self.looked.marked)


def plan(door: Door, case_id: UUID, then: Then, refused: Then) -> None:
    """What an erasure would do."""
    door.do(lambda desk: erasure.plan(desk, case_id), then, refused=refused)


def erase(door: Door, case_id: UUID, ground: Ground, refused: Then) -> None:
    """Erase; the certificate comes by the door's own signal, for the page that asked may be gone by then."""
    door.do(lambda desk: erasure.erase(desk, case_id, ground), partial(_gone, door), refused=refused)


def certificate(door: Door, of: Certificate, language: str, then: Then) -> None:
    """The certificate on paper."""
    from referral_desk.letters.certificate import certificate as on_paper

    door.do(lambda _desk: on_paper(of, language=language), then)


def ended(door: Door, then: Then) -> None:
    """The cases whose time has ended."""
    door.ask(partial(erasure.ended, at_most=SHOWN_AT_ONCE), then)


def look(door: Door, case_id: UUID, then: Then, refused: Then) -> None:
    """Everything that is kept, and what was decided so far."""
    door.do(lambda desk: access.look(desk, case_id), then, refused=refused)


def decide(door: Door, case_id: UUID, answer: Answered, *, may_have: bool, then: Then) -> None:
    """Whether the person may have an answer that perhaps speaks of somebody else."""
    door.do(lambda desk: access.decide(desk, case_id, answer, may_have=may_have), then)


def own_file(door: Door, case_id: UUID, language: str, decided: Decided | None, then: Then, refused: Then) -> None:
    """Everything that is kept, on paper, without what is held back; by what waits at the desk if `decided` is None."""
    door.do(partial(_own_file, case_id=case_id, language=language, decided=decided), then, refused=refused)


def give(door: Door, looked: Access, language: str, then: Then) -> None:
    """Note that it was given, unless something has changed since it was looked at."""
    door.do(partial(_give, looked=looked, language=language), then)


def _gone(door: Door, of: Certificate) -> None:
    door.erased.emit(of)
    door.changed.emit(None)


def _own_file(desk: Any, case_id: UUID, language: str, decided: Decided | None) -> OwnFile:
    from referral_desk.letters.own_file import own_file as on_paper

    with words.speaking(language):
        looked, waiting = access.look(desk, case_id)
        agreed = waiting if decided is None else decided
        return OwnFile(looked, agreed, on_paper(access.as_given(looked, agreed), language=language))


def _give(desk: Any, looked: Access, language: str) -> bool:
    with words.speaking(language):
        return access.give(desk, looked)
