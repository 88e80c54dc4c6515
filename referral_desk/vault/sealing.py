"""Sealed answers: one block per record, readable with the identity key only.

A block is one version byte, four bytes that name the key, a 96-bit random nonce, and AES-256-GCM over
a four-byte length, the plaintext and zeros up to a multiple of 128 bytes: the length of a name would
otherwise show. The associated data is `rd1/<kind>/<record id>/<revision>`, stable codes only, because
migrations rename tables and columns.
"""

import secrets
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from referral_desk.errors import DeskDamaged, NotEntitled
from referral_desk.vault.derivation import derived

VERSION = b"\x01"
KEY_ID_LENGTH = 4
NONCE_LENGTH = 12
TAG_LENGTH = 16
LENGTH_BYTES = 4
PADDED_TO = 128

NONCE_AT = len(VERSION) + KEY_ID_LENGTH
CIPHERTEXT_AT = NONCE_AT + NONCE_LENGTH
SHORTEST = CIPHERTEXT_AT + PADDED_TO + TAG_LENGTH


class Seal:
    """The identity key in force: keeps the derived key, so that opening 100,000 blocks takes a second."""

    def __init__(self, identity_key: bytes) -> None:
        """Derive once what every block needs."""
        self._cipher = AESGCM(derived(identity_key, "records"))
        self._header = VERSION + derived(identity_key, "key-id", length=KEY_ID_LENGTH)

    def seal(self, plaintext: bytes, *, kind: str, record_id: UUID, revision: int) -> bytes:
        """Return a block of 33 bytes more than the padded plaintext, bound to kind, record and revision."""
        nonce = secrets.token_bytes(NONCE_LENGTH)
        context = _context(kind, record_id, revision)
        return self._header + nonce + self._cipher.encrypt(nonce, _padded(plaintext), context)

    def unseal(self, block: bytes, *, kind: str, record_id: UUID | str, revision: int) -> bytes:
        """Return the plaintext; an id may be given as it is written, with its dashes.

        NotEntitled if another identity key sealed the block; DeskDamaged if it was altered, cut, or
        belongs to another kind, record or revision.
        """
        if len(block) < SHORTEST or not block.startswith(self._header):
            self._refuse(block)
        try:
            padded = self._cipher.decrypt(
                block[NONCE_AT:CIPHERTEXT_AT], block[CIPHERTEXT_AT:], _context(kind, record_id, revision)
            )
        except InvalidTag:
            raise DeskDamaged from None
        return _unpadded(padded)

    def _refuse(self, block: bytes) -> None:
        """Say what a block is that no key of ours can open."""
        raise DeskDamaged if len(block) < SHORTEST or not block.startswith(VERSION) else NotEntitled


def _context(kind: str, record_id: UUID | str, revision: int) -> bytes:
    return f"rd1/{kind}/{record_id}/{revision}".encode("ascii")


def _padded(plaintext: bytes) -> bytes:
    counted = len(plaintext).to_bytes(LENGTH_BYTES, "big") + plaintext
    return counted + bytes(-len(counted) % PADDED_TO)


def _unpadded(padded: bytes) -> bytes:
    end = LENGTH_BYTES + int.from_bytes(padded[:LENGTH_BYTES], "big")
    if end > len(padded):
        raise DeskDamaged
    return padded[LENGTH_BYTES:end]
