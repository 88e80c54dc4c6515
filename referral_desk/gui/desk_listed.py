"""What goes through the door for the directory: plain functions of a piece of work or of a whole desk."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from referral_desk import directory, words
from referral_desk.directory import EntryPage, Wanted
from referral_desk.gui.desk import Door, Then
from referral_desk.gui.errands import Form
from referral_desk.nrm.directory import ENTRIES, Organisation
from referral_desk.store import listed

PREFIX = "directory_"


@dataclass(frozen=True)
class EntryPlace:
    """Which form: of what kind, for which organisation (None for a new one), changing which entry (None for new)."""

    code: str
    organisation_id: UUID | None = None
    entry_id: UUID | None = None

    @property
    def key(self) -> str:
        """The kind under which its draft is kept."""
        return f"{PREFIX}{self.code}:{self.entry_id or self.organisation_id or 'new'}"


@dataclass(frozen=True)
class EntryBeginning:
    given: Form
    is_draft: bool
    organisation: str


def find(door: Door, wanted: Wanted, then: Then) -> None:
    door.ask(partial(directory.rows, wanted=wanted), then)


def look(door: Door, organisation_id: UUID, then: Then, *, unsealed: bool) -> None:
    """The page of an organisation; with its addresses if somebody asked for them."""
    door.ask(partial(directory.page, organisation_id=organisation_id), then, unsealed=unsealed)


def verify(door: Door, code: str, entry_id: UUID, then: Then) -> None:
    door.change(partial(directory.verify, code=code, id_=entry_id), then)


def history(door: Door, one: EntryPage, then: Then) -> None:
    """What an entry said before, oldest first; needs the seal for what is sealed."""
    door.ask(partial(_history, code=one.code, id_=one.id), then, unsealed=True)


def begin(door: Door, place: EntryPlace, then: Then) -> None:
    door.ask(partial(_begin, place=place), then, unsealed=True)


def save(door: Door, place: EntryPlace, form: Form, then: Then, refused: Then, *, why: str) -> None:
    """Add or change an entry; the draft of it is no longer needed."""
    door.change(partial(_save, place=place, form=form, why=why), then, refused=refused)


def keep(door: Door, place: EntryPlace, form: Form, then: Then) -> None:
    door.keep(lambda work: work.keep_draft(place.key, None, form), then)


def drop(door: Door, place: EntryPlace, then: Then) -> None:
    door.keep(lambda work: work.drop_draft(place.key, None), then)


def sheet(door: Door, wanted: Wanted, then: Then, refused: Then) -> None:
    door.do(partial(_sheet, wanted=wanted, language=words.language()), then, refused=refused)


def export(door: Door, path: str, then: Then, refused: Then) -> None:
    """Write the directory for another shelter."""
    door.do(partial(_export, path=path), then, refused=refused)


def bring_in(door: Door, path: str, then: Then, refused: Then) -> None:
    """Take over what another shelter wrote."""
    door.do(partial(_bring_in, path=path), then, refused=refused)


def _history(work: Any, code: str, id_: UUID) -> list[EntryPage]:
    return [directory.entry_page(one, work.today) for one in listed.revisions(work, ENTRIES[code], id_)[:-1]]


def _begin(work: Any, place: EntryPlace) -> EntryBeginning:
    draft = work.draft(place.key, None)
    former = listed.entry(work, ENTRIES[place.code], place.entry_id) if place.entry_id else None
    owner = listed.entry(work, Organisation, place.organisation_id) if place.organisation_id else None
    given = draft or (directory.written(former) if former else {})
    return EntryBeginning(given, is_draft=bool(draft), organisation=owner.name if owner else "")


def _save(work: Any, place: EntryPlace, form: Form, why: str) -> UUID:
    kind = ENTRIES[place.code]
    if place.entry_id:
        asked = (question.name for question in kind.questions if question.name != "why_corrected")
        former = listed.entry(work, kind, place.entry_id)
        made = listed.change(work, former, {name: form.get(name) for name in asked}, why=why)
    else:
        made = listed.add(work, kind, form, of=place.organisation_id)
    work.drop_draft(place.key, None)
    return made.organisation_id


def _sheet(desk: Any, wanted: Wanted, language: str) -> Any:
    from referral_desk.letters.directory_paper import directory_sheet

    return directory_sheet(desk, wanted, language=language)


def _export(desk: Any, path: str) -> None:
    from pathlib import Path

    from referral_desk import files
    from referral_desk.exchange import directory_csv

    with desk.work(unsealed=desk.entitled) as work:
        held = directory_csv.as_csv(work)
    files.write(Path(path), held)


def _bring_in(desk: Any, path: str) -> Any:
    from pathlib import Path

    from referral_desk.exchange import directory_csv

    with desk.work() as work:
        return directory_csv.read(work, Path(path))
