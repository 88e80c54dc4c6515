"""Commands that keep a desk from being lost: journal, check, backup, restore."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from referral_desk import backup_passphrase, chronicle, standing, store, words
from referral_desk.cli.opening import desk_options, echo_json, json_option, secret
from referral_desk.cli.people import say_left_out
from referral_desk.errors import JournalBroken, WrongPassphrase
from referral_desk.store import backups, restoring
from referral_desk.vault.passphrases import normalised_passphrase
from referral_desk.words import _

_PATH = click.Path(path_type=Path)


@click.group()
def journal() -> None:
    """Who did what to which record and when; never what was said."""


@journal.command("list")
@click.option("--newest", type=click.IntRange(1), default=50, show_default=True, help="How many to print.")
@json_option
@desk_options
def list_journal(desk: store.Desk, newest: int, *, as_json: bool) -> None:
    """Print the last entries as sentences, newest first. For a keeper."""
    told = chronicle.read(desk, newest=newest)
    if as_json:
        echo_json([asdict(entry) for entry in told])
        return
    for entry in told:
        click.echo(f"{entry.number}  {entry.at:%Y-%m-%d %H:%M}  {entry.sentence}")


@journal.command()
@click.option("--head", "heads", multiple=True, help="A head that was written down; may be given several times.")
@json_option
@desk_options
def verify(desk: store.Desk, heads: tuple[str, ...], *, as_json: bool) -> None:
    """Follow the chain of the journal, and look for the heads that lie beside the backups."""
    found = chronicle.verify(desk, heads=heads)
    if found.missing:
        raise JournalBroken(number=found.entries)
    anchors = found.anchors + len(heads)
    if as_json:
        echo_json({"entries": found.entries, "anchors": anchors, "head": found.head})
        return
    click.echo(
        _("%(count)d entries, whole; %(anchors)d heads found in it.") % {"count": found.entries, "anchors": anchors}
    )
    click.echo(_("Head, to write down: %(head)s") % {"head": found.head})


@click.command()
@desk_options
def check(desk: store.Desk) -> None:
    """Read every page of the store and say whether it is whole."""
    store.health.check(desk)
    click.echo(_("The store is whole."))


@click.group()
def backup() -> None:
    """Backups: made once a day by themselves; here also by hand."""


@backup.command()
@desk_options
def make(desk: store.Desk) -> None:
    """Make a backup now, here and in the second place, and open it."""
    made = backups.make(desk)
    for folder in made.folders:
        click.echo(str(folder))


@backup.command("list")
@json_option
@desk_options
def list_backups(desk: store.Desk, *, as_json: bool) -> None:
    """Print the backups that can be reached, newest first, and when each was last opened."""
    found = backups.every(desk)
    if as_json:
        echo_json([asdict(one) for one in found])
        return
    for one in found:
        opened = f"{one.opened_at:%Y-%m-%d %H:%M}" if one.opened_at else "-"
        click.echo(f"{one.name}  {opened}  {', '.join(str(folder) for folder in one.folders)}")


@backup.command()
@json_option
@desk_options
def status(desk: store.Desk, *, as_json: bool) -> None:
    """Say how old the last backup is that was opened, and what a keeper must not overlook."""
    stands = standing.read(desk)
    if as_json:
        echo_json(asdict(stands.backups) | {"concerns": [one.sentence for one in stands.concerns]})
        return
    click.echo(stands.sentence)
    for concern in stands.concerns:
        click.echo(concern.sentence, err=True)


@backup.command("check")
@click.argument("name")
@desk_options
def check_backup(desk: store.Desk, name: str) -> None:
    """Open the backup NAME wherever it lies, and remember that it opened."""
    backups.check(desk, name)
    click.echo(_("The backup opens and is whole."))


@backup.command()
@click.argument("stick", type=_PATH, required=False)
@desk_options
def place(desk: store.Desk, stick: Path | None) -> None:
    """Name the folder STICK as the second place for backups; without it there is none any more."""
    backups.name_place(desk, stick)
    click.echo(str(stick) if stick else _("There is no second place for backups."))


@backup.command("passphrase")
@click.option("--type-back-from", metavar="FILE", help="Read the words back; - is the next line of standard input.")
@click.option("--own-from", metavar="FILE", help="Read one of your own instead; - is the next line.")
@click.option("--drop", is_flag=True, help="Let backups open with the recovery key alone, from now on.")
@desk_options
def change_passphrase(desk: store.Desk, type_back_from: str | None, own_from: str | None, *, drop: bool) -> None:
    """Print six words that open backups as the recovery key does; in force once they are typed back."""
    if drop:
        say_left_out(backup_passphrase.drop(desk))
        click.echo(_("From now on backups open with the recovery key alone."))
        return
    words_ = backup_passphrase.generated() if own_from is None else secret(own_from, _("Backup passphrase"))
    if own_from is None:
        click.echo(_("Backup passphrase: %(words)s") % {"words": words_})
        _check_typed_back(secret(type_back_from, _("Type the backup passphrase back")), words_)
    say_left_out(backup_passphrase.put_in_force(desk, words_))
    click.echo(_("The backup passphrase is in force. Backups made until now open as before."))


def _check_typed_back(typed: str, wanted: str) -> None:
    if normalised_passphrase(typed) != normalised_passphrase(wanted):
        raise WrongPassphrase


@click.command()
@click.argument("folder", type=_PATH)
@click.option("--to", "target", type=_PATH, help="A new folder; without it only the summary is printed.")
@click.option("--key-from", metavar="FILE", help="Read recovery key or backup passphrase; - is the next line.")
@click.option("--erased", type=_PATH, multiple=True, help="Another list of the erased: the .erased file of the desk.")
@json_option
def restore(
    folder: Path, target: Path | None, key_from: str | None, erased: tuple[Path, ...], *, as_json: bool
) -> None:
    """Say what the backup in FOLDER holds, and make a desk of it in a new folder.

    Nobody who was erased since comes back. Afterwards let each member in again: member reset NAME --recovery-from -
    """
    key = secret(key_from, _("Recovery key or backup passphrase"))
    held = restoring.summary(folder, key)
    if as_json:
        echo_json(asdict(held))
    else:
        span = {"cases": held.cases, "day": words.day(held.as_of.date()), "organisation": held.organisation or "-"}
        click.echo(_("%(organisation)s: %(cases)d cases, as of %(day)s.") % span)
    if target is None:
        return
    with restoring.restore(folder, target, key, ledgers=erased):
        click.echo(_("The desk is in %(folder)s.") % {"folder": target}, err=as_json)
