"""The disclosure ledger: what was told of a person, to whom, on what it rested, on which paper, and what came back.

One row for each copy of a paper that left and for each thing told by word of mouth. Rows are never changed; they go
when the case is erased, with the files that were kept. The person may see all of it at any time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from referral_desk import answer_words, referral_answers, words
from referral_desk.answer_words import Found, Reply
from referral_desk.errors import (
    AnsweredAlready,
    ConsentNotInForce,
    FileNotKept,
    ImpossibleDate,
    RecipientMissing,
    UnknownStep,
    WrongAnswerWords,
)
from referral_desk.journal import Act
from referral_desk.nrm import answers, consent
from referral_desk.nrm.case import KINDS, Case
from referral_desk.nrm.referral import Delivery, Referral
from referral_desk.nrm.terms import DataItem
from referral_desk.store import Desk, Work, disclosing
from referral_desk.store.tables import DisclosureRow
from referral_desk.words import N_, _

SPOKEN_BASES = ("CONSENT", "VITAL_INTEREST", "LEGAL_OBLIGATION", "LEGAL_CLAIM", "OTHER")
"""On what telling somebody by word of mouth may rest."""

SPOKEN = ""
"""Instead of the name of a document: what was told by word of mouth."""

ENQUIRY = "enquiry"
_WORD_OF_MOUTH = N_("By word of mouth")
_ITEM = "item"


@dataclass(frozen=True)
class Paper:
    """A finished paper on its way out. `questions` are `kind.question`; `reference` and `consent` are codes.

    `reply_by` is the day by which a slip asks for an answer, None for a paper without a slip.
    """

    case_id: UUID
    referral_id: UUID | None
    document: str
    version: str
    reference: str
    recipient: str
    questions: tuple[str, ...]
    basis: str
    consent: str
    copy_number: int
    language: str
    pdf: bytes
    reply_by: date | None = None


@dataclass(frozen=True)
class Disclosure:
    """One row, in the language spoken. `what` are labels; `is_kept` says that the file, or what was said, is here."""

    id: UUID
    case_id: UUID
    referral_id: UUID | None
    document: str
    reference: str
    recipient: str
    what: tuple[str, ...]
    basis: str
    copy_number: int
    day: date
    delivery: str
    answer: str
    answered_on: date | None
    is_kept: bool

    @property
    def is_paper(self) -> bool:
        return self.document != SPOKEN


@dataclass(frozen=True)
class Answered:
    """An answer that was recorded; `sentence` says what, in the language spoken."""

    case_id: UUID
    referral_id: UUID | None
    reference: str
    reply: Reply
    sentence: str


def of(work: Work, case_id: UUID) -> tuple[Disclosure, ...]:
    """Everything told of a case, the first before the others."""
    return tuple(_shown(row) for row in disclosing.of(work.session, case_id))


def next_copy(work: Work, case_id: UUID, document: str, reference: str) -> int:
    """The number of the copy that leaves next; the first is 1."""
    return disclosing.copies(work.session, case_id, document, reference) + 1


def record(work: Work, paper: Paper, *, delivery: str = "") -> Disclosure:
    """Note that a paper left, and keep it sealed where the seal is in force."""
    row = disclosing.add(
        work.session,
        work.seal,
        paper.pdf,
        case_id=paper.case_id,
        referral_id=paper.referral_id,
        document=paper.document,
        version=paper.version,
        reference=paper.reference,
        recipient=paper.recipient,
        questions=sorted(set(paper.questions)),
        basis=paper.basis,
        consent=paper.consent,
        copy_number=paper.copy_number,
        language=paper.language,
        day=work.today,
        recorded_at=work.now,
        recorded_by=work.member,
        delivery=delivery,
        digest=hashlib.sha256(paper.pdf).hexdigest(),
        reply_by=paper.reply_by,
    )
    if paper.referral_id:
        work.note(Act.PRINTED, Referral.kind, paper.referral_id)
    else:
        work.note(Act.LET_LEAVE, "case", paper.case_id)
    return _shown(row)


def tell(
    desk: Desk,
    which: UUID | str,
    *,
    recipient: str,
    items: Collection[DataItem],
    basis: str,
    day: date | None = None,
    said: str = "",
) -> Disclosure:
    """Record by hand what somebody was told by word of mouth; `said` is sealed.

    ImpossibleDate for a day to come; RecipientMissing or TooLong; ConsentNotInForce where it is said to rest on
    consent and there was none on that day.
    """
    with desk.work() as work:
        case = work.case(which)
        when = day or work.today
        if not case.opened_on <= when <= work.today:
            raise ImpossibleDate(label=_("When was it told?"))
        recipient = _recipient(recipient)
        agreed = consent.in_force(case, recipient, when)
        if basis == "CONSENT" and agreed is None:
            raise ConsentNotInForce
        row = disclosing.add(
            work.session,
            work.seal,
            said.encode(),
            case_id=case.id,
            referral_id=None,
            document=SPOKEN,
            version="",
            reference="",
            recipient=recipient,
            questions=sorted(f"{_ITEM}.{item.code}" for item in items),
            basis=basis,
            consent=(agreed.reference or "") if agreed else "",
            copy_number=0,
            language=words.language(),
            day=when,
            recorded_at=work.now,
            recorded_by=work.member,
            delivery=Delivery.PHONE.code,
            digest="",
            reply_by=None,
        )
        work.note(Act.TOLD, "case", case.id)
        return _shown(row)


def _recipient(typed: str) -> str:
    """Who was told, read like the answer with whom something is shared: on one line."""
    read = answers.read(consent.Consent.question("recipient"), " ".join(typed.split()))  # type: ignore[arg-type]
    if not read:
        raise RecipientMissing
    return str(read)


def kept_file(desk: Desk, id_: UUID) -> bytes:
    """The paper as it left. UnknownStep, NotEntitled, or FileNotKept where nobody could seal it."""
    with desk.work() as work:
        row = disclosing.one(work.session, id_)
        if row is None:
            raise UnknownStep
        kept = disclosing.kept(work.seal, row)
        if kept is None:
            raise FileNotKept
        work.note(Act.READ_SEALED, "case", row.case_id)
        return kept


def holders(work: Work, case_id: UUID) -> dict[str, tuple[Disclosure, ...]]:
    """Who holds paper about a case, each with the copies."""
    found: dict[str, list[Disclosure]] = {}
    for one in of(work, case_id):
        if one.is_paper and one.recipient:
            name = next((name for name in found if consent.same_name(name, one.recipient)), one.recipient)
            found.setdefault(name, []).append(one)
    return {name: tuple(held) for name, held in found.items()}


def held_by(work: Work, case_id: UUID, recipient: str) -> tuple[Disclosure, ...]:
    """The copies that one recipient holds."""
    found = holders(work, case_id)
    return next((held for name, held in found.items() if consent.same_name(name, recipient)), ())


def to_be_told(work: Work, case: Case) -> tuple[str, ...]:
    """The recipients who hold paper though the person withdrew, and to whom no notice has gone since."""
    found = []
    for recipient, held in holders(work, case.id).items():
        withdrawn = _withdrawn_on(case, recipient)
        told = [one for one in held if one.document == "withdrawal_notice"]
        if withdrawn and (not told or told[-1].day < withdrawn) and any(one.document not in _NOTICES for one in held):
            found.append(recipient)
    return tuple(found)


_NOTICES = (ENQUIRY, "withdrawal_notice")


def _withdrawn_on(case: Case, recipient: str) -> date | None:
    said = [step for step in case.taken(consent.Consent) if consent.same_name(step.recipient, recipient)]
    is_withdrawn = bool(said) and said[-1].status is consent.ConsentStatus.WITHDRAWN
    return said[-1].day if is_withdrawn else None


def reply(desk: Desk, typed: str) -> Answered:
    """Record the answer that three words from a slip give. UnknownAnswerWord, WrongAnswerWords, AnsweredAlready."""
    with desk.work() as work:
        found = answer_words.find(work, typed)
        rows = disclosing.with_reference(work.session, found.case_id, found.reference)
        if not rows:
            raise WrongAnswerWords
        for row in rows:
            if row.answer == found.reply.code and row.answered_on:
                raise AnsweredAlready(day=words.day(row.answered_on))
            row.answer, row.answered_on = found.reply.code, work.today
        if found.referral_id:
            _take(work, found)
        work.note(Act.ANSWERED, "case", found.case_id)
        return answered(rows[0], found.reply, found.referral_id)


def answered(row: DisclosureRow, reply: Reply, referral_id: UUID | None) -> Answered:
    """What was recorded, in words."""
    told = {"recipient": words.isolate(row.recipient), "reference": words.isolate(row.reference)}
    sentence = _("%(recipient)s on %(reference)s: %(answer)s.") % {**told, "answer": reply.label}
    return Answered(row.case_id, referral_id, row.reference, reply, sentence)


def _take(work: Work, found: Found) -> None:
    """The referral goes on by what was answered."""
    case = work.case(found.case_id)
    referral = next(step for step in case.taken(Referral) if step.id == found.referral_id)
    referral_answers.take(work, case, referral, found.reply)


def has_said_yes(work: Work, case: Case, referral: Referral) -> bool:
    """Whether this recipient accepted the referral; while it waits, an accepted enquiry before it counts, too."""
    if not referral_answers.is_waiting(work, case, referral):
        return referral_answers.is_accepted(work, case, referral)
    asked = [row for row in disclosing.of(work.session, case.id) if row.reply_by and row.referral_id is None]
    own = [row for row in asked if consent.same_name(row.recipient, referral.recipient) and row.answer]
    return bool(own) and own[-1].answer in (Reply.ACCEPTED.code, Reply.ARRIVED.code)


def _shown(row: DisclosureRow) -> Disclosure:
    return Disclosure(
        id=row.id,
        case_id=row.case_id,
        referral_id=row.referral_id,
        document=row.document,
        reference=row.reference,
        recipient=row.recipient,
        what=tuple(dict.fromkeys(_label(name) for name in row.questions)),
        basis=row.basis,
        copy_number=row.copy_number,
        day=row.day,
        delivery=_delivery(row),
        answer=Reply.of(row.answer).label if row.answer else "",
        answered_on=row.answered_on,
        is_kept=row.sealed is not None,
    )


def _delivery(row: DisclosureRow) -> str:
    if row.document == SPOKEN:
        return _(_WORD_OF_MOUTH)
    return Delivery.of(row.delivery).label if row.delivery else ""


def _label(name: str) -> str:
    kind, _dot, question = name.partition(".")
    if kind == _ITEM:
        return DataItem.of(question).label
    found = KINDS[kind].question(question) if kind in KINDS else None
    return found.label if found else name
