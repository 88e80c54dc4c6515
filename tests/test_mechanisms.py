"""What countries have laid down, what an office says instead, and how certain either is."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from referral_desk import profile, store
from referral_desk.errors import ImpossibleDate, KeeperNeeded, UnknownCode, UnreadableValue
from referral_desk.nrm import mechanism
from referral_desk.nrm.case import Step
from referral_desk.nrm.mechanism import SETTINGS, ReflectionRule, Value
from referral_desk.nrm.reflection import ReflectionPeriod, running_period
from referral_desk.vault.passphrases import new_recovery_key
from referral_desk.vault.slots import FLOOR
from tests.cast import PASSPHRASE, TODAY, a_woman, days_ago, tells

# The rows of the field's own list: country, length, kind.
PUBLISHED = {
    "COE": "at least 30 days", "EU": "national", "ALB": "3 months", "AUT": "at least 30 days", "ARM": "30 days",
    "AZE": "30 days", "BIH": "30 days", "BEL": "45 days", "BGR": "30 days", "BLR": "30 days", "CAN": "up to 180 days",
    "CHE": "at least 30 days", "CYP": "at least 30 days", "CZE": "30 days", "DEU": "at least 3 months",
    "DNK": "30 days to 120 days", "EST": "30 days to 60 days", "ESP": "at least 90 days", "FIN": "30 days to 6 months",
    "FRA": "30 days", "GBR": "at least 30 days", "GEO": "30 days", "GRC": "3 months", "HRV": "60 days",
    "HUN": "1 months", "IRL": "60 days", "ISL": "9 months", "ITA": "none", "LTU": "at least 30 days", "LUX": "90 days",
    "LVA": "30 days", "MDA": "30 days", "MNE": "90 days", "MKD": "up to 2 months", "MLT": "up to 2 months",
    "NLD": "up to 3 months", "NOR": "6 months", "POL": "3 months", "PRT": "30 days to 60 days", "ROU": "up to 90 days",
    "SRB": "90 days", "RUS": "none", "SWE": "30 days", "SVN": "3 months", "SVK": "up to 90 days", "TUR": "30 days",
    "UKR": "3 months", "XKX": "30 days to 90 days",
}  # fmt: skip


@pytest.fixture
def desk(tmp_path: Path) -> store.Desk:
    return store.create(
        tmp_path / "desk", passphrase=PASSPHRASE, recovery_key=new_recovery_key(), cost=FLOOR, mechanism="SRB"
    )


def test_every_country_of_the_list_has_its_mechanism() -> None:
    assert {code: mechanism.of(code).reflection.value.written for code in mechanism.codes()} == PUBLISHED


@pytest.mark.parametrize("code", mechanism.codes())
def test_every_value_says_how_certain_it_is(code: str) -> None:
    for key, value in mechanism.of(code).values.items():
        assert key in SETTINGS
        assert mechanism.checked(key, value.written) == value.written
        assert value.confidence in ("high", "medium", "low", "working rule")
        assert "check with a lawyer" in value.standing
        assert value.confidence in value.standing


def test_a_country_without_a_known_period_gives_no_last_day_and_goes_on_protecting() -> None:
    case = a_woman()

    period = tells(case, "reflection", 200, granted="GRANTED", mechanism="ITA")

    assert isinstance(period, ReflectionPeriod)
    assert period.ends_on is None
    assert running_period(case, TODAY) is period


def test_a_range_protects_for_its_shorter_end() -> None:
    period = tells(a_woman(), "reflection", 10, granted="GRANTED", mechanism="FIN")

    assert period.answers()["ends_on"] == days_ago(-20)


@pytest.mark.parametrize(
    ("key", "written"),
    [
        ("reflection", "about a month"),
        ("reflection", "30"),
        ("reflection", "30 days to"),
        ("appeal_time", "-3 days"),
        ("appeal_time", "3 fortnights"),
        ("appeal_time", "99999 days"),
        ("weekend", "SAT,SUNDAY"),
        ("weekend", "MON,TUE,WED,THU,FRI,SAT,SUN"),
        ("holidays", "ATL"),
        ("ngo_may_identify", "perhaps"),
        ("moon", "YES"),
    ],
)
def test_a_value_that_cannot_be_read_is_refused_with_its_form(key: str, written: str) -> None:
    with pytest.raises(UnreadableValue):
        mechanism.checked(key, written)


@pytest.mark.parametrize("written", ["45 days", "at least 1 months", "up to 90 days", "30 days to 6 months", "none"])
def test_what_an_office_writes_is_read(written: str) -> None:
    assert mechanism.checked("reflection", f" {written} ") == written
    assert str(ReflectionRule.of(Value(written)))


def test_an_office_puts_its_own_value_in_force_and_takes_it_away_again(desk: store.Desk) -> None:
    own = Value("at least 3 months", source="Law of 2026, art. 9", verified_by="A lawyer", verified_on="2026-11-01")
    with desk:
        profile.put(desk, "SRB", "reflection", own)
        with desk.work() as work:
            said = next(line for line in profile.country("SRB", on=work.today).laid_down if line.key == "reflection")
            kept = mechanism.of("SRB").reflection

    assert (said.text, said.is_own, said.is_verified) == ("at least 3 months", True, True)
    assert "Verified by A lawyer" in said.standing
    assert kept.period
    assert kept.period.end(date(2026, 11, 30)) == date(2027, 2, 28)
    assert mechanism.of("SRB").reflection.value.written == "90 days"
    with store.open_desk(desk.folder, passphrase=PASSPHRASE) as again:
        with again.work():
            assert mechanism.home().reflection.value.written == "at least 3 months"
        assert profile.drop(again, "SRB", "reflection")
        assert not profile.drop(again, "SRB", "reflection")
        with again.work():
            assert mechanism.home().reflection.value.written == "90 days"


def test_a_period_recorded_at_the_desk_goes_by_its_own_value(desk: store.Desk) -> None:
    with desk:
        profile.put(desk, "SRB", "reflection", Value("120 days", source="The ministry"))
        with mechanism.at_desk("SRB", desk.own_values):
            period: Step = tells(a_woman(), "reflection", 20, granted="GRANTED", mechanism="SRB")

    assert period.answers()["ends_on"] == days_ago(-100)


def test_what_cannot_be_is_refused(desk: store.Desk) -> None:
    with desk:
        with pytest.raises(UnknownCode):
            profile.put(desk, "ATL", "reflection", Value("30 days"))
        with pytest.raises(ImpossibleDate):
            profile.put(desk, "SRB", "reflection", Value("30 days", verified_on="2999-01-01"))
        desk.roles = frozenset({"caseworker"})
        with pytest.raises(KeeperNeeded):
            profile.put(desk, "SRB", "reflection", Value("30 days"))


def test_content_says_when_it_should_be_checked_again() -> None:
    found = mechanism.of("SRB")

    assert "best before 30 Nov 2027" in profile.freshness(found, date(2027, 11, 30))
    assert "has passed" in profile.freshness(found, date(2027, 12, 1))
