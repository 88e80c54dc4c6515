"""Journeys of children, and of somebody of whom nobody knows whether she is one."""

from __future__ import annotations

import pytest

from referral_desk.nrm.children import AgeAssessment, BestInterests, family_contact_is_wanted_for
from referral_desk.nrm.consent import in_force
from referral_desk.nrm.person import is_child
from tests.cast import TODAY, days_ago
from tests.journeys.ways import agrees, comes, goes, is_helped, is_known, is_referred, refused, says_goodbye

GIRL = {"gender": "F", "age_band": "9--17", "citizenships": "ALB", "language": "sqi", "unaccompanied": "YES"}
GUARDED = {"given_by": "GUARDIAN", "child_assents": "YES"}
pytestmark = pytest.mark.usefixtures("desk")


def test_a_child_sold_by_the_family_does_not_go_back_to_it() -> None:
    case = comes(200, contact="SCHOOL", noticed_by="SCHOOL")
    goes(case, "guardian", 199, status="APPOINTED", independent="YES", child_met="YES", guardian="Vera Lum")
    is_known(case, 199, **GIRL, given_by="GUARDIAN")
    goes(case, "related_person", 198, relation="PARENT", complicit="YES", may_know="NO")
    told = {"exploitation": "BEG", "recruitment": "SOLD", "recruiter": "FAM", "as_child": "YES", "internal": "NO"}
    goes(case, "experience", 197, **told)
    goes(case, "submission", 197, outcome="CHILD_AUTOMATIC", authority="Centre for Protection", views="YES")
    goes(case, "child_views", 196, heard="ALONE", topics="FAMILY,SCHOOL", said="Not home.")
    goes(case, "best_interests_assessment", 190, purpose="CHILD_AT_RISK", heard="ALONE", determination="YES")
    is_helped(case, 189, "CHILD,EDU,GUARD", agreed_by="GUARDIAN")
    assert {"C2"} <= refused(case, "family_tracing", 188, wished="NO")
    assert {"T5"} <= refused(case, "return", 187, manner="FAMILY_REUNIFICATION", destination="ALB")
    panel = {"panel_size": "4", "professions": "CHILD_PROTECTION,PSYCHOLOGIST,LAW", "child_heard": "YES"}
    elements = ["SAFETY=STAY", "FAMILY=STAY", "VIEWS=STAY"]
    stays = {"decision": "STAY_IN_BI", "family_contact": "NO", "elements": elements}
    goes(case, "best_interests", 150, **panel, **stays, trigger="RETURN")

    assert not family_contact_is_wanted_for(case)
    assert {"T5"} <= refused(case, "return", 140, manner="FAMILY_REUNIFICATION", destination="ALB")
    is_referred(case, 130, "Willow Youth Centre", "EDU", **GUARDED)
    goes(case, "stay", 129, accommodation="FOSTER", voluntary="YES", fit_for_child="YES")
    goes(case, "turning_18", 60, agreed="YES", housing="YES", education="YES", money="YES", stay="YES")
    says_goodbye(case, 10, "TURNED_18_TRANSITION")
    assert case.taken(BestInterests)[-1].panel_size == 4


def test_a_childs_own_consent_is_not_enough_and_nothing_goes_against_the_child() -> None:
    case = comes(60)
    is_known(case, 60, **GIRL, given_by="GUARDIAN")
    agrees(case, 50, "SHARE_ORG", "Willow Youth Centre", "NEEDS")
    assert in_force(case, "Willow Youth Centre", TODAY) is None
    agrees(case, 49, "SHARE_ORG", "Willow Youth Centre", "NEEDS", given_by="GUARDIAN", child_assents="NO")
    assert in_force(case, "Willow Youth Centre", TODAY) is None
    given = agrees(case, 48, "SHARE_ORG", "Willow Youth Centre", "NEEDS", **GUARDED)

    allowed = in_force(case, "Willow Youth Centre", TODAY)
    assert allowed is not None
    assert allowed.id == given.id


def test_what_a_law_lets_go_without_consent_names_its_ground_and_a_second_person() -> None:
    case = comes(30)
    is_known(case, 30, **GIRL, given_by="GUARDIAN")
    ground = {"ground": "VITAL_INTEREST", "authorised_by": "Mira", "justification": "She was seen at the station."}
    without = {"status": "OTHER_GROUND", "scope": "SHARE_POLICE", "recipient": "Police", "items": "AGE_BAND"}
    assert in_force(case, "Police", TODAY) is None
    goes(case, "consent", 29, **without, **ground)

    assert in_force(case, "Police", TODAY) is not None


def test_who_may_be_a_child_is_one_until_it_is_known() -> None:
    case = comes(120, contact="BORDER")
    doubt = {"gender": "F", "age_band": "18--20", "age_in_doubt": "YES", "language": "som"}
    is_known(case, 120, given_by="GUARDIAN", **doubt)
    assert is_child(case)
    goes(case, "guardian", 118, status="APPOINTED", scope="TEMPORARY", independent="YES")
    is_helped(case, 117, "ACC,CHILD", agreed_by="GUARDIAN")
    ages = {"youngest": "16", "oldest": "19", "result": "IN_DOUBT"}
    goes(case, "age_assessment", 90, consented="YES", method="MULTIDISCIPLINARY", **ages)

    assert is_child(case)
    assert {"T5"} <= refused(case, "return", 80, manner="REMOVAL", destination="ITA")
    goes(case, "missing", 70, status="MISSING", reported_on=days_ago(70).isoformat(), reported_to="POLICE,HOTLINE")
    goes(case, "missing", 66, status="CAME_BACK", spoken_with="YES")
    is_referred(case, 50, "Willow Youth Centre", "CHILD", **GUARDED)
    says_goodbye(case, 5, "TRANSFERRED", taken_over_by="Willow Youth Centre")
    assert case.taken(AgeAssessment)[-1].oldest == 19
