"""Rows of the member table: who holds a slot, in which role, and who may read names.

The MAC matters because page checksums stop outsiders only: a coordinator holds the database key
and could put another public key into a caseworker's row and wait for the next change of keys.
"""

import hmac
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from referral_desk.errors import DeskDamaged, NotEntitled
from referral_desk.vault.grants import accept, grant, member_mac, public_bytes

PURPOSE = "identity"

CASEWORKER = "caseworker"
COORDINATOR = "coordinator"
KEEPER = "keeper"
RECOVERY = "recovery"
BACKUP = "backup"
FORMER = "former"
STRONG = frozenset({RECOVERY, BACKUP})
"""Ways in of 77 bits and more, chosen by chance: the only ones in a backup."""
_WITHOUT_NAMES = frozenset({COORDINATOR, KEEPER})
JOINT = "+"
"""Between the roles of one person, as they stand in the row."""
FOUNDER = f"{CASEWORKER}{JOINT}{KEEPER}"


@dataclass(frozen=True)
class Member:
    """One row as it lies in the database; `identity_grant` is None for who may not read names."""

    slot_id: str
    public_key: bytes
    role: str
    identity_grant: bytes | None = field(repr=False)
    mac: bytes = field(repr=False)
    name: str = ""


def make_member(
    identity_key: bytes,
    *,
    slot_id: str,
    public_key: bytes,
    role: str,
    reads_names: bool,
    store_salt: bytes,
    name: str = "",
) -> Member:
    """Return a row with its MAC, and with a grant of the identity key for who reads names."""
    granted = grant(identity_key, public_key, purpose=PURPOSE, store_salt=store_salt) if reads_names else None
    return with_mac(identity_key, Member(slot_id, public_key, role, granted, b"", name))


def with_mac(identity_key: bytes, member: Member) -> Member:
    """Return the row as someone who reads names vouches for it."""
    return replace(member, mac=member_mac(identity_key, _row(member)))


def roles_in(role: str) -> frozenset[str]:
    """Return the roles of one person, who may hold several."""
    return frozenset(role.split(JOINT))


def role_of(roles: Iterable[str]) -> str:
    """Return several roles as they stand in the row."""
    return JOINT.join(sorted(roles))


def identity_key_of(member: Member, private_key: X25519PrivateKey, *, store_salt: bytes, role: str = "") -> bytes:
    """Return the identity key granted in one's own row.

    `role` is what one's own slot says. NotEntitled for one that reads no names. DeskDamaged if the row is not as it
    was made: it is for another pair or role, a grant is missing or somebody else's, or the MAC is broken.
    """
    if member.public_key != public_bytes(private_key) or member.role != (role or member.role):
        raise DeskDamaged
    if member.identity_grant is None:
        raise NotEntitled if roles_in(member.role) <= _WITHOUT_NAMES else DeskDamaged
    try:
        identity_key = accept(member.identity_grant, private_key, purpose=PURPOSE, store_salt=store_salt)
    except NotEntitled:
        raise DeskDamaged from None
    verify_member(identity_key, member)
    return identity_key


def verify_member(identity_key: bytes, member: Member) -> None:
    """Raise DeskDamaged unless someone who reads names made this row; grant nothing to a row before that."""
    if not is_genuine(identity_key, member):
        raise DeskDamaged


def is_genuine(identity_key: bytes, member: Member) -> bool:
    """Tell whether someone who reads names made this row."""
    return hmac.compare_digest(member_mac(identity_key, _row(member)), member.mac)


def _row(member: Member) -> bytes:
    # A length before each part, or the end of one could be passed off as the beginning of the next. Rows
    # without a name are as they were before rows had any.
    parts = [member.slot_id.encode(), member.public_key, member.role.encode(), member.identity_grant or b""]
    if member.name:
        parts.append(member.name.encode())
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)
