"""The state of a desk when it was last written: told from an older copy, or from one with a lost log.

One version byte, the generation of the key file in four bytes, a random nonce, and AES-256-GCM under
HKDF(database key, "state") over 49 bytes: the numbers of changes and of journal entries would tell a thief how much
there is. It finds accidents: whoever puts back an older file puts back an older state with it.
"""

import secrets
import struct
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from referral_desk.vault.derivation import derived

FILE_NAME = "state.rds"
VERSION = b"\x01"
NONCE_LENGTH = 12
HEADER_LENGTH = len(VERSION) + 4
CONTENT = struct.Struct(">QQ?32s")


@dataclass(frozen=True)
class State:
    """`change` counts transactions, `entries` journal entries; `head` is the hash of the last, in hexadecimal."""

    change: int
    entries: int
    head: str
    closed: bool


def sealed_state(state: State, *, database_key: bytes, generation: int) -> bytes:
    """Return the 82 bytes of the file."""
    header, nonce = VERSION + generation.to_bytes(4, "big"), secrets.token_bytes(NONCE_LENGTH)
    content = CONTENT.pack(state.change, state.entries, state.closed, bytes.fromhex(state.head))
    return header + nonce + AESGCM(derived(database_key, "state")).encrypt(nonce, content, _context(header))


def opened_state(content: bytes, *, database_key: bytes, generation: int) -> State | None:
    """Return the state; None where the bytes are damaged or from another generation of the keys."""
    header, nonce = VERSION + generation.to_bytes(4, "big"), content[HEADER_LENGTH : HEADER_LENGTH + NONCE_LENGTH]
    if content[:HEADER_LENGTH] != header or len(nonce) != NONCE_LENGTH:
        return None
    cipher = AESGCM(derived(database_key, "state"))
    try:
        held = cipher.decrypt(nonce, content[HEADER_LENGTH + NONCE_LENGTH :], _context(header))
        change, entries, closed, head = CONTENT.unpack(held)
    except (InvalidTag, struct.error):
        return None
    return State(change, entries, head.hex(), closed)


def _context(header: bytes) -> bytes:
    return b"rd1/state/" + header
