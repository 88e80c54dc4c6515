"""Each safeguard in a story in which it holds and one in which it does not."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

import pytest

from referral_desk import words
from referral_desk.errors import AnswersMissing, SafeguardsUnmet, WarningsUnanswered
from referral_desk.nrm import pathway
from referral_desk.nrm.case import Case, Step
from referral_desk.nrm.directory import Doubt
from referral_desk.nrm.pathway import kind_of, next_steps
from referral_desk.nrm.safeguards import SAFEGUARDS, unmet
from referral_desk.nrm.schedule import deadlines
from referral_desk.nrm.sources import IN_WORDS, said
from referral_desk.nrm.surroundings import Surroundings
from tests.cast import (
    LAWYERLY,
    TODAY,
    a_case,
    a_child,
    a_woman,
    best_interests_in_favour,
    days_ago,
    happens,
    ready_to_return,
    step,
    tells,
)
from tests.stories import story


def refused(case: Case, wanted: Step) -> set[str]:
    """The ids of what stands in the way; the case stays as it was."""
    before = list(case.steps)
    with pytest.raises(SafeguardsUnmet) as caught:
        happens(case, wanted)
    assert case.steps == before
    return {guard.id for guard in caught.value.unmet}


def a_return() -> Step:
    return step("return", manner="VOLUNTARY_ASSISTED", destination="MDA")


@story("X2", holds=False)
def test_x2_assistance_is_not_ended_for_silence() -> None:
    case = a_woman()
    tells(case, "assistance", 30, services="ACC")

    assert refused(case, step("assistance_end", services="ACC", reason="NO_COOPERATION")) == {"X2"}
    assert refused(case, step("assistance_end", services="ACC", reason="NOT_IDENTIFIED")) == {"X2"}


@story("X2", holds=True)
def test_x2_assistance_ends_when_the_person_no_longer_wants_it() -> None:
    case = a_woman()
    tells(case, "assistance", 30, services="ACC")

    assert tells(case, "assistance_end", services="ACC", reason="PERSON_STOPPED") in case.steps


@story("F5", holds=False)
def test_f5_nobody_is_returned_during_the_reflection_period() -> None:
    case = ready_to_return(a_woman())
    tells(case, "reflection", 7, granted="GRANTED", mechanism="SRB")
    tells(case, "return_decision", 1, wish="UNDECIDED")

    assert "F5" in refused(case, a_return())


def test_f5_a_return_is_not_cleared_today_for_the_day_after_the_period() -> None:
    case = ready_to_return(a_woman())
    tells(case, "reflection", 7, granted="GRANTED", mechanism="COE")
    tells(case, "return_decision", 1, wish="UNDECIDED")
    later = step("return", -24, manner="VOLUNTARY_ASSISTED")

    assert "F5" in refused(case, later)


def test_f5_a_departure_recorded_afterwards_is_judged_on_its_own_day() -> None:
    case = ready_to_return(a_woman())
    tells(case, "reflection", 40, granted="GRANTED", mechanism="COE")

    assert {"F5", "T1", "T4"} <= refused(case, step("return", 15, manner="VOLUNTARY_ASSISTED"))
    assert happens(case, step("return", 2, manner="VOLUNTARY_ASSISTED")) in case.steps


@story("F5", holds=True)
def test_f5_whoever_asks_in_writing_may_leave_earlier() -> None:
    case = a_woman()
    tells(case, "reflection", 30, granted="GRANTED", mechanism="SRB")
    ready_to_return(case)

    assert happens(case, a_return()) in case.steps


def test_f5_a_period_that_is_over_holds_nobody() -> None:
    case = a_child()
    tells(case, "reflection", 40, granted="GRANTED", mechanism="COE")
    ready_to_return(case)
    tells(case, "return_decision", 1, wish="UNDECIDED")
    best_interests_in_favour(case)

    assert happens(case, a_return()) in case.steps


@story("F6", holds=False)
def test_f6_the_end_of_reflection_ends_no_assistance() -> None:
    case = a_woman()
    tells(case, "assistance", 30, services="ACC,PSS")
    tells(case, "reflection", 30, granted="GRANTED", mechanism="COE")
    tells(case, "reflection_end", 1, ground="PERSON_ENDED")

    assert refused(case, step("assistance_end", services="ACC", reason="REFLECTION_OVER")) == {"F6"}


@story("F6", holds=True)
def test_f6_assistance_goes_on_or_is_handed_over() -> None:
    case = a_woman()
    tells(case, "assistance", 30, services="ACC")

    assert tells(case, "assistance_end", services="ACC", reason="TRANSFERRED") in case.steps


@story("T1", holds=False)
def test_t1_a_return_needs_a_risk_assessment_that_is_young_and_approved() -> None:
    never = a_woman()
    old = ready_to_return(a_woman())
    old.steps[:] = [taken for taken in old.steps if taken.kind != "risk"]
    calm = {"purpose": "PRE_RETURN", "level": "LOW", "danger_to_life": "NO", "danger_of_torture": "NO"}
    tells(old, "risk", 31, approved="YES", approved_by="Mira", **calm)
    alone, vague = ready_to_return(a_woman()), ready_to_return(a_woman())
    tells(alone, "risk", 1, **calm)
    tells(vague, "risk", 1, approved="YES", approved_by="Mira", **calm | {"danger_to_life": "?UNK"})

    assert "T1" in refused(never, a_return())
    assert refused(old, a_return()) == {"T1"}
    assert refused(alone, a_return()) == {"T1"}
    assert refused(vague, a_return()) == {"T1"}


@story("T1", holds=True)
def test_t1_holds_with_an_assessment_for_the_return() -> None:
    assert happens(ready_to_return(a_woman()), a_return())


@story("T2", holds=False)
def test_t2_a_return_needs_every_right_explained() -> None:
    case = ready_to_return(a_woman())
    case.steps[:] = [taken for taken in case.steps if taken.kind != "rights"]
    tells(case, "rights", 20, topics="ASYLUM,LEGAL_AID", language="ron", understood="YES")

    assert refused(case, a_return()) == {"T2"}


@story("T2", holds=True)
def test_t2_rights_may_be_explained_on_several_days() -> None:
    case = ready_to_return(a_woman())
    whole = next(taken for taken in case.steps if taken.kind == "rights")
    case.steps.remove(whole)
    codes = sorted(topic.code for topic in whole.topics)  # type: ignore[attr-defined]
    tells(case, "rights", 21, topics=",".join(codes[:5]), language="srp", understood="YES")
    tells(case, "rights", 3, topics=",".join(codes[5:]), language="srp", understood="YES")

    assert happens(case, a_return()) in case.steps


def test_t2_telling_is_not_enough_if_it_was_not_understood() -> None:
    case = ready_to_return(a_woman())
    case.steps[:] = [taken for taken in case.steps if taken.kind != "rights"]
    tells(case, "rights", 20, topics=LAWYERLY, language="deu", understood="NO")

    assert refused(case, a_return()) == {"T2"}


@story("T3", holds=False)
@story("T3", holds=True)
def test_t3_a_return_needs_the_ways_to_justice_opened() -> None:
    case = ready_to_return(a_woman())
    case.steps[:] = [taken for taken in case.steps if taken.kind != "remedies"]
    tells(case, "remedies", 3, legal_advice="NO", proceedings="NONE", compensation="UNDECIDED")

    assert refused(case, a_return()) == {"T3"}
    tells(case, "remedies", 2, legal_advice="YES", proceedings="NONE", compensation="UNDECIDED")
    assert happens(case, a_return()) in case.steps


@story("T4", holds=False)
def test_t4_an_adult_decides_in_writing_and_with_time_to_think() -> None:
    unwritten, hasty, changed = (ready_to_return(a_woman()) for _time in range(3))
    tells(unwritten, "return_decision", 1, counselled_on=days_ago(9).isoformat(), wish="YES", in_writing="NO")
    tells(hasty, "return_decision", 1, counselled_on=days_ago(1).isoformat(), wish="YES", in_writing="YES")
    tells(changed, "return_decision", 0, wish="NO")

    assert refused(unwritten, a_return()) == {"T4"}
    assert refused(hasty, a_return()) == {"T4"}
    assert refused(changed, a_return()) == {"T4"}


@story("T4", holds=True)
def test_t4_holds_for_an_adult_who_decided() -> None:
    assert happens(ready_to_return(a_woman()), a_return())


@story("T5", holds=False)
def test_t5_a_child_is_not_returned_without_a_determination_in_favour() -> None:
    none, stay, no_care = (ready_to_return(a_child()) for _time in range(3))
    tells(stay, "best_interests", 1, decision="STAY_IN_BI", guardian_consents="YES", care_arranged="YES")
    tells(no_care, "best_interests", 1, decision="RETURN_IN_BI", guardian_consents="YES", care_arranged="NO")

    assert refused(none, a_return()) == {"T5"}
    assert refused(stay, a_return()) == {"T5"}
    assert refused(no_care, a_return()) == {"T5"}


@story("T5", holds=True)
def test_t5_holds_with_it() -> None:
    case = ready_to_return(a_child())
    best_interests_in_favour(case)

    assert happens(case, a_return()) in case.steps


@pytest.mark.parametrize("doubt", [{}, {"age_band": "18--20", "age_in_doubt": "YES"}], ids=["unknown", "in doubt"])
def test_t5_whoever_is_not_known_to_be_an_adult_is_a_child(doubt: dict[str, str]) -> None:
    case = a_case()
    tells(case, "person", 60, **doubt)

    assert refused(ready_to_return(case), a_return()) == {"T5"}


@story("T6", holds=False)
@pytest.mark.parametrize("danger", ["danger_to_life", "danger_of_torture"])
def test_t6_nobody_is_returned_into_danger(danger: str) -> None:
    case = ready_to_return(a_woman())
    calm = {"danger_to_life": "NO", "danger_of_torture": "NO"}
    looked_at = {"approved": "YES", "approved_by": "Mira"}
    tells(case, "risk", 1, purpose="PRE_RETURN", level="EXTREME", **looked_at, **calm | {danger: "YES"})

    assert refused(case, a_return()) == {"T6"}


@story("T6", holds=True)
def test_t6_holds_where_no_danger_was_found() -> None:
    assert "T6" not in {guard.id for guard in unmet(ready_to_return(a_woman()), kind_of("return"), TODAY)}


@story("C2", holds=False)
@story("C2", holds=True)
def test_c2_a_childs_family_is_left_alone_unless_it_serves_the_child() -> None:
    case = a_child()

    assert refused(case, step("family_tracing")) == {"C2"}
    tells(case, "best_interests", 3, decision="DEFERRED", family_contact="NO")
    assert refused(case, step("family_tracing")) == {"C2"}
    tells(case, "best_interests", 2, decision="DEFERRED", family_contact="YES")
    assert tells(case, "family_tracing") in case.steps


@story("C2", holds=False)
def test_c2_no_family_is_looked_for_against_the_word_of_the_person() -> None:
    case = a_woman()
    tells(case, "consent", 3, status="REFUSED", scope="TRACE")

    assert refused(case, step("family_tracing")) == {"C2"}
    tells(case, "consent", 1, status="GIVEN", scope="TRACE")
    assert tells(case, "family_tracing") in case.steps


@story("C2", holds=False)
@story("C2", holds=True)
def test_c2_holds_for_a_referral_that_asks_to_trace_the_family() -> None:
    case = a_child()
    tells(
        case,
        "consent",
        3,
        status="GIVEN",
        scope="SHARE_ORG",
        recipient="Tracing Office",
        items="AGE_BAND",
        given_by="GUARDIAN",
    )
    wanted: dict[str, Any] = {"recipient": "Tracing Office", "services": "TRACE", "urgency": "NORMAL"}

    assert refused(case, step("referral", **wanted)) == {"C2"}
    best_interests_in_favour(case)
    assert tells(case, "referral", **wanted) in case.steps


def consent(case: Case, ago: int = 5, **more: str) -> Step:
    written = {
        "status": "GIVEN",
        "scope": "SHARE_ORG",
        "recipient": "Clinic North",
        "items": "GENDER,LANGUAGE",
        "given_by": "PERSON",
    }
    return tells(case, "consent", ago, **written | more)


def a_referral(to: str = "Clinic North", shares: str = "GENDER", **more: Any) -> Step:
    return step("referral", recipient=to, services="MED", urgency="URGENT", shares=shares, **more)


@story("R1", holds=False)
def test_r1_a_referral_needs_consent_for_this_recipient() -> None:
    case = a_woman()

    assert "R1" in refused(case, a_referral())
    consent(case)
    assert "R1" in refused(case, a_referral(to="Police Station 4"))
    assert happens(case, a_referral(to="clinic  NORTH")) in case.steps


@story("R1", holds=False)
def test_r1_consent_may_be_refused_expire_and_be_withdrawn() -> None:
    said_no, lapsed, withdrawn = a_woman(), a_woman(), a_woman()
    consent(said_no, status="REFUSED")
    consent(lapsed, 40, expires_on=days_ago(1).isoformat())
    consent(withdrawn, 9)
    consent(withdrawn, 2, status="WITHDRAWN")

    assert "R1" in refused(said_no, a_referral())
    assert "R1" in refused(lapsed, a_referral())
    assert "R1" in refused(withdrawn, a_referral())


def test_r1_a_withdrawal_stands_when_an_earlier_consent_is_corrected() -> None:
    case = a_woman()
    given = consent(case, 2)
    given.recorded_at = datetime(2026, 11, 21, 9)  # noqa: DTZ001 - the store keeps UTC without saying so
    consent(case, 2, status="WITHDRAWN").recorded_at = datetime(2026, 11, 21, 10)  # noqa: DTZ001

    pathway.correct(case, given, {"form": "WRITTEN"}, why="It was in writing.", on=TODAY)

    assert "R1" in refused(case, a_referral())


def test_r1_a_withdrawal_says_from_whom() -> None:
    with pytest.raises(AnswersMissing):
        tells(a_woman(), "consent", status="WITHDRAWN", scope="SHARE_ORG")


@story("R2", holds=False)
@story("R2", holds=True)
def test_r2_a_referral_tells_no_more_than_was_agreed() -> None:
    case = a_woman()
    consent(case)

    assert refused(case, a_referral(shares="GENDER,HEALTH")) == {"R2"}
    assert happens(case, a_referral(shares="GENDER,LANGUAGE")) in case.steps


def test_r4_a_recipient_in_doubt_needs_a_reason() -> None:
    case = a_woman()
    consent(case)
    case.stands_in(Surroundings(doubts=lambda _recipient: (Doubt.NOT_VETTED, Doubt.STALE)))

    with pytest.raises(WarningsUnanswered) as caught:
        happens(case, a_referral())

    assert [guard.id for guard in caught.value.unmet] == ["R4"]
    assert happens(case, a_referral(), because={"R4": "We visited them yesterday."}) in case.steps


def test_r4_a_sound_recipient_or_one_that_is_not_listed_needs_none() -> None:
    case = a_woman()
    consent(case)
    case.stands_in(Surroundings(doubts=lambda _recipient: (Doubt.NOT_LISTED, Doubt.STALE)))

    assert happens(case, a_referral()) in case.steps


@story("N1", holds=False)
def test_n1_nobody_learns_who_must_not() -> None:
    case = a_woman()
    tells(case, "never_tell", 3, sort="ORGANISATION", organisation="Clinic North", status="IN_FORCE")
    tells(case, "never_tell", 3, sort="INTERPRETER", name="Drita Hoxha", status="IN_FORCE")
    given: dict[str, Any] = {"status": "GIVEN", "scope": "SHARE_ORG", "items": "GENDER", "given_by": "PERSON"}

    assert refused(case, step("consent", recipient="clinic  north", **given)) == {"N1"}
    assert refused(case, a_referral(recipient_contact="through Hoxha, Drita")) >= {"N1"}
    assert happens(case, step("consent", recipient="Clinic South", **given)) in case.steps


@story("N1", holds=False)
@story("N1", holds=True)
def test_n1_a_name_that_is_like_one_on_the_list_asks_for_a_reason() -> None:
    case = a_woman()
    tells(case, "never_tell", 3, sort="ORGANISATION", organisation="Lantern Clinic", status="IN_FORCE")
    given: dict[str, Any] = {"status": "GIVEN", "scope": "SHARE_ORG", "items": "GENDER", "given_by": "PERSON"}

    for same in ("Lantern Clinic.", "Lantern-Clinic", "LanternClinic", "LANTERN  CLINIC"):
        assert refused(case, step("consent", recipient=same, **given)) == {"N1"}
    for like in ("The Lantern Clinic", "Lantern Clinic, Belgrade", "Lantern Clinic Ltd"):
        with pytest.raises(WarningsUnanswered):
            happens(case, step("consent", recipient=like, **given))
        assert happens(case, step("consent", recipient=like, **given), because={"N1": "Another town."}) in case.steps
    assert happens(case, step("consent", recipient="Clinic North", **given)) in case.steps


@story("N1", holds=True)
def test_n1_what_was_said_can_be_taken_back_and_withdrawn_consents_tell_nobody() -> None:
    case = a_woman()
    listed: dict[str, Any] = {"sort": "ORGANISATION", "organisation": "Clinic North"}
    tells(case, "never_tell", 3, **listed, status="IN_FORCE")

    assert tells(case, "consent", 2, status="REFUSED", scope="SHARE_ORG", recipient="Clinic North") in case.steps
    tells(case, "never_tell", 1, **listed, status="LIFTED")
    consent(case, 0)
    assert happens(case, a_referral()) in case.steps


@story("N2", holds=False)
@story("N2", holds=True)
def test_n2_no_exploiter_is_trusted() -> None:
    case = a_woman()
    consent(case)
    case.stands_in(
        Surroundings(exploiter_signs=lambda asked: (("recipient_contact", False),) if asked.kind == "referral" else ())
    )

    assert refused(case, a_referral(recipient_contact="+381 64 000 111")) == {"N2"}
    case.stands_in(Surroundings())
    assert happens(case, a_referral(recipient_contact="+381 64 000 111")) in case.steps


@story("N3", holds=False)
def test_n3_a_name_like_an_exploiters_needs_a_reason() -> None:
    case = a_woman()
    consent(case)
    case.stands_in(Surroundings(exploiter_signs=lambda _asked: (("recipient_contact", True),)))
    asked = a_referral(recipient_contact="Ivan Petrović")

    with pytest.raises(WarningsUnanswered) as caught:
        happens(case, asked)

    assert [guard.id for guard in caught.value.unmet] == ["N3"]
    assert happens(case, asked, because={"N3": "We know him for years."}) in case.steps


@story("N3", holds=True)
def test_n3_a_name_of_nobody_who_exploited_is_taken() -> None:
    case = a_woman()
    consent(case)

    assert happens(case, a_referral(recipient_contact="Ivan Petrović")) in case.steps


@story("F2", holds=False)
def test_f2_a_period_shorter_than_the_convention_needs_a_reason_and_keeps_it() -> None:
    case = a_woman()
    short = step("reflection", 2, granted="GRANTED", mechanism="SRB", granted_until=days_ago(-10).isoformat())

    with pytest.raises(WarningsUnanswered) as caught:
        happens(case, short)
    taken = happens(case, short, because={"F2": " the decision names this day;\nwe appeal "})

    assert [guard.id for guard in caught.value.unmet] == ["F2"]
    assert "thirty days" in str(caught.value)
    assert pathway.reasons_of(taken) == {"F2": "the decision names this day; we appeal"}
    corrected = pathway.correct(case, taken, {"granted_until": days_ago(-11).isoformat()}, why="A slip.", on=TODAY)
    assert pathway.reasons_of(corrected) == pathway.reasons_of(taken)


@story("F2", holds=True)
def test_f2_holds_for_a_period_as_the_law_names_it() -> None:
    period = tells(a_woman(), "reflection", 2, granted="GRANTED", mechanism="COE")

    assert pathway.reasons_of(period) == {}


def test_what_stands_in_the_way_is_known_before_the_form_is_opened() -> None:
    case = a_child()

    waiting = {coming.kind.kind: {guard.id for guard in coming.unmet} for coming in next_steps(case, TODAY)}

    assert waiting["return"] == {"T1", "T2", "T3", "T5"}
    assert waiting["referral"] == {"R1"}
    assert waiting["assistance"] == set()


def test_a_source_is_a_law_or_said_in_the_language_spoken() -> None:
    laws = re.compile(r"CETS|GDPR|CRC|ECHR|Directive|Regulation|Convention|Protocol|NRM Handbook|HTCDS|IASC")
    parts = {part for guard in SAFEGUARDS for part in guard.source.split("; ")}
    parts |= {part for due in deadlines().values() for part in due.source.split("; ")}

    assert {part for part in parts if not laws.search(part)} <= set(IN_WORDS)
    with words.speaking("sr_Cyrl"):
        assert said("Need to know; GDPR, art. 17") != "Need to know; GDPR, art. 17"
        assert said("Need to know; GDPR, art. 17").endswith("; GDPR, art. 17")
