"""The directory on paper, for the wall of an office or the pocket of somebody on outreach: no address is ever on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from referral_desk import directory, words
from referral_desk.directory import EntryPage, OrganisationPage, Wanted
from referral_desk.letters.report import Part, Printed, Report, Said, printed
from referral_desk.letters.slips import printed as language_printed
from referral_desk.nrm.fields import Reach
from referral_desk.store import Desk
from referral_desk.words import N_, _

FILE_NAME = "directory.pdf"
MOST = 200
"""So many organisations fill a folder; who wants others narrows the search."""

_LEAD = N_("Addresses are not on this paper. Ask the desk where to go, and never write it down here.")


def directory_sheet(desk: Desk, wanted: Wanted, *, language: str) -> Printed:
    """What was found, each organisation with its services and contacts; made without the seal."""
    with words.speaking(language_printed(language)), desk.work(unsealed=False) as work:
        rows = directory.rows(work, wanted)[:MOST]
        pages = [directory.page(work, row.id) for row in rows]
        about = work.about()
        report = Report(
            title=_("Directory"),
            reference=FILE_NAME.removesuffix(".pdf"),
            sender=(about.organisation, about.contact),
            day=words.day(work.today),
            lead=(_(_LEAD),),
            parts=tuple(part for page in pages for part in _parts(page)),
        )
        return replace(printed(report, language=words.language()), file_name=FILE_NAME)


def _parts(page: OrganisationPage) -> Iterator[Part]:
    marks = " · ".join([page.row.summary, *(mark.text for mark in page.row.marks)])
    yield Part(page.row.name, tuple(_lines(page.entry)), marks)
    for one in page.parts:
        if one.code != "location":
            yield Part(f"{page.row.name}: {one.name}", tuple(_lines(one)), one.label)


def _lines(one: EntryPage) -> Iterator[Said]:
    yield from (Said(line.label, line.text) for line in one.lines if line.reach is not Reach.SEALED)
