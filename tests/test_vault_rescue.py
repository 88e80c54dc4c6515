"""A desk opens without Referral Desk: scripts/rescue.py and the page docs/format.md are enough."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
import sqlcipher3.dbapi2 as sqlcipher

from referral_desk import backup_passphrase, staff
from referral_desk.store import backups
from referral_desk.vault.opening import raw_key_pragma
from referral_desk.vault.slots import FLOOR
from tests.crew import CANARIES, RECOVERY_KEY, opened

ROOT = Path(__file__).parents[1]
RESCUE = ROOT / "scripts" / "rescue.py"
SIX = "hazelnut vigilant crumpled dolphin escapade turnstile"


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


ALONE = """
import runpy, sys
sys.modules["referral_desk"] = None  # whoever imports it fails, wherever it is installed
script, *sys.argv[1:] = sys.argv[1:]
runpy.run_path(script, run_name="__main__")
"""


def rescued(folder: Path, typed: str, *options: str, script: Path = RESCUE) -> subprocess.CompletedProcess[str]:
    """Run the script with Python and the same libraries, and none of our package."""
    command = [sys.executable, "-I", "-c", ALONE, str(script), str(folder), *options]
    return subprocess.run(command, input=typed + "\n", capture_output=True, text=True, check=False, timeout=60)


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


def test_a_script_that_needed_this_program_would_fail_here(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "other.py").write_text("import referral_desk.vault\n", encoding="ascii")

    done = rescued(folder, "", script=tmp_path / "other.py")

    assert "ModuleNotFoundError" in done.stderr or "ImportError" in done.stderr
    assert len(RESCUE.read_text(encoding="utf-8").splitlines()) < 100


def test_the_rescue_script_opens_a_backup_and_a_desk_after_a_change_of_keys(crew_desk: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(crew_desk, tmp_path / "real"))
    with opened(folder) as desk:
        staff.remove(desk, "Bo")
        backup_passphrase.put_in_force(desk, SIX, cost=FLOOR)
        [backup] = backups.make(desk).folders

    for place, typed in ((folder, RECOVERY_KEY), (backup, RECOVERY_KEY), (folder, SIX), (backup, f" {SIX}  ")):
        done = rescued(place, typed)
        assert "1 cases" in done.stdout, done.stderr
        assert "3 member" not in done.stdout
        assert "5 member" in done.stdout
        assert not any(canary in done.stdout for canary in CANARIES)
    with ZipFile(ROOT / "tests" / "former" / "desk-of-format-1.zip") as kept:
        kept.extractall(tmp_path / "former")
    assert "1 cases" in rescued(tmp_path / "former", RECOVERY_KEY).stdout
