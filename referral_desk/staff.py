"""Members of a desk: who opens it, in which role, and what happens when somebody comes, leaves or forgets.

Whoever decides who may read names must be able to read them: a member row carries a MAC under the identity key.
So members are changed by a keeper who is a caseworker, too, or by somebody with the recovery key.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from referral_desk import resources
from referral_desk.errors import (
    DeskDamaged,
    LastKeeper,
    MemberAltered,
    MemberExists,
    TooManyMembers,
    UnknownMember,
    WeakPassphrase,
    WrongPassphrase,
)
from referral_desk.journal import Act
from referral_desk.roles import Role
from referral_desk.store import Desk, Work, keys, roster, rotation
from referral_desk.vault import changing, members, opening
from referral_desk.vault.members import FORMER, Member, make_member, role_of, roles_in
from referral_desk.vault.passphrases import generated_passphrase, parsed_recovery_key, strong_enough
from referral_desk.vault.slots import Cost, Slot, calibrated
from referral_desk.words import _

MOST_MEMBERS = 60


@dataclass(frozen=True)
class Colleague:
    """A member as a page shows it. `is_genuine` is None for who cannot tell: that takes the identity key."""

    id: str
    name: str
    roles: frozenset[Role]
    may_open: bool
    must_change_passphrase: bool
    is_genuine: bool | None
    is_me: bool


@dataclass(frozen=True)
class Given:
    """A first passphrase to hand over, and whose row did not verify: they lost the way in and need a new one."""

    passphrase: str
    left_out: tuple[str, ...] = ()


def first_passphrase() -> str:
    """Five words by chance, 64.6 bits: shown once, to be changed by the member."""
    return generated_passphrase(resources.path("words", "english.txt").read_text(encoding="utf-8").split())


def known_of(desk: Desk) -> tuple[str, ...]:
    """What whoever wants in knows of the desk: organisation and names of members, to be refused in passphrases."""
    with desk.work(unsealed=False) as work:
        about = work.about()
        return (about.organisation, about.contact, *roster.names(work.session).values())


def at_work(work: Work) -> tuple[str, ...]:
    """The names of the members of now, which a form suggests."""
    return roster.present(work.session)


def colleagues(desk: Desk) -> tuple[Colleague, ...]:
    """Everybody who is a member now, by name."""
    identity_key = desk.identity_key() if desk.is_kept_by_me and desk.entitled else None
    slots = {slot.id for slot in keys.read(desk).slots}
    with desk.work(unsealed=False) as work:
        rows = [row for row in roster.rows(work.session) if roles_in(row.role) <= {role.value for role in Role}]
    return tuple(
        Colleague(
            id=row.slot_id,
            name=row.name,
            roles=frozenset(Role(role) for role in roles_in(row.role)),
            may_open=row.slot_id in slots,
            must_change_passphrase=row.given,
            is_genuine=None if identity_key is None else members.is_genuine(identity_key, roster.member(row)),
            is_me=row.slot_id == desk.member,
        )
        for row in rows
    )


def add(
    desk: Desk,
    *,
    name: str,
    roles: Iterable[Role],
    login: str = "",
    passphrase: str | None = None,
    cost: Cost | None = None,
) -> Given:
    """Let somebody in. Without a passphrase one is generated, which the new member changes.

    KeeperNeeded, MemberExists, TooManyMembers or WeakPassphrase.
    """
    identity_key = desk.identity_key()
    _check_new(desk, name)
    given = _strong(desk, passphrase)
    role = role_of(role.value for role in roles)
    slot, row = pair(desk, identity_key, role=role, passphrase=given, name=name.strip(), login=login, cost=cost)
    with desk.work() as work:
        roster.keep(work.session, row, given=True)
        work.note(Act.ADDED_MEMBER, f"member {row.slot_id}")
        keys.write(desk, changing.with_slot(keys.read(desk), slot))
    return Given(given)


def rename(desk: Desk, who: str, name: str) -> None:
    """Call a member otherwise, as the journal will, too. KeeperNeeded, UnknownMember, MemberExists or MemberAltered."""
    identity_key = desk.identity_key()
    colleague = _find(desk, who)
    _check_name(desk, name)
    with desk.work() as work:
        row = roster.row(work.session, colleague.id)
        if not members.is_genuine(identity_key, roster.member(row)):
            raise MemberAltered
        renamed = replace(roster.member(row), name=name.strip())
        roster.keep(work.session, members.with_mac(identity_key, renamed), given=row.given)
        work.note(Act.RENAMED_MEMBER, f"member {colleague.id}")


def remove(desk: Desk, who: str) -> tuple[str, ...]:
    """Shut somebody out: the slot goes and the database key changes. Returns whose row did not verify.

    What was copied before stays readable to who copied it. KeeperNeeded, UnknownMember or LastKeeper.
    """
    identity_key = desk.identity_key()
    leaving = _find(desk, who)
    _check_one_stays(desk, leaving)

    def left(work: Work) -> None:
        row = roster.member(roster.row(work.session, leaving.id))
        gone = replace(row, public_key=bytes(32), role=FORMER, identity_grant=None)
        roster.keep(work.session, members.with_mac(identity_key, gone))

    return rotate(desk, identity_key, left, Act.REMOVED_MEMBER, leaving.id)


def reset(
    desk: Desk,
    who: str,
    *,
    roles: Iterable[Role] | None = None,
    login: str = "",
    passphrase: str | None = None,
    cost: Cost | None = None,
) -> Given:
    """Give a colleague a new pair, passphrase and, if need be, other roles; the former ones open nothing any more."""
    identity_key = desk.identity_key()
    colleague = _find(desk, who)
    held = colleague.roles if roles is None else frozenset(roles)
    if Role.KEEPER not in held or Role.CASEWORKER not in held:
        _check_one_stays(desk, colleague)
    given = _strong(desk, passphrase)
    role, name, id_ = role_of(one.value for one in held), colleague.name, colleague.id
    slot, row = pair(desk, identity_key, role=role, passphrase=given, name=name, login=login, cost=cost, slot_id=id_)

    def entered(work: Work) -> Slot:
        roster.keep(work.session, row, given=True)
        return slot

    return Given(given, rotate(desk, identity_key, entered, Act.RESET_MEMBER, colleague.id))


def change_passphrase(desk: Desk, *, passphrase: str, new: str, login: str = "", cost: Cost | None = None) -> None:
    """Change one's own passphrase, for which the present one is typed again; pair and grants stay.

    The cost is measured anew and never lowered. WrongPassphrase or WeakPassphrase.
    """
    former = keys.read(desk)
    _check_strong(desk, new)
    changed = changing.with_changed_passphrase(
        former, login=login, passphrase=passphrase, new=new, role=role_of(desk.roles), cost=cost or calibrated()
    )
    mine = [slot for slot in changed.slots if slot not in former.slots]
    if [slot.id for slot in mine] != [desk.member]:
        raise WrongPassphrase
    with desk.work() as work:
        roster.row(work.session, desk.member).given = False
        work.note(Act.CHANGED_PASSPHRASE, f"member {desk.member}")
        keys.write(desk, changed)
    keys.forget_former(desk)
    desk.must_change_passphrase = False


def prove_recovery(desk: Desk, typed: str) -> datetime:
    """Verify the recovery key against the desk as it is now; opens nothing. Returns when (UTC) it was proved.

    WrongRecoveryKey if it is another one, DeskDamaged if it would open neither store nor names.
    """
    opened = opening.open_with_recovery(keys.read(desk), typed)
    with desk.work(unsealed=False) as work:
        keys.check_opens(desk, opened, work.session)
        work.note(Act.PROVED_RECOVERY)
        return work.now


def recovery_proven_on(desk: Desk) -> datetime | None:
    """When (UTC) somebody last proved that the recovery key opens this desk."""
    with desk.work(unsealed=False) as work:
        return work.last(Act.PROVED_RECOVERY)


def renew_recovery(desk: Desk, recovery_key: str, *, cost: Cost | None = None) -> tuple[str, ...]:
    """Put another recovery key in force; the sheet with the former one opens nothing that comes after.

    KeeperNeeded, or DeskDamaged where not exactly one member is the recovery key.
    """
    identity_key = desk.identity_key()
    with desk.work(unsealed=False) as work:
        former = [row.slot_id for row in roster.rows(work.session) if row.role == members.RECOVERY]
    if len(former) != 1:
        raise DeskDamaged
    key = parsed_recovery_key(recovery_key)
    slot, row = pair(desk, identity_key, role=members.RECOVERY, passphrase=key, cost=cost, slot_id=former[0])

    def renewed(work: Work) -> Slot:
        roster.keep(work.session, row)
        return slot

    return rotate(desk, identity_key, renewed, Act.RENEWED_RECOVERY, slot.id)


def rotate(
    desk: Desk, identity_key: bytes, change: Callable[[Work], Slot | None], act: Act, slot_id: str
) -> tuple[str, ...]:
    """Change members and keys at once; returns the names of those whose rows did not verify."""
    with desk.work(unsealed=False) as work:
        called = roster.names(work.session)
    before = {slot.id for slot in keys.read(desk).slots}

    def noted(work: Work) -> Slot | None:
        work.note(act, f"member {slot_id}")
        return change(work)

    rotation.rotate(desk, identity_key, noted)
    lost = before - {slot.id for slot in keys.read(desk).slots} - {slot_id}
    return tuple(sorted(called.get(id_, "") or _("the recovery key") for id_ in lost))


def pair(  # noqa: PLR0913 - what a slot and its row need to know of each other
    desk: Desk,
    identity_key: bytes,
    *,
    role: str,
    passphrase: str,
    name: str = "",
    login: str = "",
    cost: Cost | None = None,
    slot_id: str = "",
) -> tuple[Slot, Member]:
    """A new key pair: its slot, and its row with the grants that the role allows."""
    slot, made = opening.entry(
        passphrase,
        login=login,
        role=role,
        store_salt=desk.keys.store_salt,
        cost=cost or calibrated(),
        database_key=desk.keys.database_key,
        slot_id=slot_id,
    )
    return slot, make_member(
        identity_key,
        slot_id=made.slot_id,
        public_key=made.public_key,
        role=role,
        reads_names=bool(roles_in(role) & (members.STRONG | {members.CASEWORKER})),
        store_salt=made.store_salt,
        name=name,
    )


def _check_new(desk: Desk, name: str) -> None:
    _check_name(desk, name)
    if len(colleagues(desk)) >= MOST_MEMBERS:
        raise TooManyMembers


def _check_name(desk: Desk, name: str) -> None:
    if any(one.name.casefold() == name.strip().casefold() for one in colleagues(desk)):
        raise MemberExists


def _check_one_stays(desk: Desk, leaving: Colleague) -> None:
    wanted = {Role.CASEWORKER, Role.KEEPER}
    if not any(one.roles >= wanted and one.may_open and one.id != leaving.id for one in colleagues(desk)):
        raise LastKeeper


def _find(desk: Desk, who: str) -> Colleague:
    """A member by name or by the id of the slot."""
    for one in colleagues(desk):
        if who == one.id or who.strip().casefold() == one.name.casefold():
            return one
    raise UnknownMember


def _strong(desk: Desk, passphrase: str | None) -> str:
    if passphrase is not None:
        _check_strong(desk, passphrase)
    return passphrase or first_passphrase()


def _check_strong(desk: Desk, passphrase: str) -> None:
    if not strong_enough(passphrase, about=known_of(desk)):
        raise WeakPassphrase
