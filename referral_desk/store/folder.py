"""The folder of a desk: where it may lie, and that only one program has it open."""

from __future__ import annotations

import os
from pathlib import Path
from typing import IO

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
    """Make an empty folder for a new desk, readable by its owner only."""
    refuse_copied_place(folder)
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise DeskExists(folder=folder)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
    except OSError:
        raise UnwritableTarget(file=folder) from None


def refuse_copied_place(folder: Path) -> None:
    """Refuse a folder that a program copies to other computers, by the names such programs give."""
    for part in folder.resolve().parts:
        name = part.casefold()
        service = next((who for sign, who in _COPIED_BY.items() if name == sign or name.startswith(f"{sign} ")), None)
        if service:
            raise UnsafePlace(folder=folder, service=service)


def hold(folder: Path) -> IO[bytes]:
    """Lock the desk for this process; DeskInUse where another has it. Closing the file lets go of it."""
    if not key_file(folder).exists():
        raise NoDesk(folder=folder)
    try:
        file = (folder / LOCK_NAME).open("ab")
    except OSError:
        raise UnwritableTarget(file=folder) from None
    try:
        _lock(file)
    except OSError:
        file.close()
        raise DeskInUse from None
    return file


if os.name == "nt":
    import msvcrt

    def _lock(file: IO[bytes]) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]

else:
    import fcntl

    def _lock(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
