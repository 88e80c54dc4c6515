"""Commands for what leaves the desk: documents, the answers that come back, and the ledger."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

import click

from referral_desk import disclosures, enquiries, files, letters, store
from referral_desk.answer_words import ASKED_OF_ENQUIRIES, Reply
from referral_desk.cli.opening import desk_options, echo_json, json_option, progress
from referral_desk.errors import NothingToPrint
from referral_desk.letters import documents, layout, layout_reading, samples
from referral_desk.letters.documents import Errand
from referral_desk.letters.form import FORM
from referral_desk.letters.paper import SIZES, on, size
from referral_desk.nrm.referral import Delivery, Referral, Urgency
from referral_desk.nrm.terms import Service
from referral_desk.words import _

_REPLIES = [one.code for one in (*ASKED_OF_ENQUIRIES, Reply.SILENT)]

MADE_ELSEWHERE = {"own_file": "referral-desk access", "coordinator_report": "referral-desk statistics"}
"""Documents that are no layouts because their content is no list of questions."""


@click.command()
@click.argument("code", required=False)
@click.option(
    "--document", default=FORM, show_default=True, help="Which; `referral-desk documents list` shows them all."
)
@click.option("--referral", "reference", help="The reference of the referral (RF-…); the latest one without it.")
@click.option("--recipient", default="", help="To which organisation, for a document that belongs to no referral.")
@click.option("--service", "services", multiple=True, help="What an enquiry asks for, by its code; may be given twice.")
@click.option(
    "--urgency", default=Urgency.NORMAL.code, show_default=True, help="How urgent an enquiry is, by its code."
)
@click.option("--delivery", default="", help="How it is delivered, by its code; stands in the ledger.")
@click.option("--in", "language", type=click.Choice(letters.LANGUAGES), default="en", show_default=True)
@click.option(
    "--beside", type=click.Choice(letters.LANGUAGES), help="A second language, told side by side with the first."
)
@click.option("--paper", type=click.Choice(list(SIZES)), help="The size of a page; as is usual in the desk's country.")
@click.option("--all-documents", is_flag=True, help="Every document of a practice desk in every language, as samples.")
@click.option(
    "--to", "target", type=click.Path(path_type=Path), help="A file or folder; named by the reference if not given."
)
@desk_options
def letter(
    *,
    desk: store.Desk,
    code: str | None,
    document: str,
    reference: str | None,
    recipient: str,
    services: tuple[str, ...],
    urgency: str,
    delivery: str,
    language: str,
    beside: str | None,
    paper: str | None,
    target: Path | None,
    all_documents: bool,
) -> None:
    """Make a document about the case CODE as a PDF, and say what it tells and what it withholds.

    It is read for whatever identifies the person before it is written, and noted in the ledger as it leaves.

    \b
    referral-desk letter RD-7K3M-9QXF --document enquiry --recipient "Lantern Clinic" --service ACC
    referral-desk letter RD-7K3M-9QXF --document referral_form --in sr_Latn --to forms/
    """
    target = target or Path()
    if all_documents:
        with on(SIZES[paper] if paper else size()):
            _write_samples(desk, target)
        return
    delivered = Delivery.of(delivery).code if delivery else ""
    about = layout.named(document).about
    if about != "desk" and code is None:
        raise click.UsageError(_("Say which case: its code, such as RD-7K3M-9QXF."))
    errand = Errand(
        document,
        case=code,
        referral=_referral(desk, code, reference) if code and about == "referral" else None,
        recipient=recipient,
        services=frozenset(map(Service.of, services)),
        urgency=Urgency.of(urgency),
        language=language,
        beside=beside if beside and beside != language else "",
    )
    with on(SIZES[paper] if paper else size()):
        made = documents.checked(desk, errand)
    file = target / made.file_name if target.is_dir() else target
    with files.ready(file, made.pdf):
        documents.let_go(desk, made, delivery=delivered)
    _say(made, file)


def _say(made: letters.Letter, file: Path) -> None:
    for line in made.told:
        click.echo(f"{line.label}: {line.text}")
    for text in made.withheld:
        click.echo(_("Withheld: %(label)s") % {"label": text})
    for one in made.missing:
        click.echo(_("No answer yet, a line to write on instead: %(label)s") % {"label": one.label})
    for note in made.notes:
        click.echo(note)
    click.echo(_("Written to %(file)s.") % {"file": file})


def _write_samples(desk: store.Desk, target: Path) -> None:
    """One of each document and language, of the first practice case of which it can be made."""
    files.make_folder(target)
    with progress(_("Making documents")) as on_progress:
        made, left = samples.write(desk, target, on_progress=on_progress)
    click.echo(_("%(count)d documents are in %(folder)s.") % {"count": made, "folder": target})
    for name in left:
        click.echo(_("No case of this desk has what is needed for: %(name)s") % {"name": name})


@click.group("documents")
def documents_() -> None:
    """The documents there are: ours, and those an office laid out itself."""


@documents_.command("list")
@json_option
def documents_list(*, as_json: bool) -> None:
    """Print every document: its name, what it is, for whom it is made, how much of the person it shows."""
    found = layout.every()
    if as_json:
        echo_json([_fields(one) for one in found])
        return
    for one in found:
        click.echo(f"{one.name:28} {one.version:10} {one.recipient:13} {one.level:9} {one.label}")
    for name, command in MADE_ELSEWHERE.items():
        click.echo(f"{name:28} {'-':10} {'-':13} {'-':9} {command}")
    click.echo(_("Layouts of the office are read from %(folder)s.") % {"folder": layout.own_folder()})
    for error in layout.broken_ones():
        click.echo(str(error), err=True)


@documents_.command("check")
@click.argument("file", type=click.Path(path_type=Path))
def documents_check(file: Path) -> None:
    """Say whether a layout FILE can be used; if not, which line is at fault."""
    laid = layout_reading.read_file(file)
    click.echo(_("%(name)s can be used: “%(title)s”.") % {"name": laid.name, "title": laid.label})


@click.command()
@click.argument("words_said", nargs=-1, metavar="WORDS")
@click.option("--enquiry", help="Instead of words: the reference of an enquiry (RF-…) that was answered without them.")
@click.option("--reply", type=click.Choice(_REPLIES), help="What was answered to it; SILENT where nothing was.")
@desk_options
def answer(desk: store.Desk, words_said: tuple[str, ...], enquiry: str | None, reply: str | None) -> None:
    """Record the answer of a recipient: the three WORDS read out on the phone or scanned from the slip.

    \b
    referral-desk answer folic exerciser alfalfa
    referral-desk answer --enquiry RF-7K3M-9QXF --reply FULL
    """
    if bool(enquiry) != bool(reply):
        raise click.UsageError(_("Give --enquiry and --reply together."))
    if enquiry and reply:
        click.echo(enquiries.answer(desk, enquiry, Reply.of(reply)).sentence)
        return
    typed = " ".join(words_said) or click.prompt(_("The three words"))
    click.echo(disclosures.reply(desk, typed).sentence)


def _referral(desk: store.Desk, code: str, reference: str | None) -> UUID:
    with desk.work(unsealed=False) as work:
        referrals = work.case(code).taken(Referral)
    found = [step for step in referrals if reference in (None, step.reference)]
    if not found:
        raise NothingToPrint
    return found[-1].id


def _fields(one: layout.Layout) -> dict[str, Any]:
    names = ("name", "title", "version", "about", "recipient", "level", "basis", "has_slip", "is_sealed", "copies")
    return {name: getattr(one, name) for name in names}
