"""Writing a file that leaves the desk: whole or not at all."""

from __future__ import annotations

import csv
import errno
import os
import secrets
from collections.abc import Iterable
from contextlib import suppress
from io import StringIO
from pathlib import Path

from referral_desk.errors import DiskFull, UnwritableTarget

_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
_FULL = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))

# O_EXCL: nobody can have laid a link there for us to follow.
_NEW_AND_OURS = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


def write(target: Path, content: bytes) -> None:
    """Replace `target` in one step, readable by its owner only; UnwritableTarget or DiskFull leave it as it was."""
    part = target.with_name(f".{secrets.token_hex(8)}.part")
    try:
        with os.fdopen(os.open(part, _NEW_AND_OURS, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    except OSError as error:
        with suppress(OSError):
            part.unlink()
        raise DiskFull() if error.errno in _FULL else UnwritableTarget(file=target) from None


def as_csv(lines: Iterable[Iterable[str | int]]) -> bytes:
    """Lines as CSV in UTF-8, with the mark that spreadsheets look for and nothing that they would calculate."""
    text = StringIO()
    csv.writer(text).writerows([_harmless(cell) for cell in line] for line in lines)
    return text.getvalue().encode("utf-8-sig")


def _harmless(cell: str | int) -> str | int:
    is_formula = isinstance(cell, str) and cell.lstrip(" \n").startswith(_FORMULA_SIGNS) and not _is_number(cell)
    return f"'{cell}" if is_formula else cell


def _is_number(text: str) -> bool:
    return text.lstrip("+-").replace(".", "", 1).isdecimal()
