"""Finding a case by name: an index in memory, made after unlocking, gone with the process.

Nothing of a name ever lies on the disk in a form that can be searched.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from uuid import UUID

from referral_desk import words

_OWN = str.maketrans(
    {"đ": "dj", "ł": "l", "ı": "i", "ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ħ": "h", "ə": "a"}
    | {"ю": "ju", "я": "ja", "щ": "sc", "ы": "y", "э": "e", "ъ": "a", "ь": "", "і": "i", "є": "je", "ґ": "g", "ѕ": "dz"}
    | {"ә": "a", "ө": "o", "ү": "u", "ұ": "u", "қ": "k", "ғ": "g", "ң": "n", "һ": "h", "ӏ": "i", "ѣ": "e"}
    | dict(zip("αβγδεζηικλμνξοπρστυφχω", "avgdeziiklmnxoprstyfho", strict=True))
    | {"θ": "th", "ψ": "ps"}
    | dict(zip("ᴀʙᴄᴅᴇɢʜɪᴊᴋʟᴍɴᴏᴘʀᴛᴜᴠᴡʏᴢɑɡ", "abcdeghijklmnoprtuvwyzag", strict=True))
)
"""Letters that do not fold by losing a mark; Cyrillic beyond Serbian, after the marks of й, ё, ї, ѓ and ќ are gone."""

_ALPHABETS = tuple(
    str.maketrans(differing)
    for differing in ({"ё": "jo", "ъ": ""}, {"г": "h", "ъ": "", "'": "", "’": ""}, {"щ": "st", "ъ": "a"})
)
"""Where Russian, Ukrainian and Bulgarian read a letter otherwise than `folded` does."""

_ROUND = "АВЕЅІЈКМНОРСТУХаеѕіјорсухһӏкмнвт"
_LOOKS = str.maketrans(
    f"{_ROUND}ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαβεικνορτυχη", "ABESIJKMHOPCTYXaesijopcyxhlkmhbtABEZHIKMNOPTYXabeikvoptuxn"
)
"""Cyrillic and Greek letters by the Latin ones they look like."""

_LOOKED_AT = str.maketrans("ABESIJKMHOPCTYXaesijopcyx", _ROUND[:25])
"""The other way round: Latin letters that may hide in a Cyrillic word."""

_SOUNDS = tuple(
    (re.compile(written), sound)
    for written, sound in (
        ("tsch|tch|ch|cz|ts|tz", "c"),
        ("sh|sz", "s"),
        ("sc", "s"),
        ("zh", "z"),
        ("kh", "h"),
        ("gh|gj", "g"),
        ("ph", "f"),
        ("th", "t"),
        ("dj", "d"),
        ("kj|ck|c|q", "k"),
        ("w", "v"),
        ("x", "ks"),
        ("ou|oo", "u"),
        ("ee", "i"),
        ("[yj]", "i"),
        (r"(.)\1+", r"\1"),
        (r"\bie", "e"),
    )
)
"""Spellings of one sound, in the order they are read; what is left keeps no difference between ч, ћ, ц and к."""


def folded(text: str) -> str:
    """Text as it is compared: no case, no diacritics, nothing invisible, Cyrillic and Greek as Latin."""
    return text.translate(_FOLDS)


class _Folds(dict[int, str]):
    """What becomes of each sign, whatever stands beside it; found out once, because an index folds millions."""

    def __missing__(self, sign: int) -> str:
        latin = words.to_latin(_bare(chr(sign).casefold()))
        self[sign] = _bare(latin.translate(_OWN))
        return self[sign]


_FOLDS = _Folds()


def foldings(word: str) -> frozenset[str]:
    """Every reading under which a word is the same name: as folded, as it sounds, and as it looks."""
    plain = folded(word)
    found = {plain, _sounded(plain)}
    if not _is_plain_latin(word):
        lower = unicodedata.normalize("NFC", word.casefold())
        found |= {_sounded(folded(lower.translate(alphabet))) for alphabet in _ALPHABETS}
        found |= {folded(word.translate(looks)) for looks in (_LOOKS, _LOOKED_AT)}
    return frozenset(found)


def _is_plain_latin(word: str) -> bool:
    """Whether no letter is beyond the Latin of the region: marks and all, but no Greek and no Cyrillic."""
    return all(sign < "Ͱ" for sign in word)


def visible(text: str) -> str:
    """Text without what nobody sees: characters without width, marks that belong to no letter."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", text) if not _is_unseen(sign))


def _is_unseen(sign: str) -> bool:
    category = unicodedata.category(sign)
    return category in ("Cf", "Mn", "Me") or (category == "Cc" and sign not in "\t\n\r")


def _bare(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKD", text) if not _is_mark(sign))


def _is_mark(sign: str) -> bool:
    return bool(unicodedata.combining(sign)) or unicodedata.category(sign) in ("Cf", "Mn", "Me")


def _sounded(plain: str) -> str:
    """A folded text as it sounds, however its language writes it."""
    for written, sound in _SOUNDS:
        plain = written.sub(sound, plain)
    return plain


class NameIndex:
    """Codes and names of all cases, newest first, a line for each that is looked through.

    `named` says whether names are in it; one that was made without the seal holds codes alone.
    """

    def __init__(self, entries: Iterable[tuple[UUID, str]] | None = None, *, named: bool = False) -> None:
        self._is_ready = entries is not None
        self._is_named = named
        self._lines = [(id_, folded(text)) for id_, text in entries or ()]
        self._ids = [id_ for id_, _line in self._lines]
        self._late: dict[UUID, str] = {}

    def serves(self, *, named: bool) -> bool:
        """Whether it is made, and with names if they are wanted; without the seal nobody may search names."""
        return self._is_ready and self._is_named is named

    def become(self, other: NameIndex) -> None:
        """Take over what another one holds."""
        vars(self).update(vars(other))

    def forget(self) -> None:
        """Know nothing any more, so that it is made anew."""
        self.become(NameIndex())

    def add(self, case_id: UUID, text: str) -> None:
        """Let a case that is new, or newly named, be found; one that is not made yet needs no adding."""
        if self._is_ready:
            self._late[case_id] = f"{self._late.get(case_id, '')} {folded(text)}"

    def every(self) -> list[UUID]:
        known = set(self._ids) if self._late else set()
        return [id_ for id_ in reversed(self._late) if id_ not in known] + self._ids

    def find(self, text: str) -> list[UUID]:
        """The cases in whose line every word of `text` occurs."""
        wanted = sorted(folded(text).split(), key=len, reverse=True)
        if not wanted:
            return self.every()
        late = _with_all(wanted, list(reversed(self._late.items())))
        seen = set(late)
        return late + [id_ for id_ in _with_all(wanted, self._lines) if id_ not in seen]


def _with_all(wanted: list[str], lines: list[tuple[UUID, str]]) -> list[UUID]:
    """Looking through every line is as fast for a single letter, which nearly all have, as for a rare name."""
    for word in wanted:
        lines = [line for line in lines if word in line[1]]
    return [id_ for id_, _line in lines]
