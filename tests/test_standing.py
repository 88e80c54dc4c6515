"""Where things stand: referrals by their news, periods by what happened to them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from referral_desk import pages
from referral_desk.errors import CannotFollow, NoSuchStep, NotAnAmount
from referral_desk.nrm import answers, pathway
from referral_desk.nrm.case import Case
from referral_desk.nrm.consent import has_ground, in_force
from referral_desk.nrm.justice import CourtHearing
from referral_desk.nrm.pathway import kind_of, step_from
from referral_desk.nrm.referral import Referral
from referral_desk.nrm.referral_news import (
    NEXT,
    ReferralAnswer,
    ReferralNews,
    ReferralState,
    is_open,
    may_follow,
    state_of,
)
from referral_desk.nrm.reflection import last_protected_day, running_period
from referral_desk.nrm.risk import RiskAssessment, RiskLevel, level_by_scores
from referral_desk.nrm.terms import Track
from tests.cast import TODAY, a_woman, days_ago, happens, step, tells

LAST = [state for state in ReferralState if state not in NEXT]


def a_referral() -> tuple[Case, Referral]:
    case = a_woman()
    tells(case, "consent", 20, status="GIVEN", scope="SHARE_ORG", recipient="Clinic", items="NEEDS", given_by="PERSON")
    case.steps.append(step("referral", 19, recipient="Clinic", services="MED", urgency="URGENT"))
    [referral] = case.taken(Referral)
    return case, referral


def hears(case: Case, referral: Referral, ago: int, news: ReferralNews) -> ReferralAnswer:
    told = ReferralAnswer(day=days_ago(ago), referral=referral.id, news=news)
    case.steps.append(told)
    return told


def test_a_referral_that_was_recorded_is_ready_until_it_is_sent_and_a_reminder_is_no_news_of_it() -> None:
    case, referral = a_referral()
    assert state_of(case, referral, TODAY) is ReferralState.READY
    hears(case, referral, 10, ReferralNews.SENT)

    assert state_of(case, referral, days_ago(11)) is ReferralState.READY
    assert state_of(case, referral, days_ago(10)) is ReferralState.SENT
    hears(case, referral, 5, ReferralNews.CHASED)
    assert state_of(case, referral, TODAY) is ReferralState.SENT
    hears(case, referral, 4, ReferralNews.ACCEPTED)
    assert state_of(case, referral, TODAY) is ReferralState.ACCEPTED


@given(st.lists(st.sampled_from(ReferralNews), max_size=12))
def test_only_what_may_follow_follows(told: list[ReferralNews]) -> None:
    case, referral = a_referral()
    for number, news in enumerate(told):
        before = state_of(case, referral, TODAY)
        if not may_follow(case, referral, news, TODAY):
            assert news is not ReferralNews.CHASED or before not in (ReferralState.SENT, ReferralState.RECEIVED)
            continue
        hears(case, referral, 12 - number, news)
        after = state_of(case, referral, TODAY)
        assert after is before if news is ReferralNews.CHASED else after in NEXT[before]

    assert is_open(case, referral, TODAY) is (state_of(case, referral, TODAY) not in LAST)


def test_what_cannot_follow_is_refused_with_a_sentence() -> None:
    case, referral = a_referral()
    with pytest.raises(CannotFollow) as caught:
        tells(case, "referral_answer", 5, referral=str(referral.id), news="COMPLETED")

    assert "Completed" in str(caught.value)
    assert "Ready" in str(caught.value)
    assert case.taken(ReferralAnswer) == []


def test_a_step_points_only_at_what_is_there_and_was_before() -> None:
    case, referral = a_referral()
    other, _referral = a_referral()
    plan = tells(other, "plan", 5, agreed_by="PERSON")

    with pytest.raises(NoSuchStep):
        tells(case, "plan_item", 4, plan=str(plan.id), service="MED", agreed_by="PERSON")
    with pytest.raises(NoSuchStep):
        tells(case, "referral_answer", 25, referral=str(referral.id), news="SENT")
    with pytest.raises(NoSuchStep):
        tells(case, "referral_answer", 5, referral=str(case.steps[0].id), news="SENT")


@settings(deadline=None)
@given(
    away=st.integers(1, 20),
    back=st.integers(1, 40),
    longer=st.none() | st.integers(1, 60),
)
def test_no_interruption_and_no_extension_takes_a_day_away(away: int, back: int, longer: int | None) -> None:
    plain, case = a_woman(), a_woman()
    for one in (plain, case):
        tells(one, "reflection", 50, granted="GRANTED", mechanism="COE")
    began = days_ago(50) + timedelta(days=away)
    case.steps.append(step("reflection_interruption", resumed_on=str(began + timedelta(days=back)), day=str(began)))
    if longer:
        until = str(days_ago(20) + timedelta(days=longer))
        case.steps.append(step("reflection_extension", day=str(days_ago(21)), until=until))

    protected = [day for day in map(days_ago, range(60, -60, -1)) if running_period(plain, day)]
    assert all(running_period(case, day) for day in protected)


def test_the_days_of_an_interruption_are_added() -> None:
    case = a_woman()
    period = tells(case, "reflection", 50, granted="GRANTED", mechanism="COE")
    assert last_protected_day(case, period, TODAY) == days_ago(20)  # type: ignore[arg-type]
    tells(case, "reflection_interruption", 40, resumed_on=days_ago(33).isoformat())

    assert last_protected_day(case, period, TODAY) == days_ago(13)  # type: ignore[arg-type]


def test_consent_ends_when_it_says() -> None:
    case = a_woman()
    assert not has_ground(case, TODAY)
    until = days_ago(5).isoformat()
    tells(case, "consent", 20, status="GIVEN", scope="STORE", given_by="PERSON", expires_on=until)

    assert has_ground(case, days_ago(5))
    assert not has_ground(case, days_ago(4))
    tells(case, "consent", 2, status="OTHER_GROUND", scope="STORE", **OTHER_GROUND)
    assert has_ground(case, TODAY)


OTHER_GROUND = {"ground": "LEGAL_OBLIGATION", "authorised_by": "Mira", "justification": "The law on child protection."}


def test_who_was_not_able_to_decide_has_not_decided() -> None:
    case = a_woman()
    shared = {"status": "GIVEN", "scope": "SHARE_ORG", "recipient": "Clinic", "items": "NEEDS", "given_by": "PERSON"}
    tells(case, "consent", 5, **shared, capable="NO")

    assert in_force(case, "Clinic", TODAY) is None


@pytest.mark.parametrize(
    ("threats", "level"),
    [
        (["THREATS_TO_PERSON=1x1"], RiskLevel.LOW),
        (["THREATS_TO_PERSON=3x3"], RiskLevel.EXTREME),
        (["THREATS_TO_PERSON=3x2", "DIGITAL_TRACING=2x2"], RiskLevel.MEDIUM),
        (
            [f"{code}=2x3" for code in ("THREATS_TO_PERSON", "DIGITAL_TRACING", "PREGNANCY", "MEDIA_EXPOSURE")],
            RiskLevel.MEDIUM,
        ),
        (
            [f"{code}=2x3" for code in ("THREATS_TO_PERSON", "DIGITAL_TRACING", "PREGNANCY", "MEDIA_EXPOSURE")]
            + ["DEBT_OUTSTANDING=1x1"],
            RiskLevel.HIGH,
        ),
        (["PREGNANCY=UNK", "DEBT_OUTSTANDING=0"], RiskLevel.LOW),
    ],
)
def test_what_the_dangers_add_up_to(threats: list[str], level: RiskLevel) -> None:
    made = step_from(kind_of("risk"), {"threats": threats})
    assert isinstance(made, RiskAssessment)

    assert level_by_scores(made.threats) is level


def test_who_judges_otherwise_says_why() -> None:
    case = a_woman()
    danger = {"purpose": "PERIODIC", "threats": ["THREATS_TO_PERSON=3x3"]}
    with pytest.raises(Exception, match="Why do you judge otherwise"):
        tells(case, "risk", 2, **danger, level="LOW")
    same = tells(case, "risk", 2, **danger, level="EXTREME", why_otherwise="not asked, so not kept")

    assert isinstance(same, RiskAssessment)
    assert same.added_up is RiskLevel.EXTREME
    assert same.why_otherwise is None


@pytest.mark.parametrize("written", ["-5", "1.000,50", "abc", "1e9", "٣", "1" * 20, "."])
def test_an_amount_that_is_none_is_refused(written: str) -> None:
    question = kind_of("claim").question("amount")
    assert question is not None
    with pytest.raises(NotAnAmount):
        answers.read(question, written)


def test_what_is_not_asked_any_more_is_not_kept_even_if_it_is_sealed() -> None:
    told = {"name": "Nedim Lora", "phone": "+999 11 222 333", "roles": "Exploiter"}
    kept = pathway.take(a_woman(), step("exploiter", 3, wished="YES", **told), on=TODAY)
    dropped = pathway.take(a_woman(), step("exploiter", 3, wished="NO", **told), on=TODAY)

    assert kept.answers()["name"] == "Nedim Lora"
    assert {answer for name, answer in dropped.answers().items() if name not in ("day", "wished")} == {None}


def test_the_day_of_a_hearing_may_lie_ahead() -> None:
    case = a_woman()
    begun = tells(case, "proceeding", 9, type="CRIMINAL", status="TRIAL")
    ahead = date(TODAY.year + 1, 1, 15).isoformat()
    happens(case, step("hearing", 2, proceeding=str(begun.id), held_on=ahead))

    [hearing] = case.taken(CourtHearing)
    assert hearing.held_on == date(TODAY.year + 1, 1, 15)


def test_a_period_that_does_not_run_says_why() -> None:
    def said() -> str:
        [track] = [one for one in pages.case_page(case, TODAY).tracks if one.code == Track.REFLECTION.code]
        return track.standing

    case = a_woman()
    assert said() == "Not asked for yet"
    tells(case, "reflection", 9, granted="REQUESTED", mechanism="COE")
    assert said() == "Requested, no answer yet"
    tells(case, "reflection", 5, granted="REFUSED", mechanism="COE")
    assert said() == "Refused"
