"""Changes of a key file: who comes, who goes, who types something else, and a new database key for all who stay.

Each function returns the next key file and writes nothing; `keyfile.write` is the commit point.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from referral_desk.vault.grants import grant
from referral_desk.vault.keyfile import DATABASE_NAME, KeyFile, in_order
from referral_desk.vault.opening import PURPOSE
from referral_desk.vault.slots import Cost, Slot, make_slot, open_slot


def with_slot(keyfile: KeyFile, slot: Slot) -> KeyFile:
    """Return the key file with one slot more, or with this one in place of the one of its id."""
    others = tuple(one for one in keyfile.slots if one.id != slot.id)
    return replace(keyfile, slots=in_order((*others, slot)), generation=keyfile.generation + 1)


def with_changed_passphrase(
    keyfile: KeyFile, *, login: str, passphrase: str, new: str, role: str, cost: Cost
) -> KeyFile:
    """Return the key file with one's own secret under another passphrase; pair, role and grants stay.

    The cost is never lowered. WrongPassphrase if the present one opens no slot; whether the new one is strong enough
    is asked before.
    """
    salt = keyfile.store_salt
    opened = open_slot(keyfile.slots, passphrase=passphrase, login=login, store_salt=salt)
    again = make_slot(
        opened.user_secret,
        slot_id=opened.slot.id,
        role=opened.role or role,
        passphrase=new,
        login=login,
        store_salt=salt,
        cost=max(cost, opened.slot.cost),
        database_grant=opened.slot.database_grant,
    )
    return with_slot(keyfile, again)


def regranted(keyfile: KeyFile, *, database: str, database_key: bytes, public_keys: Mapping[str, bytes]) -> KeyFile:
    """Return the key file of another database; a slot without a public key here is dropped.

    `public_keys`, by slot id, come from verified member rows.
    """
    slots = tuple(
        _granted(slot, public_keys[slot.id], database_key, keyfile.store_salt)
        for slot in keyfile.slots
        if slot.id in public_keys
    )
    return replace(keyfile, database=database, slots=slots, generation=keyfile.generation + 1)


def next_database(taken: Iterable[str]) -> str:
    """Return the first file name of a database after all those that are taken."""
    numbers = [int(name[5:9]) for name in taken if DATABASE_NAME.fullmatch(name)]
    return f"data-{max(numbers, default=0) % 9999 + 1:04d}.db"


def _granted(slot: Slot, public_key: bytes, database_key: bytes, store_salt: bytes) -> Slot:
    granted = grant(database_key, public_key, purpose=PURPOSE, store_salt=store_salt)
    return replace(slot, database_grant=granted)
