"""Texts found by any part of their words, whatever the script or the marks they are typed with."""

from __future__ import annotations

import unicodedata

from referral_desk import words


def plain(text: str) -> str:
    """Small letters without marks, Serbian Cyrillic as Latin."""
    latin = words.to_latin(text.casefold())
    return "".join(sign for sign in unicodedata.normalize("NFKD", latin) if not unicodedata.combining(sign))


def has_all(wanted: str, *texts: str) -> bool:
    """Whether every word that is looked for stands somewhere in the texts; nothing looked for is everywhere."""
    parts = plain(wanted).split()
    within = plain(" ".join(texts)) if parts else ""
    return all(part in within for part in parts)
