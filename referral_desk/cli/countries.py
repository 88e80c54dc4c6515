"""Commands about what countries have laid down, and what the office of a desk says instead."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import click

from referral_desk import profile, store
from referral_desk.cli.opening import desk_options, echo_json, json_option
from referral_desk.nrm.mechanism import SETTINGS, Value
from referral_desk.words import _

_country_option = click.option("--country", "code", default="", help="Its code; else the mechanism of the desk.")


@click.group()
def mechanism() -> None:
    """What a country has laid down, and the values that your office puts in their place.

    `referral-desk mechanisms` lists the reflection periods of all countries without a desk.
    """


@mechanism.command()
@_country_option
@json_option
@desk_options
def show(desk: store.Desk, code: str, *, as_json: bool) -> None:
    """Print everything this desk goes by: value, source, and whether anybody has verified it."""
    with desk.work(unsealed=False) as work:
        found = profile.country(code or desk.mechanism, on=work.today)
    if as_json:
        echo_json(asdict(found))
        return
    click.echo(f"{found.code}  {found.label}\n{found.freshness}")
    for line in found.laid_down:
        whose = " " + _("(value of this office)") if line.is_own else ""
        click.echo(f"\n{line.key}  {line.label}: {line.text}{whose}")
        for more in filter(None, (line.source, line.standing, line.note)):
            click.echo(f"    {more}")


@mechanism.command("set")
@click.argument("key", type=click.Choice(list(SETTINGS)))
@click.argument("value")
@_country_option
@click.option("--source", required=True, help="Law and article, or who said so.")
@click.option("--since", default="", help="Since when it is so: a year or a date.")
@click.option("--verified-by", default="", help="Who checked it: best a lawyer.")
@click.option("--verified-on", default="", help="When: year-month-day.")
@click.option("--note", default="", help="What one should know of it.")
@desk_options
def set_(desk: store.Desk, key: str, value: str, code: str, **said: Any) -> None:
    """Put a value of your office in the place of a country's, such as: set reflection "at least 30 days".

    Deadlines and periods recorded from now on go by it. What was recorded before keeps its last day.
    """
    profile.put(desk, code or desk.mechanism, key, Value(value, **said))
    click.echo(_("In force: %(value)s.") % {"value": value})


@mechanism.command()
@click.argument("key", type=click.Choice(list(SETTINGS)))
@_country_option
@desk_options
def drop(desk: store.Desk, key: str, code: str) -> None:
    """Take a value of your office away again, so that the published one stands."""
    dropped = profile.drop(desk, code or desk.mechanism, key)
    click.echo(_("The published value stands again.") if dropped else _("There was no value of this office."))
