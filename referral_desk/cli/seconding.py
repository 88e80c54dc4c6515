"""Where a command takes two: the second person's login code, and a passphrase that stands in no command."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from typing import Any

import click

from referral_desk import store
from referral_desk.cli.opening import first_line, secret
from referral_desk.errors import SecondPersonNeeded
from referral_desk.nrm.case import Step
from referral_desk.nrm.consent import Consent
from referral_desk.second_person import Second, others
from referral_desk.words import _

Asked = Callable[[store.Desk, Step], Second]


def second_options(kind: type[Step]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Give the commands of a kind that may take two the options for it, and hand them `second`, which asks when called.

    The passphrase is the line of standard input after one's own.
    """

    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        if kind is not Consent:
            return command

        @click.option(
            "--second-login",
            default="",
            help="Login code of the second person, where the law gives another ground than consent.",
        )
        @click.option(
            "--second-passphrase-from",
            "second_from",
            metavar="FILE",
            help="Her or his passphrase, the first line of a file; - is the next line of standard input.",
        )
        @functools.wraps(command)
        def asking(second_login: str, second_from: str | None, **more: Any) -> Any:
            typed = None if second_from is None else first_line(second_from)
            return command(second=functools.partial(_asked, login=second_login, typed=typed), **more)

        return asking

    return decorate


def nobody(_desk: store.Desk, _step: Step) -> Second:
    """For commands that never take two."""
    return Second()


def _asked(desk: store.Desk, step: Step, *, login: str, typed: str | None) -> Second:
    if not others(desk):
        return Second(name=(step.authorised_by or "") if isinstance(step, Consent) else "")
    if typed is None and not sys.stdin.isatty():
        raise SecondPersonNeeded
    return Second(
        login=login, passphrase=secret(None, _("Passphrase of the second person")) if typed is None else typed
    )
