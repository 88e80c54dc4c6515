"""Who must never learn of a person: organisations, offices, colleagues, interpreters, relatives.

Each word is a step of its own, and the latest one on somebody counts: what was asked for can be taken back.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Mapped

from referral_desk.nrm.case import Case, Step
from referral_desk.nrm.consent import Consent, same_name
from referral_desk.nrm.fields import ORGANISATIONS, SEALED_MARK, Reach, field
from referral_desk.nrm.referral import Referral
from referral_desk.nrm.spelling import words_of
from referral_desk.nrm.terms import Term, Track
from referral_desk.words import N_, to_latin


class NeverTellSort(Term):
    ORGANISATION = "ORGANISATION", N_("An organisation or office")
    PERSON = "PERSON", N_("A person")
    INTERPRETER = "INTERPRETER", N_("An interpreter")
    COLLEAGUE = "COLLEAGUE", N_("A colleague of ours")


class NeverTellReason(Term):
    WISH = "WISH", N_("The person does not want it")
    FEAR = "FEAR", N_("The person fears them")
    CONFLICT = "CONFLICT", N_("Conflict of interest: related, acquainted or paid by the other side")
    COMMUNITY = "COMMUNITY", N_("From the same community")
    COMPLICIT = "COMPLICIT", N_("May have had a part in it")
    STATE = "STATE", N_("Serves a state that persecutes the person")
    OTH = "OTH", N_("Another reason")


class NeverTellStatus(Term):
    IN_FORCE = "IN_FORCE", N_("Must never learn of it")
    LIFTED = "LIFTED", N_("The person took it back")


def _is_organisation(given: Mapping[str, Any]) -> bool:
    return given.get("sort") is NeverTellSort.ORGANISATION


def _is_somebody(given: Mapping[str, Any]) -> bool:
    return given.get("sort") not in (None, NeverTellSort.ORGANISATION)


class NeverTell(
    Step,
    kind="never_tell",
    label=N_("Never tell"),
    track=Track.CASE,
    when=N_("On which day was this said?"),
):
    """Somebody who must not learn of the person; consents, referrals, letters and interpreters are held against it."""

    sort: Mapped[NeverTellSort] = field(N_("Who is it?"), one=NeverTellSort, required=True)
    organisation: Mapped[str | None] = field(
        N_("Which organisation or office?"),
        required=True,
        asked_when=_is_organisation,
        offers=ORGANISATIONS,
        hint=N_("As it stands in the directory, or as it would be written on a referral"),
    )
    name: Mapped[str | None] = field(
        N_("Which person?"), reach=Reach.SEALED, required=True, asked_when=_is_somebody, hint=N_("First and last name")
    )
    status: Mapped[NeverTellStatus] = field(N_("What holds?"), one=NeverTellStatus, required=True)
    reason: Mapped[NeverTellReason | None] = field(N_("Why?"), one=NeverTellReason)
    note: Mapped[str | None] = field(N_("What else is to be known about it"), reach=Reach.SEALED, long=True)


def in_force(case: Case, on: date) -> list[NeverTell]:
    """The latest word on each, where it still holds; one whose name is sealed here stands for itself."""
    latest: dict[str, NeverTell] = {}
    for step in case.taken(NeverTell):
        if step.day <= on:
            latest[_key(step)] = step
    return [step for step in latest.values() if step.status is NeverTellStatus.IN_FORCE]


def must_not_learn(case: Case, who: str | None, on: date) -> bool:
    """Whether an organisation of this name, or somebody named in this text, must not learn of the person."""
    return bool(who) and any(_is_meant(case, step, who or "") for step in in_force(case, on))


def tells_on(case: Case, step: Step, on: date) -> tuple[str, ...]:
    """The questions of a step whose answers would let somebody on the list learn of the person."""
    return _answers_that(lambda text: must_not_learn(case, text, on), step)


def may_tell_on(case: Case, step: Step, on: date) -> tuple[str, ...]:
    """The questions of a step whose answers are only like an organisation on the list."""
    return _answers_that(lambda text: is_like_one(case, text, on), step)


def is_like_one(case: Case, who: str | None, on: date) -> bool:
    """Whether this is like the name of an organisation that must not learn of the person, and yet another name."""
    return bool(who) and not must_not_learn(case, who, on) and bool(_like(case, who or "", on))


def may_not_be_told_yet(case: Case, who: str | None, on: date) -> bool:
    """Whether nobody has said since, in a consent or a referral, that this is another organisation than one like it."""
    if not is_like_one(case, who, on):
        return False
    since = max(step.day for step in _like(case, who or "", on))
    said: list[Consent | Referral] = [*case.taken(Consent), *case.taken(Referral)]
    return not any(same_name(step.recipient, who) and step.day >= since for step in said if not _takes_back(step))


def _like(case: Case, who: str, on: date) -> list[NeverTell]:
    named = [step for step in in_force(case, on) if step.sort is NeverTellSort.ORGANISATION and step.organisation]
    return [step for step in named if _is_like(case, step.organisation or "", who)]


def _is_like(case: Case, one: str, other: str) -> bool:
    few, many = sorted((set(_words(one)), set(_words(other))), key=len)
    return bool(few) and (few <= many or case.around.is_like_organisation(one, other))


def _answers_that(holds: Callable[[str | None], bool], step: Step) -> tuple[str, ...]:
    if isinstance(step, NeverTell) or _takes_back(step):
        return ()
    asked = (question for question in step.questions if question.trusted or question.offers == ORGANISATIONS)
    return tuple(question.name for question in asked if holds(_text(step, question)))


def _takes_back(step: Step) -> bool:
    """A consent that is refused or withdrawn tells nobody anything."""
    return getattr(getattr(step, "status", None), "code", "") in ("REFUSED", "WITHDRAWN", "EXPIRED", "SUPERSEDED")


def _text(step: Step, question: Any) -> str | None:
    answer = step.answer(question)
    return answer if isinstance(answer, str) and answer != SEALED_MARK else None


def _is_meant(case: Case, step: NeverTell, text: str) -> bool:
    if step.sort is NeverTellSort.ORGANISATION:
        named = step.organisation or ""
        return "".join(_words(named)) == "".join(_words(text)) or case.around.same_organisation(named, text)
    name = step.name
    if not name or name == SEALED_MARK:
        return False
    words = set(_words(text))
    return all(word in words for word in _words(name)) or case.around.is_named_in(name, text)


def _key(step: NeverTell) -> str:
    if step.sort is NeverTellSort.ORGANISATION:
        return f"o {' '.join(_words(step.organisation or ''))}"
    name = step.name
    return str(step.id) if not name or name == SEALED_MARK else f"p {' '.join(sorted(_words(name)))}"


def _words(text: str) -> tuple[str, ...]:
    """The words of a name without case, marks and what parts them, in one script; the store compares spellings."""
    return words_of(to_latin(text))
