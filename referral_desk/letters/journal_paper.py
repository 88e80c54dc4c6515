"""The journal on paper: what was found, and the head that proves later what it was today."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from reportlab.platypus import Flowable, Spacer

from referral_desk import chronicle, journal, words
from referral_desk.chronicle import Told, Wanted, on_this_clock
from referral_desk.journal import Act
from referral_desk.letters import faces, paper, sentences
from referral_desk.letters.drawing import HEADING, STRONG
from referral_desk.letters.faces import ACCENT, BODY, CAPTION, MUTED, TITLE, Face, in_bold
from referral_desk.letters.shapes import Beside, Blank, Panel, Rule, Shape, Stack, Text
from referral_desk.letters.slips import printed
from referral_desk.store import Desk, Work, roster
from referral_desk.words import N_, _, ngettext

MOST = 1000
"""So many entries fill thirty pages; who wants others narrows the choice."""

FILE_NAME = "journal.pdf"
MARGIN = Face(8, BODY.leading, colour=MUTED)
HEAD_GROUP = 8

_TITLE = N_("Journal")
_HEAD = N_("Head of the journal after entry %(number)d")
_HEAD_MEANS = N_(
    "Keep this sheet away from the computer. Whoever changes or removes one of the entries so far can no longer "
    "produce this head: type it in where the journal is verified."
)


@dataclass(frozen=True)
class JournalSheet:
    """A finished sheet; `left_out` counts entries that were wanted and are too old to find room."""

    pdf: bytes
    left_out: int


@dataclass(frozen=True)
class _Content:
    organisation: str
    made_at: datetime
    choice: tuple[str, ...]
    entries: tuple[Told, ...]
    wanted: int
    number: int
    head: str


def journal_sheet(desk: Desk, wanted: Wanted, *, language: str) -> JournalSheet:
    """The newest of the wanted entries, noted in the journal itself first. KeeperNeeded or UnknownCase."""
    chronicle.find(desk, wanted)
    with desk.work(unsealed=False) as work:
        work.note(Act.PRINTED_JOURNAL)
    numbers = [number for _day, found in chronicle.find(desk, wanted) for number in found]
    with words.speaking(printed(language)), desk.work(unsealed=False) as work:
        content = _content(work, wanted, numbers)
        pdf = paper.render(list(_story(content)), _furniture(), language=words.language())
    return JournalSheet(pdf, max(0, len(numbers) - MOST))


def in_groups(head: str) -> str:
    """A head as somebody can read it out: eight signs, a blank, eight signs."""
    return " ".join(head[at : at + HEAD_GROUP] for at in range(0, len(head), HEAD_GROUP))


def _content(work: Work, wanted: Wanted, numbers: list[int]) -> _Content:
    number, head = journal.head(work.session)
    entries = chronicle.tell(work, journal.these(work.session, numbers[:MOST]), writable=_is_writable)
    about = work.about().organisation
    return _Content(
        organisation=about if faces.can_print(about) else "",
        made_at=on_this_clock(work.now),
        choice=tuple(_choice(work, wanted)),
        entries=entries,
        wanted=len(numbers),
        number=number,
        head=head,
    )


def _is_writable(name: str) -> bool:
    return bool(name) and faces.can_print(name)


def _choice(work: Work, wanted: Wanted) -> Iterator[str]:
    """What was chosen, in words; nothing where everything was."""
    if wanted.member:
        name = roster.names(work.session).get(wanted.member, "")
        yield name if _is_writable(name) else wanted.member[: len("1a2b3c4d")]
    if wanted.subject:
        yield wanted.subject.label
    if wanted.case:
        yield wanted.case.strip().upper()


def _story(content: _Content) -> Iterator[Flowable]:
    yield _header(content)
    for day, told in groupby(content.entries, key=lambda entry: on_this_clock(entry.at).date()):
        rows = [_row(entry) for entry in told]
        yield Spacer(1, 8)
        yield Stack([_heading(day), rows[0]], gap=3, headed=True)
        yield from rows[1:]
    yield Spacer(1, 14)
    yield _end(content)


def _header(content: _Content) -> Shape:
    title = Stack([Text(_(sentences.CONFIDENTIAL), in_bold(BODY)), Text(_(_TITLE), TITLE)])
    at = f"{words.day(content.made_at.date())}, {content.made_at:%H:%M}"
    facts = [_fact(_(sentences.SENDER), content.organisation), _fact(_(sentences.DAY), at)]
    facts.append(_fact(_("Entries"), _counted(content)))
    chosen = [Text(" · ".join(content.choice), STRONG)] if content.choice else []
    return Stack([title, Rule(colour=ACCENT, weight=2), Beside(facts, (1, 1, 1)), *chosen], gap=6)


def _counted(content: _Content) -> str:
    shown, wanted = len(content.entries), content.wanted
    if shown == wanted:
        return ngettext("%(count)d entry", "%(count)d entries", wanted) % {"count": wanted}
    return _("the newest %(shown)d of %(count)d") % {"shown": shown, "count": wanted}


def _heading(day: date) -> Shape:
    return Stack([Text(words.day(day), HEADING), Rule()], gap=2)


def _row(entry: Told) -> Shape:
    time, number = (Text(text, MARGIN) for text in (f"{on_this_clock(entry.at):%H:%M}", str(entry.number)))
    return Beside([time, number, Text(entry.sentence, BODY)], (1, 1, 8))


def _end(content: _Content) -> Shape:
    head = Stack(
        [
            Text(_(_HEAD) % {"number": content.number}, CAPTION),
            Text(in_groups(content.head), STRONG),
            Text(_(_HEAD_MEANS), CAPTION),
        ],
        gap=3,
    )
    signed = Beside([Blank(_(sentences.DAY), CAPTION), Blank(_(sentences.SIGNATURE), CAPTION)], (1, 2))
    return Stack([Panel(head), signed], gap=8, headed=True)


def _fact(label: str, text: str) -> Shape:
    return Stack([Text(label, CAPTION), Text(text or "–", BODY)])


def _furniture() -> paper.Furniture:
    counted = _(sentences.PAGE)
    return paper.Furniture(
        title=_(_TITLE),
        left=_(_TITLE),
        below=_(sentences.CONFIDENTIAL),
        page=lambda page, pages: counted % {"page": page, "pages": pages},
    )
