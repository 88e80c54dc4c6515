"""A desk opens without Referral Desk: scripts/rescue.py and the page docs/format.md are enough."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import sqlcipher3.dbapi2 as sqlcipher

from referral_desk.vault.opening import raw_key_pragma

ROOT = Path(__file__).parents[1]
RESCUE = ROOT / "scripts" / "rescue.py"


@pytest.fixture(scope="module")
def vectors() -> dict[str, Any]:
    found = re.search(r"```json\n(.*?)\n```", (ROOT / "docs" / "format.md").read_text(encoding="utf-8"), re.DOTALL)
    assert found
    read: dict[str, Any] = json.loads(found[1])
    return read


@pytest.fixture
def folder(tmp_path: Path, vectors: dict[str, Any]) -> Path:
    """Return the desk of the page, with a database in it that has three cases and one step."""
    folder = tmp_path / "desk with a space"
    folder.mkdir()
    (folder / "store.rdk").write_text(json.dumps(vectors["keyfile"]), encoding="ascii")
    connection = sqlcipher.connect(str(folder / vectors["keyfile"]["database"]))
    connection.execute(raw_key_pragma(bytes.fromhex(vectors["database_key"])))
    connection.executescript(
        "CREATE TABLE 'case' (id); INSERT INTO 'case' VALUES (1), (2), (3);"
        "CREATE TABLE interview (id); INSERT INTO interview VALUES (1);"
    )
    connection.close()
    return folder


def rescued(folder: Path, recovery_key: str, *options: str) -> subprocess.CompletedProcess[str]:
    # -I: neither this repository nor the folder of the test can be imported.
    command = [sys.executable, "-I", str(RESCUE), str(folder), *options]
    return subprocess.run(command, input=recovery_key + "\n", capture_output=True, text=True, check=False, timeout=60)


def test_the_recovery_key_shows_tables_and_rows(folder: Path, vectors: dict[str, Any]) -> None:
    before = sorted(file.name for file in folder.iterdir())

    done = rescued(folder, vectors["recovery_key"]["typed"])

    assert done.returncode == 0, done.stderr
    assert re.findall(r"(\d+) (\w+)", done.stdout) == [("3", "case"), ("1", "interview")]
    assert sorted(file.name for file in folder.iterdir()) == before


def test_rows_that_never_reached_the_main_file_are_counted(folder: Path, vectors: dict[str, Any]) -> None:
    copy = folder.with_name("copy")
    connection = sqlcipher.connect(str(folder / vectors["keyfile"]["database"]))
    connection.execute(raw_key_pragma(bytes.fromhex(vectors["database_key"])))
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("INSERT INTO interview VALUES (2)")
    connection.commit()
    shutil.copytree(folder, copy, ignore=shutil.ignore_patterns("*-shm"))
    connection.close()

    assert "2 interview" in rescued(copy, vectors["recovery_key"]["typed"]).stdout


def test_the_raw_key_opens_the_database_elsewhere(folder: Path, vectors: dict[str, Any]) -> None:
    done = rescued(folder, vectors["recovery_key"]["typed"], "--key")

    assert done.stdout.endswith(raw_key_pragma(bytes.fromhex(vectors["database_key"])) + ";\n")


def test_a_wrong_recovery_key_shows_nothing(folder: Path, vectors: dict[str, Any]) -> None:
    done = rescued(folder, "0" * 28)

    assert done.returncode != 0
    assert "not the recovery key" in done.stderr
    assert vectors["database_key"] not in done.stdout + done.stderr


def test_the_script_needs_nothing_of_this_program() -> None:
    text = RESCUE.read_text(encoding="utf-8")

    assert "import referral_desk" not in text
    assert "from referral_desk" not in text
    assert len(text.splitlines()) < 100
