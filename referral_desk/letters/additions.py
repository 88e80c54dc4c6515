"""What some documents hold beside the blocks of their layout: tables of the ledger, and the beds of a night."""

from __future__ import annotations

from collections.abc import Iterator

from referral_desk import disclosures, words
from referral_desk.disclosures import SPOKEN, Disclosure
from referral_desk.errors import DeskError
from referral_desk.letters import layout, sentences
from referral_desk.letters.layout import Layout
from referral_desk.letters.sheet import Entry, Section
from referral_desk.nrm.assistance import Assistance, AssistanceEnd
from referral_desk.nrm.case import Case
from referral_desk.nrm.fields import Reach
from referral_desk.nrm.person import Person, is_child
from referral_desk.nrm.referral import Referral
from referral_desk.nrm.terms import Service, YesNo
from referral_desk.step_lines import Line
from referral_desk.store.work import Work
from referral_desk.words import N_, _

CONSENT_FORM = "consent_form"
WITHDRAWAL = "withdrawal_notice"
WHO_KNOWS = "who_knows"
NIGHT_SHIFT = "night_shift"

NOBODY = N_("Nobody was told anything.")
PAPERS = N_("The papers")


def sections(work: Work, case: Case, referral: Referral, laid: Layout) -> Iterator[Section]:
    """The further sections of a document, in the language spoken."""
    if laid.name == WITHDRAWAL:
        held = disclosures.held_by(work, case.id, referral.recipient)
        yield Section(_(PAPERS), tuple(_entry(_when(one), _copy(one)) for one in held if one.document != WITHDRAWAL))
    elif laid.name == WHO_KNOWS:
        yield from _who_knows(work, case)
    elif laid.name == NIGHT_SHIFT:
        yield from _beds(work)


def own_words(work: Work, case: Case, laid: Layout) -> Iterator[str]:
    """What the further sections say that is no answer of anybody: recipients, labels, days."""
    if laid.name in (WITHDRAWAL, WHO_KNOWS):
        for one in disclosures.of(work, case.id):
            yield from (one.recipient, title(one), *one.what, words.day(one.day), one.delivery, one.reference)


def title(one: Disclosure) -> str:
    """What a paper is called; of the spoken word that it was spoken."""
    if one.document == SPOKEN:
        return _(sentences.BY_WORD_OF_MOUTH)
    try:
        return layout.named(one.document).label
    except DeskError:  # a document of the office that is not there any more
        return one.document


def _who_knows(work: Work, case: Case) -> Iterator[Section]:
    told = [one for one in disclosures.of(work, case.id) if one.recipient and one.document != CONSENT_FORM]
    for recipient in dict.fromkeys(one.recipient for one in told):
        own = [one for one in told if one.recipient == recipient]
        yield Section(recipient, tuple(_entry(_when(one), _content(one)) for one in own))
    earlier = _before_the_ledger(case, {one.referral_id for one in told})
    if earlier:
        yield Section(_(sentences.RECORDED_REFERRALS), tuple(earlier))
    if not told and not earlier:
        yield Section(_(sentences.RECIPIENTS), texts=(_(NOBODY),))


def _before_the_ledger(case: Case, listed: set[object]) -> list[Entry]:
    return [
        _entry(words.day(step.day), f"{step.recipient}, {step.reference}")
        for step in case.taken(Referral)
        if step.id not in listed
    ]


def _when(one: Disclosure) -> str:
    return words.day(one.day)


def _copy(one: Disclosure) -> str:
    copy = _(sentences.COPY) % {"number": one.copy_number}
    return ", ".join((title(one), one.reference, copy))


def _content(one: Disclosure) -> str:
    what = ", ".join(one.what) or _(sentences.NOTHING_PERSONAL)
    parts = [title(one), what, _(sentences.BASES[one.basis]) if one.basis in sentences.BASES else ""]
    answer = f"{_(sentences.ANSWER)} {one.answer}" if one.answer else ""
    return ". ".join(part for part in (*parts, one.delivery, answer) if part)


def _entry(label: str, text: str) -> Entry:
    return Entry(Line("disclosure", label, text, Reach.LETTER))


def _beds(work: Work) -> Iterator[Section]:
    """Whoever has a bed with us tonight: a code, and what the night must know. No name, no story."""
    kinds = (Person, Assistance, AssistanceEnd, Referral)
    for case in sorted(work.cases(work.case_ids(), kinds=kinds), key=lambda case: case.code):
        if _has_a_bed(case):
            yield Section(case.code, tuple(_for_the_night(case)), blanks=(_(sentences.BED), _(sentences.MEDICINES)))


def _has_a_bed(case: Case) -> bool:
    begun = [step.day for step in case.taken(Assistance) if Service.ACC in (step.services or ())]
    ended = [step.day for step in case.taken(AssistanceEnd) if Service.ACC in (step.services or ())]
    return bool(begun) and (not ended or max(begun) > max(ended))


def _for_the_night(case: Case) -> Iterator[Entry]:
    person = case.latest(Person)
    if is_child(case):
        yield _entry(_(sentences.CHILD), _(sentences.PRESUMED_CHILD))
    if person and person.language and person.interpreter is YesNo.YES:
        yield _entry(_(sentences.SPEAKS), person.language.label)
    asked = [step for step in case.taken(Referral) if step.do_not_contact]
    if asked:
        whom = ", ".join(sorted(one.label for one in asked[-1].do_not_contact or ()))
        yield _entry(_(sentences.NOT_TO_CONTACT), whom)
