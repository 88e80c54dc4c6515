"""Commands about cases: new, list, show."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import click

from referral_desk import asked_once, one_person, pages, store, undoing, words
from referral_desk.cli.opening import STDIN, answers_from, desk_options, echo_json, first_line, json_option
from referral_desk.cli.steps import answer_options, step_of
from referral_desk.nrm.case import KINDS
from referral_desk.nrm.person import FirstContact
from referral_desk.words import _


@click.group()
def case() -> None:
    """Open, find and read cases."""


@case.command()
@answer_options(FirstContact)
@json_option
@desk_options
def new(desk: store.Desk, answers_source: str | None, *, as_json: bool, **given: Any) -> None:
    """Open a case by its first contact and print its code."""
    first = step_of(FirstContact, given, answers_from(answers_source), desk)
    assert isinstance(first, FirstContact)  # noqa: S101 - step_of gives back the kind it was asked for
    with desk.work() as work:
        code = work.open_case(first).code
    echo_json({"code": code}) if as_json else click.echo(code)


@case.command("list")
@click.option("--find", "text", default="", help="Words of the code, or - to read words of a name from standard input.")
@click.option("--most", type=click.IntRange(1), default=50, show_default=True, help="How many to print.")
@json_option
@desk_options
def list_(desk: store.Desk, text: str, most: int, *, as_json: bool) -> None:
    """List cases, newest first: codes and coded facts, never a name.

    A name to search for never stands in the command: --find - reads it, after the passphrase.
    """
    wanted = first_line(STDIN) if text == STDIN else text
    with desk.work(unsealed=text == STDIN) as work:
        ids = work.case_ids(wanted)
        rows = [pages.case_row(case, work.today) for case in work.cases(ids[:most])]
    if as_json:
        echo_json([asdict(row) for row in rows])
        return
    for row in rows:
        marks = ", ".join(mark.text for mark in row.marks)
        click.echo(f"{row.code}  {row.opened_on}  {row.summary}" + (f"  [{marks}]" if marks else ""))
    click.echo(_("%(shown)d of %(count)d cases.") % {"shown": len(rows), "count": len(ids)})


@case.command()
@click.argument("code")
@click.option("--names", is_flag=True, help="Open the sealed answers; the journal notes it.")
@json_option
@desk_options
def show(desk: store.Desk, code: str, *, names: bool, as_json: bool) -> None:
    """Show a case: its tracks, the steps taken, and what stands in the way of the others."""
    with desk.work(unsealed=names) as work:
        page = pages.case_page(work.case(code), work.today)
    if as_json:
        echo_json(asdict(page))
        return
    click.echo(f"{page.code}  {page.name}\n{page.summary}")
    if page.suggestion:
        click.echo(page.suggestion)
    for track in page.tracks:
        _show_track(track)


@case.command()
@click.argument("code")
@click.option("--names", is_flag=True, help="Open the sealed answers; the journal notes it.")
@json_option
@desk_options
def history(desk: store.Desk, code: str, *, names: bool, as_json: bool) -> None:
    """Show what was corrected in a case: when, by whom, why, and what each answer said before and after."""
    with desk.work(unsealed=names) as work:
        found = work.case(code)
        steps = [step for step in (*found.steps, *work.withdrawn(found.id)) if step.revision > 1]
        told = [(step.label(), undoing.history(work, type(step), step.id)) for step in steps]
    if as_json:
        echo_json([{"step": label, "revisions": [asdict(one) for one in revisions]} for label, revisions in told])
        return
    for label, revisions in told:
        click.echo(label)
        for one in revisions[1:]:
            click.echo(f"  {words.moment(one.at)}  {one.by}  {one.why}".rstrip())
            for change in one.changes:
                click.echo(f"      {change.label}: {change.before} → {change.after}")
    if not told:
        click.echo(_("Nothing was corrected in this case."))


@case.command()
@click.argument("code")
@desk_options
def undo(desk: store.Desk, code: str) -> None:
    """Take back what you recorded last in a case today, if nothing was recorded or printed since."""
    with desk.work() as work:
        done = undoing.last_in(work, work.case(code))
        undoing.undo(work, done)
    assert done is not None  # noqa: S101 - undo has refused it otherwise
    click.echo(_("Taken back: %(step)s.") % {"step": KINDS[done.kind].label()})


@case.command()
@click.argument("code")
@json_option
@desk_options
def alike(desk: store.Desk, code: str, *, as_json: bool) -> None:
    """Show the cases that may be of the same person as this one, and why."""
    with desk.work() as work:
        found = one_person.candidates(work, work.case(code).id)
    if as_json:
        echo_json([{"code": one.row.code, "reasons": one.reasons} for one in found])
        return
    for one in found:
        click.echo(f"{one.row.code}  {', '.join(one.reasons)}")
    if not found:
        click.echo(_("No other case looks like this one."))


@case.command()
@click.argument("code")
@json_option
@desk_options
def asked(desk: store.Desk, code: str, *, as_json: bool) -> None:
    """Show what was asked before, by whom, and whether the account may be used again."""
    with desk.work(unsealed=False) as work:
        found = asked_once.asked_before(work, work.case(code).id)
    if as_json:
        echo_json([asdict(one) for one in found])
        return
    for one in found:
        click.echo(one.sentence)
    if not found:
        click.echo(_("Nothing was asked yet."))


@case.command("keep-apart")
@click.argument("code")
@click.argument("other")
@desk_options
def keep_apart(desk: store.Desk, code: str, other: str) -> None:
    """Remember that two cases look alike and are of two persons."""
    with desk.work() as work:
        one_person.keep_apart(work, work.case(code).id, work.case(other).id)


@case.command()
@click.argument("code")
@click.option("--into", required=True, help="The case that stays.")
@desk_options
def merge(desk: store.Desk, code: str, into: str) -> None:
    """Put everything of a case into another one of the same person; `take-apart` undoes it."""
    with desk.work() as work:
        one_person.merge(work, away=code, into=into)
    click.echo(_("Merged. %(case)s leads to %(into)s from now on.") % {"case": code, "into": into})


@case.command("take-apart")
@click.argument("code")
@desk_options
def take_apart(desk: store.Desk, code: str) -> None:
    """Undo a merge: what came from the case goes back, what was recorded since stays where it is."""
    with desk.work() as work:
        one_person.take_apart(work, code)
    click.echo(_("Taken apart."))


def _show_track(track: pages.TrackPage) -> None:
    click.echo(f"\n{track.label}: {track.standing}")
    for step in track.taken:
        click.echo(f"  {words.day(step.day)}  {step.label}")
        for line in step.lines:
            click.echo(f"      {line.label}: {line.text}")
    for coming in track.open:
        click.echo(f"  {'·' if coming.unmet else '+'} {coming.label} ({coming.kind})")
        for hindrance in coming.unmet:
            click.echo(f"      {hindrance.id}: {hindrance.sentence} [{hindrance.source}]")
