"""Copying a folder of a desk to another disk, and knowing that it is there."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

from referral_desk.errors import DiskFull, UnwritableTarget


def copy_folder(source: Path, target: Path) -> None:
    """Copy every file into a folder that is there, on the disk before this returns. DiskFull or UnwritableTarget."""
    try:
        for file in sorted(source.iterdir()):
            shutil.copyfile(file, target / file.name)
            _sync(target / file.name)
    except OSError as error:
        raise (DiskFull() if error.errno == errno.ENOSPC else UnwritableTarget(file=target)) from None


def _sync(file: Path) -> None:
    with file.open("rb+") as copied:
        os.fsync(copied.fileno())
