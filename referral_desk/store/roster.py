"""The member rows of a desk, read and written; who may do what with them is decided in `staff`."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from referral_desk.errors import DeskDamaged, RecoveryAltered
from referral_desk.store.tables import MemberRow
from referral_desk.vault import members
from referral_desk.vault.members import Member


def rows(session: Session) -> list[MemberRow]:
    """Every row, those of former members, of recovery key and backup passphrase included."""
    return list(session.scalars(select(MemberRow).order_by(MemberRow.name, MemberRow.slot_id)))


def member(row: MemberRow) -> Member:
    """The row as the vault knows it."""
    return Member(row.slot_id, row.public_key, row.role, row.identity_grant, row.mac, row.name)


def row(session: Session, slot_id: str) -> MemberRow:
    """The row of a slot; DeskDamaged where there is none."""
    found = session.get(MemberRow, slot_id)
    if found is None:
        raise DeskDamaged
    return found


def keep(session: Session, made: Member, *, given: bool = False) -> None:
    """Write a row, or over the one of the same slot."""
    session.merge(MemberRow(**vars(made), given=given))
    session.flush()


def drop(session: Session, slot_id: str) -> None:
    """Remove the row of a way in that was nobody's; those of members stay, because the journal names them."""
    session.delete(row(session, slot_id))
    session.flush()


def public_keys(session: Session, identity_key: bytes) -> dict[str, bytes]:
    """To whom a new key may be granted, by slot id: present members whose row verifies."""
    present = [member(row) for row in rows(session) if row.role != members.FORMER]
    return {one.slot_id: one.public_key for one in present if members.is_genuine(identity_key, one)}


def strong_public_keys(session: Session, identity_key: bytes | None) -> dict[str, bytes]:
    """The ways in that a backup may have, by slot id; verified where the identity key is at hand.

    RecoveryAltered where somebody altered one of them.
    """
    strong = [member(row) for row in rows(session) if row.role in members.STRONG]
    if identity_key and not all(members.is_genuine(identity_key, one) for one in strong):
        raise RecoveryAltered
    return {one.slot_id: one.public_key for one in strong}


def others(session: Session, me: str) -> bool:
    """Whether anybody else is a member now."""
    return any(row.slot_id != me for row in _at_work(session))


def present(session: Session) -> tuple[str, ...]:
    """What those are called who are members now."""
    return tuple(row.name for row in _at_work(session))


def _at_work(session: Session) -> list[MemberRow]:
    nobody = {members.FORMER, *members.STRONG}
    return [row for row in rows(session) if row.role not in nobody]


def names(session: Session) -> dict[str, str]:
    """What each member is called, by slot id; also those who left."""
    return {row.slot_id: row.name for row in rows(session)}
