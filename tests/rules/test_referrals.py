"""Referrals: every rule in a story in which it holds, and in one in which it does not."""

from __future__ import annotations

import pytest

from referral_desk.errors import AnswersMissing, DeskError
from referral_desk.nrm.case import Case
from referral_desk.nrm.directory import Doubt
from referral_desk.nrm.surroundings import Surroundings
from tests.cast import a_case, a_child, a_woman
from tests.rules.asking import consents, refused, remarked, step, tells, warned
from tests.stories import story


@story("R10", holds=False)
@pytest.mark.parametrize(
    "called",
    [
        *("Poliția de Frontieră", "Politia Romana", "Polis Merkezi", "Jandarma Genel", "پلیس آگاهی", "Rendőrség"),
        *("МВР Скопје", "Прокуратура", "Po\u200blicija", "POLI\u0106IJA", "Policia e Shtetit", "Više javno tužilaštvo"),
        *(
            "Karakol – Emniyet",
            "Guardia di Finanza",
            "Straż Graniczna",
            "وزارة الداخلية",
            "Міністерство внутрішніх справ",
        ),
    ],
)
def test_r10_police_is_police_in_every_language(called: str) -> None:
    case = a_woman()
    consents(case, "SHARE_ORG", recipient=called, items="GENDER")

    assert refused(case, "referral", recipient=called, services="LEGINF", urgency="NORMAL") == {"R10"}


@story("R10", holds=True)
@pytest.mark.parametrize("called", ["Policlinica Nord", "Centre for Policy", "Poliklinika Vranje", "Procurement House"])
def test_r10_what_only_begins_like_it_is_no_police(called: str) -> None:
    case = a_woman()
    consents(case, "SHARE_ORG", recipient=called, items="GENDER")

    assert refused(case, "referral", recipient=called, services="MED", urgency="NORMAL") == set()


@story("R10", holds=False)
def test_r10_whatever_the_directory_says_is_police_counts() -> None:
    case = a_woman()
    consents(case, "SHARE_ORG", recipient="Department 4", items="GENDER")
    case.stands_in(Surroundings(is_police=lambda name: name == "Department 4"))

    assert refused(case, "referral", recipient="Department 4", services="LEGINF", urgency="NORMAL") == {"R10"}


@story("R2", holds=False)
@story("R2", holds=True)
def test_r2_a_childs_name_leaves_with_guardian_and_assent_alone() -> None:
    asked = {"recipient": "Clinic North", "services": "MED", "urgency": "EMERG"}
    for given in ({"given_by": "OTHER", "child_assents": "YES"}, {"given_by": "GUARDIAN"}):
        case = a_child()
        consents(case, "SHARE_ORG", recipient="Clinic North", items="NAME,GENDER", **given)
        assert refused(case, "referral", **asked, shares="NAME") == {"R2"}
        assert refused(case, "referral", **asked, shares="GENDER") == set()
    case = a_child()
    consents(case, "SHARE_ORG", recipient="Clinic North", items="NAME", given_by="GUARDIAN", child_assents="YES")
    assert refused(case, "referral", **asked, shares="NAME") == set()


@story("R2", holds=False)
def test_r2_nobody_is_named_before_it_is_recorded_who_she_or_he_is() -> None:
    case = a_case()
    consents(case, "SHARE_ORG", recipient="Clinic North", items="NAME,NEEDS")
    asked = {"recipient": "Clinic North", "services": "MED", "urgency": "EMERG"}

    assert refused(case, "referral", **asked, shares="NAME") == {"R2"}
    assert refused(case, "referral", **asked, shares="NEEDS") == set()


@story("R1", holds=False)
def test_r1_nobody_decided_for_a_child_where_nobody_is_named() -> None:
    case = a_child()
    with pytest.raises(AnswersMissing):
        tells(case, "consent", 5, status="GIVEN", scope="SHARE_ORG", recipient="Clinic North", items="NEEDS")
    older = consents(case, "SHARE_ORG", recipient="Clinic North", items="NEEDS", given_by="GUARDIAN")
    older.given_by = None

    assert "R1" in refused(case, "referral", recipient="Clinic North", services="MED", urgency="EMERG")


@story("R1", holds=True)
@story("R10", holds=False)
@story("R10", holds=True)
def test_r10_the_police_is_told_with_consent_for_it_or_by_law() -> None:
    case, by_law = a_woman(), a_woman()
    asked = {"recipient": "Police Station 4", "services": "SAFE", "urgency": "NORMAL"}
    consents(case, "SHARE_ORG", recipient="Police Station 4", items="GENDER")

    assert refused(case, "referral", **asked) == {"R10"}
    consents(case, "SHARE_POLICE", 1, recipient="Police Station 4", items="GENDER")
    assert refused(case, "referral", **asked) == set()
    ground = {"ground": "LEGAL_OBLIGATION", "authorised_by": "The director", "justification": "A child is in danger."}
    consents(by_law, "SHARE_POLICE", status="OTHER_GROUND", recipient="Police Station 4", items="GENDER", **ground)
    assert refused(by_law, "referral", **asked, shares="GENDER") == set()
    assert refused(by_law, "referral", **asked, shares="HEALTH") == {"R2"}


@story("R1", holds=False)
def test_r1_a_referral_is_not_sent_after_consent_was_withdrawn() -> None:
    case = a_woman()
    consents(case, "SHARE_ORG", recipient="Clinic North", items="GENDER")
    referral = tells(case, "referral", 4, recipient="Clinic North", services="MED", urgency="NORMAL")
    sent = {"referral": str(referral.id), "news": "SENT"}

    assert refused(case, "referral_answer", 3, **sent) == set()
    consents(case, "SHARE_ORG", 2, status="WITHDRAWN", recipient="Clinic North")
    assert refused(case, "referral_answer", 1, **sent) == {"R1"}


@story("R3", holds=False)
@story("R3", holds=True)
def test_r3_the_name_follows_the_acceptance() -> None:
    case = a_woman()
    consents(case, "SHARE_ORG", 9, recipient="Clinic North", items="NAME")
    tells(case, "risk", 2, purpose="PERIODIC", level="LOW")
    asked = {"recipient": "Clinic North", "services": "MED", "urgency": "NORMAL"}
    first = tells(case, "referral", 8, **asked)

    assert refused(case, "referral", **asked, anonymity="C_IDENT") == {"R3"}
    tells(case, "referral_answer", 7, referral=str(first.id), news="SENT")
    tells(case, "referral_answer", 5, referral=str(first.id), news="ACCEPTED")
    assert refused(case, "referral", **asked, anonymity="C_IDENT") == set()


@story("R4", holds=False)
@story("R4", holds=True)
def test_r4_the_directory_doubts() -> None:
    case = a_woman()
    consents(case, "SHARE_ORG", recipient="Clinic North", items="GENDER")
    asked = {"recipient": "Clinic North", "services": "MED", "urgency": "NORMAL"}

    assert warned(case, step("referral", **asked)) == set()
    case.stands_in(Surroundings(doubts=lambda _name: (Doubt.NOT_VETTED,)))
    assert warned(case, step("referral", **asked)) == {"R4"}


def waiting(case: Case, ago: int) -> str:
    consents(case, "SHARE_ORG", 30, recipient="Clinic North", items="GENDER")
    return str(tells(case, "referral", ago, recipient="Clinic North", services="MED", urgency="URGENT").id)


@story("R5", holds=False)
@story("R5", holds=True)
def test_r5_an_answer_is_waited_for_and_asked_for_again() -> None:
    case = a_woman()
    referral = waiting(case, 9)
    tells(case, "referral_answer", 8, referral=referral, news="SENT")

    assert "R5" in remarked(case)
    tells(case, "referral_answer", 1, referral=referral, news="CHASED")
    assert "R5" not in remarked(case)


@story("R6", holds=False)
@story("R6", holds=True)
def test_r6_who_is_turned_away_is_referred_elsewhere() -> None:
    case = a_woman()
    referral = waiting(case, 9)
    tells(case, "referral_answer", 8, referral=referral, news="SENT")
    with pytest.raises(DeskError, match="declined"):
        tells(case, "referral_answer", 7, referral=referral, news="DECLINED")

    tells(case, "referral_answer", 7, referral=referral, news="DECLINED", decline_reason="NO_CAPACITY")
    assert "R6" in remarked(case)
    consents(case, "SHARE_ORG", 6, recipient="Clinic South", items="GENDER")
    tells(case, "referral", 5, recipient="Clinic South", services="MED", urgency="NORMAL")
    assert "R6" not in remarked(case)


@story("R7", holds=False)
@story("R7", holds=True)
def test_r7_what_came_of_it_is_told() -> None:
    case = a_woman()
    referral = waiting(case, 28)
    for ago, news in ((27, "SENT"), (26, "ACCEPTED")):
        tells(case, "referral_answer", ago, referral=referral, news=news)

    assert "R7" in remarked(case)
    tells(case, "referral_answer", 2, referral=referral, news="COMPLETED", outcome="PARTLY")
    assert "R7" not in remarked(case)


@story("R8", holds=False)
@story("R8", holds=True)
def test_r8_the_caregiver_of_a_child_knows_or_there_is_a_reason() -> None:
    case = a_child()
    consents(case, "SHARE_ORG", recipient="Clinic North", items="GENDER", given_by="GUARDIAN")
    asked = {"recipient": "Clinic North", "services": "MED", "urgency": "NORMAL"}

    assert warned(case, step("referral", **asked, caregiver_informed="NO")) == {"R8"}
    assert warned(case, step("referral", **asked, caregiver_informed="YES")) == set()
