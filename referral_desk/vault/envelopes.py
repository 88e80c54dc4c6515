"""Figures on their way between organisations: signed so that nobody can forge them, and sealed where they are exact.

Each desk has one secret for this. From it come a pair for signing (Ed25519) and a pair to which others seal (X25519);
both public keys together are the desk's identity, 64 bytes. A signature covers `rd1/figures/<kind>`, a zero byte and
the text. What is sealed is HPKE (RFC 9180, the suite of grants; single shot) over a four-byte length, the text and
zeros up to a multiple of 4,096 bytes: how many figures there are and how long they are would otherwise show.
"""

import hashlib
from collections.abc import Sequence

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

from referral_desk.errors import ForgedFile, SealedForAnother
from referral_desk.vault.derivation import derived
from referral_desk.vault.grants import SUITE, exchange_key, signing_key

IDENTITY_LENGTH = 64
LENGTH_BYTES = 4
PADDED_TO = 4096
WORDS = 6
"""Of 7,776 words each: 77 bits, which nobody finds another desk for."""


def identity(secret: bytes) -> bytes:
    """Return what others know a desk by: the public key that checks its signatures, then the one that seals to it."""
    return signing_key(secret).public_key().public_bytes_raw() + exchange_key(secret).public_key().public_bytes_raw()


def is_identity(public: bytes) -> bool:
    """Tell whether 64 bytes can be an identity; on the second half nothing could be sealed otherwise."""
    return len(public) == IDENTITY_LENGTH and any(public[:32]) and any(public[32:])


def spoken(public: bytes, words: Sequence[str]) -> tuple[str, ...]:
    """Return six words by which two people compare an identity on the phone; another one has others."""
    digest = hashlib.sha256(b"rd1/figures/identity/" + public).digest()
    number = int.from_bytes(digest, "big")
    return tuple(words[number // len(words) ** place % len(words)] for place in range(WORDS))


def signed(text: bytes, secret: bytes, *, kind: str) -> bytes:
    """Return the 64 bytes that say that this desk made the text, as this kind of file and no other."""
    return signing_key(secret).sign(_message(text, kind))


def check(text: bytes, signature: bytes, public: bytes, *, kind: str) -> None:
    """Raise ForgedFile unless the desk of this identity signed the text as this kind of file."""
    try:
        Ed25519PublicKey.from_public_bytes(public[:32]).verify(signature, _message(text, kind))
    except (InvalidSignature, ValueError):
        raise ForgedFile from None


def sealed(text: bytes, public: bytes, *, context: bytes) -> bytes:
    """Return the text so that only the desk of this identity reads it, and only in this context."""
    counted = len(text).to_bytes(LENGTH_BYTES, "big") + text
    padded = counted + bytes(-len(counted) % PADDED_TO)
    try:
        return SUITE.encrypt(padded, X25519PublicKey.from_public_bytes(public[32:]), _info(context))
    except ValueError:
        raise ForgedFile from None


def opened(block: bytes, secret: bytes, *, context: bytes) -> bytes:
    """Return the text; SealedForAnother if it was sealed to another desk, in another context, or altered since."""
    try:
        padded = SUITE.decrypt(block, exchange_key(secret), _info(context))
    except (InvalidTag, ValueError):
        raise SealedForAnother from None
    end = LENGTH_BYTES + int.from_bytes(padded[:LENGTH_BYTES], "big")
    if end > len(padded):
        raise SealedForAnother
    return padded[LENGTH_BYTES:end]


def digest(text: bytes) -> str:
    """Return a name for a text that no other text has: SHA-256 in hexadecimal."""
    return hashlib.sha256(text).hexdigest()


def purpose_key(secret: bytes, purpose: str) -> bytes:
    """Return a key of 32 bytes for something else that goes with the same secret."""
    return derived(secret, f"figures/{purpose}")


def _message(text: bytes, kind: str) -> bytes:
    return b"rd1/figures/" + kind.encode() + b"\0" + text


def _info(context: bytes) -> bytes:
    return b"rd1/figures/sealed/" + hashlib.sha256(context).digest()
