"""Commands about the directory: who helps with what, where, for whom."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from referral_desk import directory as pages
from referral_desk import files, store
from referral_desk.cli.opening import answers_from, desk_options, echo_json, json_option
from referral_desk.cli.steps import answer_options
from referral_desk.errors import UnknownEntry
from referral_desk.exchange import directory_csv
from referral_desk.nrm.directory import ENTRIES, Audience, Entry, Organisation
from referral_desk.nrm.terms import Language, Service
from referral_desk.store import listed
from referral_desk.words import _, ngettext


@click.group()
def directory() -> None:
    """Who helps with what, where, for whom, and whether there is a place.

    Addresses are sealed: only `show --addresses` opens them, and no file or paper ever holds a confidential one.
    """


@directory.command("list")
@click.option("--find", "text", default="", help="Words of names and places.")
@click.option("--service", help="A code of what is needed, such as ACC.")
@click.option("--language", help="A language spoken there, such as ara.")
@click.option("--admits", help="A code of who must be admitted, such as MEN.")
@click.option("--free", "has_place", is_flag=True, help="Only where a place was free within the last three days.")
@click.option("--inactive", "with_inactive", is_flag=True, help="Also those that no longer work.")
@json_option
@desk_options
def list_(
    desk: store.Desk,
    text: str,
    service: str | None,
    language: str | None,
    admits: str | None,
    *,
    has_place: bool,
    with_inactive: bool,
    as_json: bool,
) -> None:
    """List organisations by what is needed."""
    wanted = pages.Wanted(
        text=text,
        service=Service.of(service) if service else None,
        language=Language.of(language) if language else None,
        audience=Audience.of(admits) if admits else None,
        has_place=has_place,
        with_inactive=with_inactive,
    )
    with desk.work(unsealed=False) as work:
        rows = pages.rows(work, wanted)
    if as_json:
        echo_json([asdict(row) for row in rows])
        return
    for row in rows:
        click.echo(f"{row.name}  {row.summary}".rstrip())
        for line in (", ".join(row.services), row.free, ", ".join(mark.text for mark in row.marks)):
            if line:
                click.echo(f"      {line}")
    count = ngettext("%(count)d organisation.", "%(count)d organisations.", len(rows)) % {"count": len(rows)}
    click.echo(count)


@directory.command()
@click.argument("name")
@click.option("--addresses", is_flag=True, help="Open the sealed addresses; the journal notes it.")
@click.option("--history", is_flag=True, help="Also what the entries said before.")
@json_option
@desk_options
def show(desk: store.Desk, name: str, *, addresses: bool, history: bool, as_json: bool) -> None:
    """Show the organisation NAME (or with this id) with its services, locations and contacts."""
    with desk.work(unsealed=addresses) as work:
        page = pages.page(work, pages.find(work, name))
        shown = (page.entry, *page.parts)
        before = {one.id: _former(work, one) for one in shown} if history else {}
    if as_json:
        echo_json(asdict(page) | ({"history": {str(k): [asdict(r) for r in v] for k, v in before.items()}}))
        return
    for doubt in page.doubts:
        click.echo(f"! {doubt}")
    for one in shown:
        click.echo(f"\n{one.label}: {one.name}  ({one.id})")
        _show_lines(one)
        for former in before.get(one.id, ()):
            click.echo(_("    Revision %(number)d:") % {"number": former.revision})
            _show_lines(former)


def _show_lines(one: pages.EntryPage) -> None:
    for line in one.lines:
        click.echo(f"      {line.label}: {line.text}")


def _former(work: store.Work, one: pages.EntryPage) -> list[pages.EntryPage]:
    return [pages.entry_page(e, work.today) for e in listed.revisions(work, ENTRIES[one.code], one.id)[:-1]]


@directory.group()
def add() -> None:
    """Add an organisation, or a service, location or contact of one."""


@directory.group()
def edit() -> None:
    """Change an entry; the former revision stays readable."""


def _adding(kind: type[Entry]) -> click.Command:
    @click.command(kind.code, help=f"{kind.english}. {(kind.__doc__ or '').splitlines()[0]}")
    @_of_option(kind)
    @answer_options(kind)
    @desk_options
    def command(desk: store.Desk, answers_source: str | None, of: str = "", **given: Any) -> None:
        told = _told(given) | answers_from(answers_source)
        with desk.work() as work:
            owner = pages.find(work, of) if of else None
            made = listed.add(work, kind, told, of=owner)
            id_ = made.id
        click.echo(str(id_))

    return command


def _of_option(kind: type[Entry]) -> Callable[..., Any]:
    if kind is Organisation:
        return lambda command: command
    return click.option("--of", required=True, help="The organisation to which it belongs, by name or id.")


def _editing(kind: type[Entry]) -> click.Command:
    @click.command(kind.code, help=f"{kind.english}: change it. WHICH is its id, as `show` prints it, or its name.")
    @click.argument("which")
    @answer_options(kind)
    @desk_options
    def command(desk: store.Desk, which: str, answers_source: str | None, **given: Any) -> None:
        told = _told(given) | answers_from(answers_source)
        why = str(told.pop("why_corrected", ""))
        with desk.work() as work:
            listed.change(work, _which(work, kind, which), told, why=why)
        click.echo(_("Changed: %(entry)s.") % {"entry": kind.label()})

    return command


def _which(work: store.Work, kind: type[Entry], which: str) -> Entry:
    """The entry with this id, or the only one with this name."""
    if kind is Organisation:
        return listed.entry(work, kind, pages.find(work, which))
    every = listed.every(work, kind)
    found = [one for one in every if which in (str(one.id), pages.entry_name(one))]
    if len(found) != 1:
        raise UnknownEntry
    return found[0]


def _told(given: dict[str, Any]) -> dict[str, Any]:
    return {name: answer for name, answer in given.items() if answer is not None}


@directory.command("export")
@click.argument("target", type=click.Path(path_type=Path))
@desk_options
def export(desk: store.Desk, target: Path) -> None:
    """Write the directory to a CSV file for another shelter: no confidential address, no remark is in it."""
    with desk.work() as work:
        held = directory_csv.as_csv(work)
    files.write(target, held)
    click.echo(_("Written to %(file)s.") % {"file": target})


@directory.command("import")
@click.argument("source", type=click.Path(path_type=Path))
@json_option
@desk_options
def import_(desk: store.Desk, source: Path, *, as_json: bool) -> None:
    """Take over entries from another shelter's CSV file. Agreements and vetting are not taken over."""
    with desk.work() as work:
        brought = directory_csv.read(work, source)
    if as_json:
        echo_json(asdict(brought))
        return
    for line, why in brought.refused:
        click.echo(_("Line %(line)d was left out: %(why)s") % {"line": line, "why": why}, err=True)
    told = {"added": brought.added, "changed": brought.changed, "alike": brought.alike}
    click.echo(_("%(added)d new, %(changed)d changed, %(alike)d alike.") % told)


for _kind in ENTRIES.values():
    add.add_command(_adding(_kind))
    edit.add_command(_editing(_kind))
