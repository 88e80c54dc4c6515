"""Backups: made by themselves, opened before they count, strong on a lost stick, and never over a running desk."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_desk import errors, journal, staff, store
from referral_desk.nrm.person import FirstContact, Person
from referral_desk.store import backups, copying, ledger, restoring
from referral_desk.vault import backup, keyfile
from referral_desk.vault.passphrases import new_recovery_key
from referral_desk.vault.slots import FLOOR
from tests.crew import ANA, BO, CANARIES, CORA, LOGINS, RECOVERY_KEY, at, clock, every_byte, opened

SALT = bytes(32)


@pytest.fixture(scope="module")
def pattern(crew_desk: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk with one backup in its own folder."""
    folder = Path(shutil.copytree(crew_desk, tmp_path_factory.mktemp("pattern") / "desk"))
    with opened(folder) as desk:
        backups.make(desk)
    return folder


@pytest.fixture
def folder(pattern: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(pattern, tmp_path / "desk"))


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick"


def newest(folder: Path) -> Path:
    return max(path for path in (folder / "backups").iterdir() if path.is_dir() and path.suffix != ".part")


def restored(source: Path, target: Path, key: str = RECOVERY_KEY) -> store.Desk:
    return restoring.restore(source, target, key, clock=clock)


def test_the_first_unlocking_of_a_day_makes_a_backup(folder: Path) -> None:
    with opened(folder) as desk:
        assert backups.keep_up(desk) is None
        desk.clock = lambda: at(1)
        made = backups.keep_up(desk)

        assert made is not None
        assert made.opened_at == made.made_at
        assert backups.keep_up(desk) is None
        assert len(backups.every(desk)) == 2


def test_a_backup_goes_to_the_stick_too_and_is_opened_there(folder: Path, stick: Path) -> None:
    with opened(folder, CORA) as desk:
        backups.name_place(desk, stick)
        made = backups.make(desk)

        assert [path.parent for path in made.folders] == [folder / "backups", stick]
        backups.check(desk, made.name)
        damaged = stick / made.name / "data-0001.db"
        content = bytearray(damaged.read_bytes())
        content[len(content) // 2] ^= 1
        damaged.write_bytes(content)
        with pytest.raises(errors.BackupUnreadable):
            backups.check(desk, made.name)


def test_without_the_stick_the_backup_is_made_here_and_the_status_says_so(folder: Path, stick: Path) -> None:
    with opened(folder) as desk:
        backups.name_place(desk, stick)
        stick.rmdir()

        made = backups.make(desk)

        assert len(made.folders) == 1
        assert backups.status(desk).place == str(stick)
        assert not backups.status(desk).place_is_there
        with pytest.raises(errors.PlaceAway):
            backups.name_place(desk, stick)
        with pytest.raises(errors.UnsafePlace):
            backups.name_place(desk, stick.parent / "Dropbox")
    with opened(folder, BO) as desk, pytest.raises(errors.KeeperNeeded):
        backups.name_place(desk, None)


@pytest.mark.parametrize(("days", "level"), [(0, "good"), (6, "good"), (7, "warn"), (13, "warn"), (14, "danger")])
def test_an_old_backup_is_a_warning(folder: Path, days: int, level: str) -> None:
    with opened(folder) as desk:
        desk.clock = lambda: clock() + timedelta(days=days)
        status = backups.status(desk)

    assert (status.level, status.days) == (level, days)


def test_no_backup_at_all_is_danger(folder: Path) -> None:
    shutil.rmtree(folder / "backups")
    with opened(folder) as desk:
        assert (backups.status(desk).level, backups.status(desk).last) == ("danger", None)


def test_a_lost_stick_opens_with_no_passphrase_of_a_colleague_and_tells_nothing(folder: Path) -> None:
    lost = newest(folder)
    found = every_byte(lost)

    assert len(keyfile.read(lost / "store.rdk").slots) == 1
    for passphrase in (ANA, BO, CORA):
        with pytest.raises(errors.WrongPassphrase):
            store.open_desk(lost, passphrase=passphrase, login=LOGINS[passphrase])
    assert not any(canary.encode() in found for canary in (*CANARIES, "Cora", "keeper"))
    assert sorted(file.name for file in lost.iterdir()) == ["data-0001.db", "head.txt", "store.rdk"]


def test_the_key_of_the_desk_does_not_open_the_backup_nor_the_other_way_round(folder: Path) -> None:
    with opened(folder) as desk, pytest.raises(errors.OtherGeneration):
        copying.look_into(newest(folder), desk.keys.database_key)


def test_a_summary_says_what_would_be_restored_and_changes_nothing(folder: Path) -> None:
    source = newest(folder)
    before = every_byte(source)

    told = restoring.summary(source, RECOVERY_KEY.lower())

    assert (told.cases, told.first_opened, told.as_of) == (1, clock().date(), clock().replace(tzinfo=None))
    assert every_byte(source) == before
    with pytest.raises(errors.WrongRecoveryKey):
        restoring.summary(source, new_recovery_key())
    with pytest.raises(errors.NoDesk):
        restoring.summary(source.parent, RECOVERY_KEY)


def test_a_desk_is_restored_into_a_new_folder_and_its_members_are_let_in_again(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(errors.DeskExists):
        restored(newest(folder), folder)
    with restored(newest(folder), tmp_path / "again") as desk:
        [ana, _bo, _cora] = staff.colleagues(desk)
        assert not ana.may_open
        staff.reset(desk, "Ana", passphrase=ANA, login="ana", cost=FLOOR)

    with opened(tmp_path / "again") as desk, desk.work() as work:
        [case] = work.cases(work.case_ids("zdravka"))
        assert case.latest(Person)
        assert work.draft("interview", case.id) == {"account": "Zdravka began to tell …"}
        assert journal.verify(work.session) >= 10


def test_whoever_was_erased_stays_erased_after_an_older_backup_is_restored(folder: Path, tmp_path: Path) -> None:
    older = newest(folder)
    with opened(folder) as desk:
        with desk.work() as work:
            [gone] = work.case_ids("zdravka")
            kept = work.open_case(FirstContact(day=work.today)).id
            store.records.erase(work.session, gone, at=work.now)
        assert desk.seal
        ledger.write(ledger.file_in(folder / "backups", desk.keys.store_salt), desk.seal, {gone})
        backups.make(desk)

    assert restoring.summary(older, RECOVERY_KEY).cases == 1
    with restored(older, tmp_path / "older") as desk, desk.work() as work:
        assert work.case_ids() == []
        assert store.records.erased(work.session) == {gone}
    with restored(newest(folder), tmp_path / "newer") as desk, desk.work() as work:
        assert work.case_ids() == [kept]


def test_a_damaged_ledger_stops_the_restore_rather_than_bringing_anybody_back(folder: Path, tmp_path: Path) -> None:
    with opened(folder) as desk:
        file = ledger.file_in(folder / "backups", desk.keys.store_salt)
    file.write_bytes(bytes(200))

    with pytest.raises(errors.BackupUnreadable):
        restored(newest(folder), tmp_path / "again")
    assert list((tmp_path / "again").iterdir()) == []


@pytest.mark.parametrize("part", [0.0, 0.1, 0.3, 0.5, 0.7, 0.99])
def test_a_damaged_backup_is_refused_or_comes_back_whole(folder: Path, tmp_path: Path, part: float) -> None:
    data = newest(folder) / "data-0001.db"
    content = bytearray(data.read_bytes())
    content[int(len(content) * part)] ^= 1
    data.write_bytes(content)

    try:
        desk = restored(newest(folder), tmp_path / "again")
    except errors.BackupUnreadable:
        return
    # An index is built anew and not read: its damage is healed.
    with desk, desk.work() as work:
        assert len(work.case_ids("zdravka")) == 1
        assert journal.verify(work.session) >= 10


def test_the_journal_is_anchored_in_every_backup(folder: Path) -> None:
    with opened(folder) as desk:
        heads = backups.anchors(desk)
        with desk.work() as work:
            assert journal.verify(work.session, heads) > 0

    assert len(heads) == 1
    (newest(folder) / "head.txt").write_text("0" * 64)
    with opened(folder) as desk, desk.work() as work, pytest.raises(errors.JournalBroken):
        journal.verify(work.session, backups.anchors(desk))


def test_a_full_stick_keeps_the_backups_it_has(folder: Path, stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_arguments: object) -> Iterator[int]:
        raise OSError(28, "No space left on device")

    with opened(folder) as desk:
        backups.name_place(desk, stick)
        backups.make(desk)
        monkeypatch.setattr(copying, "_pieces", full)
        with pytest.raises(errors.PlaceFull, match=r"[kM]B, and"):
            backups.make(desk)
        assert len(list(stick.iterdir())) == 1
        status = backups.status(desk)

    assert status.level == "good"
    assert status.last
    assert len(status.last.folders) == 1


KILLED = """
import os, sys
from pathlib import Path
from referral_desk import store
from referral_desk.store import backups, writing
writing.look_into = lambda *_, **__: os.kill(os.getpid(), 9)
backups.make(store.open_desk(sys.argv[1], login="ana", passphrase=sys.argv[2]))
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no kill -9")
def test_a_backup_that_is_killed_leaves_the_desk_and_the_former_backups_whole(folder: Path) -> None:
    ended = subprocess.run([sys.executable, "-c", KILLED, str(folder), ANA], check=False)

    assert ended.returncode == -9
    assert any(path.name.endswith(".part") for path in (folder / "backups").iterdir())
    with opened(folder) as desk:
        [former] = backups.every(desk)
        backups.check(desk, former.name)
        backups.make(desk)
    assert not any(path.name.endswith(".part") for path in (folder / "backups").iterdir())


times = st.datetimes(min_value=datetime(2026, 1, 1), max_value=datetime(2029, 1, 1)).map(  # noqa: DTZ001
    lambda at: at.replace(microsecond=0)
)


@given(st.sets(times, max_size=200))
def test_thinning_keeps_the_newest_and_never_more_than_the_tiers(made: set[datetime]) -> None:
    staying = backup.kept(made)

    assert staying <= made
    assert set(sorted(made)[-3:]) <= staying
    assert len(staying) <= backup.DAYS + backup.WEEKS + backup.MONTHS + backup.NEWEST
    assert backup.kept(staying) == staying


def test_daily_backups_of_two_years_leave_days_weeks_and_months() -> None:
    first = datetime(2025, 1, 1, 9)  # noqa: DTZ001
    staying: set[datetime] = set()
    for day in range(730):
        staying = set(backup.kept({*staying, first + timedelta(days=day)}))

    assert len(staying) in range(20, 25)
    assert min(staying) < first + timedelta(days=400)


@given(times)
def test_a_name_says_when_and_which_desk_and_nothing_else(made: datetime) -> None:
    name = backup.folder_name(SALT, made)

    assert backup.made_at(name, SALT) == made
    assert backup.made_at(name, bytes(31) + b"\1") is None
    assert backup.made_at(name + "x", SALT) is None
