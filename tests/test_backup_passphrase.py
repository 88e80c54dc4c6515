"""Six words beside the recovery key: they open backups and the desk, and nobody's own passphrase does."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from referral_desk import backup_passphrase, errors, staff, store
from referral_desk.journal import Act
from referral_desk.nrm.person import Person
from referral_desk.store import backups, keys, restoring
from referral_desk.vault import keyfile
from referral_desk.vault.passphrases import BACKUP_BITS, strong_enough
from referral_desk.vault.slots import FLOOR
from tests.crew import ANA, BO, CANARIES, CORA, LOGINS, RECOVERY_KEY, clock, every_byte, opened

WORDS = "hazelnut vigilant crumpled dolphin escapade turnstile"


@pytest.fixture(scope="module")
def pattern(crew_desk: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk whose backups open with six words, and one such backup."""
    folder = Path(shutil.copytree(crew_desk, tmp_path_factory.mktemp("pattern") / "desk"))
    with opened(folder) as desk:
        assert backup_passphrase.put_in_force(desk, WORDS, cost=FLOOR) == ()
        backups.make(desk)
    return folder


@pytest.fixture
def folder(pattern: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(pattern, tmp_path / "desk"))


def newest(folder: Path) -> Path:
    return max(path for path in (folder / "backups").iterdir() if path.is_dir())


def first_name(desk: store.Desk) -> object:
    with desk.work() as work:
        [case] = work.cases(work.case_ids())
        person = case.latest(Person)
        return person and person.first_name


def test_a_generated_one_is_six_different_words_and_always_strong_enough() -> None:
    made = [backup_passphrase.generated() for _ in range(200)]

    assert all(len(set(words.split())) == 6 for words in made)
    assert len(set(made)) == 200
    assert all(strong_enough(words, bits=BACKUP_BITS) for words in made)


def test_a_backup_opens_with_either_and_with_no_colleagues_passphrase(folder: Path, tmp_path: Path) -> None:
    backup = newest(folder)

    assert len(keyfile.read(backup / "store.rdk").slots) == 2
    assert restoring.summary(backup, RECOVERY_KEY) == restoring.summary(backup, f" {WORDS.upper().lower()} ")
    for passphrase in (ANA, BO, CORA):
        with pytest.raises(errors.WrongPassphrase):
            store.open_desk(backup, passphrase=passphrase, login=LOGINS[passphrase])
        with pytest.raises(errors.WrongPassphrase):
            restoring.summary(backup, passphrase)
    with pytest.raises(errors.WrongRecoveryKey):
        restoring.summary(backup, RECOVERY_KEY[:-1] + "0")
    assert not any(canary.encode() in every_byte(backup) for canary in (*CANARIES, "Cora", "keeper", *WORDS.split()))


def test_a_desk_restored_by_it_opens_with_both_and_lets_its_members_in_again(folder: Path, tmp_path: Path) -> None:
    with restoring.restore(newest(folder), tmp_path / "again", WORDS, clock=clock) as desk:
        assert first_name(desk) == "Zdravka"
        staff.reset(desk, "Ana", passphrase=ANA, login="ana", cost=FLOOR)

    for passphrase in (ANA, WORDS, RECOVERY_KEY):
        with opened(tmp_path / "again", passphrase) as desk:
            assert first_name(desk) == "Zdravka"


def test_the_desk_opens_with_it_and_the_journal_says_so(folder: Path) -> None:
    with opened(folder, WORDS) as desk:
        assert desk.is_kept_by_me
        assert first_name(desk) == "Zdravka"
        assert [one.name for one in staff.colleagues(desk)] == ["Ana", "Bo", "Cora"]
        with desk.work(unsealed=False) as work:
            assert work.last(Act.OPENED_BY_BACKUP) == work.now


@pytest.mark.parametrize(
    "weak", ["hazelnut vigilant crumpled dolphin escapade", "ja te volim najvise na svetu zauvek", "", WORDS[:40]]
)
def test_one_of_ones_own_that_is_weaker_than_six_words_is_refused(folder: Path, weak: str) -> None:
    with opened(folder) as desk, pytest.raises(errors.WeakPassphrase):
        backup_passphrase.put_in_force(desk, weak, cost=FLOOR)

    opened(folder, WORDS).close()


def test_another_one_takes_its_place_and_older_backups_keep_theirs(folder: Path) -> None:
    former = newest(folder)
    with opened(folder) as desk:
        fresh = backup_passphrase.generated()
        assert backup_passphrase.put_in_force(desk, fresh, cost=FLOOR) == ()
        assert len(keys.read(desk).slots) == 5
        desk.clock = lambda: clock().replace(hour=11)
        backups.make(desk)

    with pytest.raises(errors.WrongPassphrase):
        opened(folder, WORDS)
    with pytest.raises(errors.WrongPassphrase):
        restoring.summary(newest(folder), WORDS)
    assert restoring.summary(newest(folder), fresh).cases == restoring.summary(former, WORDS).cases == 1


def test_dropped_it_opens_nothing_that_comes_after(folder: Path) -> None:
    with opened(folder) as desk:
        assert backup_passphrase.drop(desk) == ()
        with pytest.raises(errors.NoBackupPassphrase):
            backup_passphrase.drop(desk)
        desk.clock = lambda: clock().replace(hour=11)
        backups.make(desk)

    assert len(keyfile.read(newest(folder) / "store.rdk").slots) == 1
    with pytest.raises(errors.WrongPassphrase):
        opened(folder, WORDS)


@pytest.mark.parametrize("passphrase", [BO, CORA])
def test_who_may_not_read_names_decides_nothing_here(folder: Path, passphrase: str) -> None:
    with opened(folder, passphrase) as desk:
        with pytest.raises(errors.KeeperNeeded):
            backup_passphrase.put_in_force(desk, WORDS, cost=FLOOR)
        with pytest.raises(errors.KeeperNeeded):
            backup_passphrase.drop(desk)
