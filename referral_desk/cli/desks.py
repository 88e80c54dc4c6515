"""Commands that make a desk or fill it: create, practice, import."""

from __future__ import annotations

from pathlib import Path

import click

from referral_desk import founding, store
from referral_desk.cli.opening import desk_options, login_options, passphrase, progress
from referral_desk.errors import WrongRecoveryKey
from referral_desk.exchange import ctdc as ctdc_file
from referral_desk.exchange import practice as practice_desk
from referral_desk.nrm import mechanism as mechanisms
from referral_desk.store import Purpose
from referral_desk.vault.passphrases import grouped, new_recovery_key, parsed_recovery_key
from referral_desk.words import _

_mechanism_option = click.option(
    "--mechanism", type=click.Choice(mechanisms.codes()), default="COE", show_default=True,
    help="Whose law counts the reflection period; COE is the Convention's floor.",
)  # fmt: skip


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@login_options
@_mechanism_option
@click.option("--name", default="", help="How colleagues call you; stands in the list of members and the journal.")
@click.option("--organisation", default="", help="The sender on every letter.")
@click.option("--contact", default="", help="Phone or post box on every letter; never the address of a shelter.")
@click.option("--evaluation", is_flag=True, help="A desk for public data instead of cases.")
def create(
    folder: Path,
    login: str,
    passphrase_from: str | None,
    mechanism: str,
    name: str,
    organisation: str,
    contact: str,
    *,
    evaluation: bool,
) -> None:
    """Create a desk in a new FOLDER and show its recovery key, once.

    The recovery key opens the desk when the passphrase is forgotten. Write it down by hand, keep it away from
    this computer, and type it back. Whoever has neither passphrase nor recovery key has lost the desk.
    """
    spoken = passphrase(passphrase_from, twice=True)
    recovery_key = new_recovery_key()
    click.echo(_("Recovery key: %(key)s") % {"key": grouped(recovery_key)})
    if passphrase_from is None:
        _type_back(recovery_key)
    purpose = Purpose.EVALUATION if evaluation else Purpose.REAL
    founding.found(
        folder,
        login=login,
        name=name,
        passphrase=spoken,
        recovery_key=recovery_key,
        organisation=organisation,
        contact=contact,
        purpose=purpose,
        mechanism=mechanism,
    ).close()
    click.echo(_("The desk is in %(folder)s.") % {"folder": folder})


def _type_back(recovery_key: str) -> None:
    """The desk does not exist before somebody has the key on paper."""
    typed = click.prompt(_("Type the recovery key back"))
    if parsed_recovery_key(typed) != recovery_key:
        raise WrongRecoveryKey


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@login_options
@_mechanism_option
@click.option("--cases", type=click.IntRange(1, 1_000_000), default=20, show_default=True, help="How many cases.")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed invents the same people.")
def practice(folder: Path, login: str, passphrase_from: str | None, mechanism: str, cases: int, seed: int) -> None:
    """Create a practice desk of invented people in a new FOLDER."""
    made = store.create(
        folder,
        login=login,
        passphrase=passphrase(passphrase_from, twice=True),
        recovery_key=new_recovery_key(),
        purpose=Purpose.PRACTICE,
        mechanism=mechanism,
    )
    with made as desk, progress(_("Inventing cases")) as on_progress:
        practice_desk.fill(desk, cases=cases, seed=seed, on_progress=on_progress)
    click.echo(_("The practice desk is in %(folder)s. Everybody in it is invented.") % {"folder": folder})


@click.group("import")
def import_() -> None:
    """Bring in records from elsewhere."""


@import_.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--refused", type=click.Path(path_type=Path), help="Where rows go that cannot be understood.")
@desk_options
def ctdc(desk: store.Desk, file: Path, refused: Path | None) -> None:
    """Read public data of the Counter-Trafficking Data Collaborative (CSV) into an evaluation desk.

    A second import of the same file adds nothing. Rows that cannot be understood are written beside FILE
    with the reason; either everything else comes in, or, after an error, nothing at all.
    """
    with progress(_("Reading cases")) as on_progress:
        outcome = ctdc_file.bring_in(desk, file, rejects=refused, on_progress=on_progress)
    click.echo(
        _("%(added)s cases added, %(there)s already there, %(refused)s rows not understood.")
        % {"added": outcome.added, "there": outcome.already_there, "refused": outcome.refused}
    )
