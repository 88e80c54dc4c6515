"""The key file in force is always a whole one: full disks, pulled sticks and programs that die."""

import dataclasses
import errno
import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

import pytest

from referral_desk import files
from referral_desk.errors import DiskFull, UnwritableTarget
from referral_desk.vault import keyfile
from referral_desk.vault.keyfile import KeyFile, previous, read, rendered, write
from referral_desk.vault.opening import NewDesk, create
from referral_desk.vault.passphrases import new_recovery_key
from referral_desk.vault.slots import FLOOR

POSIX_ONLY = pytest.mark.skipif(os.name == "nt", reason="Windows has no file modes")


@pytest.fixture(scope="module")
def desk() -> NewDesk:
    return create("five quiet otters for a lantern", login="ana", recovery_key=new_recovery_key(), cost=FLOOR)


@pytest.fixture
def path(tmp_path: Path, desk: NewDesk) -> Path:
    path = tmp_path / keyfile.FILE_NAME
    write(path, desk.keyfile)
    return path


def next_generation(kept: KeyFile) -> KeyFile:
    return dataclasses.replace(kept, generation=kept.generation + 1, database="data-0002.db")


def test_the_former_key_file_is_kept(path: Path, desk: NewDesk) -> None:
    changed = next_generation(desk.keyfile)
    write(path, changed)

    assert read(path) == changed
    assert read(previous(path)) == desk.keyfile
    assert sorted(file.name for file in path.parent.iterdir()) == ["store.rdk", "store.rdk.1"]


@POSIX_ONLY
def test_only_the_owner_may_read_it(path: Path, desk: NewDesk) -> None:
    path.chmod(0o666)
    write(path, desk.keyfile)
    write(path, desk.keyfile)

    assert {stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()} == {0o600}


def test_what_could_not_be_read_back_is_never_written(path: Path, desk: NewDesk) -> None:
    with pytest.raises(ValueError, match="read back"):
        write(path, dataclasses.replace(desk.keyfile, database="elsewhere/data-0002.db"))

    assert read(path) == desk.keyfile
    assert not previous(path).exists()


@pytest.mark.parametrize(
    ("dies_at", "calls_before", "in_force"),
    [
        ("fsync", 0, 1),
        ("fsync", 1, 1),
        ("fsync", 2, 1),
        ("fsync", 3, 2),
        ("replace", 0, 1),
        ("replace", 1, 1),
    ],
)
def test_a_program_that_dies_while_writing_leaves_a_whole_key_file(
    path: Path, desk: NewDesk, dies_at: str, calls_before: int, in_force: int
) -> None:
    changed = next_generation(desk.keyfile)
    path.with_name("changed").write_bytes(rendered(changed))
    command = [sys.executable, "-c", DYING, str(path), dies_at, str(calls_before)]
    assert subprocess.run(command, check=False, timeout=30).returncode == 9

    assert read(path).generation == in_force
    write(path, changed)
    assert read(path) == changed


DYING = """
import os, sys
from pathlib import Path
from referral_desk.vault.keyfile import parsed, write

path, dies_at, left = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
owner = os if dies_at == "fsync" else Path
real = getattr(owner, dies_at)

def dying(*arguments):
    global left
    if left == 0:
        os._exit(9)
    left -= 1
    return real(*arguments)

setattr(owner, dies_at, dying)
write(path, parsed(path.with_name("changed").read_bytes()))
"""


def test_a_failed_replacement_leaves_the_former_in_force(
    path: Path, desk: NewDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: object) -> NoReturn:
        raise OSError(errno.EIO, "the stick was pulled")

    monkeypatch.setattr(Path, "replace", failing)
    with pytest.raises(UnwritableTarget):
        write(path, next_generation(desk.keyfile))

    assert read(path) == desk.keyfile


def test_a_full_disk_is_something_a_person_can_put_right(
    path: Path, desk: NewDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> NoReturn:
        raise OSError(errno.ENOSPC, "no space")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DiskFull):
        write(path, next_generation(desk.keyfile))

    assert read(path) == desk.keyfile


def test_a_file_held_by_an_antivirus_is_replaced_a_moment_later(
    path: Path, desk: NewDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, held = Path.replace, iter([True, True, False, True, False])

    def held_for_a_moment(new: Path, target: Path) -> Path:
        if next(held):
            raise PermissionError
        return real(new, target)

    monkeypatch.setattr(Path, "replace", held_for_a_moment)
    monkeypatch.setattr(files, "PAUSE_SECONDS", 0)
    write(path, next_generation(desk.keyfile))

    assert read(path).generation == 2


def test_a_file_held_for_good_is_reported(path: Path, desk: NewDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    def held(*_: object) -> NoReturn:
        raise PermissionError

    monkeypatch.setattr(Path, "replace", held)
    monkeypatch.setattr(files, "PAUSE_SECONDS", 0)
    with pytest.raises(UnwritableTarget):
        write(path, next_generation(desk.keyfile))

    assert read(path) == desk.keyfile
