"""Rows of the member table: who holds a slot, in which role, and who may read names.

The MAC matters because page checksums stop outsiders only: a coordinator holds the database key
and could put another public key into a caseworker's row and wait for the next change of keys.
"""

import hmac
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from referral_desk.errors import DeskDamaged, NotEntitled
from referral_desk.vault.grants import accept, grant, member_mac, public_bytes

PURPOSE = "identity"


@dataclass(frozen=True)
class Member:
    """One row as it lies in the database; `identity_grant` is None for who may not read names."""

    slot_id: str
    public_key: bytes
    role: str
    identity_grant: bytes | None = field(repr=False)
    mac: bytes = field(repr=False)


def make_member(
    identity_key: bytes,
    *,
    slot_id: str,
    public_key: bytes,
    role: str,
    reads_names: bool,
    store_salt: bytes,
) -> Member:
    """Return a row with its MAC, and with a grant of the identity key for who reads names."""
    granted = grant(identity_key, public_key, purpose=PURPOSE, store_salt=store_salt) if reads_names else None
    mac = member_mac(identity_key, _row(slot_id, public_key, role, granted))
    return Member(slot_id, public_key, role, granted, mac)


def identity_key_of(member: Member, private_key: X25519PrivateKey, *, store_salt: bytes) -> bytes:
    """Return the identity key granted in the row.

    NotEntitled without a grant or with another person's row; DeskDamaged if grant or MAC is broken.
    """
    if member.identity_grant is None or member.public_key != public_bytes(private_key):
        raise NotEntitled
    identity_key = accept(member.identity_grant, private_key, purpose=PURPOSE, store_salt=store_salt)
    verify_member(identity_key, member)
    return identity_key


def verify_member(identity_key: bytes, member: Member) -> None:
    """Raise DeskDamaged unless someone who reads names made this row; grant nothing to a row before that."""
    row = _row(member.slot_id, member.public_key, member.role, member.identity_grant)
    if not hmac.compare_digest(member_mac(identity_key, row), member.mac):
        raise DeskDamaged


def _row(slot_id: str, public_key: bytes, role: str, identity_grant: bytes | None) -> bytes:
    # A length before each part, or the end of one could be passed off as the beginning of the next.
    parts = (slot_id.encode(), public_key, role.encode(), identity_grant or b"")
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)
