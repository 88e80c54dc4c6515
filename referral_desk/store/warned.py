"""A piece of work's view of whom the desk warns of; what it learns is known to the desk once it is kept."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import select

from referral_desk.journal import Act
from referral_desk.nrm.case import KINDS, Step
from referral_desk.nrm.fields import SEALED_MARK, Question, Reach
from referral_desk.store.signs import Fits, Known, known
from referral_desk.store.warnings import Warnings

if TYPE_CHECKING:
    from referral_desk.store.work import Work

ADDRESS = "address"


class Warned:
    def __init__(self, work: Work, warnings: Warnings) -> None:
        self._work = work
        self._warnings = warnings
        self._new = Warnings()
        self._learned: dict[UUID, Known] = {}

    def signs_in(self, step: Step) -> tuple[tuple[str, bool], ...]:
        """The trusted questions of a step whose answers are recorded of somebody who exploited a person.

        With each, whether it is the name alone.

        Empty without the seal. A close person of whom it is said that she or he took part is no contact.
        """
        trusted = [question for question in step.questions if question.trusted]
        if not trusted or self._work.seal is None or _is_known_to_be_one(step):
            return ()
        texts = {question.name: step.answer(question) for question in trusted}
        stood = self._before(step, trusted)
        asked = {name: text for name, text in texts.items() if _is_text(text) and stood.get(name) != text}
        found = {name: self._warn_of(text) for name, text in asked.items()}
        return tuple((name, fit is Fits.BY_NAME) for name, fit in found.items() if fit)

    def learn(self, step: Step) -> None:
        """Somebody is told of, or told of otherwise."""
        if any(question.exploiter for question in step.questions) and self._work.seal is not None:
            one = _known({question.name: step.answer(question) for question in step.questions if question.exploiter})
            self._learned[step.id] = one
            self._new.add(step.id, one)

    def keep(self) -> None:
        """Called after the commit, so that a failed work leaves no trace."""
        if self._warnings.is_ready:
            for step_id, one in self._learned.items():
                self._warnings.add(step_id, one)

    def _before(self, step: Step, trusted: list[Question]) -> dict[str, Any]:
        """What a step said before: it does not hinder the correction of another answer."""
        if step.revision == 1:
            return {}
        former = self._work.revisions(type(step), step.id)[-1]
        return {question.name: former.answer(question) for question in trusted}

    def _warn_of(self, text: str) -> Fits:
        if not self._warnings.is_ready:
            # What this work has put may not be kept: then the desk must not know of it.
            self._warnings = Warnings() if self._learned else self._warnings
            self._warnings.become(self._entries())
            self._work.note(Act.LISTED_WARNINGS)
        return max(self._warnings.warn_of(text), self._new.warn_of(text))

    def _entries(self) -> Iterator[tuple[UUID, Known]]:
        seal = self._work.seal
        assert seal is not None  # noqa: S101 - asked before
        for kind in KINDS.values():
            told = [question.name for question in kind.questions if question.exploiter]
            if not any(question.exploiter and question.reach is Reach.SEALED for question in kind.questions):
                continue
            rows = select(kind.id, kind.revision, kind.sealed).where(kind.current, kind.sealed.is_not(None))
            for id_, revision, sealed in self._work.session.execute(rows):
                block = seal.unseal(sealed or b"", kind=kind.kind, record_id=id_, revision=revision)
                held = json.loads(block)
                yield id_, _known({name: held.get(name) for name in told})


def _known(told: dict[str, Any]) -> Known:
    texts = {name: text for name, text in told.items() if _is_text(text)}
    return known(
        names=[text for name, text in texts.items() if ADDRESS not in name],
        addresses=[text for name, text in texts.items() if ADDRESS in name],
    )


def _is_text(answer: Any) -> bool:
    return isinstance(answer, str) and answer not in ("", SEALED_MARK)


def _is_known_to_be_one(step: Step) -> bool:
    return getattr(getattr(step, "complicit", None), "code", "") == "YES"
