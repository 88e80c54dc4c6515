"""Commands for figures: closed, published, sent, added up; and what is no figure, apart from them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from referral_desk import store
from referral_desk.cli.opening import desk_options, echo_json, json_option
from referral_desk.exchange import common_tables, htcds, merging, our_figures
from referral_desk.exchange.handing import hand_out, handing_out
from referral_desk.statistics import blocks, composing, counting, inside, presenting, standard, writing
from referral_desk.statistics.publication import Publication, publication
from referral_desk.words import _

FILE = click.Path(path_type=Path)
family_option = click.option(
    "--family",
    "family_name",
    type=click.Choice([standard.INTAKE, standard.CLOSURE]),
    default=standard.INTAKE,
    show_default=True,
    help="Who is counted: persons who came, or whose case was closed.",
)
blocks_option = click.option(
    "--block",
    "periods",
    multiple=True,
    metavar="PERIOD",
    callback=lambda _context, _option, told: tuple(map(blocks.name_of, told)),
    help="Such as 2025 or 2025-H1; all without it.",
)
to_option = click.option("--to", "target", type=FILE, required=True, help="The file to be written.")


@click.group()
def statistics() -> None:
    """Figures from which no person can be found, and how they are published, sent and added up.

    \b
    referral-desk statistics list
    referral-desk statistics publish --to figures.pdf
    referral-desk statistics export --block 2025 --to block.rdf
    referral-desk statistics merge --to national.ods block1.rdf block2.rdf
    """


@statistics.command("list")
@family_option
@json_option
@desk_options
def list_(desk: store.Desk, family_name: str, *, as_json: bool) -> None:
    """Print the closed blocks, those still open and why, and the tables that are published."""
    family = standard.counted(family_name).family
    with desk.work(unsealed=False) as work:
        standing = our_figures.standing(work, family_name)
    closed, still_open = standing.closed, standing.still_open
    tables = presenting.tables_of(family)
    if as_json:
        named = [{"name": which.name, "title": presenting.title(which)} for which in tables]
        periods = [{"period": block.period.name, "total": block.total, "issue": block.issue} for block in closed]
        echo_json({"blocks": periods, "open": [said() for said in still_open], "tables": named})
        return
    for block in closed:
        click.echo(_("Block %(period)s: %(total)s persons.") % {"period": block.period.name, "total": block.total})
    for said in still_open:
        click.echo(said())
    for which in tables:
        click.echo(f"{which.name:60} {presenting.title(which)}")


@statistics.command()
@family_option
@blocks_option
@click.option("--table", "tables", multiple=True, metavar="NAME", help="A table as `list` names it; all without it.")
@to_option
@desk_options
def publish(
    desk: store.Desk, family_name: str, periods: tuple[str, ...], tables: tuple[str, ...], target: Path
) -> None:
    """Close what is due, and write the figures as .pdf, .xlsx, .ods, .csv or .json."""
    chosen = _chosen(family_name, tables)
    our_figures.close_due(desk)
    write(desk, lambda work: our_figures.published(work, family_name, periods, chosen), target)


@statistics.command()
@family_option
@click.option("--by", "names", multiple=True, required=True, metavar="DIMENSION", help="Two or three of the family.")
@blocks_option
@click.option("--to", "target", type=FILE, help="Add the table and write it; without it only the cost is printed.")
@click.option("--add", is_flag=True, help="Only add the table: several go together before their periods are closed.")
@desk_options
def compose(
    desk: store.Desk,
    family_name: str,
    names: tuple[str, ...],
    periods: tuple[str, ...],
    target: Path | None,
    *,
    add: bool,
) -> None:
    """Add a table of one's own for ever, close what is due with it, and write it; or print what it would cost.

    Before a block is closed there is more room for a table than afterwards.
    """
    if target is None and not add:
        with desk.work(unsealed=False) as work:
            cost = composing.cost(work, family_name, names)
        said = _("%(figures)s more figures in each block; %(each)s cases for each place; off by about %(error)s.")
        if not cost.cases_for_each:
            said = _("At most %(figures)s more figures in each block; each is off by about %(error)s.")
        told = {"figures": cost.figures, "each": round(cost.cases_for_each, 1), "error": cost.usual_error}
        click.echo(cost.refused or said % told)
        return
    with desk.work(unsealed=False) as work:
        composing.with_table(work, family_name, names)
    click.echo(_("The table is added, and will be in every period that is closed from now on."))
    if target is None:
        return
    our_figures.close_due(desk)
    write(desk, lambda work: _composed(work, family_name, periods, names), target)


@statistics.command()
@family_option
@click.option("--block", "period", metavar="PERIOD", required=True, help="Such as 2025 or 2025-H1.")
@to_option
@desk_options
def export(desk: store.Desk, family_name: str, period: str, target: Path) -> None:
    """Write one closed block, rounded and signed, for whoever adds up (level 1)."""
    our_figures.close_due(desk)
    hand_out(desk, target, lambda work: our_figures.block_for_all(work, family_name, blocks.name_of(period)))
    click.echo(_("Written to %(file)s.") % {"file": target})


@statistics.command()
@family_option
@click.option("--to", "target", type=FILE, help="The file to be written; the sum is printed without it.")
@click.argument("paths", nargs=-1, type=FILE)
@desk_options
def merge(desk: store.Desk, family_name: str, target: Path | None, paths: tuple[Path, ...]) -> None:
    """Take in rounded blocks of other desks, and add up all that came (level 1)."""
    write(desk, lambda work: _merged(work, family_name, paths), target)


@statistics.command()
@click.option("--nothing-published", is_flag=True, help="Nothing was published since the backup: go on as usual.")
@click.option("--that-is-all", is_flag=True, help="All that was published is back or lost: nothing more of that time.")
@click.argument("paths", nargs=-1, type=FILE)
@desk_options
def restored(desk: store.Desk, paths: tuple[Path, ...], *, nothing_published: bool, that_is_all: bool) -> None:
    """After a backup was restored: bring back the blocks that this desk had published, and say how it stands.

    Until then nothing of the time before the restore is closed: a second version would show single persons.
    """
    if nothing_published and (that_is_all or paths):
        raise click.UsageError(_("Either nothing was published, or there is something to bring back."))
    with desk.work(unsealed=False) as work:
        for path in paths:
            block = our_figures.bring_back(work, path)
            click.echo(_("%(period)s is back as it was published.") % {"period": block.period.name})
        if nothing_published or that_is_all:
            our_figures.settle(work, was_published=that_is_all)
        standing = our_figures.standing(work, standard.INTAKE)
    for said in standing.still_open:
        click.echo(said())


@statistics.command("synthetic")
@to_option
@desk_options
def invented(desk: store.Desk, target: Path) -> None:
    """Write invented records (CSV, CTDC columns) whose tables are the published ones."""
    our_figures.close_due(desk)
    hand_out(desk, target, our_figures.invented)
    click.echo(_("Written to %(file)s.") % {"file": target})
    click.echo(_("Every row is an invented record: no person stands behind any of them."))


@statistics.command("htcds")
@click.option("--recipient", help="The organisation, written as in the consents; they are listed without it.")
@click.option("--to", "target", type=FILE, help="A file ending in .csv.")
@click.option("--yes", is_flag=True, help="Do not ask again: these are records, and I know for whom.")
@desk_options
def records(desk: store.Desk, recipient: str | None, target: Path | None, *, yes: bool) -> None:
    """Write the records of those who agreed to share with one organisation (HTCDS 2.0). These are not figures."""
    with desk.work(unsealed=False) as work:
        if recipient is None or target is None:
            for name in htcds.recipients(work):
                click.echo(name)
            return
        for sentence in htcds.told(htcds.records(work, recipient)):
            click.echo(sentence)
    if not yes:
        click.confirm(_("Write the file for this organisation?"), abort=True)
    found = htcds.hand_over(desk, recipient, target)
    click.echo(_("%(count)s records were written to %(file)s.") % {"count": len(found.lines), "file": target})


@statistics.command("inside")
@click.option("--by", "dimensions", multiple=True, metavar="DIMENSION", help="What to count by; once or twice.")
@desk_options
def look(desk: store.Desk, dimensions: tuple[str, ...]) -> None:
    """Print the true figures of today, not for publication; without --by, what can be counted by."""
    if not dimensions:
        for dimension in counting.dimensions():
            click.echo(f"{dimension.name:32} {dimension.label}")
        return
    table = inside.look(desk, dimensions)
    for sentence in table.note:
        click.echo(sentence)
    for line in table.lines:
        click.echo("\t".join(map(str, line)))


def _chosen(family_name: str, names: tuple[str, ...]) -> list[presenting.Which]:
    family = standard.counted(family_name).family
    known = {which.name: which for which in presenting.tables_of(family)}
    unknown = [name for name in names if name not in known]
    if unknown:
        raise click.UsageError(_("There is no table %(name)s; `statistics list` shows them.") % {"name": unknown[0]})
    return [known[name] for name in names]


def _composed(work: store.Work, family_name: str, periods: tuple[str, ...], names: tuple[str, ...]) -> Publication:
    every = [block.period.name for block in our_figures.closed(work, family_name, periods)]
    return our_figures.own_table(work, family_name, every, names)


def _merged(work: store.Work, family_name: str, paths: tuple[Path, ...]) -> Publication:
    family = common_tables.in_force(work, family_name)
    merging.take_in(work, family, paths)
    release = merging.summed(family, merging.received(work, family))
    return publication(work.about().organisation, family, release)


def write(desk: store.Desk, make: Callable[[store.Work], Publication], target: Path | None) -> None:
    """Publish what is made in one piece of work with the file: without the file nothing is counted or noted."""
    with handing_out(desk) as (work, give):
        told = make(work)
        our_figures.note_published(work, told)
        if target is not None:
            give(target, writing.content(told, target.suffix))
    if target is None:
        click.echo(writing.as_csv(told).decode("utf-8-sig"))
        return
    for sentence in (*told.method, *told.sheet, *told.still_open()):
        click.echo(sentence)
    click.echo(_("Written to %(file)s.") % {"file": target})
