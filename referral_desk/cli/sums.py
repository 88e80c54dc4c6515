"""Commands for figures of several organisations: who we are to each other, which tables all publish, sealed rounds."""

from __future__ import annotations

from pathlib import Path

import click

from referral_desk import store
from referral_desk.cli.figures import FILE, family_option, to_option, write
from referral_desk.cli.opening import desk_options, echo_json, json_option
from referral_desk.exchange import common_tables, our_figures, partners, rounds, void_rounds
from referral_desk.exchange.handing import hand_out, handing_out
from referral_desk.statistics import blocks, labels
from referral_desk.statistics.publication import Publication, publication
from referral_desk.words import _


@click.command()
@click.option("--to", "target", type=FILE, help="Write our introduction here.")
@click.option("--as", "name", help="What others are to call this desk in sums; may be a pseudonym.")
@click.option("--forget", metavar="NAME", help="No longer take figures from this desk.")
@click.option("--confirm", metavar="NAME", help="Its six words were compared by phone, and are the same.")
@click.argument("paths", nargs=-1, type=FILE)
@json_option
@desk_options
def partner(
    desk: store.Desk,
    target: Path | None,
    name: str | None,
    forget: str | None,
    confirm: str | None,
    paths: tuple[Path, ...],
    *,
    as_json: bool,
) -> None:
    """Introduce this desk to others and others to it, and print everybody's six words."""
    with handing_out(desk) as (work, give):
        if name:
            store.figures_key.call(work, name)
        for path in paths:
            partners.bring_in(work, path)
        if confirm:
            partners.confirm(work, partners.named(work, confirm).party.identity)
        if forget:
            partners.forget(work, partners.named(work, forget).party.identity)
        if target:
            give(target, partners.our_introduction(work))
        known, own, words = partners.known(work), partners.ourselves(work), partners.our_words(work)
    rows = [{"name": own.name, "words": list(words), "us": True, "confirmed": True}]
    rows += [{"name": k.party.name, "words": list(k.words), "us": False, "confirmed": k.confirmed} for k in known]
    if as_json:
        echo_json(rows)
        return
    for row in rows:
        mark = _("this desk") if row["us"] else _("words compared") if row["confirmed"] else _("words not compared yet")
        click.echo(f"{row['name']} ({mark}): {' '.join(map(str, row['words']))}")  # type: ignore[call-overload]


@click.command("family")
@family_option
@click.option("--to", "target", type=FILE, help="Write the tables of this desk for everybody (whoever adds up).")
@click.argument("paths", nargs=-1, type=FILE)
@desk_options
def family_(desk: store.Desk, family_name: str, target: Path | None, paths: tuple[Path, ...]) -> None:
    """Bring in the tables that a ministry asks of everybody, or write them, and print which there are.

    The ministry composes them first: `referral-desk statistics compose`.
    """
    with handing_out(desk) as (work, give):
        for path in paths:
            common_tables.bring_in(work, path)
        if target:
            give(target, common_tables.file_of_ours(work, family_name))
        added = common_tables.added(work, family_name)
    click.echo("\n".join(map(labels.table, added)) or _("Only the tables that every desk publishes."))


@click.group("round")
def round_() -> None:
    """Add up exact tables, sealed and rounded once, of at least three organisations (level 2)."""


@round_.command("begin")
@family_option
@click.option("--period", required=True, metavar="PERIOD", help="Such as 2025 or 2025-H1.")
@click.option(
    "--with", "names", multiple=True, required=True, metavar="NAME", help="Who takes part; `us` is this desk."
)
@to_option
@desk_options
def begin(desk: store.Desk, family_name: str, period: str, names: tuple[str, ...], target: Path) -> None:
    """Fix who takes part and write the invitation for all of them."""
    with handing_out(desk) as (work, give):
        family = common_tables.in_force(work, family_name)
        own = partners.ourselves(work).identity
        roster = [own if name == "us" else partners.named(work, name).party.identity for name in names]
        give(target, rounds.begin(work, family, rounds.period_named(period, work.today), roster))
    click.echo(_("Written to %(file)s.") % {"file": target})


@round_.command()
@family_option
@click.argument("invitation", type=FILE)
@to_option
@desk_options
def follow(desk: store.Desk, family_name: str, invitation: Path, target: Path) -> None:
    """Seal our exact tables for the round of an invitation."""
    hand_out(desk, target, lambda work: our_figures.contribution(work, family_name, invitation))
    click.echo(_("Written to %(file)s.") % {"file": target})


@round_.command()
@family_option
@click.option("--period", required=True, metavar="PERIOD", help="The period of the round.")
@click.option("--to", "target", type=FILE, help="The file to be written; the sum is printed without it.")
@click.argument("paths", nargs=-1, type=FILE)
@desk_options
def count(desk: store.Desk, family_name: str, period: str, target: Path | None, paths: tuple[Path, ...]) -> None:
    """Add up the sealed tables of everybody on the roster."""
    write(desk, lambda work: _counted(work, family_name, period, paths), target)


def _counted(work: store.Work, family_name: str, period: str, paths: tuple[Path, ...]) -> Publication:
    family = common_tables.in_force(work, family_name)
    round_id = rounds.named(work, family, period).id
    release = blocks.summed(family, [rounds.count(work, round_id, family, paths)])
    return publication(work.about().organisation, family, release)


@round_.command("give-up")
@family_option
@click.option("--period", required=True, metavar="PERIOD", help="The period of the round.")
@to_option
@desk_options
def give_up(desk: store.Desk, family_name: str, period: str, target: Path) -> None:
    """Somebody dropped out: the round is void. Write the notice of it for everybody on its roster."""
    with handing_out(desk) as (work, give):
        given_up = rounds.named(work, common_tables.in_force(work, family_name), period).id
        give(target, void_rounds.give_up(work, given_up))
    click.echo(_("The round is void.") + " " + _("Written to %(file)s.") % {"file": target})


@round_.command()
@click.argument("notice", type=FILE)
@desk_options
def over(desk: store.Desk, notice: Path) -> None:
    """Bring in the notice that a round was given up: its time is free for rounded blocks."""
    with desk.work(unsealed=False) as work:
        period = void_rounds.bring_in(work, notice)
    click.echo(_("The round is void; %(period)s is free for rounded blocks.") % {"period": period.label})
