"""Keys handed to people: each person has a key pair, and a data key is sealed to the public half.

A grant is one version byte, four bytes that name the recipient, and the HPKE ciphertext (RFC 9180:
X25519, HKDF-SHA256, AES-256-GCM; single shot, empty associated data). Handing over needs the
recipient's public key only, so keys can be changed with nobody else present.
"""

import hashlib
import hmac

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from referral_desk.errors import DeskDamaged, NotEntitled
from referral_desk.vault.derivation import KEY_LENGTH, derived

VERSION = b"\x01"
RECIPIENT_LENGTH = 4
HEADER_LENGTH = len(VERSION) + RECIPIENT_LENGTH
GRANT_LENGTH = HEADER_LENGTH + 32 + KEY_LENGTH + 16

SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


def exchange_key(user_secret: bytes) -> X25519PrivateKey:
    """Return the private key with which a person accepts grants."""
    return X25519PrivateKey.from_private_bytes(derived(user_secret, "x25519"))


def signing_key(user_secret: bytes) -> Ed25519PrivateKey:
    """Return the private key with which a person signs what leaves the desk."""
    return Ed25519PrivateKey.from_private_bytes(derived(user_secret, "ed25519"))


def public_bytes(private_key: X25519PrivateKey) -> bytes:
    """Return the 32 bytes to which others seal grants."""
    return private_key.public_key().public_bytes_raw()


def grant(key: bytes, public_key: bytes, *, purpose: str, store_salt: bytes) -> bytes:
    """Return 85 bytes that hand a 32-byte key to one person, for one purpose, in one desk.

    A public key that is no point of use on the curve raises DeskDamaged.
    """
    try:
        recipient = X25519PublicKey.from_public_bytes(public_key)
        sealed = SUITE.encrypt(key, recipient, _info(purpose, store_salt))
    except ValueError:
        raise DeskDamaged from None
    return VERSION + _recipient(public_key) + sealed


def accept(granted: bytes, private_key: X25519PrivateKey, *, purpose: str, store_salt: bytes) -> bytes:
    """Return the granted 32-byte key.

    NotEntitled if it was sealed to somebody else; DeskDamaged if it is broken, or was meant for another
    purpose or desk.
    """
    if len(granted) != GRANT_LENGTH or not granted.startswith(VERSION):
        raise DeskDamaged
    if granted[len(VERSION) : HEADER_LENGTH] != _recipient(public_bytes(private_key)):
        raise NotEntitled
    try:
        return SUITE.decrypt(granted[HEADER_LENGTH:], private_key, _info(purpose, store_salt))
    except (InvalidTag, ValueError):
        raise DeskDamaged from None


def member_mac(identity_key: bytes, row: bytes) -> bytes:
    """Return the 32-byte HMAC-SHA256 of a member row: who cannot read names cannot make a member either."""
    return hmac.digest(derived(identity_key, "members"), row, "sha256")


def _recipient(public_key: bytes) -> bytes:
    return hashlib.sha256(public_key).digest()[:RECIPIENT_LENGTH]


def _info(purpose: str, store_salt: bytes) -> bytes:
    return b"rd1/grant/" + purpose.encode() + b"/" + store_salt
