"""A backup as a folder: written whole or not at all, copied to another disk, opened."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.orm import Session

from referral_desk import files, journal
from referral_desk.errors import DeskDamaged
from referral_desk.store import engine
from referral_desk.store import folder as places
from referral_desk.store.aside import HERE, Aside, Phase
from referral_desk.vault import keyfile

ANCHOR = "head.txt"
PART = ".part"
_PIECE = 1 << 20


@contextmanager
def whole_or_not_at_all(folder: Path) -> Iterator[Path]:
    """A folder to fill, which gets its name when it is whole and on the disk. DiskFull or UnwritableTarget."""
    part = folder.with_name(folder.name + PART)
    mark = folder.name.partition("-")[0]
    with files.told_plainly(folder.parent):
        try:
            for left in folder.parent.glob(f"{mark}-*{PART}"):
                shutil.rmtree(left, ignore_errors=True)
            part.mkdir(mode=0o700)
            yield part
            files.sync_folder(part)
            part.replace(folder)
            files.sync_folder(folder.parent)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise


def copy_folder(source: Path, target: Path, aside: Aside = HERE) -> None:
    """Copy every file into a folder that is there, on the disk before this returns. DiskFull or UnwritableTarget."""
    with files.told_plainly(target.parent):
        copied = sorted(source.iterdir())
        whole, done = sum(file.stat().st_size for file in copied), 0
        for file in copied:
            for piece in _pieces(file, target / file.name):
                aside.go_on()
                done += piece
                aside.tell(Phase.COPYING, done / max(whole, 1))


def look_into(folder: Path, database_key: bytes, *, stops: Callable[[], bool] | None = None) -> str:
    """Open a backup, read every page of it, and return the head of its journal; DeskDamaged if it is not whole."""
    read = keyfile.read(places.key_file(folder))
    made = engine.engine(folder / read.database, database_key, stops=stops)
    try:
        with engine.told_apart(folder):
            if not engine.is_whole(made):
                raise DeskDamaged
            with Session(made) as session:
                return journal.head(session)[1]
    finally:
        made.dispose()


def size(folder: Path) -> int:
    """Bytes; 0 where it cannot be read any more."""
    try:
        return sum(file.stat().st_size for file in folder.iterdir())
    except OSError:
        return 0


def _pieces(source: Path, target: Path) -> Iterator[int]:
    """Copy a file piece by piece, so that it can be stopped between two; says how large each was."""
    with source.open("rb") as read, target.open("wb") as written:
        while piece := read.read(_PIECE):
            written.write(piece)
            yield len(piece)
        written.flush()
        os.fsync(written.fileno())
