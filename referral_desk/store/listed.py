"""The entries of the directory in the store: a few hundred, read whole and looked through in memory."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from referral_desk.errors import EntryExists, UnknownEntry
from referral_desk.journal import Act
from referral_desk.nrm import directory
from referral_desk.nrm.answers import Written
from referral_desk.nrm.consent import same_name
from referral_desk.nrm.directory import Doubt, Entry, Organisation, OrganisationKind
from referral_desk.store.likeness import is_like_organisation
from referral_desk.store.names import folded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from referral_desk.store.work import Work

E = TypeVar("E", bound=Entry)


def every(work: Work, kind: type[E], *, of: UUID | None = None) -> list[E]:
    """The current entries of a kind, of one organisation or of all, by name."""
    wanted = select(kind).where(kind.current)
    rows = work.session.scalars(wanted if of is None else wanted.where(kind.organisation_id == of))
    return sorted((readable(work, entry) for entry in rows), key=lambda entry: str(getattr(entry, "name", "")))


def entry(work: Work, kind: type[E], id_: UUID) -> E:
    """The current revision of one entry; UnknownEntry where there is none."""
    found = work.session.scalar(select(kind).where(kind.id == id_, kind.current))
    if found is None:
        raise UnknownEntry
    return readable(work, found)


def revisions(work: Work, kind: type[E], id_: UUID) -> list[E]:
    """Every revision of an entry, the first one first; UnknownEntry where there is none."""
    rows = work.session.scalars(select(kind).where(kind.id == id_).order_by(kind.revision))
    found = [readable(work, one) for one in rows]
    if not found:
        raise UnknownEntry
    return found


def add(work: Work, kind: type[E], written: Mapping[str, Written], *, of: UUID | None = None) -> E:
    """A new entry. EntryExists where an organisation is called so already; what entry_from raises."""
    made = directory.entry_from(kind, written, of=of, on=work.today)
    _check_name(work.session, made)
    work.put(made)
    work.note(Act.LISTED, made.kind, made.id)
    return made  # type: ignore[return-value]


def change(work: Work, former: E, written: Mapping[str, Written], *, why: str = "") -> E:
    """A new revision of an entry; the former one stays readable. EntryExists; what corrected() raises."""
    revised = directory.corrected(former, written, on=work.today, why=why)
    _check_name(work.session, revised)
    work.put(revised)
    work.note(Act.CHANGED_LISTED, revised.kind, revised.id)
    return revised  # type: ignore[return-value]


def named(session: Session, name: str) -> Organisation | None:
    """The organisation that is written so in any script, by its name or another name of it."""
    found = session.scalars(select(Organisation).where(Organisation.current))
    return next((one for one in found if any(_is_alike(name, own) for own in names(one))), None)


def names(organisation: Organisation) -> list[str]:
    """Its name, and its other names, which are parted by commas or semicolons."""
    others = (organisation.other_names or "").replace(";", ",").split(",")
    return [organisation.name, *(other.strip() for other in others if other.strip())]


def is_same(session: Session, one: str, other: str) -> bool:
    """Whether two names are those of one organisation, in any script, or by its entry in the directory."""
    if _is_alike(one, other):
        return True
    first, second = named(session, one), named(session, other)
    return first is not None and second is not None and first.id == second.id


def is_like(session: Session, one: str, other: str) -> bool:
    """Whether one name, or another name of the same organisation, is found in the other, but for slips and spelling."""
    first, second = named(session, one), named(session, other)
    mine, yours = {one, *(names(first) if first else ())}, {other, *(names(second) if second else ())}
    return any(is_like_organisation(a, b) for a in mine for b in yours)


def is_police(session: Session, name: str) -> bool:
    """Whether an organisation stands in the directory as police or prosecution, whatever it is called."""
    one = named(session, name)
    return one is not None and one.sort in (OrganisationKind.POLICE, OrganisationKind.PROSECUTION)


def doubts(session: Session, recipient: str, on: date) -> tuple[Doubt, ...]:
    """What speaks against referring to a recipient, for the rule that warns (R4)."""
    return directory.doubts(named(session, recipient), on)


def readable(work: Work, one: E) -> E:
    """An entry without sealed answers can be read, and changed, by everybody who may open the desk."""
    if one.sealed is None:
        one.open_by(lambda: None)
    else:
        work.readable(one)
    return one


def _is_alike(one: str, other: str) -> bool:
    return same_name(one, other) or _letters(one) == _letters(other) != ""


def _letters(name: str) -> str:
    """What is left of a name without what parts its words."""
    return "".join(sign for sign in folded(name) if sign.isalnum())


def _check_name(session: Session, made: Entry) -> None:
    if isinstance(made, Organisation):
        twin = named(session, made.name)
        if twin is not None and twin.id != made.id:
            raise EntryExists
