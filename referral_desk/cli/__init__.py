"""The same desk without windows: `referral-desk --help` is the place to begin."""

from referral_desk.cli.main import main

__all__ = ["main"]
