"""Commands about what a person may ask for: erase, access."""

from __future__ import annotations

from dataclasses import asdict
from uuid import UUID

import click

from referral_desk import access as seen
from referral_desk import erasure, store
from referral_desk.cli.opening import desk_options, echo_json, json_option
from referral_desk.erasure import Ground
from referral_desk.nrm.pathway import KINDS
from referral_desk.words import _


@click.command()
@click.argument("code")
@click.option("--ground", type=click.Choice([ground.value for ground in Ground]), help="Why; without it only the plan.")
@click.option("--yes", is_flag=True, help="Do not ask again.")
@json_option
@desk_options
def erase(desk: store.Desk, code: str, ground: str | None, *, yes: bool, as_json: bool) -> None:
    """Say what of the case CODE would go and what would stay; with --ground erase it and print the certificate."""
    planned = erasure.plan(desk, code)
    if as_json and ground is None:
        told = {"goes": planned.goes, "stays": planned.stays, "on_legal_hold": planned.on_legal_hold}
        echo_json(asdict(planned) | told)
        return
    if not as_json:
        _say(planned)
    if ground is None or not (yes or click.confirm(_("Erase it for good?"))):
        return
    certificate = erasure.erase(desk, planned.case_id, Ground(ground))
    told = {"code": planned.code, "at": certificate.at, "ground": ground, "text": certificate.text}
    echo_json(told) if as_json else click.echo("\n" + certificate.text)


@click.command()
@click.argument("code")
@click.option("--withhold", multiple=True, metavar="STEP.QUESTION", help="An answer that speaks of somebody else.")
@json_option
@desk_options
def access(desk: store.Desk, code: str, withhold: tuple[str, ...], *, as_json: bool) -> None:
    """Print everything that is kept about the person of the case CODE, for that person.

    Answers marked with ! are in somebody's own words: read them before you hand them over, and withhold, by id of
    the step (or the kind of a half-filled form) and name of the question, what speaks of somebody else.
    """
    kept = seen.of(desk, code, withheld={_place(text) for text in withhold})
    if as_json:
        echo_json(asdict(kept))
        return
    click.echo(f"{kept.code}  {kept.opened_on}")
    for one in (*kept.recorded, *kept.drafts):
        click.echo(f"\n{one.label}  {one.day or '-'}  {one.revision}  {one.id or '-'}")
        for answer in one.answers:
            click.echo(f"{'!' if answer.may_name_others else ' '} {answer.name}  {answer.label}: {answer.text}")
    for handed in kept.handed:
        click.echo(f"\n{handed.recipient}  {handed.day}  {handed.reference}")
    for at, sentence in kept.acts:
        click.echo(f"{at:%Y-%m-%d %H:%M}  {sentence}")


def _say(planned: erasure.Plan) -> None:
    for label, number in planned.goes:
        click.echo(f"{number:5}  {label}")
    for sentence in (*planned.stays, *planned.recipients):
        click.echo(f"    -  {sentence}")


def _place(text: str) -> tuple[UUID | str, str]:
    """STEP.QUESTION as an id and a name; a form half filled has no id but a kind."""
    step, _dot, question = text.partition(".")
    if step in KINDS:
        return step, question
    try:
        return UUID(step), question
    except ValueError:
        raise click.UsageError(_("--withhold takes the id of a step, a point, and the name of a question.")) from None
