"""The anonymised referral form: one referral, one recipient, one reference."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from referral_desk import words
from referral_desk.errors import UnprintableLetters, WithheldAnswers
from referral_desk.journal import Act
from referral_desk.letters import layout, leaving, sheet
from referral_desk.letters.leaving import Sorted, Staying
from referral_desk.nrm.case import Case, Step, is_code
from referral_desk.nrm.consent import Consent
from referral_desk.nrm.referral import Referral
from referral_desk.pages import Line
from referral_desk.store.desk import Desk
from referral_desk.store.work import Work
from referral_desk.words import _

LANGUAGES = ("en", "sr_Latn", "sr_Cyrl", "ar")


@dataclass(frozen=True)
class Letter:
    """A finished letter. `told` is everything that leaves; `withheld` says what stays, and why."""

    pdf: bytes
    reference: str
    file_name: str
    told: tuple[Line, ...]
    withheld: tuple[str, ...]


def referral_form(work: Work, referral_id: UUID, *, language: str) -> Letter:
    """The form of a referral, made where no seal is in force: what cannot be read cannot be printed.

    Raises ConsentNotInForce, UnprintableLetters where the fonts lack a letter, and WithheldAnswers where a reference
    is none of ours: anything may stand in it.
    """
    if work.seal is not None:
        raise ValueError("A letter is made without the seal.")
    if language not in LANGUAGES:
        raise ValueError(language)
    case, referral = _find(work, referral_id)
    form = layout.shipped()
    agreed = leaving.agreement(case, referral, work.today)
    _check_references(referral, agreed.consent)
    found = leaving.sorted_answers(case, referral, agreed, form)
    with words.speaking(language):
        filled = sheet.fill(referral, _sender(work), agreed, found, form)
        pdf = _drawn(filled, language)
    return Letter(pdf, filled.reference.text, f"{filled.reference.text}.pdf", filled.told, _withheld(found))


def checked_referral_form(desk: Desk, referral_id: UUID, *, language: str) -> Letter:
    """The form, read against what the seal protects before anybody sees it, and noted in the journal.

    Raises WithheldAnswers where the finished file holds something that identifies the person. A member who may
    not know names has it read for the general patterns alone: addresses of e-mail, phone and identity numbers.
    """
    from referral_desk.letters import linter

    with desk.work(unsealed=False) as work:
        letter = referral_form(work, referral_id, language=language)
        sender = _sender(work)
    with desk.work() as work:
        case, _referral = _find(work, referral_id)
        about = f"{sender.organisation}\n{sender.contact}"
        found = linter.findings(letter.pdf, case, sender=about, former=_former(work, case))
        if found:
            raise WithheldAnswers(where=", ".join(dict.fromkeys(str(finding) for finding in found)))
        work.note(Act.PRINTED, Referral.kind, referral_id)
    return letter


def _find(work: Work, referral_id: UUID) -> tuple[Case, Referral]:
    case = work.case(work.revisions(Referral, referral_id)[-1].case_id)
    return case, next(step for step in case.taken(Referral) if step.id == referral_id)


def _former(work: Work, case: Case) -> list[Step]:
    """Every step as it was before it was corrected: a name that was wrong may still be known."""
    corrected = [step for step in (*case.steps, *work.withdrawn(case.id)) if step.revision > 1]
    return [former for step in corrected for former in work.revisions(type(step), step.id) if not former.current]


def _check_references(*printed: Referral | Consent) -> None:
    for step in printed:
        question = step.question("reference")
        if question and not is_code(step.reference or ""):
            raise WithheldAnswers(where=question.label)


def _sender(work: Work) -> sheet.Sender:
    about = work.about()
    return sheet.Sender(about.organisation, about.contact)


def _withheld(found: Sorted) -> tuple[str, ...]:
    staying = [answer for _heading, listed in found for answer in listed if isinstance(answer, Staying)]
    return tuple(_(answer.why) % {"question": answer.question.label} for answer in staying)


def _drawn(filled: sheet.Sheet, language: str) -> bytes:
    from referral_desk.letters import drawing, faces

    for line in filled.told:
        if not faces.can_print(line.text):
            raise UnprintableLetters(label=line.label)
    return drawing.drawn(filled, language=language)
