"""The anonymised referral form: one referral, one recipient, one reference."""

from __future__ import annotations

from uuid import UUID

from referral_desk import words
from referral_desk.letters import documents
from referral_desk.letters.documents import Errand, Letter
from referral_desk.store.desk import Desk
from referral_desk.store.work import Work

LANGUAGES = tuple(words.PAPER_LANGUAGES)

FORM = "referral_form"


def referral_form(work: Work, referral_id: UUID, *, language: str) -> Letter:
    """The form of a referral, not yet looked at; raises what `documents.make` raises."""
    if language not in LANGUAGES:
        raise ValueError(language)
    return documents.make(work, Errand(FORM, referral=referral_id, language=language))


def checked_referral_form(desk: Desk, referral_id: UUID, *, language: str) -> Letter:
    """The form, read against what the seal protects, and noted as it leaves; see `documents.checked`."""
    letter = documents.checked(desk, Errand(FORM, referral=referral_id, language=language))
    documents.let_go(desk, letter)
    return letter
