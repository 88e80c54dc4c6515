"""Making the keys of a desk, and the two ways of opening one: a passphrase or the recovery key."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from referral_desk.errors import DeskDamaged, NotEntitled, WeakPassphrase, WrongPassphrase, WrongRecoveryKey
from referral_desk.vault.derivation import new_key
from referral_desk.vault.grants import accept, exchange_key, grant, public_bytes, signing_key
from referral_desk.vault.keyfile import FIRST_DATABASE, KeyFile, in_order
from referral_desk.vault.members import FOUNDER, RECOVERY
from referral_desk.vault.passphrases import is_recovery_key, parsed_recovery_key, strong_enough
from referral_desk.vault.slots import Cost, OpenedSlot, Slot, make_slot, new_slot_id, open_slot, with_role

PURPOSE = "database"


@dataclass(frozen=True)
class OpenedKeys:
    """What a person holds after opening a desk; the identity key is granted to them inside the database.

    `role` is what the slot says; one of the first format says nothing, and `bound` returns it with a role.
    """

    slot_id: str
    store_salt: bytes
    public_key: bytes
    role: str
    private_key: X25519PrivateKey = field(repr=False)
    signing_key: Ed25519PrivateKey = field(repr=False)
    database_key: bytes = field(repr=False)
    bound: Callable[[str], Slot] | None = field(default=None, repr=False, compare=False)


class NewDesk(NamedTuple):
    """A key file not yet written, and both ways into it: each needs its member row."""

    keyfile: KeyFile
    founder: OpenedKeys
    recovery: OpenedKeys


def create(passphrase: str, *, login: str, recovery_key: str, cost: Cost, about: Iterable[str] = ()) -> NewDesk:
    """Make the keys of a new desk with one person's slot and the recovery slot; writes nothing.

    `about` is what others know of desk and person. WeakPassphrase for a weak passphrase, WrongRecoveryKey for a text
    that can be no recovery key.
    """
    if not strong_enough(passphrase, about=about):
        raise WeakPassphrase
    spare_passphrase = parsed_recovery_key(recovery_key)
    store_salt, database_key = new_key(), new_key()
    enter = partial(entry, store_salt=store_salt, cost=cost, database_key=database_key)
    own, founder = enter(passphrase, login=login, role=FOUNDER)
    spare, recovery = enter(spare_passphrase, login="", role=RECOVERY)
    return NewDesk(KeyFile(store_salt, FIRST_DATABASE, 1, in_order((own, spare))), founder, recovery)


def open_with_passphrase(keyfile: KeyFile, *, login: str, passphrase: str) -> OpenedKeys:
    """Open the slot of a login code and passphrase: about a second, best run in a thread.

    WrongPassphrase if there is no such slot, DeskDamaged if there is but it is broken.
    """
    salt = keyfile.store_salt
    found = open_slot(keyfile.slots, passphrase=passphrase, login=login, store_salt=salt)
    private_key = exchange_key(found.user_secret)
    try:
        database_key = accept(found.slot.database_grant, private_key, purpose=PURPOSE, store_salt=salt)
    except NotEntitled:
        # Every slot holds its own grant: somebody else's in it is damage.
        raise DeskDamaged from None
    return _opened(found, salt, database_key)


def open_with_recovery(keyfile: KeyFile, recovery_key: str) -> OpenedKeys:
    """Open the recovery slot with the key as someone typed it.

    WrongRecoveryKey if it opens none, at once if a check character is wrong; DeskDamaged if the
    slot is broken.
    """
    try:
        return open_with_passphrase(keyfile, login="", passphrase=parsed_recovery_key(recovery_key))
    except WrongPassphrase:
        raise WrongRecoveryKey from None


def open_strongly(keyfile: KeyFile, typed: str) -> OpenedKeys:
    """Open a backup with whatever of the two was typed: the recovery key or the backup passphrase.

    WrongRecoveryKey or WrongPassphrase, by what it looks like; DeskDamaged if the slot is broken.
    """
    if is_recovery_key(typed):
        return open_with_recovery(keyfile, typed)
    try:
        return open_with_passphrase(keyfile, login="", passphrase=typed)
    except WrongPassphrase:
        # One recovery key in thirty thousand has no figure in it, and hardly any six words have one.
        if any(sign.isdigit() for sign in typed):
            raise WrongRecoveryKey from None
        raise


def raw_key_pragma(database_key: bytes) -> str:
    """Return the statement that gives SQLCipher a raw key: the first one on every connection."""
    return f"PRAGMA key = \"x'{database_key.hex()}'\""


def entry(
    passphrase: str, *, login: str, role: str, store_salt: bytes, cost: Cost, database_key: bytes, slot_id: str = ""
) -> tuple[Slot, OpenedKeys]:
    """Return a new pair in a slot of its own, or in place of the pair in the slot of that id."""
    user_secret = new_key()
    public_key = public_bytes(exchange_key(user_secret))
    slot = make_slot(
        user_secret,
        slot_id=slot_id or new_slot_id(),
        role=role,
        passphrase=passphrase,
        login=login,
        store_salt=store_salt,
        cost=cost,
        database_grant=grant(database_key, public_key, purpose=PURPOSE, store_salt=store_salt),
    )
    return slot, _opened(OpenedSlot(slot, role, user_secret, b""), store_salt, database_key)


def _opened(found: OpenedSlot, store_salt: bytes, database_key: bytes) -> OpenedKeys:
    private_key = exchange_key(found.user_secret)
    return OpenedKeys(
        slot_id=found.slot.id,
        store_salt=store_salt,
        public_key=public_bytes(private_key),
        role=found.role,
        private_key=private_key,
        signing_key=signing_key(found.user_secret),
        database_key=database_key,
        bound=partial(with_role, found, store_salt=store_salt) if found.slot.is_former else None,
    )
