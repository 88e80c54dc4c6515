"""Slots: a person's secret under a passphrase, without a word about whose it is.

All slots look alike, the recovery key's too. The login code enters the salt, so one Argon2id run
per attempt serves the whole file, and one guess tests one person only. The commitment is compared
before anything is decrypted: it tells a wrong passphrase from a damaged slot, and AES-GCM
by itself would not bind a slot to one key.

Beside the secret lies the role, out of reach for everybody else: whoever has the database key can make
a caseworker's row look like a coordinator's, but not her slot.
"""

import hashlib
import hmac
import secrets
import time
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from referral_desk.errors import DeskDamaged, WrongPassphrase
from referral_desk.vault.derivation import KEY_LENGTH, derived
from referral_desk.vault.passphrases import normalised_login, normalised_passphrase

MEMORY_KIB = range(64 * 1024, 1024 * 1024 + 1)
PASSES = range(2, 11)
LANES = range(1, 17)
CALIBRATED_MIB = (128, 256, 512)

ID_LENGTH = 16
NONCE_LENGTH = 12
TAG_LENGTH = 16
ROLE_LENGTH = 32
SEALED_LENGTH = KEY_LENGTH + ROLE_LENGTH + TAG_LENGTH
FORMER_SEALED_LENGTH = KEY_LENGTH + TAG_LENGTH
"""A slot of the first format, which holds no role."""


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
    """One way in: `sealed` is secret and role under the passphrase, `database_grant` the database key."""

    id: str  # 32 hexadecimal digits, random; also names the row of the member
    cost: Cost
    commitment: bytes
    nonce: bytes
    sealed: bytes = field(repr=False)
    database_grant: bytes = field(repr=False)

    @property
    def is_former(self) -> bool:
        """Whether it is of the first format and holds no role."""
        return len(self.sealed) == FORMER_SEALED_LENGTH


@dataclass(frozen=True)
class OpenedSlot:
    """What a passphrase finds. `role` is empty in a slot of the first format; `key` seals it anew."""

    slot: Slot
    role: str
    user_secret: bytes = field(repr=False)
    key: bytes = field(repr=False)


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


def make_slot(  # noqa: PLR0913 - all that a slot is made of
    user_secret: bytes,
    *,
    slot_id: str,
    role: str,
    passphrase: str,
    login: str,
    store_salt: bytes,
    cost: Cost,
    database_grant: bytes,
) -> Slot:
    """Seal a 32-byte user secret and a role under a passphrase; a recovery key is one with an empty login."""
    key, commitment = _slot_keys(stretched(passphrase, login=login, store_salt=store_salt, cost=cost), slot_id)
    empty = Slot(slot_id, cost, commitment, b"", b"", database_grant)
    return _sealed(empty, key, user_secret + _padded(role), store_salt)


def with_role(opened: OpenedSlot, role: str, *, store_salt: bytes) -> Slot:
    """Return a slot of the first format with its role in it; everything else stays."""
    return _sealed(opened.slot, opened.key, opened.user_secret + _padded(role), store_salt)


def open_slot(slots: Iterable[Slot], *, passphrase: str, login: str, store_salt: bytes) -> OpenedSlot:
    """Return the slot that the passphrase opens, and what is in it.

    WrongPassphrase if it opens none, DeskDamaged if it belongs to one that is broken. Slots of
    the same cost share one Argon2id run.
    """

    @cache
    def stretch(cost: Cost) -> bytes:
        return stretched(passphrase, login=login, store_salt=store_salt, cost=cost)

    for slot in sorted(slots, key=lambda slot: slot.cost):
        key, commitment = _slot_keys(stretch(slot.cost), slot.id)
        if hmac.compare_digest(commitment, slot.commitment):
            return _opened(slot, key, store_salt)
    raise WrongPassphrase


def _opened(slot: Slot, key: bytes, store_salt: bytes) -> OpenedSlot:
    try:
        content = AESGCM(key).decrypt(slot.nonce, slot.sealed, _context(slot.id, store_salt))
    except InvalidTag:
        raise DeskDamaged from None
    user_secret, role = content[:KEY_LENGTH], content[KEY_LENGTH:]
    if role and not role.strip(b"\0"):
        raise DeskDamaged
    return OpenedSlot(slot, role.rstrip(b"\0").decode("ascii", "replace"), user_secret, key)


def _sealed(slot: Slot, key: bytes, content: bytes, store_salt: bytes) -> Slot:
    nonce = secrets.token_bytes(NONCE_LENGTH)
    return replace(slot, nonce=nonce, sealed=AESGCM(key).encrypt(nonce, content, _context(slot.id, store_salt)))


def _padded(role: str) -> bytes:
    """All roles in the same length; a ValueError for one that does not fit, or for none."""
    written = role.encode("ascii")
    if not 1 <= len(written) <= ROLE_LENGTH:
        raise ValueError("a role of 1 to 32 letters")
    return written.ljust(ROLE_LENGTH, b"\0")


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
