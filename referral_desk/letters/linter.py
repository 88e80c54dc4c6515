"""The last look at a finished letter: whether it holds anything by which the person could be recognised.

It reads the file, not what the file was made from. A finding says which sealed answer stands where; never what.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache

from referral_desk import words
from referral_desk.letters import identifiers, layout, patterns, reading, sentences, sheet
from referral_desk.letters.identifiers import Identifier
from referral_desk.letters.marks import Marks, as_names, marks, ways_to_reach
from referral_desk.letters.reading import Read
from referral_desk.nrm import answers
from referral_desk.nrm.case import Case, Step
from referral_desk.nrm.fields import Question, Reach
from referral_desk.nrm.person import Person
from referral_desk.nrm.referral import Referral
from referral_desk.words import N_, _

CODE = N_("The code of the case, or a reference of another paper")
PROPERTIES = N_("the properties of the file")
PICTURES = N_("the properties of a picture")
ON_PAGE = N_("page %(page)d")
BESIDE = {
    "file": N_("An attached file"),
    "program": N_("A program that runs when the file is opened"),
    "note": N_("A note or link on a page"),
    "place": N_("The place where a picture was taken"),
}


@dataclass(frozen=True)
class Finding:
    """`what` is the label of the sealed question or of the pattern, `where` that of the printed question or page."""

    what: str
    where: str
    at: str = field(default="", compare=False)
    """Kind and question of the printed answer, with a point between; empty where no answer holds it."""

    def __str__(self) -> str:
        return _("%(what)s in: %(where)s") % {"what": self.what, "where": self.where}


@dataclass(frozen=True)
class _Written:
    """A text that somebody typed and that stands on the form."""

    label: str
    text: str
    marks: Marks
    at: str


def findings(
    pdf: bytes,
    case: Case,
    *,
    sender: str = "",
    former: Iterable[Step] = (),
    languages: Iterable[str] = (),
    otherwise: Mapping[str, str | None] | None = None,
    told: frozenset[str] = frozenset(),
) -> tuple[Finding, ...]:
    """What in a letter points to the person of this case.

    `case` is read with the seal; without it only the general patterns can be looked for. `sender` is what stands
    on every letter of this desk and so points to nobody; `former` are steps as they were before they were corrected;
    `languages` are those of the paper, where the file does not say all of them; `otherwise` is what is printed instead
    of an answer, by its kind and question. `told` are the sealed answers (`kind.question`) that a paper made with the
    seal is there to tell: they are not looked for, and what somebody wrote in them is read as well.
    """
    file = reading.read(pdf)
    pages = "\n".join(file.pages)
    asked = [referral for referral in case.taken(Referral) if referral.reference and referral.reference in pages]
    known = identifiers.of([*case.steps, *former], told=told)
    sender = "\n".join([sender, *_of_the_person(case, told)])
    of_sender, of_pages = marks(sender), marks(pages)
    written = list(_written(case, of_pages, otherwise or {}, told))
    found = [
        *_in_parties(known, asked),
        *_in_answers(known, written, of_sender.without_words()),
        *_in_patterns(written, _addresses(asked, sender), max((step.day for step in asked), default=case.opened_on)),
        *_codes(case, asked, f"{pages}\n{file.elsewhere}"),
        *(Finding(_(BESIDE[name]), _(PROPERTIES)) for name in sorted(file.beside)),
    ]
    named = {finding.what for finding in found}
    spoken = tuple(languages) or (file.language,)
    own = of_sender.joined(marks("\n".join(_own_text(case, asked, language) for language in spoken)))
    for language in spoken:
        own = own.joined(_same_on_all(language))
    found += _elsewhere([one for one in known if one.label not in named], file, own, of_pages)
    return tuple(dict.fromkeys(found))


def _in_parties(known: list[Identifier], asked: list[Referral]) -> Iterator[Finding]:
    """What in the names and contacts of the recipients points to her; a recipient may have her first name."""
    for referral in asked:
        recipient = marks(referral.recipient)
        for one in identifiers.in_recipient(known, recipient):
            yield Finding(one.label, _label("recipient"))
        contact = marks(referral.recipient_contact or "")
        for one in identifiers.in_contact(known):
            if one.stands_in(contact, apart_from=recipient):
                yield Finding(one.label, _label("recipient_contact"))


def _label(name: str) -> str:
    question = Referral.question(name)
    return question.label if question else ""


def _in_answers(known: list[Identifier], written: list[_Written], sender: Marks) -> Iterator[Finding]:
    for one in known:
        for answer in written:
            if one.stands_in(answer.marks, apart_from=sender):
                yield Finding(one.label, answer.label, answer.at)


def _in_patterns(written: list[_Written], own: frozenset[str], on: date) -> Iterator[Finding]:
    for answer in written:
        found = patterns.found_in(answer.text, answer.marks, own, on)
        yield from (Finding(_(what), answer.label, answer.at) for what in found)


def _codes(case: Case, asked: list[Referral], text: str) -> Iterator[Finding]:
    """By the code of the case, or the reference of another recipient, two could put their papers together."""
    squeezed = "".join(sign for sign in text.upper() if sign.isalnum())
    if any(code in squeezed for code in identifiers.codes(case, asked)):
        yield Finding(_(CODE), _(PROPERTIES) if not asked else _(ON_PAGE) % {"page": 1})


def _elsewhere(known: list[Identifier], file: Read, own: Marks, of_pages: Marks) -> Iterator[Finding]:
    """What stands on a page or in the file and is not the form's own word: no answer explains how it came there."""
    seen_on = [of_pages] if len(file.pages) == 1 else map(marks, file.pages)
    places = [(_(ON_PAGE) % {"page": number}, seen) for number, seen in enumerate(seen_on, 1)]
    hidden = replace(marks(file.elsewhere), raised=frozenset(), short=frozenset(), squeezed="")
    shown = as_names(marks(file.pictures))
    for where, seen in [*places, (_(PROPERTIES), hidden), (_(PICTURES), shown)]:
        yield from (Finding(one.label, where) for one in known if one.stands_in(seen, apart_from=own))


def _of_the_person(case: Case, told: frozenset[str]) -> Iterator[str]:
    """Name, birth and ways to reach her, on a paper that tells them: another answer may hold them, too."""
    for person in case.taken(Person):
        for question in person.questions:
            if f"{person.kind}.{question.name}" in told and (answer := person.answer(question)):
                yield answers.shown(question, answer)


def _written(
    case: Case, printed: Marks, otherwise: Mapping[str, str | None], told: frozenset[str]
) -> Iterator[_Written]:
    """The texts that somebody typed, where at least half of their words are on the pages."""
    for step in case.steps:
        for question in step.questions:
            at = f"{step.kind}.{question.name}"
            is_typed = _is_typed(question) or (_is_told(step, at, told) and _is_text(question))
            text = otherwise.get(at, step.answer(question)) if is_typed else None
            if isinstance(text, str) and text:
                seen = marks(text)
                if 2 * len(seen.words & printed.words) >= len(seen.words) or seen.squeezed in printed.squeezed:
                    yield _Written(question.label, text, seen, at)


def _is_told(step: Step, at: str, told: frozenset[str]) -> bool:
    """Whether a sealed answer is told here in somebody's own words: that of the person is a name or a number."""
    return at in told and not isinstance(step, Person)


def _is_typed(question: Question) -> bool:
    return question.reach >= Reach.LETTER and _is_text(question)


def _is_text(question: Question) -> bool:
    return question.vocabulary is None and question.kind is str


def _addresses(asked: list[Referral], sender: str) -> frozenset[str]:
    """Where sender and recipients are reached."""
    return ways_to_reach("\n and ".join([sender, *(referral.recipient_contact or "" for referral in asked)]))


@cache
def _same_on_all(language: str) -> Marks:
    """The sentences and labels that stand on the form of every case."""
    with words.speaking(language if language in words.PAPER_LANGUAGES else "en"):
        said = [_(sentence) for sentence in sentences.every()]
        for block in layout.shipped().blocks:
            said += [_(block.heading), *(question.label for question in block.questions)]
    return marks("\n".join(said))


def _own_text(case: Case, asked: list[Referral], language: str) -> str:
    """Every word that a form of this case may hold besides, without anybody having typed it into an answer."""
    with words.speaking(language if language in words.PAPER_LANGUAGES else "en"):
        said = [text for step in case.steps for text in _coded(step)]
    parties = [f"{referral.recipient}\n{referral.recipient_contact or ''}" for referral in asked]
    return "\n".join([*said, *parties])


def _coded(step: Step) -> Iterator[str]:
    """The answers of a step that were chosen from a list, or made by the program."""
    yield words.day(step.day)
    for question in step.questions:
        if question.vocabulary and question.reach > Reach.SEALED:
            yield answers.shown(question, step.answer(question))
        elif question.derived and question.kind is str and not question.vocabulary:
            yield step.answer(question) or ""
    if isinstance(step, Referral) and step.reply_by:
        yield f"{words.day(step.reply_by)} {words.day(sheet.destroyed_by(step.reply_by))}"
