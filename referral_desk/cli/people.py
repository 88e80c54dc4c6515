"""Commands about those who may open the desk: member, passphrase, recovery."""

from __future__ import annotations

from typing import Any

import click

from referral_desk import roll, staff, store, words
from referral_desk.cli.opening import desk_options, echo_json, json_option, secret
from referral_desk.errors import WrongRecoveryKey
from referral_desk.roles import Role
from referral_desk.staff import Colleague, Given
from referral_desk.vault.passphrases import grouped, new_recovery_key, parsed_recovery_key
from referral_desk.words import _

_ROLES = [role.value for role in Role]

_role_option = click.option(
    "--role", "roles", type=click.Choice(_ROLES), multiple=True, help="What the member may do; may be given twice."
)
_login_option = click.option("--new-login", default="", help="The login code of the member; no name, no secret.")


@click.group()
def member() -> None:
    """Those who may open the desk. Changed by a keeper who may read names, or with the recovery key."""


@member.command("list")
@json_option
@desk_options
def list_(desk: store.Desk, *, as_json: bool) -> None:
    """Print everybody who may open the desk, and whether their rows are as a keeper wrote them."""
    found = staff.colleagues(desk)
    if as_json:
        echo_json([_fields(one) for one in found])
        return
    for one in found:
        roles, standing = ", ".join(sorted(role.value for role in one.roles)), roll.standing(one)
        click.echo(f"{one.name or '-'}  {roles}  {standing.text if standing else ''}".rstrip())


@member.command()
@click.argument("name")
@_role_option
@_login_option
@json_option
@desk_options
def add(desk: store.Desk, name: str, roles: tuple[str, ...], new_login: str, *, as_json: bool) -> None:
    """Let somebody in and print a first passphrase, once; the new member changes it."""
    chosen = [Role(role) for role in roles] or [Role.CASEWORKER]
    _say(staff.add(desk, name=name, roles=chosen, login=new_login), as_json=as_json)


@member.command()
@click.argument("name")
@click.argument("new_name")
@desk_options
def rename(desk: store.Desk, name: str, new_name: str) -> None:
    """Call the member NAME (or with this id) NEW_NAME from now on."""
    staff.rename(desk, name, new_name)


@member.command()
@click.argument("name")
@json_option
@desk_options
def remove(desk: store.Desk, name: str, *, as_json: bool) -> None:
    """Shut somebody out and change the keys. What was copied before stays readable to who copied it."""
    left_out = staff.remove(desk, name)
    if as_json:
        echo_json({"left_out": left_out})
        return
    click.echo(_("The keys are changed. The old passphrase opens nothing that comes from now on."))
    say_left_out(left_out)


@member.command()
@click.argument("name")
@_role_option
@_login_option
@json_option
@desk_options
def reset(desk: store.Desk, name: str, roles: tuple[str, ...], new_login: str, *, as_json: bool) -> None:
    """Give a colleague a new first passphrase, and other roles if --role is given."""
    chosen = [Role(role) for role in roles] or None
    _say(staff.reset(desk, name, roles=chosen, login=new_login), as_json=as_json)


@click.command()
@click.option("--own-login", default="", help="Your login code once more, if you have one.")
@click.option("--present-from", metavar="FILE", help="Read the present passphrase once more; - is the next line.")
@click.option("--new-from", metavar="FILE", help="Read the new passphrase; - is the next line of standard input.")
@click.option("--invent", is_flag=True, help="Let the program choose five words and print them, once.")
@desk_options
def passphrase(
    desk: store.Desk, own_login: str, present_from: str | None, new_from: str | None, *, invent: bool
) -> None:
    """Change your own passphrase. The cost of guessing it is measured anew and never lowered."""
    present = secret(present_from, _("Present passphrase"))
    new = staff.first_passphrase() if invent else secret(new_from, _("New passphrase"), twice=True)
    staff.change_passphrase(desk, login=own_login, passphrase=present, new=new)
    click.echo(_("New passphrase: %(words)s") % {"words": new} if invent else _("The passphrase is changed."))


@click.group()
def recovery() -> None:
    """The recovery key: prove that it works, or put another one in force."""


@recovery.command()
@click.option("--key-from", metavar="FILE", help="Read the recovery key; - is the next line of standard input.")
@desk_options
def prove(desk: store.Desk, key_from: str | None) -> None:
    """Type the recovery key from the sheet. Opens nothing; the desk remembers that it was proved."""
    at = staff.prove_recovery(desk, secret(key_from, _("Recovery key")))
    click.echo(_("This recovery key opens the desk. Proved on %(day)s.") % {"day": words.day(at.date())})


@recovery.command()
@json_option
@desk_options
def status(desk: store.Desk, *, as_json: bool) -> None:
    """Say when the recovery key was last proved."""
    at = staff.recovery_proven_on(desk)
    if as_json:
        echo_json({"proven_at": at})
        return
    click.echo(
        _("Last proved on %(day)s.") % {"day": words.day(at.date())} if at else _("The recovery key was never proved.")
    )


@recovery.command()
@click.option("--type-back-from", metavar="FILE", help="Read the new key back; - is the next line of standard input.")
@desk_options
def renew(desk: store.Desk, type_back_from: str | None) -> None:
    """Print a new recovery key, once; when it is typed back the former one opens nothing that comes after."""
    key = new_recovery_key()
    click.echo(_("Recovery key: %(key)s") % {"key": grouped(key)})
    if parsed_recovery_key(secret(type_back_from, _("Type the recovery key back"))) != key:
        raise WrongRecoveryKey
    say_left_out(staff.renew_recovery(desk, key))
    click.echo(_("The new recovery key is in force. Destroy the former sheet."))


def _say(given: Given, *, as_json: bool) -> None:
    if as_json:
        echo_json({"passphrase": given.passphrase, "left_out": given.left_out})
        return
    click.echo(_("First passphrase: %(words)s") % {"words": given.passphrase})
    say_left_out(given.left_out)


def say_left_out(names: tuple[str, ...]) -> None:
    """Somebody changed their rows behind the keeper's back; they open nothing until they are reset."""
    for name in names:
        click.echo(_("Altered, and shut out until a keeper resets it: %(name)s") % {"name": name}, err=True)


def _fields(one: Colleague) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one.name,
        "roles": sorted(role.value for role in one.roles),
        "may_open": one.may_open,
        "must_change_passphrase": one.must_change_passphrase,
        "genuine": one.is_genuine,
        "me": one.is_me,
    }
