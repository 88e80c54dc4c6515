"""What comes in from elsewhere: public data for evaluation, and invented cases for practice."""

from referral_desk.exchange import ctdc, practice

__all__ = ["ctdc", "practice"]
