"""How a step enters a case, and how it is put right."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_desk.errors import (
    AlreadyTaken,
    AnswersMissing,
    ComesAfter,
    ImpossibleDate,
    OneAnswer,
    TooLong,
    UnknownCode,
    UnknownQuestion,
    UnknownStep,
    WarningsUnanswered,
)
from referral_desk.nrm import answers, pathway
from referral_desk.nrm.case import KINDS, Case, is_code, random_code
from referral_desk.nrm.consent import Consent, items_shared_with, same_name
from referral_desk.nrm.fields import Question
from referral_desk.nrm.person import Gender, Person
from referral_desk.nrm.referral import Referral
from referral_desk.nrm.terms import DataItem, Unanswered
from tests.cast import TODAY, a_case, a_child, a_woman, days_ago, happens, ready_to_return, step, tells


def agrees(case: Case, recipient: str, ago: int) -> None:
    """She agrees that this recipient may learn her gender."""
    shared = {"status": "GIVEN", "scope": "SHARE_ORG", "recipient": recipient, "items": "GENDER"}
    tells(case, "consent", ago, given_by="PERSON", **shared)


def test_a_step_that_is_not_whole_does_not_enter() -> None:
    case = a_woman()

    with pytest.raises(AnswersMissing) as caught:
        tells(case, "consent", status="GIVEN")

    assert "To what?" in str(caught.value)
    assert case.taken(Consent) == []


def test_what_has_not_happened_yet_cannot_be_recorded() -> None:
    tomorrow = (TODAY + timedelta(days=1)).isoformat()

    with pytest.raises(ImpossibleDate):
        happens(a_woman(), pathway.step_from(KINDS["interview"], {"day": tomorrow}))


def test_nothing_ends_that_has_not_begun() -> None:
    case = a_woman()

    with pytest.raises(ComesAfter):
        tells(case, "assistance_end", services="ACC", reason="GOALS_MET")

    assert "assistance_end" not in {coming.kind.kind for coming in pathway.next_steps(case, TODAY)}


def test_the_person_is_described_once_and_then_corrected() -> None:
    case = a_woman()

    with pytest.raises(AlreadyTaken):
        tells(case, "person")


def test_a_correction_is_a_new_revision_with_a_reason() -> None:
    case = a_woman()
    former = case.latest(Person)
    assert former

    revised = pathway.correct(case, former, {"gender": "TF"}, why="She told us so.", on=TODAY)

    assert (revised.id, revised.revision, revised.current) == (former.id, 2, True)
    assert former.current is False
    assert former.gender is Gender.WOMAN
    assert case.latest(Person) is revised


def test_an_answer_to_a_question_that_is_not_asked_is_not_kept() -> None:
    case = a_woman()

    taken = tells(case, "risk", purpose="PERIODIC", level="LOW", danger_to_life="YES")

    assert taken.answers()["danger_to_life"] is None


def test_why_there_is_no_answer_is_not_the_same_as_no() -> None:
    case = a_case()

    person = tells(case, "person", gender="?DECLINED", interpreter="NO")

    assert person.unanswered == {"gender": Unanswered.DECLINED.code}
    assert person.answers()["interpreter"].code == "NO"
    assert person.answers()["language"] is None


@pytest.mark.parametrize(
    ("kind", "written", "error"),
    [
        ("person", {"gender": "X"}, UnknownCode),
        ("person", {"citizenships": "SRB,ZZZ"}, UnknownCode),
        ("person", {"shoe_size": "38"}, UnknownQuestion),
        ("person", {"day": "2026-02-30"}, ImpossibleDate),
        ("person", {"gender": "?MAYBE"}, UnknownCode),
        ("person", {"gender": ["F"]}, OneAnswer),
        ("referral", {"reference": "RF-ZDRA-VKA0"}, UnknownQuestion),
    ],
)
def test_bad_answers_are_told_apart(kind: str, written: dict[str, str], error: type[Exception]) -> None:
    with pytest.raises(error):
        pathway.step_from(pathway.kind_of(kind), written)


def test_what_is_said_is_never_taken_for_a_code() -> None:
    step = pathway.step_from(KINDS["interview"], {"account": "?Zdravka said that"})

    assert step.answers()["account"] == "?Zdravka said that"


def test_a_reason_gives_way_to_an_answer_and_the_other_way_round() -> None:
    case = a_case()
    first = tells(case, "person", gender="?DECLINED", language="srp")

    second = pathway.correct(case, first, {"gender": "F"}, why="She told us.", on=TODAY)
    third = pathway.correct(case, second, {"language": "?UNK"}, why="A slip.", on=TODAY)

    assert (second.answers()["gender"], second.unanswered) == (Gender.WOMAN, {})
    assert (third.answers()["gender"], third.unanswered) == (Gender.WOMAN, {"language": "UNK"})
    assert third.answers()["language"] is None


def test_nothing_ends_before_it_begins() -> None:
    with pytest.raises(ImpossibleDate):
        written = {"granted": "GRANTED", "mechanism": "SRB", "granted_until": days_ago(9).isoformat()}
        tells(a_woman(), "reflection", 5, **written)


def test_a_case_opens_on_the_day_of_its_first_contact_even_when_that_is_corrected() -> None:
    case = a_case()

    pathway.correct(case, case.steps[0], {"day": days_ago(70).isoformat()}, why="A slip.", on=TODAY)

    assert case.opened_on == days_ago(70)


def test_what_was_right_on_its_day_can_be_corrected_later() -> None:
    case = a_woman()
    agrees(case, "Clinic North", 20)
    former = tells(case, "referral", 10, recipient="Clinic North", services="MED", urgency="NORMAL", shares="GENDER")
    tells(case, "consent", 4, status="WITHDRAWN", scope="SHARE_ORG", recipient="Clinic North")

    assert pathway.correct(case, former, {"services": "MED,PSS"}, why="A slip.", on=TODAY).revision == 2


def test_an_unknown_kind_of_step_is_refused() -> None:
    with pytest.raises(UnknownStep):
        pathway.kind_of("horoscope")


def test_two_referrals_share_no_reference() -> None:
    case = a_woman()
    for recipient in ("Clinic North", "Legal Aid South"):
        agrees(case, recipient, 4)
        tells(case, "referral", recipient=recipient, services="MED", urgency="EMERG", shares="GENDER")

    one, other = case.taken(Referral)

    assert one.reference != other.reference
    assert one.reply_by == TODAY + timedelta(days=1)
    assert case.code not in (one.reference, other.reference)


def test_consent_is_for_one_recipient_and_its_items() -> None:
    case = a_woman()
    tells(
        case,
        "consent",
        9,
        status="GIVEN",
        scope="SHARE_ORG",
        recipient="Clinic North",
        items="GENDER,RISK",
        given_by="PERSON",
    )
    agrees(case, "Clinic North", 4)

    assert items_shared_with(case, "Clinic North", TODAY) == frozenset({DataItem.GENDER})
    assert items_shared_with(case, "Clinic North", days_ago(5)) == frozenset({DataItem.GENDER, DataItem.RISK})
    assert items_shared_with(case, "Clinic South", TODAY) is None


@given(st.integers(0, 7), st.sampled_from("0123456789ABCDEFGHJKMNPQRSTVWXYZ"))
def test_a_slip_in_copying_a_reference_is_noticed(at: int, slip: str) -> None:
    code = random_code()
    plain = list(code.removeprefix("RD-").replace("-", ""))
    changed = slip != plain[at]
    plain[at] = slip

    assert is_code(code)
    assert is_code("".join(plain)) is not changed


def test_every_kind_of_answer_has_one_written_form_that_is_read_back() -> None:
    for kind in KINDS.values():
        for question in kind.questions:
            for text in _examples(question):
                answer = answers.read(question, text)
                assert answers.read(question, answers.written(question, answer)) == answer
                assert answers.shown(question, answer)


def _examples(question: Question) -> list[str]:
    if question.graded:
        grades = question.graded.every()
        return [f"{entry.code}={grade.code}" for entry, grade in zip(question.many.every(), grades, strict=False)]
    if question.vocabulary:
        codes = [entry.code for entry in question.vocabulary.every()[:5]] or ["2024"]
        return [",".join(codes)] if question.many else codes
    plain = {str: "a few words", int: "40", Decimal: "1250.50", UUID: "6f1b0f0e-5a0f-4c3d-9e57-0a6d3c1f2b4a"}
    return [plain.get(question.kind, "2026-03-09")]


def test_a_case_that_refuses_a_step_is_as_it_was() -> None:
    case = a_woman()
    before = list(case.steps)

    with pytest.raises(ImpossibleDate):
        happens(case, step("interview", ago=-1))

    assert case.steps == before
    assert isinstance(case, Case)


def test_a_corrected_referral_keeps_its_reference() -> None:
    case = a_woman()
    agrees(case, "Clinic North", 4)
    former = tells(case, "referral", recipient="Clinic North", services="MED", urgency="NORMAL")
    assert isinstance(former, Referral)

    revised = pathway.correct(case, former, {"urgency": "EMERG"}, why="It got worse.", on=TODAY)

    assert isinstance(revised, Referral)
    assert revised.reference == former.reference
    assert revised.reply_by == TODAY + timedelta(days=1)


def test_a_referral_that_goes_elsewhere_gets_a_reference_of_its_own() -> None:
    case = a_woman()
    for recipient in ("Clinic North", "Clinic South"):
        agrees(case, recipient, 4)
    former = tells(case, "referral", recipient="Clinic North", services="MED", urgency="NORMAL")

    revised = pathway.correct(case, former, {"recipient": "Clinic South"}, why="A slip.", on=TODAY)

    assert revised.answers()["reference"] != former.answers()["reference"]


def test_a_cleared_departure_is_looked_at_again_until_it_happens() -> None:
    case = ready_to_return(a_woman())
    happens(case, step("return", -10, manner="VOLUNTARY_ASSISTED"))
    before = pathway.no_longer_cleared(case, TODAY)

    tells(case, "return_decision", wish="NO")

    assert before == ()
    assert [guard.id for guard in pathway.no_longer_cleared(case, TODAY)] == ["T4"]


@pytest.mark.parametrize("written", ["Women’s Centre", " women's   CENTRE "])
def test_organisations_are_compared_as_people_write_them(written: str) -> None:
    assert same_name("Women's Centre", written)


def test_a_consent_that_was_meant_for_another_gets_a_reference_of_its_own() -> None:
    """Its reference stands on the papers: two recipients who compare theirs must not find one and the same."""
    case = a_woman()
    asked = {"status": "GIVEN", "scope": "SHARE_ORG", "items": "NEEDS", "given_by": "PERSON"}
    former = tells(case, "consent", 1, recipient="Harbour House", **asked)

    kept = pathway.correct(case, former, {"items": "NEEDS,LANGUAGE"}, why="Told more.", on=TODAY)
    moved = pathway.correct(case, kept, {"recipient": "Clinic North"}, why="A slip.", on=TODAY)

    assert kept.answers()["reference"] == former.answers()["reference"]
    assert moved.answers()["reference"] not in (None, former.answers()["reference"])


def test_a_reason_too_long_to_keep_is_refused_like_any_answer() -> None:
    case = a_child()
    person = case.latest(Person)
    assert person is not None
    tells(
        case, "consent", 5, status="GIVEN", scope="SHARE_ORG", recipient="Clinic", items="GENDER", given_by="GUARDIAN"
    )
    asked: dict[str, Any] = {"recipient": "Clinic", "services": "MED", "urgency": "NORMAL", "caregiver_informed": "NO"}

    with pytest.raises(TooLong):
        pathway.correct(case, person, {"gender": "NC"}, why="x" * 10_001, on=TODAY)
    with pytest.raises(TooLong):
        pathway.take(case, step("referral", **asked), on=TODAY, because={"R8": "x" * 100_000})
    assert case.latest(Person) is person
    assert not case.taken(Referral)


@pytest.mark.parametrize(
    "correction",
    [
        {"day": str(days_ago(20))},
        {"status": "GIVEN", "items": "NEEDS", "given_by": "PERSON"},
        {"recipient": "Clinic South"},
    ],
    ids=["moved into the past", "turned into a yes", "moved to another"],
)
def test_a_correction_that_brings_a_withdrawn_consent_back_asks_for_a_reason(correction: dict[str, str]) -> None:
    case = a_woman()
    asked = {"scope": "SHARE_ORG", "recipient": "Clinic North"}
    tells(case, "consent", 10, status="GIVEN", items="NEEDS", given_by="PERSON", **asked)
    withdrawn = tells(case, "consent", 5, status="WITHDRAWN", **asked)
    harmless = pathway.correct(case, withdrawn, {"day": str(days_ago(4))}, why="A slip.", on=TODAY)

    with pytest.raises(WarningsUnanswered) as caught:
        pathway.correct(case, harmless, correction, why="A slip.", on=TODAY)
    assert [guard.id for guard in caught.value.unmet] == ["X1"]
    assert harmless in case.steps
    corrected = pathway.correct(
        case, harmless, correction, why="A slip.", on=TODAY, because={"X1": "Her letter says so."}
    )

    assert corrected in case.steps
