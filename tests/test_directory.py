"""Who helps with what: found by what is needed, kept in revisions, and never with an address that kills."""

from __future__ import annotations

import csv
import io
import json
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_desk import chronicle, directory, store
from referral_desk.errors import AnswersMissing, EntryExists, ImpossibleDate, NotANumber, NotEntitled, UnknownEntry
from referral_desk.exchange import directory_csv
from referral_desk.nrm.case import Case
from referral_desk.nrm.directory import (
    ENTRIES,
    WARNED_OF,
    Audience,
    Contact,
    Doubt,
    Entry,
    ListedService,
    Location,
    Organisation,
    doubts,
)
from referral_desk.nrm.fields import SEALED_MARK
from referral_desk.nrm.terms import Language, Service, YesNo
from referral_desk.store import listed
from referral_desk.vault.passphrases import new_recovery_key
from referral_desk.vault.slots import FLOOR
from tests.cast import PASSPHRASE, TODAY, days_ago
from tests.crew import BO, opened
from tests.test_cli import Typist

SECRET = "Lipov Lad 17, second door"
HOUSE = {"name": "Safe House", "other_names": "Sigurna kuća; Сигурна кућа", "sort": "SHELTER", "country": "SRB"}


def free(places: int) -> dict[str, str]:
    return {"free_places": str(places), "free_as_of": day(0)}


def day(ago: int) -> str:
    return days_ago(ago).isoformat()


def a_house(work: store.Work, **more: str) -> Organisation:
    """A shelter with one free bed and an address nobody may learn."""
    house = listed.add(work, Organisation, HOUSE | more)
    listed.add(work, Location, {"name": "The blue one", "place": "Niš", "address": SECRET}, of=house.id)
    bed = {"name": "Beds", "services": "ACC,PSS", "where": "Niš", "not_admitted": "MEN,TEEN_SONS", "languages": "srp"}
    listed.add(work, ListedService, bed | {"free_places": "1", "free_as_of": day(1)}, of=house.id)
    return house


@pytest.fixture
def desk(crew_desk: Path, tmp_path: Path) -> store.Desk:
    return opened(Path(shutil.copytree(crew_desk, tmp_path / "desk")))


def test_somebody_with_a_place_is_found_by_what_is_needed(desk: store.Desk) -> None:
    with desk, desk.work() as work:
        a_house(work)
        clinic = listed.add(work, Organisation, {"name": "Clinic North", "place": "Subotica", "languages": "hun"})
        listed.add(work, ListedService, {"name": "Ward", "services": "MED"}, of=clinic.id)

        def found(**wanted: object) -> list[str]:
            return [row.name for row in directory.rows(work, directory.Wanted(**wanted))]  # type: ignore[arg-type]

        assert found() == ["Clinic North", "Safe House"]
        assert found(service=Service.ACC) == ["Safe House"]
        assert found(audience=Audience.MEN, service=Service.ACC) == []
        assert found(audience=Audience.WOMEN) == ["Clinic North", "Safe House"]
        assert found(has_place=True) == ["Safe House"]
        assert found(language=Language.of("hun")) == ["Clinic North"]
        assert found(text="сигурна ниш") == ["Safe House"]
        assert found(text="clinic nis") == []


def test_an_old_vacancy_is_no_vacancy_and_says_so(desk: store.Desk) -> None:
    with desk, desk.work() as work:
        house = a_house(work)
        bed = listed.every(work, ListedService, of=house.id)[0]
        listed.change(work, bed, {"free_as_of": day(9)})

        assert directory.rows(work, directory.Wanted(has_place=True)) == ()
        assert "ask again" in directory.rows(work)[0].free

        listed.change(work, listed.entry(work, ListedService, bed.id), free(2))

        assert directory.rows(work, directory.Wanted(has_place=True))[0].free.startswith("2 places free")


def test_free_places_need_their_day_and_are_numbers(desk: store.Desk) -> None:
    with desk, desk.work() as work:
        house = a_house(work)
        bed = {"name": "More beds", "services": "ACC"}

        with pytest.raises(AnswersMissing):
            listed.add(work, ListedService, bed | {"free_places": "2"}, of=house.id)
        with pytest.raises(NotANumber):
            listed.add(work, ListedService, bed | {"free_places": "some"}, of=house.id)
        with pytest.raises(ImpossibleDate):
            listed.add(work, ListedService, bed | {"free_places": "2", "free_as_of": "2031-01-01"}, of=house.id)


def test_an_organisation_stands_there_once_whatever_it_is_called(desk: store.Desk) -> None:
    with desk, desk.work() as work:
        a_house(work)

        with pytest.raises(EntryExists):
            listed.add(work, Organisation, {"name": "SAFE  house"})
        with pytest.raises(EntryExists):
            listed.add(work, Organisation, {"name": "Sigurna kuća"})


def test_an_address_is_sealed_hidden_and_its_reading_noted(desk: store.Desk) -> None:
    with desk:
        with desk.work() as work:
            house = a_house(work).id
        with desk.work(unsealed=False) as work:
            hidden = directory.page(work, house)
        with desk.work() as work:
            shown = directory.page(work, house)

        said = [told.sentence for told in chronicle.read(desk)]
    assert SECRET not in str(hidden)
    assert SEALED_MARK in str(hidden)
    assert SECRET in str(shown)
    assert any("sealed address" in sentence for sentence in said)


def test_the_address_lies_nowhere_on_the_disk(desk: store.Desk) -> None:
    with desk, desk.work() as work:
        a_house(work)

    held = b"".join(file.read_bytes() for file in desk.folder.iterdir() if file.is_file())
    assert b"Lipov" not in held


def test_a_coordinator_keeps_vacancies_and_never_reads_an_address(desk: store.Desk) -> None:
    with desk, desk.work() as work:
        house = a_house(work).id

    with opened(desk.folder, BO) as other, other.work() as work:
        page = directory.page(work, house)
        bed = next(one for one in page.parts if one.code == "service")
        listed.change(work, listed.entry(work, ListedService, bed.id), free(0))
        location = listed.every(work, Location, of=house)[0]

        assert SECRET not in str(page)
        with pytest.raises(NotEntitled):
            listed.change(work, location, {"place": "Pirot"})
        assert directory.page(work, house).row.free.startswith("0 places free")


def test_every_change_keeps_what_it_said_before(desk: store.Desk) -> None:
    with desk, desk.work() as work:
        house = a_house(work)
        listed.change(work, house, {"place": "Novi Sad"}, why="They moved.")
        directory.verify(work, "organisation", house.id)

        revisions = listed.revisions(work, Organisation, house.id)

        assert [one.place for one in revisions] == [None, "Novi Sad", "Novi Sad"]
        assert [one.current for one in revisions] == [False, False, True]
        assert revisions[1].why_corrected == "They moved."  # type: ignore[attr-defined]
        assert revisions[2].verified_on == work.today


def test_what_speaks_against_a_recipient_is_told(desk: store.Desk) -> None:
    with desk, desk.work() as work:
        sound = {"vetted_on": day(100), "agreement": "YES", "data_sharing": "YES", "verified_on": day(10)}
        listed.add(work, Organisation, {"name": "Sound"} | sound)
        listed.add(work, Organisation, {"name": "Gone"} | sound | {"active": "NO"})
        listed.add(work, Organisation, {"name": "New"})
        listed.add(work, Organisation, {"name": "Ended"} | sound | {"agreed_on": day(400), "agreed_until": day(1)})
        case = work.case(work.case_ids("zdravka")[0])

        assert case.around.doubts("sound") == ()
        assert case.around.doubts("Gone") == (Doubt.INACTIVE,)
        assert case.around.doubts("Ended") == (Doubt.NO_AGREEMENT,)
        assert set(case.around.doubts("New")) == WARNED_OF - {Doubt.INACTIVE} | {Doubt.STALE}
        assert case.around.doubts("Nobody") == (Doubt.NOT_LISTED,)
    assert Case(opened_on=TODAY).around.doubts("Nobody") == ()


@given(st.none() | st.dates(), st.none() | st.dates(), st.none() | st.dates())
def test_no_doubt_is_left_only_where_everything_was_looked_at(
    vetted: date | None, agreed: date | None, verified: date | None
) -> None:
    said = {"agreement": YesNo.YES, "agreed_on": agreed, "data_sharing": YesNo.YES}
    one = Organisation(name="One", vetted_on=vetted, verified_on=verified, **said)

    found = doubts(one, TODAY)

    is_sound = vetted is not None and vetted <= TODAY and verified is not None and verified >= TODAY - timedelta(180)
    assert (found == ()) is (is_sound and (agreed is None or agreed <= TODAY))


def test_a_file_does_not_change_how_a_known_organisation_is_reached(desk: store.Desk, tmp_path: Path) -> None:
    """Or whoever can put a file on a stick has the next referral sent to herself."""
    file = tmp_path / "directory.csv"
    with desk, desk.work() as work:
        house = a_house(work, phone="+381 11 555", place="Niš", verified_on=day(9), vetted_on=day(9))
        listed.add(work, Contact, {"name": "Vera", "email": "vera@example.org"}, of=house.id)
        told = directory_csv.as_csv(work).decode("utf-8-sig")
        told = told.replace("+381 11 555", "+999 66 666").replace("vera@", "evil@").replace("Niš", "Novi Sad")
        file.write_text(told, encoding="utf-8")

        brought = directory_csv.read(work, file)
        [house], [vera] = listed.every(work, Organisation), listed.every(work, Contact)

    assert (house.phone, vera.email) == ("+381 11 555", "vera@example.org")
    assert [("Phone" in said, "E-mail" in said) for _line, said in brought.refused] == [(True, False), (False, True)]
    assert house.place == "Novi Sad"
    assert house.verified_on is None


def test_another_shelter_takes_over_what_is_no_secret(desk: store.Desk, tmp_path: Path) -> None:
    with desk, desk.work() as work:
        house = a_house(work, phone="+381 11 555", agreement="YES", remark="Ask for Vera only.")
        office = {"name": "Office", "confidential": "NO", "address": "Main Street 1"}
        listed.add(work, Location, office, of=house.id)
        listed.add(work, Contact, {"name": "=Vera", "role": "Social worker"}, of=house.id)
        held = directory_csv.as_csv(work)

    file = tmp_path / "directory.csv"
    file.write_bytes(held)
    with another_desk(tmp_path / "other") as other, other.work() as work:
        first = directory_csv.read(work, file)
        again = directory_csv.read(work, file)
        house = listed.every(work, Organisation)[0]
        locations = {one.name: one.address for one in listed.every(work, Location)}

        assert (first.added, first.refused) == (5, ())
        assert (again.added, again.changed, again.alike) == (0, 0, 5)
        assert house.agreement is None
        assert house.phone == "+381 11 555"
        assert locations == {"Office": "Main Street 1", "The blue one": None}
        assert listed.every(work, Contact)[0].name == "=Vera"
    text = held.decode("utf-8-sig")
    assert SECRET not in text
    assert "Vera only" not in text
    assert all(not cell.startswith("=") for row in csv.reader(io.StringIO(text)) for cell in row)


def test_a_file_never_makes_an_address_less_secret(desk: store.Desk, tmp_path: Path) -> None:
    file = tmp_path / "directory.csv"
    file.write_text("entry,organisation,name,confidential\nlocation,Safe House,The blue one,NO\n", encoding="utf-8")
    with desk, desk.work() as work:
        a_house(work)

        directory_csv.read(work, file)

        assert listed.every(work, Location)[0].confidential is None
        assert SECRET not in directory_csv.as_csv(work).decode()


def test_a_wrong_row_is_named_and_the_others_are_taken(desk: store.Desk, tmp_path: Path) -> None:
    file = tmp_path / "directory.csv"
    rows = ["organisation,A,A,", "organisation,B,B,MOON", "contact,Nobody,Vera,", "planet,A,A,", "organisation,C,C,SRB"]
    file.write_text("\n".join(["entry,organisation,name,country", *rows]), encoding="utf-8")
    with desk, desk.work() as work:
        brought = directory_csv.read(work, file)

        assert brought.added == 2
        assert [line for line, _why in brought.refused] == [3, 4, 5]


@pytest.mark.parametrize("kind", ENTRIES.values(), ids=ENTRIES)
def test_every_address_and_long_text_is_sealed(kind: type[Entry]) -> None:
    for question in kind.questions:
        assert not question.long or question.reach.name == "SEALED"
        assert question.name != "address" or question.reach.name == "SEALED"


def test_the_commands_tell_no_address_unless_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "desk"
    another_desk(folder).close()
    ana = Typist(folder, capsys, monkeypatch)
    ana.types("directory", "add", "organisation", "--name", "Safe House", "--country", "SRB")
    ana.types(
        "directory", "add", "location", "--of", "safe house", "--name", "The blue one", answers={"address": SECRET}
    )
    services = ("--services", "ACC", "--free-places", "3", "--free-as-of", date.today().isoformat())  # noqa: DTZ011
    ana.types("directory", "add", "service", "--of", "Safe House", "--name", "Beds", *services)
    ana.types("directory", "edit", "organisation", "Safe House", "--place", "Niš")

    listed_ = json.loads(ana.types("directory", "list", "--service", "ACC", "--free", "--json"))
    shown = ana.types("directory", "show", "Safe House", "--history")
    named = ana.types("directory", "show", "Safe House", "--addresses")
    ana.types("directory", "show", "Nobody", code=UnknownEntry.exit_code)
    said = ana.types("directory", "export", str(tmp_path / "out.csv"))
    brought = ana.types("directory", "import", str(tmp_path / "out.csv"))

    assert [row["name"] for row in listed_] == ["Safe House"]
    assert "Revision 1" in shown
    assert SECRET not in shown + said + brought
    assert SECRET in named
    assert "0 new, 0 changed, 3 alike" in brought


def another_desk(folder: Path) -> store.Desk:
    return store.create(folder, passphrase=PASSPHRASE, recovery_key=new_recovery_key(), cost=FLOOR)
