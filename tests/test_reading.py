"""Steps are read past SQLAlchemy: what comes of it is what SQLAlchemy would have read."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import inspect, select

from referral_desk.nrm.case import Case, Step
from referral_desk.nrm.dates import PartialDate
from referral_desk.nrm.fields import Question, Reach
from referral_desk.nrm.kinds import KINDS
from referral_desk.nrm.person import FirstContact, Person
from referral_desk.nrm.risk import RiskAssessment
from referral_desk.store import step_kinds
from tests.cast import TODAY
from tests.test_store import made

SAID: dict[type, Any] = {
    date: TODAY,
    PartialDate: PartialDate.of("1998-05"),
    int: 3,
    Decimal: Decimal("12.50"),
}


def test_every_answer_is_read_as_it_was_given(tmp_path: Path) -> None:
    with made(tmp_path / "desk") as desk:
        with desk.work() as work:
            case = work.open_case(FirstContact(day=TODAY))
            for kind in KINDS.values():
                work.put(_answered(kind, case))
                work.put(kind(day=TODAY, case_id=case.id))

        with desk.work() as work:
            read = work.case(case.id).steps
            same = [one for kind in KINDS.values() for one in work.session.scalars(select(kind).where(kind.current))]
            assert {step.id: _columns(step) for step in read} == {step.id: _columns(step) for step in same}
            assert len(read) == 2 * len(KINDS) + 1


def test_a_step_is_found_however_it_came_into_the_store(tmp_path: Path) -> None:
    with made(tmp_path / "desk") as desk:
        with desk.work() as work:
            here, there = work.open_case(FirstContact(day=TODAY)), work.open_case(FirstContact(day=TODAY))
            work.put(Person(day=TODAY, case_id=here.id))
            work.put(RiskAssessment(day=TODAY, case_id=here.id))
        with desk.engine.begin() as connection:
            others = {"here": here.id.hex, "there": there.id.hex}
            connection.exec_driver_sql("UPDATE person SET case_id = :there WHERE case_id = :here", others)
        with desk.work() as work:
            assert kinds_of(work.case(here.id)) == ["first_contact", "risk"]
            assert kinds_of(work.case(there.id)) == ["first_contact", "person"]


def test_what_a_store_from_before_holds_is_found(tmp_path: Path) -> None:
    with made(tmp_path / "desk") as desk:
        with desk.work() as work:
            case = work.open_case(FirstContact(day=TODAY))
        with desk.engine.begin() as connection:
            for trigger in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").all():
                connection.exec_driver_sql(f"DROP TRIGGER {trigger[0]}")
            connection.exec_driver_sql("DELETE FROM step_kinds")
        with desk.work() as work:
            work.put(Person(day=TODAY, case_id=case.id))
            step_kinds.keep(work.session.connection())
            work.put(RiskAssessment(day=TODAY, case_id=case.id))
            assert kinds_of(work.case(case.id)) == ["first_contact", "person", "risk"]


def kinds_of(case: Case) -> list[str]:
    return sorted(step.kind for step in case.steps)


def test_a_corrected_step_stands_in_the_place_of_the_former_one(tmp_path: Path) -> None:
    with made(tmp_path / "desk") as desk:
        with desk.work() as work:
            case = work.open_case(FirstContact(day=TODAY, first_words="A bed."))
        with desk.work() as work:
            case = work.case(case.id)
            work.correct(case, case.steps[0], {"first_words": "A bed and a doctor."}, why="Told later.")
        with desk.work() as work:
            [only] = work.case(case.id).steps
            assert (only.revision, only.answers()["first_words"]) == (2, "A bed and a doctor.")
            assert [one.current for one in work.revisions(FirstContact, only.id)] == [False, True]


def test_what_a_case_holds_of_a_kind_is_never_out_of_date() -> None:
    case = Case(opened_on=TODAY)
    first, second = Person(day=TODAY, gender=None), RiskAssessment(day=TODAY)

    case.steps.append(first)
    assert case.latest(Person) is first
    case.steps.append(second)
    assert case.taken(RiskAssessment) == [second]
    case.steps[0] = other = Person(day=TODAY)
    assert case.taken(Person) == [other]
    case.taken(Person).clear()
    assert case.taken(Person) == [other]
    case.steps.clear()
    assert case.latest(Person) is None


def _answered(kind: type[Step], case: Case) -> Step:
    step = kind(**{q.name: _answer(q) for q in kind.questions if q.reach is not Reach.SEALED} | {"day": TODAY})
    step.case_id, step.unanswered = case.id, {"somewhere": "DECLINED"}
    return step


def _answer(question: Question) -> Any:
    entries: tuple[Any, ...] = question.vocabulary.every() if question.vocabulary else ()
    entries = entries or (question.one and question.one.of("2019"),)
    if question.graded:
        return {entries[0]: question.graded.every()[0]}
    if question.many:
        return frozenset(entries[:2])
    if question.one:
        return entries[0]
    return uuid4() if question.points_at else SAID.get(question.kind, "in words")


def _columns(step: Step) -> dict[str, Any]:
    return {name: getattr(step, name) for name in inspect(type(step)).column_attrs.keys()}  # noqa: SIM118 - no dict
