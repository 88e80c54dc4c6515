"""Letters: what leaves the desk on paper.

A letter is made without the seal, from an allow-list, never by removing; then the finished file is read
against what the seal protects. Everything happens in memory.
"""

from __future__ import annotations

from referral_desk.letters.documents import Errand, Letter
from referral_desk.letters.form import LANGUAGES, checked_referral_form, referral_form
from referral_desk.letters.journal_paper import JournalSheet, journal_sheet
from referral_desk.letters.slips import passphrase_slip, recovery_sheet

__all__ = [
    "LANGUAGES",
    "Errand",
    "JournalSheet",
    "Letter",
    "checked_referral_form",
    "journal_sheet",
    "passphrase_slip",
    "recovery_sheet",
    "referral_form",
]
