"""Making the keys of a desk, and the two ways of opening one: a passphrase or the recovery key."""

from dataclasses import dataclass, field
from typing import NamedTuple

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from referral_desk.errors import DeskDamaged, NotEntitled, WeakPassphrase, WrongPassphrase, WrongRecoveryKey
from referral_desk.vault.derivation import new_key
from referral_desk.vault.grants import accept, exchange_key, grant, public_bytes, signing_key
from referral_desk.vault.keyfile import FIRST_DATABASE, KeyFile, in_order
from referral_desk.vault.passphrases import parsed_recovery_key, strong_enough
from referral_desk.vault.slots import Cost, Slot, make_slot, new_slot_id, open_slot

PURPOSE = "database"


@dataclass(frozen=True)
class OpenedKeys:
    """What a person holds after opening a desk; the identity key is granted to them inside the database."""

    slot_id: str
    store_salt: bytes
    public_key: bytes
    private_key: X25519PrivateKey = field(repr=False)
    signing_key: Ed25519PrivateKey = field(repr=False)
    database_key: bytes = field(repr=False)


class NewDesk(NamedTuple):
    """A key file not yet written, and both ways into it: each needs its member row."""

    keyfile: KeyFile
    founder: OpenedKeys
    recovery: OpenedKeys


def create(passphrase: str, *, login: str, recovery_key: str, cost: Cost) -> NewDesk:
    """Make the keys of a new desk with one person's slot and the recovery slot; writes nothing.

    WeakPassphrase for a weak passphrase, WrongRecoveryKey for a text that can be no recovery key.
    """
    if not strong_enough(passphrase):
        raise WeakPassphrase
    spare_passphrase = parsed_recovery_key(recovery_key)
    store_salt, database_key = new_key(), new_key()
    own, founder = entry(passphrase, login=login, store_salt=store_salt, cost=cost, database_key=database_key)
    spare, recovery = entry(spare_passphrase, login="", store_salt=store_salt, cost=cost, database_key=database_key)
    return NewDesk(KeyFile(store_salt, FIRST_DATABASE, 1, in_order((own, spare))), founder, recovery)


def open_with_passphrase(keyfile: KeyFile, *, login: str, passphrase: str) -> OpenedKeys:
    """Open the slot of a login code and passphrase: about a second, best run in a thread.

    WrongPassphrase if there is no such slot, DeskDamaged if there is but it is broken.
    """
    salt = keyfile.store_salt
    slot, user_secret = open_slot(keyfile.slots, passphrase=passphrase, login=login, store_salt=salt)
    try:
        database_key = accept(slot.database_grant, exchange_key(user_secret), purpose=PURPOSE, store_salt=salt)
    except NotEntitled:
        # Every slot holds its own grant: somebody else's in it is damage.
        raise DeskDamaged from None
    return _opened(slot.id, user_secret, salt, database_key)


def open_with_recovery(keyfile: KeyFile, recovery_key: str) -> OpenedKeys:
    """Open the recovery slot with the key as someone typed it.

    WrongRecoveryKey if it opens none, at once if a check character is wrong; DeskDamaged if the
    slot is broken.
    """
    try:
        return open_with_passphrase(keyfile, login="", passphrase=parsed_recovery_key(recovery_key))
    except WrongPassphrase:
        raise WrongRecoveryKey from None


def raw_key_pragma(database_key: bytes) -> str:
    """Return the statement that gives SQLCipher a raw key: the first one on every connection."""
    return f"PRAGMA key = \"x'{database_key.hex()}'\""


def entry(
    passphrase: str, *, login: str, store_salt: bytes, cost: Cost, database_key: bytes, slot_id: str = ""
) -> tuple[Slot, OpenedKeys]:
    """Return a new pair in a slot of its own, or in place of the pair in the slot of that id."""
    user_secret, id_ = new_key(), slot_id or new_slot_id()
    public_key = public_bytes(exchange_key(user_secret))
    slot = make_slot(
        user_secret,
        slot_id=id_,
        passphrase=passphrase,
        login=login,
        store_salt=store_salt,
        cost=cost,
        database_grant=grant(database_key, public_key, purpose=PURPOSE, store_salt=store_salt),
    )
    return slot, _opened(id_, user_secret, store_salt, database_key)


def _opened(slot_id: str, user_secret: bytes, store_salt: bytes, database_key: bytes) -> OpenedKeys:
    private_key = exchange_key(user_secret)
    return OpenedKeys(
        slot_id=slot_id,
        store_salt=store_salt,
        public_key=public_bytes(private_key),
        private_key=private_key,
        signing_key=signing_key(user_secret),
        database_key=database_key,
    )
