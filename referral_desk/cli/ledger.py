"""Commands for the disclosure ledger: who knows what, what was spoken, who must be told of a withdrawal."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from pathlib import Path
from uuid import UUID

import click

from referral_desk import disclosures, files, letters, store
from referral_desk.cli.opening import desk_options, echo_json, first_text, json_option
from referral_desk.letters import additions, documents, sentences
from referral_desk.letters.documents import Errand
from referral_desk.nrm.dates import day_of
from referral_desk.nrm.terms import DataItem
from referral_desk.words import _


@click.group()
def disclosure() -> None:
    """The ledger: what was told of a person, to whom, on what it rested, on which paper."""


@disclosure.command("list")
@click.argument("code")
@json_option
@desk_options
def list_(desk: store.Desk, code: str, *, as_json: bool) -> None:
    """Print who knows what about the person of the case CODE."""
    with desk.work(unsealed=False) as work:
        found = disclosures.of(work, work.case(code).id)
    if as_json:
        echo_json([asdict(one) for one in found])
        return
    for one in found:
        what = ", ".join(one.what) or "-"
        click.echo(f"{one.day}  {one.recipient or '-'}  {additions.title(one)}  {one.reference}  {one.copy_number}")
        click.echo(f"    {what}. {_(sentences.BASES.get(one.basis, ''))} {one.answer}".rstrip())
    if not found:
        click.echo(_("Nobody was told anything."))


@disclosure.command()
@click.argument("code")
@click.option("--recipient", required=True, help="Who was told.")
@click.option("--item", "items", multiple=True, required=True, help="What, by its code (DataItem); may be given twice.")
@click.option(
    "--basis",
    type=click.Choice(disclosures.SPOKEN_BASES),
    default="CONSENT",
    show_default=True,
    help="On what it rests.",
)
@click.option("--day", "written", default="", help="When, as year-month-day; today without it.")
@click.option("--said-from", metavar="FILE", help="Read what was said from a file; it is sealed. - is standard input.")
@desk_options
def tell(
    desk: store.Desk,
    code: str,
    recipient: str,
    items: tuple[str, ...],
    basis: str,
    written: str,
    said_from: str | None,
) -> None:
    """Record that somebody was told something of the case CODE by word of mouth."""
    day: date | None = day_of(written, label="--day") if written else None
    said = first_text(said_from) if said_from else ""
    told = [DataItem.of(item) for item in items]
    disclosures.tell(desk, code, recipient=recipient, items=told, basis=basis, day=day, said=said)
    click.echo(_("It stands in the ledger."))


@disclosure.command()
@click.argument("number")
@click.option("--to", "target", type=click.Path(path_type=Path), required=True, help="A file.")
@desk_options
def file(desk: store.Desk, number: str, target: Path) -> None:
    """Write the paper that left, by its id in `disclosure list --json`, as it left."""
    try:
        id_ = UUID(number)
    except ValueError:
        raise click.UsageError(_("Say which paper: its id, as `disclosure list --json` prints it.")) from None
    files.write(target, disclosures.kept_file(desk, id_))
    click.echo(_("Written to %(file)s.") % {"file": target})


@disclosure.command()
@click.argument("code")
@click.option("--in", "language", type=click.Choice(letters.LANGUAGES), default="en", show_default=True)
@click.option("--to", "target", type=click.Path(path_type=Path), default=Path(), help="A folder.")
@desk_options
def notices(desk: store.Desk, code: str, language: str, target: Path) -> None:
    """Write the letters to all who hold paper of the case CODE though the person withdrew."""
    with desk.work(unsealed=False) as work:
        case = work.case(code)
        waiting = disclosures.to_be_told(work, case)
    files.make_folder(target)
    for recipient in waiting:
        errand = Errand(additions.WITHDRAWAL, case.id, recipient=recipient, language=language)
        made = documents.checked(desk, errand)
        with files.ready(target / made.file_name, made.pdf):
            documents.let_go(desk, made)
        click.echo(f"{recipient}: {target / made.file_name}")
    if not waiting:
        click.echo(_("Nobody has to be told."))
