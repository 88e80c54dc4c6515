"""A CSV file from elsewhere, read line by line and believed in nothing."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from referral_desk.errors import UnreadableFile
from referral_desk.words import N_, _

_DELIMITERS = ",;\t"
_LONGEST_LINE = 1_000_000
"""Characters; a line beyond is no row of a table, and reading it whole could take all memory."""

_MISSING = N_("There is no such file.")
_NO_FILE = N_("This is not a file.")
_FORBIDDEN = N_("You may not read this file.")
_EMPTY = N_("It is empty.")
_NO_TEXT = N_("It is not a text in UTF-8.")
_NO_TABLE = N_("Line %(line)s is not a row of a table.")


class Table:
    """An open file: its header, and then its rows."""

    def __init__(self, file: TextIO, path: Path) -> None:
        self._file, self._path = file, path
        self.line = 0
        self.size = path.stat().st_size
        first = next(self._lines(), "")
        if not first.strip():
            raise unreadable(path, _EMPTY)
        self._delimiter = max(_DELIMITERS, key=first.count)
        self.header = tuple(name.strip() for name in next(csv.reader([first], delimiter=self._delimiter)))

    @property
    def done(self) -> int:
        """How many bytes have been read so far."""
        return self._file.buffer.tell()

    def rows(self) -> Iterator[list[str]]:
        """The rows after the header; `line` is that on which the row ends. Empty lines are none."""
        try:
            yield from filter(None, csv.reader(self._lines(), delimiter=self._delimiter))
        except csv.Error:
            raise unreadable(self._path, _NO_TABLE, line=self.line) from None

    def _lines(self) -> Iterator[str]:
        while line := self._file.readline(_LONGEST_LINE):
            self.line += 1
            if len(line) == _LONGEST_LINE:
                raise unreadable(self._path, _NO_TABLE, line=self.line)
            yield line


@contextmanager
def opened(path: Path) -> Iterator[Table]:
    """Open a CSV file; whatever is wrong with it is an UnreadableFile that says so in one sentence."""
    try:
        if not path.is_file():
            raise unreadable(path, _NO_FILE if path.exists() else _MISSING)
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield Table(file, path)
    except OSError:
        raise unreadable(path, _FORBIDDEN) from None
    except UnicodeDecodeError:
        raise unreadable(path, _NO_TEXT) from None


def unreadable(path: Path, why: str, **more: object) -> UnreadableFile:
    """The error that says why, in the language spoken."""
    return UnreadableFile(file=path, why=_(why) % more)
