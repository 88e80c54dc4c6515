"""`python -m referral_desk`: windows without arguments, commands with."""

from __future__ import annotations

import os
import sys

from referral_desk.errors import NoScreen

WINDOW_OPTIONS = frozenset({"--locked"})
"""What a desk that locks tells the process that follows it; not for people."""

PR_SET_DUMPABLE = 4
"""From linux/prctl.h."""


def main() -> int:
    """Open the windows, or run the command that was given."""
    keep_memory_private()
    if wants_windows(sys.argv[1:]):
        return open_windows(sys.argv[1:])
    return run_command()


def command() -> int:
    """The script `referral-desk`: commands only, with the same care for memory."""
    keep_memory_private()
    return run_command()


def run_command() -> int:
    from referral_desk.cli import main as run

    return run()


def wants_windows(arguments: list[str]) -> bool:
    return not arguments or arguments[0] in WINDOW_OPTIONS


def open_windows(arguments: list[str]) -> int:
    if not has_screen():
        print(NoScreen(), file=sys.stderr)  # noqa: T201 - nowhere else to say it
        return NoScreen.exit_code
    from referral_desk.gui.app import start

    return start(arguments)


def keep_memory_private() -> None:
    """Let no crash leave keys and names in a file, and no other program of this user read them: Linux only."""
    if sys.platform == "linux":
        import ctypes
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)


def has_screen() -> bool:
    """Whether Qt could draw: asked first, because Qt itself would abort instead of saying so."""
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


if __name__ == "__main__":
    sys.exit(main())
