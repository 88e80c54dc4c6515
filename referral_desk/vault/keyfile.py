"""The key file of a desk: which database is in force, and the slots that open it.

JSON of at most 64 KiB, replaced in one step: the commit point of every change of keys. Its check sum
finds accidents, not attackers; what an attacker may not change is bound into the slots.

It holds no public key. When keys change, the new ones are granted to those in verified member rows; and whoever has
this file alone cannot undo a grant, not even with a computer that breaks X25519: it takes the public key, too.
"""

import hashlib
import json
import re
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from referral_desk import files
from referral_desk.errors import DeskDamaged, DeskNewer, NoDesk
from referral_desk.vault.derivation import KEY_LENGTH
from referral_desk.vault.grants import GRANT_LENGTH
from referral_desk.vault.slots import FORMER_SEALED_LENGTH, ID_LENGTH, NONCE_LENGTH, SEALED_LENGTH, Cost, Slot

FILE_NAME = "store.rdk"
FORMAT = 2
FIRST_FORMAT = 1
"""Its slots hold no role. They are read, and get theirs when their members open the desk."""
FIRST_DATABASE = "data-0001.db"
DATABASE_NAME = re.compile(r"data-[0-9]{4}\.db")
HIGHEST_NUMBER = 2**31 - 1
LARGEST = 64 * 1024
MOST_SLOTS = 64
# Every different cost is one more Argon2id run per attempt.
MOST_COSTS = 4

FILE_FIELDS = frozenset({"format", "salt", "database", "generation", "slots", "check"})
SLOT_FIELDS = frozenset({"id", "cost", "commitment", "nonce", "sealed", "database_grant"})
FORMER_SLOT_FIELDS = SLOT_FIELDS | {"public_key"}
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

    DiskFull or UnwritableTarget leave the former one in force; a ValueError, before anything is
    touched, for a key file that could not be read back.
    """
    content = rendered(keyfile)
    if path.exists():
        with files.told_plainly(path):
            former = path.read_bytes()
        files.keep(previous(path), former)
    files.keep(path, content)


def put_back(path: Path) -> None:
    """Put the key file that `write` replaced in force again, which takes no room on the disk. As files.write."""
    with files.told_plainly(path):
        previous(path).replace(path)
        files.sync_folder(path.parent)


def forget_previous(path: Path) -> None:
    """Remove what `write` replaced, once it is certain that it is not needed: a former passphrase opens it."""
    previous(path).unlink(missing_ok=True)
    with suppress(OSError):
        files.sync_folder(path.parent)


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
    read_slot = _former_slot if fields["format"] == FIRST_FORMAT else _slot
    read_slots = tuple(read_slot(slot) for slot in slots)
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


def _former_slot(fields: object) -> Slot:
    """A slot of the first format: the public key in it is forgotten, because only the grant needs it."""
    if not isinstance(fields, dict) or fields.keys() != FORMER_SLOT_FIELDS:
        raise DeskDamaged
    _bytes(fields["public_key"], KEY_LENGTH)
    slot = _slot({name: fields[name] for name in SLOT_FIELDS})
    if not slot.is_former:
        raise DeskDamaged
    return slot


def _slot(fields: object) -> Slot:
    if not isinstance(fields, dict) or fields.keys() != SLOT_FIELDS:
        raise DeskDamaged
    return Slot(
        id=_bytes(fields["id"], ID_LENGTH).hex(),
        cost=_cost(fields["cost"]),
        commitment=_bytes(fields["commitment"], KEY_LENGTH),
        nonce=_bytes(fields["nonce"], NONCE_LENGTH),
        sealed=_bytes(fields["sealed"], SEALED_LENGTH, FORMER_SEALED_LENGTH),
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
        "database_grant": slot.database_grant.hex(),
    }


def _cost(fields: object) -> Cost:
    if not isinstance(fields, dict) or fields.keys() != COST_FIELDS:
        raise DeskDamaged
    return Cost(_number(fields["memory_kib"]), _number(fields["passes"]), _number(fields["lanes"]))


def _bytes(value: object, *lengths: int) -> bytes:
    # fromhex alone would take white space and capitals.
    if not isinstance(value, str) or not re.fullmatch("[0-9a-f]+", value) or len(value) / 2 not in lengths:
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
