"""Text as it is compared: what nobody sees, and what one hand writes and another does not, makes no other name."""

from __future__ import annotations

import unicodedata

_UNSEEN = frozenset({"Cf", "Mn", "Me"})
_ALIKE = str.maketrans({"ı": "i", "ى": "ي", "ی": "ي", "ې": "ي", "ک": "ك", "ة": "ه", "ۃ": "ه", "ہ": "ه", "ە": "ه"})
"""Letters that do not fold by losing a mark: dotless i, and what Persian and Urdu keyboards write otherwise."""


def bare(text: str) -> str:
    """Without case, marks, and characters without width."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in plain if unicodedata.category(sign) not in _UNSEEN).translate(_ALIKE)


def words_of(text: str) -> tuple[str, ...]:
    """The bare words, whatever stands between them."""
    return tuple("".join(sign if sign.isalnum() else " " for sign in bare(text)).split())
