"""Slots: a person's secret under a passphrase, without a word about whose it is.

All slots look alike, the recovery key's too. The login code enters the salt, so one Argon2id run
per attempt serves the whole file, and one guess tests one person only. The commitment is compared
before anything is decrypted: it tells a wrong passphrase from a damaged slot, and AES-GCM
by itself would not bind a slot to one key.
"""

import hashlib
import hmac
import secrets
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from referral_desk.errors import DeskDamaged, WrongPassphrase
from referral_desk.vault.derivation import KEY_LENGTH, derived
from referral_desk.vault.grants import exchange_key, public_bytes
from referral_desk.vault.passphrases import normalised_login, normalised_passphrase

MEMORY_KIB = range(64 * 1024, 1024 * 1024 + 1)
PASSES = range(2, 11)
LANES = range(1, 17)
CALIBRATED_MIB = (128, 256, 512)

ID_LENGTH = 16
NONCE_LENGTH = 12
SEALED_LENGTH = KEY_LENGTH + 16


@dataclass(frozen=True, order=True)
class Cost:
    """How hard Argon2id works; DeskDamaged outside the bounds.

    The bounds hold on reading: an altered file must neither weaken a slot nor hang the program.
    """

    memory_kib: int
    passes: int
    lanes: int

    def __post_init__(self) -> None:
        """Refuse what no desk was ever made with."""
        if self.memory_kib not in MEMORY_KIB or self.passes not in PASSES or self.lanes not in LANES:
            raise DeskDamaged


FLOOR = Cost(memory_kib=64 * 1024, passes=3, lanes=4)


@dataclass(frozen=True)
class Slot:
    """One way in: `sealed` is the user secret under the passphrase, `database_grant` the database key."""

    id: str  # 32 hexadecimal digits, random; also names the row of the member
    cost: Cost
    commitment: bytes
    nonce: bytes
    sealed: bytes = field(repr=False)
    public_key: bytes
    database_grant: bytes = field(repr=False)


def calibrated(seconds: float = 1.2) -> Cost:
    """Return the largest of 64, 128, 256 and 512 MiB that this machine stretches in so many seconds."""
    chosen = FLOOR
    for mebibytes in CALIBRATED_MIB:
        cost = Cost(memory_kib=mebibytes * 1024, passes=FLOOR.passes, lanes=FLOOR.lanes)
        if _seconds_taken(cost) > seconds:
            break
        chosen = cost
    return chosen


def new_slot_id() -> str:
    """Return 32 random hexadecimal digits."""
    return secrets.token_hex(ID_LENGTH)


def stretched(passphrase: str, *, login: str, store_salt: bytes, cost: Cost) -> bytes:
    """Return the 32-byte key of a passphrase; takes up to a second and the memory of `cost`."""
    # surrogatepass: what a keyboard should not produce is a wrong passphrase, not a crash.
    material = normalised_passphrase(passphrase).encode("utf-8", "surrogatepass")
    code = normalised_login(login).encode("utf-8", "surrogatepass")
    salt = hashlib.sha256(store_salt + code).digest()
    return _argon2id(material, salt, cost)


def make_slot(
    user_secret: bytes,
    *,
    slot_id: str,
    passphrase: str,
    login: str,
    store_salt: bytes,
    cost: Cost,
    database_grant: bytes,
) -> Slot:
    """Seal a 32-byte user secret under a passphrase; a recovery key is a passphrase with an empty login."""
    key, commitment = _slot_keys(stretched(passphrase, login=login, store_salt=store_salt, cost=cost), slot_id)
    nonce = secrets.token_bytes(NONCE_LENGTH)
    sealed = AESGCM(key).encrypt(nonce, user_secret, _context(slot_id, store_salt))
    public_key = public_bytes(exchange_key(user_secret))
    return Slot(slot_id, cost, commitment, nonce, sealed, public_key, database_grant)


def open_slot(slots: Iterable[Slot], *, passphrase: str, login: str, store_salt: bytes) -> tuple[Slot, bytes]:
    """Return the slot that the passphrase opens, and the user secret in it.

    WrongPassphrase if it opens none, DeskDamaged if it belongs to one that is broken. Slots of
    the same cost share one Argon2id run.
    """

    @cache
    def stretch(cost: Cost) -> bytes:
        return stretched(passphrase, login=login, store_salt=store_salt, cost=cost)

    for slot in sorted(slots, key=lambda slot: slot.cost):
        key, commitment = _slot_keys(stretch(slot.cost), slot.id)
        if hmac.compare_digest(commitment, slot.commitment):
            return slot, _unsealed(slot, key, store_salt)
    raise WrongPassphrase


def _unsealed(slot: Slot, key: bytes, store_salt: bytes) -> bytes:
    try:
        user_secret = AESGCM(key).decrypt(slot.nonce, slot.sealed, _context(slot.id, store_salt))
    except InvalidTag:
        raise DeskDamaged from None
    if public_bytes(exchange_key(user_secret)) != slot.public_key:
        raise DeskDamaged
    return user_secret


def _slot_keys(stretched_key: bytes, slot_id: str) -> tuple[bytes, bytes]:
    both = derived(stretched_key, f"slot/{slot_id}", length=2 * KEY_LENGTH)
    return both[:KEY_LENGTH], both[KEY_LENGTH:]


def _context(slot_id: str, store_salt: bytes) -> bytes:
    return f"rd1/slot/{slot_id}/".encode() + store_salt


def _argon2id(material: bytes, salt: bytes, cost: Cost) -> bytes:
    return Argon2id(
        salt=salt,
        length=KEY_LENGTH,
        iterations=cost.passes,
        lanes=cost.lanes,
        memory_cost=cost.memory_kib,
    ).derive(material)


def _seconds_taken(cost: Cost) -> float:
    begun = time.perf_counter()
    try:
        _argon2id(b"calibration", bytes(KEY_LENGTH), cost)
    except MemoryError:
        return float("inf")
    return time.perf_counter() - begun
