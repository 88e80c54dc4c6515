"""All that one paper says, in its language, before anything is drawn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from referral_desk import words
from referral_desk.letters import sentences
from referral_desk.letters.layout import DAYS_TO_DESTROY, Block, Layout
from referral_desk.letters.leaving import Agreement, Leaving, Sorted, Staying
from referral_desk.letters.places import Missing, Places
from referral_desk.nrm.case import Case
from referral_desk.nrm.fields import Reach
from referral_desk.nrm.referral import Referral
from referral_desk.step_lines import Line
from referral_desk.words import _

WARNING = "do_not_contact"


@dataclass(frozen=True)
class Entry:
    """An answer as it is printed; `ticks` are its terms where there may be several."""

    line: Line
    ticks: tuple[str, ...] = ()
    weighty: bool = False


@dataclass(frozen=True)
class Section:
    """Answers, sentences, boxes to tick by hand and lines to write on, under a heading."""

    heading: str
    entries: tuple[Entry, ...] = ()
    texts: tuple[str, ...] = ()
    ticks: tuple[str, ...] = ()
    blanks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Choice:
    """One answer on a slip: what it means, and the words that say so."""

    label: str
    words: str


@dataclass(frozen=True)
class Sheet:
    """`destroy_by` is a day in words, empty for none; `warning` is whom not to contact, printed on every page.

    `urgency` and `reply_by` have no text where nothing is asked; `questions` are `kind.question`, for the ledger.
    """

    title: str
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
    days_to_destroy: int = DAYS_TO_DESTROY
    lead: tuple[str, ...] = ()
    named: tuple[Line, ...] = ()
    signatures: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    copy_number: int = 1
    warning: Line | None = None
    basis: str = ""
    choices: tuple[Choice, ...] = ()
    has_slip: bool = False
    is_for_person: bool = False
    questions: tuple[str, ...] = ()
    missing: tuple[Missing, ...] = ()
    stays: tuple[Staying, ...] = ()

    @property
    def told(self) -> tuple[Line, ...]:
        """Everything that leaves, but for the sentences that are the same on every form."""
        answered = (entry.line for section in self.sections for entry in section.entries)
        header = (self.reference, self.day, self.urgency, self.reply_by, *self.sender, *self.recipient)
        warning = [self.warning] if self.warning else []
        return tuple(line for line in (*header, *warning, *self.named, *answered, *self.consent) if line.text)


@dataclass(frozen=True)
class Sender:
    """What the desk says of itself on paper; never the address of a shelter."""

    organisation: str
    contact: str


@dataclass(frozen=True)
class Particulars:
    """What one copy has of its own; `more` are sections that a document adds to those of its layout."""

    case: Case | None = None
    copy_number: int = 1
    choices: tuple[Choice, ...] = ()
    more: tuple[Section, ...] = ()
    earlier: tuple[str, ...] = ()
    basis: str = ""


def fill(
    referral: Referral,
    sender: Sender,
    agreed: Agreement,
    found: Sorted,
    layout: Layout,
    about: Particulars | None = None,
) -> Sheet:
    """The sheet for one errand, in the language spoken; without urgency where nothing is asked for."""
    about = about or Particulars()
    places = Places(
        about.case or Case(opened_on=referral.day), referral, agreed, _own(referral, sender, agreed, layout)
    )
    lead = places.fill(layout.lead)
    warning, sections = _apart(tuple(_sections(found, layout, places)))
    named = tuple(_entry(leaving).line for leaving in places.told.values())
    staying = [answer for _heading, listed in found for answer in listed if isinstance(answer, Staying)]
    return Sheet(
        title=_(layout.title),
        reference=_line("reference", sentences.REFERENCE, referral.reference or ""),
        day=_line("day", sentences.DAY, words.day(referral.day)),
        urgency=_line("urgency", sentences.URGENCY, referral.urgency.label if referral.urgency else ""),
        reply_by=_line("reply_by", sentences.REPLY_BY, words.day(referral.reply_by) if referral.reply_by else ""),
        sender=_party("sender", sentences.SENDER, sender.organisation, sender.contact),
        recipient=_party("recipient", sentences.RECIPIENT, referral.recipient or "", referral.recipient_contact or ""),
        sections=(*_earlier(about), *sections, *about.more),
        consent=tuple(_consent(agreed)),
        holds_back=bool(staying or places.stays),
        destroy_by=_destroy_by(referral, layout),
        days_to_destroy=layout.destroy_after or 0,
        version=layout.version,
        lead=lead,
        named=named,
        signatures=tuple(map(_, layout.signatures)),
        copies=tuple(map(_, layout.copies)),
        copy_number=about.copy_number,
        warning=warning,
        basis=_(sentences.BASES[about.basis or layout.basis]),
        choices=about.choices,
        has_slip=layout.has_slip,
        is_for_person=layout.recipient != "organisation",
        questions=tuple(_questions(found, places)),
        missing=tuple(dict.fromkeys(places.missing)),
        stays=(*staying, *places.stays),
    )


def destroyed_by(reply_by: date, days: int = DAYS_TO_DESTROY) -> date:
    return reply_by + timedelta(days=days)


def _destroy_by(referral: Referral, layout: Layout) -> str:
    if layout.destroy_after is None:
        return ""
    return words.day(destroyed_by(referral.reply_by or referral.day, layout.destroy_after))


def _own(referral: Referral, sender: Sender, agreed: Agreement, layout: Layout) -> dict[str, str]:
    """What every paper knows of itself."""
    consent = agreed.consent
    return {
        "organisation": sender.organisation,
        "contact": sender.contact,
        "recipient": referral.recipient or "",
        "reference": referral.reference or "",
        "day": words.day(referral.day),
        "reply_by": words.day(referral.reply_by) if referral.reply_by else "",
        "destroy_by": _destroy_by(referral, layout),
        "services": ", ".join(sorted(service.label for service in referral.services or ())),
        "items": ", ".join(sorted(item.label for item in agreed.consented)),
        "until": words.day(consent.expires_on) if consent and consent.expires_on else "",
    }


def _sections(found: Sorted, layout: Layout, places: Places) -> Iterator[Section]:
    for (heading, listed), (_same, blocks) in zip(found, layout.sections(), strict=True):
        leaving = [answer for answer in listed if isinstance(answer, Leaving)]
        made = Section(
            _(heading),
            tuple(_entries(leaving, dated=any(block.each for block in blocks))),
            places.fill(_each_of(blocks, "text")),
            tuple(map(_, _each_of(blocks, "ticks"))),
            tuple(map(_, _each_of(blocks, "blanks"))),
        )
        if made.entries or made.texts or made.ticks or made.blanks:
            yield made


def _each_of(blocks: list[Block], name: str) -> list[str]:
    return [sentence for block in blocks for sentence in getattr(block, name)]


def _entries(leaving: list[Leaving], *, dated: bool) -> Iterator[Entry]:
    for answer in leaving:
        entry = _entry(answer)
        if dated:
            day = words.day(answer.step.day)
            line = Line(entry.line.name, day, entry.line.text, entry.line.reach)
            entry = Entry(line, weighty=entry.weighty)
        yield entry


def _apart(sections: tuple[Section, ...]) -> tuple[Line | None, tuple[Section, ...]]:
    """Whom not to contact stands on every page instead of in a section."""
    found = [entry.line for section in sections for entry in section.entries if entry.line.name == WARNING]
    left = []
    for one in sections:
        entries = tuple(entry for entry in one.entries if entry.line.name != WARNING)
        if entries or one.texts or one.ticks or one.blanks:
            left.append(Section(one.heading, entries, one.texts, one.ticks, one.blanks))
    return (found[0] if found else None), tuple(left)


def _earlier(about: Particulars) -> Iterator[Section]:
    if about.earlier:
        yield Section(_(sentences.EARLIER), texts=(", ".join(about.earlier),))


def _entry(answer: Leaving) -> Entry:
    """Several terms in the order of their codes, which is the same in every language."""
    question, given = answer.question, answer.step.answer(answer.question)
    line = Line(question.name, question.label, answer.text, question.reach)
    is_listed = question.many and not answer.otherwise
    ticks = tuple(term.label for term in sorted(given, key=lambda term: term.code)) if is_listed else ()
    return Entry(line, ticks, weighty=question.weighty)


def _questions(found: Sorted, places: Places) -> Iterator[str]:
    for _heading, listed in found:
        yield from (f"{one.step.kind}.{one.question.name}" for one in listed if isinstance(one, Leaving))
    yield from places.told


def _consent(agreed: Agreement) -> Iterator[Line]:
    consent = agreed.consent
    if consent is None:
        return
    yield _line("consent_day", sentences.CONSENT_DAY, words.day(consent.day))
    if consent.form:
        yield _line("consent_form", sentences.CONSENT_FORM, consent.form.label)
    yield _line("consent_reference", sentences.CONSENT_REFERENCE, consent.reference or "")
    yield _line("consent_items", sentences.CONSENT_ITEMS, ", ".join(sorted(item.label for item in agreed.consented)))


def _party(name: str, label: str, organisation: str, contact: str) -> tuple[Line, Line]:
    return _line(name, label, organisation), _line(f"{name}_contact", label, contact)


def _line(name: str, label: str, text: str) -> Line:
    """A line of the request itself."""
    return Line(name, _(label), text, Reach.LETTER)
