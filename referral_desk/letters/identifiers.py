"""What would give away whose case it is: every sealed answer, however it might be written on paper."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from referral_desk.letters import marks, numbers, sounds
from referral_desk.letters.marks import Marks, common_words, words_of_places
from referral_desk.nrm.case import Case, Step
from referral_desk.nrm.consent import Consent
from referral_desk.nrm.dates import PartialDate
from referral_desk.nrm.fields import SEALED_MARK, Question, Reach
from referral_desk.nrm.person import Person
from referral_desk.nrm.record import BESIDE
from referral_desk.nrm.referral import Referral
from referral_desk.store.names import folded

SURNAME = "last_name"
_NAMES = ("first_name", "middle_name", SURNAME, "other_names")
_PLACES = ("place_of_birth", "address", "post_street", "post_town", "post_region")
_LONG = BESIDE
"""Answers that are told in sentences though they are asked for in one line."""

_CASE = re.compile("(?:om|em|ov|a|e|i|u)$")

_LONG_ENOUGH_GLUED, _LONG_ENOUGH_SPELLED, _LONG_ENOUGH_ANYWHERE = 6, 5, 7
"""How many letters a name needs to be found within another word, in letters that stand apart, across all words."""

_REST_OF_GLUED = 3


@dataclass(frozen=True)
class Identifier:
    """One sealed answer; `label` is that of its question and `of` its name, empty but for the person's own answers.

    `whispered` are words of a long answer that are not written like names: they count where the paper does so.
    `names` are whole names and pairs of them, which are found even glued to other words. `heard` are the sounds of
    names and places, each with whether it is written in Arabic letters.
    """

    label: str
    of: str = ""
    words: frozenset[str] = frozenset()
    short: frozenset[str] = frozenset()
    whispered: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    phrases: tuple[str, ...] = ()
    numbers: frozenset[str] = frozenset()
    days: frozenset[date] = frozenset()
    heard: tuple[tuple[frozenset[str], bool], ...] = ()

    def stands_in(self, text: Marks, *, apart_from: Marks) -> bool:
        """Whether it stands in a text, otherwise than by words that are the form's own."""
        left = text.without(apart_from)
        return bool(
            self.days & left.days
            or any(text.has_number(known) and not apart_from.has_number(known) for known in self.numbers)
            or any(text.holds(phrase) and not apart_from.holds(phrase) for phrase in self.phrases)
            or self.named_in(left)
            or marks.is_heard(left, self.heard)
            or any(_is_hidden(name, left) and name not in apart_from.squeezed for name in self.names)
        )

    def named_in(self, left: Marks) -> bool:
        """Whether one of its words stands there, of two letters only where it is written like a name."""
        return (
            marks.any_same(left.words, self.words)
            or marks.any_same(left.raised, self.words | self.whispered, raised=True)
            or bool(self.short & left.raised)
            or bool(self.short & left.short - common_words())
        )


def of(steps: Iterable[Step], *, told: frozenset[str] = frozenset()) -> list[Identifier]:
    """Every identifier of some steps, but for the answers that are told; none where the seal is not in force."""
    every = list(steps)
    found = (
        one
        for step in every
        for question in step.questions
        if f"{step.kind}.{question.name}" not in told
        for one in _identifier(step, question)
    )
    people = () if f"{Person.kind}.{SURNAME}" in told else every
    pairs = (_pair(step) for step in people if isinstance(step, Person))
    return list(dict.fromkeys([*found, *pairs]))


def codes(case: Case, asked: Iterable[Referral]) -> frozenset[str]:
    """The bare codes that may not stand on a paper: that of the case, ids, references of other recipients."""
    printed = list(asked)
    recipients = [step.recipient for step in printed]
    own = {step.reference for step in printed}
    own |= {step.reference for step in case.taken(Consent) if step.recipient in recipients}
    given = [*(step.reference for step in case.taken(Referral)), *(step.reference for step in case.taken(Consent))]
    others = set(given) - own
    bodies = {"".join(filter(str.isalnum, code.upper()))[2:] for code in (case.code, *others) if code}
    return frozenset(bodies | {id_.hex.upper() for id_ in (case.id, *(step.id for step in case.steps))})


def in_contact(known: Iterable[Identifier]) -> Iterator[Identifier]:
    """By what an organisation's contact would point to the person: it may lie in the same town."""
    nothing = frozenset[str]()
    own = (replace(one, heard=()) for one in known if one.of)
    return (replace(one, words=nothing) if one.of in _PLACES else one for one in own)


def in_recipient(known: Iterable[Identifier], recipient: Marks) -> list[Identifier]:
    """Who is named by an organisation's name: by the surname, by two names together, by no first name alone."""
    own = [one for one in in_contact(known) if one.stands_in(recipient, apart_from=marks.marks(""))]
    named = [one for one in own if one.of in _NAMES]
    first = {word for word in recipient.words for one in named if marks.any_same([word], one.words)}
    is_whole = len({one.of for one in named}) > 1 or len(first & set(recipient.text.split())) > 1
    return [one for one in own if is_whole or one.of not in _NAMES or one.of == SURNAME]


def _identifier(step: Step, question: Question) -> Iterator[Identifier]:
    answer = step.answer(question) if question.reach is Reach.SEALED and not _is_of_many(question) else None
    if answer in (None, "", SEALED_MARK):
        return
    if isinstance(answer, date):
        yield Identifier(question.label, question.name, days=frozenset({answer}))
    elif isinstance(answer, PartialDate):
        yield _born(question, answer)
    elif question.long or question.name in _LONG:
        yield _told(question, str(answer))
    else:
        yield replace(_stated(question, str(answer)), of=question.name if isinstance(step, Person) else "")


def _is_of_many(question: Question) -> bool:
    """What a list says, or how one is addressed, is true of many: it names nobody."""
    return question.vocabulary is not None or question.name in ("salutation", "title")


def _born(question: Question, told: PartialDate) -> Identifier:
    """A whole date; a year or a month alone says too little to be looked for."""
    days = frozenset([told.first] if told.first == told.last else [])
    return Identifier(question.label, question.name, days=days)


def _told(question: Question, answer: str) -> Identifier:
    """Of a long answer the words that are not common, and the numbers. Arabic has no capitals to tell names by."""
    found = marks.marks(answer)
    named = found.raised | {word for word in found.words if len(word) > 3 and sounds.is_arabic(word)}
    raised = _with_stems(word for word in named - common_words() if len(word) > 2)
    whispered = _with_stems(found.words - common_words()) - raised
    names = (said for said in found.said if said[2] and said[1] not in common_words())
    heard = _heard(word for word, _plain, _raised in names if not sounds.is_arabic(word))
    return Identifier(
        question.label, words=raised, whispered=whispered, numbers=frozenset(numbers.told(answer)), heard=heard
    )


def _heard(names: Iterable[str]) -> tuple[tuple[frozenset[str], bool], ...]:
    return tuple((sounds.stems(name), sounds.is_arabic(name)) for name in sorted(set(names)))


def _with_stems(words: Iterable[str]) -> frozenset[str]:
    """Words, and what they may be forms of: whom somebody tells of seldom stands in the nominative."""
    every = frozenset(words)
    stems = frozenset(stem for word in every if len(stem := _CASE.sub("", word)) > 4)
    return every | stems - common_words()


def _stated(question: Question, answer: str) -> Identifier:
    """Of a short answer each word that is not common, or all words together."""
    found = marks.marks(answer)
    words = found.words - words_of_places()
    is_name = question.name in _NAMES
    return Identifier(
        question.label,
        words=words,
        short=_of_two_letters(answer) if is_name else frozenset(),
        names=words if is_name else frozenset(),
        phrases=_phrases(question, answer, found, words),
        numbers=frozenset(numbers.known(answer)),
        heard=_heard(word for word, plain, _raised in found.said if plain in words),
    )


def _phrases(question: Question, answer: str, found: Marks, words: frozenset[str]) -> tuple[str, ...]:
    """A street with its number always, anything else where it is made of common or of short words alone."""
    if question.name in ("address", "post_street"):
        parts = [marks.marks(part).text for part in answer.split(",")]
        streets = tuple(part for part in parts if " " in part and any(sign.isdigit() for sign in part))
        return streets if words or streets else (found.text,)
    is_short_word = len(found.text) < 3 or not found.text.strip(".")
    return () if words or is_short_word else (found.text,)


def _of_two_letters(answer: str) -> frozenset[str]:
    return marks.marks(answer.title()).short


def _pair(person: Person) -> Identifier:
    """First name and surname written as one word."""
    first, last = ("".join(folded(str(answer or "")).split()) for answer in (person.first_name, person.last_name))
    is_known = first and last and SEALED_MARK not in (person.first_name, person.last_name)
    question = Person.question(SURNAME)
    label = question.label if question else ""
    return Identifier(label, SURNAME, names=frozenset([first + last, last + first] if is_known else []))


def _is_hidden(name: str, left: Marks) -> bool:
    """Whether a name stands within a word, in letters that stand apart, or across several words."""
    if len(name) >= _LONG_ENOUGH_ANYWHERE and name in left.squeezed:
        return True
    if len(name) >= _LONG_ENOUGH_SPELLED and name in left.spelled:
        return True
    return len(name) >= _LONG_ENOUGH_GLUED and any(
        name in word for word in left.words if len(word) >= len(name) + _REST_OF_GLUED
    )
