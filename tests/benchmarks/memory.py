"""Peak memory, in MB."""

from __future__ import annotations

import resource
from pathlib import Path

of_windows: list[float] = []
"""What the windows said that were started from here; they count instead of this process."""

_STATUS = Path("/proc/self/status")


def peak() -> float:
    """The most that this process ever held; on Linux getrusage would add the process that started it."""
    if of_windows:
        return max(of_windows)
    if not _STATUS.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    [line] = (line for line in _STATUS.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024
