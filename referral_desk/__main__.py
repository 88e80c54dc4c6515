"""`python -m referral_desk`: windows without arguments, commands with."""

from __future__ import annotations

import os
import sys

from referral_desk.errors import NoScreen

WINDOW_OPTIONS = frozenset({"--locked", "--resume"})
"""What a desk that locks tells the process that follows it; not for people."""


def main() -> int:
    """Open the windows, or run the command that was given."""
    if wants_windows(sys.argv[1:]):
        return open_windows(sys.argv[1:])
    from referral_desk.cli import main as run_command

    return run_command()


def wants_windows(arguments: list[str]) -> bool:
    return not arguments or arguments[0] in WINDOW_OPTIONS


def open_windows(arguments: list[str]) -> int:
    if not has_screen():
        print(NoScreen(), file=sys.stderr)  # noqa: T201 - nowhere else to say it
        return NoScreen.exit_code
    from referral_desk.gui.app import start

    return start(arguments)


def has_screen() -> bool:
    """Whether Qt could draw: asked first, because Qt itself would abort instead of saying so."""
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


if __name__ == "__main__":
    sys.exit(main())
