"""What a desk does for itself beside the work: it gives way at once, leaves nothing half done, and is told of."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from referral_desk import errors, staff, standing, store
from referral_desk.standing import Remedy
from referral_desk.store import Aside, Phase, Stopped, backups, copying, engine, health, upkeep
from referral_desk.store import folder as places
from referral_desk.vault.passphrases import new_recovery_key
from referral_desk.vault.slots import FLOOR
from tests.crew import ANA, CORA, RECOVERY_KEY, at, clock, opened

QUICK = 1.0
"""Seconds, on a busy machine; it takes milliseconds."""


@pytest.fixture
def folder(crew_desk: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(crew_desk, tmp_path / "desk"))


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A stick: here a folder, which the desk takes for another disk."""
    monkeypatch.setattr(places, "on_one_disk", lambda _one, _other: False)
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick"


@pytest.fixture
def often(monkeypatch: pytest.MonkeyPatch) -> None:
    """The desks of these stories are small: without this they are copied before anybody could ask to stop."""
    monkeypatch.setattr(engine, "_STEPS_BETWEEN", 20)


def while_reading(act: Callable[[], object], until: Callable[[], bool]) -> Aside:
    """Somebody acts in another thread in the middle of the copying, which does not end before `until` holds."""
    told: list[float] = []

    def tell(now: Phase, share: float) -> None:
        if now is Phase.WRITING:
            told.append(share)
            if len(told) == 5:
                threading.Thread(target=act).start()
                wait_until(until)

    return Aside(tell=tell)


def stopping_at(phase: Phase) -> Aside:
    """Somebody wants the long work to stop as soon as it is so far."""
    reached: list[Phase] = []
    return Aside(stops=lambda: phase in reached, tell=lambda now, _share: reached.append(now))


@pytest.mark.parametrize("phase", [Phase.WRITING, Phase.OPENING])
def test_a_backup_that_is_stopped_leaves_nothing_and_the_former_ones_whole(folder: Path, phase: Phase) -> None:
    with opened(folder) as desk:
        former = backups.make(desk)
        with pytest.raises(Stopped):
            backups.make(desk, stopping_at(phase))

        assert backups.every(desk) == (former,)
        assert [path for path in (folder / "backups").iterdir() if path.suffix == ".part"] == []
        backups.check(desk, former.name)


@pytest.mark.parametrize("phase", [Phase.COPYING, Phase.OPENING_THERE])
def test_stopped_at_the_stick_the_backup_here_counts_and_the_stick_gets_it_later(
    folder: Path, stick: Path, phase: Phase
) -> None:
    with opened(folder) as desk:
        backups.name_place(desk, stick)
        with pytest.raises(Stopped):
            backups.make(desk, stopping_at(phase))

        assert [path.name for path in stick.iterdir()] == []
        assert backups.status(desk).level == "good"
        assert backups.keep_up(desk) is None
        [made] = backups.every(desk)
        assert [path.parent for path in made.folders] == [folder / "backups", stick]


KILLED = """
import os, sys
from pathlib import Path
from referral_desk import store
from referral_desk.store import Aside, upkeep

def tell(phase, _share):
    if phase.name == sys.argv[3]:
        os.kill(os.getpid(), 9)

upkeep.daily(store.open_desk(sys.argv[1], login="ana", passphrase=sys.argv[2]), Aside(tell=tell))
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no kill -9")
@pytest.mark.parametrize("phase", list(Phase))
def test_a_kill_in_the_middle_of_it_costs_nothing_and_the_next_time_makes_up_for_it(
    folder: Path, stick: Path, phase: Phase
) -> None:
    with opened(folder) as desk:
        backups.name_place(desk, stick)
        former = backups.make(desk)
    ended = subprocess.run([sys.executable, "-c", KILLED, str(folder), ANA, phase.name], check=False)

    assert ended.returncode == -9
    with store.open_desk(folder, login="ana", passphrase=ANA) as desk:
        assert upkeep.daily(desk) is None
        made = backups.every(desk)
        assert {one.name for one in made} > {former.name}
        assert all(len(one.folders) == 2 for one in made)
        for one in made:
            backups.check(desk, one.name)
    assert not [part for place in (stick, folder / "backups") for part in place.glob("*.part")]


def test_a_change_of_keys_does_not_wait_for_a_backup(folder: Path, often: None) -> None:
    with opened(folder) as desk:
        with pytest.raises(Stopped):
            backups.make(desk, while_reading(lambda: staff.remove(desk, "Bo"), desk.reading._wanted.is_set))
        wait_until(lambda: [one.name for one in staff.colleagues(desk)] == ["Ana", "Cora"])

        assert backups.every(desk) == ()
        assert backups.make(desk).opened_at


def test_a_backup_under_keys_that_are_out_of_force_is_not_kept(folder: Path) -> None:
    fresh, turns = new_recovery_key(), []

    def turn(do: Callable[[], Any]) -> Any:
        turns.append(do)
        if len(turns) == 2:
            staff.renew_recovery(desk, fresh, cost=FLOOR)
        return do()

    with opened(folder) as desk:
        with pytest.raises(Stopped):
            backups.make(desk, Aside(turn=turn))
        assert backups.every(desk) == ()
        made = backups.make(desk)

    with pytest.raises(errors.WrongRecoveryKey):
        store.restoring.summary(made.folders[0], RECOVERY_KEY)
    assert store.restoring.summary(made.folders[0], fresh).cases == 1


def test_closing_the_desk_does_not_wait_for_a_backup(folder: Path, often: None) -> None:
    desk = opened(folder)
    took: list[float] = []

    def close() -> None:
        began = time.monotonic()
        desk.close()
        took.append(time.monotonic() - began)

    with pytest.raises(Stopped):
        backups.make(desk, while_reading(close, desk.reading._wanted.is_set))
    wait_until(lambda: bool(took))

    assert took[0] < QUICK
    with opened(folder) as again:
        assert backups.every(again) == ()


def test_the_work_at_the_desk_goes_on_beside_a_backup(folder: Path, often: None) -> None:
    took: list[float] = []

    def describe() -> None:
        began = time.monotonic()
        with desk.work(unsealed=False) as work:
            work.describe(organisation="Shelter", contact="")
        took.append(time.monotonic() - began)

    with opened(folder) as desk:
        made = backups.make(desk, while_reading(describe, lambda: bool(took)))
        with desk.work() as work:
            assert work.about().organisation == "Shelter"

    assert took[0] < QUICK
    assert made.opened_at


def test_once_a_day_the_desk_is_looked_over_and_backed_up(folder: Path) -> None:
    with opened(folder) as desk:
        assert upkeep.daily(desk) is None
        assert not health.is_due(desk)
        assert upkeep.daily(desk) is None
        assert len(backups.every(desk)) == 1
        desk.clock = lambda: at(1)
        assert health.is_due(desk)


def test_a_damaged_desk_is_told_and_its_last_good_backup_stays(folder: Path) -> None:
    with opened(folder) as desk:
        former = backups.make(desk)
        desk.clock = lambda: at(1)
        desk.checkpoint()
        damage(folder / "data-0001.db")
        found = upkeep.daily(desk)

        assert isinstance(found, errors.DeskDamaged)
        assert [path.name for path in (folder / "backups").iterdir() if path.is_dir()] == [former.name]


def test_a_stick_that_does_not_keep_what_is_written_is_told_and_does_not_count(
    folder: Path, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied = copying.copy_folder

    def badly(source: Path, target: Path, aside: Aside) -> None:
        copied(source, target, aside)
        damage(target / "data-0001.db")

    monkeypatch.setattr(copying, "copy_folder", badly)
    with opened(folder) as desk:
        backups.name_place(desk, stick)
        found = upkeep.daily(desk)

        assert isinstance(found, errors.PlaceUnsound)
        assert backups.status(desk).level == "good"
        assert backups.status(desk).place_reached_at is None
    assert list(stick.iterdir()) == []


def test_a_stick_that_is_pulled_meanwhile_is_told_as_away(
    folder: Path, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def pulled(_source: Path, target: Path, _aside: Aside) -> None:
        shutil.rmtree(target.parent)
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(copying, "copy_folder", pulled)
    with opened(folder) as desk:
        backups.name_place(desk, stick)
        assert isinstance(upkeep.daily(desk), errors.PlaceAway)
        assert backups.status(desk).level == "good"


def test_who_altered_the_recovery_key_gets_no_backup(folder: Path) -> None:
    with opened(folder) as desk:
        with desk.work() as work:
            [row] = [row for row in store.roster.rows(work.session) if row.role == "recovery"]
            row.public_key = bytes(32)
        with pytest.raises(errors.RecoveryAltered):
            backups.make(desk)
        staff.renew_recovery(desk, new_recovery_key(), cost=FLOOR)

        assert backups.make(desk).opened_at


def test_a_clock_that_was_wrong_for_a_day_makes_no_old_backup_look_new(folder: Path) -> None:
    with opened(folder) as desk:
        backups.make(desk)
        desk.clock = lambda: clock().replace(year=2030)
        backups.make(desk)
        desk.clock = lambda: at(20)

        assert backups.status(desk).days == 27
        assert backups.keep_up(desk) is not None


def concerns(desk: store.Desk) -> list[tuple[str, Remedy]]:
    return [(one.level, one.remedy) for one in standing.read(desk).concerns]


def test_a_desk_tells_what_must_not_be_overlooked_and_the_most_urgent_first(folder: Path, stick: Path) -> None:
    with opened(folder) as desk:
        assert concerns(desk) == [("danger", Remedy.BACK_UP), ("warn", Remedy.PLACE)]
        backups.name_place(desk, stick)
        assert concerns(desk) == [("danger", Remedy.BACK_UP), ("danger", Remedy.PLACE)]
        backups.make(desk)
        assert concerns(desk) == []
        desk.clock = lambda: at(8)
        assert concerns(desk) == [("danger", Remedy.BACK_UP), ("danger", Remedy.PLACE)]
        stick.rename(stick.with_name("drawer"))
        backups.make(desk)
        assert concerns(desk) == [("danger", Remedy.PLACE)]
        stick.with_name("drawer").rename(stick)
        backups.keep_up(desk)
        assert concerns(desk) == []


@pytest.mark.parametrize(("day", "level"), [(1, "warn"), (6, "warn"), (7, "danger")])
def test_an_old_backup_is_told_in_days_and_whole_sentences(folder: Path, stick: Path, day: int, level: str) -> None:
    with opened(folder) as desk:
        backups.name_place(desk, stick)
        backups.make(desk)
        desk.clock = lambda: at(day)
        [old, _place] = standing.read(desk).concerns

    assert old.level == level
    assert f"{day + 7} days old" in old.sentence


def test_a_second_place_on_the_same_disk_is_none(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "beside").mkdir()
    with opened(folder) as desk:
        backups.name_place(desk, tmp_path / "beside")
        backups.make(desk)
        [concern] = standing.read(desk).concerns

    assert "same disk" in concern.sentence


def test_the_recovery_key_is_asked_for_after_a_year(folder: Path) -> None:
    def year_later(month: int) -> Callable[[], Any]:
        return lambda: clock().replace(year=2027, month=month)

    with opened(folder) as desk:
        desk.clock = year_later(11)
        assert Remedy.RECOVERY not in [one.remedy for one in standing.read(desk).concerns]
        desk.clock = year_later(12)
        assert Remedy.RECOVERY in [one.remedy for one in standing.read(desk).concerns]
        staff.prove_recovery(desk, RECOVERY_KEY)
        assert Remedy.RECOVERY not in [one.remedy for one in standing.read(desk).concerns]


def test_backups_are_found_on_a_stick_in_a_desk_and_by_themselves(folder: Path, stick: Path) -> None:
    with opened(folder, CORA) as desk:
        backups.name_place(desk, stick)
        first = backups.make(desk)
        desk.clock = lambda: at(2)
        second = backups.make(desk)
    names = [second.name, first.name]

    assert [one.folder.name for one in store.restoring.find(stick)] == names
    assert [one.folder.name for one in store.restoring.find(folder)] == names
    assert [one.folder for one in store.restoring.find(stick / first.name)] == [stick / first.name]
    assert store.restoring.find(stick / "nothing") == ()


def test_the_summary_says_who_will_not_come_back(folder: Path, stick: Path) -> None:
    with opened(folder) as desk:
        made = backups.make(desk)
        with desk.work() as work:
            [gone] = work.case_ids("zdravka")
        assert desk.seal
        store.ledger.write(store.ledger.file_in(stick, desk.keys.store_salt), desk.seal, {gone})
        elsewhere = store.ledger.file_in(stick, desk.keys.store_salt)

    told = store.restoring.summary(made.folders[0], RECOVERY_KEY, ledgers=[elsewhere])

    assert (told.cases, told.members, told.erased) == (1, 3, 1)


def damage(file: Path) -> None:
    content = bytearray(file.read_bytes())
    for place in range(len(content) // 3, len(content), 4096):
        content[place] ^= 1
    file.write_bytes(content)


def wait_until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not true():
        assert time.monotonic() < end
        time.sleep(0.005)
