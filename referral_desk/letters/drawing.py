"""How a paper looks: from the sheet to the page, on a grid of three columns."""

from __future__ import annotations

from collections.abc import Iterator
from contextvars import ContextVar
from dataclasses import replace

from reportlab.platypus import Flowable, Spacer

from referral_desk import words
from referral_desk.letters import paper, sentences
from referral_desk.letters.faces import ACCENT, BODY, CAPTION, INK, SMALL, TITLE, Face, in_bold, width_of
from referral_desk.letters.qr import Scannable
from referral_desk.letters.shapes import Beside, Blank, LastPage, Panel, Rule, Shape, Stack, Text, Tick
from referral_desk.letters.sheet import Choice, Entry, Section, Sheet
from referral_desk.letters.twin import twins
from referral_desk.step_lines import Line
from referral_desk.words import _

STRONG = in_bold(BODY)
HEADING = in_bold(Face(10.5, 14, colour=ACCENT))
CODE = in_bold(Face(14, 19))

_ONE_BELOW_ANOTHER: ContextVar[bool] = ContextVar("one_below_another", default=False)
"""Answers one below another, however short they are: two languages have the room beside them."""

_THIRDS = (1, 1, 1)
_HALVES = (1, 1)
_ON_SLIP = (sentences.RECEIVED_ON, sentences.STARTS_ON, sentences.DECLINED_BECAUSE, sentences.SIGNATURE)


def drawn(sheet: Sheet, *, language: str) -> bytes:
    """The paper as a PDF, in the language spoken."""
    with paper.on(paper.size()):
        furniture = _furniture(sheet)
        return paper.render(_spaced(_story(sheet, paper.height(furniture))), furniture, language=language)


def drawn_beside(sheet: Sheet, other: Sheet, *, languages: tuple[str, str]) -> bytes:
    """The paper in two languages side by side; the first one is spoken, and its side is where one begins to read."""
    with paper.on(paper.size()):
        return _drawn_beside(sheet, other, languages)


def _drawn_beside(sheet: Sheet, other: Sheet, languages: tuple[str, str]) -> bytes:
    with words.speaking(languages[1]):
        warned = _furniture(other).above
    furniture = _furniture(sheet)
    both = "\n".join(dict.fromkeys(filter(None, (furniture.above, warned))))
    furniture = replace(furniture, above=both)
    room = paper.height(furniture)
    token = _ONE_BELOW_ANOTHER.set(True)
    try:
        with words.speaking(languages[1]):
            others = _story(other, room)
        story = twins(_story(sheet, room), others)
    finally:
        _ONE_BELOW_ANOTHER.reset(token)
    return paper.render(_spaced(story), furniture, language=languages[0])


def _story(sheet: Sheet, room: float) -> list[Shape]:
    closing = _closing(sheet)
    end = LastPage(closing, _slip(sheet), page_height=room) if sheet.has_slip else closing
    lead = [Stack([Text(sentence, BODY) for sentence in sheet.lead], gap=4)] if sheet.lead else []
    return [_header(sheet), *lead, *(_section(section) for section in sheet.sections), end]


def _spaced(story: list[Shape]) -> list[Flowable]:
    return [flowable for shape in story for flowable in (shape, Spacer(1, 8))][:-1]


def _furniture(sheet: Sheet) -> paper.Furniture:
    version = _(sentences.VERSION) % {"version": sheet.version}
    copy = _(sentences.COPY) % {"number": sheet.copy_number}
    counted = _(sentences.PAGE)
    return paper.Furniture(
        title=sheet.title,
        left=_(sentences.UNCONDITIONAL),
        below=" · ".join((_(sentences.CONFIDENTIAL), sheet.reference.text, version, copy)),
        page=lambda page, pages: counted % {"page": page, "pages": pages},
        above=_(sentences.DO_NOT_CONTACT) % {"whom": sheet.warning.text} if sheet.warning else "",
    )


def _header(sheet: Sheet) -> Shape:
    title = Stack([Text(_(sentences.CONFIDENTIAL), in_bold(BODY)), Text(sheet.title, TITLE)])
    facts = [_fact(line, STRONG) for line in (sheet.urgency, sheet.reply_by, sheet.day) if line.text]
    columns = (2, 1, 1)[-len(facts) :] if len(facts) < 3 else (2, 1, 1)
    top = Stack([Beside([title, _fact(sheet.reference, CODE)], (2, 1)), Rule(colour=ACCENT, weight=2)], gap=6)
    parties = [_party(sheet.sender)] if sheet.is_for_person else [_party(sheet.sender), _party(sheet.recipient)]
    return Stack([top, Beside(facts, columns), Beside(parties, _HALVES)], gap=8)


def _fact(line: Line, face: Face) -> Shape:
    return Stack([Text(line.label, CAPTION), Text(line.text, face)])


def _party(lines: tuple[Line, Line]) -> Shape:
    """Whose form it is, or to whom it goes; a line to write on where the desk does not know."""
    name, contact = lines
    known: Shape = Text(name.text, STRONG) if name.text else Blank("", CAPTION)
    return Stack([Text(name.label, CAPTION), known, Text(contact.text, BODY)])


def _section(section: Section) -> Shape:
    return Stack([_heading(section.heading), *_parts(section)], gap=5, headed=True)


def _parts(section: Section) -> Iterator[Shape]:
    yield from _rows(section.entries)
    yield from (Text(sentence, BODY) for sentence in section.texts)
    yield from _boxes(section.ticks)
    yield from _lines_to_write_on(section.blanks)


def _boxes(labels: tuple[str, ...]) -> Iterator[Shape]:
    """Boxes that are ticked by hand."""
    if labels:
        grid = _THIRDS if all(map(_fits, labels)) else _HALVES
        rows = [labels[at : at + len(grid)] for at in range(0, len(labels), len(grid))]
        yield Stack([Beside([Tick(label, BODY, ticked=False) for label in row], grid) for row in rows], gap=3)


def _lines_to_write_on(labels: tuple[str, ...]) -> Iterator[Shape]:
    for at in range(0, len(labels), 2):
        yield Beside([Blank(label, CAPTION) for label in labels[at : at + 2]], _HALVES)


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
    is_alone = _ONE_BELOW_ANOTHER.get()
    return not is_alone and not entry.weighty and len(entry.ticks) < 2 and _fits(entry.line.text)


def _fits(text: str) -> bool:
    """Whether a text, with a box before it, takes one line of one of three columns."""
    return not _ONE_BELOW_ANOTHER.get() and width_of(text, BODY) < paper.width() / 3 - 28


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
    """Who signs, on what it rests, and what is to be done with the paper."""
    signed = [Beside([Blank(label, CAPTION, room=30) for label in sheet.signatures[:4]], _columns(sheet))]
    beside = [_consent(sheet), _protection(sheet)] if sheet.consent else [_protection(sheet)]
    parts: list[Shape] = [*(signed if sheet.signatures else []), Beside(beside, _HALVES[: len(beside)])]
    return Stack(parts, gap=8)


def _columns(sheet: Sheet) -> tuple[int, ...]:
    return (1,) * max(2, min(4, len(sheet.signatures)))


def _consent(sheet: Sheet) -> Shape:
    *facts, items = (_fact(line, BODY) for line in sheet.consent)
    rows = [Beside(facts[at : at + 2], _HALVES) for at in range(0, len(facts), 2)]
    held_back = [Tick(_(sentences.HELD_BACK), SMALL, ticked=True)] if sheet.holds_back else []
    return Stack(
        [_heading(_(sentences.CONSENT)), *rows, items, Text(_(sentences.CONSENT_MEANS), SMALL), *held_back], gap=5
    )


def _protection(sheet: Sheet) -> Shape:
    means = [] if sheet.is_for_person else [Text(_(sentences.PROTECTION_MEANS), SMALL)]
    basis = Text(f"{_(sentences.BASIS)} {sheet.basis}", SMALL)
    copies = [Text(f"{_(sentences.COPIES)} {'; '.join(sheet.copies)}", SMALL)] if sheet.copies else []
    return Stack([_heading(_(sentences.PROTECTION)), *means, basis, *copies, *_destroy(sheet)], gap=5)


def _destroy(sheet: Sheet) -> list[Shape]:
    if not sheet.destroy_by:
        return []
    told = {"day": sheet.destroy_by, "days": sheet.days_to_destroy}
    return [Text(_(sentences.DESTROY_BY) % told, in_bold(SMALL))]


def _slip(sheet: Sheet) -> Shape:
    """The part that comes back."""
    parts = [
        Rule(colour=INK, dashed=True),
        _slip_title(sheet),
        *([Beside([_choice(one) for one in sheet.choices], (1,) * len(sheet.choices), gap=8)] if sheet.choices else []),
        Beside([_blank(each) for each in _ON_SLIP], (1,) * len(_ON_SLIP)),
    ]
    return Stack(parts, gap=6)


def _choice(one: Choice) -> Shape:
    """A box, what it means, the words to read out, and the same to be scanned."""
    said = Stack([Text(word, in_bold(CAPTION)) for word in one.words.split()])
    return Stack([Tick(one.label, SMALL, ticked=False), Beside([Scannable(one.words, side=37), said], (4, 6), gap=2)])


def _slip_title(sheet: Sheet) -> Shape:
    sender = ", ".join(line.text for line in sheet.sender if line.text)
    title = Beside([Text(_(sentences.SLIP), HEADING), Text(sheet.reference.text, CODE)], (2, 1))
    return Stack([title, Text(_(sentences.SLIP_RETURN), SMALL), Text(sender, SMALL)])


def _blank(label: str) -> Shape:
    return Blank(_(label), CAPTION)
