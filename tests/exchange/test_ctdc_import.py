"""Public data come in whole or not at all, once, and never beside real cases."""

from __future__ import annotations

import csv

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from referral_desk import store
from referral_desk.errors import RealCases, UnreadableFile, UnwritableTarget
from referral_desk.exchange import ctdc
from referral_desk.nrm.case import Case, is_code
from referral_desk.nrm.identification import Interview
from referral_desk.nrm.person import FirstContact, Person
from referral_desk.statistics import counting
from referral_desk.store import Purpose
from tests.public_data import CTDC, INVENTED, MISSING

HEADER = "yearOfRegistration,gender,ageBroad,citizenship,isForcedLabour,isSexualExploit,CountryOfExploitation"
ROWS = (
    "2016,Female,9--17,MD,0.0,1.0,RU",
    "2016,Female,9--17,MD,0.0,1.0,RU",
    "2016,Female,9--17,MD,0.0,1.0,RU",
    "2005,Male,48+,0,1.0,0.0,",
    "2005,,,UA,,,US",
    "2018,Male,30--38,PH,1.0,,QA",
)


@pytest.fixture
def file(tmp_path):
    """Writes a small file of the given rows."""

    def write(*rows, header=HEADER, name="data.csv"):
        path = tmp_path / name
        path.write_text("\n".join((header, *rows)) + "\n", encoding="utf-8")
        return path

    return write


def everybody(desk):
    with desk.work(unsealed=False) as work:
        return work.cases(work.case_ids())


def counted(desk: store.Desk, name: str) -> dict[str, int]:
    with desk.work(unsealed=False) as work:
        return counting.unprotected(work.session, counting.chosen([name])).margins[0]


def test_an_empty_desk_becomes_one_for_evaluation(desk, file):
    outcome = ctdc.bring_in(desk, file(*ROWS))

    assert outcome == ctdc.Outcome(added=6, already_there=0, refused=0)
    assert desk.purpose is Purpose.EVALUATION
    with desk.work() as work:
        assert work.about().purpose == "evaluation"


def test_a_row_is_a_whole_case(desk, file):
    ctdc.bring_in(desk, file(ROWS[3]))
    [case] = everybody(desk)
    first, person, interview = (case.latest(kind) for kind in (FirstContact, Person, Interview))

    assert is_code(case.code)
    assert (case.opened_on.isoformat(), first.year) == ("2005-01-01", 2005)
    assert (person.gender.code, person.age_band.code, person.citizenships) == ("M", "48+", None)
    assert person.unanswered == {"citizenships": "UNK"}
    assert [form.code for form in interview.exploitation] == ["LAB"]
    assert interview.unanswered == {"country_of_exploitation": "UNK"}


def test_none_of_these_is_an_answer(desk, file):
    ctdc.bring_in(desk, file("2005,Male,48+,0,0,0,"))
    [case] = everybody(desk)

    assert case.latest(Interview).exploitation == frozenset()
    assert counted(desk, "interview.exploitation") == {"?NONE": 1}


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.permutations(ROWS), columns=st.permutations(range(7)))
def test_any_order_of_rows_and_columns_is_the_same_file(new_desk, file, rows, columns):
    desk = _full(new_desk, file)

    def reordered(line: str) -> str:
        return ",".join(line.split(",")[column] for column in columns)

    outcome = ctdc.bring_in(desk, file(*map(reordered, rows), header=reordered(HEADER), name="again.csv"))

    assert outcome == ctdc.Outcome(added=0, already_there=6, refused=0)


_kept: list[store.Desk] = []


def _full(new_desk, file) -> store.Desk:
    if not _kept:
        _kept.append(new_desk())
        ctdc.bring_in(_kept[0], file(*ROWS))
    return _kept[0]


def test_a_longer_file_adds_what_is_new(desk, file):
    ctdc.bring_in(desk, file(*ROWS[:2]))

    assert ctdc.bring_in(desk, file(*ROWS)) == ctdc.Outcome(added=4, already_there=2, refused=0)
    assert len({case.id for case in everybody(desk)}) == len({case.code for case in everybody(desk)}) == 6


def test_the_same_rows_in_another_shape_are_there_already(desk, file):
    ctdc.bring_in(desk, file("2016,Female,9--17,MD,0,1,RU"))
    names = "isSexualExploit;sectorOfSexProstitution;GENDER;AgeBroad;citizenship;countryofexploitation"
    header = f"{names};yearofregistration;isForcedLabour"

    outcome = ctdc.bring_in(desk, file("1;;Woman;09—17;MDA;RUS;2016;0", header=header))

    assert outcome.already_there == 1


def test_rows_that_are_not_understood_come_back_with_the_reason(desk, file, tmp_path):
    path = file(ROWS[0], "2016,Femal,9--17,MD,0,1,RU", "", "2016,Female,9--17,MD", ROWS[1], "1,=cmd,,,,,")

    outcome = ctdc.bring_in(desk, path)
    back = tmp_path / "data.csv.refused.csv"
    rows = list(csv.reader(back.read_text(encoding="utf-8-sig").splitlines()))

    assert outcome == ctdc.Outcome(added=2, already_there=0, refused=3, refused_in=back)
    assert rows[0] == ["line", "reason", *HEADER.split(",")]
    assert [row[0] for row in rows[1:]] == ["3", "5", "7"]
    assert rows[1][1:] == ["gender: “Femal” is not understood.", "2016", "Femal", "9--17", "MD", "0", "1", "RU"]
    assert rows[2][1] == "The row has 4 cells instead of 7."
    assert rows[3][3] == "'=cmd"


def test_a_row_put_right_in_its_file_comes_in_with_the_next_reading(desk, file):
    ctdc.bring_in(desk, file(ROWS[0], ROWS[1].replace("Female", "Femal")))

    assert ctdc.bring_in(desk, file(ROWS[0], ROWS[1])) == ctdc.Outcome(added=1, already_there=1, refused=0)


def test_nothing_comes_in_when_the_refused_rows_cannot_be_given_back(desk, file, tmp_path):
    with pytest.raises(UnwritableTarget):
        ctdc.bring_in(desk, file(ROWS[0], "x"), rejects=tmp_path / "nowhere" / "back.csv")

    assert everybody(desk) == []
    assert desk.purpose is Purpose.REAL


def test_public_data_never_lie_beside_cases_of_ones_own(desk, file):
    with desk.work() as work:
        work.open_case(FirstContact(day=work.today))

    with pytest.raises(RealCases):
        ctdc.bring_in(desk, file(*ROWS))

    assert len(everybody(desk)) == 1
    assert desk.purpose is Purpose.REAL


def test_progress_ends_where_everything_is_done(desk, file):
    told: list[tuple[int, int]] = []
    ctdc.bring_in(desk, file(*ROWS), on_progress=lambda done, of: told.append((done, of)))

    assert told == sorted(told, key=lambda step: step[0] / step[1])
    assert told[-1] == (12, 12)


BROKEN: dict[str, bytes] = {
    "empty": b"",
    "blank": b"\n\n",
    "binary": bytes(range(256)) * 40,
    "latin-1": (HEADER + "\n2016,Çelik\n").encode("latin-1"),
    "utf-16": (HEADER + "\n").encode("utf-16"),
    "other table": b"name,town\nx,y\n",
    "column twice": f"{HEADER},gender\n".encode(),
    "endless line": HEADER.encode() + b"\n" + b"x" * 3_000_000,
    "endless header": b"yearOfRegistration,gender" + b"," * 3_000_000,
    "endless quote": f'{HEADER}\n{ROWS[0]}\n"'.encode() + b"a\n" * 200_000,
}


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
def test_a_file_that_is_no_table_of_these_data_changes_nothing(crowdless, tmp_path, content):
    path = tmp_path / "broken.csv"
    path.write_bytes(content)

    with pytest.raises(UnreadableFile) as caught:
        ctdc.bring_in(crowdless, path)

    assert str(caught.value).startswith(f"{path} could not be read: ")
    assert everybody(crowdless) == []
    assert [found.name for found in tmp_path.iterdir()] == ["broken.csv"]


def test_a_file_that_is_none_says_so(crowdless, tmp_path):
    with pytest.raises(UnreadableFile, match="no such file"):
        ctdc.bring_in(crowdless, tmp_path / "missing.csv")
    with pytest.raises(UnreadableFile, match="not a file"):
        ctdc.bring_in(crowdless, tmp_path)


@pytest.fixture(scope="session")
def crowdless(new_desk):
    """An empty desk that stays so."""
    return new_desk(Purpose.EVALUATION)


def test_two_cases_never_get_one_code(desk):
    with desk.work() as work:
        here = work.open_case(FirstContact(day=work.today))
        others = [Case(opened_on=work.today, code=code) for code in (here.code, "RD-0000-0000", "RD-0000-0000")]
        work.bring_in(others)

    codes = [case.code for case in everybody(desk)]
    assert len(set(codes)) == 4
    assert {here.code, "RD-0000-0000"} < set(codes)
    assert all(map(is_code, codes))


def test_a_file_with_all_columns_of_the_public_one_comes_in_once(new_desk, tmp_path):
    desk, refused = new_desk(), tmp_path / "refused.csv"
    with INVENTED.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))

    outcomes = [ctdc.bring_in(desk, INVENTED, rejects=refused) for _time in range(2)]

    assert outcomes == [ctdc.Outcome(added=90, already_there=0, refused=0), ctdc.Outcome(0, 90, 0)]
    genders, forms = counted(desk, "person.gender"), counted(desk, "interview.exploitation")
    assert genders["F"] == sum(row["gender"] == "Female" for row in rows)
    assert genders["M"] == sum(row["gender"] == "Male" for row in rows)
    assert forms["LAB"] == sum(row["isForcedLabour"] == "1.0" for row in rows)
    assert forms["SEX"] == sum(row["isSexualExploit"] == "1.0" for row in rows)
    assert not refused.exists()


@pytest.fixture(scope="session")
def evaluation(new_desk, tmp_path_factory) -> tuple[store.Desk, ctdc.Outcome, ctdc.Outcome]:
    """The whole public file, read twice."""
    if not CTDC.is_file():
        pytest.skip(MISSING)
    desk = new_desk()
    rejects = tmp_path_factory.mktemp("rejects") / "refused.csv"
    return desk, ctdc.bring_in(desk, CTDC, rejects=rejects), ctdc.bring_in(desk, CTDC, rejects=rejects)


def test_the_public_file_comes_in_once(evaluation):
    _desk, first, second = evaluation

    assert first == ctdc.Outcome(added=48_773, already_there=0, refused=0)
    assert second == ctdc.Outcome(added=0, already_there=48_773, refused=0)


def test_the_public_file_gives_the_known_figures(evaluation):
    desk = evaluation[0]
    years, genders, ages = (counted(desk, name) for name in ("first_contact.year", "person.gender", "person.age_band"))
    forms, citizens = counted(desk, "interview.exploitation"), counted(desk, "person.citizenships")

    assert (min(years), max(years), years["2016"], years["2002"]) == ("2002", "2018", 16_399, 1_026)
    assert genders == {"F": 35_506, "M": 13_267}
    assert (ages["0--8"], ages["9--17"]) == (1_556, 8_645)
    assert (forms["LAB"], forms["SEX"]) == (9_772, 16_039)
    known = {code: citizens[code] for code in ("UKR", "MDA", "BLR", "ROU", "BGR", "ALB")}
    assert known == {"UKR": 7_761, "MDA": 5_901, "BLR": 1_463, "ROU": 655, "BGR": 342, "ALB": 22}
    assert citizens["?UNK"] == 8_858 + 278


def test_both_forms_at_once_are_counted_in_each(evaluation):
    with evaluation[0].work(unsealed=False) as work:
        by = counting.chosen(["interview.exploitation"]) * 2

        assert counting.unprotected(work.session, by).cells["LAB", "SEX"] == 308
