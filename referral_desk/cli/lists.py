"""Commands that print what the program knows: safeguards, questions, mechanisms."""

from __future__ import annotations

from typing import Any

import click

from referral_desk import errors
from referral_desk.cli.opening import echo_json, json_option
from referral_desk.nrm import mechanism
from referral_desk.nrm.case import KINDS
from referral_desk.nrm.fields import Question
from referral_desk.nrm.safeguards import SAFEGUARDS, Safeguard, in_order
from referral_desk.profile import freshness
from referral_desk.store.desk import now
from referral_desk.words import _


@click.command()
@json_option
def safeguards(*, as_json: bool) -> None:
    """Print every safeguard: id, severity, step, sentence and source; and what holds those that no step can break.

    B is refused, W asks for a reason, I is shown.
    """
    rows = [_rule(guard) for guard in sorted(SAFEGUARDS, key=lambda guard: in_order(guard.id))]
    if as_json:
        echo_json(rows)
        return
    for row in rows:
        click.echo(f"{row['id']}  {row['severity']}  {row['step']}".rstrip())
        for line in filter(None, (row["sentence"], row["source"], row["held_by"], row["otherwise"])):
            click.echo(f"    {line}")


def _rule(guard: Safeguard) -> dict[str, str]:
    return {
        "id": guard.id,
        "severity": guard.severity.value,
        "step": guard.on_what,
        "sentence": guard.label,
        "source": guard.cited,
        "held_by": _(guard.held_by),
        "otherwise": _(guard.otherwise),
    }


@click.command()
@click.argument("kind", required=False, type=click.Choice(list(KINDS)))
@json_option
def questions(kind: str | None, *, as_json: bool) -> None:
    """Print every question with its step, its reach and the codes of its list."""
    rows = [
        _row(step.kind, question) for step in KINDS.values() for question in step.questions if kind in (None, step.kind)
    ]
    if as_json:
        echo_json(rows)
        return
    for row in rows:
        htcds = f"  = HTCDS {row['htcds']}" if row["htcds"] else ""
        click.echo(f"{row['step']}.{row['name']}  [{row['reach']}]  {row['label']}{htcds}")
        for line in (_folded(row), ", ".join(row["grades"]), f"→ {row['points_at']}" if row["points_at"] else ""):
            if line:
                click.echo(f"    {line}")


FOLDED = 60
"""A list of more codes (countries, languages) would bury the question; `--json` prints all of it."""


def _folded(row: dict[str, Any]) -> str:
    codes: list[str] = row["codes"]
    if len(codes) <= FOLDED:
        return ", ".join(codes)
    return f"{row['list']}: {', '.join(codes[:3])} … {codes[-1]} ({len(codes)})"


def _row(step: str, question: Question) -> dict[str, Any]:
    vocabulary = question.vocabulary
    return {
        "step": step,
        "name": question.name,
        "label": question.label,
        "reach": question.reach.name,
        "required": question.required,
        "list": vocabulary.__name__ if vocabulary else None,
        "codes": [entry.code for entry in vocabulary.every()] if vocabulary else [],
        "grades": [grade.code for grade in question.graded.every()] if question.graded else [],
        "points_at": question.points_at or None,
        "htcds": question.htcds or None,
    }


@click.command()
@json_option
def mechanisms(*, as_json: bool) -> None:
    """Print the reflection period of every country, its source, and whether anybody has verified it."""
    known, today = [mechanism.of(code) for code in mechanism.codes()], now().date()
    if as_json:
        echo_json([_mechanism(one) for one in known])
        return
    for one in known:
        rule = one.reflection
        click.echo(f"{one.code}  {one.label}: {rule}\n    {rule.source}. {rule.standing}")
        click.echo(f"    {freshness(one, today)}")


def _mechanism(one: mechanism.Mechanism) -> dict[str, Any]:
    rule = one.reflection
    return {
        "code": one.code,
        "label": one.label,
        "length": rule.period.length if rule.period else None,
        "unit": rule.period.unit.value if rule.period else None,
        "longest": rule.longest.written if rule.longest else None,
        "kind": rule.kind,
        "since": rule.since,
        "source": rule.source,
        "note": rule.value.note,
        "confidence": rule.value.confidence,
        "verified": rule.is_verified,
        "version": one.version,
        "best_before": one.best_before,
    }


@click.command("errors")
@json_option
def exit_codes(*, as_json: bool) -> None:
    """Print every exit code and what it means; 70 is a defect, 0 is success."""
    known = [one for one in vars(errors).values() if isinstance(one, type) and issubclass(one, errors.DeskError)]
    rows = sorted((one.exit_code, one.__name__) for one in known)
    if as_json:
        echo_json([{"exit_code": code, "error": name} for code, name in rows])
        return
    for code, name in rows:
        click.echo(f"{code}  {name}")
