"""What all errors have."""

from __future__ import annotations

from typing import Any, ClassVar

from referral_desk.words import N_, _


class DeskError(Exception):
    """Something a person can put right; `sentence` is shown, `exit_code` ends a command."""

    exit_code: ClassVar[int] = 10
    sentence: ClassVar[str] = N_("The desk could not do this.")

    def __init__(self, **evidence: Any) -> None:
        super().__init__()
        self.evidence = evidence

    def __str__(self) -> str:
        return _(self.sentence) % {name: str(value) for name, value in self.evidence.items()}
