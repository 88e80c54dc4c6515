"""Where the data lies that a lawyer, translator or designer edits."""

from __future__ import annotations

import sys
from pathlib import Path


def path(*parts: str) -> Path:
    """The file below resources/, in a checkout and in a packaged program alike."""
    return _home() / "resources" / Path(*parts)


def migrations() -> Path:
    """The folder Alembic reads."""
    return _home() / "migrations"


def _home() -> Path:
    packaged = getattr(sys, "_MEIPASS", None)
    return Path(packaged) if packaged else Path(__file__).parent.parent
