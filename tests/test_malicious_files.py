"""Files that somebody else made: what is in them runs nothing, overwrites nothing, and comes in whole or not at all."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from referral_desk import errors, store
from referral_desk.errors import DeskDamaged, DeskError, DeskNewer, UnreadableFile
from referral_desk.exchange import ctdc
from referral_desk.store import Purpose, backups, ledger, restoring
from referral_desk.store import state as left
from referral_desk.vault import grants, keyfile, state
from referral_desk.vault.keyfile import KeyFile
from referral_desk.vault.opening import create, open_strongly
from referral_desk.vault.passphrases import new_recovery_key
from referral_desk.vault.slots import FLOOR
from tests.crew import ANA, RECOVERY_KEY, at, clock, opened

slowly = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])

# A table to bring in

HEADER = ("yearOfRegistration", "gender", "ageBroad", "citizenship", "isForcedLabour", "CountryOfExploitation")
ROW = ("2016", "Female", "9--17", "MD", "1.0", "RU")
CELLS = st.one_of(
    st.sampled_from(
        [*ROW, "", "-99", '=HYPERLINK("x")', "@SUM(1)", "+1", "\t=1", "\u202e", "9" * 400, "2016-", "٢٠١٦"]
    ),
    st.text(max_size=12),
)


@pytest.fixture(scope="module")
def evaluation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[store.Desk]:
    folder = tmp_path_factory.mktemp("evaluation") / "desk"
    made = store.create(
        folder, passphrase=ANA, recovery_key=new_recovery_key(), cost=FLOOR, purpose=Purpose.EVALUATION, clock=clock
    )
    yield made
    made.close()


def cases(desk: store.Desk) -> int:
    with desk.work(unsealed=False) as work:
        return len(work.case_ids())


def written(path: Path, rows: list[tuple[str, ...]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADER, *rows])
    return path


@slowly
@given(st.lists(st.lists(CELLS, min_size=1, max_size=8).map(tuple), max_size=6))
def test_a_table_of_any_cells_comes_in_row_by_row_or_says_why_not(
    evaluation: store.Desk, tmp_path: Path, rows: list[tuple[str, ...]]
) -> None:
    before = cases(evaluation)
    path = written(tmp_path / "data.csv", rows)

    try:
        outcome = ctdc.bring_in(evaluation, path)
    except UnreadableFile:
        assert cases(evaluation) == before
        return

    assert cases(evaluation) == before + outcome.added
    assert {file.name for file in tmp_path.iterdir()} <= {"data.csv", "data.csv.refused.csv"}
    if outcome.refused_in:
        with outcome.refused_in.open(encoding="utf-8-sig", newline="") as file:
            held = [cell for row in csv.reader(file) for cell in row]
        assert not [cell for cell in held if cell.lstrip(" \n")[:1] in ("=", "@", "\t")]


@slowly
@given(st.binary(max_size=400), st.integers(0, 200), st.integers(0, 200))
def test_a_table_with_any_bytes_in_it_changes_nothing_or_comes_in(
    evaluation: store.Desk, tmp_path: Path, bytes_: bytes, start: int, cut: int
) -> None:
    before = cases(evaluation)
    path = written(tmp_path / "data.csv", [ROW, ROW])
    content = path.read_bytes()
    path.write_bytes(content[:start] + bytes_ + content[start + cut :])

    try:
        outcome = ctdc.bring_in(evaluation, path)
    except UnreadableFile:
        outcome = ctdc.Outcome(0, 0, 0)
    assert cases(evaluation) == before + outcome.added


def test_a_link_in_the_place_of_the_refused_rows_is_not_followed(evaluation: store.Desk, tmp_path: Path) -> None:
    (tmp_path / "kept.txt").write_text("not to be overwritten")
    (tmp_path / "data.csv.refused.csv").symlink_to(tmp_path / "kept.txt")

    outcome = ctdc.bring_in(evaluation, written(tmp_path / "data.csv", [("never",) * 6]))

    assert outcome.refused == 1
    assert (tmp_path / "kept.txt").read_text() == "not to be overwritten"


# A key file

MADE = create(ANA, login="ana", recovery_key=RECOVERY_KEY, cost=FLOOR)
FIELDS: dict[str, Any] = json.loads(keyfile.rendered(MADE.keyfile))
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(max_size=70)),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=12), inner, max_size=4)),
    max_leaves=8,
)
HEX = st.binary(min_size=0, max_size=100).map(bytes.hex)
SLOT_CHANGES = st.dictionaries(st.sampled_from([*FIELDS["slots"][0], "more"]), st.one_of(JSON, HEX), max_size=3)


def signed(fields: dict[str, Any]) -> bytes:
    """As somebody would write it who knows how the check sum is made."""
    return json.dumps(fields | {"check": keyfile._check(fields)}).encode()


@slowly
@given(st.dictionaries(st.sampled_from([*FIELDS, "more"]), st.one_of(JSON, HEX), max_size=3), SLOT_CHANGES)
def test_a_key_file_of_any_fields_is_one_or_is_damage(changes: dict[str, Any], slot: dict[str, Any]) -> None:
    slots = [FIELDS["slots"][0] | slot, FIELDS["slots"][1]]

    try:
        read = keyfile.parsed(signed(FIELDS | {"slots": slots} | changes))
    except (DeskDamaged, DeskNewer):
        return
    assert keyfile.DATABASE_NAME.fullmatch(read.database)
    assert keyfile.parsed(keyfile.rendered(read)) == read


@slowly
@given(JSON)
def test_any_json_at_all_is_no_key_file(content: object) -> None:
    for form in (json.dumps(content).encode(), signed({"slots": content})):
        with pytest.raises((DeskDamaged, DeskNewer)):
            keyfile.parsed(form)


@slowly
@given(st.sampled_from(["sealed", "nonce", "commitment", "database_grant"]), st.data())
def test_a_slot_with_any_bytes_opens_nothing_but_what_it_did(field: str, data: st.DataObject) -> None:
    altered = []
    for one in FIELDS["slots"]:
        value = data.draw(st.binary(min_size=len(one[field]) // 2, max_size=len(one[field]) // 2))
        altered.append(one | {field: value.hex()})
    read: KeyFile = keyfile.parsed(signed(FIELDS | {"slots": altered}))

    try:
        assert open_strongly(read, RECOVERY_KEY).database_key == MADE.founder.database_key
    except (DeskDamaged, errors.WrongRecoveryKey):
        return


@given(st.binary(max_size=200))
def test_no_bytes_at_all_are_a_grant(content: bytes) -> None:
    with pytest.raises((DeskDamaged, errors.NotEntitled)):
        grants.accept(content, MADE.founder.private_key, purpose="database", store_salt=MADE.keyfile.store_salt)


# A backup that lay on a stick that was away


@pytest.fixture(scope="module")
def pattern(crew_desk: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = Path(shutil.copytree(crew_desk, tmp_path_factory.mktemp("pattern") / "desk"))
    with opened(folder) as desk:
        backups.make(desk)
        assert desk.seal
        ledger.write(ledger.file_in(folder / "backups", desk.keys.store_salt), desk.seal, set())
    return folder


@pytest.fixture(scope="module")
def folder(pattern: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(pattern, tmp_path_factory.mktemp("malicious") / "desk"))


def newest(folder: Path) -> Path:
    return max(path for path in (folder / "backups").iterdir() if path.is_dir())


@settings(parent=slowly, max_examples=40)
@given(
    st.sampled_from(["store.rdk", "data-0001.db", "head.txt", ".erased"]),
    st.floats(0, 1, exclude_max=True),
    st.binary(max_size=40),
    st.booleans(),
)
def test_a_backup_with_any_bytes_in_it_is_restored_as_it_was_or_refused(
    folder: Path, name: str, where: float, bytes_: bytes, shorter: bool
) -> None:
    backup, again = newest(folder), folder.parent / "again"
    [file] = folder.glob("backups/*.erased") if name == ".erased" else [backup / name]
    whole = file.read_bytes()
    start = int(len(whole) * where)
    file.write_bytes(whole[:start] + bytes_ + (b"" if shorter else whole[start + len(bytes_) :]))

    try:
        with restoring.restore(backup, again, RECOVERY_KEY, clock=clock) as desk, desk.work() as work:
            assert len(work.case_ids("zdravka")) == 1
            assert store.records.erased(work.session) == set()
    except DeskError:
        assert not (again / "store.rdk").exists()
    finally:
        file.write_bytes(whole)
        shutil.rmtree(again, ignore_errors=True)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"0" * 64, b"a\n" * 3_000_000, "ђ".encode()])
def test_a_head_that_is_none_breaks_no_journal_but_is_missed(folder: Path, content: bytes) -> None:
    head = newest(folder) / "head.txt"
    whole = head.read_bytes()
    head.write_bytes(content)

    with opened(folder) as desk:
        found = backups.anchors(desk)
    head.write_bytes(whole)

    assert found == ({"0" * 64} if content == b"0" * 64 else set())


@settings(parent=slowly, max_examples=40)
@given(st.binary(max_size=200))
def test_a_state_of_any_bytes_is_none(folder: Path, content: bytes) -> None:
    (folder / state.FILE_NAME).write_bytes(content)

    assert left.read(folder, database_key=bytes(32), generation=1) is None
    with opened(folder, clock=lambda: at(2)) as desk, desk.work() as work:
        assert len(work.case_ids("zdravka")) == 1


def test_a_database_without_a_lock_on_it_is_not_taken_for_one(folder: Path, tmp_path: Path) -> None:
    """Plain SQLite, with a table in it that a careless program would read."""
    import sqlite3

    copy = Path(shutil.copytree(newest(folder), tmp_path / "backup"))
    (copy / "data-0001.db").unlink()
    plain = sqlite3.connect(copy / "data-0001.db")
    plain.execute("CREATE TABLE about (organisation TEXT)")
    plain.commit()
    plain.close()

    with pytest.raises(DeskError):
        restoring.summary(copy, RECOVERY_KEY)
    with pytest.raises(errors.BackupUnreadable):
        restoring.restore(copy, tmp_path / "again", RECOVERY_KEY, clock=clock)
