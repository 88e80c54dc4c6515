"""Letters: what leaves the desk on paper.

A letter is made without the seal, from an allow-list, never by removing; then the finished file is read
against what the seal protects. Everything happens in memory.
"""

from __future__ import annotations

from referral_desk.letters.form import LANGUAGES, Letter, checked_referral_form, referral_form

__all__ = ["LANGUAGES", "Letter", "checked_referral_form", "referral_form"]
