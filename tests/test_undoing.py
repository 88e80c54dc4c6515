"""The last act taken back: honestly, while nothing was built on it, and without losing a word."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from referral_desk import access, chronicle, erasure, letters, store, undoing
from referral_desk.erasure import Ground
from referral_desk.errors import NothingToUndo, WordStands
from referral_desk.nrm.case import Case, Step
from referral_desk.nrm.consent import Consent
from referral_desk.nrm.pathway import kind_of, step_from
from referral_desk.nrm.person import FirstContact, Person
from referral_desk.nrm.referral import Referral
from tests.cast import TODAY
from tests.crew import code_of, opened
from tests.test_cli import Typist, ana  # noqa: F401 - a fixture


@pytest.fixture
def desk(two_cases: Path, tmp_path: Path) -> store.Desk:
    return opened(Path(shutil.copytree(two_cases, tmp_path / "desk")))


def take(work: store.Work, case: Case, kind: str, **written: Any) -> Step:
    return work.take(case, step_from(kind_of(kind), {"day": TODAY.isoformat(), **written}))


def undo_last(desk: store.Desk) -> None:
    with desk.work() as work:
        undoing.undo(work, desk.acts.last)


def test_a_step_just_taken_is_taken_back_and_stays_readable(desk: store.Desk) -> None:
    with desk:
        code = code_of(desk)
        with desk.work() as work:
            taken = take(work, work.case(code), "interview", account="Told by mistake.")

        undo_last(desk)

        with desk.work() as work:
            case = work.case(code)
            assert all(step.kind != "interview" for step in case.steps)
            [withdrawn] = work.withdrawn(case.id)
            first, second = work.revisions(type(taken), taken.id)
            assert withdrawn is second
            assert (first.current, second.current) == (False, False)
            assert first.account == "Told by mistake."  # type: ignore[attr-defined]
            assert "Undone" in second.why_corrected  # type: ignore[attr-defined]
        assert any("took “Identification interview” back" in one.sentence for one in chronicle.read(desk))


def test_a_correction_is_taken_back_to_what_was_said_before(desk: store.Desk) -> None:
    with desk:
        code = code_of(desk)
        with desk.work() as work:
            case = work.case(code)
            person = case.latest(Person)
            assert person
            work.correct(case, person, {"first_name": "Wrong", "gender": "M"}, why="A slip.")

        undo_last(desk)

        with desk.work() as work:
            case = work.case(code)
            assert [work.cases(work.case_ids(name))[0].code for name in ("zdravka",)] == [code]
            assert work.case_ids("wrong") == []
            person = case.latest(Person)
            assert person
            assert person.gender
            assert (person.first_name, person.gender.code, person.revision) == ("Zdravka", "F", 3)
            told = undoing.history(work, Person, person.id)
        assert [one.number for one in told] == [1, 2, 3]
        assert [(c.before, c.after) for c in told[1].changes if c.is_sealed] == [("Zdravka", "Wrong")]
        assert [(c.before, c.after) for c in told[2].changes if not c.is_sealed] == [("Man", "Woman")]
        assert told[1].by == "Ana"


def test_what_others_built_on_is_corrected_and_not_undone(desk: store.Desk) -> None:
    with desk:
        code = code_of(desk)
        with desk.work() as work:
            take(work, work.case(code), "interview")
        done = desk.acts.last
        with desk.work() as work:
            take(work, work.case(code), "interview")

        with desk.work() as work, pytest.raises(NothingToUndo):
            undoing.undo(work, done)

        undo_last(desk)
        undo_last(desk)
        with desk.work() as work:
            assert all(step.kind != "interview" for step in work.case(code).steps)


def test_what_was_printed_is_not_undone(desk: store.Desk) -> None:
    with desk:
        code = code_of(desk)
        with desk.work() as work:
            asked = {"recipient": "Clinic North", "services": "MED", "urgency": "EMERG"}
            referral = take(work, work.case(code), "referral", **asked)
        letters.checked_referral_form(desk, referral.id, language="en")

        with pytest.raises(NothingToUndo):
            undo_last(desk)

        with desk.work() as work:
            assert referral.id in {step.id for step in work.case(code).taken(Referral)}


def test_opening_a_case_and_yesterdays_work_are_not_undone(desk: store.Desk) -> None:
    with desk:
        with desk.work() as work:
            work.open_case(FirstContact(day=TODAY))

        with pytest.raises(NothingToUndo):
            undo_last(desk)
    with opened(desk.folder) as again, pytest.raises(NothingToUndo):
        undo_last(again)


def test_work_that_failed_is_no_act(desk: store.Desk) -> None:
    with desk:
        with pytest.raises(RuntimeError), desk.work() as work:
            take(work, work.case(code_of(desk)), "interview")
            raise RuntimeError

        assert desk.acts.last is None


def test_what_was_taken_back_is_given_to_the_person_and_erased_with_her(desk: store.Desk) -> None:
    with desk:
        code = code_of(desk)
        with desk.work() as work:
            take(work, work.case(code), "interview", account="Told by mistake.")
        undo_last(desk)

        given = access.of(desk, code)
        certificate = erasure.erase(desk, code, Ground.REQUEST)

    assert "Told by mistake." in {answer.text for one in given.recorded for answer in one.answers}
    assert ("Identification interview", 2) in certificate.plan.goes


def test_sealed_changes_are_told_to_the_entitled_alone(desk: store.Desk) -> None:
    with desk:
        with desk.work() as work:
            case = work.case(code_of(desk))
            person = case.latest(Person)
            assert person
            work.correct(case, person, {"first_name": "Zdravka Ana"}, why="A second name.")
        with desk.work(unsealed=False) as work:
            hidden = undoing.history(work, Person, person.id)

    assert "Zdravka" not in str(hidden)
    assert "second" not in str(hidden)


def test_the_commands_show_what_changed_and_take_it_back(ana: Typist) -> None:  # noqa: F811
    code = ana.opens_a_case()
    ana.types("take", "person", code, "--gender", "M")
    ana.types("correct", "person", code, "--gender", "F", answers={"why_corrected": "A slip."})

    told = ana.types("case", "history", code, "--names")
    ana.types("case", "undo", code)
    shown = ana.types("case", "show", code)
    ana.types("case", "undo", code, code=NothingToUndo.exit_code)

    assert "Man → Woman" in told
    assert "A slip." in told
    assert "Gender: Man" in shown


def consent_said(desk: store.Desk, *said: str) -> str:
    """The decisions about one recipient, one after the other."""
    code = code_of(desk)
    for status in said:
        with desk.work() as work:
            about = {"scope": "SHARE_ORG", "recipient": "Helpline", "items": "NEEDS", "given_by": "GUARDIAN"}
            take(work, work.case(code), "consent", status=status, **about)
    return code


def statuses(desk: store.Desk, code: str) -> list[str]:
    with desk.work() as work:
        said = work.case(code).taken(Consent)
        return [step.status.code for step in said if step.recipient == "Helpline"]


@pytest.mark.parametrize("word", ["WITHDRAWN", "REFUSED"])
def test_a_no_is_not_taken_back_where_consent_would_come_back_with_it(desk: store.Desk, word: str) -> None:
    with desk:
        code = consent_said(desk, "GIVEN", word)

        with pytest.raises(WordStands):
            undo_last(desk)

        assert statuses(desk, code) == ["GIVEN", word]


def test_a_yes_that_became_a_no_stays_one(desk: store.Desk) -> None:
    with desk:
        code = consent_said(desk, "GIVEN")
        with desk.work() as work:
            case = work.case(code)
            [given] = [step for step in case.taken(Consent) if step.recipient == "Helpline"]
            work.correct(case, given, {"status": "REFUSED"}, why="She said no.")

        with pytest.raises(WordStands):
            undo_last(desk)

        assert statuses(desk, code) == ["REFUSED"]


def test_a_no_with_nothing_behind_it_and_a_yes_are_taken_back(desk: store.Desk) -> None:
    with desk:
        code = consent_said(desk, "REFUSED")
        undo_last(desk)
        consent_said(desk, "GIVEN", "WITHDRAWN", "GIVEN")
        undo_last(desk)

        assert statuses(desk, code) == ["GIVEN", "WITHDRAWN"]
