"""Commands for what is counted."""

from __future__ import annotations

from pathlib import Path

import click

from referral_desk import statistics as figures
from referral_desk import store
from referral_desk.cli.opening import desk_options, echo_json, json_option
from referral_desk.words import _


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
