"""Writing a file: whole or not at all, and on the disk before anybody is told that it is there."""

from __future__ import annotations

import csv
import errno
import os
import re
import secrets
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from io import StringIO
from pathlib import Path

from referral_desk.errors import DiskFull, FolderOfADesk, UnwritableTarget

# An antivirus may hold a new file on Windows for a moment.
ATTEMPTS = 10
PAUSE_SECONDS = 0.1

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
"""What begins with one of them a spreadsheet would run."""

_FULL = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))
_CANNOT_SYNC_FOLDERS = (errno.EINVAL, errno.ENOTSUP, errno.EACCES)
_PART = re.compile(r"\.[0-9a-f]{16}\.part")

_A_BLOCK = 4096
_DESK = "store.rdk*"
"""What lies in the folder of every desk and backup (vault.keyfile)."""

# O_EXCL: nobody can have laid a link there for us to follow.
_NEW_AND_OURS = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


def write(target: Path, content: bytes) -> None:
    """Give a file out of the desk: as `keep`, but never in the place of what a desk or the system needs.

    FolderOfADesk where the folder is that of a desk or a backup; UnwritableTarget for what is there and no file.
    """
    with ready(target, content):
        pass


@contextmanager
def ready(target: Path, content: bytes) -> Iterator[None]:
    """As `write`, but the content lies whole beside its target while something else is done.

    It takes its place when that has succeeded, and is gone when it has not.
    """
    _check_outside(target)
    part = _part(target, content)
    try:
        yield
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    _put(part, target)


def keep(target: Path, content: bytes, *, lasting: bool = True) -> None:
    """Replace a file of the desk in one step, readable by its owner only; UnwritableTarget or DiskFull leave it.

    Without `lasting` a power cut may bring the former one back.
    """
    _put(_part(target, content), target, lasting=lasting)


def _check_outside(target: Path) -> None:
    with told_plainly(target):
        if any(target.parent.glob(_DESK)):
            raise FolderOfADesk
        if target.exists() and not target.is_file():
            raise UnwritableTarget(file=target)


def _part(target: Path, content: bytes) -> Path:
    """The content, on the disk beside where it is to stand."""
    part = target.with_name(_part_name())
    with told_plainly(target):
        try:
            with os.fdopen(os.open(part, _NEW_AND_OURS, 0o600), "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
        except OSError:
            with suppress(OSError):
                part.unlink()
            raise
    return part


def _put(part: Path, target: Path, *, lasting: bool = True) -> None:
    with told_plainly(target):
        try:
            _replace(part, target)
        except OSError:
            with suppress(OSError):
                part.unlink()
            raise
        if lasting:
            sync_folder(target.parent)


def make_folder(folder: Path) -> None:
    """Make a folder that is its owner's alone, and those it lies in. DiskFull or UnwritableTarget."""
    with told_plainly(folder):
        missing = [place for place in (folder, *folder.parents) if not place.exists()]
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for place in missing:
            sync_folder(place.parent)


def sync(file: Path) -> None:
    """Let what somebody else wrote into a file be on the disk before this returns. DiskFull or UnwritableTarget."""
    with told_plainly(file), file.open("rb+") as written:
        os.fsync(written.fileno())


def try_to_write_in(folder: Path) -> None:
    """Make a file and remove it again: DiskFull or UnwritableTarget where that does not go."""
    part = folder / _part_name()
    with told_plainly(folder):
        try:
            with os.fdopen(os.open(part, _NEW_AND_OURS, 0o600), "wb", buffering=0) as file:
                file.write(bytes(_A_BLOCK))
        finally:
            part.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Let names that were made, moved or removed in a folder outlast a power cut.

    Windows journals names by itself, and some file systems of sticks cannot be asked to.
    """
    if os.name == "nt":
        return
    try:
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        if error.errno not in _CANNOT_SYNC_FOLDERS:
            raise


def clear_parts(folder: Path) -> None:
    """Remove what `write` left half written where a program was killed; nobody else may be writing there."""
    for file in folder.iterdir():
        if _PART.fullmatch(file.name):
            file.unlink(missing_ok=True)


@contextmanager
def told_plainly(target: Path) -> Iterator[None]:
    """Turn what the system reports of a disk into what a person can put right: DiskFull or UnwritableTarget."""
    try:
        yield
    except OSError as error:
        raise DiskFull() if error.errno in _FULL else UnwritableTarget(file=target) from None


def as_csv(lines: Iterable[Iterable[str | int]]) -> bytes:
    """Lines as CSV in UTF-8, with the mark that spreadsheets look for and nothing that they would calculate."""
    text = StringIO()
    csv.writer(text).writerows([_harmless(cell) for cell in line] for line in lines)
    return text.getvalue().encode("utf-8-sig")


def _part_name() -> str:
    return f".{secrets.token_hex(8)}.part"


def _harmless(cell: str | int) -> str | int:
    is_formula = isinstance(cell, str) and cell.lstrip(" \n").startswith(FORMULA_SIGNS) and not _is_number(cell)
    return f"'{cell}" if is_formula else cell


def _is_number(text: str) -> bool:
    return text.lstrip("+-").replace(".", "", 1).isdecimal()


def _replace(part: Path, target: Path, attempts: int = ATTEMPTS) -> None:
    try:
        part.replace(target)
    except PermissionError:
        if attempts == 1:
            raise
        time.sleep(PAUSE_SECONDS)
        _replace(part, target, attempts - 1)
