"""The last look at a finished letter: whether it holds anything by which the person could be recognised.

It reads the file, not what the file was made from. A finding says which sealed answer stands where; never what.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from referral_desk import words
from referral_desk.letters import identifiers, layout, reading, sentences, sheet
from referral_desk.letters.identifiers import Identifier
from referral_desk.letters.marks import Marks, marks, same_number, ways_to_reach
from referral_desk.letters.reading import Read
from referral_desk.nrm import answers
from referral_desk.nrm.case import Case, Step
from referral_desk.nrm.fields import Question, Reach
from referral_desk.nrm.referral import Referral
from referral_desk.words import N_, _

MAIL = N_("An e-mail address")
NUMBER = N_("A phone or identity number")
PROPERTIES = N_("the properties of the file")
ON_PAGE = N_("page %(page)d")


@dataclass(frozen=True)
class Finding:
    """`what` is the label of the sealed question or of the pattern, `where` that of the printed question or page."""

    what: str
    where: str

    def __str__(self) -> str:
        return _("%(what)s in: %(where)s") % {"what": self.what, "where": self.where}


@dataclass(frozen=True)
class _Written:
    """A text that somebody typed and that stands on the form."""

    label: str
    text: str
    marks: Marks
    is_address: bool


def findings(pdf: bytes, case: Case, *, sender: str = "") -> tuple[Finding, ...]:
    """What in a letter points to the person of this case.

    `case` is read with the seal; without it only the general patterns can be looked for. `sender` is what stands
    on every letter of this desk and so points to nobody.
    """
    file = reading.read(pdf)
    known = identifiers.of(case)
    written = list(_written(case, marks("\n".join(file.pages))))
    found = [
        *_in_answers(known, written, marks(sender)),
        *_in_patterns(written, ways_to_reach(_addresses(case, sender))),
    ]
    named = {finding.what for finding in found}
    own = marks(_own_text(case, file.language, sender))
    found += _elsewhere([one for one in known if one.label not in named], file, own)
    return tuple(dict.fromkeys(found))


def _in_answers(known: list[Identifier], written: list[_Written], sender: Marks) -> Iterator[Finding]:
    for one in known:
        for answer in written:
            if one.stands_in(answer.marks, apart_from=sender):
                yield Finding(one.label, answer.label)


def _in_patterns(written: list[_Written], own: frozenset[str]) -> Iterator[Finding]:
    for answer in written:
        strange = frozenset[str]() if answer.is_address else ways_to_reach(answer.text) - own
        for way in strange:
            if "@" in way:
                yield Finding(_(MAIL), answer.label)
            elif not any(same_number(way, other) for other in own):
                yield Finding(_(NUMBER), answer.label)


def _elsewhere(known: list[Identifier], file: Read, own: Marks) -> Iterator[Finding]:
    """What stands on a page or in the file and is not the form's own word: no answer explains how it came there."""
    places = [(_(ON_PAGE) % {"page": number}, text) for number, text in enumerate(file.pages, 1)]
    for where, text in [*places, (_(PROPERTIES), file.elsewhere)]:
        seen = marks(text)
        yield from (Finding(one.label, where) for one in known if one.stands_in(seen, apart_from=own))


def _written(case: Case, printed: Marks) -> Iterator[_Written]:
    """The texts that somebody typed, where at least half of their words are on the pages."""
    for step in case.steps:
        for question in step.questions:
            text = step.answer(question) if _is_typed(question) else None
            if text:
                told = marks(text)
                if 2 * len(told.words & printed.words) >= len(told.words):
                    yield _Written(question.label, text, told, is_address=question.name == _ADDRESS)


def _is_typed(question: Question) -> bool:
    may_leave = question.reach >= Reach.LETTER or question.name == _ADDRESS
    return may_leave and question.vocabulary is None and question.kind is str


_ADDRESS = "recipient_contact"


def _addresses(case: Case, sender: str) -> str:
    """Where sender and recipients are reached."""
    return "\n".join([sender, *(referral.recipient_contact or "" for referral in case.taken(Referral))])


def _own_text(case: Case, language: str, sender: str) -> str:
    """Every word that a form of this case may hold without anybody having typed it."""
    with words.speaking(language if language in words.LANGUAGES else "en"):
        said = [_(sentence) for sentence in sentences.every()]
        for block in layout.shipped().blocks:
            said += [_(block.heading), *(question.label for question in block.questions)]
        said += [text for step in case.steps for text in _coded(step)]
    return "\n".join([*said, *(referral.recipient for referral in case.taken(Referral)), sender])


def _coded(step: Step) -> Iterator[str]:
    """The answers of a step that were chosen from a list, or counted by the program."""
    yield words.day(step.day)
    for question in step.questions:
        if question.vocabulary and question.reach > Reach.SEALED:
            yield answers.shown(question, step.answer(question))
    if isinstance(step, Referral) and step.reply_by:
        yield f"{step.reference} {words.day(step.reply_by)} {words.day(sheet.destroyed_by(step.reply_by))}"
