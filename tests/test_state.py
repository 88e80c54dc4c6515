"""An older copy, a lost log, a damaged page: said plainly, and the desk opens only if somebody decides so."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_desk import errors, store
from referral_desk.nrm.person import FirstContact
from referral_desk.store import engine, health
from referral_desk.vault.slots import FLOOR
from referral_desk.vault.state import State, opened_state, sealed_state
from tests.crew import ANA, RECOVERY_KEY, at, opened

KEY = bytes(range(32))
DATA, STATE = "data-0001.db", "state.rds"


@pytest.fixture(scope="module")
def pattern(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pattern") / "desk"
    with store.create(folder, passphrase=ANA, login="ana", name="Ana", recovery_key=RECOVERY_KEY, cost=FLOOR) as desk:
        open_cases(desk, 3)
    return folder


@pytest.fixture
def folder(pattern: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(pattern, tmp_path / "desk"))


def open_cases(desk: store.Desk, count: int) -> None:
    for _case in range(count):
        with desk.work() as work:
            work.open_case(FirstContact(day=work.today))


def cases(desk: store.Desk) -> int:
    with desk.work() as work:
        return len(work.case_ids())


def test_an_older_copy_of_the_data_file_is_noticed_and_its_loss_counted(folder: Path, tmp_path: Path) -> None:
    older = Path(shutil.copy(folder / DATA, tmp_path / "older.db"))
    with opened(folder) as desk:
        open_cases(desk, 4)
    shutil.copy(older, folder / DATA)

    # The opening of the desk is a change, too: it stands in the journal.
    with pytest.raises(errors.ChangesMissing) as caught:
        opened(folder)

    assert caught.value.evidence == {"count": 5}
    with opened(folder, as_it_is=True) as desk:
        assert cases(desk) == 3
        assert health.is_due(desk)
    opened(folder).close()


def test_a_data_file_changed_elsewhere_is_no_continuation(folder: Path, tmp_path: Path) -> None:
    elsewhere = Path(shutil.copytree(folder, tmp_path / "elsewhere"))
    with opened(elsewhere) as desk:
        open_cases(desk, 9)
    with opened(folder) as desk:
        open_cases(desk, 1)
    shutil.copy(elsewhere / DATA, folder / DATA)

    with pytest.raises(errors.OtherHistory):
        opened(folder)
    with opened(folder, as_it_is=True) as desk:
        assert cases(desk) == 12


KILLED_BEFORE_THE_CHECKPOINT = """
import os, sys
from referral_desk import store
from referral_desk.nrm.person import FirstContact
from referral_desk.store import engine
desk = store.open_desk(sys.argv[1], login="ana", passphrase=sys.argv[2])
engine.checkpoint = lambda _engine: None
for _ in range(3):
    with desk.work() as work:
        work.open_case(FirstContact(day=work.today))
os.kill(os.getpid(), 9)
"""


@pytest.fixture
def killed(folder: Path) -> Path:
    """Three cases are kept and acknowledged, but lie in the log only."""
    subprocess.run([sys.executable, "-c", KILLED_BEFORE_THE_CHECKPOINT, str(folder), ANA], check=False)
    assert (folder / f"{DATA}-wal").stat().st_size > 10_000
    return folder


@pytest.mark.skipif(os.name == "nt", reason="Windows has no kill -9")
class TestTheLog:
    def test_nothing_is_lost_when_the_log_is_there(self, killed: Path) -> None:
        with opened(killed) as desk:
            assert cases(desk) == 6
            assert desk.was_interrupted
            health.check(desk)
            assert not health.is_due(desk)

    def test_a_removed_log_is_noticed(self, killed: Path) -> None:
        (killed / f"{DATA}-wal").unlink()

        with pytest.raises(errors.ChangesMissing) as caught:
            opened(killed)

        assert caught.value.evidence == {"count": 3}

    @pytest.mark.parametrize("part", [0.1, 0.5, 0.9])
    def test_a_damaged_log_is_noticed(self, killed: Path, part: float) -> None:
        log = killed / f"{DATA}-wal"
        content = bytearray(log.read_bytes())
        content[int(len(content) * part)] ^= 1
        log.write_bytes(content)

        with pytest.raises(errors.ChangesMissing):
            opened(killed)


@pytest.mark.parametrize("content", [b"", b"\1", os.urandom(82)], ids=["empty", "short", "chance"])
def test_a_lost_or_damaged_state_keeps_nobody_from_the_desk(folder: Path, content: bytes) -> None:
    (folder / STATE).write_bytes(content)
    opened(folder).close()
    (folder / STATE).unlink()
    opened(folder).close()
    assert (folder / STATE).exists()


def test_the_state_tells_a_thief_nothing_and_always_has_the_same_length(folder: Path) -> None:
    before = (folder / STATE).read_bytes()
    with opened(folder) as desk:
        open_cases(desk, 2)

    assert len(before) == len((folder / STATE).read_bytes()) == 82
    assert before[17:] != (folder / STATE).read_bytes()[17:]


def test_the_store_is_looked_over_once_a_day_and_after_an_interruption(folder: Path) -> None:
    with opened(folder) as desk:
        assert health.is_due(desk)
        health.check(desk)
        assert not health.is_due(desk)
        desk.clock = lambda: at(1)
        assert health.is_due(desk)


def test_a_page_that_is_not_as_it_was_written_is_found_by_looking(folder: Path) -> None:
    with opened(folder) as desk:
        open_cases(desk, 40)
    content = bytearray((folder / DATA).read_bytes())
    content[len(content) // 2] ^= 1
    (folder / DATA).write_bytes(content)

    with pytest.raises(errors.DeskDamaged), opened(folder) as desk:
        health.check(desk)


def test_a_reference_into_nothing_is_found_by_looking(folder: Path) -> None:
    with opened(folder) as desk:
        raw = engine.connect(folder / DATA, desk.keys.database_key)
        raw.execute("PRAGMA foreign_keys = OFF")
        raw.execute("DELETE FROM cases")
        raw.close()
        with pytest.raises(errors.DeskDamaged):
            health.check(desk)


def test_every_change_counts_itself_and_reading_does_not(folder: Path) -> None:
    with opened(folder) as desk:
        before = engine.changes(desk.engine)
        open_cases(desk, 5)
        with desk.work(unsealed=False) as work:
            work.case_ids()

        assert engine.changes(desk.engine) == before + 5


states = st.builds(
    State,
    change=st.integers(0, 2**31),
    entries=st.integers(0, 2**31),
    head=st.binary(min_size=32, max_size=32).map(bytes.hex),
    closed=st.booleans(),
)


@given(states, st.integers(1, 2**31 - 1))
def test_a_state_comes_back_as_it_was_written(state: State, generation: int) -> None:
    content = sealed_state(state, database_key=KEY, generation=generation)

    assert opened_state(content, database_key=KEY, generation=generation) == state
    assert opened_state(content, database_key=KEY, generation=generation + 1) is None
    assert opened_state(content, database_key=bytes(32), generation=generation) is None


@given(st.binary(max_size=120))
def test_no_bytes_upset_the_reader_of_states(content: bytes) -> None:
    assert opened_state(content, database_key=KEY, generation=1) is None
    assert opened_state(b"\1\0\0\0\1" + content, database_key=KEY, generation=1) is None
