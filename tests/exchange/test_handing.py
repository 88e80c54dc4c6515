"""Files that leave: the desk knows of each before it is there, and of none that never was."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from referral_desk import files
from referral_desk.cli import figures
from referral_desk.errors import UnknownEnding, UnwritableTarget
from referral_desk.exchange import merging, partners
from referral_desk.exchange.handing import hand_out
from referral_desk.statistics.publication import publication
from referral_desk.store import Desk, Work
from referral_desk.store.figure_tables import FigureFile
from tests.exchange.shelters import shelters
from tests.statistics import crowds
from tests.statistics.conftest import new_desk

FAMILY = crowds.family()


@pytest.fixture
def desk(tmp_path):
    with new_desk(tmp_path / "desk") as made:
        yield made


@pytest.fixture
def sent(desk, tmp_path) -> Path:
    """The block of a shelter whose words were compared."""
    [shelter] = shelters(1, FAMILY, people=60)
    with desk.work(unsealed=False) as work:
        shelter.introduced(work, tmp_path)
    return shelter.sends_block(tmp_path, FAMILY)


def counted(desk: Desk) -> int:
    with desk.work(unsealed=False) as work:
        return len(merging.received(work, FAMILY))


@pytest.mark.parametrize(
    ("target", "error"), [("nowhere/sum.csv", UnwritableTarget), ("sum.doc", UnknownEnding), (".", UnknownEnding)]
)
def test_a_sum_that_cannot_be_written_is_not_counted_and_can_be_tried_again(desk, sent, tmp_path, target, error):
    def made(work: Work):
        merging.take_in(work, FAMILY, [sent])
        return publication("Ministry", FAMILY, merging.summed(FAMILY, merging.received(work, FAMILY)))

    with pytest.raises(error):
        figures.write(desk, made, tmp_path / target)

    assert counted(desk) == 0
    figures.write(desk, made, tmp_path / "sum.json")
    assert counted(desk) == 1
    assert (tmp_path / "sum.json").is_file()


def test_the_desk_knows_of_a_file_before_it_is_there(desk, tmp_path, monkeypatch):
    """The power fails after the desk has kept what it did, and before the file stands in its place."""
    [shelter] = shelters(1, FAMILY, people=60)
    target = tmp_path / "block.rdf"
    monkeypatch.setattr(files, "_put", _power_fails)

    with pytest.raises(KeyboardInterrupt):
        hand_out(desk, target, lambda work: merging.our_block(work, shelter.block(FAMILY)))

    assert counted(desk) == 1
    assert not target.exists()
    monkeypatch.undo()
    hand_out(desk, target, lambda work: merging.our_block(work, shelter.block(FAMILY)))
    assert target.is_file()


def _power_fails(*_anything: object, **_more: object) -> None:
    raise KeyboardInterrupt


def test_what_is_not_kept_leaves_no_file(desk, tmp_path):
    def breaks(work: Work) -> bytes:
        held = partners.our_introduction(work)
        work.session.add(FigureFile(digest="half a row"))
        return held

    with pytest.raises(IntegrityError):
        hand_out(desk, tmp_path / "introduction.rdf", breaks)

    assert [one.name for one in tmp_path.iterdir()] == ["desk"]
