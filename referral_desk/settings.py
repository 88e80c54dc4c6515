"""What this computer remembers between two openings: language, theme, idle minutes, screenshots, paper, the last desk.

No word about any person, no case, no login. One small file in the user's own folder; where it cannot be read
or holds nonsense the defaults stand, because wrong settings must never keep anyone from a desk.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from platformdirs import user_config_dir

from referral_desk.words import LANGUAGES

THEMES = ("system", "light", "dark")
IDLE_MINUTES = range(1, 61)
PAPERS = ("", "A4", "LETTER")
"""Empty is what is usual in the country of the desk."""


@dataclass(frozen=True)
class Settings:
    """`idle_minutes` without a key or a click lock the desk; `last_desk` is a folder or empty."""

    language: str = "en"
    theme: str = "system"
    idle_minutes: int = 5
    may_be_captured: bool = False
    paper: str = ""
    last_desk: str = ""


def load() -> Settings:
    """The settings kept, each one on its own the default where it makes no sense."""
    try:
        held = json.loads(_file().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Settings()
    return _sound(held) if isinstance(held, dict) else Settings()


def keep(**changed: Any) -> Settings:
    """Change some settings; a folder that cannot be written to loses them at the next start, no more."""
    settings = replace(load(), **changed)
    with suppress(OSError):
        _write(json.dumps(asdict(settings), indent=2))
    return settings


def _sound(held: dict[str, Any]) -> Settings:
    usual = Settings()
    minutes, desk = held.get("idle_minutes"), held.get("last_desk")
    return Settings(
        language=held["language"] if held.get("language") in LANGUAGES else usual.language,
        theme=held["theme"] if held.get("theme") in THEMES else usual.theme,
        idle_minutes=minutes if isinstance(minutes, int) and minutes in IDLE_MINUTES else usual.idle_minutes,
        may_be_captured=held.get("may_be_captured") is True,
        paper=held["paper"] if held.get("paper") in PAPERS else usual.paper,
        last_desk=desk if isinstance(desk, str) else usual.last_desk,
    )


def _write(text: str) -> None:
    file = _file()
    file.parent.mkdir(parents=True, exist_ok=True)
    new = file.with_suffix(".new")
    new.write_text(text + "\n", encoding="utf-8")
    os.replace(new, file)  # noqa: PTH105 - the one call that swaps files at once on every system


def folder() -> Path:
    """Where this computer keeps its settings, and an office its own layouts of documents."""
    return Path(user_config_dir("referral-desk", appauthor=False))


def _file() -> Path:
    return folder() / "settings.json"
