"""The key file of an open desk, read and replaced."""

from __future__ import annotations

import hmac
from dataclasses import replace

from sqlalchemy.orm import Session

from referral_desk.errors import DeskDamaged
from referral_desk.store import folder as places
from referral_desk.store import roster
from referral_desk.store.desk import Desk
from referral_desk.vault import keyfile, members
from referral_desk.vault.keyfile import KeyFile
from referral_desk.vault.opening import OpenedKeys


def read(desk: Desk) -> KeyFile:
    return keyfile.read(places.key_file(desk.folder))


def write(desk: Desk, changed: KeyFile) -> None:
    """Put a key file around the same store in force.

    Comes last in a piece of work: if it fails nothing is kept, and what follows is one commit. If that fails, because
    the disk is full, the former key file is in force again.
    """
    path, former = places.key_file(desk.folder), desk.generation

    def put_back() -> None:
        keyfile.put_back(path)
        desk.generation = former

    changed = replace(changed, generation=former + 1)
    keyfile.write(path, changed)
    desk.generation = changed.generation
    desk.undo.append(put_back)


def forget_former(desk: Desk) -> None:
    """Leave nothing in the folder that a former passphrase opens."""
    keyfile.forget_previous(places.key_file(desk.folder))


def check_opens(desk: Desk, opened: OpenedKeys, session: Session) -> None:
    """DeskDamaged unless these keys open the store in force and the names in it."""
    member, salt = roster.member(roster.row(session, opened.slot_id)), opened.store_salt
    members.identity_key_of(member, opened.private_key, store_salt=salt, role=opened.role)
    if not hmac.compare_digest(opened.database_key, desk.keys.database_key):
        raise DeskDamaged
