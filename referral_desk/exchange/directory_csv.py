"""The directory as one CSV table that shelters hand to one another: a row for each entry, columns by question.

No confidential address, no remark and no reason of a correction is ever in it. Agreements, vetting and vacancies are
one's own and are not taken over from somebody else's file; nor does a file make an address that is kept secret here
less secret.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from referral_desk import directory, files
from referral_desk.errors import DeskError, ReachedOtherwise, UnreadableFile
from referral_desk.exchange import csv_file
from referral_desk.journal import Act
from referral_desk.nrm import answers
from referral_desk.nrm.directory import ENTRIES, Entry, Location, Organisation, may_be_told
from referral_desk.nrm.fields import Question, Reach
from referral_desk.store import Work, listed
from referral_desk.words import N_, _

FIRST = ("entry", "organisation")
OWN = frozenset(
    {"agreement", "agreed_on", "agreed_until", "data_sharing", "data_sharing_on", "vetted_on", "verified_on"}
)
"""What another shelter agreed or saw says nothing of ours; it is written, and not taken over."""

WAYS = frozenset({"other_names", "phone", "email", "website", "postal_address", "address", "how_to_ask"})
"""By which a referral, or a name spoken on the phone, gets to somebody. A file that anybody may have written changes
none of them."""

_NO_DIRECTORY = N_("It has no column “entry” and “organisation”: it is no directory of this program.")


@dataclass(frozen=True)
class Brought:
    """How many entries were new, were brought up to date, or stood there alike; and what was wrong in which line."""

    added: int
    changed: int
    alike: int
    refused: tuple[tuple[int, str], ...]


def as_csv(work: Work) -> bytes:
    """The directory; needs no seal for what is no secret, and opens one address after the other where it may."""
    columns = _columns()
    lines = [[*FIRST, *columns]]
    for organisation in listed.every(work, Organisation):
        for one in (organisation, *_parts(work, organisation)):
            told = _told(one)
            lines.append([one.code, organisation.name, *(told.get(name, "") for name in columns)])
    work.note(Act.EXPORTED_LISTED, f"{len(lines) - 1} entries")
    return files.as_csv(lines)


def read(work: Work, path: Path) -> Brought:
    """Take over what is new or newer. A row that cannot be read is named by its line; the others are taken."""
    with csv_file.opened(path) as table:
        if not set(FIRST) <= set(table.header):
            raise UnreadableFile(file=path, why=_(_NO_DIRECTORY))
        found = _Found()
        for row in table.rows():
            given = dict(zip(table.header, map(_bare, row), strict=False))
            try:
                found.count(_taken(work, given))
            except DeskError as error:
                found.refused.append((table.line, str(error)))
    work.note(Act.IMPORTED_LISTED, f"{found.added + found.changed} entries")
    return Brought(found.added, found.changed, found.alike, tuple(found.refused))


class _Found:
    """What came of the rows so far."""

    def __init__(self) -> None:
        self.added = self.changed = self.alike = 0
        self.refused: list[tuple[int, str]] = []

    def count(self, what: str) -> None:
        setattr(self, what, getattr(self, what) + 1)


def _taken(work: Work, given: dict[str, str]) -> str:
    kind = ENTRIES.get(given.get("entry", ""))
    if kind is None:
        raise DeskError
    written = {q.name: given[q.name] for q in _told_questions(kind) if given.get(q.name) and q.name not in OWN}
    former = _former(work, kind, given)
    if former is None:
        listed.add(work, kind, written, of=_owner(work, kind, given["organisation"]))
        return "added"
    before = directory.written(former)
    news = {name: text for name, text in written.items() if _flat(before.get(name)) != text and name != "confidential"}
    other_ways = [q.label for q in former.questions if q.name in WAYS & news.keys() and before.get(q.name)]
    news = {name: text for name, text in news.items() if not (name in WAYS and before.get(name))}
    if news:
        seen_here = {"verified_on": ""} if before.get("verified_on") else {}
        listed.change(work, former, news | seen_here)
    if other_ways:
        raise ReachedOtherwise(entry=directory.entry_name(former), labels=", ".join(other_ways))
    return "changed" if news else "alike"


def _former(work: Work, kind: type[Entry], given: dict[str, str]) -> Entry | None:
    """The entry that the row speaks of: alike by name, within its organisation."""
    if kind is Organisation:
        one = listed.named(work.session, given.get("name", ""))
        return listed.readable(work, one) if one else None
    owner = listed.named(work.session, given["organisation"])
    mine = listed.every(work, kind, of=owner.id) if owner else []
    return next((one for one in mine if directory.entry_name(one) == given.get("name", "")), None)


def _owner(work: Work, kind: type[Entry], name: str) -> UUID | None:
    return None if kind is Organisation else directory.find(work, name)


def _parts(work: Work, organisation: Organisation) -> Iterator[Entry]:
    for kind in directory.PARTS:
        yield from listed.every(work, kind, of=organisation.id)


def _columns() -> list[str]:
    return list(dict.fromkeys(question.name for kind in ENTRIES.values() for question in _told_questions(kind)))


def _told_questions(kind: type[Entry]) -> Iterable[Question]:
    """What may be in a file: nothing sealed but the address of a location, which is told where it is no secret."""
    return [q for q in kind.questions if q.reach is not Reach.SEALED or (kind is Location and q.name == "address")]


def _told(one: Entry) -> dict[str, str]:
    return {q.name: _flat(answers.written(q, one.answer(q))) for q in _told_questions(type(one)) if _may_stand(one, q)}


def _may_stand(one: Entry, question: Question) -> bool:
    is_open = question.reach is not Reach.SEALED
    return is_open or (isinstance(one, Location) and may_be_told(one) and one.sealed_answers() is not None)


def _flat(written: answers.Written) -> str:
    return ",".join(written) if isinstance(written, list) else written or ""


def _bare(text: str) -> str:
    """A cell without the sign that keeps it from being calculated."""
    return text[1:] if text.startswith("'") and text[1:].startswith(files.FORMULA_SIGNS) else text
