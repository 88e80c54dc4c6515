"""What every command needs to open a desk: its folder, the login code, and a passphrase that leaves no trace."""

from __future__ import annotations

import functools
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from referral_desk import store
from referral_desk.errors import UnreadableFile
from referral_desk.words import N_, _

STDIN = "-"


def desk_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command --desk and the ways to open it, and hand it the open desk as `desk`."""

    @click.option("--desk", "folder", type=click.Path(path_type=Path), envvar="REFERRAL_DESK", required=True,
                  help="The folder of the desk; REFERRAL_DESK names it, too.")  # fmt: skip
    @login_options
    @recovery_option
    @click.option("--as-it-is", is_flag=True, help="Open the desk although changes are missing from it.")
    @functools.wraps(command)
    def opened(
        folder: Path, login: str, passphrase_from: str | None, recovery_from: str | None, *, as_it_is: bool, **more: Any
    ) -> Any:
        if recovery_from is None:
            spoken = passphrase(passphrase_from)
            desk = store.open_desk(folder, login=login, passphrase=spoken, as_it_is=as_it_is)
        else:
            desk = store.open_with_recovery(folder, recovery_key=first_line(recovery_from), as_it_is=as_it_is)
        with desk:
            result = command(desk=desk, **more)
            daily(desk)
            return result

    return opened


def recovery_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command --recovery-from."""
    return click.option(
        "--recovery-from",
        metavar="FILE",
        help="Open with the recovery key, the first line of a file; - is standard input.",
    )(command)


def daily(desk: store.Desk) -> None:
    """Look the store over and back it up, once a day; what hinders it is said and stops no command."""
    hindered = store.upkeep.daily(desk)
    if hindered:
        click.echo(str(hindered), err=True)


def login_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command --login and --passphrase-from."""
    login = click.option("--login", default="", help="Your login code at this desk, if you were given one.")
    source = click.option(
        "--passphrase-from",
        metavar="FILE",
        help="Read the passphrase from the first line of a file; - is standard input.",
    )
    return login(source(command))


def json_option(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option("--json", "as_json", is_flag=True, help="Answer in JSON, for programs.")(command)


def passphrase(source: str | None, *, twice: bool = False) -> str:
    """The passphrase from a file, from standard input, or asked for."""
    if source is None and not sys.stdin.isatty():
        raise click.UsageError(_("There is nobody to ask for the passphrase here: give --passphrase-from FILE or -."))
    return secret(source, _("Passphrase"), twice=twice)


def secret(source: str | None, what: str, *, twice: bool = False) -> str:
    """Something that must not stand in a command: from a file, the next line of standard input, or asked for."""
    if source is not None:
        return first_line(source)
    return str(click.prompt(what, hide_input=True, confirmation_prompt=twice))


def first_line(source: str) -> str:
    """The first line of a file or of standard input, without its end."""
    if source == STDIN:
        return _stdin_line()
    return next(iter(_text(source).splitlines()), "")


def first_text(source: str) -> str:
    """A whole text that must not stand in a command: from a file, or the rest of standard input."""
    return sys.stdin.read() if source == STDIN else _text(source)


def answers_from(source: str | None) -> dict[str, Any]:
    """Answers written as one JSON object; from standard input it follows the line of the passphrase."""
    return told_from(source)[0]


def told_from(source: str | None) -> tuple[dict[str, Any], dict[str, str]]:
    """The same answers, and beside them what `because` says: reasons by the id of the rule that warns."""
    if source is None:
        return {}, {}
    text = sys.stdin.read() if source == STDIN else _text(source)
    try:
        held = json.loads(text)
    except json.JSONDecodeError as error:
        raise UnreadableFile(file=source, why=_(_NO_JSON) % {"line": error.lineno}) from None
    except (ValueError, RecursionError):
        raise UnreadableFile(file=source, why=_(_NO_OBJECT)) from None
    because = held.pop("because", {}) if isinstance(held, dict) else {}
    if not isinstance(held, dict) or not all(_is_written(answer) for answer in held.values()):
        raise UnreadableFile(file=source, why=_(_NO_OBJECT))
    if not isinstance(because, dict) or not all(isinstance(why, str) for why in because.values()):
        raise UnreadableFile(file=source, why=_(_NO_OBJECT))
    return held, because


def _is_written(answer: Any) -> bool:
    return isinstance(answer, str) or (isinstance(answer, list) and all(isinstance(part, str) for part in answer))


def _stdin_line() -> str:
    try:
        return sys.stdin.readline().rstrip("\r\n")
    except UnicodeDecodeError:
        raise UnreadableFile(file=STDIN, why=_(_NO_TEXT)) from None


_NO_TEXT = N_("it is missing, or not a text file in UTF-8.")
_NO_JSON = N_("line %(line)s is not JSON.")
_NO_OBJECT = N_('it must be one JSON object of texts and lists, such as {"first_name": "Ana"}.')


def _text(source: str) -> str:
    try:
        return Path(source).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise UnreadableFile(file=source, why=_(_NO_TEXT)) from None


def echo_json(thing: Any) -> None:
    """One JSON document on standard output."""
    click.echo(json.dumps(thing, default=str, ensure_ascii=False, indent=1))


@contextmanager
def progress(label: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on standard error; the function it gives takes what is done and what there is to do."""
    with click.progressbar(length=1, label=label, file=sys.stderr) as bar:

        def show(done: int, of: int) -> None:
            bar.length = max(of, 1)
            bar.update(done - bar.pos)

        yield show
