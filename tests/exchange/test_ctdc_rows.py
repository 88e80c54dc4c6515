"""The public data in every shape in which they were published."""

from __future__ import annotations

import pytest

from referral_desk.exchange.ctdc_rows import COLUMNS, NotUnderstood, told_by
from referral_desk.nrm.person import AgeBand


def told(**cells):
    return told_by({"yearOfRegistration": "2016"} | cells, this_year=2026)


def test_a_row_of_the_reduced_file_of_2020():
    row = {"gender": "Female", "ageBroad": "9--17", "citizenship": "MD", "CountryOfExploitation": "RU"}

    assert told(**row, isForcedLabour="0.0", isSexualExploit="1.0") == {
        "year": "2016",
        "gender": "F",
        "age_band": "9--17",
        "citizenships": ["MDA"],
        "country_of_exploitation": "RUS",
        "exploitation": ["SEX"],
    }


def test_a_row_of_the_synthetic_file_says_the_same_with_other_words():
    row = {"gender": "Woman", "ageBroad": "09–17", "citizenship": "MDA", "CountryOfExploitation": "RUS"}
    flags = {"isForcedLabour": "", "isSexualExploit": "1", "isOtherExploit": "", "sectorOfLabourDomesticWork": ""}

    assert told(**row, **flags) == told(
        gender="Female", ageBroad="9--17", citizenship="MD", CountryOfExploitation="RU", isSexualExploit="1"
    )


@pytest.mark.parametrize("written", ["", "NULL", "-99", "−99", "-99.0", "Unknown", " nan "])
def test_what_is_missing_is_not_known(written):
    row = told(
        gender=written, ageBroad=written, citizenship=written, CountryOfExploitation=written, isForcedLabour=written
    )

    assert set(row.values()) == {"2016", "?UNK"}


@pytest.mark.parametrize("written", ["0", "00", "ZZ", "0.0"])
def test_countries_have_their_own_ways_to_be_unknown(written):
    assert told(citizenship=written)["citizenships"] == "?UNK"


@pytest.mark.parametrize(
    ("short", "long"),
    [("RU", "RUS"), ("CD", "COD"), ("FR", "FRA"), ("RS", "SRB"), ("TL", "TLS"), ("NA", "NAM"), ("XK", "XKX")],
)
def test_two_letters_and_three_mean_one_country(short, long):
    assert told(citizenship=short) == told(citizenship=long) == told(citizenship=long.lower())


@pytest.mark.parametrize("band", AgeBand)
@pytest.mark.parametrize("dash", ["--", "–", "—", "-"])
def test_bands_are_written_with_every_dash_and_with_zeros(band, dash):
    written = "-".join(part.zfill(2) for part in band.code.split("--")).replace("-", dash)

    assert told(ageBroad=written)["age_band"] == band.code


@pytest.mark.parametrize(
    ("narrow", "broad"), [("12--14", "9--17"), ("33--35", "30--38"), ("57--65", "48+"), ("66+", "48+")]
)
def test_the_narrow_bands_of_2017_lie_in_the_broad_ones(narrow, broad):
    assert told(ageBroad=narrow)["age_band"] == broad


@pytest.mark.parametrize("prefix", ["typeOf", "sectorOf"])
def test_domestic_work_is_a_form_of_its_own_beside_forced_labour(prefix):
    flags = {"isForcedLabour": "1", f"{prefix}LabourDomesticWork": "1", f"{prefix}SexProstitution": ""}

    assert told(**flags)["exploitation"] == ["DOM", "LAB"]


def test_other_is_said_only_where_nothing_says_which():
    assert told(isOtherExploit="1", isForcedMarriage="0")["exploitation"] == ["OTH"]
    assert told(isOtherExploit="1", isForcedMarriage="1")["exploitation"] == ["MARR"]


def test_all_flags_at_zero_say_none_of_these():
    assert told(isForcedLabour="0", isSexualExploit="0", meansOfControlThreats="0") == {
        "year": "2016",
        "exploitation": [],
        "control": [],
    }


def test_means_of_control_come_one_by_one_or_merged():
    assert told(meansOfControlThreats="1", meansOfControlOther="-99")["control"] == ["THR"]
    assert told(meansThreats="1", meansWithholdDocs="1")["control"] == ["DOCS", "THR"]
    assert "control" not in told(gender="Man")


@pytest.mark.parametrize("gender", ["Transgender/NonConforming", "Trans/Transgender/NonConforming"])
def test_who_is_neither_woman_nor_man_is_not_unknown(gender):
    assert told(gender=gender)["gender"] == "NC"


@pytest.mark.parametrize(
    "cells",
    [
        {"yearOfRegistration": ""},
        {"yearOfRegistration": "2027"},
        {"yearOfRegistration": "16"},
        {"gender": "Fermale"},
        {"ageBroad": "9--20"},
        {"ageBroad": "17--9"},
        {"citizenship": "SUN"},
        {"citizenship": "Ukraine"},
        {"isForcedLabour": "2"},
    ],
)
def test_what_means_nothing_is_refused_by_the_name_of_its_column(cells):
    [column] = cells

    with pytest.raises(NotUnderstood, match=f"^{column}: "):
        told(**cells)


def test_no_column_is_listed_twice():
    assert len(set(COLUMNS)) == len(COLUMNS)


def test_details_of_the_experience_are_told_where_the_row_has_them():
    flags = {"sectorOfLabourHospitality": "1", "sectorOfSexProstitution": "1", "recruiterRelationFamily": "1"}
    row = told(isForcedLabour="1", traffickMonths="13--24 (1-2 yrs)", isAbduction="0", **flags)

    assert row["sector"] == "I"
    assert row["sex_type"] == ["PROST"]
    assert row["recruiter"] == ["FAM"]
    assert row["duration"] == "13-24"
    assert row["abducted"] == "NO"


def test_which_of_two_sectors_nobody_knows():
    assert "sector" not in told(sectorOfLabourHospitality="1", sectorOfLabourConstruction="1")
    assert "duration" not in told(traffickMonths="")
