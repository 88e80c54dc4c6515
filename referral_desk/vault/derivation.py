"""Keys made from keys, each for one purpose, so that no key ever serves two."""

import secrets

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_LENGTH = 32


def new_key() -> bytes:
    """Return 32 random bytes: an identity key, a database key or a person's secret."""
    return secrets.token_bytes(KEY_LENGTH)


def derived(key: bytes, purpose: str, *, length: int = KEY_LENGTH) -> bytes:
    """Return `length` bytes by HKDF-SHA256 (no salt) with `rd1/<purpose>` as its info."""
    return HKDF(SHA256(), length=length, salt=None, info=f"rd1/{purpose}".encode()).derive(key)
