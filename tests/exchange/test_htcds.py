"""Records for another organisation: of those who agreed, what they agreed to, and nothing that names anybody."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path

import pytest

from referral_desk import chronicle, errors
from referral_desk.exchange import htcds
from referral_desk.nrm.fields import Reach
from referral_desk.nrm.pathway import KINDS, kind_of, step_from
from referral_desk.nrm.person import FirstContact
from tests.cast import days_ago
from tests.crew import ANA, BO, CANARIES, opened

CLINIC = "Clinic North"


@pytest.fixture
def folder(crew_desk: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(crew_desk, tmp_path / "desk"))


def comes(folder: Path, *steps) -> str:
    """Somebody comes, and these steps are taken; gives the code of the case."""
    with opened(folder, ANA) as desk, desk.work() as work:
        case = work.open_case(FirstContact(day=days_ago(30)))
        for kind, written in steps:
            work.take(case, step_from(kind_of(kind), {"day": days_ago(20).isoformat()} | written))
        return case.code


def agrees(*items: str, recipient: str = CLINIC, **more: str):
    said = {
        "status": "GIVEN",
        "scope": "SHARE_ORG",
        "recipient": recipient,
        "items": list(items),
        "given_by": "GUARDIAN",
    }
    return "consent", said | more


PERSON = (
    "person",
    {"first_name": "Zdravka", "phone": "+381 64 000 111", "gender": "F", "citizenships": ["MDA", "UKR"]},
)
TOLD = ("interview", {"exploitation": ["LAB", "SEX"], "control": ["DEBT", "MOVE"], "account": "Milivojska came."})


def handed_over(folder: Path, tmp_path: Path, recipient: str = CLINIC) -> list[dict[str, str]]:
    """The rows of the file that Bo, who can unseal nothing, hands over."""
    target = tmp_path / "records.csv"
    with opened(folder, BO) as desk:
        assert desk.seal is None
        htcds.hand_over(desk, recipient, target)
    return list(csv.DictReader(io.StringIO(target.read_text(encoding="utf-8-sig"))))


def test_a_row_holds_what_the_person_agreed_to_and_no_more(folder, tmp_path):
    comes(folder, PERSON, TOLD, agrees("GENDER", "EXPLOITATION_TYPE"))

    [row] = handed_over(folder, tmp_path)

    assert row["prs_Gender"] == "Feminine"
    assert row["vic_TypeOfExploitation"] == "SexualExploitation;ForcedLabour"
    assert row["con_Consent"] == "true"
    assert row["prs_Citizenship"] == ""
    assert row["vic_MethodsOfControl"] == ""


def test_values_are_the_system_names_without_blanks_and_each_once(folder, tmp_path):
    comes(folder, PERSON, TOLD, agrees("CITIZENSHIP", "EXPLOITATION_DETAIL"))

    [row] = handed_over(folder, tmp_path)

    assert row["prs_Citizenship"] == "MDA;UKR"
    assert row["vic_MethodsOfControl"] == "DebtBondage;Other"


def test_nothing_that_is_sealed_is_in_the_file_whatever_was_agreed(folder, tmp_path):
    comes(folder, PERSON, TOLD, agrees("NAME", "CONTACT", "DOB", "GENDER"))

    [row] = handed_over(folder, tmp_path)
    content = (tmp_path / "records.csv").read_text(encoding="utf-8-sig")

    assert row["prs_FirstName"] == row["prs_MobilePhone"] == row["prs_Birthdate"] == ""
    assert not any(canary in content for canary in CANARIES)
    assert "▓" not in content


@pytest.mark.parametrize(
    "consent",
    [
        (),
        (agrees("GENDER", recipient="Shelter South"),),
        (agrees("GENDER"), ("consent", {"status": "WITHDRAWN", "scope": "SHARE_ORG", "recipient": CLINIC})),
        (agrees("GENDER", expires_on=days_ago(1).isoformat()),),
        (("consent", {"status": "REFUSED", "scope": "SHARE_ORG", "recipient": CLINIC}),),
    ],
)
def test_who_did_not_agree_with_this_recipient_is_not_in_the_file(folder, tmp_path, consent):
    comes(folder, PERSON, *consent)

    with pytest.raises(errors.ConsentNotInForce):
        handed_over(folder, tmp_path)
    assert not (tmp_path / "records.csv").exists()


def test_a_sealed_note_of_what_must_be_withheld_keeps_the_case_here(folder, tmp_path):
    comes(folder, PERSON, agrees("GENDER", withhold="Nothing to the clinic's accountant."))
    comes(folder, PERSON, agrees("GENDER"))

    with opened(folder, BO) as desk, desk.work(unsealed=False) as work:
        found = htcds.records(work, CLINIC)
        told = " ".join(htcds.told(found))

    assert len(found.lines) == 1
    assert found.noted == 1
    assert "1 cases stay here: a sealed note" in told
    assert "These are records, not figures" in told


def test_whoever_must_never_learn_of_a_person_gets_no_record(folder):
    comes(folder, PERSON, agrees("GENDER"))
    feared = {"sort": "ORGANISATION", "organisation": "clinic  north", "status": "IN_FORCE"}
    comes(folder, PERSON, agrees("GENDER"), ("never_tell", feared))

    with opened(folder, BO) as desk, desk.work(unsealed=False) as work:
        found = htcds.records(work, CLINIC)
        told = " ".join(htcds.told(found))

    assert (len(found.lines), found.never) == (1, 1)
    assert "must never learn of the person" in told


def test_two_recipients_cannot_join_their_lists(folder, tmp_path):
    code = comes(folder, PERSON, agrees("GENDER"), agrees("GENDER", recipient="Shelter South"))

    [north] = handed_over(folder, tmp_path)
    [again] = handed_over(folder, tmp_path, "clinic  north")
    [south] = handed_over(folder, tmp_path, "Shelter South")

    assert north["x_CaseRef"] == again["x_CaseRef"] != south["x_CaseRef"]
    assert code not in str(north)
    assert north["x_CaseRef"].startswith("RX-")


def test_the_journal_notes_every_record_that_left(folder, tmp_path):
    codes = {comes(folder, PERSON, agrees("GENDER")) for _twice in range(2)}
    handed_over(folder, tmp_path)

    with opened(folder, ANA) as desk:
        told = [entry.sentence for entry in chronicle.read(desk)]

    for code in codes:
        assert f"Bo handed the record of the case {code} to another organisation (HTCDS)." in told


def test_a_file_that_cannot_be_written_is_noted_nowhere(folder, tmp_path):
    comes(folder, PERSON, agrees("GENDER"))
    with opened(folder, BO) as desk, pytest.raises(errors.UnwritableTarget):
        htcds.hand_over(desk, CLINIC, tmp_path / "nowhere" / "records.csv")

    with opened(folder, ANA) as desk:
        assert not any("HTCDS" in entry.sentence for entry in chronicle.read(desk))


def test_who_could_get_records_is_listed_once(folder):
    comes(folder, PERSON, agrees("GENDER"))
    comes(folder, PERSON, agrees("GENDER", recipient="clinic north"), agrees("NEEDS", recipient="Shelter South"))

    with opened(folder, BO) as desk, desk.work(unsealed=False) as work:
        assert [name.casefold() for name in htcds.recipients(work)] == ["clinic north", "shelter south"]


def test_the_columns_are_those_of_the_standard_each_once(folder, tmp_path):
    comes(folder, PERSON, agrees("GENDER"))
    [row] = handed_over(folder, tmp_path)

    assert list(row)[: len(htcds.CORE) - 1] == list(htcds.CORE[:-1])
    assert list(row)[-2:] == ["con_Consent", "x_CaseRef"]
    assert not set(row) & htcds.DEPRECATED


def test_only_lists_that_may_stand_on_a_letter_answer_a_column():
    for asked in htcds._sources().values():
        for _kind, question in asked:
            assert question.vocabulary
            assert question.reach >= Reach.LETTER
            assert question.item


def test_every_value_is_one_word():
    terms = {q.vocabulary for kind in KINDS.values() for q in kind.questions if q.htcds and q.vocabulary}
    for vocabulary in terms:
        for entry in vocabulary.every():
            value = getattr(entry, "htcds", "")
            assert value == value.strip()
            assert htcds.SEPARATOR not in value
