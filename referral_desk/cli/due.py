"""The command that says what is due."""

from __future__ import annotations

from dataclasses import asdict
from time import monotonic

import click

from referral_desk import store
from referral_desk.cli.opening import desk_options, echo_json, json_option
from referral_desk.store import reckoning
from referral_desk.store.reckoning import HowFar
from referral_desk.today import SHOWN, WHY_RECKONED, Group, far_in_words, today
from referral_desk.words import _

MOMENT = 1.0
"""Seconds that nobody asks about."""


@click.command("today")
@click.option("--most", type=click.IntRange(1), default=SHOWN, show_default=True, help="How many of each to print.")
@json_option
@desk_options
def today_(desk: store.Desk, most: int, *, as_json: bool) -> None:
    """Print what is overdue, due today and coming, in all cases: codes, never a name."""
    reckoning.finish(desk, _Patience().ask)
    with desk.work(unsealed=False) as work:
        page = today(work, most=most)
    if as_json:
        echo_json(asdict(page))
        return
    click.echo(page.sentence)
    for heading, group in ((_("Overdue"), page.overdue), (_("Due today"), page.today), (_("Coming"), page.coming)):
        _show(heading, group)


class _Patience:
    """Says once why it takes longer than a moment; whoever stops it meanwhile has lost nothing."""

    def __init__(self) -> None:
        self._from: float | None = monotonic() + MOMENT

    def ask(self, far: HowFar) -> None:
        if self._from is not None and monotonic() >= self._from:
            self._from = None
            click.echo(f"{_(WHY_RECKONED)} {far_in_words(far)}", err=True)


def _show(heading: str, group: Group) -> None:
    if group.is_empty:
        return
    click.echo(f"\n{heading}: {group.count}")
    for line in group.lines:
        told = f"{line.case_code}  {line.until}  {line.id}  {line.label} ({line.left})"
        click.echo(f"  {told}  {line.reference or line.kind}".rstrip())
