"""A desk locks while somebody is away: real processes, the memory of what is left, and every byte that was written."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from referral_desk import settings
from tests import crew, recorder
from tests.gui.acting import given_by_a_keeper

TYPED = "Zdravka counts the days since Milivojska was taken to the quarry"
SECRETS = (TYPED, *crew.CANARIES, crew.ANA)
HANDS = Path(recorder.__file__).with_name("hands.py")
AT_MOST = 60


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch) -> None:
    for name in ("HOME", "USERPROFILE", "XDG_CONFIG_HOME", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path))


@pytest.fixture
def crew_folder(crew_desk, tmp_path):
    folder = Path(shutil.copytree(crew_desk, tmp_path / "crew"))
    given_by_a_keeper(folder)
    return folder


@pytest.fixture
def reports(tmp_path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    return Path(folder)


@pytest.fixture
def started(tmp_path, reports, crew_folder) -> Iterator[subprocess.Popen[bytes]]:
    """The program as a person starts it, with somebody at the keyboard, and everything recorded that it writes."""
    try:
        library = recorder.compiled(tmp_path)
    except recorder.NoCompilerError as missing:
        pytest.skip(str(missing))
    settings.keep(last_desk=str(crew_folder))
    (tmp_path / "hands").mkdir()
    shutil.copy(HANDS, tmp_path / "hands" / "sitecustomize.py")
    hand_over(reports, "secret", passphrase=crew.ANA, login="ana", text=TYPED)
    surroundings = recorder.environment(library, tmp_path / "written") | {
        "PYTHONPATH": str(tmp_path / "hands"),
        "PYTHONDONTWRITEBYTECODE": "1",
        "LOCK_STORY": str(reports),
        "QT_QPA_PLATFORM": "offscreen",
    }
    process = subprocess.Popen([sys.executable, "-m", "referral_desk"], env=surroundings)
    yield process
    process.kill()
    process.wait()


def hand_over(reports: Path, name: str, **what: str) -> None:
    (reports / f"{name}.part").write_text(json.dumps(what))
    (reports / f"{name}.part").rename(reports / f"{name}.json")


def told(reports: Path, name: str) -> dict[str, Any]:
    file, begun = reports / f"{name}.json", time.monotonic()
    while not file.exists():
        assert time.monotonic() - begun < AT_MOST, f"nothing was told of {name}"
        time.sleep(0.05)
    return dict(json.loads(file.read_text()))


def found_in_memory(process: int, wanted: dict[str, bytes]) -> set[str]:
    """Which of these a process holds anywhere in its memory; skips where the system lets nobody look."""
    found = set()
    try:
        with Path(f"/proc/{process}/mem").open("rb", buffering=0) as memory:
            for line in Path(f"/proc/{process}/maps").read_text().splitlines():
                begin, end = (int(place, 16) for place in line.split()[0].split("-"))
                if line.split()[1].startswith("r") and "[v" not in line:
                    held = read(memory, begin, end)
                    found |= {name for name, text in wanted.items() if text in held}
    except PermissionError:
        pytest.skip("only the administrator may look into the memory of a desk")
    return found


def read(memory, begin: int, end: int) -> bytes:
    try:
        memory.seek(begin)
        return bytes(memory.read(end - begin))
    except OSError:
        return b""


def test_idle_with_an_edited_form_the_process_ends_and_everything_waits_for_the_passphrase(
    started, reports, tmp_path, crew_folder
):
    assert told(reports, "typed")["form"]
    (reports / "secret.json").unlink()
    wanted = {text + coding: text.encode(coding) for text in SECRETS for coding in ("utf-8", "utf-16-le")}
    assert any(name.startswith(TYPED) for name in found_in_memory(started.pid, wanted)), "the looking does not see"

    (reports / "leave").touch()

    assert started.wait(AT_MOST) == 0
    locked = told(reports, "locked")
    assert any("because nobody used it for 5 min" in text for text in locked["says"])
    with crew.opened(crew_folder) as desk:
        keys = {"database key": desk.keys.database_key, "its digits": desk.keys.database_key.hex().encode()}
    assert found_in_memory(locked["process"], wanted | keys) == set()

    hand_over(reports, "key", passphrase=crew.ANA, login="ana")
    assert told(reports, "back") == {"text": TYPED, "marked": TYPED, "has_focus": True}
    seen = [one for one in recorder.read(tmp_path / "written") if not one.path.startswith(str(reports))]
    assert {one.process for one in seen} >= {started.pid, locked["process"]}
    written = {name for one in seen for name, text in wanted.items() if text in one.content + os.fsencode(one.path)}
    assert written == set()
