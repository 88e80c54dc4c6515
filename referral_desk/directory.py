"""The directory as pages and commands show it: frozen data, found by what somebody needs, never with a secret address.

An address is told only where somebody asked for it with the seal in force; a list, a sheet or a file never asks.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from referral_desk import words
from referral_desk.nrm import answers
from referral_desk.nrm.directory import (
    ENTRIES,
    Audience,
    Contact,
    Doubt,
    Entry,
    ListedService,
    Location,
    Organisation,
    doubts,
    is_stale,
    places_are_stale,
)
from referral_desk.nrm.fields import SEALED_MARK, Question
from referral_desk.nrm.record import BESIDE
from referral_desk.nrm.terms import Language, Service, YesNo
from referral_desk.pages import Mark
from referral_desk.step_lines import Line
from referral_desk.store import Work, listed
from referral_desk.store.names import folded
from referral_desk.words import N_, _, ngettext

PARTS: tuple[type[Entry], ...] = (ListedService, Location, Contact)
"""What belongs to an organisation."""


@dataclass(frozen=True)
class Wanted:
    """What is looked for: words of names and places, a service, a language, who must be admitted, a free place."""

    text: str = ""
    service: Service | None = None
    language: Language | None = None
    audience: Audience | None = None
    has_place: bool = False
    with_inactive: bool = False


@dataclass(frozen=True)
class OrganisationRow:
    """One organisation in a list: `summary` in one line, `services` by label, `free` on its places."""

    id: UUID
    name: str
    summary: str
    services: tuple[str, ...]
    free: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class EntryPage:
    """One entry: its answers in words, and whether it has former revisions."""

    id: UUID
    code: str
    label: str
    name: str
    revision: int
    lines: tuple[Line, ...]
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True)
class OrganisationPage:
    """An organisation with all that belongs to it; `doubts` are sentences on what speaks against referring there."""

    row: OrganisationRow
    entry: EntryPage
    doubts: tuple[str, ...]
    parts: tuple[EntryPage, ...]
    kinds: tuple[tuple[str, str], ...] = field(
        default_factory=lambda: tuple((kind.code, kind.label()) for kind in PARTS)
    )


def rows(work: Work, wanted: Wanted | None = None) -> tuple[OrganisationRow, ...]:
    """The organisations that fit, by name."""
    wanted = wanted or Wanted()
    parts = _Parts(work)
    found = [one for one in listed.every(work, Organisation) if _fits(one, parts, wanted, work.today)]
    return tuple(_row(one, parts.services(one), work.today) for one in found)


def page(work: Work, organisation_id: UUID) -> OrganisationPage:
    """An organisation, whole; UnknownEntry. Addresses read as SEALED_MARK where the seal is not in force."""
    organisation = listed.entry(work, Organisation, organisation_id)
    parts = [one for kind in PARTS for one in listed.every(work, kind, of=organisation_id)]
    services = [one for one in parts if isinstance(one, ListedService)]
    return OrganisationPage(
        row=_row(organisation, services, work.today),
        entry=entry_page(organisation, work.today),
        doubts=tuple(doubt.label for doubt in doubts(organisation, work.today)),
        parts=tuple(entry_page(one, work.today) for one in parts),
    )


def entry_page(one: Entry, on: date) -> EntryPage:
    lines = tuple(line for question in one.questions if (line := _line(one, question)))
    return EntryPage(one.id, one.code, one.label(), entry_name(one), one.revision, lines, tuple(_part_marks(one, on)))


def names(work: Work) -> tuple[str, ...]:
    """The organisations a form offers: all that still work."""
    return tuple(one.name for one in listed.every(work, Organisation) if one.active is not YesNo.NO)


def find(work: Work, text: str) -> UUID:
    """The organisation that is written so, or has this id; UnknownEntry."""
    one = listed.named(work.session, text)
    return one.id if one else listed.entry(work, Organisation, _id(text)).id


def verify(work: Work, code: str, id_: UUID) -> UUID:
    """Somebody asked there and found the entry right today."""
    kind = ENTRIES[code]
    former = listed.entry(work, kind, id_)
    return listed.change(work, former, {"verified_on": work.today.isoformat()}).organisation_id


def written(one: Entry) -> dict[str, answers.Written]:
    """The answers of an entry as a form holds them."""
    given = {q.name: answers.written(q, one.answer(q)) for q in one.questions if q.name not in BESIDE}
    return {name: answer for name, answer in given.items() if answer is not None}


class _Parts:
    """The services and locations of all organisations, read once."""

    def __init__(self, work: Work) -> None:
        self._services = _by_organisation(listed.every(work, ListedService))
        self._locations = _by_organisation(listed.every(work, Location))

    def services(self, one: Organisation) -> list[Any]:
        return self._services.get(one.id, [])

    def places(self, one: Organisation) -> Iterable[str | None]:
        yield one.place
        yield from (service.where for service in self.services(one))
        yield from (location.place for location in self._locations.get(one.id, []))


def _by_organisation(entries: Iterable[Entry]) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = {}
    for one in entries:
        found.setdefault(one.organisation_id, []).append(one)
    return found


def _fits(one: Organisation, parts: _Parts, wanted: Wanted, on: date) -> bool:
    if one.active is YesNo.NO and not wanted.with_inactive:
        return False
    services = [service for service in parts.services(one) if service.active is not YesNo.NO]
    asks_for_service = wanted.service or wanted.audience or wanted.has_place
    if asks_for_service and not any(_serves(service, wanted, on) for service in services):
        return False
    spoken = (one.languages or frozenset()).union(*(service.languages or () for service in services))
    if wanted.language and wanted.language not in spoken:
        return False
    held = folded(" ".join(filter(None, [*listed.names(one), *parts.places(one), *(s.name for s in services)])))
    return all(folded(word) in held for word in wanted.text.split())


def _serves(service: ListedService, wanted: Wanted, on: date) -> bool:
    if wanted.service and wanted.service not in (service.services or ()):
        return False
    if wanted.audience and not _admits(service, wanted.audience):
        return False
    is_free = bool(service.free_places) and not places_are_stale(service.free_as_of, on)
    return is_free or not wanted.has_place


def _admits(service: ListedService, who: Audience) -> bool:
    """Where nothing is said of whom a service is for, only who is not admitted is left out."""
    return who not in (service.not_admitted or ()) and (not service.audience or who in service.audience)


def _row(one: Organisation, services: list[Any], on: date) -> OrganisationRow:
    given = frozenset().union(*(service.services or () for service in services if service.active is not YesNo.NO))
    about = [one.sort.label if one.sort else "", one.place or "", one.country.label if one.country else ""]
    return OrganisationRow(
        id=one.id,
        name=one.name,
        summary=" · ".join(words.isolate(part) for part in about if part),
        services=tuple(sorted(service.label for service in given)),
        free=" · ".join(filter(None, (_free(service, on) for service in services))),
        marks=tuple(_marks(one, on)),
    )


def _free(service: ListedService, on: date) -> str:
    """How many places are free, and since when that is known; an old figure says that it is old."""
    if service.free_places is None or service.free_as_of is None:
        return ""
    count = ngettext("%(count)d place free", "%(count)d places free", service.free_places)
    told = {"free": count % {"count": service.free_places}, "day": words.isolate(words.day(service.free_as_of))}
    if places_are_stale(service.free_as_of, on):
        return _("%(free)s as of %(day)s: ask again") % told
    return _("%(free)s as of %(day)s") % told


def _marks(one: Organisation, on: date) -> Iterable[Mark]:
    found = doubts(one, on)
    for doubt, short, tone in _SHORT:
        if doubt in found:
            yield Mark(_(short), tone)
    if one.verified_on and not is_stale(one.verified_on, on):
        yield Mark(_("verified %(day)s") % {"day": words.isolate(words.day(one.verified_on))}, "good")


_SHORT = (
    (Doubt.INACTIVE, N_("no longer works"), "danger"),
    (Doubt.NOT_VETTED, N_("not vetted"), "warn"),
    (Doubt.NO_AGREEMENT, N_("no agreement"), "warn"),
    (Doubt.NO_DATA_SHARING, N_("no data agreement"), "warn"),
    (Doubt.STALE, N_("not verified lately"), "warn"),
)


def _part_marks(one: Entry, on: date) -> Iterable[Mark]:
    if getattr(one, "active", None) is YesNo.NO:
        yield Mark(_("no longer"), "danger")
    if isinstance(one, Location) and one.confidential is not YesNo.NO:
        yield Mark(_("confidential address"), "danger")
    if isinstance(one, ListedService):
        if free := _free(one, on):
            yield Mark(free, "warn" if places_are_stale(one.free_as_of, on) else "good")
        if is_stale(one.verified_on, on):
            yield Mark(_("not verified lately"), "warn")


def _line(one: Entry, question: Question) -> Line | None:
    answer = one.answer(question)
    text = SEALED_MARK if answer == SEALED_MARK else answers.shown(question, answer)
    is_hidden = text == SEALED_MARK and question.name == "why_corrected"
    return Line(question.name, question.label, text, question.reach) if text and not is_hidden else None


def entry_name(one: Entry) -> str:
    return str(getattr(one, "name", ""))


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)
