"""A person asks to see everything that is kept: all of it, and nothing of anybody else."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from referral_desk import access, chronicle
from tests.crew import code_of, opened


@pytest.fixture
def folder(two_cases: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(two_cases, tmp_path / "desk"))


def test_a_person_sees_everything_that_is_kept_and_who_read_it(folder: Path) -> None:
    with opened(folder) as desk:
        seen = access.of(desk, code_of(desk))

    told = {(one.label, one.revision, one.is_current) for one in seen.recorded}
    said = " ".join(answer.text for one in (*seen.recorded, *seen.drafts) for answer in one.answers)
    assert {("First contact", 1, False), ("First contact", 2, True), ("The person", 1, True)} <= told
    assert all(canary in said for canary in ("Zdravka", "Ždralović", "Milivojska", "1999", "began to tell"))
    assert [handed.recipient for handed in seen.handed] == ["Clinic North"]
    assert any("read names or notes" in sentence for _at, sentence in seen.acts)
    assert seen.kept_until.year == 2027


def test_nothing_of_anybody_else_is_in_what_a_person_sees(folder: Path) -> None:
    with opened(folder) as desk:
        seen = access.of(desk, code_of(desk))

    assert not any(name in repr(seen) for name in ("Ana", "Bo ", "Cora", "Tarikandra"))
    marked = {answer.name for one in seen.recorded for answer in one.answers if answer.may_name_others}
    assert {"first_words", "recipient"} <= marked
    assert not marked & {"first_name", "phone", "gender"}


def test_what_speaks_of_somebody_else_is_withheld_and_says_so(folder: Path) -> None:
    with opened(folder) as desk:
        first = next(one for one in access.of(desk, code_of(desk)).recorded if one.label == "First contact")
        assert first.id
        seen = access.of(desk, code_of(desk), withheld={(first.id, "first_words")})

    assert "room 4" not in repr(seen)
    assert "Withheld: it speaks of somebody else." in repr(seen)


def test_an_answer_in_somebodys_own_words_goes_out_only_when_it_was_read(folder: Path) -> None:
    with opened(folder) as desk:
        looked, decided = access.look(desk, code_of(desk))

    assert decided == {}
    assert {answer.name for answer in looked.marked} >= {"first_words", "why_corrected", "recipient", "account"}
    given = access.as_given(looked, {answer.place: answer.name == "recipient" for answer in looked.marked})
    assert "Clinic North" in repr(given.recorded)
    assert not any(words in repr(given) for words in ("Milivojska", "A slip.", "began to tell"))
    assert repr(access.as_given(looked, {})).count("Withheld") == len(looked.marked)


def test_each_revision_is_read_and_decided_for_itself(folder: Path) -> None:
    with opened(folder) as desk:
        looked, _decided = access.look(desk, code_of(desk))
    former, current = (answer for answer in looked.marked if answer.name == "first_words")

    given = access.as_given(looked, {former.place: True, current.place: False})

    assert "asked for a bed" in repr(given)
    assert "room 4" not in repr(given)


def test_every_decision_is_noted_and_kept_over_a_lock(folder: Path) -> None:
    with opened(folder) as desk:
        code = code_of(desk)
        looked, _decided = access.look(desk, code)
        words, draft = (next(one for one in looked.marked if one.name == name) for name in ("first_words", "account"))
        access.decide(desk, looked.case_id, words, may_have=False)
        access.decide(desk, looked.case_id, draft, may_have=True)

        let, held = (told.sentence for told in chronicle.read(desk) if told.act in ("HELD_BACK", "LET_OUT"))
    with opened(folder) as desk:
        looked, decided = access.look(desk, code)

    assert held == f"Ana held back “What was said” (First contact, case {code}): it speaks of somebody else."
    assert let.startswith("Ana read “The person's own account” (Identification interview")
    assert decided == {words.place: False, draft.place: True}
    assert not any("access" in one.label.lower() for one in looked.drafts)


def test_what_was_given_is_noted_once_and_only_as_it_was_looked_at(folder: Path) -> None:
    with opened(folder) as desk:
        code = code_of(desk)
        looked, _decided = access.look(desk, code)
        with desk.work() as work:
            work.keep_draft("interview", looked.case_id, {"account": "and then her brother came"})
        assert not access.give(desk, looked)
        looked, _decided = access.look(desk, code)
        access.decide(desk, looked.case_id, looked.marked[0], may_have=True)

        assert access.give(desk, looked)
        assert access.look(desk, code)[1] == {}
        assert [told.act for told in chronicle.read(desk)].count("GAVE_ACCESS") == 1


def test_half_filled_forms_are_told_in_words_and_withheld_by_their_kind(folder: Path) -> None:
    with opened(folder) as desk:
        code = code_of(desk)
        with desk.work() as work:
            case = work.case(code)
            person = next(step for step in case.steps if step.kind == "person")
            work.keep_draft(
                f"person:{person.id}", case.id, {"gender": "F", "citizenships": ["SRB"], "why": "Petra said"}
            )

        told = {one.label: {said.name: said for said in one.answers} for one in access.of(desk, code).drafts}
        held = access.of(desk, code, withheld={("interview", "account")})

    assert told["The person"]["gender"].text == "Woman"
    assert not told["The person"]["citizenships"].may_name_others
    assert told["The person"]["why"].label == "Why was it corrected?"
    assert told["The person"]["why"].may_name_others
    assert "began to tell" not in repr(held)
