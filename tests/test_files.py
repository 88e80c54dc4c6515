"""A file that leaves the desk: whole or not at all, and never where somebody laid a link."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from referral_desk import files
from referral_desk.errors import FolderOfADesk, UnwritableTarget


def test_a_file_is_replaced_whole_and_is_its_owners_alone(tmp_path: Path) -> None:
    target = tmp_path / "table.csv"
    target.write_bytes(b"former")

    files.write(target, b"new")

    assert target.read_bytes() == b"new"
    assert os.name == "nt" or target.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in tmp_path.iterdir()] == ["table.csv"]


@pytest.mark.parametrize("name", ["missing/table.csv", "n" * 300, "."])
def test_a_place_that_cannot_be_written_is_one_sentence(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnwritableTarget):
        files.write(tmp_path / name, b"new")

    assert list(tmp_path.iterdir()) == []


def test_nothing_takes_the_place_of_what_a_desk_needs(tmp_path: Path) -> None:
    (tmp_path / "store.rdk").write_bytes(b"keys")

    for name in ("store.rdk", "form.pdf"):
        with pytest.raises(FolderOfADesk):
            files.write(tmp_path / name, b"new")

    assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir()] == [("store.rdk", b"keys")]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no such files on this system")
def test_what_is_there_and_no_file_stays(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)

    with pytest.raises(UnwritableTarget):
        files.write(pipe, b"new")

    assert pipe.is_fifo()


def test_what_goes_with_it_is_done_before_a_file_takes_its_place_or_it_never_does(tmp_path: Path) -> None:
    target = tmp_path / "form.pdf"

    with files.ready(target, b"told"):
        assert not target.exists()
    assert target.read_bytes() == b"told"

    with pytest.raises(LookupError), files.ready(target, b"other"):
        raise LookupError
    assert target.read_bytes() == b"told"
    assert [file.name for file in tmp_path.iterdir()] == ["form.pdf"]
    done = []
    with pytest.raises(UnwritableTarget), files.ready(tmp_path / "missing" / "form.pdf", b"told"):
        done.append("noted")
    assert not done
