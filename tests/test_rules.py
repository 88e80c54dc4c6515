"""Every rule of the field's list: its severity, a story in which it holds, and one in which it does not."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from referral_desk.errors import SafeguardsUnmet, WarningsUnanswered
from referral_desk.nrm import mechanism, pathway
from referral_desk.nrm.case import KINDS, Case, Step
from referral_desk.nrm.directory import Doubt
from referral_desk.nrm.fields import Reach
from referral_desk.nrm.mechanism import Value
from referral_desk.nrm.safeguards import SAFEGUARDS, Safeguard, Severity, remarks, worth_knowing
from referral_desk.nrm.surroundings import Surroundings
from referral_desk.nrm.terms import Track
from tests import cast
from tests.cast import (
    TODAY,
    a_case,
    a_child,
    a_woman,
    best_interests_in_favour,
    days_ago,
    happens,
    ready_to_return,
)
from tests.stories import TOLD, story

step: Any = cast.step
tells: Any = cast.tells

SEVERITIES = {
    "X": "BBBBWBIWBI",
    "I": "BBIIWWWBIW",
    "F": "WWIWBBWI",
    "A": "WBWWWWI",
    "K": "WBIWWW",
    "R": "BBBWWBWWIBW",
    "T": "BBBBBBWWBWIW",
    "C": "WBBWBWIB",
    "Z": "BWIBWWIW",
    "N": "BBW",
}
"""The severities of section after section, rule after rule; N is what the directory guards."""

LIST = {f"{section}{at}": severity for section, row in SEVERITIES.items() for at, severity in enumerate(row, 1)}

TOLD_ELSEWHERE = {
    "X3": "tests/test_declarations.py::test_only_what_is_coded_is_counted",
    "X4": "tests/test_store.py::test_without_the_seal_names_are_neither_read_nor_written",
    "X5": "tests/letters/test_letters_linter.py::",
    "X7": "tests/test_pathway.py::test_why_there_is_no_answer_is_not_the_same_as_no",
    "I3": "tests/test_screening.py::test_dimensions_make_the_published_patterns",
    "I4": "tests/test_screening.py::test_of_a_child_exploitation_is_enough_and_means_are_not_asked_for",
    "F3": "tests/test_periods.py::test_three_months_are_not_ninety_days",
    "F8": "tests/test_rules.py::test_whether_somebody_speaks_to_the_authorities_is_sealed_and_gates_nothing",
    "A7": "tests/test_safeguards.py::test_x2_assistance_is_not_ended_for_silence",
    "K3": "tests/test_rules.py::test_k3_dangers_add_up_to_a_level_and_who_judges_otherwise_says_why",
    "R9": "tests/test_declarations.py::",
    "R11": "tests/letters/",
    "T11": "tests/test_due.py::test_a_return_is_followed_for_a_year_and_silence_is_not_the_end",
    "C8": "tests/test_declarations.py::test_a_sealed_answer_has_no_column",
    "Z3": "tests/test_due.py::test_of_a_closed_case_only_what_does_not_end_with_it_is_due",
    "Z4": "tests/test_erasure.py::",
    "Z7": "tests/test_access.py::",
    "Z8": "tests/test_backups.py::",
}
"""Rules that something else holds, and where that is tested."""


@pytest.fixture(autouse=True)
def in_serbia() -> Iterator[None]:
    with mechanism.at_desk("SRB", {}):
        yield


def by_id(id_: str) -> list[Safeguard]:
    return [guard for guard in SAFEGUARDS if guard.id == id_]


@pytest.mark.parametrize("id_", LIST)
def test_the_whole_list_is_there_with_its_severity(id_: str) -> None:
    stated = by_id(id_)

    assert stated, f"{id_} is missing"
    assert LIST[id_] in {guard.severity.value for guard in stated}
    assert all(guard.sentence.endswith((".", "?")) and guard.source for guard in stated)


def test_there_is_no_rule_beside_the_list() -> None:
    assert {guard.id for guard in SAFEGUARDS} == set(LIST)


@pytest.mark.parametrize("id_", LIST)
def test_every_rule_has_its_stories(id_: str) -> None:
    """Two for a rule with a condition; for one that something else holds, the test of that."""
    importlib.import_module("tests.test_safeguards")
    if any(guard.holds for guard in by_id(id_)):
        assert TOLD[id_, True], f"no story in which {id_} holds"
        assert TOLD[id_, False], f"no story in which {id_} does not hold"
        return
    file, _colons, name = TOLD_ELSEWHERE[id_].partition("::")
    place = Path(__file__).parent.parent / file
    assert place.exists()
    assert not name or f"def {name}" in place.read_text(encoding="utf-8")


def test_overrides_stand_only_where_the_list_lets_them() -> None:
    assert {guard.id for guard in SAFEGUARDS if guard.otherwise} == {"X1", "I8", "R1", "R2", "R10"}


def test_no_rule_of_a_step_that_helps_speaks_of_cooperation_decisions_or_status() -> None:
    """Parallel tracks gate no help: what blocks there is consent, privacy, and the person's own agreement."""
    words = re.compile(r"cooperat|testif|authorit|convict|status|decision|permit|identif", re.IGNORECASE)
    helping = [kind for kind in KINDS.values() if kind.track in (Track.ASSISTANCE, Track.REFERRAL, Track.INCLUSION)]

    for guard in SAFEGUARDS:
        if guard.kind in helping and guard.severity is Severity.BLOCK and guard.on_what != "assistance_end":
            assert not words.search(guard.sentence), guard.id


def test_no_rule_stands_in_the_way_of_help_itself() -> None:
    blocked = {guard.on_what for guard in SAFEGUARDS if guard.severity is Severity.BLOCK}
    free = {"assistance", "service", "stay", "needs", "plan", "interview", "consent", "rights", "remedies", "risk"}

    assert blocked.isdisjoint(free | {"reflection", "first_contact", "safety_plan", "guardian", "reopening"})


def test_whether_somebody_speaks_to_the_authorities_is_sealed_and_gates_nothing() -> None:
    questions = [q for q in KINDS["speaking"].questions if q.name != "day"]

    assert {q.reach for q in questions} == {Reach.SEALED}
    assert "speaking" not in {guard.on_what for guard in SAFEGUARDS}


# --- what a test asks of the rules


def refused(case: Case, kind: str, *ago: int, **written: Any) -> set[str]:
    """The ids of what stands in the way of a step, whatever it only warns of; the case stays as it is."""
    try:
        pathway.take(_same(case), step(kind, *ago, **written), on=TODAY, because=Everything())
    except SafeguardsUnmet as unmet:
        return {guard.id for guard in unmet.unmet}
    return set()


def warned(case: Case, wanted: Step) -> set[str]:
    try:
        pathway.take(_same(case), wanted, on=TODAY)
    except WarningsUnanswered as unanswered:
        return {guard.id for guard in unanswered.unmet}
    return set()


class Everything(dict[str, str]):
    """A reason for whatever is asked."""

    def get(self, _key: object, _default: object = None) -> str:
        return "It was so."


def _same(case: Case) -> Case:
    other = Case(opened_on=case.opened_on, id=case.id, code=case.code)
    other.steps.extend(case.steps)
    other.stands_in(case.around)
    return other


def remarked(case: Case, on: date = TODAY) -> set[str]:
    return {guard.id for guard in remarks(case, on)}


def told(case: Case, wanted: Step) -> set[str]:
    return {guard.id for guard in worth_knowing(case, wanted, TODAY)}


def consents(case: Case, scope: str, *ago: int, **more: str) -> Any:
    [since] = ago or (5,)
    return tells(case, "consent", since, **{"status": "GIVEN", "scope": scope} | more)


def iso(ago: int) -> str:
    return days_ago(ago).isoformat()


# --- X


@story("X1", holds=False)
@story("X1", holds=True)
def test_x1_names_are_kept_with_consent_or_another_ground() -> None:
    case = a_case()

    assert refused(case, "person", first_name="Ana") == {"X1"}
    assert refused(case, "person", gender="F") == set()
    consents(case, "STORE")
    assert refused(case, "person", first_name="Ana") == set()
    consents(case, "STORE", 1, status="WITHDRAWN")
    assert refused(case, "person", first_name="Ana") == {"X1"}


@story("X1", holds=True)
def test_x1_a_ground_in_law_needs_a_reason_and_a_second_person() -> None:
    case = a_case()
    ground = {"status": "OTHER_GROUND", "scope": "STORE", "ground": "VITAL_INTEREST"}
    with pytest.raises(Exception, match="second person"):
        tells(case, "consent", **ground)

    tells(case, "consent", **ground, authorised_by="The supervisor", justification="She is unconscious.")

    assert refused(case, "person", first_name="Ana") == set()


@story("X1", holds=True)
def test_x1_on_the_first_day_a_name_may_be_noted_for_safety() -> None:
    from referral_desk.nrm.person import FirstContact

    case = pathway.open_case(on=TODAY, first=FirstContact(day=days_ago(1)))

    assert refused(case, "person", first_name="Ana") == set()
    consents(case, "STORE", 0, status="REFUSED")
    assert refused(case, "person", first_name="Ana") == {"X1"}


@story("X6", holds=False)
@story("X6", holds=True)
def test_x6_dates_fit_each_other() -> None:
    case = a_woman()

    assert refused(case, "experience", began="2024", ended="2023") == {"X6"}
    assert refused(case, "experience", age_at_entry="30--38") == {"X6"}
    assert refused(case, "experience", began="2023", ended="2023~", age_at_entry="21--23") == set()
    assert refused(case, "decision", 500, status="PRESUMED", decided_by="GOV") == {"X6"}
    assert refused(case, "decision", 70, status="PRESUMED", decided_by="GOV") == set()


@story("X6", holds=False)
def test_x6_nobody_is_born_tomorrow() -> None:
    case = a_case()
    consents(case, "STORE")

    assert refused(case, "person", date_of_birth="2030") == {"X6"}
    assert refused(case, "person", date_of_birth="2004~") == set()


@story("X8", holds=False)
@story("X8", holds=True)
def test_x8_health_is_written_down_for_a_purpose() -> None:
    case = a_woman()
    pregnant = step("circumstances", pregnant="YES")

    assert warned(case, pregnant) == {"X8"}
    assert warned(case, step("circumstances", marital="SINGLE")) == set()
    consents(case, "SERVICES")
    assert warned(case, pregnant) == set()


@story("X9", holds=False)
@story("X9", holds=True)
def test_x9_nothing_of_exploiters_goes_on_a_form_but_to_lawyer_or_police() -> None:
    case = a_woman()
    consents(case, "SHARE_ORG", recipient="Clinic North", items="EXPLOITER,GENDER")
    asked = {"recipient": "Clinic North", "urgency": "NORMAL", "shares": "EXPLOITER"}

    assert refused(case, "referral", **asked, services="MED") == {"X9"}
    assert refused(case, "referral", **asked, services="LEGREP") == set()


@story("X10", holds=False)
@story("X10", holds=True)
def test_x10_the_language_of_consent_is_worth_knowing() -> None:
    given = {"status": "GIVEN", "scope": "STORE"}

    assert told(a_woman(), step("consent", **given)) == {"X10"}
    assert told(a_woman(), step("consent", **given, language="ron", interpreter="YES")) == {"X10"}
    bound = {"language": "ron", "interpreter": "YES", "interpreter_bound": "YES"}
    assert told(a_woman(), step("consent", **given, **bound)) == set()


# --- I


@story("I1", holds=False)
@story("I1", holds=True)
def test_i1_an_organisation_identifies_only_where_the_law_lets_it() -> None:
    own = {"status": "IDENTIFIED", "decided_by": "NGO"}

    assert refused(a_woman(), "decision", **own) == {"I1"}
    assert refused(a_woman(), "decision", **own | {"decided_by": "GOV"}) == set()
    assert refused(a_woman(), "decision", **own | {"status": "PRESUMED"}) == set()
    with mechanism.at_desk("SRB", {("SRB", "ngo_may_identify"): Value("YES")}):
        assert refused(a_woman(), "decision", **own) == set()


@story("I2", holds=False)
@story("I2", holds=True)
def test_i2_indicators_deny_nobody() -> None:
    no = {"status": "NOT_CONFIRMED", "decided_by": "GOV"}

    assert refused(a_woman(), "decision", **no, threshold="INDICATORS") == {"I2"}
    assert refused(a_woman(), "decision", **no, threshold="CONCLUSIVE") == set()


@story("I5", holds=False)
@story("I5", holds=True)
def test_i5_child_protection_is_told_in_a_day() -> None:
    case = a_child()

    assert "I5" in remarked(case)
    tells(case, "guardian", 1, status="REQUESTED")
    assert "I5" not in remarked(case)


@story("I6", holds=False)
@story("I6", holds=True)
def test_i6_what_cannot_wait_is_asked_first() -> None:
    case = a_case()

    assert "I6" in remarked(case)
    pathway.correct(case, case.steps[0], {"safe_now": "YES", "needs_now": "SLEEP"}, why="Asked.", on=TODAY)
    assert "I6" not in remarked(case)


@story("I7", holds=False)
@story("I7", holds=True)
def test_i7_an_interview_is_private_and_agreed() -> None:
    case = a_woman()

    assert warned(case, step("interview", in_private="NO", agreed="YES")) == {"I7"}
    assert warned(case, step("interview", in_private="YES", agreed="NO")) == {"I7"}
    assert warned(case, step("interview", in_private="YES", agreed="YES")) == set()
    tells(case, "interview", 1)
    assert "I7" in remarked(case)
    consents(case, "INTERVIEW", 1, status="REFUSED")
    assert warned(case, step("interview")) == {"I7"}


@story("I8", holds=False)
@story("I8", holds=True)
def test_i8_an_adult_is_submitted_with_consent_and_a_child_is_heard() -> None:
    adult, child = a_woman(), a_child()
    asked = {"outcome": "SUBMITTED", "authority": "Centre for Protection"}

    assert refused(adult, "submission", **asked) == {"I8"}
    consents(adult, "SHARE_ID_AUTH", recipient="Centre for Protection")
    assert refused(adult, "submission", **asked) == set()
    assert refused(child, "submission", **asked | {"outcome": "CHILD_AUTOMATIC"}) == {"I8"}
    assert refused(child, "submission", **asked | {"outcome": "CHILD_AUTOMATIC"}, views="YES") == set()


@story("I9", holds=False)
@story("I9", holds=True)
def test_i9_who_wants_no_identification_is_asked_why_and_stays_without_name() -> None:
    case = a_woman()
    named = {"ground": "NATIONAL_LAW", "outcome": "NAMED", "to_whom": "Police"}

    assert told(case, step("submission", outcome="PERSON_REFUSED")) == {"I9"}
    assert told(case, step("submission", outcome="PERSON_REFUSED", why_not="FAMILY")) == set()
    assert told(case, step("notification", **named)) == {"I9"}
    assert told(case, step("notification", **named | {"outcome": "ANONYMOUS"})) == set()


@story("I10", holds=False)
@story("I10", holds=True)
def test_i10_a_refusal_is_followed_by_appeal_and_advice() -> None:
    case = a_woman()
    tells(case, "decision", 9, status="NOT_CONFIRMED", decided_by="GOV", appeal_by=iso(-6))

    assert "I10" in remarked(case)
    tells(case, "remedies", 8, legal_advice="YES", proceedings="NONE", compensation="UNDECIDED")
    assert "I10" not in remarked(case)


# --- F


@story("F1", holds=False)
@story("F1", holds=True)
def test_f1_a_presumed_victim_is_asked_about_reflection() -> None:
    case = a_woman()
    tells(case, "decision", 9, status="PRESUMED", decided_by="GOV")

    assert "F1" in remarked(case)
    tells(case, "reflection", 8, granted="REQUESTED", mechanism="SRB")
    assert "F1" not in remarked(case)


@story("F4", holds=False)
@story("F4", holds=True)
def test_f4_the_end_of_the_period_finds_somebody_who_has_decided() -> None:
    case = a_woman()
    tells(case, "reflection", 40, granted="GRANTED", mechanism="COE")

    assert "F4" in remarked(case)
    tells(case, "person_decision", 15, topic="RESIDENCE_PERMIT", decision="UNDECIDED")
    assert "F4" in remarked(case)
    tells(case, "person_decision", 12, topic="RESIDENCE_PERMIT", decision="YES")
    assert "F4" not in remarked(case)


@story("F5", holds=True)
def test_f5_an_extended_period_protects_to_its_new_last_day() -> None:
    case = ready_to_return(a_woman())
    tells(case, "reflection", 40, granted="GRANTED", mechanism="COE")
    tells(case, "return_decision", 1, wish="UNDECIDED")

    assert "F5" not in refused(case, "return", manner="VOLUNTARY_ASSISTED")
    tells(case, "reflection_extension", 11, until=iso(-30))
    assert "F5" in refused(case, "return", manner="VOLUNTARY_ASSISTED")


@story("F7", holds=False)
@story("F7", holds=True)
def test_f7_who_ends_a_period_against_the_persons_will_is_named() -> None:
    case = a_woman()
    tells(case, "reflection", 20, granted="GRANTED", mechanism="SRB")

    assert warned(case, step("reflection_end", ground="PUBLIC_ORDER")) == {"F7"}
    assert warned(case, step("reflection_end", ground="RENEWED_CONTACT", decided_by="Police")) == {"F7"}
    assert warned(case, step("reflection_end", ground="PUBLIC_ORDER", decided_by="Ministry")) == set()
    assert warned(case, step("reflection_end", ground="PERSON_ENDED")) == set()


# --- A


@story("A1", holds=False)
@story("A1", holds=True)
def test_a1_needs_and_plan_come_in_time() -> None:
    case = a_woman()

    assert "A1" in remarked(case)
    tells(case, "needs", 20)
    assert "A1" in remarked(case)
    tells(case, "plan", 3, agreed_by="PERSON")
    assert "A1" not in remarked(case)


@story("A2", holds=False)
@story("A2", holds=True)
def test_a2_nothing_is_planned_over_somebodys_head() -> None:
    case = a_woman()
    tells(case, "plan", 3, agreed_by="PERSON")

    assert refused(case, "plan_item", service="LANG", agreed_by="NOT_YET") == {"A2"}
    assert refused(case, "plan_item", service="LANG", agreed_by="PERSON") == set()


@story("A3", holds=False)
@story("A3", holds=True)
def test_a3_a_plan_is_looked_at_again() -> None:
    case = a_woman()
    tells(case, "plan", 33, agreed_by="PERSON")

    assert "A3" in remarked(case)
    tells(case, "plan_review", 1, result="GOES_ON")
    assert "A3" not in remarked(case)


@story("A4", holds=False)
@story("A4", holds=True)
def test_a4_a_child_has_guardian_school_and_place() -> None:
    case = a_child()
    tells(case, "stay", 9, accommodation="CHILD_HOME", fit_for_child="YES")
    tells(case, "guardian", 8, status="APPOINTED")

    assert "A4" in remarked(case)
    tells(case, "assistance", 5, services="EDU")
    assert "A4" not in remarked(case)
    assert "A4" not in remarked(a_woman())


@story("A5", holds=False)
@story("A5", holds=True)
def test_a5_detention_is_no_shelter() -> None:
    assert warned(a_woman(), step("stay", accommodation="DETENTION")) == {"A5"}
    assert warned(a_woman(), step("stay", accommodation="SHELTER_SPECIAL", safe="NO")) == {"A5"}
    assert warned(a_woman(), step("stay", accommodation="SHELTER_SPECIAL", safe="YES")) == set()


@story("A6", holds=False)
@story("A6", holds=True)
def test_a6_a_doctor_where_it_cannot_wait() -> None:
    case = a_woman()
    tells(case, "needs", 3, urgent="PHYSICAL_HEALTH")

    assert "A6" in remarked(case)
    tells(case, "service", 2, service="MED")
    assert "A6" not in remarked(case)


# --- K


@story("K1", holds=False)
@story("K1", holds=True)
def test_k1_the_first_safety_check() -> None:
    case = a_woman()

    assert "K1" in remarked(case)
    tells(case, "risk", 1, purpose="INITIAL_SAFETY", level="LOW")
    assert "K1" not in remarked(case)


@story("K2", holds=False)
@story("K2", holds=True)
def test_k2_an_assessment_comes_before_naming_and_testifying() -> None:
    case = a_woman()
    consents(case, "SHARE_ORG", recipient="Clinic North", items="NAME")
    named = {"recipient": "Clinic North", "services": "MED", "urgency": "EMERG", "anonymity": "C_IDENT"}
    tells(case, "proceeding", 9, type="CRIMINAL", status="TRIAL")
    goes = {"held_on": iso(-9), "wishes_to_go": "YES", "way": "IN_COURT"}

    assert refused(case, "referral", **named) == {"K2"}
    assert refused(case, "referral", **named | {"anonymity": "A_ANON"}) == set()
    assert refused(case, "hearing", **goes) == {"K2"}
    tells(case, "risk", 2, purpose="PERIODIC", level="LOW")
    assert refused(case, "referral", **named) == set()
    assert refused(case, "hearing", **goes) == {"K2"}
    tells(case, "risk", 2, purpose="PRE_TESTIMONY", level="LOW")
    assert refused(case, "hearing", **goes) == set()


def test_k3_dangers_add_up_to_a_level_and_who_judges_otherwise_says_why() -> None:
    with pytest.raises(Exception, match="judge otherwise"):
        tells(a_woman(), "risk", purpose="PERIODIC", level="LOW", threats="DEBT_OUTSTANDING=3x3")

    made = tells(a_woman(), "risk", purpose="PERIODIC", level="EXTREME", threats="DEBT_OUTSTANDING=3x3")
    assert made.answers()["added_up"].code == "EXTREME"


@story("K4", holds=False)
@story("K4", holds=True)
def test_k4_high_risk_is_read_by_two_and_looked_at_soon() -> None:
    case = a_woman()
    late = step("risk", purpose="PERIODIC", level="HIGH", next_review=iso(-20))
    risk = tells(case, "risk", 3, purpose="PERIODIC", level="HIGH")

    assert warned(case, late) == {"K4"}
    assert "K4" in remarked(case)
    tells(case, "sign_off", 1, assessment=str(risk.id), approved="YES", by="The supervisor")
    tells(case, "safety_plan", 1)
    assert "K4" not in remarked(case)


@story("K5", holds=False)
@story("K5", holds=True)
def test_k5_somebody_independent_takes_part() -> None:
    before = {"purpose": "PRE_RETURN", "level": "LOW"}

    assert warned(a_woman(), step("risk", **before, ngo_involved="NO")) == {"K5"}
    assert warned(a_woman(), step("risk", **before, ngo_involved="YES")) == set()
    assert warned(a_woman(), step("risk", purpose="PERIODIC", level="LOW", ngo_involved="NO")) == set()


@story("K6", holds=False)
@story("K6", holds=True)
def test_k6_nobody_goes_back_unasked_to_those_who_sold() -> None:
    case = ready_to_return(a_woman())
    calm = {"danger_to_life": "NO", "danger_of_torture": "NO", "approved": "YES"}
    tells(case, "risk", 1, purpose="PRE_RETURN", level="LOW", family_complicit="YES", **calm)
    tells(case, "return_plan", 1, initiator="PERSON", alternative="YES")

    assert warned(case, step("return", manner="FAMILY_REUNIFICATION")) >= {"K6"}
    assert "K6" not in warned(case, step("return", manner="VOLUNTARY_ASSISTED"))
    assert warned(case, step("return_plan", initiator="FAMILY", to_family="YES")) == {"K6"}


# --- R


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
    with pytest.raises(Exception, match="declined"):
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
    consents(case, "SHARE_ORG", recipient="Clinic North", items="GENDER")
    asked = {"recipient": "Clinic North", "services": "MED", "urgency": "NORMAL"}

    assert warned(case, step("referral", **asked, caregiver_informed="NO")) == {"R8"}
    assert warned(case, step("referral", **asked, caregiver_informed="YES")) == set()


# --- T


def risky(case: Case, **more: str) -> None:
    calm = {"danger_to_life": "NO", "danger_of_torture": "NO", "approved": "YES", "level": "LOW"}
    tells(case, "risk", 1, purpose="PRE_RETURN", **calm | more)


@story("T1", holds=True)
def test_t1_a_second_person_may_approve_afterwards() -> None:
    case = ready_to_return(a_woman())
    risky(case, approved="?UNK")
    [*_others, made] = case.steps

    assert refused(case, "return", manner="VOLUNTARY_ASSISTED") == {"T1"}
    tells(case, "sign_off", 0, assessment=str(made.id), approved="YES", by="The supervisor")
    assert refused(case, "return", manner="VOLUNTARY_ASSISTED") == set()


@story("T7", holds=False)
@story("T7", holds=True)
def test_t7_at_high_risk_other_ways_are_considered() -> None:
    case = ready_to_return(a_woman())
    risky(case, danger_of_retrafficking="HIGH")
    leaving = step("return", manner="VOLUNTARY_ASSISTED")

    assert warned(case, leaving) == {"T7"}
    tells(case, "return_plan", initiator="PERSON", alternative="YES")
    assert "T7" not in warned(case, step("return", manner="VOLUNTARY_ASSISTED"))


@story("T8", holds=False)
@story("T8", holds=True)
def test_t8_a_transfer_needs_a_reason() -> None:
    case = ready_to_return(a_woman())

    assert warned(case, step("return", manner="DUBLIN_TRANSFER")) == {"T8"}
    assert warned(case, step("return", manner="VOLUNTARY_ASSISTED")) == set()


@story("T9", holds=False)
@story("T9", holds=True)
def test_t9_nobody_at_the_origin_is_told_without_consent_and_papers_are_silent() -> None:
    case = a_woman()
    plan = {"initiator": "PERSON", "receiving": "Harbour House"}

    assert refused(case, "return_plan", **plan) == {"T9"}
    consents(case, "ORIGIN", recipient="Harbour House", items="NEEDS")
    assert refused(case, "return_plan", **plan) == set()
    assert refused(case, "return_plan", **plan, names_trafficking="YES") == {"T9"}


@story("T10", holds=False)
@story("T10", holds=True)
def test_t10_somebody_waits_and_looks_after() -> None:
    case = ready_to_return(a_woman())
    tells(case, "return_plan", 1, initiator="PERSON")

    assert warned(case, step("return", manner="VOLUNTARY_ASSISTED")) == {"T10"}
    consents(case, "ORIGIN", recipient="Harbour House", items="NEEDS")
    tells(case, "return_plan", 0, initiator="PERSON", receiving="Harbour House", monitoring="YES")
    assert warned(case, step("return", manner="VOLUNTARY_ASSISTED")) == set()


@story("T12", holds=False)
@story("T12", holds=True)
def test_t12_a_trial_is_not_lost() -> None:
    case = ready_to_return(a_woman())
    tells(case, "remedies", 2, legal_advice="YES", proceedings="PENDING", compensation="WANTED")

    assert warned(case, step("return", manner="VOLUNTARY_ASSISTED")) == {"T12"}
    tells(case, "return_counselling", 1, trial="YES")
    assert warned(case, step("return", manner="VOLUNTARY_ASSISTED")) == set()


# --- C


@story("C1", holds=False)
@story("C1", holds=True)
def test_c1_a_child_alone_gets_a_guardian() -> None:
    case = a_case()
    tells(case, "person", 20, age_band="9--17", unaccompanied="YES")

    assert "C1" in remarked(case)
    tells(case, "guardian", 1, status="APPOINTED")
    assert "C1" not in remarked(case)


@story("C3", holds=False)
@story("C3", holds=True)
def test_c3_nobodys_age_is_assessed_against_their_will() -> None:
    case = a_case()
    made = {"method": "PSYCHOSOCIAL", "result": "IN_DOUBT"}

    assert refused(case, "age_assessment", **made, consented="NO") == {"C3"}
    assert refused(case, "age_assessment", **made, consented="YES") == set()


@story("C4", holds=False)
@story("C4", holds=True)
def test_c4_a_child_is_heard() -> None:
    case = a_child()

    assert warned(case, step("best_interests", decision="DEFERRED", child_heard="NO")) == {"C4"}
    assert warned(case, step("best_interests", decision="DEFERRED", child_heard="YES")) == set()
    best_interests_in_favour(case)
    assert "C4" in remarked(case)


@story("C5", holds=False)
@story("C5", holds=True)
def test_c5_a_panel_is_three_and_knows_children() -> None:
    case = a_child()

    assert refused(case, "best_interests", decision="STAY_IN_BI", panel_size="2") == {"C5"}
    assert refused(case, "best_interests", decision="STAY_IN_BI", professions="LAW,HEALTH") == {"C5"}
    whole = {"panel_size": "3", "professions": "CHILD_PROTECTION,LAW"}
    assert refused(case, "best_interests", decision="STAY_IN_BI", **whole) == set()


@story("C6", holds=False)
@story("C6", holds=True)
def test_c6_a_missing_child_is_reported() -> None:
    silent, reported = a_child(), a_child()
    tells(silent, "missing", 3, status="MISSING")
    tells(reported, "missing", 3, status="MISSING", reported_on=iso(3))

    assert "C6" in remarked(silent)
    assert "C6" not in remarked(reported)


@story("C7", holds=False)
@story("C7", holds=True)
def test_c7_a_birthday_is_planned() -> None:
    case = a_case()
    consents(case, "STORE")
    soon = TODAY + timedelta(days=100)
    tells(case, "person", 3, age_band="9--17", date_of_birth=soon.replace(year=soon.year - 18).isoformat())

    assert "C7" in remarked(case)
    tells(case, "turning_18", 1)
    assert "C7" not in remarked(case)


# --- Z


@story("Z1", holds=False)
@story("Z1", holds=True)
def test_z1_a_case_is_closed_by_two_after_a_last_look() -> None:
    case = a_woman()

    assert refused(case, "closure", reason="GOALS_MET") == {"Z1"}
    tells(case, "risk", 2, purpose="CLOSURE", level="LOW")
    assert refused(case, "closure", reason="GOALS_MET") == {"Z1"}
    assert refused(case, "closure", reason="GOALS_MET", approved="YES") == set()


@story("Z1", holds=False)
def test_z1_contact_is_lost_after_three_months() -> None:
    case = a_woman()
    tells(case, "risk", 2, purpose="CLOSURE", level="LOW")
    lost = {"reason": "LOST_CONTACT", "approved": "YES"}

    assert refused(case, "closure", **lost, last_contact=iso(60)) == {"Z1"}
    assert refused(case, "closure", **lost, last_contact=iso(93)) == set()
    tells(case, "contact", 50, direction="TO_PERSON", reached="YES")
    assert refused(case, "closure", **lost, last_contact=iso(93)) == {"Z1"}


@story("Z2", holds=False)
@story("Z2", holds=True)
def test_z2_what_is_open_is_handed_on() -> None:
    case = a_woman()
    tells(case, "risk", 2, purpose="CLOSURE", level="LOW")
    closing = {"reason": "GOALS_MET", "approved": "YES"}
    begun = tells(case, "proceeding", 20, type="CRIMINAL", status="TRIAL")

    assert warned(case, step("closure", **closing)) == {"Z2"}
    tells(case, "proceeding", 3, type="CRIMINAL", status="ACQUITTED", continues=str(begun.id))
    assert warned(case, step("closure", **closing)) == set()


@story("Z5", holds=False)
@story("Z5", holds=True)
def test_z5_access_within_a_month() -> None:
    case = a_woman()
    request = tells(case, "access_request", 40, about="ACCESS")

    assert "Z5" in remarked(case)
    tells(case, "access_answer", 20, request=str(request.id), reply="EXTENDED")
    assert "Z5" not in remarked(case)


@story("Z6", holds=False)
@story("Z6", holds=True)
def test_z6_a_breach_is_told_within_three_days() -> None:
    lost, encrypted = a_woman(), a_woman()
    tells(lost, "breach", 5, what="LOST")
    tells(encrypted, "breach", 5, what="LOST", encrypted="YES")

    assert "Z6" in remarked(lost)
    assert "Z6" not in remarked(encrypted)


def test_a_closed_case_is_not_nagged() -> None:
    case = a_woman()
    tells(case, "risk", 2, purpose="CLOSURE", level="LOW")
    assert "A1" in remarked(case)

    happens(case, step("closure", 0, reason="GOALS_MET", approved="YES"))

    assert "A1" not in remarked(case)
