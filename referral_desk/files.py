"""Writing a file that leaves the desk: whole or not at all."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from referral_desk.errors import DiskFull, UnwritableTarget

_FULL = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))


def write(target: Path, content: bytes) -> None:
    """Replace `target` in one step. Raises UnwritableTarget or DiskFull, and then it is as it was."""
    part = target.with_name(f".{target.name}.part")
    try:
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    except OSError as error:
        part.unlink(missing_ok=True) if target.parent.is_dir() else None
        raise DiskFull() if error.errno in _FULL else UnwritableTarget(file=target) from None
