"""Laws for whoever adds the next question, step, list or mechanism."""

from __future__ import annotations

from datetime import date

import pytest

from referral_desk.nrm import mechanism
from referral_desk.nrm.case import KINDS, Step
from referral_desk.nrm.fields import Question, Reach, SealedAnswer
from referral_desk.nrm.terms import IsoCode, Term, Year

EVERY = [(kind, question) for kind in KINDS.values() for question in kind.questions]
NAMES = [f"{kind.kind}.{question.name}" for kind, question in EVERY]
COOPERATION = ("cooperat", "testif", "witness", "police")


@pytest.mark.parametrize(("kind", "question"), EVERY, ids=NAMES)
def test_only_what_is_coded_is_counted(kind: type[Step], question: Question) -> None:
    if not question.counted:
        return

    assert issubclass(question.vocabulary, Term | IsoCode | Year)


@pytest.mark.parametrize(("kind", "question"), EVERY, ids=NAMES)
def test_long_free_text_is_sealed(kind: type[Step], question: Question) -> None:
    assert not question.long or question.reach is Reach.SEALED


@pytest.mark.parametrize(("kind", "question"), EVERY, ids=NAMES)
def test_a_sealed_answer_has_no_column(kind: type[Step], question: Question) -> None:
    has_column = question.name in kind.__table__.columns

    assert has_column is (question.reach is not Reach.SEALED)
    assert isinstance(vars(kind).get(question.name), SealedAnswer) is (question.reach is Reach.SEALED)


@pytest.mark.parametrize(("kind", "question"), EVERY, ids=NAMES)
def test_what_may_stand_on_a_letter_says_which_consent_covers_it(kind: type[Step], question: Question) -> None:
    on_paper = question.reach is Reach.LETTER
    assert not on_paper or question.item is not None


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_a_step_can_be_made_without_a_database(kind: type[Step]) -> None:
    step = kind(day=date(2026, 1, 1))

    assert step.answers()["day"] == date(2026, 1, 1)
    assert step.revision == 1


def test_no_question_of_help_depends_on_cooperation() -> None:
    """X2: nothing that is given or asked for may hang on speaking to the authorities."""
    for code in ("assistance", "referral", "reflection"):
        names = [question.name + question.text.lower() for question in KINDS[code].questions]
        assert not any(word in name for name in names for word in COOPERATION)


@pytest.mark.parametrize("code", mechanism.codes())
def test_every_national_value_says_where_it_comes_from_and_whether_it_is_verified(code: str) -> None:
    found = mechanism.of(code)

    assert found.reflection.source
    assert date.fromisoformat(found.best_before) > date.fromisoformat(f"{found.version}-01")
    assert found.reflection.standing
    assert ("lawyer" in found.reflection.standing) is not bool(found.reflection.verified_by)


def test_the_mechanisms_of_the_region_are_there() -> None:
    assert set(mechanism.codes()) >= {"COE", "SRB", "MDA", "MKD", "ALB", "ROU", "NOR"}


def test_vocabularies_keep_codes_unique_by_being_enumerations() -> None:
    vocabularies = {question.vocabulary for _kind, question in EVERY if question.vocabulary}
    listed = [one for one in vocabularies if issubclass(one, Term)]

    assert all(len({term.code for term in one}) == len(one.__members__) for one in listed)
