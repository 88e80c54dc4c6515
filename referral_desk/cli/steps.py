"""Commands that take and correct steps: one sub-command per kind, one option per question."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import click

from referral_desk import second_person, store
from referral_desk.cli.opening import desk_options, told_from
from referral_desk.cli.seconding import Asked, nobody, second_options
from referral_desk.errors import AnswersMissing, UnknownStep
from referral_desk.nrm import pathway
from referral_desk.nrm.all_the_same import takes_two
from referral_desk.nrm.case import KINDS, Case, Step
from referral_desk.nrm.fields import Question, Reach
from referral_desk.nrm.record import Record
from referral_desk.nrm.reflection import ReflectionPeriod
from referral_desk.nrm.safeguards import worth_knowing
from referral_desk.words import _

_LISTED = 12
"""A vocabulary longer than this is not printed in the help; `referral-desk questions` shows it."""


@click.group()
def take() -> None:
    """Take a step in a case, if every safeguard holds.

    Each kind of step is a command with an option for each question. Sealed answers (names, contacts, accounts) are
    read from --answers-from, so that no name ends up in the history of the shell.

    An answer of ?DECLINED or ?UNK says why there is none. Where a rule only warns, the same file says why the step is
    taken all the same: {"because": {"F2": "the decision names this day"}}.
    """


@click.group()
def correct() -> None:
    """Correct a step: a new revision with a reason; the former one stays."""


def answer_options(kind: type[Record]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Give a command an option for each question of a kind that may stand on a command line."""

    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        command = click.option(
            "--answers-from", "answers_source", metavar="FILE",
            help="Answers as a JSON object; - is standard input, after the passphrase. Sealed: " + _sealed_names(kind),
        )(command)  # fmt: skip
        for question in reversed(kind.questions):
            if question.derived is None and question.reach is not Reach.SEALED:
                command = click.option(_option(question.name), question.name, help=_help(question))(command)
        return command

    return decorate


def step_of(
    kind: type[Step], given: dict[str, Any], written: dict[str, Any], desk: store.Desk, case: Case | None = None
) -> Step:
    """The step that options and JSON describe together; today and the desk's mechanism where nothing is said."""
    told = _pointing(kind, {name: answer for name, answer in given.items() if answer is not None} | written, case)
    told.setdefault("day", desk.clock().date().isoformat())
    if kind is ReflectionPeriod:
        told.setdefault("mechanism", desk.mechanism)
    return pathway.step_from(kind, told)


def _taking(kind: type[Step]) -> click.Command:
    @click.command(kind.kind, help=f"{kind.english}. {(kind.__doc__ or '').splitlines()[0]}")
    @click.argument("code")
    @answer_options(kind)
    @desk_options
    @second_options(kind)
    def command(desk: store.Desk, code: str, answers_source: str | None, second: Asked = nobody, **given: Any) -> None:
        told, because = told_from(answers_source)
        with desk.work() as work:
            case = work.case(code)
            step = step_of(kind, given, told, desk, case)
            agreed = takes_two(step)
            if not agreed:
                work.take(case, step, because=because)
            told_of = worth_knowing(case, step, work.today)
        if agreed:
            second_person.record(desk, code, step, second(desk, step), because)
        click.echo(_("Taken: %(step)s.") % {"step": kind.label()})
        for guard in told_of:
            click.echo(guard.label, err=True)

    return command


def _correcting(kind: type[Step]) -> click.Command:
    @click.command(kind.kind, help=f"{kind.english}: correct the latest one. --answers-from must say why_corrected.")
    @click.argument("code")
    @answer_options(kind)
    @desk_options
    @second_options(kind)
    def command(desk: store.Desk, code: str, answers_source: str | None, second: Asked = nobody, **given: Any) -> None:
        written, because = told_from(answers_source)
        told = {name: answer for name, answer in given.items() if answer is not None} | written
        why = told.pop("why_corrected", "")
        if not isinstance(why, str) or not why.strip():
            raise AnswersMissing(labels=_("Why was it corrected?"))
        with desk.work() as work:
            case = work.case(code)
            former = case.latest(kind)
            if former is None:
                raise UnknownStep
            told = _pointing(kind, told, case)
            agreed = takes_two(pathway.revision_of(former, told, why=why), former)
            if not agreed:
                work.correct(case, former, told, why=why, because=because)
        if agreed:
            by = second(desk, pathway.revision_of(former, told, why=why))
            second_person.correct(desk, code, former.id, told, by, why=why, because=because)
        click.echo(_("Corrected: %(step)s.") % {"step": kind.label()})

    return command


def _pointing(kind: type[Step], told: dict[str, Any], case: Case | None) -> dict[str, Any]:
    """The answers with earlier steps by their id, where they were named by `latest`, reference or day."""
    for question in kind.questions:
        meant = told.get(question.name)
        if case and question.points_at and isinstance(meant, str):
            told[question.name] = next(
                (str(o.id) for o in pathway.earlier_steps(case, question) if _is(o, meant)), meant
            )
    return told


def _is(step: Step, meant: str) -> bool:
    return meant in ("latest", getattr(step, "reference", None), step.day.isoformat()) or str(step.id).startswith(meant)


def _option(name: str) -> str:
    return "--" + name.replace("_", "-")


def _help(question: Question) -> str:
    parts = [question.text]
    if question.kind is date:
        parts.append("Year-month-day.")
    if question.points_at:
        parts.append(f"An earlier {question.points_at}: its day, its reference, or latest.")
    if question.graded:
        parts.append("CODE=GRADE, with commas; see `referral-desk questions`.")
    elif question.vocabulary:
        codes = [entry.code for entry in question.vocabulary.every()]
        parts.append("One of" if question.one else "Some of, with commas:")
        parts.append(
            ", ".join(codes) if len(codes) <= _LISTED else f"{len(codes)} codes, see `referral-desk questions`"
        )
    return " ".join(parts)


def _sealed_names(kind: type[Record]) -> str:
    names = [question.name for question in kind.questions if question.reach is Reach.SEALED]
    return ", ".join(names) + "."


for _kind in KINDS.values():
    take.add_command(_taking(_kind))
    correct.add_command(_correcting(_kind))
