"""What a process does to files, in order and with every byte, and a disk that fills up or breaks while it does.

`recorder.c` is compiled where it is needed and preloaded into a child; see there what is recorded and how. For Linux
with glibc and a C compiler; what goes into a file through memory is announced but not seen.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

SOURCE = Path(__file__).with_name("recorder.c")


class NoCompilerError(Exception):
    """Nothing can be recorded here; the text says what is missing."""


@dataclass(frozen=True)
class Operation:
    """One operation that succeeded: `name` as in recorder.c, `file` the device and inode, `content` what was written.

    `other` is the second path of a rename or link; `offset` of a cut is the length of the file afterwards.
    """

    name: str
    process: int
    file: str
    offset: int
    path: str
    other: str
    content: bytes


def compiled(folder: Path) -> Path:
    """Compile the recorder into a folder, once; NoCompilerError where that is not possible."""
    library = folder / "recorder.so"
    if library.exists():
        return library
    compiler = next(filter(None, map(shutil.which, (os.environ.get("CC", "cc"), "cc", "gcc", "clang"))), None)
    if sys.platform != "linux" or compiler is None:
        raise NoCompilerError("Recording what is written takes Linux and a C compiler (on Debian: apt install gcc).")
    command = [compiler, "-std=gnu11", "-O1", "-Wall", "-shared", "-fPIC", "-o", str(library), str(SOURCE), "-ldl"]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    if ended.returncode:
        raise NoCompilerError(f"{compiler} cannot compile the recorder: {ended.stderr}")
    return library


def environment(
    library: Path,
    log: Path,
    *,
    under: Iterable[Path | str] = (),
    kill_at: int | None = None,
    room: int | None = None,
    gone: Mapping[Path, int] | None = None,
) -> dict[str, str]:
    """The environment of a child whose file operations are appended to `log`.

    `under` limits that to paths that begin so ("pipe:" for pipes), `kill_at` ends the child before that operation,
    `room` is by how many bytes files may grow before the disk is full, and `gone` says at which operation on it a
    folder is pulled out.
    """
    settings: dict[str, object] = {"LD_PRELOAD": library, "RECORDER_LOG": log}
    settings["RECORDER_UNDER"] = ":".join(map(str, under))
    settings |= {
        f"RECORDER_{name}": value for name, value in (("KILL_AT", kill_at), ("ROOM", room)) if value is not None
    }
    for folder, count in (gone or {}).items():
        settings |= {"RECORDER_GONE_UNDER": folder, "RECORDER_GONE_AT": count}
    return {**os.environ, **{name: str(value) for name, value in settings.items()}}


def read(log: Path, since: int = 0) -> Iterator[Operation]:
    """Every operation of a record, in order, from a place in it."""
    with log.open("rb") as file:
        file.seek(since)
        while head := file.readline().split():
            name, process, inode, offset, *lengths = head
            path, other, content = (file.read(int(length)) for length in lengths)
            file.read(1)
            yield Operation(
                name.decode(), int(process), inode.decode(), int(offset), os.fsdecode(path), os.fsdecode(other), content
            )
