"""A passphrase that opens backups, and the desk, as the recovery key does: six random words are easier to say.

Worth 77 bits and more, because a lost stick may be tried for years. It is no member's and serves beside the recovery
key, never in its place.
"""

from __future__ import annotations

from referral_desk import resources, staff
from referral_desk.errors import NoBackupPassphrase, WeakPassphrase
from referral_desk.journal import Act
from referral_desk.store import Desk, Work, keys, roster
from referral_desk.vault import changing, members
from referral_desk.vault.passphrases import BACKUP_BITS, generated_passphrase, strong_enough
from referral_desk.vault.slots import Cost, Slot


def generated() -> str:
    """Six words by chance, 77 bits: to be shown once, written down and typed back."""
    words = resources.path("words", "english.txt").read_text(encoding="utf-8").split()
    return generated_passphrase(words, bits=BACKUP_BITS)


def put_in_force(desk: Desk, passphrase: str, *, cost: Cost | None = None) -> tuple[str, ...]:
    """Let this passphrase open every backup made from now on, and the desk; one that was in force opens neither.

    Older backups keep what they were made with. Returns whose row did not verify, as a change of keys does.
    KeeperNeeded or WeakPassphrase.
    """
    identity_key = desk.identity_key()
    if not strong_enough(passphrase, about=staff.known_of(desk), bits=BACKUP_BITS):
        raise WeakPassphrase
    with desk.work(unsealed=False) as work:
        former = _former(work)
    slot, row = staff.pair(
        desk, identity_key, role=members.BACKUP, passphrase=passphrase, cost=cost, slot_id=former or ""
    )

    def entered(work: Work) -> Slot:
        roster.keep(work.session, row)
        return slot

    if former:
        return staff.rotate(desk, identity_key, entered, Act.SET_BACKUP_PASSPHRASE, slot.id)
    with desk.work() as work:
        entered(work)
        work.note(Act.SET_BACKUP_PASSPHRASE)
        keys.write(desk, changing.with_slot(keys.read(desk), slot))
    return ()


def drop(desk: Desk) -> tuple[str, ...]:
    """Take the passphrase out of force; backups made until now still open with it. Returns as `put_in_force` does.

    KeeperNeeded, or NoBackupPassphrase where none is in force.
    """
    identity_key = desk.identity_key()
    with desk.work(unsealed=False) as work:
        former = _former(work)
    if former is None:
        raise NoBackupPassphrase

    def dropped(work: Work) -> None:
        roster.drop(work.session, former)

    return staff.rotate(desk, identity_key, dropped, Act.DROPPED_BACKUP_PASSPHRASE, former)


def _former(work: Work) -> str | None:
    """The slot of the one in force."""
    return next((row.slot_id for row in roster.rows(work.session) if row.role == members.BACKUP), None)
