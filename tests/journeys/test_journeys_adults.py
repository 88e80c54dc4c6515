"""Journeys of grown people, each from the first word to the end of the work."""

from __future__ import annotations

from uuid import UUID

import pytest

from referral_desk.nrm.assistance import Assistance, AssistanceEnd
from referral_desk.nrm.case import Case
from referral_desk.nrm.closing import is_closed
from referral_desk.nrm.deadlines import what_is_due
from referral_desk.nrm.experience import Sector, TraffickingExperience
from referral_desk.nrm.pathway import kind_of
from referral_desk.nrm.redress import CompensationAward, UnpaidWages
from referral_desk.nrm.referral import Referral
from referral_desk.nrm.referral_news import (
    ReferralNews,
    ReferralState,
    may_follow,
    state_of,
)
from referral_desk.nrm.reflection import ReflectionStanding, standing, under_reflection
from referral_desk.nrm.residence import STANDING_PERMIT, Permit
from referral_desk.nrm.status import Appeal, FormalSubmission
from referral_desk.nrm.terms import YesNo
from tests.cast import LAWYERLY, TODAY, days_ago
from tests.journeys.ways import (
    agrees,
    comes,
    goes,
    is_assessed,
    is_helped,
    is_known,
    is_referred,
    open_kinds,
    refused,
    says_goodbye,
)

pytestmark = pytest.mark.usefixtures("desk")

WOMAN = {"gender": "F", "age_band": "24--26", "age_in_doubt": "NO", "citizenships": "MDA", "language": "ron"}
MAN = {"gender": "M", "age_band": "30--38", "age_in_doubt": "NO", "citizenships": "ROU", "language": "ron"}


def test_a_woman_who_does_not_speak_to_the_authorities_gets_everything() -> None:
    case = comes(300)
    is_known(case, 300, **WOMAN)
    agrees(case, 299, "INTERVIEW")
    goes(case, "interview", 299, agreed="YES", in_private="YES", exploitation="SEX", may_reuse="YES")
    before = open_kinds(case, days_ago(299))
    goes(case, "speaking", 298, decision="NO", reasons="They have cousins there.")
    goes(case, "submission", 298, outcome="PERSON_REFUSED", why_not="FEAR_EXPLOITER")
    goes(case, "notification", 298, ground="NATIONAL_LAW", outcome="ANONYMOUS", to_whom="Office", told_before="YES")

    assert before <= open_kinds(case, days_ago(298)) | {"submission", "notification", "speaking"}
    goes(case, "reflection", 297, granted="GRANTED", mechanism="COE")
    is_helped(case, 296, "ACC,MED,MH,LEGREP")
    goes(case, "permit", 280, permit="THB_PERSONAL", status="GRANTED", ground="PERSONAL_SITUATION")
    is_referred(case, 270, "Lantern Clinic", "MED")
    assert {"X2"} <= refused(case, "assistance_end", 200, services="ACC", reason="NO_COOPERATION")
    goes(case, "inclusion", 100, housing="OWN", income="WORK", wellbeing="3")
    says_goodbye(case, 60)

    assert case.taken(FormalSubmission)[-1].authority is None
    assert case.taken(Permit)[-1].status in STANDING_PERMIT
    assert not case.taken(AssistanceEnd)


def test_a_man_from_the_fields_asks_for_his_wages() -> None:
    case = comes(400, contact="LABINSP", noticed_by="LABINSP", needs_now="FOOD,SLEEP")
    is_known(case, 400, **MAN)
    told = {"exploitation": "LAB", "sector": "A", "means": "DECEP,VULN", "control": "DEBT,DOCS", "duration": "0-12"}
    goes(case, "experience", 399, **told, countries="SRB", recruitment="AGENCY", exploiters="SMALL")
    goes(case, "identity_document", 399, paper="PASSPORT", holder="EXPLOITER", asked_back="YES")
    goes(case, "decision", 390, status="PRESUMED", decided_by="NGO", threshold="REASONABLE_GROUNDS")
    is_helped(case, 398, "MAT,LEGREP")
    goes(case, "remedies", 380, legal_advice="YES", proceedings="PENDING", compensation="WANTED")
    owed = {"owed": "4200.50", "promised": "700", "currency": "EUR", "hours_a_week": "84", "way": "INSPECTORATE"}
    goes(case, "wages", 379, **owed)
    claim = goes(case, "claim", 350, against="EMPLOYER", heads="UNPAID_WAGES", amount="4200.50", currency="EUR")
    won = {"claim": str(claim.id), "currency": "EUR"}
    goes(case, "award", 200, result="AWARDED", amount="4000", **won)
    goes(case, "award", 150, result="PAID", amount="4000", **won)
    says_goodbye(case, 100)

    wages = case.latest(UnpaidWages)
    assert wages is not None
    assert str(wages.owed) == "4200.50"
    assert [step.result.code for step in case.taken(CompensationAward)] == ["AWARDED", "PAID"]
    assert case.taken(TraffickingExperience)[0].sector is Sector.A


def test_who_is_refused_by_the_authority_is_helped_on() -> None:
    case = comes(200, contact="POLICE")
    is_known(case, 200, **WOMAN)
    agrees(case, 199, "SHARE_ID_AUTH", "Centre for Protection", "NAME,EXPLOITATION_TYPE")
    goes(case, "submission", 199, outcome="SUBMITTED", authority="Centre for Protection")
    is_helped(case, 198, "ACC,PSS")
    helping = open_kinds(case, days_ago(181))
    no = {"status": "NOT_CONFIRMED", "decided_by": "GOV", "appeal_by": days_ago(165).isoformat()}
    decision = goes(case, "decision", 180, **no, told_on=days_ago(180).isoformat())
    assert {"X2"} <= refused(case, "assistance_end", 179, services="ACC", reason="NOT_IDENTIFIED")

    assert helping <= open_kinds(case, days_ago(179)) | {"decision"}
    goes(case, "appeal", 170, decision=str(decision.id), result="PENDING")
    goes(case, "appeal", 120, decision=str(decision.id), result="ALLOWED")
    goes(case, "decision", 120, status="IDENTIFIED", decided_by="COURT", threshold="CONCLUSIVE")
    says_goodbye(case, 20)

    assert [step.result.code for step in case.taken(Appeal)] == ["PENDING", "ALLOWED"]
    assert len(case.taken(Assistance)) == 1


def test_trafficked_within_one_country() -> None:
    case = comes(150, contact="SOCIAL")
    is_known(case, 150, **WOMAN | {"citizenships": "SRB", "language": "srp"})
    goes(case, "circumstances", 149, residence="NATIONAL", displacement="NONE", schooling="ISCED1")
    told = {"exploitation": "BEG,DOM", "internal": "YES", "countries": "SRB", "recruitment": "FAM", "duration": "25+"}
    goes(case, "experience", 149, **told, acts="HARB", means="VULN")
    goes(case, "decision", 140, status="PRESUMED", decided_by="GOV")
    goes(case, "reflection", 139, granted="NOT_NEEDED_NATIONAL", mechanism="SRB")
    is_helped(case, 148, "ACC,EDU,HOUS")

    assert standing(case, TODAY) is ReflectionStanding.NOT_NEEDED
    goes(case, "inclusion", 60, housing="OWN", income="BENEFITS", learning="SCHOOL")
    says_goodbye(case, 30)
    assert case.taken(TraffickingExperience)[0].internal is YesNo.YES
    assert "permit" not in {step.kind for step in case.steps}


def test_consent_withdrawn_in_the_middle() -> None:
    case = comes(60)
    is_known(case, 60, **WOMAN)
    first = is_referred(case, 40, "Lantern Clinic", "MED", "NEEDS,HEALTH")
    goes(case, "referral_answer", 38, referral=str(first.id), news="ACCEPTED")
    second = is_referred(case, 30, "Lantern Clinic", "MH")
    other = is_referred(case, 30, "Open Door Legal Desk", "LEGREP")
    withdrawn = {"status": "WITHDRAWN", "scope": "SHARE_ORG", "recipient": "Lantern Clinic"}
    goes(case, "consent", 20, **withdrawn, withdrawal_reason="She met a neighbour there.")

    assert to_be_stopped(case) == {first.id, second.id}
    assert {"R1"} <= refused(case, "referral", 19, recipient="Lantern Clinic", services="MED", urgency="NORMAL")
    goes(case, "referral_answer", 20, referral=str(second.id), news="CANCELLED")
    assert to_be_stopped(case) == {first.id}
    goes(case, "referral_answer", 19, referral=str(first.id), news="REVOKED")
    assert to_be_stopped(case) == set()
    assert state_of(case, second, TODAY) is ReferralState.CANCELLED
    assert state_of(case, other, TODAY) is ReferralState.SENT
    goes(case, "referral_answer", 10, referral=str(other.id), news="ACCEPTED")
    goes(case, "referral_answer", 5, referral=str(other.id), news="COMPLETED", outcome="SERVICE_PROVIDED")
    says_goodbye(case, 1)


def to_be_stopped(case: Case) -> set[UUID | None]:
    return {due.step_id for due in what_is_due(case) if due.key == "take_back"}


def test_a_period_is_extended_and_interrupted() -> None:
    case = comes(100)
    is_known(case, 100, **WOMAN)
    goes(case, "reflection", 95, granted="REQUESTED", mechanism="COE")
    assert standing(case, days_ago(94)) is ReflectionStanding.REQUESTED
    granted = goes(case, "reflection", 90, granted="GRANTED", mechanism="COE")
    assert standing(case, days_ago(89)) is ReflectionStanding.RUNNING
    goes(case, "reflection_interruption", 80, why="HOSPITAL", resumed_on=days_ago(70).isoformat())

    assert standing(case, days_ago(75)) is ReflectionStanding.INTERRUPTED
    assert under_reflection(case, days_ago(75))
    assert under_reflection(case, days_ago(50))  # thirty days and the ten that did not run
    assert not under_reflection(case, days_ago(49))
    goes(case, "reflection_extension", 55, period=str(granted.id), until=days_ago(20).isoformat(), why="NOT_RECOVERED")
    assert standing(case, days_ago(40)) is ReflectionStanding.EXTENDED
    assert standing(case, days_ago(19)) is ReflectionStanding.ENDED_EXPIRED
    goes(case, "person_decision", 18, topic="RESIDENCE_PERMIT", decision="YES", with_lawyer="YES")
    goes(case, "assistance", 17, services="ACC", agreed="YES")
    says_goodbye(case, 1)
    assert not case.taken(AssistanceEnd)


def test_a_dublin_transfer_of_a_presumed_victim_waits_for_her_safety() -> None:
    case = comes(90, contact="ASYLUM")
    is_known(case, 90, **WOMAN | {"citizenships": "NGA", "language": "eng"})
    goes(case, "circumstances", 89, residence="ASYLUM_SEEKER", displacement="ASYLUM_SEEKER")
    goes(case, "decision", 80, status="PRESUMED", decided_by="NGO")
    goes(case, "reflection", 80, granted="GRANTED", mechanism="COE", removal_stopped="YES")
    transfer = {"manner": "DUBLIN_TRANSFER", "destination": "ITA"}
    plan = {**transfer, "initiator": "AUTHORITY", "refoulement": "OPEN"}
    goes(case, "return_plan", 70, **plan)
    ids = refused(case, "return", 60, **transfer)
    assert {"F5", "T1", "T2", "T3", "T4"} <= ids
    is_assessed(case, 55, "PRE_RETURN", "EXTREME", danger_to_life="YES", danger_of_torture="NO", exploiter_aware="YES")
    assert {"T6"} <= refused(case, "return", 40, **transfer)

    goes(case, "return_progress", 30, news="CANCELLED", why="DANGER")
    goes(case, "return_plan", 30, initiator="AUTHORITY", refoulement="ASYLUM")
    goes(case, "permit", 10, permit="ASYLUM", status="GRANTED", ground="ASYLUM")
    is_helped(case, 9, "ACC,RES")
    says_goodbye(case, 2)
    assert not case.taken(kind_of("return"))


def test_a_person_referred_twice_keeps_two_references() -> None:
    case = comes(50)
    is_known(case, 50, **WOMAN)
    first = is_referred(case, 30, "Northwind Shelter", "ACC", "NEEDS,AGE_BAND")
    told = {"referral": str(first.id), "news": "DECLINED", "decline_reason": "NO_CAPACITY", "alternative": "YES"}
    goes(case, "referral_answer", 29, **told)
    second = is_referred(case, 28, "Harbour House", "ACC")
    goes(case, "referral_answer", 27, referral=str(second.id), news="CHASED")
    for news in ("RECEIVED", "ACCEPTED", "IN_PROGRESS"):
        goes(case, "referral_answer", 26, referral=str(second.id), news=news)

    assert first.reference != second.reference
    assert state_of(case, first, TODAY) is ReferralState.DECLINED
    assert state_of(case, second, days_ago(27)) is ReferralState.SENT
    assert state_of(case, second, TODAY) is ReferralState.IN_PROGRESS
    assert not may_follow(case, first, ReferralNews.ACCEPTED, TODAY)
    assert may_follow(case, second, ReferralNews.COMPLETED, TODAY)
    goes(case, "referral_answer", 5, referral=str(second.id), news="COMPLETED", outcome="SERVICE_PROVIDED")
    goes(case, "referral_answer", 4, referral=str(second.id), news="FEEDBACK_RECEIVED", outcome="SERVICE_PROVIDED")
    says_goodbye(case, 2, "TRANSFERRED", taken_over_by="Harbour House")
    assert [one.recipient for one in case.taken(Referral)] == ["Northwind Shelter", "Harbour House"]


def test_a_case_comes_back_after_trafficking_again() -> None:
    case = comes(700)
    is_known(case, 700, **WOMAN)
    goes(case, "experience", 699, exploitation="SEX", how_left="ESCAPED", countries="DEU")
    is_helped(case, 698, "ACC,PSS")
    says_goodbye(case, 500, "PERSON_DECLINED")
    assert is_closed(case, days_ago(100))
    goes(case, "reopening", 90, reason="RETRAFFICKED", retrafficked="YES", safe_now="YES")

    assert not is_closed(case, TODAY)
    assert is_closed(case, days_ago(91))
    goes(case, "experience", 88, exploitation="LAB", sector="I", recruiter="PARTNER", still_in="NO")
    is_assessed(case, 88, "PERIODIC", "HIGH", threats=["THREATS_TO_PERSON=3x3"], why_otherwise="She is with us now.")
    goes(case, "safety_plan", 88, agreed="YES", signs="A grey car")
    is_helped(case, 87, "ACC,MH,SAFE")
    says_goodbye(case, 3)
    assert len(case.taken(TraffickingExperience)) == 2


def test_monitoring_goes_silent() -> None:
    case = comes(250)
    is_known(case, 250, **WOMAN)
    goes(case, "return_counselling", 140, language="ron", alternatives="YES", may_change="YES")
    goes(case, "rights", 140, topics=LAWYERLY, language="ron", understood="YES")
    goes(case, "remedies", 139, legal_advice="YES", proceedings="NONE", compensation="NOT_WANTED")
    wish = {"counselled_on": days_ago(140).isoformat(), "wish": "YES", "in_writing": "YES"}
    goes(case, "return_decision", 135, **wish)
    assessed = is_assessed(
        case, 130, "PRE_RETURN", danger_to_life="NO", danger_of_torture="NO", danger_of_retrafficking="LOW"
    )
    agrees(case, 130, "ORIGIN", "Casa Noua", "NEEDS")
    arrival = {"receiving": "Casa Noua", "monitoring": "YES", "met": "YES", "budget": "1500.00", "currency": "EUR"}
    checks = {"refoulement": "NOT_NEEDED", "assessment": str(assessed.id), "fit_to_travel": "YES"}
    plan = goes(case, "return_plan", 128, initiator="PERSON", manner="VOLUNTARY_ASSISTED", **arrival, **checks)
    away = goes(case, "return", 120, manner="VOLUNTARY_ASSISTED", destination="MDA", plan=str(plan.id))
    goes(case, "return_progress", 120, news="DEPARTED", departure=str(away.id))
    goes(case, "return_progress", 119, news="HANDED_OVER", departure=str(away.id), handed_to="Casa Noua")
    goes(case, "monitoring", 113, departure=str(away.id), result="SAFE_FRAGILE", how="PHONE")
    for ago in (90, 30):
        goes(case, "monitoring", ago, departure=str(away.id), result="UNREACHABLE", how="THROUGH_OTHERS")
    goes(case, "contact", 29, direction="TO_OTHERS", how="PHONE", reached="NO")

    assert not is_closed(case, TODAY)
    last = {"last_contact": days_ago(113).isoformat(), "person_agrees": "?UNK"}
    says_goodbye(case, 10, "LOST_CONTACT", **last)
    assert "monitoring" in open_kinds(case)
    assert "reopening" in open_kinds(case)
