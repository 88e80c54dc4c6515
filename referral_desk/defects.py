"""What goes wrong and is nobody's fault: noted by its kind and place, never by its words.

The text of an error may hold what somebody told us, a name in a failed statement above all. So it is shown nowhere,
printed nowhere and kept nowhere; neither is what Python or a library would print by itself.
"""

from __future__ import annotations

import sys
import threading
import warnings
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType, TracebackType

from platformdirs import user_log_path

from referral_desk import __version__, files
from referral_desk.errors import DeskError

CODE = 70
"""What is no DeskError has it in the log and as exit code."""
LINES_KEPT = 500

_noting = threading.Lock()


def place_of(error: BaseException) -> str:
    """The class of an error and the place it comes from, such as `KeyError at form.py:120`."""
    return f"{type(error).__name__} at {_deepest(error.__traceback__)} (Referral Desk {__version__})"


def note(error: BaseException) -> None:
    """Write into the log: when (UTC), code, class, file and line."""
    code = error.exit_code if isinstance(error, DeskError) else CODE
    note_line(f"{code} {place_of(error)}")


def note_line(line: str) -> None:
    """Add a line to the log, which keeps the last few hundred; where there is no room for it, it is not kept."""
    with _noting, suppress(OSError, DeskError):
        log = log_file()
        log.parent.mkdir(parents=True, exist_ok=True)
        former = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
        lines = [*former[1 - LINES_KEPT :], f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ} {line}"]
        files.keep(log, ("\n".join(lines) + "\n").encode())


def log_file() -> Path:
    return user_log_path("referral-desk", appauthor=False) / "defects.log"


def catch_everything(show: Callable[[BaseException], object]) -> None:
    """Note every error that nothing else has caught, in whichever thread, and show those of the windows."""

    def caught(_kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        note(error)
        show(error)

    sys.excepthook = caught
    threading.excepthook = lambda told: _note_if_any(told.exc_value)
    sys.unraisablehook = lambda told: _note_if_any(told.exc_value)
    warnings.showwarning = lambda _text, kind, file, line, *_more: note_line(
        f"{CODE} {kind.__name__} at {Path(file).name}:{line}"
    )


def here() -> str:
    """The innermost place in our own code that is being worked at."""
    frame: FrameType | None = sys._getframe(1)  # noqa: SLF001 - the one way without reading every source line
    while frame is not None and not _is_ours(frame.f_code.co_filename, besides=__file__):
        frame = frame.f_back
    return f"{Path(frame.f_code.co_filename).name}:{frame.f_lineno}" if frame else "?"


def _note_if_any(error: BaseException | None) -> None:
    if error is not None:
        note(error)


def _deepest(trace: TracebackType | None) -> str:
    """The last place in our own code that an error went through."""
    found = "?"
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if _is_ours(file) or found == "?":
            found = f"{Path(file).name}:{trace.tb_lineno}"
        trace = trace.tb_next
    return found


def _is_ours(file: str, besides: str = "") -> bool:
    return "referral_desk" in Path(file).parts and file != besides
