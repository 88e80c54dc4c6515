"""The recorder sees every byte that a child writes, and fills or breaks its disk where it is told to."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests import recorder
from tests.recorder.watching import keep_secret, log, nothing_written_of


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    try:
        return recorder.compiled(tmp_path_factory.mktemp("recorder"))
    except recorder.NoCompilerError as missing:
        pytest.skip(str(missing))


def run(library: Path, folder: Path, program: str, **settings: object) -> tuple[int, str, list[recorder.Operation]]:
    """Run a program in a folder; its exit code, what it said on a pipe, and what was recorded."""
    log = folder.with_suffix(".log")
    folder.mkdir(exist_ok=True)
    environment = recorder.environment(library, log, under=[folder, "pipe:"], **settings)  # type: ignore[arg-type]
    ended = subprocess.run(
        [sys.executable, "-c", program], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    return ended.returncode, ended.stdout + ended.stderr, list(recorder.read(log))


def test_every_byte_is_seen_with_its_place_and_in_order(library: Path, tmp_path: Path) -> None:
    code, said, seen = run(
        library,
        tmp_path / "desk",
        """if True:
        import os, shutil
        os.mkdir("inner")
        with open("inner/first", "wb") as file:
            file.write(b"Zdravka")
            file.flush()
            os.fsync(file.fileno())
            file.seek(3)
            file.write(b"V")
        with open("inner/first", "ab") as file:
            file.write(b"!")
        shutil.copyfile("inner/first", "second")
        os.replace("second", "third")
        os.truncate("third", 2)
        os.unlink("third")
        os.write(1, b"done\\n")
        """,
    )

    inner = tmp_path / "desk" / "inner"
    second, third = tmp_path / "desk" / "second", tmp_path / "desk" / "third"
    assert (code, said) == (0, "done\n")
    assert [(one.name, one.path, one.other, one.offset, one.content) for one in seen[:-1]] == [
        ("mkdir", str(inner), "", 0, b""),
        ("create", str(inner / "first"), "", 0, b""),
        ("write", str(inner / "first"), "", 0, b"Zdravka"),
        ("sync", str(inner / "first"), "", 0, b""),
        ("write", str(inner / "first"), "", 3, b"V"),
        ("write", str(inner / "first"), "", 7, b"!"),
        ("create", str(second), "", 0, b""),
        ("write", str(second), "", 0, b"ZdrVvka!"),
        ("rename", str(second), str(third), 0, b""),
        ("cut", str(third), "", 2, b""),
        ("unlink", str(third), "", 0, b""),
    ]
    assert seen[-1].path.startswith("pipe:")
    assert seen[-1].content == b"done\n"
    assert len({one.file for one in seen if one.path == str(inner / "first")}) == 1


def test_what_stdio_holds_back_is_seen_as_it_is_handed_over(library: Path, tmp_path: Path) -> None:
    _code, _said, seen = run(
        library,
        tmp_path / "desk",
        """if True:
        import ctypes
        c = ctypes.CDLL(None)
        c.fopen.restype = ctypes.c_void_p
        stream = c.fopen(b"out", b"w")
        c.fputs(b"Zdravka", ctypes.c_void_p(stream))
        c.fprintf(ctypes.c_void_p(stream), b" and %d", 7)
        """,
    )

    assert [(one.name, one.content) for one in seen] == [("create", b""), ("stream", b"Zdravka"), ("stream", b" and 7")]


FILLING = """if True:
    import ctypes, errno
    file = open("file", "wb", buffering=0)
    print(file.write(b"x" * 60), file.write(b"x" * 60))
    for act in (lambda: file.write(b"x"), lambda: open("other", "wb")):
        try:
            act()
        except OSError as error:
            print(errno.errorcode[error.errno])
    file.seek(0)
    print(file.write(b"y"))
    ctypes.CDLL(None).recorder_room(ctypes.c_longlong(-1))
    file.seek(0, 2)
    print(file.write(b"x"))
"""


def test_a_disk_fills_up_and_is_emptied(library: Path, tmp_path: Path) -> None:
    _code, said, _seen = run(library, tmp_path / "desk", FILLING, room=100)

    assert said.split() == ["60", "40", "ENOSPC", "ENOSPC", "1", "1"]
    assert (tmp_path / "desk" / "file").stat().st_size == 101


def test_a_stick_is_pulled_out(library: Path, tmp_path: Path) -> None:
    stick = tmp_path / "desk" / "stick"
    stick.mkdir(parents=True)
    program = """if True:
    import errno, os
    open("elsewhere", "w").close()
    file = open("stick/file", "wb", buffering=0)
    file.write(b"kept")
    for act in (lambda: file.write(b"lost"), lambda: os.listdir("stick"), lambda: os.stat("stick/file")):
        try:
            act()
        except OSError as error:
            print(errno.errorcode[error.errno])
    """

    _code, said, _seen = run(library, tmp_path / "desk", program, gone={stick: 2})

    assert said.split() == ["EIO"] * 3
    assert (stick / "file").read_bytes() == b"kept"


def test_a_process_is_killed_at_an_operation(library: Path, tmp_path: Path) -> None:
    program = """for number in range(9): open(f"file-{number}", "w").close()"""

    code, _said, seen = run(library, tmp_path / "desk", program, kill_at=4)

    assert code == -9
    assert len(seen) == 3


@pytest.mark.parametrize("coding", ["utf-8", "utf-16-le"])
def test_a_secret_written_anywhere_in_clear_is_noticed(tmp_path: Path, coding: str) -> None:
    if log() is None:
        pytest.skip("`make test` records what is written, pytest alone does not")
    with pytest.raises(AssertionError, match=r"in clear: .*note"), nothing_written_of(["Zdravka"]):
        (tmp_path / "note").write_bytes("for Zdravka".encode(coding))
    with pytest.raises(AssertionError, match=r"in clear: .*mkdir"), nothing_written_of([]):
        keep_secret("Milivojska")
        (tmp_path / "Milivojska").mkdir()
    with nothing_written_of(["Zdravka"]):
        (tmp_path / "other").write_bytes(b"for somebody")
    (tmp_path / "note").write_bytes(b"Zdravka, when nobody watches any more")
