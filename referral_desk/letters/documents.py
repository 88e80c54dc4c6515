"""Every paper that leaves: made from its layout, read by the linter, and noted in the ledger as it goes.

An anonymous paper is made where no seal is in force: what cannot be read cannot be printed. One with the name is made
only after the recipient said yes and the person agreed to share it with this recipient.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from uuid import UUID

from referral_desk import answer_words, disclosures, referral_answers, words
from referral_desk.answer_words import ASKED_OF_ENQUIRIES, ON_SLIPS
from referral_desk.disclosures import Disclosure, Paper
from referral_desk.errors import (
    NameNotShared,
    NotAcceptedYet,
    NothingToPrint,
    NothingToTell,
    NothingWithdrawn,
    RecipientMissing,
    UnprintableLetters,
    WithheldAnswers,
)
from referral_desk.letters import additions, findings, layout, leaving, looking, sentences, sheet, unread
from referral_desk.letters.findings import Ruling
from referral_desk.letters.layout import Layout
from referral_desk.letters.leaving import Agreement
from referral_desk.letters.linter import Finding
from referral_desk.letters.places import Missing
from referral_desk.letters.sheet import Choice, Particulars, Sender, Sheet
from referral_desk.nrm.case import KINDS, Case, is_code
from referral_desk.nrm.consent import Consent, in_force, same_name
from referral_desk.nrm.referral import Referral, Urgency
from referral_desk.nrm.terms import Service
from referral_desk.step_lines import Line
from referral_desk.store.desk import Desk
from referral_desk.store.work import Work
from referral_desk.words import N_, _

WITHHOLD_NOTE = N_("The person asked that something be withheld. Read it in the consent before this leaves.")


@dataclass(frozen=True)
class Errand:
    """What somebody wants on paper: which document, of which case or referral, for whom, and what is asked for.

    `services` and `urgency` are those of an enquiry; a referral has its own. `beside` is a second language, told side
    by side with the first; `rulings` are what was decided about findings.
    """

    document: str
    case: UUID | str | None = None
    referral: UUID | None = None
    recipient: str = ""
    services: frozenset[Service] = frozenset()
    urgency: Urgency = Urgency.NORMAL
    language: str = "en"
    beside: str = ""
    rulings: tuple[Ruling, ...] = ()


@dataclass(frozen=True)
class Letter:
    """A finished paper. `told` is everything that leaves; `withheld` says what stays, and why.

    `missing` are answers that a sentence needs and nobody has given; `notes` what somebody should read before.
    `waiting` are findings that nobody has decided about: with one of them nothing may leave; `found` are all of them.
    """

    pdf: bytes
    reference: str
    file_name: str
    told: tuple[Line, ...]
    withheld: tuple[str, ...]
    missing: tuple[Missing, ...] = ()
    notes: tuple[str, ...] = ()
    paper: Paper | None = None
    errand: Errand | None = field(default=None, repr=False)
    found: tuple[Finding, ...] = ()
    waiting: tuple[Finding, ...] = ()


def make(work: Work, errand: Errand) -> Letter:
    """The paper, not yet looked at. Without the seal in force, unless its layout says that it holds the seal.

    ConsentNotInForce, NotAcceptedYet, NothingToTell, RecipientMissing, UnprintableLetters where the fonts lack a
    letter, WithheldAnswers where a reference is none of ours: anything may stand in it.
    """
    laid = layout.named(errand.document)
    if (work.seal is not None) and not laid.is_sealed:
        raise ValueError("An anonymous paper is made without the seal.")
    case, referral = _found(work, errand, laid)
    _check(work, case, referral, laid)
    agreed = _agreed(work, case, referral, laid)
    _check_references(referral, agreed.consent)
    with leaving.printed_otherwise(findings.changes(errand.rulings)), words.speaking(errand.language):
        filled = _filled(work, case, referral, agreed, laid)
        _check_named(filled, laid)
        with words.speaking(errand.beside or errand.language):
            other = _filled(work, case, referral, agreed, laid) if errand.beside else None
        pdf = _drawn(filled, other, errand)
    withheld = tuple(_(one.why) % {"question": one.question.label} for one in filled.stays)
    paper = _paper(case, referral, filled, laid, agreed, errand, pdf)
    name = f"{filled.reference.text}.pdf"
    return Letter(pdf, filled.reference.text, name, filled.told, withheld, filled.missing, (), paper, errand)


def checked(desk: Desk, errand: Errand) -> Letter:
    """The paper, read against what the seal protects before anybody sees it. Nothing is noted yet: see `let_go`.

    WithheldAnswers where the finished file holds something that identifies the person. To a member who may not
    know names nobody can say that a typed word is one, so that such a member prints coded answers only: NamesUnread.
    """
    letter = looked_at(desk, errand)
    if letter.waiting:
        raise WithheldAnswers(where=", ".join(dict.fromkeys(str(finding) for finding in letter.waiting)))
    return letter


def looked_at(desk: Desk, errand: Errand) -> Letter:
    """The paper with what was found in it; while findings wait it may be shown at the desk, and nothing else."""
    laid = layout.named(errand.document)
    with desk.work(unsealed=laid.is_sealed) as work:
        letter = make(work, errand)
        sender = _sender(work)
    if letter.paper is None:
        return letter
    with desk.work() as work:
        unread.check(work, *_found(work, errand, laid), laid, letter.paper.questions)
        found = looking.found_in(work, letter, laid, sender)
        waiting = findings.unanswered(found, errand.rulings)
        return replace(letter, notes=tuple(_notes(work, letter)), found=found, waiting=waiting)


def let_go(desk: Desk, letter: Letter, *, delivery: str = "") -> Disclosure | None:
    """Note in the ledger that a paper leaves, and keep it; None for a paper that stays in the house."""
    if letter.paper is None:
        return None
    if letter.waiting:
        raise WithheldAnswers(where=", ".join(dict.fromkeys(str(finding) for finding in letter.waiting)))
    with desk.work() as work:
        _note_kept(work, letter, letter.paper)
        if letter.paper.referral_id and layout.named(letter.paper.document).has_slip:
            case, referral = _referral(work, letter.paper.referral_id)
            referral_answers.note_sent(work, case, referral)
        return disclosures.record(work, letter.paper, delivery=delivery)


def _found(work: Work, errand: Errand, laid: Layout) -> tuple[Case, Referral]:
    """The case, and the referral; of a paper that belongs to none an errand in the same shape, with its reference."""
    if laid.about == "referral":
        if errand.referral is None:
            raise NothingToPrint
        return _referral(work, errand.referral)
    if laid.about == "desk":
        return Case(opened_on=work.today), _bare(work, errand, laid, "desk")
    case = work.case(errand.case or "")
    return case, _bare(work, errand, laid, case.id)


def _referral(work: Work, id_: UUID) -> tuple[Case, Referral]:
    case = work.case(work.revisions(Referral, id_)[-1].case_id)
    return case, next(step for step in case.taken(Referral) if step.id == id_)


def _bare(work: Work, errand: Errand, laid: Layout, about: UUID | str) -> Referral:
    recipient = " ".join(errand.recipient.split())
    needs_one = laid.recipient == "organisation" or laid.name == additions.CONSENT_FORM
    if needs_one and not recipient:
        raise RecipientMissing
    made = Referral(day=work.today, recipient=recipient, services=errand.services or None)
    made.reference = answer_words.reference_for(work, about, laid.name, recipient.casefold(), *_each_day(work, laid))
    if laid.has_slip:
        made.urgency = errand.urgency
        made.reply_by = errand.urgency.answer_by(work.today)
    return made


def _each_day(work: Work, laid: Layout) -> tuple[str, ...]:
    """An enquiry of another day is another enquiry: its answer words are its own."""
    return (work.today.isoformat(),) if laid.has_slip else ()


def _check(work: Work, case: Case, referral: Referral, laid: Layout) -> None:
    if laid.step and not case.taken(KINDS[laid.step]):
        raise NothingToTell(document=laid.label, step=KINDS[laid.step].label())
    if laid.level == "C_IDENT" and not disclosures.has_said_yes(work, case, referral):
        raise NotAcceptedYet
    if laid.name == additions.WITHDRAWAL and not disclosures.held_by(work, case.id, referral.recipient):
        raise NothingWithdrawn


def _check_named(filled: Sheet, laid: Layout) -> None:
    """A sheet that is to say who somebody is, and may not, would only give away that somebody is there."""
    if laid.level == "C_IDENT" and not any(question in _NAMES for question in filled.questions):
        raise NameNotShared


_NAMES = ("person.first_name", "person.middle_name", "person.last_name")


def _agreed(work: Work, case: Case, referral: Referral, laid: Layout) -> Agreement:
    """What may be told: with an organisation what the person agreed to, unless nothing personal is told at all."""
    if laid.basis != "CONSENT":
        return leaving.unasked(case, referral, work.today, laid)
    agreed = leaving.agreement(case, referral, work.today)
    if (
        laid.level == "C_IDENT"
    ):  # what the anonymous form tells was chosen in the referral; the name by the consent alone
        return replace(agreed, chosen=agreed.consented)
    return agreed


def _filled(work: Work, case: Case, referral: Referral, agreed: Agreement, laid: Layout) -> Sheet:
    reference = referral.reference or ""
    about = Particulars(
        case=case,
        copy_number=disclosures.next_copy(work, case.id, laid.name, reference),
        choices=tuple(_choices(work, laid, reference)),
        more=tuple(additions.sections(work, case, referral, laid)),
        earlier=tuple(_earlier(case, referral, laid)),
        basis=_basis(agreed, laid),
    )
    found = leaving.sorted_answers(case, referral, agreed, laid)
    return sheet.fill(referral, _sender(work), agreed, found, laid, about)


def _choices(work: Work, laid: Layout, reference: str) -> list[Choice]:
    if not laid.has_slip:
        return []
    asked = ASKED_OF_ENQUIRIES if laid.about == "case" else ON_SLIPS
    return [Choice(reply.label, answer_words.words_for(work, reference, reply)) for reply in asked]


def _earlier(case: Case, referral: Referral, laid: Layout) -> list[str]:
    """Under references one recipient, and nobody else, can put our papers together."""
    if laid.level != "B_PSEUDO" or laid.recipient != "organisation":
        return []
    others = [step for step in case.taken(Referral) if step.id != referral.id and step.day <= referral.day]
    return [step.reference or "" for step in others if same_name(step.recipient, referral.recipient)]


def _basis(agreed: Agreement, laid: Layout) -> str:
    """The ground in law: of consent that was not asked for, the one recorded with it."""
    ground = getattr(agreed.consent, "ground", None)
    return ground.code if ground and ground.code in sentences.BASES else laid.basis


def _paper(
    case: Case, referral: Referral, filled: Sheet, laid: Layout, agreed: Agreement, errand: Errand, pdf: bytes
) -> Paper | None:
    if laid.about == "desk":
        return None
    return Paper(
        case_id=case.id,
        referral_id=referral.id if laid.about == "referral" else None,
        document=laid.name,
        version=laid.version,
        reference=filled.reference.text,
        recipient=(referral.recipient or "") if laid.recipient == "organisation" else "",
        questions=filled.questions,
        basis=_basis(agreed, laid),
        consent=(agreed.consent.reference or "") if agreed.consent else "",
        copy_number=filled.copy_number,
        language=errand.language,
        pdf=pdf,
        reply_by=referral.reply_by if laid.has_slip else None,
    )


def _note_kept(work: Work, letter: Letter, paper: Paper) -> None:
    if letter.errand:
        kind, id_ = (Referral.kind, paper.referral_id) if paper.referral_id else ("case", paper.case_id)
        findings.note_kept(work, letter.errand.rulings, letter.found, kind=kind, id_=id_)


def _notes(work: Work, letter: Letter) -> list[str]:
    """What somebody should read before the paper leaves; only the entitled can know of it."""
    if letter.paper is None or not letter.paper.consent or work.seal is None:
        return []
    case = work.case(letter.paper.case_id)
    agreed = in_force(case, letter.paper.recipient, work.today)
    return [_(WITHHOLD_NOTE)] if agreed is not None and agreed.withhold else []


def _check_references(referral: Referral, consent: Consent | None) -> None:
    for step in (referral, consent):
        question = step.question("reference") if step else None
        if step and question and not is_code(step.reference or ""):
            raise WithheldAnswers(where=question.label)


def _sender(work: Work) -> Sender:
    about = work.about()
    return Sender(about.organisation, about.contact)


def _drawn(filled: Sheet, other: Sheet | None, errand: Errand) -> bytes:
    from referral_desk.letters import drawing, faces

    for line in (*filled.told, *(other.told if other else ())):
        if not faces.can_print(line.text):
            raise UnprintableLetters(label=line.label)
    if other is None:
        return drawing.drawn(filled, language=errand.language)
    return drawing.drawn_beside(filled, other, languages=(errand.language, errand.beside))
