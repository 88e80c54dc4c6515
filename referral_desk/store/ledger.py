"""The erasure ledger beside the backups: which cases a restored backup must be cleared of.

Sealed under the identity key, which outlives every change of the database key.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from pathlib import Path
from uuid import UUID

from referral_desk import files
from referral_desk.errors import DeskDamaged, LedgerUnreadable, NotEntitled
from referral_desk.vault.backup import desk_mark
from referral_desk.vault.sealing import Seal

_KIND = "erased"
_ALL = UUID(int=0)
_LARGEST = 64 * 2**20
"""Bytes; room for more cases than a desk will ever erase. What is longer is no ledger."""


def file_in(place: Path, store_salt: bytes) -> Path:
    return place / f"{desk_mark(store_salt)}.erased"


def write(file: Path, seal: Seal, case_ids: Collection[UUID]) -> None:
    """Say which cases are gone: all of them, each time."""
    text = json.dumps(sorted(str(id_) for id_ in case_ids)).encode()
    files.keep(file, seal.seal(text, kind=_KIND, record_id=_ALL, revision=1))


def read(file: Path, seal: Seal) -> frozenset[UUID]:
    """The cases that are gone; LedgerUnreadable where the file is there but damaged, or of another desk."""
    if not file.exists():
        return frozenset()
    try:
        with file.open("rb") as opened:
            text = seal.unseal(opened.read(_LARGEST), kind=_KIND, record_id=_ALL, revision=1)
    except (DeskDamaged, NotEntitled, OSError):
        raise LedgerUnreadable(name=file.name) from None
    return frozenset(UUID(id_) for id_ in json.loads(text))
