"""How a referral form looks: from the sheet to the page, on a grid of three columns."""

from __future__ import annotations

from collections.abc import Iterator

from reportlab.platypus import Flowable, Spacer

from referral_desk.letters import paper, sentences
from referral_desk.letters.faces import ACCENT, INK, MUTED, Face, in_bold, width_of
from referral_desk.letters.shapes import Beside, Blank, LastPage, Panel, Rule, Shape, Stack, Text, Tick
from referral_desk.letters.sheet import Entry, Section, Sheet
from referral_desk.pages import Line
from referral_desk.words import _

BODY = Face(9.5, 13)
STRONG = in_bold(BODY)
SMALL = Face(8, 10.5)
CAPTION = Face(7.5, 10.5, colour=MUTED)
HEADING = in_bold(Face(10.5, 14, colour=ACCENT))
TITLE = in_bold(Face(22, 27))
CODE = in_bold(Face(14, 19))

_THIRDS = (1, 1, 1)
_HALVES = (1, 1)


def drawn(sheet: Sheet, *, language: str) -> bytes:
    """The form as a PDF, in the language spoken."""
    end = LastPage(_closing(sheet), _slip(sheet), page_height=paper.height())
    story = [_header(sheet), *(_section(section) for section in sheet.sections), end]
    return paper.render(_spaced(story), _furniture(sheet), language=language)


def _spaced(story: list[Shape]) -> list[Flowable]:
    return [flowable for shape in story for flowable in (shape, Spacer(1, 8))][:-1]


def _furniture(sheet: Sheet) -> paper.Furniture:
    version = _(sentences.VERSION) % {"version": sheet.version}
    counted = _(sentences.PAGE)
    return paper.Furniture(
        title=_(sentences.TITLE),
        left=_(sentences.UNCONDITIONAL),
        below=" · ".join((_(sentences.CONFIDENTIAL), sheet.reference.text, version)),
        page=lambda page, pages: counted % {"page": page, "pages": pages},
    )


def _header(sheet: Sheet) -> Shape:
    title = Stack([Text(_(sentences.CONFIDENTIAL), in_bold(BODY)), Text(_(sentences.TITLE), TITLE)])
    facts = [_fact(line, STRONG) for line in (sheet.urgency, sheet.reply_by, sheet.day)]
    top = Stack([Beside([title, _fact(sheet.reference, CODE)], (2, 1)), Rule(colour=ACCENT, weight=2)], gap=6)
    return Stack(
        [top, Beside(facts, (2, 1, 1)), Beside([_party(sheet.sender), _party(sheet.recipient)], _HALVES)], gap=8
    )


def _fact(line: Line, face: Face) -> Shape:
    return Stack([Text(line.label, CAPTION), Text(line.text, face)])


def _party(lines: tuple[Line, Line]) -> Shape:
    """Whose form it is, or to whom it goes; a line to write on where the desk does not know."""
    name, contact = lines
    known: Shape = Text(name.text, STRONG) if name.text else Blank("", CAPTION)
    return Stack([Text(name.label, CAPTION), known, Text(contact.text, BODY)])


def _section(section: Section) -> Shape:
    return Stack([_heading(section.heading), *_rows(section.entries)], gap=5, headed=True)


def _heading(text: str) -> Shape:
    return Stack([Text(text, HEADING), Rule()], gap=2)


def _rows(entries: tuple[Entry, ...]) -> Iterator[Shape]:
    """Short answers three in a row, one that is left beside the text that follows it, the others alone."""
    waiting: list[Entry] = []
    for entry in entries:
        if _is_short(entry):
            waiting.append(entry)
        elif len(waiting) == 1 and _takes_few_lines(entry):
            yield Beside([_fact(waiting.pop().line, BODY), _alone(entry)], (1, 2))
        else:
            yield from _row(waiting)
            waiting = []
            yield _alone(entry)
        if len(waiting) == 3:
            yield from _row(waiting)
            waiting = []
    yield from _row(waiting)


def _is_short(entry: Entry) -> bool:
    return not entry.weighty and len(entry.ticks) < 2 and _fits(entry.line.text)


def _fits(text: str) -> bool:
    """Whether a text, with a box before it, takes one line of one of three columns."""
    return width_of(text, BODY) < paper.width() / 3 - 28


def _takes_few_lines(entry: Entry) -> bool:
    return len(entry.ticks) < 2 and width_of(entry.line.text, BODY) < 2 * paper.width()


def _row(entries: list[Entry]) -> Iterator[Shape]:
    if entries:
        yield Beside([_fact(entry.line, BODY) for entry in entries], _THIRDS, low=True)


def _alone(entry: Entry) -> Shape:
    caption = Text(entry.line.label, CAPTION)
    if entry.weighty:
        return Panel(Stack([caption, Text(entry.line.text, STRONG)]))
    return Stack([caption, _ticked(entry.ticks) if len(entry.ticks) > 1 else Text(entry.line.text, BODY)])


def _ticked(labels: tuple[str, ...]) -> Shape:
    grid = _THIRDS if all(map(_fits, labels)) else _HALVES
    rows = [labels[at : at + len(grid)] for at in range(0, len(labels), len(grid))]
    return Stack([Beside([Tick(label, BODY, ticked=True) for label in row], grid) for row in rows])


def _closing(sheet: Sheet) -> Shape:
    return Beside([_consent(sheet), _protection(sheet)], _HALVES)


def _consent(sheet: Sheet) -> Shape:
    *facts, items = (_fact(line, BODY) for line in sheet.consent)
    rows = [Beside(facts[at : at + 2], _HALVES) for at in range(0, len(facts), 2)]
    held_back = [Tick(_(sentences.HELD_BACK), SMALL, ticked=True)] if sheet.holds_back else []
    return Stack(
        [_heading(_(sentences.CONSENT)), *rows, items, Text(_(sentences.CONSENT_MEANS), SMALL), *held_back], gap=5
    )


def _protection(sheet: Sheet) -> Shape:
    destroy = Text(_(sentences.DESTROY_BY) % {"day": sheet.destroy_by}, in_bold(SMALL))
    return Stack([_heading(_(sentences.PROTECTION)), Text(_(sentences.PROTECTION_MEANS), SMALL), destroy], gap=5)


def _slip(sheet: Sheet) -> Shape:
    """The part that comes back."""
    answers = [Tick(_(text), BODY, ticked=False) for text in (sentences.ACCEPTED, sentences.DECLINED)]
    parts = [
        Rule(colour=INK, dashed=True),
        _slip_title(sheet),
        Beside([Stack(answers), _blank(sentences.RECEIVED_ON), _blank(sentences.STARTS_ON)], _THIRDS),
        Beside([_blank(sentences.DECLINED_BECAUSE), _blank(sentences.SIGNATURE)], (2, 1)),
    ]
    return Stack(parts, gap=6)


def _slip_title(sheet: Sheet) -> Shape:
    sender = ", ".join(line.text for line in sheet.sender if line.text)
    title = Beside([Text(_(sentences.SLIP), HEADING), Text(sheet.reference.text, CODE)], (2, 1))
    return Stack([title, Text(_(sentences.SLIP_RETURN), SMALL), Text(sender, SMALL)])


def _blank(label: str) -> Shape:
    return Blank(_(label), CAPTION)
