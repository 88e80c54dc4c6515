"""The command `referral-desk`: its groups, and what happens when something goes wrong."""

from __future__ import annotations

from collections.abc import Sequence

import click

from referral_desk import __version__, defects, words
from referral_desk.cli import (
    cases,
    countries,
    desks,
    due,
    figures,
    keeping,
    leaving,
    ledger,
    listing,
    lists,
    people,
    persons,
    steps,
    sums,
)
from referral_desk.errors import DeskError


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="Referral Desk")
@click.option("--language", type=click.Choice(sorted(words.LANGUAGES)), default="en", help="Language of the answers.")
def desk(language: str) -> None:
    """Case records for those who assist trafficked people: encrypted, offline, on this computer only.

    \b
    To try it:
      referral-desk practice my-practice --cases 20
      referral-desk case list --desk my-practice
      referral-desk case show RD-7K3M-9QXF --desk my-practice

    \b
    To work:
      referral-desk create my-desk --mechanism SRB
      referral-desk case new --desk my-desk --contact HELPLINE
      referral-desk take consent RD-7K3M-9QXF --desk my-desk --help

    A passphrase is asked for, or read with --passphrase-from FILE (- is standard input); it never stands in a
    command or in the environment. REFERRAL_DESK may name the folder of the desk instead of --desk.

    Every error has an exit code of its own; `referral-desk errors` lists them.
    """
    words.use(language)


for command in (sums.partner, sums.family_, sums.round_):
    figures.statistics.add_command(command)
for command in (due.today_, desks.create, desks.practice, cases.case, steps.take, steps.correct, figures.statistics):
    desk.add_command(command)
for command in (desks.import_, lists.safeguards, lists.questions, lists.mechanisms, lists.exit_codes):
    desk.add_command(command)
for command in (people.member, people.passphrase, people.recovery, keeping.journal, keeping.check, keeping.backup):
    desk.add_command(command)
for command in (keeping.restore, persons.erase, persons.access, countries.mechanism, listing.directory):
    desk.add_command(command)
for command in (leaving.letter, leaving.documents_, leaving.answer, ledger.disclosure):
    desk.add_command(command)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns its exit code. An unforeseen error shows where it happened, never what it held."""
    try:
        result = desk.main(args=arguments, prog_name="referral-desk", standalone_mode=False)
    except DeskError as error:
        click.echo(str(error), err=True)
        return error.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped.", err=True)
        return 130
    except Exception as error:  # noqa: BLE001 - the text of an exception may hold an answer
        defects.note(error)
        click.echo(f"A defect: {defects.place_of(error)}.", err=True)
        return defects.CODE
    return result if isinstance(result, int) else 0
