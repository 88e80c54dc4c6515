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

    Comes last in a piece of work: if it fails nothing is kept, and what follows is one commit.
    """
    changed = replace(changed, generation=desk.generation + 1)
    keyfile.write(places.key_file(desk.folder), changed)
    desk.generation = changed.generation


def check_opens(desk: Desk, opened: OpenedKeys, session: Session) -> None:
    """DeskDamaged unless these keys open the store in force and the names in it."""
    member = roster.member(roster.row(session, opened.slot_id))
    members.identity_key_of(member, opened.private_key, store_salt=opened.store_salt)
    if not hmac.compare_digest(opened.database_key, desk.keys.database_key):
        raise DeskDamaged
