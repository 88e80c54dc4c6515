"""All that one form says, in the language of the form, before anything is drawn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from referral_desk import words
from referral_desk.letters import sentences
from referral_desk.letters.layout import Layout
from referral_desk.letters.leaving import Agreement, Leaving, Sorted
from referral_desk.nrm import answers
from referral_desk.nrm.fields import Reach
from referral_desk.nrm.referral import Referral
from referral_desk.pages import Line
from referral_desk.words import _

TIME_TO_DESTROY = timedelta(days=30)
"""After the day by which an answer is asked for; a working rule of ours, not a standard."""


@dataclass(frozen=True)
class Entry:
    """An answer as it is printed; `ticks` are its terms where there may be several."""

    line: Line
    ticks: tuple[str, ...] = ()
    weighty: bool = False


@dataclass(frozen=True)
class Section:
    heading: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Sheet:
    """`destroy_by` is a day in words."""

    reference: Line
    day: Line
    urgency: Line
    reply_by: Line
    sender: tuple[Line, Line]
    recipient: tuple[Line, Line]
    sections: tuple[Section, ...]
    consent: tuple[Line, ...]
    holds_back: bool
    destroy_by: str
    version: str

    @property
    def told(self) -> tuple[Line, ...]:
        """Everything that leaves, but for the sentences that are the same on every form."""
        answered = (entry.line for section in self.sections for entry in section.entries)
        header = (self.reference, self.day, self.urgency, self.reply_by, *self.sender, *self.recipient)
        return tuple(line for line in (*header, *answered, *self.consent) if line.text)


@dataclass(frozen=True)
class Sender:
    """What the desk says of itself on paper; never the address of a shelter."""

    organisation: str
    contact: str


def fill(referral: Referral, sender: Sender, agreed: Agreement, found: Sorted, layout: Layout) -> Sheet:
    """The sheet for one referral, in the language spoken."""
    reply_by = referral.reply_by or referral.day
    return Sheet(
        reference=_own("reference", sentences.REFERENCE, referral.reference or ""),
        day=_own("day", sentences.DAY, words.day(referral.day)),
        urgency=_own("urgency", sentences.URGENCY, referral.urgency.label),
        reply_by=_own("reply_by", sentences.REPLY_BY, words.day(reply_by)),
        sender=_party("sender", sentences.SENDER, sender.organisation, sender.contact),
        recipient=_party("recipient", sentences.RECIPIENT, referral.recipient, referral.recipient_contact or ""),
        sections=tuple(_sections(found)),
        consent=tuple(_consent(agreed)),
        holds_back=any(not isinstance(answer, Leaving) for _heading, listed in found for answer in listed),
        destroy_by=words.day(destroyed_by(reply_by)),
        version=layout.version,
    )


def destroyed_by(reply_by: date) -> date:
    return reply_by + TIME_TO_DESTROY


def _sections(found: Sorted) -> Iterator[Section]:
    for heading, listed in found:
        leaving = [answer for answer in listed if isinstance(answer, Leaving)]
        if leaving:
            yield Section(_(heading), tuple(_entry(answer) for answer in leaving))


def _entry(answer: Leaving) -> Entry:
    question, given = answer.question, answer.step.answer(answer.question)
    line = Line(question.name, question.label, answers.shown(question, given), question.reach)
    ticks = tuple(sorted(term.label for term in given)) if question.many else ()
    return Entry(line, ticks, weighty=question.weighty)


def _consent(agreed: Agreement) -> Iterator[Line]:
    yield _own("consent_day", sentences.CONSENT_DAY, words.day(agreed.consent.day))
    if agreed.consent.form:
        yield _own("consent_form", sentences.CONSENT_FORM, agreed.consent.form.label)
    yield _own("consent_reference", sentences.CONSENT_REFERENCE, agreed.consent.reference or "")
    yield _own("consent_items", sentences.CONSENT_ITEMS, ", ".join(sorted(item.label for item in agreed.consented)))


def _party(name: str, label: str, organisation: str, contact: str) -> tuple[Line, Line]:
    return _own(name, label, organisation), _own(f"{name}_contact", label, contact)


def _own(name: str, label: str, text: str) -> Line:
    """A line of the request itself."""
    return Line(name, _(label), text, Reach.LETTER)
