"""The folder of a desk: where it may lie, and that only one program has it open."""

from __future__ import annotations

import os
import shutil
from contextlib import ExitStack
from pathlib import Path
from typing import IO

from referral_desk import files
from referral_desk.errors import DeskExists, DeskInUse, NoDesk, UnsafePlace, UnwritableTarget
from referral_desk.vault.keyfile import FILE_NAME

LOCK_NAME = "store.lock"

_COPIED_BY = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "icloud": "iCloud",
    "mobile documents": "iCloud",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "mega": "MEGA",
}


def key_file(folder: Path) -> Path:
    return folder / FILE_NAME


def prepare(folder: Path) -> None:
    """Make an empty folder for a new desk, readable by its owner only. UnsafePlace, DeskExists, and as files.write."""
    look_at(folder)
    with files.told_plainly(folder):
        files.make_folder(folder)
        folder.chmod(0o700)


def look_at(folder: Path) -> None:
    """Refuse a folder that cannot become a desk, and touch nothing. UnsafePlace, DeskExists or UnwritableTarget."""
    refuse_copied_place(folder)
    with files.told_plainly(folder):
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise DeskExists(folder=folder)


def refuse_copied_place(folder: Path) -> None:
    """Refuse a folder that a program copies to other computers, by the names such programs give."""
    for part in folder.resolve().parts:
        name = part.casefold()
        service = next((who for sign, who in _COPIED_BY.items() if name == sign or name.startswith(f"{sign} ")), None)
        if service:
            raise UnsafePlace(folder=folder, service=service)


def is_there(folder: Path) -> bool:
    """Whether a folder can be reached; a stick that was pulled may still seem to be there until it is read."""
    try:
        next(folder.iterdir(), None)
    except OSError:
        return False
    return True


def on_one_disk(one: Path, other: Path) -> bool:
    """Whether both lie on the same disk, or on the same part of one: then what destroys one destroys the other."""
    try:
        return one.stat().st_dev == other.stat().st_dev
    except OSError:
        return False


def room(folder: Path) -> int:
    """How many bytes are free there; 0 where it cannot be reached."""
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return 0


def hold(folder: Path) -> ExitStack:
    """Lock the desk for this process; DeskInUse where another has it. Closing what is returned lets go of it.

    Locked are the folder and a file in it: on Windows nobody can remove the file while it is open, elsewhere nobody
    the folder while a desk is in it. A program of former days looks at the file alone.
    """
    if not key_file(folder).exists():
        raise NoDesk(folder=folder)
    with ExitStack() as held:
        try:
            _lock_folder(folder, held)
            file = held.enter_context((folder / LOCK_NAME).open("ab"))
        except BlockingIOError:
            raise DeskInUse from None
        except OSError:
            raise UnwritableTarget(file=folder) from None
        try:
            _lock(file)
        except OSError:
            raise DeskInUse from None
        return held.pop_all()


if os.name == "nt":
    import msvcrt

    def _lock(file: IO[bytes]) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]

    def _lock_folder(folder: Path, held: ExitStack) -> None:
        pass

else:
    import fcntl

    def _lock(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _lock_folder(folder: Path, held: ExitStack) -> None:
        """BlockingIOError where another process has it; file systems that lock no folder still have the file."""
        descriptor = os.open(folder, os.O_RDONLY)
        held.callback(os.close, descriptor)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise
        except OSError:
            return
