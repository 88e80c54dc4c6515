"""A paper that is read from top to bottom: a title, and under each heading sentences or answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from reportlab.platypus import Flowable, Spacer

from referral_desk.letters import paper, sentences
from referral_desk.letters.drawing import CODE, HEADING, STRONG
from referral_desk.letters.faces import ACCENT, BODY, CAPTION, MUTED, SMALL, TITLE, can_print
from referral_desk.letters.shapes import Beside, Blank, Rule, Shape, Stack, Text
from referral_desk.words import N_, _

CANNOT_BE_PRINTED = N_("These letters cannot be printed here. This answer is handed over in another way.")


@dataclass(frozen=True)
class Said:
    """A question and its answer."""

    label: str
    text: str


@dataclass(frozen=True)
class Part:
    """What stands under a heading; `small` says in a few words what it is."""

    heading: str
    lines: tuple[str | Said, ...]
    small: str = ""


@dataclass(frozen=True)
class Report:
    """A whole paper. `sender` is who hands it over, `reference` a code without meaning; `is_signed` leaves room."""

    title: str
    reference: str
    sender: tuple[str, str]
    day: str
    lead: tuple[str, ...]
    parts: tuple[Part, ...]
    is_signed: bool = False


@dataclass(frozen=True)
class Printed:
    """A finished paper; `left_out` are the questions whose answers have letters that no font here has."""

    pdf: bytes
    file_name: str
    left_out: tuple[str, ...]


def printed(report: Report, *, language: str) -> Printed:
    """The paper as a PDF, in the language spoken; what cannot be printed says so in its place."""
    left_out = tuple(dict.fromkeys(_left_out(report)))
    parts = tuple(replace(part, lines=tuple(map(_printable, part.lines))) for part in report.parts)
    name, contact = map(_bare, report.sender)
    shapes = _shapes(replace(report, parts=parts, sender=(name, contact)))
    story: list[Flowable] = [flowable for shape in shapes for flowable in (shape, Spacer(1, 10))][:-1]
    return Printed(paper.render(story, _furniture(report), language=language), f"{report.reference}.pdf", left_out)


def _left_out(report: Report) -> Iterator[str]:
    for line in (line for part in report.parts for line in part.lines):
        if isinstance(line, Said) and not can_print(line.text):
            yield line.label


def _printable(line: str | Said) -> str | Said:
    if isinstance(line, Said):
        return line if can_print(line.text) else replace(line, text=_(CANNOT_BE_PRINTED))
    return _bare(line)


def _bare(text: str) -> str:
    """A sentence, in which only names of organisations may have letters that the fonts lack."""
    return text if can_print(text) else "".join(sign if can_print(sign) else "?" for sign in text)


def _furniture(report: Report) -> paper.Furniture:
    counted = _(sentences.PAGE)
    return paper.Furniture(
        title=report.title,
        left=_(sentences.CONFIDENTIAL),
        below=report.reference,
        page=lambda page, pages: counted % {"page": page, "pages": pages},
    )


def _shapes(report: Report) -> Iterator[Shape]:
    yield _header(report)
    yield from (Text(sentence, BODY) for sentence in report.lead)
    yield from map(_part, report.parts)
    if report.is_signed:
        yield Beside([Blank(_(sentences.SIGNATURE), CAPTION, room=40)], (1,))


def _header(report: Report) -> Shape:
    facts = Stack([Text(_(sentences.REFERENCE), CAPTION), Text(report.reference, CODE)])
    top = Beside([Text(report.title, TITLE), facts], (2, 1))
    name, contact = report.sender
    sender = Stack([Text(name, STRONG), Text(contact, BODY)])
    day = Stack([Text(_(sentences.DAY), CAPTION), Text(report.day, STRONG)])
    return Stack([top, Rule(colour=ACCENT, weight=2), Beside([sender, day], (2, 1))], gap=8)


def _part(part: Part) -> Shape:
    small = [Text(part.small, replace(SMALL, colour=MUTED))] if part.small else []
    heading = Stack([Text(part.heading, HEADING), Rule(), *small], gap=2)
    return Stack([heading, *map(_line, part.lines)], gap=5, headed=True)


def _line(line: str | Said) -> Shape:
    if isinstance(line, Said):
        return Beside([Text(line.label, replace(BODY, colour=MUTED)), Text(line.text, BODY)], (1, 2))
    return Text(line, BODY)
