"""What three words on a slip mean for a referral: which news of it is recorded."""

from __future__ import annotations

from typing import Any

from referral_desk.answer_words import Reply
from referral_desk.errors import AnsweredAlready
from referral_desk.nrm.case import KINDS, Case
from referral_desk.nrm.referral import Referral
from referral_desk.store.work import Work
from referral_desk import words


def take(work: Work, case: Case, referral: Referral, reply: Reply) -> None:
    return None


def is_accepted(case: Case, referral: Referral) -> bool:
    return False


def is_declined(case: Case, referral: Referral) -> bool:
    return False
