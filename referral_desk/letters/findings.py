"""What is done about each finding before a paper may leave: replace, remove, or keep for a reason.

A replacement or removal changes this paper alone, never what is recorded; the paper is made and read anew. What is
kept is noted in the journal with its reason, never with what it says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from uuid import UUID

from referral_desk.journal import Act
from referral_desk.letters.linter import Finding
from referral_desk.nrm.terms import KeepReason
from referral_desk.store.work import Work


class Way(Enum):
    REPLACE = "replace"
    REMOVE = "remove"
    KEEP = "keep"


@dataclass(frozen=True)
class Ruling:
    """What somebody decided about a finding: `text` is what is printed instead, `reason` why it is kept."""

    finding: Finding
    way: Way
    text: str = ""
    reason: KeepReason | None = None


def replaced(finding: Finding, text: str) -> Ruling:
    return Ruling(finding, Way.REPLACE, text=" ".join(text.split()))


def removed(finding: Finding) -> Ruling:
    return Ruling(finding, Way.REMOVE)


def kept(finding: Finding, reason: KeepReason) -> Ruling:
    return Ruling(finding, Way.KEEP, reason=reason)


def can_be_changed(finding: Finding) -> bool:
    """Whether another text may be printed: not where it stands in the request itself or in the file."""
    return bool(finding.at)


def changes(rulings: Iterable[Ruling]) -> Mapping[str, str | None]:
    """What is printed otherwise than recorded, by kind and question; None where nothing is printed."""
    made = [ruling for ruling in rulings if ruling.way is not Way.KEEP and can_be_changed(ruling.finding)]
    return {ruling.finding.at: ruling.text if ruling.way is Way.REPLACE else None for ruling in made}


def unanswered(found: Iterable[Finding], rulings: Iterable[Ruling]) -> tuple[Finding, ...]:
    """The findings that nobody has decided to keep: what was replaced or removed is not found again."""
    settled = {ruling.finding for ruling in rulings if ruling.way is Way.KEEP and ruling.reason}
    return tuple(finding for finding in found if finding not in settled)


def note_kept(work: Work, rulings: Iterable[Ruling], found: Iterable[Finding], *, kind: str, id_: UUID) -> None:
    """Note in the journal what the paper still holds, and why; `kind` and `id_` are those of the record it is about."""
    standing = set(found)
    for ruling in dict.fromkeys(ruling for ruling in rulings if ruling.way is Way.KEEP and ruling.reason):
        if ruling.finding in standing and ruling.reason:
            question = ruling.finding.at.rpartition(".")[2] or "file"
            work.note(Act.LET_STAND, f"{kind}.{ruling.reason.code}.{question}", id_)
