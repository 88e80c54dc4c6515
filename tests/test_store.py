"""The store: what is kept, what a thief reads, and what happens when something is wrong."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlcipher3 import dbapi2

from referral_desk import errors, journal, pages, store
from referral_desk.nrm import answers
from referral_desk.nrm.fields import SEALED_MARK
from referral_desk.nrm.pathway import kind_of, step_from
from referral_desk.nrm.person import FirstContact, Person
from referral_desk.store import engine
from referral_desk.store.names import folded
from referral_desk.vault.passphrases import grouped, new_recovery_key
from referral_desk.vault.slots import FLOOR
from tests.cast import PASSPHRASE, TODAY

NAMES = ("Zdravka", "Milivojska", "Ždralović")


def clock() -> datetime:
    return datetime(TODAY.year, TODAY.month, TODAY.day, 10, tzinfo=UTC)


def made(folder: Path) -> store.Desk:
    return store.create(
        folder, passphrase=PASSPHRASE, recovery_key=new_recovery_key(), cost=FLOOR, mechanism="SRB", clock=clock
    )


def opened(folder: Path) -> store.Desk:
    return store.open_desk(folder, passphrase=PASSPHRASE, clock=clock)


@pytest.fixture(scope="module")
def pattern(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pattern") / "desk"
    with made(folder) as desk, desk.work() as work:
        case = work.open_case(FirstContact(day=work.today, first_words="Milivojska asked for a bed."))
        written = {"first_name": "Zdravka", "last_name": "Ждраловић", "gender": "F", "age_band": "24--26"}
        work.take(case, step_from(Person, {"day": work.today.isoformat(), **written}))
        work.keep_draft("interview", case.id, {"account": "Zdravka began to tell …"})
    return folder


@pytest.fixture
def folder(pattern: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(pattern, tmp_path / "desk"))


def every_byte(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file())


def test_what_was_recorded_is_there_after_closing(folder: Path) -> None:
    with opened(folder) as desk, desk.work() as work:
        [case_id] = work.case_ids("zdravka")
        page = pages.case_page(work.case(case_id), work.today)

    assert page.name == "Zdravka Ждраловић"
    assert [step.kind for step in page.timeline] == ["person", "first_contact"]
    assert desk.mechanism == "SRB"


@pytest.mark.parametrize("typed", ["zdravka", "ЖДРАЛОВИЋ", "zdralovic", "ždral", "zdravka zdral"])
def test_a_case_is_found_in_any_script_and_without_accents(folder: Path, typed: str) -> None:
    with opened(folder) as desk, desk.work() as work:
        assert len(work.case_ids(typed)) == 1
        assert work.case_ids("somebody else") == []


def test_a_new_case_is_found_at_once(folder: Path) -> None:
    with opened(folder) as desk:
        with desk.work() as work:
            work.case_ids()
            case = work.open_case(FirstContact(day=work.today))
            work.take(case, Person(day=work.today, first_name="Tarikandra"))
        with desk.work() as work:
            assert work.case_ids("tarikan") == [case.id]
            assert len(work.case_ids()) == 2


def test_a_thief_finds_no_name_in_any_byte(folder: Path) -> None:
    found = every_byte(folder)

    assert not any(name.encode() in found for name in (*NAMES, "Ждраловић", "24--26", "first_contact"))
    assert not (folder / "data-0001.db").read_bytes().startswith(b"SQLite format 3")


def test_not_even_the_open_desk_leaves_a_name_on_the_disk(folder: Path) -> None:
    with opened(folder) as desk:
        with desk.work() as work:
            [case_id] = work.case_ids("zdravka")
            work.keep_draft("risk", case_id, {"factors": "Milivojska is near"})
            found = every_byte(folder)

        assert not any(name.encode() in found + every_byte(folder) for name in NAMES)


def test_without_the_seal_names_are_neither_read_nor_written(folder: Path) -> None:
    with opened(folder) as desk, desk.work(unsealed=False) as work:
        [case] = work.cases(work.case_ids())
        person = case.latest(Person)
        assert person
        assert person.first_name == SEALED_MARK
        with pytest.raises(errors.NotEntitled):
            person.first_name = "Somebody"


def test_names_stay_readable_whatever_was_sealed_beside_them(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A whole page as a reason, which an earlier version took in, must not close them for ever."""
    with opened(folder) as desk:
        with desk.work() as work, monkeypatch.context() as earlier:
            earlier.setattr(answers, "LONGEST_LINE", 10**6)
            [case] = work.cases(work.case_ids())
            [person] = case.taken(Person)
            work.correct(case, person, {}, why="x" * 200_000)
        with desk.work() as work:
            [case] = work.cases(work.case_ids())
            [person] = case.taken(Person)
            assert person.first_name == "Zdravka"


def test_inside_the_encrypted_store_names_are_sealed_once_more(folder: Path) -> None:
    with opened(folder) as desk, desk.engine.connect() as connection:
        tables = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars().all()
        rows = [str(row) for table in tables for row in connection.execute(text(f'SELECT * FROM "{table}"'))]  # noqa: S608

    assert len(rows) > 5
    assert not any(name in row for row in rows for name in NAMES)


def test_a_wrong_passphrase_opens_nothing(folder: Path) -> None:
    with pytest.raises(errors.WrongPassphrase):
        store.open_desk(folder, passphrase="lantern gravel otter puzzle")
    with pytest.raises(errors.WrongPassphrase):
        store.open_desk(folder, passphrase=PASSPHRASE, login="ana")


def test_a_folder_without_a_desk_is_told_apart_from_a_damaged_desk(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(errors.NoDesk):
        opened(tmp_path)
    (folder / "data-0001.db").write_bytes(b"SQLite format 3\0" + bytes(4096))
    with pytest.raises(errors.DeskDamaged):
        opened(folder)
    (folder / "data-0001.db").unlink()
    with pytest.raises(errors.DeskDamaged):
        opened(folder)
    (folder / "store.rdk").write_text("{")
    with pytest.raises(errors.DeskDamaged):
        opened(folder)


def test_a_data_file_of_another_desk_is_noticed(folder: Path, tmp_path: Path) -> None:
    made(tmp_path / "other").close()
    (folder / "data-0001.db").write_bytes((tmp_path / "other" / "data-0001.db").read_bytes())

    with pytest.raises(errors.OtherGeneration):
        opened(folder)


def test_two_programs_do_not_open_one_desk(folder: Path) -> None:
    with opened(folder), pytest.raises(errors.DeskInUse):
        opened(folder)
    opened(folder).close()


WAITING = """
import sys
from referral_desk import store
with store.open_desk(sys.argv[1], passphrase=sys.argv[2]):
    print("open", flush=True)
    sys.stdin.read()
"""


def test_who_removes_the_lock_file_does_not_let_a_second_program_in(folder: Path) -> None:
    command = [sys.executable, "-c", WAITING, str(folder), PASSPHRASE]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as first:
        assert first.stdout
        assert first.stdout.readline() == "open\n"
        with suppress(PermissionError):  # Windows removes no file that is open
            (folder / "store.lock").unlink()

        with pytest.raises(errors.DeskInUse):
            opened(folder)

        first.communicate()
    opened(folder).close()


def test_a_newer_store_is_left_alone(folder: Path) -> None:
    with opened(folder) as desk, desk.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    before = hashlib.sha256((folder / "data-0001.db").read_bytes()).digest()

    with pytest.raises(errors.DeskNewer):
        opened(folder)

    assert hashlib.sha256((folder / "data-0001.db").read_bytes()).digest() == before


def test_a_desk_is_made_in_an_empty_folder_on_this_computer_only(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(errors.DeskExists):
        made(folder)
    with pytest.raises(errors.UnsafePlace):
        made(tmp_path / "OneDrive - Shelter" / "desk")
    with pytest.raises(errors.WeakPassphrase):
        store.create(tmp_path / "weak", passphrase="secret", recovery_key=new_recovery_key(), cost=FLOOR)


def test_work_that_fails_leaves_nothing_behind(folder: Path) -> None:
    with opened(folder) as desk:
        with pytest.raises(errors.SafeguardsUnmet), desk.work() as work:
            case = work.open_case(FirstContact(day=work.today))
            work.take(case, step_from(kind_of("return"), {"day": work.today.isoformat(), "manner": "REMOVAL"}))
        with desk.work() as work:
            assert len(work.case_ids()) == 1


def test_a_full_disk_is_told_plainly_and_nothing_is_lost(folder: Path) -> None:
    with opened(folder) as desk:
        with desk.engine.connect() as connection:
            size = connection.connection.cursor().execute("PRAGMA page_count").fetchone()[0]
            connection.connection.cursor().execute(f"PRAGMA max_page_count = {size + 2}")
        with pytest.raises(errors.DiskFull), desk.work() as work:
            for _person in range(100):
                work.open_case(FirstContact(day=work.today, first_words="x" * 4000))
        with desk.work() as work:
            assert len(work.case_ids()) == 1


def test_no_statement_reaches_out_of_the_store(folder: Path, tmp_path: Path) -> None:
    with opened(folder) as desk, desk.engine.connect() as connection:
        cursor = connection.connection.cursor()
        for statement in (f"ATTACH '{tmp_path / 'out.db'}' AS out KEY ''", "PRAGMA temp_store = 1"):
            with pytest.raises(dbapi2.DatabaseError, match="not authorized"):
                cursor.execute(statement)
    assert not (tmp_path / "out.db").exists()


def test_the_list_of_cases_needs_no_name_and_stays_as_it_is_once_names_are_known(folder: Path) -> None:
    with opened(folder) as desk:
        with desk.work() as work:
            for ago in (3, 1, 2):
                first = FirstContact(day=work.today - timedelta(days=ago), first_words="A bed, please.")
                work.open_case(first)
        with desk.work() as work:
            before = work.case_ids()
            was_prepared = work.last(journal.Act.LISTED_NAMES) is not None
            work.case_ids("zdravka")
            after = work.case_ids()

    assert not was_prepared
    assert len(before) == 4
    assert before == after


def test_the_journal_notes_every_act_and_never_what_was_said(folder: Path) -> None:
    with opened(folder) as desk:
        with desk.work() as work:
            pages.case_page(work.case(work.case_ids("zdravka")[0]), work.today)
        with desk.work() as work:
            entries = work.session.scalars(select(journal.Entry).order_by(journal.Entry.number)).all()

    acts = [entry.act for entry in entries]
    told = " ".join(f"{entry.record} {entry.by}" for entry in entries)
    assert acts == ["CREATED", "OPENED", "OPENED_CASE", "TOOK", "OPENED", "LISTED_NAMES", "READ_SEALED"]
    assert not any(name in told for name in NAMES)


def test_a_changed_journal_entry_breaks_the_chain(folder: Path) -> None:
    with opened(folder) as desk, desk.work() as work:
        entries = work.session.scalars(select(journal.Entry).order_by(journal.Entry.number)).all()
        former = ["", *(entry.chain for entry in entries)]
        whole = [entry.chain == journal.link(before, entry) for before, entry in zip(former, entries, strict=False)]
        entries[1].act = "CREATED"

        assert all(whole)
        assert entries[1].chain != journal.link(entries[0].chain, entries[1])
        work.session.rollback()


def test_a_draft_comes_back_and_never_becomes_a_step(folder: Path) -> None:
    with opened(folder) as desk, desk.work() as work:
        [case_id] = work.case_ids("zdravka")
        assert work.draft("interview", case_id) == {"account": "Zdravka began to tell …"}
        assert [kind for kind, _case, _at in work.drafts()] == ["interview"]
        assert [step.kind for step in work.case(case_id).steps] == ["first_contact", "person"]
        work.drop_draft("interview", case_id)
        assert work.draft("interview", case_id) is None


KILLED = """
import os, sys
from referral_desk import store
from referral_desk.nrm.person import FirstContact
desk = store.open_desk(sys.argv[1], passphrase=sys.argv[2])
with desk.work() as work:
    print(work.open_case(FirstContact(day=work.today)).code, flush=True)
print("kept", flush=True)
with desk.work() as work:
    work.open_case(FirstContact(day=work.today))
    work.session.flush()
    os.kill(os.getpid(), 9)
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no kill -9")
def test_what_was_acknowledged_survives_a_kill(folder: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", KILLED, str(folder), PASSPHRASE], capture_output=True, text=True, check=False
    )
    code, kept = ended.stdout.split()

    with opened(folder) as desk, desk.work() as work:
        assert (ended.returncode, kept) == (-9, "kept")
        assert work.case(code).opened_on
        assert len(work.case_ids()) == 2


def test_the_recovery_key_opens_the_desk_as_it_stands_on_the_sheet(tmp_path: Path) -> None:
    recovery_key = new_recovery_key()
    desk = store.create(tmp_path / "desk", passphrase=PASSPHRASE, recovery_key=recovery_key, cost=FLOOR)
    with desk, desk.work() as work:
        work.take(work.open_case(FirstContact(day=work.today)), Person(day=work.today, first_name="Zdravka"))

    with store.open_desk(tmp_path / "desk", passphrase=grouped(recovery_key).lower()) as desk, desk.work() as work:
        assert len(work.case_ids("zdravka")) == 1
    with pytest.raises(errors.WrongRecoveryKey):
        store.open_desk(tmp_path / "desk", passphrase=new_recovery_key())


def test_the_search_knows_only_what_was_kept(folder: Path) -> None:
    with opened(folder) as desk:
        with pytest.raises(RuntimeError), desk.work() as work:
            work.open_case(FirstContact(day=work.today))
            assert len(work.case_ids()) == 2
            raise RuntimeError
        with desk.work() as work:
            assert len(work.case_ids()) == 1


def test_who_may_not_know_names_cannot_search_them_and_spoils_nobodys_search(folder: Path) -> None:
    with opened(folder) as desk:
        with desk.work(unsealed=False) as work:
            assert work.case_ids("zdravka") == []
        with desk.work() as work:
            assert len(work.case_ids("zdravka")) == 1
        with desk.work(unsealed=False) as work:
            assert work.case_ids("zdravka") == []


def test_sealed_answers_are_read_within_the_work_and_noted_even_if_it_fails(folder: Path) -> None:
    with opened(folder) as desk:
        with pytest.raises(KeyError), desk.work() as work:
            assert work.case(work.case_ids()[0]).latest(Person).first_name == "Zdravka"  # type: ignore[union-attr]
            raise KeyError
        with desk.work() as work:
            [case] = work.cases(work.case_ids())
            acts = [entry.act for entry in work.session.scalars(select(journal.Entry))]
        with pytest.raises(RuntimeError, match="within the work"):
            case.latest(Person).sealed_answers()  # type: ignore[union-attr]

    assert acts.count("READ_SEALED") == 1


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Алёна", "алена"),
        ("Андрей", "andrei"),
        ("Ѓорѓи", "gorgi"),
        ("Юлія", "julija"),
        ("Ђорђе", "djordje"),
        ("Şükrü", "sukru"),
    ],
)
def test_names_are_compared_without_marks_and_scripts(written: str, typed: str) -> None:
    assert folded(typed) in (folded(written), folded(written).replace("ij", "i"))
    assert folded(written).isascii()


def test_an_emptied_data_file_is_damage_and_overwrites_no_copy(folder: Path) -> None:
    (folder / "data-0001.before-1").write_bytes(b"the good copy")
    (folder / "data-0001.db").write_bytes(b"")

    with pytest.raises(errors.DeskDamaged):
        opened(folder)

    assert (folder / "data-0001.before-1").read_bytes() == b"the good copy"


def test_a_desk_that_could_not_be_made_leaves_its_folder_empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_given: object) -> None:
        raise errors.DiskFull

    monkeypatch.setattr("referral_desk.vault.keyfile.write", full)
    with pytest.raises(errors.DiskFull):
        made(tmp_path / "desk")
    monkeypatch.undo()

    made(tmp_path / "desk").close()


@pytest.mark.parametrize(("connecting", "meant"), [(True, errors.UnwritableTarget), (False, errors.DeskDamaged)])
def test_a_folder_that_takes_no_writing_is_told_from_a_store_that_takes_no_more(
    connecting: bool, meant: type[errors.DeskError]
) -> None:
    with pytest.raises(meant), engine.told_apart(connecting=connecting):
        raise dbapi2.OperationalError("attempt to write a readonly database")


def test_a_link_into_a_copied_folder_is_seen_through(tmp_path: Path) -> None:
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "innocent").symlink_to(tmp_path / "Dropbox")

    with pytest.raises(errors.UnsafePlace):
        made(tmp_path / "innocent" / "desk")
