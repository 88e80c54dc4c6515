"""What holds everywhere: every rule in a story in which it holds, and in one in which it does not."""

from __future__ import annotations

import pytest

from referral_desk.errors import DeskError
from referral_desk.nrm import pathway
from tests.cast import TODAY, a_case, a_woman, days_ago
from tests.rules.asking import consents, refused, step, tells, told, warned
from tests.stories import story


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
    with pytest.raises(DeskError, match="second person"):
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


@story("X6", holds=False)
@story("X6", holds=True)
@pytest.mark.parametrize(
    ("born", "age_band", "more", "stands"),
    [
        ("2015-03-01", "30--38", {}, False),
        ("1990", "9--17", {}, False),
        ("2009~", "18--20", {}, True),
        ("2008", "9--17", {}, True),
        ("2008", "18--20", {}, True),
        ("2008-11-23", "9--17", {}, True),
        ("2008-09-24", "9--17", {}, False),
        ("1990", "9--17", {"age_in_doubt": "YES"}, True),
        ("2015-03-01", "30--38", {"age_in_doubt": "YES"}, True),
    ],
)
def test_x6_date_of_birth_and_age_group_say_the_same_of_who_is_a_child(
    born: str, age_band: str, more: dict[str, str], stands: bool
) -> None:
    said = {"date_of_birth": born, "age_band": age_band, "age_in_doubt": "NO"} | more

    case = a_case()
    consents(case, "STORE", 60)

    assert refused(case, "person", 60, **said) == (set() if stands else {"X6"})


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
