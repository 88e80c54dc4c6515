"""The key file of a desk: which database is in force, and the slots that open it.

JSON of at most 64 KiB, replaced in one step: the commit point of every change of keys. Its check sum
finds accidents, not attackers; what an attacker may not change is bound into the slots. When keys
change, the new ones are therefore granted to the public keys of verified member rows, never to
those in this file.
"""

import errno
import hashlib
import json
import os
import re
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from referral_desk.errors import DeskDamaged, DeskNewer, DiskFull, NoDesk
from referral_desk.vault.derivation import KEY_LENGTH
from referral_desk.vault.grants import GRANT_LENGTH
from referral_desk.vault.slots import ID_LENGTH, NONCE_LENGTH, SEALED_LENGTH, Cost, Slot

FILE_NAME = "store.rdk"
FORMAT = 1
FIRST_DATABASE = "data-0001.db"
DATABASE_NAME = re.compile(r"data-[0-9]{4}\.db")
HIGHEST_NUMBER = 2**31 - 1
LARGEST = 64 * 1024
MOST_SLOTS = 64
# Every different cost is one more Argon2id run per attempt.
MOST_COSTS = 4

# An antivirus may hold a new file on Windows for a moment.
ATTEMPTS = 10
PAUSE_SECONDS = 0.1

FILE_FIELDS = frozenset({"format", "salt", "database", "generation", "slots", "check"})
SLOT_FIELDS = frozenset({"id", "cost", "commitment", "nonce", "sealed", "public_key", "database_grant"})
COST_FIELDS = frozenset({"memory_kib", "passes", "lanes"})


@dataclass(frozen=True)
class KeyFile:
    """What the file says; the slots stand in the order of their random ids, so the order tells nothing."""

    store_salt: bytes
    database: str  # a file name beside the key file, never a path
    generation: int  # one more with every change of the key file
    slots: tuple[Slot, ...]


def in_order(slots: tuple[Slot, ...]) -> tuple[Slot, ...]:
    """Return the slots as a key file holds them."""
    return tuple(sorted(slots, key=lambda slot: slot.id))


def previous(path: Path) -> Path:
    """Return where `write` keeps the key file that it replaced."""
    return path.with_name(path.name + ".1")


def read(path: Path) -> KeyFile:
    """Read and check a key file.

    NoDesk if there is none, DeskDamaged if anything in it is not as it was written, DeskNewer if a
    newer program wrote it.
    """
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except (FileNotFoundError, NotADirectoryError):
        raise NoDesk(folder=path.parent) from None
    except OSError:
        raise DeskDamaged from None
    return parsed(content)


def write(path: Path, keyfile: KeyFile) -> None:
    """Replace the key file in one step and keep the former one as `.1`.

    DiskFull or another OSError leaves the former one in force; a ValueError, before anything is
    touched, for a key file that could not be read back.
    """
    content = rendered(keyfile)
    try:
        if path.exists():
            _replace(previous(path), path.read_bytes())
        _replace(path, content)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise DiskFull from None
        raise


def rendered(keyfile: KeyFile) -> bytes:
    """Return the bytes of a key file; a ValueError if they could not be read back."""
    fields = {
        "format": FORMAT,
        "salt": keyfile.store_salt.hex(),
        "database": keyfile.database,
        "generation": keyfile.generation,
        "slots": [_slot_fields(slot) for slot in keyfile.slots],
    }
    content = json.dumps(fields | {"check": _check(fields)}, indent=1).encode() + b"\n"
    try:
        parsed(content)
    except DeskDamaged:
        raise ValueError("a key file that could not be read back") from None
    return content


def parsed(content: bytes) -> KeyFile:
    """Return the key file in these bytes; DeskDamaged and DeskNewer as from `read`."""
    if len(content) > LARGEST:
        raise DeskDamaged
    try:
        fields = json.loads(content.decode("ascii"))
    except (ValueError, RecursionError):
        raise DeskDamaged from None
    if not isinstance(fields, dict) or fields.get("check") != _check(fields):
        raise DeskDamaged
    # The check sum is the same in every format and comes first, so that a flipped bit is no newer format.
    if _number(fields.get("format")) > FORMAT:
        raise DeskNewer
    return _keyfile(fields)


def _keyfile(fields: dict[str, Any]) -> KeyFile:
    slots = fields.get("slots")
    if fields.keys() != FILE_FIELDS or not isinstance(slots, list):
        raise DeskDamaged
    read_slots = tuple(_slot(slot) for slot in slots)
    ids = [slot.id for slot in read_slots]
    if not 1 <= len(ids) <= MOST_SLOTS or ids != sorted(set(ids)):
        raise DeskDamaged
    if len({slot.cost for slot in read_slots}) > MOST_COSTS:
        raise DeskDamaged
    return KeyFile(
        store_salt=_bytes(fields["salt"], KEY_LENGTH),
        database=_database(fields["database"]),
        generation=_number(fields["generation"]),
        slots=read_slots,
    )


def _slot(fields: object) -> Slot:
    if not isinstance(fields, dict) or fields.keys() != SLOT_FIELDS:
        raise DeskDamaged
    return Slot(
        id=_bytes(fields["id"], ID_LENGTH).hex(),
        cost=_cost(fields["cost"]),
        commitment=_bytes(fields["commitment"], KEY_LENGTH),
        nonce=_bytes(fields["nonce"], NONCE_LENGTH),
        sealed=_bytes(fields["sealed"], SEALED_LENGTH),
        public_key=_bytes(fields["public_key"], KEY_LENGTH),
        database_grant=_bytes(fields["database_grant"], GRANT_LENGTH),
    )


def _slot_fields(slot: Slot) -> dict[str, object]:
    cost = slot.cost
    return {
        "id": slot.id,
        "cost": {"memory_kib": cost.memory_kib, "passes": cost.passes, "lanes": cost.lanes},
        "commitment": slot.commitment.hex(),
        "nonce": slot.nonce.hex(),
        "sealed": slot.sealed.hex(),
        "public_key": slot.public_key.hex(),
        "database_grant": slot.database_grant.hex(),
    }


def _cost(fields: object) -> Cost:
    if not isinstance(fields, dict) or fields.keys() != COST_FIELDS:
        raise DeskDamaged
    return Cost(_number(fields["memory_kib"]), _number(fields["passes"]), _number(fields["lanes"]))


def _bytes(value: object, length: int) -> bytes:
    # fromhex alone would take white space and capitals.
    if not isinstance(value, str) or not re.fullmatch(f"[0-9a-f]{{{2 * length}}}", value):
        raise DeskDamaged
    return bytes.fromhex(value)


def _number(value: object) -> int:
    # The type itself, because True is an int.
    if type(value) is not int or not 1 <= value <= HIGHEST_NUMBER:
        raise DeskDamaged
    return value


def _database(value: object) -> str:
    if not isinstance(value, str) or not DATABASE_NAME.fullmatch(value):
        raise DeskDamaged
    return value


def _check(fields: dict[str, Any]) -> str:
    checked = {name: value for name, value in fields.items() if name != "check"}
    text = json.dumps(checked, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _replace(path: Path, content: bytes) -> None:
    new = path.with_name(path.name + ".new")
    new.unlink(missing_ok=True)
    with open(new, "xb", opener=_private) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    _persistently(new, path)
    _sync_folder(path.parent)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _persistently(new: Path, path: Path, attempts: int = ATTEMPTS) -> None:
    try:
        new.replace(path)
    except PermissionError:
        if attempts == 1:
            raise
        time.sleep(PAUSE_SECONDS)
        _persistently(new, path, attempts - 1)


def _sync_folder(folder: Path) -> None:
    # A rename is durable once its folder is; Windows cannot open folders and journals renames itself.
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
