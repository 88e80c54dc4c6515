"""Referral Desk: an offline, encrypted case desk for those who assist trafficked people."""

__version__ = "0.1.0"
