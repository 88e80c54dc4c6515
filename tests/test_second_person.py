"""Going on without consent takes two: every rule that the law lets one do without, and none that it does not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from referral_desk import journal, store
from referral_desk.errors import AnswersMissing, SafeguardsUnmet, SecondPersonNeeded, WrongPassphrase
from referral_desk.nrm.all_the_same import GROUNDS, Ground
from referral_desk.nrm.consent import Consent
from referral_desk.nrm.pathway import kind_of, step_from
from referral_desk.nrm.terms import LegalGround
from referral_desk.second_person import Second, correct, go_on, others, record
from tests.crew import ANA, BO, RECOVERY_KEY, clock, code_of, founded, opened

BO_AGREES = Second(login="bo", passphrase=BO)
DANGER = Ground(LegalGround.VITAL, "He was seen at the door.")
CLINIC = "Clinic North"
SHARED = {"scope": "SHARE_ORG", "recipient": CLINIC}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[store.Desk]:
    with opened(founded(tmp_path / "desk")) as ana:
        yield ana


def told(desk: store.Desk, *steps: dict[str, str]) -> str:
    """Zdravka's case, in which all this was recorded."""
    code = code_of(desk)
    with desk.work() as work:
        case = work.case(code)
        work.correct(case, case.steps[1], {"age_band": "27--29", "age_in_doubt": "NO"}, why="She showed a passport.")
        for one in steps:
            given = {name: answer for name, answer in one.items() if name != "kind"}
            work.take(case, step_from(kind_of(one["kind"]), {"day": work.today.isoformat(), **given}))
    desk.clock = lambda: clock() + timedelta(minutes=5)
    return code


def wanted(desk: store.Desk, kind: str, **given: Any) -> Any:
    return step_from(kind_of(kind), {"day": desk.clock().date().isoformat(), **given})


def consents(desk: store.Desk, code: str) -> list[tuple[str, str, str | None, set[str]]]:
    with desk.work() as work:
        said = work.case(code).taken(Consent)
        return [(s.status.code, s.scope.code, s.authorised_by, {i.code for i in s.items or ()}) for s in said]


REFERRED = {"recipient": CLINIC, "services": "MED", "urgency": "EMERG", "shares": "NEEDS,HEALTH"}
NEEDS_AGREED = {"kind": "consent", "status": "GIVEN", "given_by": "PERSON", "items": "NEEDS", **SHARED}
WAYS: dict[str, tuple[list[dict[str, str]], str, dict[str, str], tuple[str, set[str]]]] = {
    "X1": (
        [{"kind": "consent", "status": "REFUSED", "scope": "STORE"}],
        "related_person",
        {"relation": "CHILD", "name": "Zoran"},
        ("STORE", set()),
    ),
    "I8": (
        [],
        "submission",
        {"outcome": "SUBMITTED", "authority": "Centre"},
        ("SHARE_ID_AUTH", set()),
    ),
    "R1": ([], "referral", REFERRED, ("SHARE_ORG", {"NEEDS", "HEALTH"})),
    "R2": ([NEEDS_AGREED], "referral", {**REFERRED, "shares": "HEALTH"}, ("SHARE_ORG", {"NEEDS", "HEALTH"})),
    "R10": ([], "referral", {**REFERRED, "recipient": "Police station"}, ("SHARE_POLICE", {"NEEDS", "HEALTH"})),
}


@pytest.mark.parametrize("rule", list(WAYS))
def test_two_go_on_and_the_act_stands_where_consent_would(desk: store.Desk, rule: str) -> None:
    before, kind, given, (scope, items) = WAYS[rule]
    code = told(desk, *before)
    with desk.work() as work, pytest.raises(SafeguardsUnmet) as caught:
        work.take(work.case(code), wanted(desk, kind, **given))
    assert rule in {guard.id for guard in caught.value.unmet}

    go_on(desk, code, wanted(desk, kind, **given), DANGER, BO_AGREES)

    assert consents(desk, code)[-1] == ("OTHER_GROUND", scope, "Bo", items)
    with desk.work() as work:
        assert work.case(code).taken(kind_of(kind))
        entries = list(work.session.query(journal.Entry))
        [by] = [entry.by for entry in entries if entry.act == "AGREED_AS_SECOND"]
        assert by not in ("", desk.member)
        assert [rule in entry.record for entry in entries if entry.act == "WENT_ON"] == [True]
        journal.verify(work.session)


def test_nothing_stays_where_the_step_is_refused_for_something_else(desk: store.Desk) -> None:
    code = told(desk)
    named = wanted(desk, "referral", **REFERRED, anonymity="C_IDENT")

    with pytest.raises(SafeguardsUnmet):
        go_on(desk, code, named, DANGER, BO_AGREES)

    assert consents(desk, code) == []


@pytest.mark.parametrize(
    ("second", "error"),
    [
        (Second(login="ana", passphrase=ANA), SecondPersonNeeded),
        (Second(login="bo", passphrase="a wrong one"), WrongPassphrase),
        (Second(name="Mira"), WrongPassphrase),
    ],
    ids=["oneself", "a wrong passphrase", "a name alone"],
)
def test_only_another_member_can_agree(desk: store.Desk, second: Second, error: type[Exception]) -> None:
    code = told(desk)

    with pytest.raises(error):
        go_on(desk, code, wanted(desk, "referral", **REFERRED), DANGER, second)

    assert consents(desk, code) == []


def test_the_recovery_key_is_nobody(desk: store.Desk) -> None:
    with pytest.raises((SecondPersonNeeded, WrongPassphrase)):
        go_on(desk, told(desk), wanted(desk, "referral", **REFERRED), DANGER, Second(passphrase=RECOVERY_KEY))


def test_somebody_agrees_by_name_where_nobody_else_is_a_member(tmp_path: Path) -> None:
    from referral_desk.vault.slots import FLOOR

    folder = tmp_path / "alone"
    with store.create(folder, passphrase=ANA, login="ana", name="Ana", recovery_key=RECOVERY_KEY, cost=FLOOR) as alone:
        assert others(alone) == ()
        with alone.work() as work:
            code = work.open_case(wanted(alone, "first_contact")).code
        with pytest.raises(AnswersMissing):
            go_on(alone, code, wanted(alone, "referral", **REFERRED), DANGER, Second(name="  "))
        go_on(alone, code, wanted(alone, "referral", **REFERRED), DANGER, Second(name="Mira"))
        assert consents(alone, code)[-1][2] == "Mira"


def test_the_law_knows_two_grounds() -> None:
    assert {ground.code for ground in GROUNDS} == {"VITAL_INTEREST", "LEGAL_OBLIGATION"}


GROUND = {
    "status": "OTHER_GROUND",
    "scope": "SHARE_ORG",
    "recipient": CLINIC,
    "items": "NEEDS",
    "ground": "VITAL_INTEREST",
    "authorised_by": "Somebody",
    "justification": "He was seen at the door.",
}


def test_nobody_records_the_ground_alone_that_stands_for_consent(desk: store.Desk) -> None:
    code = told(desk)

    with desk.work() as work, pytest.raises(SecondPersonNeeded):
        work.take(work.case(code), wanted(desk, "consent", **GROUND))
    assert consents(desk, code) == []

    record(desk, code, wanted(desk, "consent", **GROUND), BO_AGREES)

    assert consents(desk, code) == [("OTHER_GROUND", "SHARE_ORG", "Bo", {"NEEDS"})]
    with desk.work() as work:
        acts = [entry.act for entry in work.session.query(journal.Entry)]
    assert acts.count("AGREED_AS_SECOND") == 1


def test_nobody_turns_a_refusal_into_a_ground_or_lets_more_go_alone(desk: store.Desk) -> None:
    code = told(desk, {"kind": "consent", "status": "REFUSED", **SHARED})
    because = {"X1": "It was another recipient."}

    def corrected(**changed: str) -> None:
        with desk.work() as work:
            case = work.case(code)
            work.correct(case, case.taken(Consent)[-1], changed, why="A slip.", because=because)

    with pytest.raises(SecondPersonNeeded):
        corrected(**GROUND)
    with desk.work() as work:
        step_id = work.case(code).taken(Consent)[-1].id
    correct(desk, code, step_id, GROUND, BO_AGREES, why="A slip.", because=because)
    assert consents(desk, code) == [("OTHER_GROUND", "SHARE_ORG", "Bo", {"NEEDS"})]
    with pytest.raises(SecondPersonNeeded):
        corrected(items="NEEDS,HEALTH")
    corrected(person_told="YES")
    assert consents(desk, code)[-1][3] == {"NEEDS"}
