"""A file that leaves the desk: whole or not at all, and never where somebody laid a link."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from referral_desk import files
from referral_desk.errors import UnwritableTarget


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
