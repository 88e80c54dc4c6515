"""Nothing a window is told may be written anywhere in clear: `python -m tests.recorder.watching` runs pytest so.

Pytest starts under the recorder, and the stories of the windows say which words are secret while they run. Where
nothing can be recorded (see there), the tests run without anybody watching.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from tests import recorder

FOLDER = Path(__file__).parents[2] / ".pytest_cache" / "recorder"
SETTINGS = ("LD_PRELOAD", "RECORDER_LOG", "RECORDER_PAUSED")

_SHARED_MEMORY_OF_A_LOG = "-shm"
"""SQLite's: it holds numbers of pages and nothing else."""
_SOURCE = "__pycache__"
"""Compiled tests hold the words they look for."""


def main() -> None:
    """Become pytest, under the recorder where there is one."""
    settings = dict(os.environ)
    try:
        FOLDER.mkdir(parents=True, exist_ok=True)
        library, log = recorder.compiled(FOLDER), FOLDER / "written"
        log.unlink(missing_ok=True)
        settings |= dict(zip(SETTINGS, (str(library), str(log), "1"), strict=True))
    except recorder.NoCompilerError as missing:
        print(missing)
    os.execve(sys.executable, [sys.executable, "-m", "pytest", *sys.argv[1:]], settings)  # noqa: S606 - no shell is wanted


@cache
def log() -> Path | None:
    """Where is recorded what this process writes; None where it is not. What it starts from now on is not recorded."""
    library, file, _paused = (os.environ.pop(name, "") for name in SETTINGS)
    return Path(file) if file and Path(library).is_relative_to(FOLDER) else None


SECRETS: set[str] = set()
"""Words that must not be written anywhere now."""


@contextmanager
def nothing_written_of(secrets: Iterable[str]) -> Iterator[None]:
    """Fail where a secret, or one added meanwhile, stands in a file, a pipe or a path, in UTF-8 or UTF-16."""
    file = log()
    known = file.stat().st_size if file else 0
    keep_secret(*secrets)
    try:
        yield
    finally:
        SECRETS.clear()
        keep_secret()
    seen = (one for one in recorder.read(file, known) if one.process == os.getpid()) if file else ()
    found = {f"{one.name} {one.path} {one.other}" for one in seen if not _is_harmless(one)}
    assert not found, f"in clear: {sorted(found)}"


def keep_secret(*texts: str) -> None:
    """Watch for these, too, until what is going on ends."""
    SECRETS.update(texts)
    if log():
        written = (secret.encode(coding) for secret in SECRETS for coding in ("utf-8", "utf-16-le"))
        _want(b"".join(text + b"\n" for text in written if b"\n" not in text))


def _want(texts: bytes) -> None:
    ctypes.CDLL(None).recorder_wanted(texts, ctypes.c_size_t(len(texts)))


def _is_harmless(seen: recorder.Operation) -> bool:
    is_shared = seen.name == "map" and seen.path.endswith(_SHARED_MEMORY_OF_A_LOG)
    return is_shared or _SOURCE in Path(seen.path).parts


if __name__ == "__main__":
    main()
