"""Enquiries that left: which still wait for an answer, and what was said of one without its three words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from referral_desk import disclosures, words
from referral_desk.answer_words import Reply
from referral_desk.errors import AnsweredAlready, UnknownEnquiry
from referral_desk.journal import Act
from referral_desk.nrm.case import Case
from referral_desk.nrm.closing import Closure, Reopening, is_closed
from referral_desk.nrm.consent import same_name
from referral_desk.nrm.referral import Referral
from referral_desk.store import Desk, Work, disclosing
from referral_desk.store.tables import DisclosureRow


@dataclass(frozen=True)
class Waiting:
    """An enquiry to which no answer came; `due_on` is the day by which it was asked for."""

    case_id: UUID
    case_code: str
    recipient: str
    reference: str
    day: date
    due_on: date


def unanswered(work: Work, *, within: timedelta = timedelta(0)) -> tuple[Waiting, ...]:
    """The enquiries to which no answer came, due within a time or overdue, the earliest due first; each once.

    One waits no longer when the case is closed, or when the same recipient was sent a referral since.
    """
    rows = disclosing.unanswered(work.session, work.today + within)
    cases = {case.id: case for case in work.cases(list({row.case_id for row, _code in rows}), kinds=_ENDING)}
    found = {
        row.reference: Waiting(row.case_id, code, row.recipient, row.reference, row.day, row.reply_by)
        for row, code in reversed(rows)
        if row.reply_by and _is_asked_still(work, cases[row.case_id], row)
    }
    return tuple(sorted(found.values(), key=lambda one: (one.due_on, one.reference)))


_ENDING = (Referral, Closure, Reopening)


def _is_asked_still(work: Work, case: Case, row: DisclosureRow) -> bool:
    since = [step for step in case.taken(Referral) if step.day >= row.day]
    has_referral = any(same_name(step.recipient, row.recipient) for step in since)
    return not has_referral and not is_closed(case, work.today)


def answer(desk: Desk, reference: str, reply: Reply) -> disclosures.Answered:
    """Record what somebody said of an enquiry without its three words, or that no answer came.

    UnknownEnquiry where none has this reference, AnsweredAlready where the same was said before.
    """
    with desk.work() as work:
        rows = disclosing.enquiries(work.session, reference.strip().upper())
        if not rows:
            raise UnknownEnquiry
        if rows[0].answer == reply.code and rows[0].answered_on:
            raise AnsweredAlready(day=words.day(rows[0].answered_on))
        for row in rows:
            row.answer, row.answered_on = reply.code, work.today
        work.note(Act.ANSWERED, "case", rows[0].case_id)
        return disclosures.answered(rows[0], reply, None)
