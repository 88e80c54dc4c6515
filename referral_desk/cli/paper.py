"""Commands for what leaves the desk on paper."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import click

from referral_desk import files, letters, store
from referral_desk.cli.opening import desk_options
from referral_desk.errors import NothingToPrint
from referral_desk.nrm.referral import Referral
from referral_desk.words import _


@click.command()
@click.argument("code")
@click.option("--referral", "reference", help="The reference of the referral (RF-…); the latest one without it.")
@click.option("--in", "language", type=click.Choice(letters.LANGUAGES), default="en", show_default=True)
@click.option(
    "--to", "target", type=click.Path(path_type=Path), help="A file or folder; named by the reference if not given."
)
@desk_options
def letter(desk: store.Desk, code: str, reference: str | None, language: str, target: Path | None) -> None:
    """Make the anonymised referral form of a case as a PDF, and say what it tells and what it withholds."""
    made = letters.checked_referral_form(desk, _referral(desk, code, reference), language=language)
    target = target or Path()
    file = target / made.file_name if target.is_dir() else target
    files.write(file, made.pdf)
    for line in made.told:
        click.echo(f"{line.label}: {line.text}")
    for label in made.withheld:
        click.echo(_("Withheld: %(label)s") % {"label": label})
    click.echo(_("Written to %(file)s.") % {"file": file})


def _referral(desk: store.Desk, code: str, reference: str | None) -> UUID:
    with desk.work(unsealed=False) as work:
        referrals = work.case(code).taken(Referral)
    found = [step for step in referrals if reference in (None, step.reference)]
    if not found:
        raise NothingToPrint
    return found[-1].id
