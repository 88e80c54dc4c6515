"""What one person alone must not do: a second one agrees with a passphrase of her or his own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from referral_desk import journal, staff
from referral_desk.errors import AnswersMissing, SafeguardsUnmet, SecondPersonNeeded
from referral_desk.journal import Act
from referral_desk.nrm import all_the_same
from referral_desk.nrm.all_the_same import Ground
from referral_desk.nrm.answers import Written
from referral_desk.nrm.case import Case, Step
from referral_desk.nrm.consent import Consent
from referral_desk.nrm.pathway import NO_REASONS
from referral_desk.nrm.referral_news import ReferralAnswer
from referral_desk.nrm.safeguards import unmet
from referral_desk.store import Desk, Work, keys
from referral_desk.vault import opening


@dataclass(frozen=True)
class Second:
    """Who agrees: a member by passphrase, or by name alone where nobody else is a member of the desk."""

    name: str = ""
    login: str = ""
    passphrase: str = ""


@dataclass(frozen=True)
class _Agreed:
    name: str
    member: str = ""


def others(desk: Desk) -> tuple[str, ...]:
    """The names of everybody who can agree with a passphrase; nobody on a desk of one."""
    return tuple(one.name for one in staff.colleagues(desk) if one.may_open and not one.is_me)


def go_on(
    desk: Desk, case_id: UUID | str, step: Step, ground: Ground, second: Second, because: Mapping[str, str] = NO_REASONS
) -> UUID:
    """Take a step that a missing consent holds up, with the act that stands in its place: both, or neither.

    WrongPassphrase, SecondPersonNeeded, AnswersMissing; SafeguardsUnmet where no other ground can help.
    """
    agreed = _agreed(desk, second)
    with desk.work() as work:
        case = work.case(case_id)
        if standing := unmet(case, step, work.today):
            stands = work.take(case, _instead(work, case, step, ground, agreed.name), by_two=True)
            _note(work, stands, [guard.id for guard in standing], agreed)
        work.take(case, step, because=because)
        return case.id


def record(
    desk: Desk, case_id: UUID | str, step: Step, second: Second, because: Mapping[str, str] = NO_REASONS
) -> UUID:
    """Take a step that takes two by itself; who agreed is written into it. Raises what `go_on` raises of the second."""
    agreed = _agreed(desk, second)
    with desk.work() as work:
        case = work.case(case_id)
        _name(step, agreed)
        work.take(case, step, because=because, by_two=True)
        _note_second(work, step, agreed)
        return case.id


def correct(
    desk: Desk,
    case_id: UUID | str,
    step_id: UUID,
    written: Mapping[str, Written],
    second: Second,
    *,
    why: str,
    because: Mapping[str, str] = NO_REASONS,
) -> UUID:
    """Correct a step so that it takes two."""
    agreed = _agreed(desk, second)
    with desk.work() as work:
        case = work.case(case_id)
        former = next(step for step in case.steps if step.id == step_id)
        revised = work.correct(
            case, former, {**written, "authorised_by": agreed.name}, why=why, because=because, by_two=True
        )
        _note_second(work, revised, agreed)
        return case.id


def _name(step: Step, agreed: _Agreed) -> None:
    if isinstance(step, Consent):
        step.authorised_by = agreed.name


def _instead(work: Work, case: Case, step: Step, ground: Ground, second: str) -> Consent:
    missing = all_the_same.lacking(case, step, work.today)
    if missing is None:
        raise SafeguardsUnmet(unmet=unmet(case, step, work.today))
    day = min(step.day, work.today) if isinstance(step, ReferralAnswer) else work.today
    return all_the_same.in_place_of(missing, ground, second=second, day=day)


def _agreed(desk: Desk, second: Second) -> _Agreed:
    """Who agreed; whoever opened the desk cannot agree with herself or himself."""
    if not others(desk):
        if not second.name.strip():
            raise AnswersMissing(labels=label_of("authorised_by"))
        return _Agreed(" ".join(second.name.split()))
    opened = opening.open_with_passphrase(keys.read(desk), login=second.login, passphrase=second.passphrase)
    found = [one for one in staff.colleagues(desk) if one.id == opened.slot_id and not one.is_me]
    if not found:
        raise SecondPersonNeeded
    return _Agreed(found[0].name, found[0].id)


def label_of(name: str) -> str:
    """How the consent asks for it."""
    question = Consent.question(name)
    return question.label if question else ""


def _note(work: Work, stands: Step, rules: list[str], agreed: _Agreed) -> None:
    """Both stand in the journal: who went on without which rules, and which member agreed with a passphrase."""
    work.note(Act.WENT_ON, f"{stands.kind}.{'+'.join(dict.fromkeys(rules))}", stands.id)
    _note_second(work, stands, agreed)


def _note_second(work: Work, stands: Step, agreed: _Agreed) -> None:
    if agreed.member:
        journal.note(
            work.session, Act.AGREED_AS_SECOND, at=work.now, by=agreed.member, record=stands.kind, id=stands.id
        )
