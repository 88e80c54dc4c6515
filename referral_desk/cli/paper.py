"""Commands for what leaves the desk: letters and figures."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import click

from referral_desk import files, letters, store
from referral_desk import statistics as figures
from referral_desk.cli.opening import desk_options, echo_json, json_option
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


@click.command()
@click.option("--by", "dimensions", multiple=True, metavar="DIMENSION", help="What to count by; once or twice.")
@click.option("--to", "target", type=click.Path(path_type=Path), help="A file ending in .csv or .xlsx.")
@click.option("--list", "list_only", is_flag=True, help="Print what can be counted by.")
@json_option
@desk_options
def statistics(
    desk: store.Desk, dimensions: tuple[str, ...], target: Path | None, *, list_only: bool, as_json: bool
) -> None:
    """Count cases by one or two dimensions; every figure is rounded to a multiple of 5.

    \b
    referral-desk statistics --list
    referral-desk statistics --by person.gender --by person.age_band --to table.xlsx
    """
    if list_only or not dimensions:
        for dimension in figures.dimensions():
            click.echo(f"{dimension.name:32} {dimension.label}")
        return
    with desk.work(unsealed=False) as work:
        table = figures.count(work, dimensions)
    if target:
        figures.write(table, target)
        click.echo(_("Written to %(file)s.") % {"file": target})
    elif as_json:
        echo_json({"rows": table.row_codes, "columns": table.column_codes, "cells": table.cells, "note": table.note})
    else:
        click.echo(figures.as_csv(table).decode("utf-8-sig"))
