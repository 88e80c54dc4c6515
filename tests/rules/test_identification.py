"""Identification: every rule in a story in which it holds, and in one in which it does not."""

from __future__ import annotations

from referral_desk.nrm import mechanism, pathway
from referral_desk.nrm.mechanism import Value
from tests.cast import TODAY, a_case, a_child, a_woman
from tests.rules.asking import consents, iso, refused, remarked, step, tells, told, warned
from tests.stories import story


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
