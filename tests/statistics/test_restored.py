"""A backup that is older than what was published: no second version, and nobody twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from referral_desk import store
from referral_desk.errors import ForgedFile, HowItStands, NothingClosed, NothingLost, NotOurBlock
from referral_desk.exchange import merging, our_figures, practice
from referral_desk.nrm.case import Case
from referral_desk.nrm.person import FirstContact, Gender, Person
from referral_desk.statistics import counting, freezing, standard
from referral_desk.store import Desk
from referral_desk.vault.passphrases import new_recovery_key
from referral_desk.vault.slots import FLOOR
from tests.cast import PASSPHRASE, TODAY
from tests.statistics.conftest import clock, new_desk


@dataclass
class Lost:
    """A desk that was backed up, published afterwards, and went up in flames; and the desk restored from the backup."""

    published: list[freezing.Frozen]
    files: list[Path]
    desk: Desk


def blocks(desk: Desk) -> list[freezing.Frozen]:
    with desk.work(unsealed=False) as work:
        return freezing.frozen(work, standard.INTAKE)


def close(desk: Desk) -> list[freezing.Frozen]:
    our_figures.close_due(desk)
    return blocks(desk)


def came(desk: Desk, since: date) -> int:
    """How many came who do not mind being counted."""
    with desk.work(unsealed=False) as work:
        which = Case.opened_on >= since, *counting.countable()
        return int(work.session.scalar(select(func.count()).select_from(Case).where(*which)) or 0)


@pytest.fixture(scope="module")
def backup(tmp_path_factory) -> tuple[Path, str, list[freezing.Frozen], list[Path]]:
    """The backup, its key, and what was published after it."""
    folder, key = tmp_path_factory.mktemp("lost"), new_recovery_key()
    made: dict[str, Any] = {
        "passphrase": PASSPHRASE,
        "recovery_key": key,
        "mechanism": "SRB",
        "purpose": store.Purpose.PRACTICE,
    }
    with store.create(folder / "desk", cost=FLOOR, clock=clock, **made) as desk:
        practice.fill(desk, cases=260)
        kept = store.backups.make(desk)
        published, files = close(desk), []
        with desk.work(unsealed=False) as work:
            for one in published:
                file = folder / f"{one.block.period.name}.rdf"
                file.write_bytes(merging.our_block(work, one.block))
                files.append(file)
        return desk.folder / "backups" / kept.name, key, published, files


@pytest.fixture
def lost(backup, tmp_path: Path) -> Iterator[Lost]:
    folder, key, published, files = backup
    with store.restoring.restore(folder, tmp_path / "again", key, clock=clock) as desk:
        yield Lost(published, files, desk)


def comes(desk: Desk, day: date, number: int = 1) -> None:
    with desk.work() as work:
        for _one in range(number):
            work.take(work.open_case(FirstContact(day=day)), Person(day=day, gender=Gender.WOMAN))


def test_nothing_is_closed_after_a_restore_until_somebody_says_what_was_published(lost):
    assert close(lost.desk) == []

    with lost.desk.work(unsealed=False) as work:
        standing = our_figures.standing(work, standard.INTAKE)
        with pytest.raises(NothingClosed):
            our_figures.published(work, standard.INTAKE)
    assert standing.restored == TODAY
    assert not standing.due
    assert any("restored from a backup" in said() for said in standing.still_open)


def test_the_same_records_give_the_same_bytes_where_nothing_had_been_published(lost):
    with lost.desk.work(unsealed=False) as work:
        our_figures.settle(work, was_published=False)

    assert [one.content for one in close(lost.desk)] == [one.content for one in lost.published]


def test_blocks_come_back_byte_for_byte_and_nobody_of_their_time_is_counted_again(lost):
    with lost.desk.work(unsealed=False) as work:
        for file in lost.files:
            our_figures.bring_back(work, file)
        our_figures.settle(work, was_published=True)
    comes(lost.desk, lost.published[-1].block.period.last - timedelta(days=3), 80)

    assert [one.content for one in close(lost.desk)] == [one.content for one in lost.published]


def test_who_comes_after_the_restore_is_published_as_ever(lost):
    with lost.desk.work(unsealed=False) as work:
        our_figures.bring_back(work, lost.files[-1])
        our_figures.settle(work, was_published=True)
    comes(lost.desk, TODAY, 60)
    lost.desk.clock = lambda: clock() + timedelta(days=200)

    *former, new = close(lost.desk)

    assert [one.content for one in former] == [lost.published[-1].content]
    assert new.block.period.first > lost.published[-1].block.period.last
    assert abs(new.block.total - came(lost.desk, new.block.period.first)) < 5


def test_of_a_time_of_which_nobody_knows_nothing_goes_out_on_either_way(tmp_path):
    """A block was frozen when the backup was made; whether it was published or sealed since is not in the backup."""
    key = new_recovery_key()
    made: dict[str, Any] = {"passphrase": PASSPHRASE, "recovery_key": key, "mechanism": "SRB"}
    with store.create(tmp_path / "desk", cost=FLOOR, clock=clock, purpose=store.Purpose.PRACTICE, **made) as desk:
        practice.fill(desk, cases=120)
        first, *_others = close(desk)
        kept = desk.folder / "backups" / store.backups.make(desk).name
    with store.restoring.restore(kept, tmp_path / "again", key, clock=clock) as desk:
        with desk.work(unsealed=False) as work:
            with pytest.raises(NothingClosed):
                our_figures.published(work, standard.INTAKE)
            with pytest.raises(HowItStands):
                our_figures.block_for_all(work, standard.INTAKE, first.block.period.name)
        with desk.work(unsealed=False) as work:
            our_figures.settle(work, was_published=False)
            assert our_figures.published(work, standard.INTAKE).release.blocks


def test_a_block_comes_back_once_and_only_after_a_restore(lost, tmp_path):
    with lost.desk.work(unsealed=False) as work:
        our_figures.bring_back(work, lost.files[0])
        our_figures.bring_back(work, lost.files[0])
        our_figures.settle(work, was_published=True)
        with pytest.raises(NothingLost):
            our_figures.bring_back(work, lost.files[1])
        with pytest.raises(NothingLost):
            our_figures.settle(work, was_published=False)

    assert len(blocks(lost.desk)) == 1


def _of_another_desk(folder: Path, _files: list[Path]) -> Path:
    with new_desk(folder / "other") as other:
        practice.fill(other, cases=60)
        [block, *_more] = close(other)
        with other.work(unsealed=False) as work:
            (folder / "other.rdf").write_bytes(merging.our_block(work, block.block))
    return folder / "other.rdf"


def _altered(folder: Path, files: list[Path]) -> Path:
    (folder / "altered.rdf").write_bytes(files[0].read_bytes().replace(b'"issue":1', b'"issue":2'))
    return folder / "altered.rdf"


@pytest.mark.parametrize(("make", "error"), [(_of_another_desk, NotOurBlock), (_altered, ForgedFile)])
def test_what_is_no_block_of_ours_does_not_come_back(lost, tmp_path, make: Callable[..., Path], error):
    file = make(tmp_path, lost.files)

    with lost.desk.work(unsealed=False) as work, pytest.raises(error):
        our_figures.bring_back(work, file)

    assert blocks(lost.desk) == []
